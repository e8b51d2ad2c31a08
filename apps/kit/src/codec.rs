//! The video codecs that this build has.

use deskwire_core::wire::picture::Size;
use deskwire_core::wire::session::VideoCodecs;
use deskwire_platform::{Error, VideoDecoder, VideoEncoder};

/// What can be shown here.
#[cfg(feature = "video")]
pub(crate) const CODECS: VideoCodecs = VideoCodecs::AV1;
/// What can be shown here.
#[cfg(not(feature = "video"))]
pub(crate) const CODECS: VideoCodecs = VideoCodecs::NONE;

/// More threads than this make a picture hardly faster.
#[cfg(feature = "video")]
const MOST_THREADS: u32 = 4;

#[cfg(feature = "video")]
fn threads() -> u32 {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    u32::try_from(cores).unwrap_or(MOST_THREADS).min(MOST_THREADS)
}

/// An encoder for a viewer that shows `codecs`, if there is one.
#[cfg(feature = "video")]
pub(crate) fn encoder(codecs: VideoCodecs) -> Option<Box<dyn VideoEncoder + Send>> {
    let av1 = codecs.has(deskwire_core::wire::picture::VideoCodec::Av1);
    av1.then(|| Box::new(deskwire_av1::AomEncoder::new(threads())) as Box<dyn VideoEncoder + Send>)
}

/// An encoder for a viewer that shows `codecs`, if there is one.
#[cfg(not(feature = "video"))]
pub(crate) fn encoder(_codecs: VideoCodecs) -> Option<Box<dyn VideoEncoder + Send>> {
    None
}

/// A decoder for pictures of at most `largest`.
#[cfg(feature = "video")]
pub(crate) fn decoder(largest: Size) -> Result<Box<dyn VideoDecoder + Send>, Error> {
    Ok(Box::new(deskwire_av1::Rav1dDecoder::new(threads(), largest)?))
}

/// A decoder for pictures of at most `largest`.
#[cfg(not(feature = "video"))]
pub(crate) fn decoder(_largest: Size) -> Result<Box<dyn VideoDecoder + Send>, Error> {
    let happened = "the host sent video, which this program was built without";
    Err(Error::new(deskwire_platform::ErrorKind::Unsupported, happened, "build it with the feature `video`"))
}
