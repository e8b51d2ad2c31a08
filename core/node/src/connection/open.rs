//! From the introduction to the session.

use super::{
    AnswerConfig, Connection, ConnectionEnd, ConnectionEvent, DialConfig, Input, Instant, Introduction,
    LinkId, Machine, PathKind, Phase, Purpose, Secret, Session, Surroundings, ToString, Transport,
    TransportConfig, Vec, format,
};

use deskwire_handshake::{HostConfig as HandshakeHost, ViewerConfig as HandshakeViewer};
use deskwire_identity::PublicKey;
use deskwire_session::{HostConfig, HostSession, Limits as SessionLimits, ViewerConfig, ViewerSession};
use deskwire_transport::Established;

impl Connection {
    /// Server and peer agree: open the way.
    pub(crate) fn introduced(&mut self, now: Instant, introduction: Introduction, around: &Surroundings<'_>) {
        if self.phase != Phase::Introducing {
            return;
        }
        let relays = introduction.relays.clone();
        let transport = match self.make_transport(now, &introduction) {
            Ok(transport) => transport,
            Err(end) => return self.finish(now, end),
        };
        self.introduction = Some(introduction);
        self.transport = Some(transport);
        self.set_phase(Phase::Connecting);
        self.begin_relays(now, &relays, around);
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
                Session::Viewer(Box::new(ViewerSession::new(now, config)))
            }
            Purpose::Answer { terms, .. } => {
                let config = HostConfig {
                    seed,
                    ids,
                    limits,
                    exporter,
                    viewer_key: established.peer_key,
                    host_key: own,
                    login: terms.for_viewer(&established.peer_key),
                };
                Session::Host(Box::new(HostSession::new(now, config)))
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
        self.lobby = None;
        // A second relay is kept warm, so that the session outlives the first.
        self.keep_relays(now, around);
        // A session that came up without a relay has its direct path already, and no other to stand on meanwhile.
        if self.shared.punch && !self.is_direct() {
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
