//! How a source of events wakes its owner.

#[cfg(unix)]
use std::os::fd::BorrowedFd;
use std::sync::Arc;
use std::time::Duration;

use crate::Error;

/// Called, from any thread, when a source has something to report. Must not block.
pub type Waker = Arc<dyn Fn() + Send + Sync>;

/// How to learn that a source has something to report.
#[derive(Debug)]
#[non_exhaustive]
pub enum Wake<'a> {
    /// Poll this for reading.
    #[cfg(unix)]
    Fd(BorrowedFd<'a>),
    /// The waker given to [`EventSource::set_waker`] is called.
    Callback,
    #[cfg(not(unix))]
    #[doc(hidden)]
    Never(std::convert::Infallible, std::marker::PhantomData<&'a ()>),
}

/// What all sources of events have in common.
///
/// After a wake-up, call the source's own `poll…` method until it reports nothing; only then wait again. (A source
/// may already have read events from its descriptor while it waited for an answer of the system.)
pub trait EventSource {
    /// How this source wakes its owner.
    fn wake(&self) -> Wake<'_>;

    /// Sets what to call; sources with [`Wake::Fd`] ignore it.
    fn set_waker(&mut self, waker: Option<Waker>);

    /// Blocks until there may be something to report, or `longest` has passed. For owners that give a source its own
    /// thread. Returns at once when something is waiting already.
    fn wait(&mut self, longest: Duration) -> Result<(), Error>;
}
