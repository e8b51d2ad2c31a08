//! Readiness from tokio.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use deskwire_driver::{Backend, Interest, Signal, Socket};
use deskwire_machine::LinkId;
use tokio::io::unix::AsyncFd;

/// Sockets registered with the runtime.
pub(crate) struct Reactor {
    signal: Arc<Signal>,
    sources: BTreeMap<LinkId, Source>,
}

struct Source {
    socket: AsyncFd<Arc<Socket>>,
    waker: Waker,
}

impl Reactor {
    pub(crate) const fn new(signal: Arc<Signal>) -> Self {
        Self { signal, sources: BTreeMap::new() }
    }
}

impl Backend for Reactor {
    #[expect(unsafe_code, reason = "tokio cannot see that a socket outlives its registration")]
    fn add(&mut self, link: LinkId, socket: &Arc<Socket>) -> io::Result<()> {
        // SAFETY: the `AsyncFd` owns a share of the socket, which therefore stays open, and under the same number,
        // until the `AsyncFd` is dropped.
        let socket = unsafe { AsyncFd::register(Arc::clone(socket)) }?;
        self.sources.insert(link, Source { socket, waker: self.signal.link_waker(link) });
        Ok(())
    }

    fn arm(&mut self, link: LinkId, interest: Interest) -> io::Result<()> {
        let Some(Source { socket, waker }) = self.sources.get(&link) else { return Ok(()) };
        let mut cx = Context::from_waker(waker);
        // The runtime remembers readiness until it is cleared. Cleared before the hub reads, not after, so that
        // nothing that comes while it reads is forgotten: news that turn out old do no harm.
        let reads = interest.read.then(|| socket.poll_read_ready(&mut cx));
        let writes = interest.write.then(|| socket.poll_write_ready(&mut cx));
        for polled in [reads, writes].into_iter().flatten() {
            if let Poll::Ready(ready) = polled {
                ready?.clear_ready();
                self.signal.note(link);
            }
        }
        Ok(())
    }

    fn remove(&mut self, link: LinkId) {
        self.sources.remove(&link);
    }
}
