//! Waiting for several sources of events, and for other threads, at once.

use std::io::{self, Read as _, Write as _};
use std::os::fd::AsFd as _;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::time::Duration;

use deskwire_platform::{EventSource, Wake, Waker};
use rustix::event::{PollFd, PollFlags, Timespec, poll};

/// Ends a wait of the [`Ear`], from any thread. Clones ring at the same ear.
#[derive(Clone, Debug)]
pub(crate) struct Bell(Arc<UnixStream>);

/// Waits for the bell and for sources of events.
#[derive(Debug)]
pub(crate) struct Ear(UnixStream);

/// A bell and the ear that hears it.
pub(crate) fn bell() -> io::Result<(Bell, Ear)> {
    let (bell, ear) = UnixStream::pair()?;
    bell.set_nonblocking(true)?;
    ear.set_nonblocking(true)?;
    Ok((Bell(Arc::new(bell)), Ear(ear)))
}

impl Bell {
    /// Rings. A bell that rings already is not heard twice.
    pub(crate) fn ring(&self) {
        // Full: it rings already. Broken: nobody listens any more.
        let _ = (&*self.0).write(&[1]);
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
