//! Control messages: how sides get their places, keep and leave them.

use alloc::vec::Vec;
use core::net::SocketAddr;
use core::time::Duration;

use deskwire_machine::{Instant, LinkId};
use deskwire_wire::frame::Kind;
use deskwire_wire::ids::Role;
use deskwire_wire::relay::{Channel, ClosedReason, Open, OpenAck, Place, RefuseReason, RelayMsg};
use deskwire_wire::{CapnProto, Codec as _};

use super::admission::{Prefix, Rejection, TokenId, check};
use super::pair::{Carrier, Kept, Meter, Pair, PairId, Side};
use super::{Phase, Server, ServerEvent, ServerState};

/// Room for control frames above the bound for data: whoever is owed an answer gets it.
const CONTROL_ROOM: usize = 16 << 10;
/// Silence after which a side may come back with a newer token.
const ABANDONED: Duration = Duration::from_secs(2);
/// Who waits for so long may have to give way: the other side of an honest introduction comes within a second or two.
const FORLORN: Duration = Duration::from_secs(3);
/// Drawing a free channel among 2^24 fails this often only when the table is all but full.
const DRAWS: usize = 64;

/// Where a control message came from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Origin {
    Udp { link: LinkId, from: SocketAddr, bytes: usize },
    Tcp { link: LinkId, remote: SocketAddr },
}

impl Origin {
    const fn address(self) -> SocketAddr {
        match self {
            Self::Udp { from, .. } => from,
            Self::Tcp { remote, .. } => remote,
        }
    }

    const fn carrier(self) -> Carrier {
        match self {
            Self::Udp { link, from, bytes } => {
                Carrier::Udp { link, address: from, proven: false, credit: bytes }
            }
            Self::Tcp { link, .. } => Carrier::Tcp { link, claimed: false },
        }
    }

    fn is(self, carrier: &Carrier) -> bool {
        match self {
            Self::Udp { link, from, .. } => carrier.is_at(link, Some(from)),
            Self::Tcp { link, .. } => carrier.is_at(link, None),
        }
    }
}

/// A control message with its kind byte.
fn encode(message: &RelayMsg) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(128);
    bytes.push(Kind::RelayControl as u8);
    CapnProto::encode(message, &mut bytes).ok()?;
    Some(bytes)
}

impl Server {
    /// Acts on a control message; `payload` follows the kind byte.
    pub(super) fn handle_control(&mut self, now: Instant, origin: Origin, payload: &[u8]) {
        match CapnProto::decode(payload) {
            Ok(RelayMsg::Open(open)) => self.handle_open(now, origin, &open),
            Ok(RelayMsg::Ping(place)) => self.handle_ping(now, origin, &place),
            Ok(RelayMsg::Leave(place)) => self.handle_leave(now, origin, &place),
            Ok(RelayMsg::Echo { nonce, .. }) => self.handle_echo(origin, nonce),
            Ok(_) => {}
            Err(_) => self.stats.malformed += 1,
        }
    }

    fn handle_open(&mut self, now: Instant, origin: Origin, open: &Open) {
        let token = open.token.0.as_slice();
        let Some(id) = TokenId::of(token) else { return self.ignore_forged(origin) };
        if let Some((pair, role)) = self.by_token.get(&id).copied() {
            let same = self.pairs.get(&pair).and_then(|p| p.side(role)).is_some_and(|s| s.token == token);
            if same {
                return self.handle_repeated_open(now, origin, open, pair, role);
            }
            return self.ignore_forged(origin);
        }
        if !self.budget.take(now, origin.address()) {
            self.stats.refused.over_budget += 1;
            return;
        }
        let unix_s = self.unix_s(now);
        let grant = match check(token, &self.config.server_key, self.config.relay, unix_s) {
            Ok(grant) => grant,
            Err(Rejection::Forged) => return self.ignore_forged(origin),
            Err(Rejection::Refused(reason)) => return self.refuse(origin, open.nonce, reason),
        };
        if let Some(old) = self.by_introduction.get(&grant.introduction).copied()
            && self.is_abandoned(now, old, grant.role, grant.expires)
        {
            self.close_pair(now, old, ClosedReason::PeerLeft, Some(grant.role));
        }
        let existing = self.by_introduction.get(&grant.introduction).copied();
        let taken =
            existing.and_then(|id| self.pairs.get(&id)).is_some_and(|pair| pair.side(grant.role).is_some());
        if taken || self.spent.contains(id) || self.is_placed_elsewhere(origin) {
            return self.refuse(origin, open.nonce, RefuseReason::Used);
        }
        if existing.is_none() && self.state != ServerState::Serving {
            return self.refuse(origin, open.nonce, RefuseReason::Draining);
        }
        let full = existing.is_none() && !self.make_place(now, Prefix::of(origin.address()));
        let channel = self.free_channel();
        let (Some(channel), false) = (channel, full) else {
            return self.refuse(origin, open.nonce, RefuseReason::Full);
        };
        if !self.spent.insert(id, grant.expires, unix_s) {
            return self.refuse(origin, open.nonce, RefuseReason::Full);
        }
        let pair_id = existing.unwrap_or_else(|| {
            self.next_pair += 1;
            let id = PairId(self.next_pair);
            let prefix = Prefix::of(origin.address());
            self.pairs.insert(id, Pair::new(grant.introduction, prefix, now));
            self.waiting.insert(prefix, id);
            self.by_introduction.insert(grant.introduction, id);
            id
        });
        let limits = &self.config.limits;
        let or = |asked: u64, limit: u64| if asked == 0 { limit } else { asked.min(limit) };
        let longest = Duration::from_secs(u64::from(grant.longest_s));
        let side = Side {
            carrier: origin.carrier(),
            channel,
            proof: self.rng.next_u64(),
            former_proof: None,
            token: token.to_vec(),
            token_id: id,
            expires: grant.expires,
            heard: now,
            throttled_until: None,
            meter: Meter::new(or(grant.rate_bytes_per_s, limits.rate), now),
            kept: Kept::default(),
            sent: 0,
            cap: or(grant.byte_cap, limits.bytes),
            longest: if longest.is_zero() { limits.longest } else { longest.min(limits.longest) },
        };
        self.by_token.insert(id, (pair_id, grant.role));
        self.by_channel.insert(channel, (pair_id, grant.role));
        if let Some(pair) = self.pairs.get_mut(&pair_id) {
            *pair.slot(grant.role) = Some(side);
        }
        self.place_connection(origin, pair_id, grant.role);
        let complete = self.pair_if_complete(now, pair_id);
        self.acknowledge(pair_id, grant.role, open.nonce, origin.address());
        let first = self.pairs.get(&pair_id).and_then(|pair| pair.side(grant.role.peer())).map(Side::place);
        if let (true, Some(place)) = (complete, first) {
            self.tell(pair_id, grant.role.peer(), &RelayMsg::Paired(place));
        }
        self.arm(pair_id);
        self.note_state(now);
    }

    /// Makes place for one more introduction whose first side is at `prefix`. Gives whether there is; paired ones stay.
    fn make_place(&mut self, now: Instant, prefix: Prefix) -> bool {
        let limits = self.config.limits;
        let crowded = self.waiting.oldest_of(prefix, limits.waiting_per_prefix.max(1));
        let full = self.pairs.len() >= limits.pairs;
        let Some(oldest) = crowded.or_else(|| self.waiting.oldest().filter(|_| full)) else { return !full };
        if self.pairs.get(&oldest).is_none_or(|pair| pair.opened + FORLORN > now) {
            return false;
        }
        self.stats.shed += 1;
        self.close_pair(now, oldest, ClosedReason::NobodyCame, None);
        true
    }

    /// Whether a side is silent and holds a token that is older than the one shown now: it lost its way here, asked the
    /// server again, and came back.
    fn is_abandoned(&self, now: Instant, pair: PairId, role: Role, expires: u64) -> bool {
        let side = self.pairs.get(&pair).and_then(|pair| pair.side(role));
        side.is_some_and(|side| side.expires < expires && side.heard + ABANDONED <= now)
    }

    /// The same token again: a retransmission, a client that moved, or somebody else.
    fn handle_repeated_open(&mut self, now: Instant, origin: Origin, open: &Open, id: PairId, role: Role) {
        let proof = self.rng.next_u64();
        let Some(side) = self.pairs.get_mut(&id).and_then(|pair| pair.side_mut(role)) else { return };
        if origin.is(&side.carrier) {
            if let Origin::Udp { bytes, .. } = origin {
                side.carrier.earn(bytes);
            }
            side.heard = now;
            return self.acknowledge(id, role, open.nonce, origin.address());
        }
        // A place belongs to the first who shows that it has heard of it: until then the token alone decides, so that
        // a client whose answers are lost can come another way, and a forged source address keeps nobody out.
        let resumes = open.resume.as_ref().is_some_and(|place| side.knows(place));
        if !resumes && side.carrier.is_claimed() {
            return self.refuse(origin, open.nonce, RefuseReason::Used);
        }
        side.former_proof = resumes.then_some(side.proof);
        side.proof = proof;
        side.heard = now;
        side.throttled_until = None;
        let former = core::mem::replace(&mut side.carrier, origin.carrier());
        if let Carrier::Tcp { link, .. } = former {
            self.close_connection(link);
        }
        self.place_connection(origin, id, role);
        self.acknowledge(id, role, open.nonce, origin.address());
        self.deliver_kept(id, role);
    }

    fn handle_ping(&mut self, now: Instant, origin: Origin, place: &Place) {
        let found = self.by_channel.get(&place.channel).copied();
        let known = found.filter(|(id, role)| {
            self.pairs.get(id).and_then(|pair| pair.side(*role)).is_some_and(|side| side.knows(place))
        });
        let Some((id, role)) = known else {
            // After a restart, say. Who was here finds another place sooner than by silence.
            return self.answer_unplaced(origin, &RelayMsg::UnknownPlace(place.clone()));
        };
        let Some(pair) = self.pairs.get_mut(&id) else { return };
        let state = pair.state();
        let Some(side) = pair.side_mut(role) else { return };
        if side.proof != place.proof.0 || !origin.is(&side.carrier) {
            return;
        }
        side.heard = now;
        side.former_proof = None;
        if let Carrier::Udp { proven, .. } = &mut side.carrier {
            *proven = true;
        }
        self.tell(id, role, &RelayMsg::Pong { place: place.clone(), state });
        self.deliver_kept(id, role);
        if self.state != ServerState::Serving {
            self.tell(id, role, &RelayMsg::Draining(place.clone()));
        }
    }

    /// Says how far it is to whoever asks, and keeps nothing of it.
    fn handle_echo(&mut self, origin: Origin, nonce: u64) {
        self.stats.echoes += 1;
        let state = self.relay_state();
        self.answer_unplaced(origin, &RelayMsg::Echoed { nonce, state });
    }

    /// Answers a datagram in no more bytes than it had. On TCP only those with a place are talked to.
    fn answer_unplaced(&mut self, origin: Origin, message: &RelayMsg) {
        if let (Origin::Udp { link, from, bytes }, Some(answer)) = (origin, encode(message))
            && answer.len() <= bytes
        {
            self.outputs.datagram(link, from, [&answer, &[]]);
        }
    }

    fn handle_leave(&mut self, now: Instant, origin: Origin, place: &Place) {
        let Some((id, role)) = self.by_channel.get(&place.channel).copied() else { return };
        let Some(side) = self.pairs.get(&id).and_then(|pair| pair.side(role)) else { return };
        if side.knows(place) && origin.is(&side.carrier) {
            self.close_pair(now, id, ClosedReason::PeerLeft, Some(role));
        }
    }

    /// Makes a pair of two sides; gives whether there are two.
    fn pair_if_complete(&mut self, now: Instant, id: PairId) -> bool {
        let Some(pair) = self.pairs.get_mut(&id) else { return false };
        let (Some(viewer), Some(host)) = (pair.side(Role::Viewer), pair.side(Role::Host)) else {
            return false;
        };
        let longest = viewer.longest.min(host.longest);
        pair.paired = Some(now);
        pair.ends = Some(now + longest);
        let (introduction, prefix) = (pair.introduction, pair.prefix);
        self.waiting.remove(prefix, id);
        self.stats.pairs_made += 1;
        self.emit(ServerEvent::PairOpened { introduction });
        true
    }

    fn acknowledge(&mut self, id: PairId, role: Role, nonce: u64, observed: SocketAddr) {
        let Some(pair) = self.pairs.get(&id) else { return };
        let Some(side) = pair.side(role) else { return };
        let max_packet = match side.carrier {
            Carrier::Udp { link, .. } => self.listeners.get(&link).map_or(0, |listener| listener.max_packet),
            Carrier::Tcp { .. } => self.config.limits.stream_packet,
        };
        let state = pair.state();
        let ack = RelayMsg::OpenAck(OpenAck { nonce, place: side.place(), state, max_packet, observed });
        self.tell(id, role, &ack);
    }

    /// Sends a control message to a side, if its address may be sent that much.
    pub(super) fn tell(&mut self, id: PairId, role: Role, message: &RelayMsg) {
        let Some(bytes) = encode(message) else { return };
        let Some(side) = self.pairs.get_mut(&id).and_then(|pair| pair.side_mut(role)) else { return };
        if !side.carrier.spend(bytes.len()) {
            return;
        }
        match side.carrier {
            Carrier::Udp { link, address, .. } => {
                self.outputs.datagram(link, address, [&bytes, &[]]);
            }
            Carrier::Tcp { link, .. } => {
                self.outputs.frame(
                    link,
                    &bytes,
                    self.config.limits.stream_bound().saturating_add(CONTROL_ROOM),
                );
            }
        }
    }

    /// Says no, in no more bytes than were asked with; a TCP connection ends with it.
    fn refuse(&mut self, origin: Origin, nonce: u64, reason: RefuseReason) {
        self.stats.refused.count(reason);
        let Some(answer) = encode(&RelayMsg::Refused { nonce, reason }) else { return };
        match origin {
            Origin::Udp { link, from, bytes } => {
                if answer.len() <= bytes {
                    self.outputs.datagram(link, from, [&answer, &[]]);
                }
            }
            Origin::Tcp { link, .. } => {
                if !self.is_placed_elsewhere(origin) {
                    self.outputs.frame(link, &answer, CONTROL_ROOM);
                    self.close_connection(link);
                }
            }
        }
    }

    /// Strangers get no answer.
    fn ignore_forged(&mut self, origin: Origin) {
        self.stats.refused.forged += 1;
        if let Origin::Tcp { link, .. } = origin
            && !self.is_placed_elsewhere(origin)
        {
            self.close_connection(link);
        }
    }

    /// Whether this TCP connection is a side already: one connection, one place.
    fn is_placed_elsewhere(&self, origin: Origin) -> bool {
        let Origin::Tcp { link, .. } = origin else { return false };
        self.connections.get(&link).is_some_and(|c| matches!(c.phase, Phase::Placed { .. }))
    }

    fn free_channel(&mut self) -> Option<Channel> {
        for _ in 0..DRAWS {
            let number = u32::try_from(self.rng.below(1 << 24)).ok()?;
            let channel = Channel::new(number)?;
            if !self.by_channel.contains_key(&channel) {
                return Some(channel);
            }
        }
        None
    }
}
