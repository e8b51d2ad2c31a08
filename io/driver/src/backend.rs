//! What a runtime gives the hub: readiness.

use std::io;
use std::sync::Arc;

use deskwire_machine::LinkId;
use socket2::Socket;

/// Directions of a socket.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Interest {
    /// Bytes, a connection or an end are there to be read.
    pub read: bool,
    /// Bytes can be written, or a connection attempt has ended.
    pub write: bool,
}

impl Interest {
    /// Neither.
    pub const NONE: Self = Self { read: false, write: false };
    /// Reading only.
    pub const READ: Self = Self { read: true, write: false };
    /// Writing only.
    pub const WRITE: Self = Self { read: false, write: true };
}

/// Readiness of sockets, in one-shot manner: what was armed is reported once through
/// [`Hub::note_ready`](crate::Hub::note_ready) and then forgotten until it is armed again. Reports of what was not
/// armed do no harm.
pub trait Backend {
    /// Takes a non-blocking socket under an id that was not used before. Nothing is armed yet.
    ///
    /// # Errors
    /// What the system said; the link is then closed.
    fn add(&mut self, link: LinkId, socket: &Arc<Socket>) -> io::Result<()>;

    /// Replaces what is waited for. A direction that is ready already is reported as well.
    ///
    /// # Errors
    /// What the system said; the link is then closed.
    fn arm(&mut self, link: LinkId, interest: Interest) -> io::Result<()>;

    /// Forgets a socket; does nothing for an unknown one.
    fn remove(&mut self, link: LinkId);
}
