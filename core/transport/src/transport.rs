//! The machine.

use std::collections::VecDeque;
use std::sync::Arc;

use core::net::SocketAddr;

use deskwire_handshake::{HandshakeError, HostConfig, ViewerConfig};
use deskwire_machine::{
    ChannelSpec, Clock, Deadline, Input, Instant, LinkId, Machine, Outbox, Output, StreamBuf, change,
    earliest,
};
use noq_proto::{
    ClientConfig, Connection, ConnectionError, ConnectionHandle, Endpoint, ServerConfig, Side,
    TransportErrorCode,
};

use crate::channels::Channels;
use crate::config::{AnswerConfig, Config, DialConfig};
use crate::crypto::{Start, is_refusal};
use crate::engine;
use crate::event::{Closed, Established, Event};
use crate::greeting::Greeting;
use crate::meter::Seals;
use crate::packets::FAREWELLS;
use crate::paths::{PathKind, Paths};
use crate::stats::Stats;

/// Engine timers that are due at once, one after the other, before this machine says that it will see to them later.
const TIMEOUTS_PER_TURN: usize = 64;

/// One encrypted connection over any number of links. See the crate documentation.
pub struct Transport {
    pub(crate) clock: Clock,
    pub(crate) config: Config,
    pub(crate) role: Role,
    pub(crate) endpoint: Endpoint,
    pub(crate) connection: Option<Connection>,
    pub(crate) handle: Option<ConnectionHandle>,
    /// The home address of the path that the handshake began on. The engine takes no other for it, whichever link
    /// carries it by now.
    pub(crate) origin: Option<SocketAddr>,
    pub(crate) phase: Phase,
    pub(crate) paths: Paths,
    pub(crate) channels: Channels,
    pub(crate) seals: Arc<Seals>,
    pub(crate) watch: Watch,
    pub(crate) greeting: Greeting,
    pub(crate) outbox: Outbox,
    pub(crate) events: VecDeque<Event>,
    pub(crate) scratch: Vec<u8>,
    /// The engine may have something to send.
    dirty: bool,
    /// When everything that followed was done, unless something happened since.
    settled: Option<Instant>,
    /// The engine has more to send than the congestion window lets go.
    pub(crate) held: bool,
    /// The last packet had no room for more.
    pub(crate) last_was_full: bool,
    /// Bytes that were written since the engine was last asked for packets.
    pub(crate) written: usize,
    /// How often the engine may still be asked for a farewell before something happens.
    pub(crate) farewells: u8,
    /// The suspect link that the next packet goes to, of whatever carries its path.
    pub(crate) probing: Option<LinkId>,
    pub(crate) stats: Stats,
}

/// Which side this is.
pub(crate) enum Role {
    Dial { config: Option<Box<ClientConfig>>, start: Arc<Start<ViewerConfig>> },
    Answer { config: Arc<ServerConfig>, start: Arc<Start<HostConfig>>, retry: bool },
}

deskwire_machine::states! {
    "transport";
    /// How far the connection is.
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    pub(crate) enum Phase {
        /// Until both sides confirmed the keys.
        Handshaking => [Established, Closed],
        /// Channels carry data.
        Established => [Closed],
        /// The owner knows that it is over. A farewell may still be sent.
        Closed => [],
    }
}

/// What this machine watches besides the engine's own timers.
#[derive(Debug)]
pub(crate) struct Watch {
    /// When the handshake is given up: counted from the first link.
    pub(crate) handshake: Option<Instant>,
    /// When something authentic last arrived, on any path.
    pub(crate) heard: Instant,
    /// When the traffic keys are replaced.
    pub(crate) keys: Instant,
    /// Which keys that is about.
    pub(crate) generation: u64,
    /// When the paths were last compared.
    pub(crate) judged: Instant,
    /// The link that was last told to be active.
    pub(crate) told_active: Option<LinkId>,
}

impl Transport {
    /// The dialling side. It starts with the first link that is opened.
    pub fn dial(now: Instant, config: DialConfig) -> Self {
        let DialConfig { handshake, config } = config;
        let seals = Arc::new(Seals::default());
        let (client, start) = engine::client(&config, handshake, &seals);
        Self::new(now, Role::Dial { config: Some(Box::new(client)), start }, config, seals)
    }

    /// The answering side. It takes the first good first packet that comes over any link, and no other.
    pub fn answer(now: Instant, config: AnswerConfig) -> Self {
        let AnswerConfig { handshake, retry, config } = config;
        let seals = Arc::new(Seals::default());
        let (server, start) = engine::server(&config, handshake, &seals);
        Self::new(now, Role::Answer { config: server, start, retry }, config, seals)
    }

    fn new(now: Instant, role: Role, config: Config, seals: Arc<Seals>) -> Self {
        let server = match &role {
            Role::Dial { .. } => None,
            Role::Answer { config, .. } => Some(Arc::clone(config)),
        };
        let endpoint = Endpoint::new(engine::endpoint(&config), server, true);
        Self {
            clock: Clock::new(now),
            role,
            endpoint,
            connection: None,
            handle: None,
            origin: None,
            phase: Phase::Handshaking,
            paths: Paths::default(),
            channels: Channels::new(config.ids.clone()),
            seals,
            greeting: Greeting::default(),
            watch: Watch {
                handshake: None,
                heard: now,
                keys: now + config.timing.key_update,
                generation: 0,
                judged: Instant::ZERO,
                told_active: None,
            },
            // Each link has its own bound (`send`); this one only has to be out of the way.
            outbox: Outbox::new(usize::MAX),
            events: VecDeque::new(),
            scratch: Vec::new(),
            dirty: false,
            settled: None,
            held: false,
            last_was_full: false,
            written: 0,
            farewells: FAREWELLS,
            probing: None,
            stats: Stats::default(),
            config,
        }
    }

    /// Says of which kind a link is. Call it before the link is opened; without it, it counts as a relay's.
    pub fn set_path_kind(&mut self, link: LinkId, kind: PathKind) {
        self.paths.set_kind(link, kind);
    }

    /// Opens a channel. `None` while the connection is not established or the peer allows no more of this kind;
    /// [`Event::ChannelsAvailable`] says when it does.
    pub fn open_channel(&mut self, spec: ChannelSpec) -> Option<LinkId> {
        self.touch();
        let connection = self.connection.as_mut().filter(|_| self.phase == Phase::Established)?;
        self.channels.open(connection, spec)
    }

    /// Changes the priority of a channel's outgoing bytes: higher goes first. Channels of the peer start with 0.
    pub fn set_channel_priority(&mut self, channel: LinkId, priority: i8) {
        if let Some(connection) = &mut self.connection {
            self.channels.set_priority(connection, channel, priority);
        }
    }

    /// Writes to a channel. Gives how many bytes were taken; after less than all, [`Event::ChannelWritable`] follows.
    pub fn write_channel(&mut self, channel: LinkId, data: &[u8]) -> usize {
        let Some(connection) = &mut self.connection else { return 0 };
        let taken = self.channels.write(connection, channel, data);
        self.written = self.written.saturating_add(taken);
        self.touch();
        taken
    }

    /// Moves up to `max` bytes that arrived on a channel to the end of `into`, and gives how many. Fewer than `max`
    /// means that there is no more for now: [`Event::ChannelReadable`] or [`Event::ChannelClosed`] follows.
    pub fn read_channel(&mut self, channel: LinkId, into: &mut StreamBuf, max: usize) -> usize {
        let Some(connection) = &mut self.connection else { return 0 };
        let (read, event) = self.channels.read(connection, channel, into, max);
        self.events.extend(event);
        self.touch();
        read
    }

    /// Ends what this side writes to a channel, in order: the peer gets everything that was written.
    pub fn finish_channel(&mut self, channel: LinkId) {
        if let Some(connection) = &mut self.connection {
            self.channels.finish(connection, channel);
            self.touch();
        }
    }

    /// Cuts what this side writes to a channel: what has not arrived is dropped.
    pub fn reset_channel(&mut self, channel: LinkId, code: u64) {
        if let Some(connection) = &mut self.connection {
            self.channels.reset(connection, channel, code);
            self.touch();
        }
    }

    /// Reads no more from a channel and asks the peer to stop writing.
    pub fn stop_channel(&mut self, channel: LinkId, code: u64) {
        if let Some(connection) = &mut self.connection {
            self.channels.stop(connection, channel, code);
            self.touch();
        }
    }

    /// Sends an unreliable datagram. When too many wait, the oldest are dropped.
    ///
    /// # Errors
    /// Hands it back when it is longer than [`Transport::max_datagram`].
    pub fn send_datagram(&mut self, data: Vec<u8>) -> Result<(), Vec<u8>> {
        if self.max_datagram() < data.len() {
            return Err(data);
        }
        if let Some(connection) = &mut self.connection {
            // Too large and too early were just excluded, and full means that older ones go.
            let _ = connection.datagrams().send(data.into(), true);
            self.touch();
        }
        Ok(())
    }

    /// The largest datagram that can be sent at present; 0 while the connection is not established.
    pub fn max_datagram(&mut self) -> usize {
        let connection = self.connection.as_mut().filter(|_| self.phase == Phase::Established);
        connection.and_then(|connection| connection.datagrams().max_size()).unwrap_or(0)
    }

    /// How many bytes the congestion window of the active path takes now without queueing. Zero while anything
    /// written earlier still waits. Something that is produced on demand (video) is produced when this is enough.
    pub fn send_budget(&self) -> usize {
        if self.held || self.phase != Phase::Established {
            return 0;
        }
        let flight = self.paths.active.and_then(|link| self.paths.of(link)?.flight.as_ref());
        let room = flight.map_or(0, |flight| usize::try_from(flight.room()).unwrap_or(usize::MAX));
        room.saturating_sub(self.written)
    }

    /// Closes the connection; the peer gets code and reason. [`Event::Closed`] follows; drain the outputs after it,
    /// so that the farewell goes out.
    pub fn close(&mut self, now: Instant, code: u64, reason: &str) {
        let now = self.clock.tell(now);
        if let Some(connection) = &mut self.connection {
            let at = self.config.time_base.engine_time(now);
            connection.close(at, engine::code(code), reason.to_owned().into());
        }
        self.end(Closed::Local);
        self.pump(now);
    }

    /// Whether the connection is over and nothing is left to send: the transport can be dropped.
    pub fn is_done(&self) -> bool {
        self.phase == Phase::Closed && self.connection.is_none()
    }

    pub(crate) const fn side(&self) -> Side {
        match self.role {
            Role::Dial { .. } => Side::Client,
            Role::Answer { .. } => Side::Server,
        }
    }

    /// Says why it is over, once.
    pub(crate) fn end(&mut self, reason: Closed) {
        if self.phase != Phase::Closed {
            change(&mut self.phase, Phase::Closed);
            self.events.push_back(Event::Closed { reason });
        }
    }

    fn start_dial(&mut self, now: Instant, address: SocketAddr) {
        let Role::Dial { config, start } = &mut self.role else { return };
        let start = Arc::clone(start);
        let Some(config) = config.take() else { return };
        let at = self.config.time_base.engine_time(now);
        match self.endpoint.connect(at, *config, address, "deskwire") {
            Ok((handle, connection)) => {
                (self.handle, self.connection) = (Some(handle), Some(connection));
                self.origin = Some(address);
            }
            Err(error) => self.end(
                start.failure().map_or_else(|| Closed::Misbehaved(error.to_string()), Closed::Handshake),
            ),
        }
    }

    /// Our words for the engine's reason.
    pub(crate) fn reason_of(&self, error: &ConnectionError) -> Closed {
        let handshaking = self.phase == Phase::Handshaking;
        match error {
            ConnectionError::ApplicationClosed(close) => Closed::Peer {
                code: close.error_code.into_inner(),
                reason: String::from_utf8_lossy(&close.reason).chars().take(200).collect(),
            },
            // The engine has closed the last path of one side, and no other came in time.
            ConnectionError::TransportError(error) if error.code == TransportErrorCode::NO_VIABLE_PATH => {
                Closed::NoPath
            }
            ConnectionError::ConnectionClosed(close)
                if close.error_code == TransportErrorCode::NO_VIABLE_PATH =>
            {
                Closed::NoPath
            }
            ConnectionError::TransportError(error) => {
                let cause = error.crypto.as_ref().and_then(|cause| cause.downcast_ref::<HandshakeError>());
                cause.map_or_else(|| Closed::Misbehaved(error.to_string()), |cause| Closed::Handshake(*cause))
            }
            // The viewer has its keys before the host has checked its last message.
            ConnectionError::ConnectionClosed(close) if handshaking || is_refusal(close) => {
                Closed::HandshakeRefused
            }
            ConnectionError::ConnectionClosed(close) => Closed::Misbehaved(close.to_string()),
            ConnectionError::TimedOut if handshaking => Closed::HandshakeTimedOut,
            ConnectionError::TimedOut => Closed::TimedOut,
            ConnectionError::LocallyClosed => Closed::Local,
            other => Closed::Misbehaved(other.to_string()),
        }
    }

    /// Everything that follows from what was just told, except sending.
    pub(crate) fn pump(&mut self, now: Instant) {
        self.dirty = true;
        let turns = self.paths.turns();
        for _ in 0..TIMEOUTS_PER_TURN {
            self.exchange();
            self.handle_engine_events(now);
            self.observe(now);
            let at = self.config.time_base.engine_time(now);
            match &mut self.connection {
                Some(connection) if connection.poll_timeout().is_some_and(|due| due <= at) => {
                    connection.handle_timeout(at);
                }
                _ => break,
            }
        }
        if self.connection.as_ref().is_some_and(Connection::is_drained) {
            self.exchange();
            self.handle_engine_events(now);
            self.connection = None;
        }
        // Which link carries what decides how long each is waited for: then it has to look once more.
        self.settled = (self.paths.turns() == turns).then_some(now);
    }

    /// Something was asked for that the engine has not been told to act on.
    pub(crate) fn touch(&mut self) {
        (self.dirty, self.settled) = (true, None);
    }

    /// Carries events between the two halves of the engine.
    fn exchange(&mut self) {
        let (Some(connection), Some(handle)) = (&mut self.connection, self.handle) else { return };
        while let Some(event) = connection.poll_endpoint_events() {
            if let Some(answer) = self.endpoint.handle_event(handle, event) {
                connection.handle_event(answer);
            }
        }
    }

    /// Who the peer is, once the engine says that it is connected.
    pub(crate) fn peer(&self) -> Option<Established> {
        let identity = self.connection.as_ref()?.crypto_session().peer_identity()?;
        identity.downcast::<Established>().ok().map(|established| *established)
    }
}

impl Machine for Transport {
    type Event = Event;

    fn handle_input(&mut self, now: Instant, input: Input<'_>) {
        let now = self.clock.tell(now);
        self.farewells = FAREWELLS;
        self.outbox.note(&input);
        match input {
            Input::Opened { link, max_datagram, .. } => {
                // Told twice is told once.
                if self.phase == Phase::Closed || self.paths.of(link).is_some() {
                    return;
                }
                self.watch.handshake.get_or_insert(now + self.config.timing.handshake);
                match self.paths.open(now, link, max_datagram).map(|path| path.address) {
                    Some(address) => {
                        self.start_dial(now, address);
                        self.rescue_handshake(now, link);
                    }
                    None => self.events.push_back(Event::PathDown { link }),
                }
            }
            Input::Datagram { link, ecn, data, .. } => self.handle_datagram(now, link, ecn, data),
            Input::Closed { link, .. } => self.handle_link_closed(now, link),
            // The packets of a blocked link wait in the outbox.
            _ => {}
        }
        self.pump(now);
    }

    fn handle_timeout(&mut self, now: Instant) {
        // Even asking the engine early would move its pacing by a rounding error.
        if self.poll_timeout().is_none_or(|due| due.at > now) {
            return;
        }
        let now = self.clock.tell(now);
        self.farewells = FAREWELLS;
        self.pump(now);
    }

    fn poll_output(&mut self, now: Instant, buf: &mut Vec<u8>) -> Option<Output> {
        let now = self.clock.tell(now);
        loop {
            if let Some(output) = self.outbox.poll(buf) {
                return Some(output);
            }
            if !self.dirty {
                return None;
            }
            // After a pump at which nothing was sent, another one finds nothing.
            let is_sent = self.transmit(now)
                || self.settled != Some(now) && {
                    self.pump(now);
                    self.transmit(now)
                };
            self.dirty = is_sent;
            if !is_sent {
                self.note_drained();
                self.dirty = self.probe_suspects(now);
            }
            if self.dirty {
                self.settled = None;
            }
        }
    }

    fn poll_event(&mut self) -> Option<Event> {
        if let Some(event) = self.events.pop_front() {
            return Some(event);
        }
        if self.phase != Phase::Established {
            return None;
        }
        let datagram = self.connection.as_mut()?.datagrams().recv()?;
        Some(Event::Datagram(datagram.into()))
    }

    fn poll_timeout(&self) -> Option<Deadline> {
        let engine = self.connection.as_ref().and_then(Connection::poll_timeout).map(|at| {
            // Never at or before what it was told (rule 3): what the engine could not finish in one turn comes next.
            let at = self
                .config
                .time_base
                .machine_time(at)
                .max(self.clock.now() + core::time::Duration::from_micros(1));
            Deadline::new(at, "transport: engine")
        });
        earliest([engine, self.own_deadline()])
    }
}

impl core::fmt::Debug for Transport {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Transport")
            .field("side", &self.side())
            .field("phase", &self.phase)
            .finish_non_exhaustive()
    }
}
