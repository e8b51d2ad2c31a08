//! The network around this computer: its addresses, and whether it has a way out; told anew when something changes.
//!
//! On Linux the system tells of every change at once (`rtnetlink(7)`: links, addresses and routes). What it says is not
//! read: any message means that it is time to look, once the changes that come together have all come. Elsewhere, and
//! where the system gives no such socket (Android keeps it from apps), it is looked now and then.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::sync::Arc;
use std::time::Duration;

use deskwire_machine::{IfAddr, Instant, LinkId, LinkIds};
use socket2::Socket;

use crate::{Backend, Interest, interface_addresses};

/// From the first word of a change until it is looked at: a cable or a new network brings a link, some addresses and
/// some routes within a moment. Later words do not put it off, so that a system that never stops talking is heard too.
const SETTLE: Duration = Duration::from_millis(250);
/// How often it is looked although the system would tell of changes.
const SAFETY_NET: Duration = Duration::from_secs(60);
/// Messages that are taken in one go; what is left is reported again.
#[cfg(any(target_os = "linux", target_os = "android"))]
const MESSAGES: usize = 256;

/// What machines are told of changes in.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Around {
    addrs: Vec<IfAddr>,
    /// Whether a packet to anywhere would have a way, over IPv4 and over IPv6.
    has_way_out: [bool; 2],
}

impl Around {
    fn look() -> Self {
        // Addresses of documentation (RFC 5737, RFC 3849): nothing but a route to everywhere leads there.
        let far: [SocketAddr; 2] = [
            (Ipv4Addr::new(192, 0, 2, 1), 9).into(),
            (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1), 9).into(),
        ];
        Self { addrs: interface_addresses(), has_way_out: far.map(has_route) }
    }
}

/// Whether this computer has a way to an address.
pub(crate) fn has_route(address: SocketAddr) -> bool {
    let any: SocketAddr =
        if address.is_ipv4() { (Ipv4Addr::UNSPECIFIED, 0).into() } else { (Ipv6Addr::UNSPECIFIED, 0).into() };
    // Connecting a datagram socket asks the routing table and sends nothing.
    UdpSocket::bind(any).and_then(|socket| socket.connect(address)).is_ok()
}

/// Looks at the network when it is time.
#[derive(Default)]
pub(crate) struct Network {
    around: Option<Around>,
    /// When it is looked next; `None` for never.
    due: Option<Instant>,
    /// Through which the system tells of changes.
    watch: Option<(LinkId, Arc<Socket>)>,
    /// The system has told something.
    is_told: bool,
}

impl Network {
    /// Whether this link is the one that the system tells through; if so, it is noted that it did.
    pub(crate) fn note_ready(&mut self, link: LinkId) -> bool {
        let own = self.watch.as_ref().is_some_and(|(watch, _)| *watch == link);
        self.is_told |= own;
        own
    }

    /// The addresses of this computer if it is time to look and something is another. `interval` is for systems that do
    /// not tell; without one it is looked once.
    pub(crate) fn look<B: Backend>(
        &mut self,
        now: Instant,
        interval: Option<Duration>,
        ids: &LinkIds,
        backend: &mut B,
    ) -> Option<Vec<IfAddr>> {
        if self.around.is_none() && interval.is_some() {
            // First the ear, then the look: what changes in between is heard.
            self.listen(ids, backend);
        }
        if std::mem::take(&mut self.is_told) {
            self.hear(backend);
            let soon = now + SETTLE;
            self.due = Some(self.due.map_or(soon, |due| due.min(soon)));
        }
        if self.around.is_some() && self.due.is_none_or(|due| now < due) {
            return None;
        }
        let pause = if self.watch.is_some() { interval.map(|own| own.max(SAFETY_NET)) } else { interval };
        self.due = pause.map(|pause| now + pause);
        let found = Around::look();
        if self.around.as_ref() == Some(&found) {
            return None;
        }
        let addrs = found.addrs.clone();
        self.around = Some(found);
        Some(addrs)
    }

    /// When it is time to look.
    pub(crate) const fn due(&self) -> Option<Instant> {
        self.due
    }

    /// Gives the socket back.
    pub(crate) fn stop<B: Backend>(&mut self, backend: &mut B) {
        if let Some((link, _)) = self.watch.take() {
            backend.remove(link);
        }
    }

    fn listen<B: Backend>(&mut self, ids: &LinkIds, backend: &mut B) {
        let Ok(socket) = open() else { return };
        let link = ids.allocate();
        if backend.add(link, &socket).is_ok() {
            self.watch = Some((link, socket));
            self.arm(backend);
        }
    }

    fn arm<B: Backend>(&mut self, backend: &mut B) {
        let armed = self.watch.as_ref().is_none_or(|(link, _)| backend.arm(*link, Interest::READ).is_ok());
        if !armed {
            // From now on it is looked at intervals.
            self.stop(backend);
        }
    }

    /// Takes what the system told.
    fn hear<B: Backend>(&mut self, backend: &mut B) {
        if let Some((_, socket)) = &self.watch
            && drain(socket).is_err()
        {
            return self.stop(backend);
        }
        self.arm(backend);
    }
}

/// A socket on which the system tells of changes.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn open() -> io::Result<Arc<Socket>> {
    use rustix::net::netlink::SocketAddrNetlink;
    use rustix::net::{AddressFamily, SocketFlags, SocketType, bind, socket_with};

    /// `RTMGRP_LINK`, and `IFADDR` and `ROUTE` of both versions; numbers of `linux/rtnetlink.h`.
    const GROUPS: u32 = 0x1 | 0x10 | 0x40 | 0x100 | 0x400;
    let flags = SocketFlags::CLOEXEC | SocketFlags::NONBLOCK;
    // Without a protocol it is the first, which is `NETLINK_ROUTE`.
    let socket = socket_with(AddressFamily::NETLINK, SocketType::RAW, flags, None)?;
    bind(&socket, &SocketAddrNetlink::new(0, GROUPS))?;
    Ok(Arc::new(Socket::from(socket)))
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn open() -> io::Result<Arc<Socket>> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Reads what is there and throws it away.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn drain(socket: &Socket) -> io::Result<()> {
    use rustix::io::Errno;
    use rustix::net::{RecvFlags, recv};

    // Too long messages are cut.
    let mut buf = [0_u8; 64];
    for _ in 0..MESSAGES {
        match recv(socket, &mut buf, RecvFlags::empty()) {
            // There was more than the system keeps: that is news as well.
            Ok(_) | Err(Errno::NOBUFS | Errno::INTR) => {}
            Err(Errno::AGAIN) => break,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
const fn drain(_: &Socket) -> io::Result<()> {
    Ok(())
}
