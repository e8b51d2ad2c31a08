//! Sound: what is heard, and what is played. Samples are interleaved, 48,000 a second of each channel, -1 to 1.

use std::time::Duration;

use crate::Error;

/// Called with what was heard, as it comes, from a thread of the source, and how long ago its first sample was heard.
/// Must not block.
pub type Heard = Box<dyn FnMut(&[f32], Duration) + Send>;

/// Called for what is to be played next, from a thread of the sink: fills all of the slice. Must not block.
pub type Fill = Box<dyn FnMut(&mut [f32]) + Send>;

/// Where sound comes from: what the system plays, or a microphone.
pub trait SoundSource: Send {
    /// Begins to listen. Nothing is heard before; a system may say nothing while nothing is played. A second call takes
    /// the place of the first.
    ///
    /// # Errors
    /// When there is no sound system, or it refuses.
    fn start(&mut self, heard: Heard) -> Result<(), Error>;

    /// Listens no more: the callback is gone when this returns.
    fn stop(&mut self);
}

/// Where sound goes: a loudspeaker, or a file.
pub trait SoundSink: Send {
    /// Begins to play; gives how much is taken at once. A second call takes the place of the first.
    ///
    /// # Errors
    /// When there is no sound system, or it refuses.
    fn start(&mut self, fill: Fill) -> Result<Duration, Error>;

    /// Plays no more: the callback is gone when this returns.
    fn stop(&mut self);
}
