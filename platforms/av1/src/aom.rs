//! libaom's encoder, set up for screens: real time, no lag, constant bit rate.

use std::ffi::{CStr, c_int, c_uint};
use std::mem::MaybeUninit;
use std::ptr;

use deskwire_platform::{EncoderCaps, EncoderConfig, Error, ErrorKind, Packet, Picture, VideoEncoder};
use deskwire_wire::picture::{MAX_SIDE, Rect, Size, VideoCodec};
use libaom_sys as ffi;

use crate::colour::Planes;

/// Of 0 to 11, as measured: the fastest that still finds what a screen repeats.
const SPEED: c_int = 10;
/// A key frame may take this many percent of what a frame takes on average.
const MAX_KEY_PERCENT: c_uint = 300;
/// The finest and the coarsest quantiser, of 0 to 63.
const QUANTISERS: (c_uint, c_uint) = (4, 56);
/// libaom takes no more, in kbit/s.
const MAX_KBITS: u32 = 2_000_000;

/// libaom behind the trait. Pictures of any size from 16 x 16 on; one packet for each, at once.
pub struct AomEncoder {
    caps: EncoderCaps,
    threads: u32,
    running: Option<Running>,
}

struct Running {
    context: Context,
    settings: Settings,
    planes: Planes,
    size: Size,
    key_wanted: bool,
    /// Counts pictures; the time base is one picture.
    next: i64,
}

/// What the encoder was set to, for the next change.
struct Settings(Box<ffi::aom_codec_enc_cfg_t>);

// SAFETY: its pointers are null (there are no statistics of an earlier pass), and nobody else has it.
unsafe impl Send for Settings {}

/// A context of the library that is destroyed when dropped. In a box, because the library keeps pointers into it.
struct Context(Box<ffi::aom_codec_ctx_t>);

// SAFETY: the library keeps no state of a thread; a context may be used from any thread, one at a time, which `&mut`
// ensures.
unsafe impl Send for Context {}

impl Drop for Context {
    fn drop(&mut self) {
        // SAFETY: the context was initialised, and is not used again. The result says only that it was.
        unsafe { ffi::aom_codec_destroy(&raw mut *self.0) };
    }
}

impl AomEncoder {
    /// An encoder that works on at most `threads` threads.
    pub fn new(threads: u32) -> Self {
        let caps = EncoderCaps {
            name: "libaom",
            codec: VideoCodec::Av1,
            smallest: Size { width: 16, height: 16 },
            largest: Size { width: MAX_SIDE, height: MAX_SIDE },
            full_colour: false,
            rate_needs_key: false,
        };
        Self { caps, threads: threads.clamp(1, 64), running: None }
    }
}

impl VideoEncoder for AomEncoder {
    fn caps(&self) -> &EncoderCaps {
        &self.caps
    }

    fn configure(&mut self, config: &EncoderConfig) -> Result<(), Error> {
        let (size, least) = (config.size, self.caps.smallest);
        if !size.is_allowed() || size.width < least.width || size.height < least.height {
            let happened =
                format!("libaom does not encode pictures of {}x{} pixels", size.width, size.height);
            return Err(Error::new(ErrorKind::Invalid, happened, "send them without a codec"));
        }
        self.running = None; // before the next, so that there are never two
        self.running = Some(Running::new(config, self.threads)?);
        Ok(())
    }

    fn set_rate(&mut self, rate: u32) -> Result<(), Error> {
        let running = self.running.as_mut().ok_or_else(not_configured)?;
        running.settings.0.rc_target_bitrate = kbits(rate);
        // SAFETY: the context is initialised; the settings are its own with another rate, and are copied.
        let done = unsafe {
            ffi::aom_codec_enc_config_set(&raw mut *running.context.0, &raw const *running.settings.0)
        };
        running.context.check(done, "the rate was not changed")
    }

    fn request_key(&mut self) {
        if let Some(running) = &mut self.running {
            running.key_wanted = true;
        }
    }

    fn encode(&mut self, picture: &Picture, _damage: &[Rect]) -> Result<Packet, Error> {
        let running = self.running.as_mut().filter(|running| running.size == picture.size());
        running.ok_or_else(not_configured)?.encode(picture)
    }
}

impl Running {
    fn new(config: &EncoderConfig, threads: u32) -> Result<Self, Error> {
        let mut settings = MaybeUninit::uninit();
        // SAFETY: the interface is the library's own; it fills in all of the settings if it succeeds.
        let done = unsafe {
            ffi::aom_codec_enc_config_default(
                ffi::aom_codec_av1_cx(),
                settings.as_mut_ptr(),
                ffi::AOM_USAGE_REALTIME,
            )
        };
        if done != ffi::AOM_CODEC_OK {
            return Err(failed("its settings are not there"));
        }
        // SAFETY: see above.
        let mut settings = Box::new(unsafe { settings.assume_init() });
        let frames_per_second = c_int::try_from(config.frames_per_second.clamp(1, 1000)).unwrap_or(1000);
        settings.g_w = config.size.width;
        settings.g_h = config.size.height;
        settings.g_threads = threads;
        settings.g_timebase = ffi::aom_rational { num: 1, den: frames_per_second };
        settings.g_pass = ffi::AOM_RC_ONE_PASS;
        settings.g_lag_in_frames = 0;
        settings.g_error_resilient = 0;
        settings.kf_mode = ffi::AOM_KF_DISABLED;
        settings.rc_end_usage = ffi::AOM_CBR;
        settings.rc_target_bitrate = kbits(config.rate);
        settings.rc_dropframe_thresh = 0;
        (settings.rc_min_quantizer, settings.rc_max_quantizer) = QUANTISERS;
        (settings.rc_undershoot_pct, settings.rc_overshoot_pct) = (50, 50);
        (settings.rc_buf_initial_sz, settings.rc_buf_optimal_sz, settings.rc_buf_sz) = (600, 600, 1000);
        let mut context = Context::open(&settings)?;
        context.set_all(config.size, threads)?;
        Ok(Self {
            context,
            settings: Settings(settings),
            planes: Planes::new(config.size),
            size: config.size,
            key_wanted: true,
            next: 0,
        })
    }

    fn encode(&mut self, picture: &Picture) -> Result<Packet, Error> {
        self.planes.fill(picture)?;
        let (width, height) = (self.size.width, self.size.height);
        let mut image = MaybeUninit::uninit();
        let strides = self.planes.strides().map(|stride| c_int::try_from(stride).unwrap_or(c_int::MAX));
        let planes = self.planes.split().map(<[u8]>::as_mut_ptr);
        // SAFETY: the first plane's memory is handed over as the image's; the library only fills in the struct, and the
        // planes are set right below to memory that outlives the call of the encoder.
        let wrapped = unsafe {
            ffi::aom_img_wrap(image.as_mut_ptr(), ffi::AOM_IMG_FMT_I420, width, height, 1, planes[0])
        };
        if wrapped.is_null() {
            return Err(failed("it does not take pictures of this size"));
        }
        // SAFETY: wrapping succeeded, and fills in all of the struct.
        let mut image: ffi::aom_image_t = unsafe { image.assume_init() };
        (image.planes, image.stride) = (planes, strides);
        image.range = ffi::AOM_CR_FULL_RANGE;
        let flags = if self.key_wanted { ffi::AOM_EFLAG_FORCE_KF } else { 0 };
        let context = &raw mut *self.context.0;
        // SAFETY: the context is initialised for pictures of this size; the image's planes hold as many samples as its
        // strides and sizes say, and are only read (no denoising is on).
        let done = unsafe { ffi::aom_codec_encode(context, &raw const image, self.next, 1, flags.into()) };
        self.next += 1;
        self.context.check(done, "a picture was not encoded")?;
        let packet = self.context.packet()?;
        self.key_wanted &= !packet.key;
        Ok(packet)
    }
}

impl Context {
    fn open(settings: &ffi::aom_codec_enc_cfg_t) -> Result<Self, Error> {
        // SAFETY: all fields are numbers and pointers, for which zero is a value.
        let mut context: Box<ffi::aom_codec_ctx_t> = Box::new(unsafe { MaybeUninit::zeroed().assume_init() });
        let version = c_int::try_from(ffi::AOM_ENCODER_ABI_VERSION).unwrap_or(0);
        // SAFETY: interface and settings are valid, the version is the one that the bindings were made for.
        let done = unsafe {
            ffi::aom_codec_enc_init_ver(&raw mut *context, ffi::aom_codec_av1_cx(), settings, 0, version)
        };
        if done != ffi::AOM_CODEC_OK {
            return Err(failed("it did not start"));
        }
        Ok(Self(context))
    }

    fn set_all(&mut self, size: Size, threads: u32) -> Result<(), Error> {
        self.set(ffi::AOME_SET_CPUUSED, SPEED)?;
        self.set(ffi::AV1E_SET_TUNE_CONTENT, c_int::try_from(ffi::AOM_CONTENT_SCREEN).unwrap_or(1))?;
        self.set(ffi::AV1E_SET_ENABLE_PALETTE, 1)?;
        // Flat and changing parts get bits in turn, which keeps the size of frames even.
        self.set_unsigned(ffi::AV1E_SET_AQ_MODE, 3)?;
        self.set_unsigned(ffi::AOME_SET_MAX_INTRA_BITRATE_PCT, MAX_KEY_PERCENT)?;
        self.set_unsigned(ffi::AV1E_SET_ROW_MT, u32::from(threads > 1))?;
        // Tiles let the decoder too use several threads.
        let columns = if threads > 1 && size.width >= 512 { 1 } else { 0 };
        self.set_unsigned(ffi::AV1E_SET_TILE_COLUMNS, columns)?;
        self.set(ffi::AV1E_SET_ENABLE_OBMC, 0)?;
        self.set(ffi::AV1E_SET_ENABLE_GLOBAL_MOTION, 0)?;
        self.set(ffi::AV1E_SET_ENABLE_WARPED_MOTION, 0)?;
        self.set(ffi::AV1E_SET_ENABLE_REF_FRAME_MVS, 0)?;
        self.set_unsigned(ffi::AV1E_SET_ENABLE_ORDER_HINT, 0)?;
        self.set_unsigned(ffi::AV1E_SET_ENABLE_TPL_MODEL, 0)?;
        self.set_unsigned(ffi::AV1E_SET_DELTAQ_MODE, 0)?;
        // What decoders of others need to show the right colours (BT.709 with the transfer of sRGB, full range).
        self.set(ffi::AV1E_SET_COLOR_PRIMARIES, 1)?;
        self.set(ffi::AV1E_SET_TRANSFER_CHARACTERISTICS, 13)?;
        self.set(ffi::AV1E_SET_MATRIX_COEFFICIENTS, 1)?;
        self.set(ffi::AV1E_SET_COLOR_RANGE, c_int::try_from(ffi::AOM_CR_FULL_RANGE).unwrap_or(1))
    }

    fn set(&mut self, control: ffi::aome_enc_control_id, value: c_int) -> Result<(), Error> {
        let id = c_int::try_from(control).unwrap_or(0);
        // SAFETY: the context is initialised, and this control takes an int.
        let done = unsafe { ffi::aom_codec_control(&raw mut *self.0, id, value) };
        self.check(done, "a setting was refused")
    }

    fn set_unsigned(&mut self, control: ffi::aome_enc_control_id, value: c_uint) -> Result<(), Error> {
        let id = c_int::try_from(control).unwrap_or(0);
        // SAFETY: the context is initialised, and this control takes an unsigned int.
        let done = unsafe { ffi::aom_codec_control(&raw mut *self.0, id, value) };
        self.check(done, "a setting was refused")
    }

    /// The packet that the last picture gave.
    fn packet(&mut self) -> Result<Packet, Error> {
        let mut packet: Option<Packet> = None;
        let mut iterator: ffi::aom_codec_iter_t = ptr::null();
        loop {
            // SAFETY: the context is initialised; the iterator began as null, and is the library's own from then on.
            let next = unsafe { ffi::aom_codec_get_cx_data(&raw mut *self.0, &raw mut iterator) };
            // SAFETY: what is not null is a packet that is valid until the next call of the encoder.
            let Some(next) = (unsafe { next.as_ref() }) else { break };
            if next.kind != ffi::AOM_CODEC_CX_FRAME_PKT {
                continue;
            }
            // SAFETY: the kind says which field of the union is set.
            let frame = unsafe { next.data.frame };
            // SAFETY: the library says that so many bytes are there, until the next call.
            let data = unsafe { std::slice::from_raw_parts(frame.buf.cast::<u8>(), frame.sz) };
            let key = frame.flags & ffi::AOM_FRAME_IS_KEY != 0;
            // Parts of one temporal unit come one after another.
            let packet = packet.get_or_insert_with(|| Packet { data: Vec::new(), key });
            packet.data.extend_from_slice(data);
        }
        packet.filter(|packet| !packet.data.is_empty()).ok_or_else(|| failed("a picture gave no packet"))
    }

    fn check(&self, done: ffi::aom_codec_err_t, what: &str) -> Result<(), Error> {
        if done == ffi::AOM_CODEC_OK {
            return Ok(());
        }
        // SAFETY: the context is initialised; both texts are static or belong to it, and end with a zero, if there are any.
        let why = unsafe {
            let detail = ffi::aom_codec_error_detail(&raw const *self.0);
            let text = if detail.is_null() { ffi::aom_codec_error(&raw const *self.0) } else { detail };
            if text.is_null() { String::new() } else { CStr::from_ptr(text).to_string_lossy().into_owned() }
        };
        Err(failed(&format!("{what} ({why})")))
    }
}

fn kbits(rate: u32) -> u32 {
    (rate / 1000).clamp(1, MAX_KBITS)
}

fn failed(what: &str) -> Error {
    Error::new(
        ErrorKind::Unavailable,
        format!("the AV1 encoder (libaom) failed: {what}"),
        "go on without video",
    )
}

fn not_configured() -> Error {
    let happened = "a picture came that the AV1 encoder is not configured for";
    Error::new(ErrorKind::Invalid, happened, "configure it for the picture's size first")
}
