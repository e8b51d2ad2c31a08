//! From the introduction to the session.

use core::time::Duration;

use super::{
    AnswerConfig, CloseReason, Connection, ConnectionEnd, ConnectionEvent, DialConfig, Input, Instant,
    Introduction, LinkId, Machine, Over, PathKind, Phase, Purpose, RelayClient, RelayConfig, Relayed, Secret,
    Session, Surroundings, ToString, Transport, TransportConfig, Vec, format,
};

use deskwire_handshake::{HostConfig as HandshakeHost, ViewerConfig as HandshakeViewer};
use deskwire_identity::PublicKey;
use deskwire_session::{HostConfig, HostSession, Limits as SessionLimits, ViewerConfig, ViewerSession};
use deskwire_transport::Established;

/// How long a relay may take to bring both sides together before the next is opened beside it.
const NEXT_RELAY: Duration = Duration::from_secs(4);

/// From the end of a path over a relay to the next one.
const REOPEN: Duration = Duration::from_secs(2);

impl Connection {
    /// Server and peer agree: open the way.
    pub(crate) fn introduced(&mut self, now: Instant, introduction: Introduction, around: &Surroundings<'_>) {
        if self.phase != Phase::Introducing {
            return;
        }
        self.spare_relays = introduction.relays.iter().cloned().collect();
        let transport = match self.make_transport(now, &introduction) {
            Ok(transport) => transport,
            Err(end) => return self.finish(now, end),
        };
        self.introduction = Some(introduction);
        self.transport = Some(transport);
        self.set_phase(Phase::Connecting);
        self.open_relay(now, around);
        if self.relays.is_empty() {
            self.finish(now, ConnectionEnd::NoRelay("the server named none".to_string()));
        }
        self.pump(now, around);
    }

    fn make_transport(&self, now: Instant, introduction: &Introduction) -> Result<Transport, ConnectionEnd> {
        let config = TransportConfig::new(
            self.seed.derive("transport"),
            self.shared.ids.clone(),
            self.shared.time_base,
        );
        let secret = Some(Secret::new(introduction.secret.0));
        let identity = self.shared.identity.clone();
        let seed = self.seed.derive("handshake");
        Ok(match &self.purpose {
            Purpose::Dial { target, server, pinned } => {
                let certificate = introduction
                    .certificate
                    .as_ref()
                    .ok_or_else(|| ConnectionEnd::HostKey("the server sent no certificate".to_string()))?;
                let key = proven_key(certificate, *pinned)?;
                let handshake = HandshakeViewer {
                    target: Some(*target),
                    expected_host_key: Some(key),
                    server_fingerprint: *server,
                    introduction: Some(introduction.id),
                    introduction_secret: secret,
                    identity,
                    transport_parameters: Vec::new(),
                    seed,
                };
                Transport::dial(now, DialConfig { handshake, config })
            }
            Purpose::Answer { id, server, .. } => {
                let handshake = HandshakeHost {
                    id: Some(*id),
                    server_fingerprint: *server,
                    introduction: Some(introduction.id),
                    introduction_secret: secret,
                    identity,
                    transport_parameters: Vec::new(),
                    seed,
                };
                Transport::answer(now, AnswerConfig { handshake, retry: false, config })
            }
        })
    }

    /// Opens the next relay of the list beside those that are open.
    pub(super) fn open_relay(&mut self, now: Instant, around: &Surroundings<'_>) {
        self.next_relay_at = None;
        let Some(relay) = self.spare_relays.pop_front() else { return };
        self.relays_tried += 1;
        let websockets = relay.websockets();
        let mut config = RelayConfig::new(
            relay.addresses,
            relay.token.0,
            self.seed.derive_indexed("relay", self.relays_tried),
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
        let path = self.shared.ids.allocate();
        self.relays.push(Relayed {
            client,
            path,
            over: Over::Udp,
            paired: false,
            max_datagram: 0,
            reopen_at: None,
            checked: now,
        });
        // Both sides go on to the next relay after the same time, so they meet there if not here.
        if self.phase == Phase::Connecting && !self.spare_relays.is_empty() {
            self.next_relay_at = Some(now + NEXT_RELAY);
        }
    }

    /// Both sides are at a relay: the transport gets a path over it.
    pub(super) fn relay_paired(&mut self, now: Instant, index: usize) {
        let Some(relay) = self.relays.get_mut(index).filter(|relay| !relay.paired) else { return };
        relay.paired = true;
        let (path, max_datagram) = (relay.path, relay.max_datagram);
        self.next_relay_at = None;
        self.open_path(now, path, PathKind::Relay, max_datagram);
    }

    /// The transport gave the path over a relay up. The relay may be reached again before it notices anything itself:
    /// then it gets another path.
    pub(super) fn relay_path_lost(&mut self, now: Instant, link: LinkId) {
        let dials = matches!(self.purpose, Purpose::Dial { .. });
        let Some(relay) = self.relays.iter_mut().find(|relay| relay.path == link && relay.paired) else {
            return;
        };
        if let Some(transport) = &mut self.transport {
            transport.handle_input(now, Input::Closed { link, reason: CloseReason::Local });
        }
        relay.path = self.shared.ids.allocate();
        // The dialling side starts paths, once the other side has heard that the old one is over.
        relay.reopen_at = Some(if dials { now + REOPEN } else { now });
        self.reopen_relay_paths(now);
    }

    /// Opens the paths whose time has come.
    pub(super) fn reopen_relay_paths(&mut self, now: Instant) {
        let due = |relay: &Relayed| relay.reopen_at.is_some_and(|at| at <= now);
        while let Some(relay) = self.relays.iter_mut().find(|relay| due(relay)) {
            relay.reopen_at = None;
            let (path, max_datagram) = (relay.path, relay.max_datagram);
            self.open_path(now, path, PathKind::Relay, max_datagram);
        }
    }

    /// A relay is gone, or did not let us in. The session goes on elsewhere if there is an elsewhere.
    pub(super) fn relay_closed(&mut self, now: Instant, index: usize, why: &str, around: &Surroundings<'_>) {
        let relay = self.relays.remove(index);
        if relay.paired
            && let Some(transport) = &mut self.transport
        {
            transport.handle_input(now, Input::Closed { link: relay.path, reason: CloseReason::Reset });
        }
        self.leaving.push(relay.client);
        self.relay_failures.push(why.to_string());
        if self.phase == Phase::Closed {
            return;
        }
        self.open_relay(now, around);
        if self.phase == Phase::Connecting && self.relays.is_empty() {
            self.finish(now, ConnectionEnd::NoRelay(self.relay_failures.join("; ")));
        }
    }

    pub(super) fn open_path(&mut self, now: Instant, path: LinkId, kind: PathKind, max_datagram: usize) {
        if let Some(transport) = &mut self.transport {
            transport.set_path_kind(path, kind);
            let local = super::direct::NO_ADDRESS;
            transport.handle_input(now, Input::Opened { link: path, local, max_datagram });
        }
    }

    /// The transport stands: the session begins.
    pub(super) fn established(&mut self, now: Instant, established: &Established) {
        self.deadline = None;
        let exporter = established.exporter.clone();
        self.exporter = Some(exporter.clone());
        let seed = self.seed.derive("session");
        let (ids, limits) = (self.shared.ids.clone(), SessionLimits::default());
        let own = self.shared.identity.public();
        let session = match &self.purpose {
            Purpose::Dial { .. } => {
                let config = ViewerConfig {
                    seed,
                    ids,
                    limits,
                    exporter,
                    viewer_key: own,
                    host_key: established.peer_key,
                };
                Session::Viewer(ViewerSession::new(now, config))
            }
            Purpose::Answer { terms, .. } => {
                let config = HostConfig {
                    seed,
                    ids,
                    limits,
                    exporter,
                    viewer_key: established.peer_key,
                    host_key: own,
                    code: terms.code.clone(),
                    granted: terms.granted,
                };
                Session::Host(HostSession::new(now, config))
            }
        };
        let generation = self
            .introduction
            .as_ref()
            .and_then(|introduction| introduction.certificate.as_ref())
            .map_or(0, |certificate| certificate.generation);
        self.session = Some(session);
        self.events.push_back(ConnectionEvent::Established { peer_key: established.peer_key, generation });
        self.set_phase(Phase::Login);
    }

    /// The login is done: addresses may be exchanged.
    pub(super) fn logged_in(&mut self, now: Instant, around: &Surroundings<'_>) {
        self.set_phase(Phase::Active);
        // A second relay is kept warm, so that the session outlives the first.
        if self.relays.len() < 2 {
            self.open_relay(now, around);
        }
        if self.shared.punch {
            self.start_punching(now, around);
        }
    }
}

/// The host's key from its certificate, if it is the pinned one, or there is no pin.
fn proven_key(
    certificate: &deskwire_identity::IdCertificate,
    pinned: Option<(PublicKey, u32)>,
) -> Result<PublicKey, ConnectionEnd> {
    let key = certificate.device_key;
    match pinned {
        Some((pin, _)) if pin != key => Err(ConnectionEnd::HostKey(
            "its key is not the one it had before; if its owner confirms the change, remove the old pin"
                .to_string(),
        )),
        Some((_, seen)) if certificate.generation < seen => Err(ConnectionEnd::HostKey(format!(
            "its certificate is of generation {}, older than {seen}, which was seen before",
            certificate.generation
        ))),
        _ => Ok(key),
    }
}
