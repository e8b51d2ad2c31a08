//! Waiting for several sources of events, and for other threads, at once.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use deskwire_platform::{EventSource, Wake, Waker};

/// Ends a wait of the [`Ear`], from any thread. Clones ring at the same ear.
#[derive(Clone, Debug)]
pub(crate) struct Bell(way::Rope);

/// Waits for the bell and for sources of events.
#[derive(Debug)]
pub(crate) struct Ear(way::Ear);

/// A bell and the ear that hears it.
pub(crate) fn bell() -> io::Result<(Bell, Ear)> {
    let (rope, ear) = way::pair()?;
    Ok((Bell(rope), Ear(ear)))
}

impl Bell {
    /// Rings. A bell that rings already is not heard twice.
    pub(crate) fn ring(&self) {
        self.0.pull();
    }

    /// Has a source ring when it has something to report, if it cannot be waited for otherwise.
    pub(crate) fn watch<S: EventSource + ?Sized>(&self, source: &mut S) {
        if matches!(source.wake(), Wake::Callback) {
            let bell = self.clone();
            let waker: Waker = Arc::new(move || bell.ring());
            source.set_waker(Some(waker));
        }
    }
}

impl Ear {
    /// Waits until the bell rang or a source may have something to report; at most `longest`.
    pub(crate) fn wait(&mut self, sources: &[Wake<'_>], longest: Option<Duration>) -> io::Result<()> {
        self.0.wait(sources, longest)
    }
}

/// Where sources have descriptors: a socket among them, and `poll`.
#[cfg(unix)]
mod way {
    use std::io::{Read as _, Write as _};
    use std::os::fd::AsFd as _;
    use std::os::unix::net::UnixStream;

    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    use super::*;

    #[derive(Clone, Debug)]
    pub(super) struct Rope(Arc<UnixStream>);

    #[derive(Debug)]
    pub(super) struct Ear(UnixStream);

    pub(super) fn pair() -> io::Result<(Rope, Ear)> {
        let (rope, ear) = UnixStream::pair()?;
        rope.set_nonblocking(true)?;
        ear.set_nonblocking(true)?;
        Ok((Rope(Arc::new(rope)), Ear(ear)))
    }

    impl Rope {
        pub(super) fn pull(&self) {
            // Full: it rings already. Broken: nobody listens any more.
            let _ = (&*self.0).write(&[1]);
        }
    }

    impl Ear {
        pub(super) fn wait(&self, sources: &[Wake<'_>], longest: Option<Duration>) -> io::Result<()> {
            let mut fds: Vec<PollFd<'_>> = vec![PollFd::new(&self.0, PollFlags::IN)];
            for source in sources {
                if let Wake::Fd(fd) = source {
                    fds.push(PollFd::from_borrowed_fd(fd.as_fd(), PollFlags::IN));
                }
            }
            let longest = longest.and_then(|longest| Timespec::try_from(longest).ok());
            match poll(&mut fds, longest.as_ref()) {
                Ok(_) | Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
            let mut heard = [0; 256];
            while (&self.0).read(&mut heard).is_ok_and(|n| n > 0) {}
            Ok(())
        }
    }
}

/// Where every source calls back: a flag under a lock.
#[cfg(not(unix))]
mod way {
    use std::sync::{Condvar, Mutex, PoisonError};

    use super::*;

    #[derive(Debug, Default)]
    struct Flag {
        rings: Mutex<bool>,
        rang: Condvar,
    }

    #[derive(Clone, Debug)]
    pub(super) struct Rope(Arc<Flag>);

    #[derive(Debug)]
    pub(super) struct Ear(Arc<Flag>);

    pub(super) fn pair() -> io::Result<(Rope, Ear)> {
        let flag = Arc::new(Flag::default());
        Ok((Rope(Arc::clone(&flag)), Ear(flag)))
    }

    impl Rope {
        pub(super) fn pull(&self) {
            *self.0.rings.lock().unwrap_or_else(PoisonError::into_inner) = true;
            self.0.rang.notify_one();
        }
    }

    impl Ear {
        pub(super) fn wait(&self, _: &[Wake<'_>], longest: Option<Duration>) -> io::Result<()> {
            let rings = self.0.rings.lock().unwrap_or_else(PoisonError::into_inner);
            // An hour is as good as for ever: whoever waits looks around and waits again.
            let longest = longest.unwrap_or(Duration::from_secs(3600));
            let waited = self.0.rang.wait_timeout_while(rings, longest, |rings| !*rings);
            *waited.unwrap_or_else(PoisonError::into_inner).0 = false;
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    #[test]
    fn a_bell_that_rang_before_the_wait_is_heard_once() {
        let (bell, mut ear) = bell().unwrap();
        (0..100_000).for_each(|_| bell.ring());
        let start = Instant::now();
        ear.wait(&[], Some(Duration::from_secs(60))).unwrap();
        assert!(start.elapsed() < Duration::from_secs(50));
        // Nothing is left over: the second wait lasts as long as it may.
        let start = Instant::now();
        ear.wait(&[], Some(Duration::from_millis(5))).unwrap();
        assert!(start.elapsed() >= Duration::from_millis(5));
    }
}
