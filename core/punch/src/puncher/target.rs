//! The addresses of the peer, and how each is doing.

use alloc::collections::VecDeque;
use core::net::SocketAddr;
use core::time::Duration;

use deskwire_machine::{Instant, LinkId};
use deskwire_wire::punch::CandidateKind;

/// When the requests of one try go to one address, after its start.
const SCHEDULE_MS: [u64; 6] = [0, 100, 250, 500, 900, 1_400];
/// Requests of one try to an address that was foretold and from where nothing came: there are many of them.
const FORETOLD: usize = 3;
/// Requests whose answer is awaited.
const OUTSTANDING: usize = 256;

/// An address of the peer and the socket from which it is probed.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) link: LinkId,
    pub(super) addr: SocketAddr,
    pub(super) kind: CandidateKind,
    /// Requests sent in this generation.
    pub(super) sent: u16,
    /// Requests sent in this try, and when the next is due.
    attempt: usize,
    pub(super) due: Option<Instant>,
    /// The start of this try for this address.
    base: Instant,
    /// The peer's requests came from there.
    pub(super) reached_us: bool,
    /// The answer to one of ours: the round trip, and where it came from.
    pub(super) answer: Option<(Duration, SocketAddr)>,
}

impl Target {
    pub(super) const fn new(link: LinkId, addr: SocketAddr, kind: CandidateKind) -> Self {
        let base = Instant::ZERO;
        Self { link, addr, kind, sent: 0, attempt: 0, due: None, base, reached_us: false, answer: None }
    }

    pub(super) fn is(&self, link: LinkId, addr: SocketAddr) -> bool {
        (self.link, self.addr) == (link, addr)
    }

    /// Begins a try at `start`.
    pub(super) const fn begin(&mut self, start: Instant) {
        (self.base, self.attempt, self.due) = (start, 0, Some(start));
    }

    /// A request was sent: sets when the next one is due in this try.
    pub(super) fn note_sent(&mut self, now: Instant, limit: u16) {
        self.sent = self.sent.saturating_add(1);
        self.attempt += 1;
        let is_guess = self.kind == CandidateKind::Predicted && !self.reached_us;
        let tries = if is_guess { FORETOLD } else { SCHEDULE_MS.len() };
        let next = SCHEDULE_MS.get(self.attempt).filter(|_| self.attempt < tries);
        let next = next.map(|ms| self.base + Duration::from_millis(*ms));
        // Pacing may have delayed this one: what is past is due now, but never twice at once.
        self.due = next.map(|at| at.max(now + Duration::from_millis(20))).filter(|_| self.sent < limit);
    }

    /// Local addresses first: they stay when the uplink fails.
    pub(super) const fn rank(&self) -> u8 {
        match self.kind {
            CandidateKind::Host => 0,
            _ => 1,
        }
    }
}

/// A request whose answer is awaited.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outstanding {
    pub(super) transaction: u64,
    pub(super) link: LinkId,
    pub(super) to: SocketAddr,
    pub(super) sent: Instant,
    pub(super) nominated: bool,
}

/// The latest requests.
#[derive(Clone, Debug, Default)]
pub(super) struct Ledger(VecDeque<Outstanding>);

impl Ledger {
    pub(super) fn note(&mut self, request: Outstanding) {
        if self.0.len() >= OUTSTANDING {
            self.0.pop_front();
        }
        self.0.push_back(request);
    }

    /// The request that an answer is for, once.
    pub(super) fn take(&mut self, transaction: u64) -> Option<Outstanding> {
        let at = self.0.iter().position(|request| request.transaction == transaction)?;
        self.0.remove(at)
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}
