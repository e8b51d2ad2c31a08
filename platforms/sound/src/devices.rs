//! The sound devices of the system.

use std::fmt;
use std::time::Duration;

use cpal::traits::{DeviceTrait as _, HostTrait as _, StreamTrait as _};
use cpal::{BufferSize, Device, Host, SampleFormat, Stream, StreamConfig};
use deskwire_platform::sound::{Fill, Heard};
use deskwire_platform::{Error, ErrorKind, SoundSink, SoundSource};
use deskwire_wire::sound::RATE;

/// Samples of each channel that are heard or played at once: 10 ms.
const BURST_SAMPLES: u32 = 480;
const BURST: Duration = Duration::from_millis(10);
/// How long the sound system may take to begin.
const START: Duration = Duration::from_secs(5);
/// What PipeWire calls the place where everything is played that names no other.
#[cfg(target_os = "linux")]
const DEFAULT_SINK: &str = "sink_default";

fn unavailable(what: &str, why: &dyn fmt::Display, remedy: &'static str) -> Error {
    Error::new(ErrorKind::Unavailable, format!("{what} ({why})"), remedy)
}

/// The system's sound devices.
pub struct Devices {
    host: Host,
    /// Whether what is played can be heard.
    hears_played: bool,
}

impl Devices {
    /// Connects to the sound system: PipeWire on Linux, ALSA where there is none.
    pub fn open() -> Self {
        #[cfg(target_os = "linux")]
        if let Ok(host) = cpal::host_from_id(cpal::HostId::PipeWire) {
            return Self { host, hears_played: true };
        }
        Self { host: cpal::default_host(), hears_played: cfg!(not(target_os = "linux")) }
    }

    /// What this system plays, in stereo.
    ///
    /// # Errors
    /// When there is no sound system that tells.
    pub fn played(&self) -> Result<Played, Error> {
        let device = if self.hears_played { self.played_device() } else { None };
        let device = device.ok_or_else(|| {
            let happened = "what this system plays cannot be heard: PipeWire does not answer";
            Error::new(ErrorKind::Unavailable, happened, "start PipeWire and its session manager in this session")
        })?;
        Ok(Played(Input { device, channels: 2, stream: None }))
    }

    #[cfg(target_os = "linux")]
    fn played_device(&self) -> Option<Device> {
        let is_sink = |device: &Device| device.id().is_ok_and(|id| id.id() == DEFAULT_SINK);
        self.host.devices().ok()?.find(is_sink)
    }

    /// Where the system has it, an output that is read is what it plays.
    #[cfg(not(target_os = "linux"))]
    fn played_device(&self) -> Option<Device> {
        self.host.default_output_device()
    }

    /// The microphone that the user has chosen in the system, one channel.
    ///
    /// # Errors
    /// When there is none.
    pub fn microphone(&self) -> Result<Microphone, Error> {
        let device = self.host.default_input_device().ok_or_else(|| {
            let happened = "this system has no microphone";
            Error::new(ErrorKind::Unavailable, happened, "connect one and choose it in the system's sound settings")
        })?;
        Ok(Microphone(Input { device, channels: 1, stream: None }))
    }

    /// The loudspeaker that the user has chosen in the system, stereo.
    ///
    /// # Errors
    /// When there is none.
    pub fn speaker(&self) -> Result<Speaker, Error> {
        let device = self.host.default_output_device().ok_or_else(|| {
            let happened = "this system has nothing to play sound on";
            Error::new(ErrorKind::Unavailable, happened, "choose a device in the system's sound settings")
        })?;
        Ok(Speaker { device, stream: None })
    }
}

impl fmt::Debug for Devices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Devices").field("host", &self.host.id()).finish_non_exhaustive()
    }
}

const fn config(channels: u16) -> StreamConfig {
    StreamConfig { channels, sample_rate: RATE, buffer_size: BufferSize::Fixed(BURST_SAMPLES) }
}

struct Input {
    device: Device,
    channels: u16,
    stream: Option<Stream>,
}

impl Input {
    fn start(&mut self, mut heard: Heard) -> Result<(), Error> {
        self.stream = None;
        let stream = self.device.build_input_stream_raw(
            config(self.channels),
            SampleFormat::F32,
            move |data, info| {
                let time = info.timestamp();
                let ago = time.callback.duration_since(time.capture);
                if let Some(samples) = data.as_slice() {
                    heard(samples, ago);
                }
            },
            |error| eprintln!("the sound system reports: {error}"),
            Some(START),
        );
        let remedy = "check that sound works in other programs of this session";
        let stream = stream.map_err(|e| unavailable("the sound system does not let us listen", &e, remedy))?;
        stream.play().map_err(|e| unavailable("the sound system does not begin", &e, remedy))?;
        self.stream = Some(stream);
        Ok(())
    }
}

/// What the system plays.
pub struct Played(Input);

/// The system's microphone.
pub struct Microphone(Input);

impl SoundSource for Played {
    fn start(&mut self, heard: Heard) -> Result<(), Error> {
        self.0.start(heard)
    }

    fn stop(&mut self) {
        self.0.stream = None;
    }
}

impl SoundSource for Microphone {
    fn start(&mut self, heard: Heard) -> Result<(), Error> {
        self.0.start(heard)
    }

    fn stop(&mut self) {
        self.0.stream = None;
    }
}

impl fmt::Debug for Played {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Played").finish_non_exhaustive()
    }
}

impl fmt::Debug for Microphone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Microphone").finish_non_exhaustive()
    }
}

/// The system's loudspeaker.
pub struct Speaker {
    device: Device,
    stream: Option<Stream>,
}

impl SoundSink for Speaker {
    fn start(&mut self, mut fill: Fill) -> Result<Duration, Error> {
        self.stream = None;
        let stream = self.device.build_output_stream_raw(
            config(2),
            SampleFormat::F32,
            move |data, _| {
                if let Some(samples) = data.as_slice_mut() {
                    fill(samples);
                }
            },
            |error| eprintln!("the sound system reports: {error}"),
            Some(START),
        );
        let remedy = "check that sound works in other programs of this session";
        let stream = stream.map_err(|e| unavailable("the sound system does not let us play", &e, remedy))?;
        stream.play().map_err(|e| unavailable("the sound system does not begin", &e, remedy))?;
        self.stream = Some(stream);
        Ok(BURST)
    }

    fn stop(&mut self) {
        self.stream = None;
    }
}

impl fmt::Debug for Speaker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Speaker").finish_non_exhaustive()
    }
}
