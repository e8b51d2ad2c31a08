//! Readiness from async-io.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use deskwire_driver::{Backend, Interest, Socket};
use deskwire_machine::LinkId;
use smol::Async;

use crate::signal::Signal;

/// Sockets registered with smol's reactor.
pub(crate) struct Reactor {
    signal: Arc<Signal>,
    sources: BTreeMap<LinkId, Source>,
}

struct Source {
    socket: Async<Arc<Socket>>,
    waker: Waker,
}

/// Wakes the driver for one link.
struct LinkWaker {
    link: LinkId,
    signal: Arc<Signal>,
}

impl Wake for LinkWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.signal.note(self.link);
    }
}

impl Reactor {
    pub(crate) const fn new(signal: Arc<Signal>) -> Self {
        Self { signal, sources: BTreeMap::new() }
    }
}

impl Backend for Reactor {
    fn add(&mut self, link: LinkId, socket: &Arc<Socket>) -> io::Result<()> {
        let socket = Async::new_nonblocking(Arc::clone(socket))?;
        let waker = Waker::from(Arc::new(LinkWaker { link, signal: Arc::clone(&self.signal) }));
        self.sources.insert(link, Source { socket, waker });
        Ok(())
    }

    fn arm(&mut self, link: LinkId, interest: Interest) -> io::Result<()> {
        let Some(Source { socket, waker }) = self.sources.get(&link) else { return Ok(()) };
        let mut cx = Context::from_waker(waker);
        // What is ready at once was seen by the reactor since the last report: it may be old news, which does no
        // harm, and the next call then waits.
        if interest.read
            && let Poll::Ready(ready) = socket.poll_readable(&mut cx)
        {
            ready?;
            self.signal.note(link);
        }
        if interest.write
            && let Poll::Ready(ready) = socket.poll_writable(&mut cx)
        {
            ready?;
            self.signal.note(link);
        }
        Ok(())
    }

    fn remove(&mut self, link: LinkId) {
        self.sources.remove(&link);
    }
}
