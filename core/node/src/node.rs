//! A device on the network.

use alloc::collections::{BTreeMap, VecDeque};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use deskwire_identity::PublicKey;
use deskwire_machine::{
    Clock, Deadline, IfAddr, Input, Instant, LinkId, LinkIds, LinkSpec, Machine, Outbox, Output, Seed,
    earliest,
};
use deskwire_punch::{Filtering, Reflexive};
use deskwire_rendezvous::client::{DialRequest, DialTicket, ServerAddress, Trust};
use deskwire_rendezvous::{Client, ClientConfig};
use deskwire_session::{HostSession, LoginTerms, ViewerSession};
use deskwire_transport::Stats;
use deskwire_wire::frame::Kind;
use deskwire_wire::ids::DeviceId;
use deskwire_wire::rendezvous::AttemptId;

use crate::config::{Config, Host};
use crate::connection::{Connection, Purpose, Shared, Surroundings};
use crate::event::{ConnectionId, NodeEvent, Path, Phase};
use crate::nearby::Nearby;
use crate::session::Session;
use crate::socket::{SocketNews, UdpLink};

/// How often what is due is acted upon in one go; a machine that asks for the same time again and again is the
/// driver's to report.
const MAX_ROUNDS: usize = 16;

/// A dial.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dial {
    /// Whom.
    pub target: DeviceId,
    /// The key this host had before, and the generation it was seen with: another key is a hard stop.
    pub pinned: Option<(PublicKey, u32)>,
}

/// Why a dial was not even begun.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum DialError {
    /// As many connections as allowed exist.
    TooMany {
        /// The bound.
        limit: usize,
    },
}

impl fmt::Display for DialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::TooMany { limit } = self;
        write!(f, "{limit} connections exist, which is the limit; close one first")
    }
}

impl core::error::Error for DialError {}

/// Figures of a connection.
#[derive(Clone, PartialEq, Debug)]
pub struct ConnectionStats {
    /// How far it is.
    pub phase: Phase,
    /// Over what its data goes; `None` while it is not established.
    pub path: Option<Path>,
    /// The transport's figures.
    pub transport: Option<Stats>,
}

/// A device on the network: registers, dials, answers, and owns its connections.
///
/// It is a [`Machine`]: drive it with one of the drivers in `io/`, or with a loop of your own.
#[derive(Debug)]
pub struct Node {
    clock: Clock,
    seed: Seed,
    shared: Arc<Shared>,
    server_key: Option<PublicKey>,
    host: Option<Host>,
    limits: crate::Limits,
    pub(crate) rendezvous: Client,
    outbox: Outbox,
    /// Datagrams that were for nobody.
    strays: u64,
    sockets: Vec<LinkId>,
    pub(crate) udp: Vec<UdpLink>,
    pub(crate) addrs: Vec<IfAddr>,
    /// The network was told once.
    knows_network: bool,
    pub(crate) observed: Reflexive,
    /// The next look, which waits for what the server's other address sees.
    unfinished: Option<Reflexive>,
    pub(crate) filtering: Filtering,
    /// The port that a router mapped to the IPv4 socket.
    pub(crate) mapped: Option<SocketAddr>,
    has_reflector: bool,
    /// Where the server is; unspecified while that is not known.
    pub(crate) server: IpAddr,
    pub(crate) udp_blocked: bool,
    pub(crate) connections: BTreeMap<ConnectionId, Connection>,
    made: u64,
    dials: BTreeMap<DialTicket, ConnectionId>,
    attempts: BTreeMap<AttemptId, ConnectionId>,
    nearby: Nearby,
    events: VecDeque<NodeEvent>,
}

/// Borrows what a connection needs of its node, beside the connection itself.
macro_rules! surroundings {
    ($node:expr) => {
        Surroundings {
            udp: &$node.udp,
            addrs: &$node.addrs,
            observed: $node.observed,
            filtering: $node.filtering,
            mapped: $node.mapped,
            udp_blocked: $node.udp_blocked,
            server: $node.server,
        }
    };
}
pub(crate) use surroundings;

mod mapped;
mod server;

impl Node {
    /// A node that begins to work at once: it opens its sockets, and registers if it is a host.
    pub fn new(now: Instant, config: Config) -> Self {
        let ids = LinkIds::new();
        let mut outbox = Outbox::new(0);
        let mut sockets = Vec::new();
        let anywhere =
            [SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)), SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0))];
        for local in anywhere {
            let link = ids.allocate();
            outbox.open(link, LinkSpec::Udp { local: Some(local) });
            sockets.push(link);
        }
        let server = ServerAddress { main: config.server.address, reflector: config.server.reflector };
        let trust = config.server.key.map_or(Trust::FirstUse, Trust::Key);
        let mut rendezvous = ClientConfig::new(
            config.seed.derive("rendezvous"),
            config.identity.clone(),
            server,
            trust,
            config.unix_time,
        );
        rendezvous.ids = ids.clone();
        let others =
            config.server.others.into_iter().map(|(main, reflector)| ServerAddress { main, reflector });
        rendezvous.servers.extend(others);
        rendezvous.websockets = config.server.websocket.into_iter().collect();
        if let Some(host) = &config.host {
            rendezvous.id = host.id;
            rendezvous.certificate = host.certificate.clone();
            rendezvous.epoch = host.epoch;
        }
        let mut rendezvous = Client::new(now, rendezvous);
        rendezvous.set_relay_rtts(config.relay_rtts);
        if config.host.is_some() {
            rendezvous.register(now);
        }
        let shared = Shared {
            identity: config.identity,
            ids,
            time_base: config.time_base,
            punch: config.punch,
            punch_limits: config.limits.punch,
            offers: config.offers,
        };
        let nearby = Nearby::new(config.seed.derive("nearby"), config.host.is_some());
        let mut node = Self {
            clock: Clock::new(now),
            seed: config.seed,
            shared: Arc::new(shared),
            server_key: config.server.key,
            host: config.host,
            limits: config.limits,
            rendezvous,
            outbox,
            strays: 0,
            sockets,
            udp: Vec::new(),
            addrs: Vec::new(),
            knows_network: false,
            observed: Reflexive::default(),
            unfinished: None,
            filtering: Filtering::Unknown,
            mapped: None,
            has_reflector: config.server.reflector.is_some(),
            server: config.server.address.ip(),
            udp_blocked: false,
            connections: BTreeMap::new(),
            made: 0,
            dials: BTreeMap::new(),
            attempts: BTreeMap::new(),
            nearby,
            events: VecDeque::new(),
        };
        node.pump(now);
        node
    }

    /// Where link ids come from: a driver numbers accepted links with it.
    pub fn link_ids(&self) -> LinkIds {
        self.shared.ids.clone()
    }

    /// Dials a host. News come as [`NodeEvent::Connection`].
    ///
    /// # Errors
    /// When there are as many connections as allowed.
    pub fn dial(&mut self, now: Instant, dial: Dial) -> Result<ConnectionId, DialError> {
        let now = self.clock.tell(now);
        let limit = self.limits.connections;
        if self.connections.values().filter(|connection| !connection.is_done()).count() >= limit {
            return Err(DialError::TooMany { limit });
        }
        let ticket = self
            .rendezvous
            .connect(now, DialRequest::new(dial.target))
            .map_err(|refused| DialError::TooMany { limit: refused.limit })?;
        let purpose = Purpose::Dial {
            target: dial.target,
            server: self.server_key.map(|key| key.fingerprint()),
            pinned: dial.pinned,
        };
        let id = self.add(now, purpose);
        self.dials.insert(ticket, id);
        self.pump(now);
        Ok(id)
    }

    /// Ends a connection in order; the other side is told `reason`.
    pub fn close(&mut self, now: Instant, connection: ConnectionId, reason: &str) {
        let now = self.clock.tell(now);
        let around = surroundings!(self);
        if let Some(connection) = self.connections.get_mut(&connection) {
            connection.close(now, reason, &around);
        }
        self.pump(now);
    }

    /// Does something with the session of a viewer; `None` if there is no such session.
    pub fn with_viewer<R>(
        &mut self,
        now: Instant,
        connection: ConnectionId,
        act: impl FnOnce(Instant, &mut ViewerSession) -> R,
    ) -> Option<R> {
        let now = self.clock.tell(now);
        let result = match self.connections.get_mut(&connection)?.session_mut()? {
            Session::Viewer(session) => act(now, session),
            Session::Host(_) => return None,
        };
        self.moved(now, connection);
        Some(result)
    }

    /// Does something with the session of a host; `None` if there is no such session.
    pub fn with_host<R>(
        &mut self,
        now: Instant,
        connection: ConnectionId,
        act: impl FnOnce(Instant, &mut HostSession) -> R,
    ) -> Option<R> {
        let now = self.clock.tell(now);
        let result = match self.connections.get_mut(&connection)?.session_mut()? {
            Session::Host(session) => act(now, session),
            Session::Viewer(_) => return None,
        };
        self.moved(now, connection);
        Some(result)
    }

    /// The registration epoch is on disk.
    pub fn epoch_persisted(&mut self, now: Instant, epoch: u64) {
        let now = self.clock.tell(now);
        self.rendezvous.epoch_persisted(now, epoch);
        self.pump(now);
    }

    /// Changes how viewers log in, for those too that are connected and not in yet; what viewers that are in may do, where
    /// the terms say something else than before. Does nothing on a device that is no host.
    pub fn set_login(&mut self, now: Instant, terms: LoginTerms) {
        let now = self.clock.tell(now);
        let Some(host) = &mut self.host else { return };
        host.login = terms.clone();
        let ids: Vec<ConnectionId> = self.connections.keys().copied().collect();
        for id in ids {
            if let Some(connection) = self.connections.get_mut(&id) {
                connection.set_terms(&terms);
            }
            self.with_host(now, id, |now, session| {
                let offer = terms.for_viewer(session.viewer_key());
                session.set_login(now, offer);
            });
        }
    }

    /// How viewers log in; `None` on a device that is no host.
    pub fn login(&self) -> Option<&LoginTerms> {
        self.host.as_ref().map(|host| &host.login)
    }

    /// Figures of a connection.
    pub fn stats(&mut self, connection: ConnectionId) -> Option<ConnectionStats> {
        let connection = self.connections.get_mut(&connection)?;
        Some(ConnectionStats {
            phase: connection.phase(),
            path: connection.path(),
            transport: connection.transport_mut().map(|transport| transport.stats()),
        })
    }

    /// Datagrams on the shared sockets that were for nobody, and what the server's client dropped.
    pub fn dropped(&self) -> u64 {
        let rendezvous = self.rendezvous.stats();
        let rubbish = rendezvous.rubbish + rendezvous.replayed + rendezvous.stale;
        self.strays + rubbish + rendezvous.dropped + self.outbox.dropped()
    }

    /// The connections there are.
    pub fn connections(&self) -> impl Iterator<Item = ConnectionId> {
        self.connections.keys().copied()
    }

    fn moved(&mut self, now: Instant, connection: ConnectionId) {
        let around = surroundings!(self);
        if let Some(connection) = self.connections.get_mut(&connection) {
            connection.pump(now, &around);
        }
        self.pump(now);
    }

    fn add(&mut self, now: Instant, purpose: Purpose) -> ConnectionId {
        self.made += 1;
        let id = ConnectionId(self.made);
        let within = match purpose {
            Purpose::Dial { .. } => self.limits.dial,
            Purpose::Answer { .. } => self.limits.answer,
        };
        let seed = self.seed.derive_indexed("connection", self.made);
        self.connections.insert(id, Connection::new(now, Arc::clone(&self.shared), seed, purpose, within));
        id
    }

    /// Acts on what is due and moves what the children have to say, until nothing is left to do at `now`.
    fn pump(&mut self, now: Instant) {
        self.pump_once(now);
        // Input may come at the very moment at which something is due: then both happen.
        for _ in 0..MAX_ROUNDS {
            if self.poll_timeout().is_none_or(|deadline| deadline.at > now) {
                break;
            }
            self.rendezvous.handle_timeout(now);
            self.nearby.handle_timeout(now);
            if self.nearby.is_due(now, self.udp_blocked) {
                self.measure_relays(now);
            }
            let around = surroundings!(self);
            for connection in self.connections.values_mut() {
                connection.handle_timeout(now, &around);
            }
            self.pump_once(now);
        }
    }

    /// Moves events of the children up, and acts on those that concern siblings.
    fn pump_once(&mut self, now: Instant) {
        while let Some(event) = self.rendezvous.poll_event() {
            self.rendezvous_event(now, event);
        }
        self.ask_reflections(now);
        self.admit_viewers(now);
        if let Some(rtts) = self.nearby.poll_result() {
            self.rendezvous.set_relay_rtts(rtts.clone());
            self.events.push_back(NodeEvent::RelayRtts(rtts));
        }
        let mut over = Vec::new();
        let mut observe = false;
        for (id, connection) in &mut self.connections {
            observe |= connection.take_direct_lost();
            if let Some(request) = connection.take_token_request(now) {
                let (introduction, around) = (request.introduction, surroundings!(self));
                if self.rendezvous.want_tokens(now, request).is_err() && connection.is_of(introduction) {
                    connection.more_relays(now, &[], &[], &around);
                }
            }
            while let Some(event) = connection.poll_event() {
                self.events.push_back(NodeEvent::Connection { connection: *id, event });
            }
            if connection.is_done() {
                over.push(*id);
            }
        }
        if observe {
            self.rendezvous.observe(now);
        }
        for id in over {
            self.connections.remove(&id);
            self.dials.retain(|_, connection| *connection != id);
            self.attempts.retain(|_, connection| *connection != id);
        }
        // The owner drains after every call; a bound is for those that do not.
        while self.events.len() > self.limits.events {
            self.events.pop_front();
        }
    }

    fn socket_news(&mut self, now: Instant, news: SocketNews) {
        match news {
            SocketNews::Opened(udp) => {
                self.udp.retain(|known| known.link != udp.link);
                self.udp.push(udp);
            }
            SocketNews::Closed(link, _) => self.udp.retain(|udp| udp.link != link),
            SocketNews::Blocked(link) | SocketNews::Writable(link) => {
                for udp in self.udp.iter_mut().filter(|udp| udp.link == link) {
                    udp.blocked = matches!(news, SocketNews::Blocked(_));
                }
            }
        }
        self.rendezvous.handle_input(now, news.input());
        self.nearby.handle_socket(now, news);
        let around = surroundings!(self);
        for connection in self.connections.values_mut() {
            connection.handle_socket(now, news, &around);
        }
    }

    fn datagram(&mut self, now: Instant, link: LinkId, input: Input<'_>) {
        let Input::Datagram { from, ecn, data, .. } = input else { return };
        if data.first().copied().and_then(Kind::of) == Some(Kind::Rendezvous) {
            return self.rendezvous.handle_input(now, Input::Datagram { link, from, ecn, data });
        }
        if self.nearby.owns(data) {
            return self.nearby.handle_input(now, Input::Datagram { link, from, ecn, data });
        }
        let around = surroundings!(self);
        if let Some(connection) = self.connections.values_mut().find(|c| c.owns_datagram(link, from, data)) {
            connection.handle_datagram(now, link, from, ecn, data, &around);
        } else {
            self.strays += 1;
        }
    }
}

impl Machine for Node {
    type Event = NodeEvent;

    fn handle_input(&mut self, now: Instant, input: Input<'_>) {
        let now = self.clock.tell(now);
        self.outbox.note(&input);
        if let Input::NetworkChanged { addrs } = input {
            if self.addrs != addrs {
                self.nearby.forget(now);
                self.filtering = Filtering::Unknown;
            }
            if core::mem::replace(&mut self.knows_network, true) {
                // Another network may have another answer, or the first.
                self.events.push_back(NodeEvent::ServerAddressesWanted);
            }
            self.addrs = addrs.to_vec();
            self.rendezvous.handle_input(now, Input::NetworkChanged { addrs });
            if self.connections.values().any(|connection| connection.phase() != Phase::Closed) {
                // Their candidates have to be true again.
                self.rendezvous.observe(now);
            }
            let around = surroundings!(self);
            for connection in self.connections.values_mut() {
                connection.network_changed(now, addrs, &around);
            }
        } else if let Some(link) = link_of(&input) {
            match SocketNews::of(&input).filter(|_| self.sockets.contains(&link)) {
                Some(news) => self.socket_news(now, news),
                None if self.sockets.contains(&link) => self.datagram(now, link, input),
                None => self.other_link(now, link, input),
            }
        }
        self.pump(now);
    }

    fn handle_timeout(&mut self, now: Instant) {
        let now = self.clock.tell(now);
        self.pump(now);
    }

    fn poll_output(&mut self, now: Instant, buf: &mut Vec<u8>) -> Option<Output> {
        let now = self.clock.tell(now);
        let own = self.outbox.poll(buf).or_else(|| self.rendezvous.poll_output(now, buf));
        let own = own.or_else(|| self.nearby.poll_output(now, buf));
        own.or_else(|| self.connections.values_mut().find_map(|connection| connection.poll_output(now, buf)))
    }

    fn poll_event(&mut self) -> Option<NodeEvent> {
        self.events.pop_front()
    }

    fn poll_timeout(&self) -> Option<Deadline> {
        earliest([
            self.rendezvous.poll_timeout(),
            self.nearby.poll_timeout(),
            earliest(self.connections.values().map(Connection::poll_timeout)),
        ])
    }
}

const fn link_of(input: &Input<'_>) -> Option<LinkId> {
    match input {
        Input::Opened { link, .. }
        | Input::Accepted { listener: link, .. }
        | Input::Datagram { link, .. }
        | Input::Stream { link, .. }
        | Input::Blocked { link }
        | Input::Writable { link }
        | Input::Closed { link, .. } => Some(*link),
        _ => None,
    }
}
