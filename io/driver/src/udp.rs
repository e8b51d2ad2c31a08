//! A UDP link.

mod cut;

use std::collections::VecDeque;
use std::io::{self, ErrorKind, IoSliceMut};
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::sync::Arc;

use deskwire_machine::Ecn;
use noq_udp::{EcnCodepoint, RecvMeta, Transmit, UdpSockRef, UdpSocketState};
use socket2::Socket;

use self::cut::{Outcome, count, cut};
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
    /// Batches may leave in one call.
    segmentation: bool,
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
    /// System calls that sent something.
    pub(crate) calls: u64,
}

impl std::ops::AddAssign for Sent {
    fn add_assign(&mut self, other: Self) {
        self.sent += other.sent;
        self.dropped += other.dropped;
        self.calls += other.calls;
    }
}

impl UdpLink {
    /// Takes a bound socket. Without `segmentation` every datagram takes a call of its own.
    pub(crate) fn new(socket: Arc<Socket>, segmentation: bool) -> io::Result<Self> {
        let state = UdpSocketState::new(UdpSockRef::from(&*socket))?;
        let dual = local_address(&socket).is_ipv6() && !socket.only_v6()?;
        let nowhere = SocketAddr::from(([0, 0, 0, 0], 0));
        let collected = Batch { to: nowhere, ecn: Ecn::NotEct, segment: None, bytes: Vec::new() };
        let (collecting, pending, pending_bytes, blocked) = (false, VecDeque::new(), 0, false);
        Ok(Self { socket, state, segmentation, dual, collected, collecting, pending, pending_bytes, blocked })
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
        let ecn = to_codepoint(ecn);
        cut(
            bytes,
            segment,
            |segment| self.segments_per_call(segment),
            |contents, segment_size| {
                let transmit = Transmit { destination, ecn, contents, segment_size, src_ip: None };
                match self.state.try_send(UdpSockRef::from(&*self.socket), &transmit) {
                    Ok(()) => Outcome::Sent,
                    Err(error) if error.kind() == ErrorKind::WouldBlock => Outcome::Blocked,
                    Err(error) if error.kind() == ErrorKind::Interrupted => Outcome::Interrupted,
                    Err(_) => Outcome::Refused,
                }
            },
            told,
        )
    }

    /// Whether the system cuts batches, as far as is known by now.
    #[cfg(any(test, feature = "testing"))]
    pub(crate) fn segments(&self) -> bool {
        self.state.max_gso_segments().get() > 1
    }

    fn segments_per_call(&self, segment: NonZeroUsize) -> usize {
        let most = if self.segmentation { self.state.max_gso_segments().get() } else { 1 };
        (MAX_SEND / segment).clamp(1, most)
    }
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
mod tests;
