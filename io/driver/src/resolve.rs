//! Looking up names, on threads of their own: the system's call blocks.

use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::task::Waker;

use deskwire_machine::LinkId;

use crate::network::has_route;

/// Look-ups at once.
const MAX_RUNNING: usize = 32;

type Found = (LinkId, io::Result<SocketAddr>);

/// Look-ups under way.
pub(crate) struct Resolver {
    waker: Waker,
    tell: Sender<Found>,
    /// Locked by nobody but the driver: the lock only lets runtimes share what holds it.
    told: Mutex<Receiver<Found>>,
    running: usize,
}

impl Resolver {
    /// `waker` ends the driver's wait when something was found.
    pub(crate) fn new(waker: Waker) -> Self {
        let (tell, told) = channel();
        Self { waker, tell, told: Mutex::new(told), running: 0 }
    }

    /// Begins to look up a name.
    pub(crate) fn start(&mut self, link: LinkId, name: &str, port: u16) -> io::Result<()> {
        if self.running >= MAX_RUNNING {
            return Err(io::Error::other("too many look-ups at once"));
        }
        let (tell, waker, name) = (self.tell.clone(), self.waker.clone(), name.to_owned());
        std::thread::Builder::new().name("look-up".into()).spawn(move || {
            let found = look_up(&name, port);
            // Nobody waits any more when the driver has ended.
            let _ = tell.send((link, found));
            waker.wake();
        })?;
        self.running += 1;
        Ok(())
    }

    /// The next result.
    pub(crate) fn take(&mut self) -> Option<Found> {
        let found = self.told.get_mut().unwrap_or_else(PoisonError::into_inner).try_recv().ok()?;
        self.running -= 1;
        Some(found)
    }
}

/// The first address that this computer has a way to.
fn look_up(name: &str, port: u16) -> io::Result<SocketAddr> {
    let found: Vec<SocketAddr> = (name, port).to_socket_addrs()?.collect();
    let first = found.iter().find(|address| has_route(**address)).or_else(|| found.first());
    first.copied().ok_or_else(|| io::ErrorKind::NotFound.into())
}
