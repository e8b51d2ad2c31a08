//! The relays of a session: one that carries it, one kept warm, and the next when one of them goes.
//!
//! Both sides do the same by the same rules, so they meet: the introduction gives both the same order, and so does the
//! server when it is asked again. A relay that does not bring both together in time is no reason to wait: the next is
//! opened beside it.

use alloc::collections::VecDeque;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::time::Duration;

use deskwire_machine::{CloseReason, Deadline, Input, Instant, LinkId, Machine, earliest};
use deskwire_relay::{ClientClosed, ClientConfig as RelayConfig, Over, RelayClient};
use deskwire_rendezvous::client::TokenRequest;
use deskwire_transport::PathKind;
use deskwire_wire::ids::RelayId;
use deskwire_wire::relay::{ClosedReason, RefuseReason};
use deskwire_wire::rendezvous::Relay;

use super::{Connection, ConnectionEnd, Phase, Surroundings};

mod upkeep;

/// How long a relay may take to bring both sides together before the next is opened beside it: time for UDP, and after
/// 1.5 s for TCP.
const NEXT_RELAY: Duration = Duration::from_secs(2);
/// Relays open at a time: one carries the session, one is kept warm.
const KEPT: usize = 2;
/// The same while none has brought both sides together.
const TRIED: usize = 4;
/// How long tokens that wait are used; a relay takes them a little longer.
const TOKEN_LIFE: Duration = Duration::from_secs(55);
/// How long a relay that failed is named to the server.
const FAILED_LIFE: Duration = Duration::from_secs(60);
/// Most of them.
const FAILED: usize = 16;
/// When the server is asked again after an answer that did not help; doubles up to the last.
const ASK_AGAIN: Duration = Duration::from_millis(500);
const ASK_AGAIN_MOST: Duration = Duration::from_secs(30);
/// The same while one relay carries the session and only a second one is missing.
const WARM_AGAIN_MOST: Duration = Duration::from_secs(300);
/// Reasons kept for the end of the connection.
const REASONS: usize = 8;

/// All relays of a session.
#[derive(Debug)]
pub(super) struct Relays {
    /// Those that are open.
    pub(super) open: Vec<Relayed>,
    /// Clients that still have something to send before they go.
    pub(super) leaving: Vec<RelayClient>,
    /// Not tried yet, best first, with tokens that are good until then.
    spare: VecDeque<Relay>,
    spare_until: Instant,
    /// When another one is opened beside those that have not come up.
    next_at: Option<Instant>,
    failed: Vec<(RelayId, Instant)>,
    /// Why relays failed, each reason once.
    reasons: Vec<String>,
    /// The limit that was reached: no relay carries this session any more.
    limit: Option<String>,
    wish: Wish,
    opened: u64,
}

/// Whether the server is asked for more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Wish {
    /// Not before that time.
    Idle(Instant, Duration),
    /// The node is to ask.
    Due(Duration),
    /// It was asked.
    Asked(Duration),
    /// The answer did not help: again at that time.
    Again(Instant, Duration),
}

impl Wish {
    /// When the server is asked again.
    const fn again(self) -> Option<Instant> {
        match self {
            Self::Again(at, _) => Some(at),
            _ => None,
        }
    }
}

/// The way through a relay.
#[derive(Debug)]
pub(super) struct Relayed {
    pub(super) id: RelayId,
    pub(super) client: RelayClient,
    /// The transport's path over it.
    pub(super) path: LinkId,
    pub(super) over: Over,
    pub(super) paired: bool,
    /// Whether the transport has proved the path.
    pub(super) up: bool,
    pub(super) max_datagram: usize,
    opened: Instant,
    /// When the transport gets another path over it, after it gave the last one up.
    reopen_at: Option<Instant>,
    /// The last path was given up, and no other has been proved.
    lost: bool,
    /// When it was last asked whether our place is still where we are, and when it is to be asked next.
    checked: Option<Instant>,
    check_at: Option<Instant>,
    drains: bool,
    /// When it is left, once the session is elsewhere.
    leave_at: Option<Instant>,
}

impl Relays {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            open: Vec::new(),
            leaving: Vec::new(),
            spare: VecDeque::new(),
            spare_until: now,
            next_at: None,
            failed: Vec::new(),
            reasons: Vec::new(),
            limit: None,
            wish: Wish::Idle(now, ASK_AGAIN),
            opened: 0,
        }
    }

    /// No more of them.
    pub(super) fn stop(&mut self) {
        self.spare.clear();
        (self.next_at, self.wish) = (None, Wish::Idle(self.spare_until, ASK_AGAIN));
        for relay in &mut self.open {
            (relay.leave_at, relay.reopen_at, relay.check_at) = (None, None, None);
        }
    }

    /// All are closed, and nothing is left to send.
    pub(super) fn are_done(&self) -> bool {
        self.open.is_empty() && self.leaving.is_empty()
    }

    /// Why relays failed.
    pub(super) fn reasons(&self) -> &[String] {
        &self.reasons
    }

    /// Takes relays with fresh tokens.
    fn take(&mut self, now: Instant, relays: &[Relay]) {
        let open = |relay: &&Relay| !self.open.iter().any(|known| known.id == relay.id);
        self.spare = relays.iter().filter(open).cloned().collect();
        self.spare_until = now + TOKEN_LIFE;
    }

    fn note_failure(&mut self, now: Instant, relay: RelayId) {
        self.failed.retain(|(known, at)| *known != relay && *at + FAILED_LIFE > now);
        if self.failed.len() < FAILED {
            self.failed.push((relay, now));
        }
    }

    fn note_reason(&mut self, why: &str) {
        if self.reasons.len() < REASONS && !self.reasons.iter().any(|known| known == why) {
            self.reasons.push(why.to_string());
        }
    }

    pub(super) fn poll_timeout(&self) -> Option<Deadline> {
        let reopen = self.open.iter().filter_map(|relay| relay.reopen_at).min();
        let leave = self.open.iter().filter_map(|relay| relay.leave_at).min();
        let check = self.open.iter().filter_map(|relay| relay.check_at).min();
        earliest([
            self.next_at.map(|at| Deadline::new(at, "connection: next relay")),
            self.wish.again().map(|at| Deadline::new(at, "connection: ask for relays again")),
            leave.map(|at| Deadline::new(at, "connection: leave a relay")),
            reopen.map(|at| Deadline::new(at, "connection: relay path again")),
            check.map(|at| Deadline::new(at, "connection: ask the relay where we are")),
            earliest(self.open.iter().map(|relay| relay.client.poll_timeout())),
        ])
    }
}

impl Connection {
    /// The introduction's relays are there.
    pub(super) fn begin_relays(&mut self, now: Instant, relays: &[Relay], around: &Surroundings<'_>) {
        self.relays.take(now, relays);
        if relays.is_empty() {
            self.relays.note_reason("the server has none");
        }
        self.keep_relays(now, around);
    }

    /// The server's answer to a request for more.
    pub(crate) fn more_relays(
        &mut self,
        now: Instant,
        relays: &[Relay],
        offer: &[u8],
        around: &Surroundings<'_>,
    ) {
        if self.phase == Phase::Closed {
            return;
        }
        self.relays.take(now, relays);
        self.take_offer(now, offer);
        // The other side's offer may come unasked.
        if let Wish::Asked(pause) = self.relays.wish {
            let carried = self.relays.open.iter().any(|relay| relay.paired && !relay.drains);
            let next = (pause * 2).min(if carried { WARM_AGAIN_MOST } else { ASK_AGAIN_MOST });
            // Should these fail too, or if there is none, the server is asked again after the pause.
            self.relays.wish = if self.has_new_offer() {
                Wish::Again(now, pause)
            } else if self.waits_for_offer() {
                Wish::Again(now + pause, next)
            } else {
                Wish::Idle(now + pause, next)
            };
        }
        self.keep_relays(now, around);
        if self.relays.spare.is_empty() {
            self.give_up_without_relay(now);
        }
        self.pump(now, around);
    }

    /// What the node is to ask the server, if anything.
    pub(crate) fn take_token_request(&mut self, now: Instant) -> Option<TokenRequest> {
        let Wish::Due(pause) = self.relays.wish else { return None };
        let introduction = self.introduction.as_ref()?;
        self.relays.wish = Wish::Asked(pause);
        self.relays.failed.retain(|(_, at)| *at + FAILED_LIFE > now);
        let slow = self.relays.open.iter().filter(|relay| !relay.paired && relay.opened + NEXT_RELAY <= now);
        let mut avoid: Vec<RelayId> = slow.map(|relay| relay.id).collect();
        avoid.extend(self.relays.failed.iter().map(|(id, _)| *id));
        avoid.dedup();
        Some(TokenRequest {
            introduction: introduction.id,
            secret: introduction.secret.clone(),
            issued: introduction.issued,
            role: self.role,
            avoid,
            offer: self.tell_offer(),
        })
    }

    /// Whether an introduction is this connection's.
    pub(crate) fn is_of(&self, id: deskwire_wire::ids::IntroductionId) -> bool {
        self.phase != Phase::Closed && self.introduction.as_ref().is_some_and(|own| own.id == id)
    }

    /// Opens relays until there are as many as wanted, or none is left; then the server is asked for more.
    pub(super) fn keep_relays(&mut self, now: Instant, around: &Surroundings<'_>) {
        if self.relays.limit.is_some() || matches!(self.phase, Phase::Introducing | Phase::Closed) {
            return;
        }
        if now >= self.relays.spare_until {
            self.relays.spare.clear();
        }
        let usable = || self.relays.open.iter().filter(|relay| !relay.drains);
        let paired = usable().filter(|relay| relay.paired).count();
        let late = |relay: &&Relayed| relay.lost || (!relay.paired && relay.opened + NEXT_RELAY <= now);
        // Those that are late do not count: they may still come.
        let hopeful = usable().count() - usable().filter(late).count();
        let wanted = if self.phase == Phase::Active { KEPT } else { 1 };
        let mut missing = wanted.saturating_sub(hopeful);
        let mut room = (KEPT + TRIED).saturating_sub(self.relays.open.len());
        while missing > 0
            && room > 0
            && let Some(relay) = self.relays.spare.pop_front()
        {
            self.open_relay(now, relay, around);
            (missing, room) = (missing - 1, room - 1);
        }
        let opening = self.relays.open.iter().filter(|relay| !relay.paired && !relay.drains);
        self.relays.next_at = opening.map(|relay| relay.opened + NEXT_RELAY).filter(|at| *at > now).min();
        if missing == 0 {
            self.relays.wish = match self.relays.wish {
                Wish::Due(pause) | Wish::Again(_, pause) if !self.waits_for_offer() => Wish::Idle(now, pause),
                Wish::Idle(at, _) if paired >= wanted => Wish::Idle(at, ASK_AGAIN),
                other => other,
            };
            return;
        }
        if paired == 0 && self.phase == Phase::Connecting {
            self.make_offer(now, around);
        }
        match self.relays.wish {
            Wish::Idle(at, pause) | Wish::Again(at, pause) if at <= now => {
                self.relays.wish = Wish::Due(pause)
            }
            Wish::Idle(at, pause) => self.relays.wish = Wish::Again(at, pause),
            _ => {}
        }
    }

    fn open_relay(&mut self, now: Instant, mut relay: Relay, around: &Surroundings<'_>) {
        self.relays.opened += 1;
        let websockets = relay.websockets();
        let mut config = RelayConfig::new(
            relay.addresses,
            core::mem::take(&mut relay.token.0),
            self.seed.derive_indexed("relay", self.relays.opened),
            self.shared.ids.clone(),
        );
        config.websockets = websockets;
        config.udp = !around.udp_blocked;
        let mut client = RelayClient::new(now, config);
        for udp in around.udp {
            udp.introduce(now, &mut client);
        }
        // What it knows is what it compares a change with.
        client.handle_input(now, Input::NetworkChanged { addrs: around.addrs });
        self.relays.open.push(Relayed {
            id: relay.id,
            client,
            path: self.shared.ids.allocate(),
            over: Over::Udp,
            paired: false,
            up: false,
            max_datagram: 0,
            opened: now,
            reopen_at: None,
            lost: false,
            checked: None,
            check_at: None,
            drains: false,
            leave_at: None,
        });
    }

    /// Both sides are at a relay: the transport gets a path over it.
    pub(super) fn relay_paired(&mut self, now: Instant, index: usize, around: &Surroundings<'_>) {
        let Some(relay) = self.relays.open.get_mut(index).filter(|relay| !relay.paired) else { return };
        relay.paired = true;
        let (path, max_datagram) = (relay.path, relay.max_datagram);
        self.open_path(now, path, PathKind::Relay, max_datagram);
        self.keep_relays(now, around);
    }

    /// A relay is gone, or did not let us in. The session goes on elsewhere if there is an elsewhere.
    pub(super) fn relay_closed(
        &mut self,
        now: Instant,
        index: usize,
        reason: ClientClosed,
        around: &Surroundings<'_>,
    ) {
        let relay = self.relays.open.remove(index);
        if relay.paired
            && let Some(transport) = &mut self.transport
        {
            transport.handle_input(now, Input::Closed { link: relay.path, reason: CloseReason::Reset });
        }
        let why = reason.to_string();
        if is_its_fault(reason) {
            self.relays.note_failure(now, relay.id);
        }
        self.relays.note_reason(&why);
        self.relays.leaving.push(relay.client);
        if reason.is_limit() {
            self.limit_reached(now, why);
        } else if relay.paired {
            self.ask_now(now);
        }
        self.keep_relays(now, around);
    }

    /// The operator limits what a session may do: another relay would only get around that.
    fn limit_reached(&mut self, now: Instant, why: String) {
        if self.phase == Phase::Closed {
            return;
        }
        self.relays.stop();
        if self.is_direct() {
            for relay in &mut self.relays.open {
                relay.leave_at = Some(now);
            }
            self.relays.limit = Some(why);
        } else {
            self.finish(now, ConnectionEnd::RelayLimit(why));
        }
    }

    /// Why there is no relay, if a limit is why.
    pub(super) const fn relay_limit(&self) -> Option<&String> {
        self.relays.limit.as_ref()
    }

    /// Whether data goes, or can go, straight to the peer.
    pub(super) fn is_direct(&self) -> bool {
        self.direct.is_some_and(|direct| direct.up)
    }
}

/// Whether a relay should come last when the server is asked for more.
const fn is_its_fault(reason: ClientClosed) -> bool {
    match reason {
        ClientClosed::Unreachable | ClientClosed::Lost => true,
        ClientClosed::Refused(reason) => !matches!(reason, RefuseReason::Expired | RefuseReason::Used),
        ClientClosed::Ended(reason) => matches!(reason, ClosedReason::Stopped),
        _ => false,
    }
}
