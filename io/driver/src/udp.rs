//! A UDP link.

use std::collections::VecDeque;
use std::io::{self, ErrorKind, IoSliceMut};
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::sync::Arc;

use deskwire_machine::Ecn;
use noq_udp::{EcnCodepoint, RecvMeta, Transmit, UdpSockRef, UdpSocketState};
use socket2::Socket;

use crate::socket::{canonical, local_address, mapped};

/// Datagrams (or batches the system glued together) read by one call.
const BATCH: usize = 8;
/// The largest such batch.
const BATCH_BYTES: usize = 64 * 1024;
/// The most payload one sending call takes.
const MAX_SEND: usize = 65_000;

/// The reusable buffer all UDP links read into.
pub(crate) struct Scratch {
    bytes: Vec<u8>,
    metas: Vec<RecvMeta>,
}

impl Scratch {
    pub(crate) fn new() -> Self {
        Self { bytes: vec![0; BATCH * BATCH_BYTES], metas: vec![RecvMeta::default(); BATCH] }
    }

    /// No buffer at all, to stand in while the real one is in use.
    pub(crate) const fn empty() -> Self {
        Self { bytes: Vec::new(), metas: Vec::new() }
    }

    /// The received datagrams of the first `filled` batches: sender, mark and bytes of each.
    pub(crate) fn datagrams(&mut self, filled: usize) -> impl Iterator<Item = (SocketAddr, Ecn, &mut [u8])> {
        self.bytes.chunks_mut(BATCH_BYTES).zip(&self.metas).take(filled).flat_map(|(bytes, meta)| {
            let (from, ecn) = (canonical(meta.addr), from_codepoint(meta.ecn));
            let len = meta.len.min(bytes.len());
            bytes[..len].chunks_mut(meta.stride.max(1)).map(move |data| (from, ecn, data))
        })
    }

    /// The bytes, for streams.
    pub(crate) fn bytes(&mut self) -> &mut [u8] {
        &mut self.bytes
    }
}

/// One UDP socket with what could not be sent yet.
pub(crate) struct UdpLink {
    pub(crate) socket: Arc<Socket>,
    state: UdpSocketState,
    dual: bool,
    /// Single datagrams that go out together once what was read is handled: most are answers to, or copies of, those
    /// that were read together, and one call for all of them costs a fraction.
    collected: Batch,
    collecting: bool,
    pending: VecDeque<Batch>,
    pub(crate) pending_bytes: usize,
    pub(crate) blocked: bool,
}

/// Datagrams of one size (the last may be shorter) to one place.
struct Batch {
    to: SocketAddr,
    ecn: Ecn,
    segment: Option<NonZeroUsize>,
    bytes: Vec<u8>,
}

impl Batch {
    fn count(&self) -> u64 {
        count(self.bytes.len(), self.segment)
    }
}

/// What became of datagrams.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub(crate) struct Sent {
    pub(crate) sent: u64,
    pub(crate) dropped: u64,
}

impl std::ops::AddAssign for Sent {
    fn add_assign(&mut self, other: Self) {
        self.sent += other.sent;
        self.dropped += other.dropped;
    }
}

impl UdpLink {
    /// Takes a bound socket. `dual` says that it carries IPv4 as mapped addresses.
    pub(crate) fn new(socket: Arc<Socket>) -> io::Result<Self> {
        let state = UdpSocketState::new(UdpSockRef::from(&*socket))?;
        let dual = local_address(&socket).is_ipv6() && !socket.only_v6()?;
        let nowhere = SocketAddr::from(([0, 0, 0, 0], 0));
        let collected = Batch { to: nowhere, ecn: Ecn::NotEct, segment: None, bytes: Vec::new() };
        let (collecting, pending, pending_bytes, blocked) = (false, VecDeque::new(), 0, false);
        Ok(Self { socket, state, dual, collected, collecting, pending, pending_bytes, blocked })
    }

    /// Reads up to `BATCH` batches; `None` when nothing is there.
    pub(crate) fn receive(&self, scratch: &mut Scratch) -> io::Result<Option<usize>> {
        let Scratch { bytes, metas } = scratch;
        let mut chunks = bytes.chunks_mut(BATCH_BYTES);
        let mut buffers: [IoSliceMut<'_>; BATCH] =
            std::array::from_fn(|_| IoSliceMut::new(chunks.next().unwrap_or_default()));
        match self.state.recv(UdpSockRef::from(&*self.socket), &mut buffers, metas) {
            Ok(filled) => Ok(Some(filled)),
            Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Sends datagrams, or queues them behind those that wait while the queue stays below `max_pending` bytes.
    pub(crate) fn send(
        &mut self,
        (to, ecn, segment): (SocketAddr, Ecn, Option<NonZeroUsize>),
        bytes: &[u8],
        max_pending: usize,
    ) -> Sent {
        let single = NonZeroUsize::new(bytes.len()).filter(|_| self.collecting && segment.is_none());
        let mut told = Sent::default();
        if single.is_none_or(|size| !self.fits_collected(to, ecn, size)) {
            told += self.submit_collected(max_pending);
        }
        let Some(size) = single else {
            told += self.submit((to, ecn, segment), bytes, max_pending);
            return told;
        };
        if self.collected.bytes.is_empty() {
            (self.collected.to, self.collected.ecn, self.collected.segment) = (to, ecn, Some(size));
        }
        self.collected.bytes.extend_from_slice(bytes);
        told
    }

    /// Collects single datagrams from now on, until [`UdpLink::release`].
    pub(crate) const fn collect(&mut self) {
        self.collecting = true;
    }

    /// Sends what was collected.
    pub(crate) fn release(&mut self, max_pending: usize) -> Sent {
        self.collecting = false;
        self.submit_collected(max_pending)
    }

    fn fits_collected(&self, to: SocketAddr, ecn: Ecn, size: NonZeroUsize) -> bool {
        let Batch { to: place, ecn: mark, segment: Some(segment), bytes } = &self.collected else {
            return false;
        };
        // Of one size, so that a probe for a larger packet size goes alone: the system refuses a batch with it as a whole.
        (*place, *mark, *segment) == (to, ecn, size)
            && bytes.len() / *segment < self.segments_per_call(*segment)
    }

    fn submit_collected(&mut self, max_pending: usize) -> Sent {
        if self.collected.bytes.is_empty() {
            return Sent::default();
        }
        let mut bytes = std::mem::take(&mut self.collected.bytes);
        let Batch { to, ecn, segment, .. } = self.collected;
        let told = self.submit((to, ecn, segment), &bytes, max_pending);
        bytes.clear();
        self.collected.bytes = bytes;
        told
    }

    fn submit(
        &mut self,
        (to, ecn, segment): (SocketAddr, Ecn, Option<NonZeroUsize>),
        bytes: &[u8],
        max_pending: usize,
    ) -> Sent {
        let mut told = Sent::default();
        let mut rest = bytes;
        if self.pending.is_empty() {
            match self.send_now(to, ecn, segment, bytes, &mut told) {
                None => return told,
                Some(at) => rest = &bytes[at..],
            }
        }
        if self.pending_bytes + rest.len() > max_pending {
            told.dropped += count(rest.len(), segment);
        } else {
            self.pending_bytes += rest.len();
            self.pending.push_back(Batch { to, ecn, segment, bytes: rest.to_vec() });
        }
        told
    }

    /// Sends what waits until the system takes no more.
    pub(crate) fn flush(&mut self) -> Sent {
        let mut told = Sent::default();
        while let Some(batch) = self.pending.pop_front() {
            self.pending_bytes -= batch.bytes.len();
            if let Some(at) = self.send_now(batch.to, batch.ecn, batch.segment, &batch.bytes, &mut told) {
                let rest = Batch { bytes: batch.bytes[at..].to_vec(), ..batch };
                self.pending_bytes += rest.bytes.len();
                self.pending.push_front(rest);
                break;
            }
        }
        told
    }

    /// How many datagrams wait.
    pub(crate) fn waiting(&self) -> u64 {
        self.pending.iter().map(Batch::count).sum()
    }

    /// Sends as much as the system takes; where it blocks, the offset of the first byte not sent.
    fn send_now(
        &self,
        to: SocketAddr,
        ecn: Ecn,
        segment: Option<NonZeroUsize>,
        bytes: &[u8],
        told: &mut Sent,
    ) -> Option<usize> {
        let destination = if self.dual { mapped(to) } else { to };
        let mut at = 0;
        while at < bytes.len() {
            // Asked each time: the system's answer to a failed batch can be to send singly from then on.
            let step = segment.map_or(bytes.len(), |s| s.get() * self.segments_per_call(s));
            let contents = &bytes[at..bytes.len().min(at + step)];
            let transmit = Transmit {
                destination,
                ecn: to_codepoint(ecn),
                contents,
                segment_size: segment.map(NonZeroUsize::get).filter(|s| *s < contents.len()),
                src_ip: None,
            };
            match self.state.try_send(UdpSockRef::from(&*self.socket), &transmit) {
                Ok(()) => told.sent += count(contents.len(), segment),
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Some(at),
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                // A datagram the network does not take is lost, as others are on the way.
                Err(_) => told.dropped += count(contents.len(), segment),
            }
            at += contents.len();
        }
        None
    }

    fn segments_per_call(&self, segment: NonZeroUsize) -> usize {
        (MAX_SEND / segment).clamp(1, self.state.max_gso_segments().get())
    }
}

fn count(bytes: usize, segment: Option<NonZeroUsize>) -> u64 {
    segment.map_or(1, |s| bytes.div_ceil(s.get()) as u64)
}

const fn to_codepoint(ecn: Ecn) -> Option<EcnCodepoint> {
    match ecn {
        Ecn::NotEct => None,
        Ecn::Ect1 => Some(EcnCodepoint::Ect1),
        Ecn::Ect0 => Some(EcnCodepoint::Ect0),
        Ecn::Ce => Some(EcnCodepoint::Ce),
    }
}

const fn from_codepoint(ecn: Option<EcnCodepoint>) -> Ecn {
    match ecn {
        None => Ecn::NotEct,
        Some(EcnCodepoint::Ect1) => Ecn::Ect1,
        Some(EcnCodepoint::Ect0) => Ecn::Ect0,
        Some(EcnCodepoint::Ce) => Ecn::Ce,
    }
}

#[cfg(test)]
mod tests {
    use std::net::UdpSocket;
    use std::time::Duration;

    use super::*;

    #[test]
    fn collected_datagrams_arrive_singly_and_in_order_once_released() {
        let (near, far) = (UdpSocket::bind("127.0.0.1:0").unwrap(), UdpSocket::bind("127.0.0.1:0").unwrap());
        let to = far.local_addr().unwrap();
        let mut link = UdpLink::new(Arc::new(Socket::from(near))).unwrap();
        let sizes = [700, 700, 700, 300, 300, 900, 800];
        link.collect();
        let mut sent = Sent::default();
        for (n, size) in sizes.iter().enumerate() {
            sent += link.send((to, Ecn::NotEct, None), &vec![n as u8; *size], 10_000);
        }
        assert_eq!(sent, Sent { sent: 6, dropped: 0 }, "all but the last");
        sent += link.release(10_000);
        assert_eq!(sent, Sent { sent: 7, dropped: 0 });
        // From now on they go at once.
        assert_eq!(link.send((to, Ecn::NotEct, None), &[9], 10_000).sent, 1);
        far.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let mut buf = [0; 2_000];
        for (n, size) in sizes.iter().enumerate() {
            assert_eq!(far.recv(&mut buf).unwrap(), *size);
            assert!(buf[..*size].iter().all(|byte| usize::from(*byte) == n));
        }
        assert_eq!((far.recv(&mut buf).unwrap(), buf[0]), (1, 9));
    }

    #[test]
    fn a_batch_ends_with_the_destination_the_mark_and_the_size() {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        let to = socket.local_addr().unwrap();
        let mut link = UdpLink::new(Arc::new(Socket::from(socket))).unwrap();
        link.collect();
        assert_eq!(link.send((to, Ecn::NotEct, None), &[1; 40], 1_000).sent, 0);
        let size = |n| NonZeroUsize::new(n).unwrap();
        assert!(link.fits_collected(to, Ecn::NotEct, size(40)));
        assert!(
            !link.fits_collected(to, Ecn::NotEct, size(41)) && !link.fits_collected(to, Ecn::Ect0, size(40))
        );
        assert!(!link.fits_collected(SocketAddr::from(([127, 0, 0, 2], 9)), Ecn::NotEct, size(40)));
    }
}
