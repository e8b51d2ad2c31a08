//! rav1d's decoder. Its interface is that of dav1d, so all of it is unsafe to call; here is what makes it safe.

use std::ffi::c_int;
use std::mem::{self, MaybeUninit};
use std::ptr::NonNull;

use deskwire_platform::{Error, ErrorKind, Picture, VideoDecoder};
use deskwire_wire::picture::{MAX_AREA, Size};
use rav1d::include::dav1d::data::Dav1dData;
use rav1d::include::dav1d::dav1d::{Dav1dContext, Dav1dLogger, Dav1dSettings};
use rav1d::include::dav1d::headers::DAV1D_PIXEL_LAYOUT_I420;
use rav1d::include::dav1d::picture::Dav1dPicture;
use rav1d::src::lib as dav1d;

use crate::colour::{self, chroma};

/// The largest packet that is looked at, as a frame of the wire.
const MAX_PACKET: usize = 64 * 1024 * 1024;

/// Samples of the three planes, how long their rows are, and the picture's size.
type PlanesOfPicture<'a> = ([&'a [u8]; 3], [u32; 3], Size);

/// rav1d behind the trait: 8-bit pictures with a quarter of the colour samples, as our encoders make them.
pub struct Rav1dDecoder {
    context: Dav1dContext,
    picture: Option<Picture>,
    largest: Size,
}

// SAFETY: a context may be used from any thread, one at a time, which `&mut` ensures; it has its own locks besides.
unsafe impl Send for Rav1dDecoder {}

impl Rav1dDecoder {
    /// A decoder on at most `threads` threads (but two), for pictures of at most `largest` (those of a display are never larger
    /// than it).
    ///
    /// # Errors
    /// `Unavailable` when there is no memory or no thread.
    pub fn new(threads: u32, largest: Size) -> Result<Self, Error> {
        let mut settings = MaybeUninit::<Dav1dSettings>::uninit();
        // SAFETY: the settings are written to only, and wholly.
        let mut settings = unsafe {
            dav1d::dav1d_default_settings(NonNull::from(&mut settings).cast());
            settings.assume_init()
        };
        // Two frames at a time, although one is all that is ever under way: with one, rav1d 1.1.0 aborts the process when a
        // packet is broken (its issue 1497).
        settings.n_threads = c_int::try_from(threads.clamp(2, 64)).unwrap_or(2);
        settings.max_frame_delay = 2;
        settings.all_layers = 0;
        settings.frame_size_limit = u32::try_from(largest.area()).unwrap_or(MAX_AREA).min(MAX_AREA);
        // SAFETY: no callback is given, so none is called. What a packet has to say about itself interests nobody.
        settings.logger = unsafe { Dav1dLogger::new(None, None) };
        let mut context = None;
        // SAFETY: both are valid for the call.
        let done = unsafe {
            dav1d::dav1d_open(Some(NonNull::from(&mut context)), Some(NonNull::from(&mut settings)))
        };
        match context {
            Some(context) if done.0 == 0 => Ok(Self { context, picture: None, largest }),
            _ => Err(Error::new(
                ErrorKind::Unavailable,
                "the AV1 decoder (rav1d) did not start",
                "close something, or watch without video",
            )),
        }
    }

    /// Sends all of `data`, and takes every picture that comes of it; keeps the last.
    fn run(&mut self, data: &mut Data) -> Result<Option<Decoded>, Error> {
        let mut last = None;
        let mut pictures = 0;
        loop {
            // SAFETY: the context is open; the data is valid, and owned by `Data` before and after.
            let sent =
                unsafe { dav1d::dav1d_send_data(Some(self.context), Some(NonNull::from(&mut data.0))) };
            let more = sent.0 == -libc_eagain();
            if sent.0 != 0 && !more {
                return Err(broken("it cannot be decoded"));
            }
            let taken = self.take()?;
            let stuck = more && taken.is_none();
            pictures += u32::from(taken.is_some());
            last = taken.or(last);
            if pictures > 1 {
                return Err(broken("it holds more than one picture"));
            }
            if data.0.sz == 0 {
                return Ok(last);
            }
            if stuck {
                return Err(broken("it leads nowhere"));
            }
        }
    }

    /// The picture that is done. The decoder is asked twice: the second time it waits for what it is at.
    fn take(&mut self) -> Result<Option<Decoded>, Error> {
        match self.take_once()? {
            None => self.take_once(),
            done => Ok(done),
        }
    }

    fn take_once(&mut self) -> Result<Option<Decoded>, Error> {
        let mut picture = Dav1dPicture::default();
        // SAFETY: the context is open; the picture is written over, and holds nothing.
        let got = unsafe { dav1d::dav1d_get_picture(Some(self.context), Some(NonNull::from(&mut picture))) };
        // Whatever came is released when dropped.
        let picture = Decoded(picture);
        match got.0 {
            0 => Ok(Some(picture)),
            error if error == -libc_eagain() => Ok(None),
            _ => Err(broken("it cannot be decoded")),
        }
    }

    fn paint(&mut self, decoded: &Decoded) -> Result<(), Error> {
        let (planes, strides, size) = decoded.planes()?;
        if size.width > self.largest.width || size.height > self.largest.height {
            return Err(broken("its picture is larger than the display"));
        }
        let mut picture = match self.picture.take().filter(|picture| picture.size() == size) {
            Some(picture) => picture,
            None => Picture::new(size)?,
        };
        colour::paint(&mut picture, planes, strides)?;
        self.picture = Some(picture);
        Ok(())
    }
}

impl VideoDecoder for Rav1dDecoder {
    fn decode(&mut self, packet: &[u8]) -> Result<&Picture, Error> {
        let done = Data::new(packet).and_then(|mut data| {
            let decoded = self.run(&mut data)?.ok_or_else(|| broken("it holds no picture"))?;
            self.paint(&decoded)
        });
        if let Err(error) = done {
            // What is left of the packet inside is of no use any more.
            self.reset();
            return Err(error);
        }
        self.picture.as_ref().ok_or_else(|| broken("it holds no picture"))
    }

    fn reset(&mut self) {
        // SAFETY: the context is open.
        unsafe { dav1d::dav1d_flush(self.context) };
    }
}

impl Drop for Rav1dDecoder {
    fn drop(&mut self) {
        let mut context = Some(self.context);
        // SAFETY: the context is open, and not used again.
        unsafe { dav1d::dav1d_close(Some(NonNull::from(&mut context))) };
    }
}

/// Bytes that the decoder counts references to; released when dropped.
struct Data(Dav1dData);

impl Data {
    fn new(packet: &[u8]) -> Result<Self, Error> {
        if packet.is_empty() || packet.len() > MAX_PACKET {
            return Err(broken("it is empty, or too long"));
        }
        let mut data = Dav1dData::default();
        // SAFETY: the struct is valid, and holds nothing.
        let bytes = unsafe { dav1d::dav1d_data_create(Some(NonNull::from(&mut data)), packet.len()) };
        let bytes = NonNull::new(bytes).ok_or_else(|| {
            Error::new(ErrorKind::Unavailable, "there is no memory for a video packet", "close something")
        })?;
        // SAFETY: so many bytes were just made, and nobody else knows them.
        unsafe { bytes.copy_from_nonoverlapping(NonNull::from(packet).cast(), packet.len()) };
        Ok(Self(data))
    }
}

impl Drop for Data {
    fn drop(&mut self) {
        // SAFETY: the struct is valid; what the decoder took it has set to nothing.
        unsafe { dav1d::dav1d_data_unref(Some(NonNull::from(&mut self.0))) };
    }
}

/// A picture of the decoder's; released when dropped.
struct Decoded(Dav1dPicture);

impl Decoded {
    /// Its planes, the samples in a row of each, and its size.
    fn planes(&self) -> Result<PlanesOfPicture<'_>, Error> {
        let picture = &self.0;
        let parameters = &picture.p;
        if parameters.bpc != 8 || parameters.layout != DAV1D_PIXEL_LAYOUT_I420 {
            return Err(broken("its colours are of a kind that we do not use"));
        }
        let (Ok(width), Ok(height)) = (u32::try_from(parameters.w), u32::try_from(parameters.h)) else {
            return Err(broken("its size is negative"));
        };
        let size = Size { width, height };
        if !size.is_allowed() {
            return Err(broken("its size is not allowed"));
        }
        let (colour_width, colour_height) = chroma(size);
        let plane = |number: usize, stride: isize, width: u32, height: u32| {
            let (Some(start), Ok(stride)) = (picture.data[number], usize::try_from(stride)) else {
                return Err(broken("a plane is missing"));
            };
            let (width, height) = (width as usize, height as usize);
            if stride < width {
                return Err(broken("its rows overlap"));
            }
            // SAFETY: the decoder allocated the plane with `height` rows, `stride` bytes apart, of at least `width` bytes
            // of 8-bit samples each, and they stay while the picture is held. Nothing writes to a picture that came out.
            let samples = unsafe {
                std::slice::from_raw_parts(start.cast::<u8>().as_ptr(), stride * (height - 1) + width)
            };
            Ok((samples, u32::try_from(stride).map_err(|_| broken("its rows are too long"))?))
        };
        let (y, y_stride) = plane(0, picture.stride[0], width, height)?;
        let (u, colour_stride) = plane(1, picture.stride[1], colour_width, colour_height)?;
        let (v, _) = plane(2, picture.stride[1], colour_width, colour_height)?;
        Ok(([y, u, v], [y_stride, colour_stride, colour_stride], size))
    }
}

impl Drop for Decoded {
    fn drop(&mut self) {
        let mut picture = mem::take(&mut self.0);
        // SAFETY: it is a picture of the decoder's, or empty, and not used again.
        unsafe { dav1d::dav1d_picture_unref(Some(NonNull::from(&mut picture))) };
    }
}

/// What the decoder says when it wants its pictures to be taken first.
const fn libc_eagain() -> c_int {
    // The same on Linux, Android and Windows' C library; macOS and the BSDs have their own.
    if cfg!(any(target_os = "macos", target_os = "ios", target_os = "freebsd")) { 35 } else { 11 }
}

fn broken(what: &str) -> Error {
    Error::new(ErrorKind::Invalid, format!("a video packet was refused: {what}"), "ask for a key frame")
}
