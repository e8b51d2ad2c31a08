//! Takes the node's events, on its thread.

use std::sync::Arc;
use std::sync::mpsc::Sender;

use deskwire_core::identity::{PublicKey, SafetyNumber};
use deskwire_core::machine::Instant;
use deskwire_core::sessions::ViewerEvent;
use deskwire_core::wire::ids::{DeviceId, Private};
use deskwire_core::wire::session::{LoginMethod, LoginRefusal};
use deskwire_core::wire::video::FrameBytes;
use deskwire_core::{ConnectionEnd, ConnectionEvent, ConnectionId, Node, NodeEvent, Phase, ServerProblem};

use super::again::Again;
use super::login::{Door, LoginWith, Offer, proves_host, refusal};
use super::shared::Shared;
use super::sound::Sounds;
use super::{EndKind, Stage, kind_of, pin};
use crate::codec;
use crate::net::Way;
use crate::state::to_hex;
use crate::why::LastSession;

pub(super) struct Front {
    pub(super) way: Way,
    pub(super) shared: Arc<Shared>,
    pub(super) sounds: Arc<Sounds>,
    pub(super) id: DeviceId,
    pub(super) accept_new_key: bool,
    pub(super) painter: Sender<FrameBytes>,
    /// The host's key and generation, once proved.
    pub(super) peer: Option<(PublicKey, u32)>,
    /// What is done when the session is lost.
    pub(super) again: Again,
    /// Whether a host may be used whose key nothing has proven.
    pub(super) accept_unverified: bool,
    /// The second factor, if it was given before it is asked for, and whether the host is to remember this device.
    pub(super) second_factor: Option<(Private<String>, bool)>,
    /// Whether one was sent on this connection.
    pub(super) has_tried_second: bool,
}

impl Front {
    pub(super) fn handle(&mut self, node: &mut Node, now: Instant, event: NodeEvent) {
        match event {
            NodeEvent::ServerProblem(problem @ ServerProblem::KeyMismatch) => {
                self.shared.end(EndKind::Server, problem.to_string());
            }
            // The node goes on trying, which is right for a host; who waits for a window is told.
            NodeEvent::ServerProblem(ServerProblem::Unreachable) if !self.shared.is_introduced() => {
                self.shared.end(EndKind::Server, ConnectionEnd::ServerUnreachable.to_string());
                if let Some(connection) = self.shared.connection() {
                    node.close(now, connection, "the server cannot be reached");
                }
            }
            NodeEvent::Connection { connection, event } => self.connection(node, now, connection, event),
            _ => {}
        }
    }

    fn connection(
        &mut self,
        node: &mut Node,
        now: Instant,
        connection: ConnectionId,
        event: ConnectionEvent,
    ) {
        let shared = &self.shared;
        match event {
            ConnectionEvent::Phase(Phase::Connecting) => {
                shared.stamp(now, |line| &mut line.introduced);
                shared.set_stage(Stage::Connecting("Opening an encrypted channel".into()));
            }
            ConnectionEvent::Established { peer_key, generation } => {
                shared.stamp(now, |line| &mut line.established);
                shared.set_safety_number(SafetyNumber::of(&self.way.identity(), &peer_key));
                self.peer = Some((peer_key, generation));
                if let Some(objection) = self.objection(&peer_key, generation) {
                    shared.end(EndKind::HostKey, objection);
                    node.close(now, connection, "the host's key is not the remembered one");
                    return;
                }
                shared.set_stage(Stage::Connecting("Logging in".into()));
                shared.set_offer(None);
                self.has_tried_second = false;
                shared.set_may_trust(self.accept_unverified || self.is_verified(&peer_key));
                // With a code there is no need to hear first what the host offers.
                if let Some(code @ LoginWith::Code(_)) = shared.kept_login() {
                    self.door(connection).enter(node, now, code);
                }
            }
            ConnectionEvent::Viewer(event) => self.session(node, now, connection, event),
            ConnectionEvent::PathChanged { path, rtt } => {
                shared.set_path(path, rtt);
                if path.is_direct() {
                    shared.stamp(now, |line| &mut line.direct);
                    let record = LastSession::direct(self.id, path);
                    self.way.later(move |way| way.state().set_last_session(&record));
                }
            }
            ConnectionEvent::PunchFailed(report) => {
                let record = LastSession::relayed(self.id, &report);
                self.way.later(move |way| way.state().set_last_session(&record));
                shared.set_no_direct_path(*report);
            }
            ConnectionEvent::Closed(end @ ConnectionEnd::HostKey(_)) => {
                self.sounds.stop();
                shared.end(
                    kind_of(&end),
                    format!("{end}; with --accept-new-key the code has to prove the new key"),
                );
            }
            ConnectionEvent::Closed(end) => {
                self.sounds.stop();
                self.again.closed(node, now, (&self.way, &self.shared), self.peer, &end);
            }
            _ => {}
        }
    }

    /// What is wrong with the host's key. The node checks the pin too if it was known at the dial; with a server that was
    /// met only now, it is known only now.
    fn objection(&self, key: &PublicKey, generation: u32) -> Option<String> {
        let server = self.way.server_key().filter(|_| !self.accept_new_key)?;
        match pin::find(self.way.state(), &server, self.id) {
            Ok(pinned) => pin::objection(pinned, key, generation).map(str::to_owned),
            Err(error) => Some(error.to_string()),
        }
    }

    fn door(&self, connection: ConnectionId) -> Door {
        Door { handle: self.way.handle().clone(), shared: Arc::clone(&self.shared), connection }
    }

    /// Whether a code, a password or a person has proven this key of the host.
    fn is_verified(&self, key: &PublicKey) -> bool {
        let Some(server) = self.way.server_key() else { return false };
        let pin = self.way.state().pin(&server, self.id).ok().flatten();
        pin.is_some_and(|pin| pin.verified && pin.key == to_hex(key.as_bytes()))
    }

    fn session(&mut self, node: &mut Node, now: Instant, connection: ConnectionId, event: ViewerEvent) {
        let shared = &self.shared;
        match event {
            ViewerEvent::LoginWanted { methods, password } => {
                let is_listed = methods.contains(&LoginMethod::Identity) && shared.may_trust();
                shared.set_offer(Some(Offer { methods, password }));
                match shared.kept_login().or_else(|| is_listed.then_some(LoginWith::Key)) {
                    Some(with) => {
                        self.door(connection).enter(node, now, with);
                    }
                    None => shared.ask(None),
                }
            }
            ViewerEvent::LoginFailed { why, retry_after_s } => {
                // It is not tried once more unasked: each wrong one counts.
                self.second_factor = None;
                // After a wrong second factor only that is asked for again, in the next event.
                if self.has_tried_second && why == LoginRefusal::WrongSecret {
                    return;
                }
                self.has_tried_second = false;
                shared.keep_login(None);
                shared.ask(Some(refusal(shared.tried(), why, retry_after_s)));
            }
            ViewerEvent::SecondFactorWanted => {
                let hint =
                    self.has_tried_second.then(|| "that was wrong, or used before; wait for the next".into());
                self.has_tried_second = true;
                match self.second_factor.take() {
                    Some((code, trust)) => {
                        let sent = node.with_viewer(now, connection, |now, session| {
                            session.second_factor(now, &code.0, trust)
                        });
                        if sent.is_some_and(|sent| sent.is_err()) {
                            shared.set_stage(Stage::NeedsSecondFactor { hint });
                        }
                    }
                    None => shared.set_stage(Stage::NeedsSecondFactor { hint }),
                }
            }
            ViewerEvent::LoggedIn { granted } => {
                shared.stamp(now, |line| &mut line.logged_in);
                shared.set_granted(granted);
                self.has_tried_second = false;
                if self.again.logged_in(shared) {
                    shared.start_over();
                }
                shared.set_stage(Stage::Active);
                let sounds = &self.sounds;
                node.with_viewer(now, connection, |now, session| sounds.logged_in(now, session));
                if shared.shares_clipboard() {
                    // Just logged in, so it cannot be refused.
                    node.with_viewer(now, connection, |now, session| session.enable_clipboard(now, true));
                }
                if shared.records() {
                    // The session is another one, and its host does not know.
                    node.with_viewer(now, connection, |now, session| session.announce_recording(now, true));
                }
                self.remember();
            }
            ViewerEvent::Permissions(granted) => shared.set_granted(granted),
            ViewerEvent::Displays(displays) => {
                if let Some(watch) = shared.set_displays(displays) {
                    node.with_viewer(now, connection, |now, session| {
                        session.set_video_codecs(now, codec::CODECS);
                        session.watch(now, &[watch]);
                    });
                }
            }
            ViewerEvent::Frame(frame) => {
                // The thread ends after this one.
                let _ = self.painter.send(frame);
            }
            ViewerEvent::CursorShape(shape) => shared.set_cursor_shape(shape),
            ViewerEvent::CursorPosition(position) => shared.set_cursor_position(position),
            ViewerEvent::Clipboard(text) => shared.take_clipboard(text),
            ViewerEvent::Sound(arrival) => {
                let sounds = &self.sounds;
                node.with_viewer(now, connection, |now, session| sounds.heard(now, session, arrival));
            }
            ViewerEvent::VoiceWanted(wish) => self.sounds.host_listens(wish.is_some()),
            _ => {}
        }
    }

    /// Remembers the host's key; as verified if the host has proved that it knows the code or the password.
    fn remember(&self) {
        let (Some((key, generation)), Some(server)) = (self.peer, self.way.server_key()) else { return };
        let (id, verified) =
            (self.id, self.shared.tried().is_some_and(proves_host) || self.is_verified(&key));
        self.way.later(move |way| pin::remember(way.state(), &server, id, (&key, generation), verified));
    }
}
