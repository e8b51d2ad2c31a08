//! Readiness from the system's poller.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use deskwire_driver::{Backend, Interest, Socket};
use deskwire_machine::LinkId;
use polling::{Event, Poller};

/// Sockets registered with a poller, which forgets each before it is closed.
pub(crate) struct Registry {
    poller: Arc<Poller>,
    sources: BTreeMap<LinkId, Arc<Socket>>,
    /// The poller knows sockets by number.
    links: BTreeMap<usize, LinkId>,
}

impl Registry {
    pub(crate) const fn new(poller: Arc<Poller>) -> Self {
        Self { poller, sources: BTreeMap::new(), links: BTreeMap::new() }
    }

    /// The link under a poller's key.
    pub(crate) fn link(&self, key: usize) -> Option<LinkId> {
        self.links.get(&key).copied()
    }
}

const fn key(link: LinkId) -> usize {
    link.as_u32() as usize
}

impl Backend for Registry {
    #[expect(unsafe_code, reason = "the poller cannot see that a socket outlives its registration")]
    fn add(&mut self, link: LinkId, socket: &Arc<Socket>) -> io::Result<()> {
        // SAFETY: `sources` keeps the socket open until `remove` or `drop` has deleted it from the poller.
        unsafe { self.poller.add(&**socket, Event::none(key(link))) }?;
        self.sources.insert(link, Arc::clone(socket));
        self.links.insert(key(link), link);
        Ok(())
    }

    fn arm(&mut self, link: LinkId, interest: Interest) -> io::Result<()> {
        let Some(socket) = self.sources.get(&link) else { return Ok(()) };
        self.poller.modify(&**socket, Event::new(key(link), interest.read, interest.write))
    }

    fn remove(&mut self, link: LinkId) {
        self.links.remove(&key(link));
        if let Some(socket) = self.sources.remove(&link) {
            // It fails only for a socket that is not registered, which is what is wanted.
            let _ = self.poller.delete(&*socket);
        }
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        for socket in self.sources.values() {
            let _ = self.poller.delete(&**socket);
        }
    }
}
