//! Readiness from async-io.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use async_io::Async;
use deskwire_driver::{Backend, Interest, Signal, Socket};
use deskwire_machine::LinkId;

/// Sockets registered with the reactor that async-std runs on.
pub(crate) struct Reactor {
    signal: Arc<Signal>,
    sources: BTreeMap<LinkId, Source>,
}

struct Source {
    socket: Async<Arc<Socket>>,
    waker: Waker,
}

impl Reactor {
    pub(crate) const fn new(signal: Arc<Signal>) -> Self {
        Self { signal, sources: BTreeMap::new() }
    }
}

impl Backend for Reactor {
    fn add(&mut self, link: LinkId, socket: &Arc<Socket>) -> io::Result<()> {
        let socket = Async::new_nonblocking(Arc::clone(socket))?;
        self.sources.insert(link, Source { socket, waker: self.signal.link_waker(link) });
        Ok(())
    }

    fn arm(&mut self, link: LinkId, interest: Interest) -> io::Result<()> {
        let Some(Source { socket, waker }) = self.sources.get(&link) else { return Ok(()) };
        let mut cx = Context::from_waker(waker);
        // What is ready at once was seen by the reactor since the last report: it may be old news, which does no
        // harm, and the next call then waits.
        let reads = interest.read.then(|| socket.poll_readable(&mut cx));
        let writes = interest.write.then(|| socket.poll_writable(&mut cx));
        for polled in [reads, writes].into_iter().flatten() {
            if let Poll::Ready(ready) = polled {
                ready?;
                self.signal.note(link);
            }
        }
        Ok(())
    }

    fn remove(&mut self, link: LinkId) {
        self.sources.remove(&link);
    }
}
