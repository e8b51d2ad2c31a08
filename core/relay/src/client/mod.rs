//! One side's way to a relay.

mod config;
mod link;
mod streams;

pub use config::{ClientClosed, ClientConfig, ClientEvent, ClientLimits, ClientStats, ClientTiming};

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::net::SocketAddr;

use deskwire_machine::{
    BoundedQueue, Clock, Deadline, IfAddr, Input, Instant, LinkId, Machine, Outbox, Output, State as _,
    StateTable, change, earliest,
};
use deskwire_wire::frame::{Kind, put_short};
use deskwire_wire::relay::{
    CHANNEL_HEADER, Open, OpenAck, PairState, Place, RelayMsg, channel_header, channel_of,
};

use crate::Over;
use streams::Streams;

/// Padding of opens. The refusal of an open, its largest unproven answer, stays far below what this makes.
const PADDING: u16 = 128;

/// A client's place at one relay, from the first datagram until either side ends it.
///
/// Its owner opens the UDP sockets (they are shared with other protocols) and tells it of each with
/// [`Input::Opened`]; of their datagrams it wants those that [`RelayClient::owns`] says. It opens TCP links itself.
#[derive(Debug)]
pub struct RelayClient {
    config: ClientConfig,
    clock: Clock,
    state: ClientState,
    nonce: u64,
    outbox: Outbox,
    events: BoundedQueue<ClientEvent>,
    /// Shared UDP sockets: local address, largest datagram.
    sockets: BTreeMap<LinkId, (SocketAddr, usize)>,
    /// The socket and the relay's address in use, once there is a socket of the right family.
    udp: Option<(LinkId, SocketAddr)>,
    streams: Streams,
    place: Option<Place>,
    over: Over,
    max_packet: usize,
    /// When UDP sends its open again, and how long it waits after that.
    retransmit: Option<(Instant, core::time::Duration)>,
    fallback_at: Option<Instant>,
    give_up_at: Option<Instant>,
    heard: Instant,
    /// When the first packet went out after something was heard.
    unanswered: Option<Instant>,
    /// Questions without an answer, and when the last was asked.
    asked: (u8, Instant),
    /// The relay has seen the proof come back from this address. Until then it may not send us what it carries.
    proved: bool,
    told_draining: bool,
    interfaces: Option<Vec<IfAddr>>,
    stats: ClientStats,
}

/// For [`crate::STATES`].
pub(crate) const STATES: StateTable = ClientState::TABLE;

deskwire_machine::states! {
    "relay client";
    /// How far a [`RelayClient`] is.
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    pub enum ClientState {
        /// It asks for its place.
        Opening => [Waiting, Closed],
        /// It has its place and waits for the other side.
        Waiting => [Paired, Closed],
        /// Packets flow.
        Paired => [Closed],
        /// It is over.
        Closed => [],
    }
}

impl RelayClient {
    /// A client that asks for its place as soon as it is told of a socket, and over TCP when that does not help.
    pub fn new(now: Instant, config: ClientConfig) -> Self {
        let nonce = config.seed.public().next_u64();
        let mut client = Self {
            clock: Clock::new(now),
            state: ClientState::Opening,
            nonce,
            outbox: Outbox::new(config.limits.queue),
            events: BoundedQueue::new(config.limits.events),
            sockets: BTreeMap::new(),
            udp: None,
            streams: Streams::default(),
            place: None,
            over: Over::Udp,
            max_packet: 0,
            retransmit: None,
            fallback_at: Some(now + config.timing.fallback),
            give_up_at: Some(now + config.timing.give_up),
            heard: now,
            unanswered: None,
            asked: (0, now),
            proved: false,
            told_draining: false,
            interfaces: None,
            stats: ClientStats::default(),
            config,
        };
        if !client.config.udp {
            client.fallback_at = None;
            client.fall_back(now);
        }
        client
    }

    /// Sends a QUIC packet to the other side; gives whether it was taken. What is not taken is lost, as on any network.
    pub fn send(&mut self, now: Instant, packet: &[u8]) -> bool {
        let now = self.clock.tell(now);
        let taken = self.try_send(packet);
        if taken {
            self.stats.sent += 1;
            self.unanswered.get_or_insert(now);
        } else {
            self.stats.dropped += 1;
        }
        taken
    }

    /// Whether a datagram on a shared socket is for this client.
    pub fn owns(&self, link: LinkId, from: SocketAddr, data: &[u8]) -> bool {
        if self.udp != Some((link, from)) {
            return false;
        }
        match data.split_first() {
            Some((first, _)) if *first == Kind::RelayData as u8 => self.is_own_data(data),
            Some((first, rest)) if *first == Kind::RelayControl as u8 => {
                link::decode(rest).is_some_and(|message| self.is_for_me(&message))
            }
            _ => false,
        }
    }

    /// Whether a link is one of this client's own streams.
    pub fn owns_link(&self, link: LinkId) -> bool {
        self.streams.owns(link)
    }

    /// The QUIC packet inside a datagram that [`RelayClient::owns`], without a copy: for owners that would rather not
    /// feed it and get the same back as [`ClientEvent::Packet`]. `None` if it is a control message or not its own.
    pub fn unwrap_datagram<'a>(
        &mut self,
        now: Instant,
        link: LinkId,
        from: SocketAddr,
        data: &'a mut [u8],
    ) -> Option<&'a mut [u8]> {
        let now = self.clock.tell(now);
        if self.udp != Some((link, from)) || !self.is_own_data(data) {
            return None;
        }
        self.note_packet(now);
        data.get_mut(CHANNEL_HEADER..)
    }

    /// Gives the place back.
    pub fn leave(&mut self, now: Instant) {
        self.clock.tell(now);
        if let Some(place) = self.place.clone() {
            self.send_control(&RelayMsg::Leave(place));
        }
        self.end(None);
    }

    /// How far it is.
    pub const fn state(&self) -> ClientState {
        self.state
    }

    /// How the relay is reached, once the place is taken.
    pub const fn over(&self) -> Option<Over> {
        if self.place.is_some() { Some(self.over) } else { None }
    }

    /// Whether the TCP connection takes no more packets for now. UDP drops instead.
    pub fn is_blocked(&self) -> bool {
        self.over.is_stream() && self.streams.asked().is_some_and(|link| self.outbox.is_blocked(link))
    }

    /// What it counted.
    pub const fn stats(&self) -> ClientStats {
        ClientStats { events_lost: self.events.dropped(), ..self.stats }
    }

    fn emit(&mut self, event: ClientEvent) {
        // The queue counts what does not fit.
        let _ = self.events.push(event);
    }

    fn try_send(&mut self, packet: &[u8]) -> bool {
        let Some(place) = self.place.as_ref().filter(|_| self.state != ClientState::Closed) else {
            return false;
        };
        let quic = packet.first().is_some_and(|first| Kind::is_quic(*first));
        if !quic || packet.len() > self.max_packet || self.is_blocked() {
            return false;
        }
        let mut bytes = Vec::with_capacity(CHANNEL_HEADER + packet.len());
        match (self.over, self.udp, self.streams.asked()) {
            (Over::Udp, Some((link, relay)), _) => {
                bytes.extend_from_slice(&channel_header(place.channel));
                bytes.extend_from_slice(packet);
                let before = self.outbox.dropped();
                self.outbox.datagram(link, relay, bytes);
                self.outbox.dropped() == before
            }
            (Over::Tcp | Over::WebSocket, _, Some(link)) => {
                put_short(&mut bytes, packet) && self.outbox.stream(link, bytes).is_ok()
            }
            _ => false,
        }
    }

    fn is_own_data(&self, data: &[u8]) -> bool {
        let quic = data.get(CHANNEL_HEADER).is_some_and(|first| Kind::is_quic(*first));
        let channel = channel_of(data);
        quic && self.over == Over::Udp && self.place.as_ref().is_some_and(|p| Some(p.channel) == channel)
    }

    fn is_for_me(&self, message: &RelayMsg) -> bool {
        match message {
            RelayMsg::OpenAck(OpenAck { nonce, .. }) | RelayMsg::Refused { nonce, .. } => {
                *nonce == self.nonce
            }
            RelayMsg::Paired(place)
            | RelayMsg::Closed { place, .. }
            | RelayMsg::Pong { place, .. }
            | RelayMsg::UnknownPlace(place)
            | RelayMsg::Draining(place) => self.place.as_ref() == Some(place),
            _ => false,
        }
    }

    fn note_packet(&mut self, now: Instant) {
        self.note_heard(now);
        self.stats.received += 1;
        // Only a pair carries packets: the message that says so may have been lost.
        self.note_pair_state(PairState::Paired);
    }

    /// Something came, so the relay is there. Only the answer to the proof of our address ends its repeats, and nothing puts
    /// them off: until it is proven the relay carries hardly more to it than came from it.
    const fn note_heard(&mut self, now: Instant) {
        self.heard = now;
        self.unanswered = None;
        self.asked.0 = 0;
        if self.proved {
            self.asked.1 = now;
        }
    }

    fn note_pair_state(&mut self, state: PairState) {
        if state == PairState::Paired && self.state == ClientState::Waiting {
            change(&mut self.state, ClientState::Paired);
            self.emit(ClientEvent::Paired);
        }
    }

    fn open_message(&self) -> RelayMsg {
        RelayMsg::Open(Open {
            token: self.config.token.clone(),
            nonce: self.nonce,
            resume: self.place.clone(),
            padding: PADDING,
        })
    }

    fn handle_message(&mut self, now: Instant, over: Over, message: RelayMsg) {
        if !self.is_for_me(&message) || self.state == ClientState::Closed {
            self.stats.ignored += 1;
            return;
        }
        match message {
            RelayMsg::OpenAck(ack) => self.handle_open_ack(now, over, ack),
            // While a place is held, a refusal only says that the relay does not let it move.
            RelayMsg::Refused { reason, .. } if self.place.is_none() => {
                self.end(Some(ClientClosed::Refused(reason)));
            }
            RelayMsg::Closed { reason, .. } => self.end(Some(ClientClosed::Ended(reason))),
            RelayMsg::UnknownPlace(_) => self.end(Some(ClientClosed::Forgotten)),
            RelayMsg::Paired(_) => {
                self.note_heard(now);
                self.note_pair_state(PairState::Paired);
            }
            RelayMsg::Pong { state, .. } => {
                self.proved = true;
                self.note_heard(now);
                self.note_pair_state(state);
            }
            RelayMsg::Draining(_) if !self.told_draining => {
                self.told_draining = true;
                self.emit(ClientEvent::Draining);
            }
            _ => {}
        }
    }

    fn handle_open_ack(&mut self, now: Instant, over: Over, ack: OpenAck) {
        if self.place.is_none() {
            self.over = over;
            self.max_packet = match (over, self.udp.and_then(|(link, _)| self.sockets.get(&link))) {
                (Over::Udp, Some((_, max))) => {
                    usize::from(ack.max_packet).min(max.saturating_sub(CHANNEL_HEADER))
                }
                _ => usize::from(ack.max_packet).min(self.config.limits.stream_packet),
            };
            (self.retransmit, self.fallback_at, self.give_up_at) = (None, None, None);
            let kept = self.streams.asked().filter(|_| over.is_stream());
            for link in self.streams.settle(kept) {
                self.outbox.close(link);
            }
            change(&mut self.state, ClientState::Waiting);
            let max_datagram = self.max_packet;
            self.emit(ClientEvent::Ready { max_datagram, over, observed: ack.observed });
        } else if self.place.as_ref() != Some(&ack.place) {
            self.stats.moves += 1;
            self.proved = false;
        }
        self.place = Some(ack.place);
        self.note_heard(now);
        if over.is_stream() {
            self.proved = true;
            // Says that we know of the place: from now on nobody else takes it. A connection repeats it by itself.
            if let Some(place) = self.place.clone() {
                self.send_control(&RelayMsg::Ping(place));
            }
        } else if !self.proved {
            // Brings the proof back, so that the relay knows this address for ours.
            self.ask(now);
        }
        self.note_pair_state(ack.state);
    }

    /// Ends the client; without a reason its owner wanted it.
    fn end(&mut self, reason: Option<ClientClosed>) {
        if self.state == ClientState::Closed {
            return;
        }
        change(&mut self.state, ClientState::Closed);
        for link in self.streams.settle(None) {
            self.outbox.close(link);
        }
        (self.retransmit, self.fallback_at, self.give_up_at) = (None, None, None);
        if let Some(reason) = reason {
            self.emit(ClientEvent::Closed { reason });
        }
    }
}

impl Machine for RelayClient {
    type Event = ClientEvent;

    fn handle_input(&mut self, now: Instant, input: Input<'_>) {
        let now = self.clock.tell(now);
        self.outbox.note(&input);
        match input {
            Input::Opened { link, local, max_datagram } => self.handle_opened(now, link, local, max_datagram),
            Input::Datagram { link, from, data, .. } => self.handle_datagram(now, link, from, data),
            Input::Stream { link, data } => self.handle_stream(now, link, data),
            Input::Closed { link, .. } => self.handle_closed(now, link),
            Input::NetworkChanged { addrs } => self.handle_network_changed(now, addrs),
            _ => {}
        }
    }

    fn handle_timeout(&mut self, now: Instant) {
        let now = self.clock.tell(now);
        if self.give_up_at.is_some_and(|at| at <= now) {
            self.end(Some(ClientClosed::Unreachable));
        }
        if self.fallback_at.is_some_and(|at| at <= now) {
            self.fallback_at = None;
            self.fall_back(now);
        }
        self.drive_streams(now);
        if let Some((at, wait)) = self.retransmit
            && at <= now
        {
            let next = (wait * 2).min(self.config.timing.retransmit_max);
            self.retransmit = Some((now + next, next));
            self.send_udp(&self.open_message());
        }
        if self.question_at().is_some_and(|at| at <= now) {
            self.handle_silence(now);
        }
    }

    fn poll_output(&mut self, _: Instant, buf: &mut Vec<u8>) -> Option<Output> {
        self.outbox.poll(buf)
    }

    fn poll_event(&mut self) -> Option<ClientEvent> {
        self.events.pop()
    }

    fn poll_timeout(&self) -> Option<Deadline> {
        let named = |at: Option<Instant>, reason| at.map(|at| Deadline::new(at, reason));
        earliest([
            named(self.retransmit.map(|(at, _)| at), "relay open again"),
            named(self.fallback_at, "relay tcp fallback"),
            self.streams.deadline(),
            named(self.give_up_at, "relay gives up"),
            named(self.question_at(), "relay keepalive"),
        ])
    }
}
