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

/// The sound system, and whether it tells what is played: PipeWire on Linux, ALSA where there is none.
fn system() -> (Host, bool) {
    #[cfg(target_os = "linux")]
    if let Ok(host) = cpal::host_from_id(cpal::HostId::PipeWire) {
        return (host, true);
    }
    (cpal::default_host(), cfg!(not(target_os = "linux")))
}

/// Where everything is played that names no other place.
#[cfg(target_os = "linux")]
fn played_device(host: &Host) -> Option<Device> {
    let is_sink = |device: &Device| device.id().is_ok_and(|id| id.id() == DEFAULT_SINK);
    host.devices().ok()?.find(is_sink)
}

/// Where the system has it, an output that is read is what it plays.
#[cfg(not(target_os = "linux"))]
fn played_device(host: &Host) -> Option<Device> {
    host.default_output_device()
}

const fn config(channels: u16) -> StreamConfig {
    StreamConfig { channels, sample_rate: RATE, buffer_size: BufferSize::Fixed(BURST_SAMPLES) }
}

fn listen(device: Option<Device>, channels: u16, missing: Error, mut heard: Heard) -> Result<Stream, Error> {
    let stream = device.ok_or(missing)?.build_input_stream_raw(
        config(channels),
        SampleFormat::F32,
        move |data, info| {
            let time = info.timestamp();
            let ago = time.callback.duration_since(time.capture);
            if let Some(samples) = data.as_slice() {
                heard(samples, ago);
            }
        },
        |error| tracing::warn!("the sound system reports: {error}"),
        Some(START),
    );
    begin("the sound system does not let us listen", stream)
}

fn begin(what: &str, stream: Result<Stream, cpal::Error>) -> Result<Stream, Error> {
    let remedy = "check that sound works in other programs of this session";
    let stream = stream.map_err(|error| unavailable(what, &error, remedy))?;
    stream.play().map_err(|error| unavailable(what, &error, remedy))?;
    Ok(stream)
}

/// What the system plays, in stereo.
#[derive(Default)]
pub struct Played(Option<Stream>);

impl Played {
    /// Not connected to anything yet.
    pub fn new() -> Self {
        Self::default()
    }
}

impl SoundSource for Played {
    fn start(&mut self, heard: Heard) -> Result<(), Error> {
        self.0 = None;
        let (host, tells) = system();
        let device = if tells { played_device(&host) } else { None };
        let happened = "what this system plays cannot be heard: PipeWire does not answer";
        let remedy = "start PipeWire and its session manager in this session";
        let missing = Error::new(ErrorKind::Unavailable, happened, remedy);
        self.0 = Some(listen(device, 2, missing, heard)?);
        Ok(())
    }

    fn stop(&mut self) {
        self.0 = None;
    }
}

/// The microphone that the user has chosen in the system, one channel.
#[derive(Default)]
pub struct Microphone(Option<Stream>);

impl Microphone {
    /// Not opened yet.
    pub fn new() -> Self {
        Self::default()
    }
}

impl SoundSource for Microphone {
    fn start(&mut self, heard: Heard) -> Result<(), Error> {
        self.0 = None;
        let happened = "this system has no microphone";
        let remedy = "connect one and choose it in the system's sound settings";
        let missing = Error::new(ErrorKind::Unavailable, happened, remedy);
        self.0 = Some(listen(system().0.default_input_device(), 1, missing, heard)?);
        Ok(())
    }

    fn stop(&mut self) {
        self.0 = None;
    }
}

/// The loudspeaker that the user has chosen in the system, stereo.
#[derive(Default)]
pub struct Speaker(Option<Stream>);

impl Speaker {
    /// Not opened yet.
    pub fn new() -> Self {
        Self::default()
    }
}

impl SoundSink for Speaker {
    fn start(&mut self, mut fill: Fill) -> Result<Duration, Error> {
        self.0 = None;
        let device = system().0.default_output_device().ok_or_else(|| {
            let happened = "this system has nothing to play sound on";
            Error::new(ErrorKind::Unavailable, happened, "choose a device in the system's sound settings")
        })?;
        let stream = device.build_output_stream_raw(
            config(2),
            SampleFormat::F32,
            move |data, _| {
                if let Some(samples) = data.as_slice_mut() {
                    fill(samples);
                }
            },
            |error| tracing::warn!("the sound system reports: {error}"),
            Some(START),
        );
        self.0 = Some(begin("the sound system does not let us play", stream)?);
        Ok(BURST)
    }

    fn stop(&mut self) {
        self.0 = None;
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

impl fmt::Debug for Speaker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Speaker").finish_non_exhaustive()
    }
}
