//! The codec and the devices that this build has.

use std::path::Path;

use deskwire_core::wire::sound::SoundKind;
use deskwire_platform::{Error, SoundSink, SoundSource};

#[cfg(all(target_os = "linux", feature = "sound"))]
mod present {
    use deskwire_sound::{Microphone, Played, Speaker, WavFile};
    pub(crate) use deskwire_sound::{Shorten, SoundDecoder, SoundEncoder};

    use super::*;

    pub(super) fn listener() -> Option<Box<dyn SoundSource>> {
        Some(Box::new(Played::new()))
    }

    pub(super) fn microphone() -> Option<Box<dyn SoundSource>> {
        Some(Box::new(Microphone::new()))
    }

    pub(super) fn speaker() -> Option<Box<dyn SoundSink>> {
        Some(Box::new(Speaker::new()))
    }

    pub(super) fn file(path: &Path) -> Result<Box<dyn SoundSink>, Error> {
        let channels = u16::try_from(SoundKind::Sound.channels()).unwrap_or(2);
        Ok(Box::new(WavFile::new(path, channels)?))
    }
}

#[cfg(not(all(target_os = "linux", feature = "sound")))]
mod present {
    use deskwire_platform::ErrorKind;

    use super::*;

    fn absent() -> Error {
        let happened = "this program was built without sound";
        Error::new(ErrorKind::Unsupported, happened, "build it with the feature `sound`, on Linux")
    }

    #[derive(Debug)]
    pub(crate) struct SoundEncoder(std::convert::Infallible);

    impl SoundEncoder {
        pub(crate) fn new(_: SoundKind) -> Result<Self, Error> {
            Err(absent())
        }

        pub(crate) fn samples(&self) -> usize {
            match self.0 {}
        }

        pub(crate) fn encode(&mut self, _: &[f32]) -> Result<Vec<u8>, Error> {
            match self.0 {}
        }
    }

    #[derive(Debug)]
    pub(crate) struct SoundDecoder(std::convert::Infallible);

    impl SoundDecoder {
        pub(crate) fn new(_: SoundKind) -> Result<Self, Error> {
            Err(absent())
        }

        pub(crate) fn packet(&mut self, _: &[u8], _: &mut Vec<f32>) -> Result<(), Error> {
            match self.0 {}
        }

        pub(crate) fn before(&mut self, _: &[u8], _: &mut Vec<f32>) -> Result<(), Error> {
            match self.0 {}
        }

        pub(crate) fn conceal(&mut self, _: &mut Vec<f32>) {
            match self.0 {}
        }
    }

    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Shorten;

    impl Shorten {
        pub(crate) fn new(_: usize) -> Self {
            Self
        }

        pub(crate) fn cut(self, _: &mut Vec<f32>, _: usize) -> usize {
            0
        }
    }

    pub(super) fn listener() -> Option<Box<dyn SoundSource>> {
        None
    }

    pub(super) fn microphone() -> Option<Box<dyn SoundSource>> {
        None
    }

    pub(super) fn speaker() -> Option<Box<dyn SoundSink>> {
        None
    }

    pub(super) fn file(_: &Path) -> Result<Box<dyn SoundSink>, Error> {
        Err(absent())
    }
}

pub(crate) use present::{Shorten, SoundDecoder, SoundEncoder};

/// What this system plays; `None` in a build without sound.
pub fn listener() -> Option<Box<dyn SoundSource>> {
    present::listener()
}

/// This system's microphone; `None` in a build without sound.
pub fn microphone() -> Option<Box<dyn SoundSource>> {
    present::microphone()
}

/// This system's loudspeaker; `None` in a build without sound.
pub fn speaker() -> Option<Box<dyn SoundSink>> {
    present::speaker()
}

/// A WAV file to play into.
///
/// # Errors
/// When it cannot be created, or in a build without sound.
pub fn file(path: &Path) -> Result<Box<dyn SoundSink>, Error> {
    present::file(path)
}
