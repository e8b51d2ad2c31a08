//! The relay itself.

mod admission;
mod config;
mod draining;
mod opening;
mod outputs;
mod pair;
mod report;
mod stats;
mod traffic;

pub use config::{Report, ServerConfig, ServerLimits};
pub use stats::{Drops, Refusals, ServerStats};

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use core::net::SocketAddr;
use core::time::Duration;

use deskwire_machine::{
    BoundedQueue, Clock, CloseReason, Deadline, Input, Instant, LinkId, LinkSpec, Machine, Output, Rng,
    State as _, StateTable, change,
};
use deskwire_wire::ids::{IntroductionId, Role};
use deskwire_wire::relay::{Channel, ClosedReason, RelayMsg};

use self::admission::{CheckBudget, Prefix, Spent, TokenId};
use self::draining::Notices;
use self::outputs::Outputs;
use self::pair::{Carrier, Due, Pair, PairId, Waiting};
use self::report::Reporter;
use crate::Over;

/// A relay: pairs the two sides of introductions that its rendezvous server signed for, and carries their packets.
///
/// It opens its listeners itself and never dials anybody.
#[derive(Debug)]
pub struct Server {
    config: ServerConfig,
    clock: Clock,
    started: Instant,
    state: ServerState,
    rng: Rng,
    outputs: Outputs,
    events: BoundedQueue<ServerEvent>,
    listeners: BTreeMap<LinkId, Listener>,
    connections: BTreeMap<LinkId, Connection>,
    /// When connections without a place are closed; the first is the oldest.
    half_open: BTreeSet<(Instant, LinkId)>,
    half_open_of: BTreeMap<Prefix, u32>,
    pairs: BTreeMap<PairId, Pair>,
    waiting: Waiting,
    next_pair: u64,
    by_introduction: BTreeMap<IntroductionId, PairId>,
    by_token: BTreeMap<TokenId, (PairId, Role)>,
    by_channel: BTreeMap<Channel, (PairId, Role)>,
    timers: BTreeSet<(Instant, PairId)>,
    spent: Spent,
    budget: CheckBudget,
    stats: ServerStats,
    /// Bytes of packets that wait for proofs, over all sides.
    kept: usize,
    /// While it drains: who is told next.
    notices: Option<Notices>,
    reporter: Option<Reporter>,
}

/// What a [`Server`] tells its owner.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ServerEvent {
    /// A listener is ready.
    Listening {
        /// Its link.
        link: LinkId,
        /// The address it got.
        local: SocketAddr,
        /// What it takes.
        over: Over,
    },
    /// A listener could not be opened, or broke.
    ListenerLost {
        /// The address it was asked for.
        address: SocketAddr,
        /// What it took.
        over: Over,
        /// Why.
        reason: CloseReason,
    },
    /// Both sides of an introduction are here.
    PairOpened {
        /// Which.
        introduction: IntroductionId,
    },
    /// An introduction is over.
    PairClosed {
        /// Which.
        introduction: IntroductionId,
        /// Why.
        reason: ClosedReason,
        /// Bytes carried, both directions.
        bytes: u64,
        /// How long both were here.
        lasted: Duration,
    },
    /// It drains, and nobody is left.
    Drained,
}

/// For [`crate::STATES`].
pub(crate) const STATES: [StateTable; 2] = [ServerState::TABLE, Phase::TABLE];

deskwire_machine::states! {
    "relay server";
    /// Whether a [`Server`] takes new pairs.
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    pub enum ServerState {
        /// It does.
        Serving => [Draining, Stopped],
        /// It does not; those that are there are told to move.
        Draining => [Stopped],
        /// It ended all pairs and closed all links.
        Stopped => [],
    }
}

#[derive(Debug)]
struct Listener {
    over: Over,
    address: SocketAddr,
    /// Largest packet, without the channel header.
    max_packet: u16,
}

/// A TCP connection.
#[derive(Debug)]
struct Connection {
    remote: SocketAddr,
    phase: Phase,
}

deskwire_machine::states! {
    "relay server, a TCP connection";
    /// How far a TCP connection is.
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    enum Phase {
        /// Its kind byte has not come.
        Preface { deadline: Instant } => [Opening],
        /// It has no place yet; control messages are counted.
        Opening { deadline: Instant, frames: u8 } => [Placed],
        /// It is a side of a pair.
        Placed { pair: PairId, role: Role } => [Placed],
    }
}

impl Server {
    /// A server that opens its listeners with its first outputs.
    pub fn new(now: Instant, config: ServerConfig) -> Self {
        let limits = config.limits;
        let mut server = Self {
            clock: Clock::new(now),
            started: now,
            state: ServerState::Serving,
            rng: config.seed.public(),
            outputs: Outputs::new(limits.datagram_queue),
            events: BoundedQueue::new(limits.events),
            listeners: BTreeMap::new(),
            connections: BTreeMap::new(),
            half_open: BTreeSet::new(),
            half_open_of: BTreeMap::new(),
            pairs: BTreeMap::new(),
            waiting: Waiting::default(),
            next_pair: 0,
            by_introduction: BTreeMap::new(),
            by_token: BTreeMap::new(),
            by_channel: BTreeMap::new(),
            timers: BTreeSet::new(),
            spent: Spent::new(limits.spent_tokens),
            budget: CheckBudget::new(limits.checks_per_s, limits.checks_per_s_and_prefix),
            stats: ServerStats::default(),
            kept: 0,
            notices: None,
            reporter: Reporter::new(now, config.report.as_ref()),
            config,
        };
        for address in server.config.udp.clone() {
            server.listen(Over::Udp, address, LinkSpec::Udp { local: Some(address) });
        }
        for address in server.config.tcp.clone() {
            server.listen(Over::Tcp, address, LinkSpec::TcpListen { local: Some(address), reuse: false });
        }
        for address in server.config.websocket.clone() {
            server.listen(Over::WebSocket, address, LinkSpec::WebSocketListen { local: Some(address) });
        }
        server
    }

    /// Ends all pairs, tells their sides, and closes all links.
    pub fn stop(&mut self, now: Instant) {
        let now = self.clock.tell(now);
        for id in self.pairs.keys().copied().collect::<Vec<_>>() {
            self.close_pair(now, id, ClosedReason::Stopped, None);
        }
        for link in self.connections.keys().copied().collect::<Vec<_>>() {
            self.close_connection(link);
        }
        self.notices = None;
        if self.state != ServerState::Stopped {
            change(&mut self.state, ServerState::Stopped);
        }
        self.report(now);
        for link in core::mem::take(&mut self.listeners).into_keys() {
            self.outputs.close_listener(link);
        }
    }

    /// Whether it takes new pairs.
    pub const fn state(&self) -> ServerState {
        self.state
    }

    /// What it counted, and what it holds.
    pub fn stats(&self) -> ServerStats {
        let paired = self.pairs.values().filter(|pair| pair.paired.is_some()).count();
        ServerStats {
            paired,
            waiting: self.pairs.len() - paired,
            connections: self.connections.len(),
            spent_tokens: self.spent.len(),
            kept_bytes: self.kept,
            events_lost: self.events.dropped(),
            ..self.stats
        }
    }

    fn listen(&mut self, over: Over, address: SocketAddr, spec: LinkSpec) {
        let link = self.config.ids.allocate();
        let max_packet = match over {
            Over::Udp => self.config.limits.datagram_packet,
            Over::Tcp | Over::WebSocket => self.config.limits.stream_packet,
        };
        self.listeners.insert(link, Listener { over, address, max_packet });
        self.outputs.open(link, spec);
    }

    /// Unix time in seconds.
    /// When it is this Unix time.
    fn at(&self, unix_s: u64) -> Instant {
        self.started + Duration::from_secs(unix_s.saturating_sub(self.config.unix_s))
    }

    fn unix_s(&self, now: Instant) -> u64 {
        self.config.unix_s.saturating_add((now - self.started).as_secs())
    }

    fn emit(&mut self, event: ServerEvent) {
        // The queue counts what does not fit.
        let _ = self.events.push(event);
    }

    /// Brings the pair's timer forward if something is due earlier than it.
    fn arm(&mut self, id: PairId) {
        let limits = self.config.limits;
        let Some(pair) = self.pairs.get_mut(&id) else { return };
        let Some((due, _)) = pair.due(limits.wait, limits.idle) else { return };
        if pair.timer.is_none_or(|at| due < at) {
            if let Some(at) = pair.timer.replace(due) {
                self.timers.remove(&(at, id));
            }
            self.timers.insert((due, id));
        }
    }

    fn handle_pair_timer(&mut self, now: Instant, id: PairId) {
        let limits = self.config.limits;
        while let Some(pair) = self.pairs.get_mut(&id) {
            pair.timer = None;
            let Some((_, due)) = pair.due(limits.wait, limits.idle).filter(|(at, _)| *at <= now) else {
                break;
            };
            let reason = match due {
                Due::Throttle => {
                    for role in [Role::Viewer, Role::Host] {
                        if let Some(side) = pair.side_mut(role) {
                            side.throttled_until = side.throttled_until.filter(|at| *at > now);
                        }
                    }
                    continue;
                }
                Due::Lonely => ClosedReason::NobodyCame,
                Due::Over => ClosedReason::Duration,
                Due::Idle => ClosedReason::Idle,
            };
            self.close_pair(now, id, reason, None);
        }
        self.arm(id);
    }

    /// Ends a pair, tells its sides (but not the one that left) and frees their places.
    fn close_pair(&mut self, now: Instant, id: PairId, reason: ClosedReason, left: Option<Role>) {
        for role in [Role::Viewer, Role::Host] {
            let Some(side) = self.pairs.get(&id).and_then(|pair| pair.side(role)) else { continue };
            let (place, carrier) = (side.place(), side.carrier);
            self.kept -= side.kept.bytes();
            self.by_channel.remove(&side.channel);
            self.by_token.remove(&side.token_id);
            if left != Some(role) {
                self.tell(id, role, &RelayMsg::Closed { place, reason });
            }
            if let Carrier::Tcp { link, .. } = carrier {
                self.close_connection(link);
            }
        }
        let Some(pair) = self.pairs.remove(&id) else { return };
        self.by_introduction.remove(&pair.introduction);
        self.waiting.remove(pair.prefix, id);
        if let Some(at) = pair.timer {
            self.timers.remove(&(at, id));
        }
        let lasted = pair.paired.map_or(Duration::ZERO, |at| now - at);
        let bytes = pair.bytes();
        self.emit(ServerEvent::PairClosed { introduction: pair.introduction, reason, bytes, lasted });
        self.note_drained();
    }
}

impl Machine for Server {
    type Event = ServerEvent;

    fn handle_input(&mut self, now: Instant, input: Input<'_>) {
        let now = self.clock.tell(now);
        self.outputs.note(&input);
        match input {
            Input::Opened { link, local, max_datagram } => {
                let Some(listener) = self.listeners.get_mut(&link) else { return };
                if listener.over == Over::Udp {
                    let carried = u16::try_from(max_datagram.saturating_sub(4)).unwrap_or(u16::MAX);
                    listener.max_packet = listener.max_packet.min(carried);
                }
                let over = listener.over;
                self.emit(ServerEvent::Listening { link, local, over });
            }
            Input::Accepted { listener, link, remote } => self.handle_accepted(now, listener, link, remote),
            Input::Datagram { link, from, data, .. } => self.handle_datagram(now, link, from, data),
            Input::Stream { link, data } => self.handle_stream(now, link, data),
            Input::Closed { link, reason } => {
                if let Some(listener) = self.listeners.remove(&link) {
                    let Listener { address, over, .. } = listener;
                    self.emit(ServerEvent::ListenerLost { address, over, reason });
                }
                self.handle_connection_closed(now, link);
            }
            _ => {}
        }
    }

    fn handle_timeout(&mut self, now: Instant) {
        let now = self.clock.tell(now);
        while let Some(&(at, link)) = self.half_open.first()
            && at <= now
        {
            self.stats.shed += 1;
            self.close_connection(link);
        }
        while let Some(&(at, id)) = self.timers.first()
            && at <= now
        {
            self.timers.pop_first();
            self.handle_pair_timer(now, id);
        }
        self.spent.forget_expired(self.unix_s(now));
        self.budget.forget(now);
        self.give_notice(now);
        self.report_if_due(now);
    }

    fn poll_output(&mut self, _: Instant, buf: &mut Vec<u8>) -> Option<Output> {
        self.outputs.poll(buf)
    }

    fn poll_event(&mut self) -> Option<ServerEvent> {
        self.events.pop()
    }

    fn poll_timeout(&self) -> Option<Deadline> {
        deskwire_machine::earliest([
            self.half_open.first().map(|(at, _)| Deadline::new(*at, "relay connection opening")),
            self.timers.first().map(|(at, _)| Deadline::new(*at, "relay pair")),
            self.spent.next_end().map(|end| Deadline::new(self.at(end), "relay used tokens")),
            self.notices.as_ref().map(|notices| Deadline::new(notices.at(), "relay drains")),
            self.reporter.as_ref().map(|reporter| Deadline::new(reporter.at(), "relay report")),
        ])
    }

    fn wants_input(&self, link: LinkId) -> bool {
        let Some(Connection { phase: Phase::Placed { pair, role }, .. }) = self.connections.get(&link) else {
            return true;
        };
        let Some(pair) = self.pairs.get(pair) else { return true };
        let throttled = pair.side(*role).is_some_and(|side| side.throttled_until.is_some());
        let partner = pair.side(role.peer()).map(|side| side.carrier);
        let jammed = matches!(partner, Some(Carrier::Tcp { link, .. })
            if self.outputs.queued(link) >= self.config.limits.stream_queue);
        !throttled && !jammed
    }
}
