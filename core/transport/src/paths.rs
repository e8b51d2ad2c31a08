//! Paths: which link carries what, and what to do when one falls silent.
//!
//! Inside the QUIC engine every path has a synthetic address of its own, here called its home address, which never
//! changes. Which link carries the packets of a path is decided here, packet by packet:
//!
//! - While a path is healthy, its own link carries it.
//! - When something is under way on a link and nothing authentic has come back for somewhat more than a round trip, the
//!   link is *suspect*. Its packets take a detour over another link at once, what was under way goes again over it as
//!   it was, and the engine is asked for a ping: the answer shows it what else was lost.
//! - Pings with nothing else in them go over the suspect link only. One that is acknowledged, over whichever link,
//!   proves that the link still carries what this side sends, and it has its packets again. (To hear something on it
//!   would not prove that: a link may be dead in one direction only.) Without a proof it is down, and the engine is
//!   told to close its path.
//! - A path that has never been up takes no detour: it carries nothing yet, and what checks it would prove the other link.
//! - Packets are recognised by their connection id, whichever link they come over. When the newest packet of a path
//!   comes over another link than ours, the peer takes a detour, and we follow, unless we have a fresh proof.
//!
//! The dialling side decides which path is active (see `judge`); the answering side mirrors the statuses it is told.

use std::collections::BTreeMap;
use std::sync::Arc;

use core::net::{Ipv6Addr, SocketAddr};
use core::time::Duration;

use deskwire_machine::{Instant, LinkId, change};
use noq_proto::PathId;

use crate::meter::Flight;
use crate::quality::Quality;
use crate::recent::Recent;

/// Links that a transport knows at a time, dead ones included.
pub(crate) const MAX_LINKS: usize = 32;

/// Connection ids that are remembered: more than the engine ever hands out for all paths.
const MAX_CIDS: usize = 256;

/// For how long a proof that a link works outweighs that the peer takes a detour. By then the peer has given it up.
const PROOF_LASTS: Duration = Duration::from_secs(4);

/// Between two pings to a suspect link.
pub(crate) const PROBE_EVERY: Duration = Duration::from_millis(300);

/// From the end of a path to its removal from the engine, in steps: time for the detour to recover what was under way. The
/// engine itself gives that up only three timeouts of the path later, so the last packets go again in each step while
/// they are young (see `recent`).
pub(crate) const RETIRE_STEP: Duration = Duration::from_millis(250);
pub(crate) const RETIRE_STEPS: u8 = 4;

/// What kind of way a path takes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum PathKind {
    /// Any that is about to go: only used while there is no other.
    Leaving,
    /// Through a relay server.
    #[default]
    Relay,
    /// From peer to peer.
    Direct,
}

deskwire_machine::states! {
    "transport, a path";
    /// How far a path is.
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    pub(crate) enum Phase {
        /// The link is there; the dialling side asks the engine for a path at a given time.
        Waiting(Instant) => [Waiting, Opening, Up, Down],
        /// The engine is checking it, since a given time.
        Opening(Instant) => [Up, Down],
        /// It works.
        Up => [Down],
        /// It is over. If the engine still has it, the next step to its removal is due at a given time.
        Down(Instant) => [Down, Up],
    }
}

/// One link and its path in the engine.
#[derive(Debug)]
pub(crate) struct Path {
    pub(crate) link: LinkId,
    pub(crate) kind: PathKind,
    /// The home address.
    pub(crate) address: SocketAddr,
    pub(crate) max_datagram: usize,
    /// The owner has not closed the link.
    pub(crate) open: bool,
    pub(crate) phase: Phase,
    /// It has been up.
    pub(crate) was_up: bool,
    /// The engine's number for it.
    pub(crate) id: Option<PathId>,
    pub(crate) flight: Option<Arc<Flight>>,
    /// The link that carries its packets.
    pub(crate) carrier: LinkId,
    pub(crate) quality: Quality,
    /// When something authentic last came over the link.
    pub(crate) heard: Instant,
    pub(crate) suspect: Option<Instant>,
    /// When to ask next whether the suspect link carries anything, and whether that is to be asked now.
    pub(crate) probe_at: Instant,
    pub(crate) probe_wanted: bool,
    /// When to ask next for an answer that shows the engine that small packets pass and large ones do not, and how often
    /// that was done.
    pub(crate) narrow: (Instant, u8),
    /// When it was last proved that it does.
    pub(crate) proven: Option<Instant>,
    /// What was sent last: about what is under way.
    pub(crate) recent: Recent,
    /// Steps since it was over.
    pub(crate) steps: u8,
    /// How often it turned suspect or was proved.
    turns: u64,
}

impl Path {
    /// Turns suspect at `now`.
    fn become_suspect(&mut self, now: Instant) {
        (self.suspect, self.probe_at, self.probe_wanted) = (Some(now), now + PROBE_EVERY, true);
        self.turns += 1;
        if let Some(flight) = &self.flight {
            flight.forget_probes();
            flight.set_carried(now, false);
        }
    }

    /// Its link carries what this side sends.
    pub(crate) fn prove(&mut self, now: Instant) {
        (self.suspect, self.proven, self.probe_wanted) = (None, Some(now), false);
        self.carrier = self.link;
        self.turns += 1;
        if let Some(flight) = &self.flight {
            flight.set_carried(now, true);
        }
    }

    pub(crate) const fn is_up(&self) -> bool {
        matches!(self.phase, Phase::Up)
    }

    /// Whether packets may be sent over its link with hope.
    pub(crate) fn is_healthy(&self) -> bool {
        self.open && self.is_up() && self.suspect.is_none()
    }
}

/// What an authentic packet is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Heard {
    /// The link of its path.
    pub(crate) home: LinkId,
    /// Whether the path is new to the engine.
    pub(crate) is_new: bool,
    /// Whether we follow the peer on a detour from now on.
    pub(crate) follows: bool,
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Paths {
    by_link: BTreeMap<LinkId, Path>,
    by_address: BTreeMap<SocketAddr, LinkId>,
    kinds: BTreeMap<LinkId, PathKind>,
    /// Which home address packets with a connection id belong to.
    cids: BTreeMap<Vec<u8>, SocketAddr>,
    next_address: u16,
    /// The path whose status is "available".
    pub(crate) active: Option<LinkId>,
    pub(crate) detours: u64,
    /// Times a working path was left for a better one.
    pub(crate) switches: u64,
}

impl Paths {
    /// Notes of which kind a link will be.
    pub(crate) fn set_kind(&mut self, link: LinkId, kind: PathKind) {
        if let Some(path) = self.by_link.get_mut(&link) {
            path.kind = kind;
        } else if self.kinds.len() < MAX_LINKS {
            self.kinds.insert(link, kind);
        }
    }

    /// Takes a link. `None` if there are too many, or if it is known.
    pub(crate) fn open(&mut self, now: Instant, link: LinkId, max_datagram: usize) -> Option<&mut Path> {
        if self.by_link.len() >= MAX_LINKS || self.by_link.contains_key(&link) {
            return None;
        }
        self.next_address = self.next_address.wrapping_add(1);
        // A unique local address: it is never on a wire.
        let ip = Ipv6Addr::new(0xfd44, 0x5700, 0, 0, 0, 0, 0, self.next_address);
        let address = SocketAddr::from((ip, 1));
        self.by_address.insert(address, link);
        let path = Path {
            link,
            kind: self.kinds.remove(&link).unwrap_or_default(),
            address,
            // Streams carry whatever the 16-bit length in front of a packet can say.
            max_datagram: if max_datagram == 0 { usize::from(u16::MAX) } else { max_datagram },
            open: true,
            phase: Phase::Waiting(now),
            was_up: false,
            id: None,
            flight: None,
            carrier: link,
            quality: Quality::new(now),
            heard: now,
            suspect: None,
            probe_at: now,
            probe_wanted: false,
            narrow: (now, 0),
            proven: None,
            recent: Recent::default(),
            steps: 0,
            turns: 0,
        };
        // Paths that have lost every link go on over the new one.
        let is_orphan = |path: &&Path| path.was_up && !self.is_open(path.carrier);
        let orphans: Vec<LinkId> = self.by_link.values().filter(is_orphan).map(|path| path.link).collect();
        for orphan in orphans {
            self.detour(orphan, link);
        }
        Some(self.by_link.entry(link).or_insert(path))
    }

    fn is_open(&self, link: LinkId) -> bool {
        self.by_link.get(&link).is_some_and(|path| path.open)
    }

    /// Whether the owner has any link open for us.
    pub(crate) fn any_open(&self) -> bool {
        self.by_link.values().any(|path| path.open)
    }

    pub(crate) fn of(&self, link: LinkId) -> Option<&Path> {
        self.by_link.get(&link)
    }

    pub(crate) fn of_mut(&mut self, link: LinkId) -> Option<&mut Path> {
        self.by_link.get_mut(&link)
    }

    pub(crate) fn at(&self, address: SocketAddr) -> Option<&Path> {
        self.by_address.get(&address).and_then(|link| self.by_link.get(link))
    }

    /// Grows whenever a packet may take another way than before.
    pub(crate) fn turns(&self) -> u64 {
        self.by_link.values().map(|path| path.turns).sum::<u64>() + self.detours
    }

    pub(crate) fn with_id(&mut self, id: PathId) -> Option<&mut Path> {
        self.by_link.values_mut().find(|path| path.id == Some(id))
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Path> {
        self.by_link.values()
    }

    pub(crate) fn all_mut(&mut self) -> impl Iterator<Item = &mut Path> {
        self.by_link.values_mut()
    }

    pub(crate) fn links(&self) -> Vec<LinkId> {
        self.by_link.keys().copied().collect()
    }

    /// The smallest datagram size of all open links: packets must fit any of them, or there could be no detour.
    pub(crate) fn common_size(&self) -> usize {
        self.by_link.values().filter(|path| path.open).map(|path| path.max_datagram).min().unwrap_or(0)
    }

    /// The home address of a packet that came over `link`. While there is a handshake, all packets are of the path where
    /// it had its `origin`. A connection id that is new is one of the link's own path; except on the dialling side while
    /// it has not opened that path: then it is one of a path that has lost its link, and is carried by this one.
    pub(crate) fn home_of(
        &self,
        link: LinkId,
        packet: &[u8],
        origin: Option<SocketAddr>,
        dials: bool,
    ) -> Option<SocketAddr> {
        let path = self.by_link.get(&link).filter(|path| path.open)?;
        let known = destination_cid(packet).and_then(|cid| self.cids.get(cid)).copied();
        let lost = || {
            let carried = self.by_link.values().find(|path| path.carrier == link && !path.open);
            carried.filter(|_| dials && path.id.is_none()).map(|path| path.address)
        };
        Some(known.or(origin).or_else(lost).unwrap_or(path.address))
    }

    /// A packet of the path at `home` that came over `link` was authentic.
    pub(crate) fn heard(
        &mut self,
        now: Instant,
        link: LinkId,
        home: SocketAddr,
        cid: Option<&[u8]>,
        (id, number): (PathId, u64),
    ) -> Option<Heard> {
        if let Some(cid) = cid
            && !self.cids.contains_key(cid)
        {
            if self.cids.len() >= MAX_CIDS {
                self.cids.clear();
            }
            self.cids.insert(cid.to_vec(), home);
        }
        if let Some(path) = self.by_link.get_mut(&link) {
            path.heard = now;
        }
        let home = *self.by_address.get(&home)?;
        let path = self.by_link.get_mut(&home)?;
        let is_new = path.id.is_none();
        path.id = Some(id);
        let is_newest = path.quality.note_received(now, number, link == home);
        let is_proven = path.proven.is_some_and(|at| now < at + PROOF_LASTS);
        let mut follows = false;
        if is_newest && link != home && !is_new {
            follows = path.is_healthy() && path.carrier == home && !is_proven;
            if follows {
                path.become_suspect(now);
            }
            if follows || path.carrier != home {
                path.carrier = link;
            }
        }
        Some(Heard { home, is_new, follows })
    }

    /// The path of `old`, which is gone, becomes that of `link`: while there is a handshake the engine has one path and
    /// opens no other.
    pub(crate) fn take_over(&mut self, now: Instant, old: LinkId, link: LinkId) {
        let Some(lost) = self.by_link.remove(&old) else { return };
        for path in self.by_link.values_mut().filter(|path| path.carrier == old) {
            path.carrier = link;
        }
        let Some(path) = self.by_link.get_mut(&link) else { return };
        self.by_address.remove(&path.address);
        self.by_address.insert(lost.address, link);
        (path.address, path.id, path.flight) = (lost.address, lost.id, lost.flight);
        change(&mut path.phase, Phase::Opening(now));
        if let Some(flight) = &path.flight {
            flight.set_carried(now, true);
        }
    }

    /// Sends the packets of `home` over `link`.
    fn detour(&mut self, home: LinkId, link: LinkId) {
        if let Some(path) = self.by_link.get_mut(&home).filter(|path| path.carrier != link) {
            path.carrier = link;
            self.detours += 1;
        }
    }

    /// The best other link for what `not` carried.
    fn other_than(&self, not: LinkId) -> Option<LinkId> {
        let others = || self.by_link.values().filter(move |path| path.link != not);
        others()
            .filter(|path| path.is_healthy())
            .max_by_key(|path| (path.kind, path.heard))
            .or_else(|| {
                // Better a link that nobody has tried than none at all.
                others().rfind(|path| {
                    path.open && path.suspect.is_none() && !matches!(path.phase, Phase::Down(_))
                })
            })
            .map(|path| path.link)
    }

    /// Whether there is anywhere to go from `link`.
    pub(crate) fn has_other(&self, link: LinkId) -> bool {
        self.other_than(link).is_some()
    }

    /// Moves all that `link` carries elsewhere. Gives the paths that were moved.
    pub(crate) fn evacuate(&mut self, link: LinkId) -> Vec<LinkId> {
        let Some(other) = self.other_than(link) else { return Vec::new() };
        let moves = |path: &&Path| path.was_up && path.carrier == link;
        let moved: Vec<LinkId> = self.by_link.values().filter(moves).map(|path| path.link).collect();
        for home in &moved {
            self.detour(*home, other);
        }
        moved
    }

    /// Makes a link suspect, if it has become silent and there is another. Gives the paths that were moved.
    pub(crate) fn suspect(&mut self, now: Instant, link: LinkId) -> Vec<LinkId> {
        if self.other_than(link).is_none() {
            return Vec::new();
        }
        if let Some(path) = self.by_link.get_mut(&link) {
            path.become_suspect(now);
        }
        self.evacuate(link)
    }

    /// Since when a link owes an answer.
    pub(crate) fn owes_since(&self, link: LinkId) -> Option<Instant> {
        let path = self.by_link.get(&link).filter(|path| path.is_healthy())?;
        let carried = self.by_link.values().filter(|other| other.carrier == link);
        let since = carried.filter_map(|other| other.flight.as_ref()?.since()).min()?;
        Some(since.max(path.proven.unwrap_or(since)))
    }

    /// Forgets a link that is neither open nor known to the engine.
    pub(crate) fn prune(&mut self) {
        let gone = |path: &Path| !path.open && path.id.is_none() && matches!(path.phase, Phase::Down(_));
        while let Some((link, address)) = self.by_link.values().find(|p| gone(p)).map(|p| (p.link, p.address))
        {
            self.by_link.remove(&link);
            self.by_address.remove(&address);
            self.cids.retain(|_, home| *home != address);
        }
    }
}

/// The destination connection id of a QUIC packet (RFC 8999).
pub(crate) fn destination_cid(packet: &[u8]) -> Option<&[u8]> {
    let first = *packet.first()?;
    if first & 0x80 == 0 {
        return packet.get(1..1 + crate::entropy::CID);
    }
    let length = usize::from(*packet.get(5)?);
    packet.get(6..6 + length).filter(|_| length <= 20)
}
