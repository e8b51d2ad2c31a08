//! SVT-AV1, the library that the system has: as the encoder of recordings in any version, and behind the interactive trait
//! where it is new enough to keep nothing back.

use std::ffi::CStr;
use std::mem::MaybeUninit;
use std::ptr;

use deskwire_platform::{EncoderCaps, EncoderConfig, Error, ErrorKind, Packet, Picture, VideoEncoder};
use deskwire_wire::picture::{Rect, Size, VideoCodec};
use svt_av1_sys as ffi;

use crate::colour::Planes;

/// Older versions hold a picture back in low delay, and force no key frames (measured with 1.4.1).
const INTERACTIVE_SINCE: (u32, u32) = (2, 3);
const SMALLEST: Size = Size { width: 64, height: 64 };
/// The library's bound for heights.
const LARGEST: Size = Size { width: 16_384, height: 8_704 };

/// Keeps the library from printing what is no error. It reads its environment when the first encoder is made, so this is
/// for the beginning of a program: when there are other threads already it does nothing, because the environment cannot be
/// changed then.
pub fn quiet() {
    let threads = std::fs::read_dir("/proc/self/task").map_or(0, Iterator::count);
    if threads == 1 {
        // SAFETY: there is no other thread that could read the environment now.
        unsafe { std::env::set_var("SVT_LOG", "1") };
    }
}

/// The version of the library, as it says it itself.
pub fn version() -> String {
    // SAFETY: the library gives a static text that ends with a zero.
    let text = unsafe { CStr::from_ptr(ffi::svt_av1_get_version()) };
    text.to_string_lossy().trim_start_matches('v').to_owned()
}

fn is_interactive(version: &str) -> bool {
    let mut parts = version.split(['.', '-']).map(|part| part.parse::<u32>().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0)) >= INTERACTIVE_SINCE
}

/// A packet of a recording.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TimedPacket {
    /// One temporal unit.
    pub data: Vec<u8>,
    /// Whether it can be decoded without an earlier one.
    pub key: bool,
    /// What was said with the picture, which never comes before that of an earlier packet.
    pub at: i64,
}

/// How to record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RecordingConfig {
    /// Size of the pictures: at least 64 x 64, both sides even.
    pub size: Size,
    /// The constant quality, of 1 (best) to 63.
    pub quality: u32,
    /// Pictures in a second, at most.
    pub frames_per_second: u32,
    /// The library's preset, of 0 (slow and small) to 13.
    pub preset: i8,
    /// At most so many threads.
    pub threads: u32,
}

/// The encoder of recordings. Packets come some pictures later than their pictures (see [`SvtRecorder::LAG`]).
pub struct SvtRecorder(Encoder);

impl SvtRecorder {
    /// No more pictures than this are under way; the others have given their packets.
    pub const LAG: usize = 64;

    /// Starts the encoder.
    ///
    /// # Errors
    /// `Invalid` for a size that it does not take, `Unavailable` when it does not start.
    pub fn new(config: &RecordingConfig) -> Result<Self, Error> {
        let keys = config.frames_per_second.saturating_mul(4).clamp(8, 600);
        Encoder::new(config.size, config.frames_per_second, |settings| {
            settings.enc_mode = config.preset;
            settings.rate_control_mode = ffi::SVT_AV1_RC_MODE_CQP_OR_CRF;
            settings.qp = config.quality.clamp(1, 63);
            settings.intra_period_length = i32::try_from(keys).unwrap_or(600) - 1;
            settings.intra_refresh_type = ffi::SVT_AV1_KF_REFRESH;
            settings.pred_structure = u8::try_from(ffi::SVT_AV1_PRED_RANDOM_ACCESS).unwrap_or(2);
            // Eight pictures in a group: later ones would need more memory than a recording is worth.
            settings.hierarchical_levels = 3;
            settings.screen_content_mode = 2;
            settings.logical_processors = config.threads.clamp(1, 64);
        })
        .map(Self)
    }

    /// The bytes that a container wants to know before the first packet: the sequence header.
    pub fn sequence_header(&self) -> &[u8] {
        &self.0.header
    }

    /// Takes a picture that is shown from `at` on, later than the one before; gives the packets that are ready.
    ///
    /// # Errors
    /// `Invalid` for a picture of another size; `Unavailable` when the library failed, after which nothing more can be
    /// recorded.
    pub fn encode(&mut self, picture: &Picture, at: i64) -> Result<Vec<TimedPacket>, Error> {
        self.0.send(picture, at, false)?;
        self.0.ready()
    }

    /// Ends the stream and gives the packets that were under way.
    ///
    /// # Errors
    /// `Unavailable` when the library failed.
    pub fn finish(mut self) -> Result<Vec<TimedPacket>, Error> {
        self.0.end()
    }
}

/// The interactive encoder: one packet for each picture, at once. Only with version 2.3 of the library or a newer one.
pub struct SvtEncoder {
    caps: EncoderCaps,
    threads: u32,
    running: Option<(Encoder, EncoderConfig)>,
    key_wanted: bool,
    next: i64,
}

impl SvtEncoder {
    /// An encoder on at most `threads` threads.
    ///
    /// # Errors
    /// `Unavailable` with a library that would hold pictures back.
    pub fn new(threads: u32) -> Result<Self, Error> {
        let version = version();
        if !is_interactive(&version) {
            let happened =
                format!("SVT-AV1 {version} holds pictures back, so it is of use only for recordings");
            return Err(Error::new(
                ErrorKind::Unavailable,
                happened,
                "use libaom, or install SVT-AV1 2.3 or newer",
            ));
        }
        let caps = EncoderCaps {
            name: "svt-av1",
            codec: VideoCodec::Av1,
            smallest: SMALLEST,
            largest: LARGEST,
            full_colour: false,
            rate_needs_key: true,
        };
        Ok(Self { caps, threads: threads.clamp(1, 64), running: None, key_wanted: true, next: 0 })
    }
}

impl VideoEncoder for SvtEncoder {
    fn caps(&self) -> &EncoderCaps {
        &self.caps
    }

    fn configure(&mut self, config: &EncoderConfig) -> Result<(), Error> {
        self.running = None;
        let threads = self.threads;
        let encoder = Encoder::new(config.size, config.frames_per_second, |settings| {
            settings.enc_mode = 10;
            settings.rate_control_mode = ffi::SVT_AV1_RC_MODE_CBR;
            settings.target_bit_rate = config.rate.max(10_000);
            settings.intra_period_length = -1;
            settings.pred_structure = u8::try_from(ffi::SVT_AV1_PRED_LOW_DELAY_B).unwrap_or(1);
            settings.look_ahead_distance = 0;
            settings.screen_content_mode = 1;
            settings.force_key_frames = 1;
            settings.logical_processors = threads;
        })?;
        (self.running, self.key_wanted, self.next) = (Some((encoder, *config)), true, 0);
        Ok(())
    }

    fn set_rate(&mut self, rate: u32) -> Result<(), Error> {
        // The library takes another rate only with a key frame, and then misses it at first: beginning anew is as cheap.
        let (_, config) = self.running.as_ref().ok_or_else(not_configured)?;
        let config = EncoderConfig { rate, ..*config };
        self.configure(&config)
    }

    fn request_key(&mut self) {
        self.key_wanted = true;
    }

    fn encode(&mut self, picture: &Picture, _damage: &[Rect]) -> Result<Packet, Error> {
        let (encoder, _) = self
            .running
            .as_mut()
            .filter(|(_, config)| config.size == picture.size())
            .ok_or_else(not_configured)?;
        // The library waits for ever for the packet of a picture that it did not take, so the first error is the last call.
        encoder.send(picture, self.next, self.key_wanted)?;
        self.next += 1;
        let packet = encoder.ready()?.pop().ok_or_else(|| failed("a picture gave no packet"))?;
        self.key_wanted &= !packet.key;
        Ok(Packet { data: packet.data, key: packet.key })
    }
}

/// The library's encoder, however it is set.
struct Encoder {
    handle: Handle,
    planes: Planes,
    size: Size,
    header: Vec<u8>,
    stream: Stream,
}

/// How far a stream is: the library must not be stopped before its end, or it waits for that for ever.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stream {
    Empty,
    Begun,
    Ended,
    /// The library has failed; it is left alone, with its threads and its memory.
    Broken,
}

impl Drop for Encoder {
    fn drop(&mut self) {
        if self.stream == Stream::Empty {
            // A stream of nothing has no end either.
            let sent = Picture::new(self.size).and_then(|black| self.send(&black, 0, false));
            if sent.is_err() {
                self.stream = Stream::Broken;
            }
        }
        if self.stream == Stream::Begun && self.end().is_err() {
            self.stream = Stream::Broken;
        }
        if self.stream == Stream::Broken {
            self.handle.0 = ptr::null_mut();
        }
    }
}

/// An encoder of the library; with whether it was started, which says how it is taken down.
struct Handle(*mut ffi::EbComponentType, bool);

// SAFETY: the library has threads and locks of its own; a handle may be used from any thread, one at a time, which
// `&mut` ensures.
unsafe impl Send for Handle {}

impl Drop for Handle {
    fn drop(&mut self) {
        // SAFETY: the handle is valid and not used again; only what was started is stopped. What the calls return says
        // only that.
        unsafe {
            if self.0.is_null() {
                return;
            }
            if self.1 {
                ffi::svt_av1_enc_deinit(self.0);
            }
            ffi::svt_av1_enc_deinit_handle(self.0);
        }
    }
}

impl Encoder {
    fn new(
        size: Size,
        frames_per_second: u32,
        set: impl FnOnce(&mut ffi::EbSvtAv1EncConfiguration),
    ) -> Result<Self, Error> {
        let fits =
            |side: u32, least: u32, most: u32| (least..=most).contains(&side) && side.is_multiple_of(2);
        if !fits(size.width, SMALLEST.width, LARGEST.width)
            || !fits(size.height, SMALLEST.height, LARGEST.height)
        {
            let happened =
                format!("SVT-AV1 does not encode pictures of {}x{} pixels", size.width, size.height);
            return Err(Error::new(ErrorKind::Invalid, happened, "make both sides even, and at least 64"));
        }
        let mut handle = ptr::null_mut();
        let mut settings = MaybeUninit::<ffi::EbSvtAv1EncConfiguration>::zeroed();
        // SAFETY: both are valid for writes; the library fills in the settings.
        check(unsafe { ffi::init_handle(&raw mut handle, settings.as_mut_ptr()) }, "there is no encoder")?;
        let mut handle = Handle(handle, false);
        // SAFETY: zeroed before and filled in since; all fields are numbers, enumerations of C and pointers.
        let mut settings = unsafe { settings.assume_init() };
        settings.source_width = size.width;
        settings.source_height = size.height;
        settings.frame_rate_numerator = frames_per_second.clamp(1, 240);
        settings.frame_rate_denominator = 1;
        settings.encoder_bit_depth = 8;
        // BT.709 with the transfer of sRGB, full range: what `colour` makes.
        settings.color_primaries = 1;
        settings.transfer_characteristics = 13;
        settings.matrix_coefficients = 1;
        settings.color_range = 1;
        set(&mut settings);
        // SAFETY: the handle is valid, and the settings are copied.
        let done = unsafe { ffi::svt_av1_enc_set_parameter(handle.0, &raw mut settings) };
        check(done, "a setting was refused")?;
        // SAFETY: the handle is valid and set.
        check(unsafe { ffi::svt_av1_enc_init(handle.0) }, "it did not start")?;
        handle.1 = true;
        let header = header(&handle)?;
        Ok(Self { handle, planes: Planes::new(size), size, header, stream: Stream::Empty })
    }

    fn send(&mut self, picture: &Picture, at: i64, key: bool) -> Result<(), Error> {
        if picture.size() != self.size {
            return Err(not_configured());
        }
        self.planes.fill(picture)?;
        let [y_stride, cb_stride, cr_stride] = self.planes.strides();
        let [luma, cb, cr] = self.planes.split().map(<[u8]>::as_mut_ptr);
        // SAFETY: zero is a value of each of its fields.
        let mut image: ffi::EbSvtIOFormat = unsafe { MaybeUninit::zeroed().assume_init() };
        (image.luma, image.cb, image.cr) = (luma, cb, cr);
        (image.y_stride, image.cb_stride, image.cr_stride) = (y_stride, cb_stride, cr_stride);
        (image.width, image.height) = (self.size.width, self.size.height);
        image.color_fmt = ffi::EB_YUV420;
        image.bit_depth = ffi::EB_EIGHT_BIT;
        let mut buffer = buffer();
        buffer.p_buffer = (&raw mut image).cast();
        let samples = self.size.area() * 3 / 2;
        buffer.n_filled_len = u32::try_from(samples).unwrap_or(u32::MAX);
        buffer.n_alloc_len = buffer.n_filled_len;
        buffer.pts = at;
        buffer.pic_type = if key { ffi::EB_AV1_KEY_PICTURE } else { ffi::EB_AV1_INVALID_PICTURE };
        // SAFETY: the planes hold as many samples as strides and size say; the library copies them during the call.
        let done = unsafe { ffi::svt_av1_enc_send_picture(self.handle.0, &raw mut buffer) };
        self.stream = if done == ffi::EB_ErrorNone { Stream::Begun } else { Stream::Broken };
        check(done, "a picture was not taken")
    }

    /// The packets that are there already.
    fn ready(&mut self) -> Result<Vec<TimedPacket>, Error> {
        let mut packets = Vec::new();
        while let Some((packet, _)) = self.packet(false)? {
            packets.push(packet);
        }
        Ok(packets)
    }

    fn end(&mut self) -> Result<Vec<TimedPacket>, Error> {
        if self.stream != Stream::Begun {
            return Ok(Vec::new());
        }
        let mut buffer = buffer();
        buffer.flags = ffi::EB_BUFFERFLAG_EOS;
        buffer.pic_type = ffi::EB_AV1_INVALID_PICTURE;
        // SAFETY: the handle is valid; a buffer without a picture that says that it is the last.
        let done = unsafe { ffi::svt_av1_enc_send_picture(self.handle.0, &raw mut buffer) };
        check(done, "the end was not taken")?;
        self.stream = Stream::Ended;
        let mut packets = Vec::new();
        while let Some((packet, last)) = self.packet(true)? {
            if !packet.data.is_empty() {
                packets.push(packet);
            }
            if last {
                break;
            }
        }
        Ok(packets)
    }

    /// The next packet and whether it is the last one, if there is one; `wait` after the last picture only.
    fn packet(&mut self, wait: bool) -> Result<Option<(TimedPacket, bool)>, Error> {
        let mut buffer: *mut ffi::EbBufferHeaderType = ptr::null_mut();
        // SAFETY: the handle is valid, the pointer valid for writes.
        let done = unsafe { ffi::svt_av1_enc_get_packet(self.handle.0, &raw mut buffer, u8::from(wait)) };
        if done == ffi::EB_NoErrorEmptyQueue || buffer.is_null() {
            return if done == ffi::EB_ErrorMax { Err(failed("it does not go on")) } else { Ok(None) };
        }
        check(done, "a packet was not made")?;
        // SAFETY: the library gave a packet, which is ours until it is released below.
        let (packet, last) = unsafe {
            let header = &*buffer;
            let data = if header.n_filled_len == 0 || header.p_buffer.is_null() {
                Vec::new()
            } else {
                std::slice::from_raw_parts(header.p_buffer, header.n_filled_len as usize).to_vec()
            };
            let key = header.pic_type == ffi::EB_AV1_KEY_PICTURE;
            (TimedPacket { data, key, at: header.pts }, header.flags & ffi::EB_BUFFERFLAG_EOS != 0)
        };
        // SAFETY: as above; nothing refers to it any more.
        unsafe { ffi::svt_av1_enc_release_out_buffer(&raw mut buffer) };
        Ok(Some((packet, last)))
    }
}

fn header(handle: &Handle) -> Result<Vec<u8>, Error> {
    let mut buffer: *mut ffi::EbBufferHeaderType = ptr::null_mut();
    // SAFETY: the handle is valid and started, the pointer valid for writes.
    let done = unsafe { ffi::svt_av1_enc_stream_header(handle.0, &raw mut buffer) };
    check(done, "it does not describe its stream")?;
    // SAFETY: the library gave a header with so many bytes, which is released right after.
    unsafe {
        let header = &*buffer;
        let bytes = std::slice::from_raw_parts(header.p_buffer, header.n_filled_len as usize).to_vec();
        ffi::svt_av1_enc_stream_header_release(buffer);
        Ok(bytes)
    }
}

fn buffer() -> ffi::EbBufferHeaderType {
    // SAFETY: zero is a value of each of its fields.
    let mut buffer: ffi::EbBufferHeaderType = unsafe { MaybeUninit::zeroed().assume_init() };
    buffer.size = u32::try_from(size_of::<ffi::EbBufferHeaderType>()).unwrap_or(0);
    buffer
}

fn check(done: ffi::EbErrorType, what: &str) -> Result<(), Error> {
    if done == ffi::EB_ErrorNone { Ok(()) } else { Err(failed(&format!("{what} ({:#x})", done as u32))) }
}

fn failed(what: &str) -> Error {
    let happened = format!("the AV1 encoder (SVT-AV1) failed: {what}");
    Error::new(ErrorKind::Unavailable, happened, "go on without it")
}

fn not_configured() -> Error {
    let happened = "a picture came that the AV1 encoder is not configured for";
    Error::new(ErrorKind::Invalid, happened, "configure it for the picture's size first")
}

#[cfg(test)]
mod tests {
    use super::is_interactive;

    #[test]
    fn versions_are_compared_as_numbers() {
        for (version, interactive) in [
            ("1.4.1", false),
            ("2.2.9", false),
            ("2.3.0", true),
            ("2.10.0-rc1", true),
            ("4.1.0", true),
            ("", false),
        ] {
            assert_eq!(is_interactive(version), interactive, "{version}");
        }
    }
}
