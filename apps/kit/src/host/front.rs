//! Takes the node's events, on its thread.

use std::collections::BTreeSet;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex};

use deskwire_core::identity::{PublicKey, SafetyNumber};
use deskwire_core::machine::Instant;
use deskwire_core::sessions::{ChargeResult, HostEvent, SecondFactorResult};
use deskwire_core::wire::session::LoginMethod;
use deskwire_core::{ConnectionEvent, ConnectionId, Node, NodeEvent, ServerProblem};

use super::feed::Wanted;
use super::input::InputSender;
use super::login::Logins;
use super::screen::{ScreenSender, ToScreen};
use super::sound::Sounds;
use super::{Event, Shown, lock_mutex};
use crate::access::{Access, FactorCheck};
use crate::net::Way;
use crate::state::StateError;

/// What is done with the node's events.
pub(super) struct Front {
    pub(super) way: Way,
    pub(super) sounds: Sounds,
    pub(super) viewers: BTreeSet<ConnectionId>,
    pub(super) shown: Arc<Mutex<Shown>>,
    pub(super) screen: ScreenSender,
    pub(super) input: Option<InputSender>,
    pub(super) clipboard: Arc<Mutex<Option<crate::clipboard::SharingSender>>>,
    pub(super) logins: Arc<Mutex<Logins>>,
    pub(super) events: Sender<Event>,
    /// The viewer about whom somebody is being asked: never more than one.
    pub(super) asking: Option<ConnectionId>,
}

/// When a viewer may ask again that came while another was asking, in seconds: the question is over by then.
const QUESTION_S: u32 = 60;

impl Front {
    fn tell(&self, event: Event) {
        // Nobody listens any more if this fails.
        let _ = self.events.send(event);
    }

    /// The question about a viewer is over, if there was one.
    fn answered(&mut self, viewer: ConnectionId) {
        self.asking.take_if(|asking| *asking == viewer);
    }

    pub(super) fn handle(&mut self, node: &mut Node, now: Instant, event: NodeEvent) {
        match event {
            NodeEvent::ServerKeySeen(key) => self.tell(Event::ServerKeySeen(key)),
            NodeEvent::Registered { id, .. } => {
                let events = self.events.clone();
                // After it is written down, so that who hears of it finds it there.
                self.way.later(move |_| {
                    // Nobody listens any more if this fails.
                    let _ = events.send(Event::Registered(id));
                    Ok(())
                });
            }
            NodeEvent::ServerProblem(problem) => self.tell(match self.way.name_trouble() {
                Some(why) if problem == ServerProblem::Unreachable => Event::NameTrouble(why),
                _ => Event::ServerProblem(problem),
            }),
            NodeEvent::Connection { connection, event } => self.connection(node, now, connection, event),
            _ => {}
        }
    }

    fn connection(&mut self, node: &mut Node, now: Instant, viewer: ConnectionId, event: ConnectionEvent) {
        match event {
            ConnectionEvent::Established { peer_key, .. } => {
                self.viewers.insert(viewer);
                let shown = lock_mutex(&self.shown);
                node.with_host(now, viewer, |now, session| shown.tell(now, session));
                drop(shown);
                let safety_number = SafetyNumber::of(&self.way.identity(), &peer_key);
                self.tell(Event::Connected { viewer, key: peer_key, safety_number });
            }
            ConnectionEvent::Host(event) => {
                if let Some(event) = self.sounds.handle(node, now, viewer, event) {
                    self.session(node, now, viewer, event);
                }
            }
            ConnectionEvent::PathChanged { path, rtt } => self.tell(Event::PathChanged { viewer, path, rtt }),
            ConnectionEvent::PunchFailed(report) => self.tell(Event::PunchFailed { viewer, report }),
            ConnectionEvent::Closed(end) => {
                self.answered(viewer);
                self.screen.send(ToScreen::Gone(viewer));
                self.sounds.gone(viewer);
                if self.viewers.remove(&viewer) {
                    self.tell(Event::Left { viewer, reason: end.to_string() });
                }
            }
            _ => {}
        }
    }

    fn session(&mut self, node: &mut Node, now: Instant, viewer: ConnectionId, event: HostEvent) {
        match event {
            HostEvent::ChargeAttempt { ticket, method: LoginMethod::Approval } if self.asking.is_some() => {
                let result = ChargeResult::Refused { retry_after_s: Some(QUESTION_S) };
                node.with_host(now, viewer, |now, session| session.attempt_charged(now, ticket, result));
            }
            HostEvent::ChargeAttempt { ticket, method } => {
                if method == LoginMethod::Approval {
                    self.asking = Some(viewer);
                }
                let logins = Arc::clone(&self.logins);
                self.way.later(move |way| {
                    let (result, kept) =
                        lock_mutex(&logins).charge(way.state(), method, crate::net::unix_time());
                    // An error says that the node has stopped.
                    let _ = way.handle().send(move |node, now| {
                        node.with_host(now, viewer, |now, session| {
                            session.attempt_charged(now, ticket, result)
                        });
                    });
                    kept
                });
            }
            HostEvent::RefundAttempt { method, .. } => {
                let logins = Arc::clone(&self.logins);
                self.way.later(move |way| lock_mutex(&logins).refund(way.state(), method));
            }
            HostEvent::ApprovalWanted { ticket } => self.tell(Event::ApprovalWanted { viewer, ticket }),
            HostEvent::ApprovalOver { ticket } => self.tell(Event::ApprovalOver { viewer, ticket }),
            HostEvent::SecondFactor { ticket, code, trust } => {
                let key = node.with_host(now, viewer, |_, session| *session.viewer_key());
                let Some(key) = key else { return };
                let logins = Arc::clone(&self.logins);
                self.way.later(move |way| {
                    let (result, kept) = second_factor(way, &mut lock_mutex(&logins), &key, &code.0, trust);
                    // An error says that the node has stopped.
                    let _ = way.handle().send(move |node, now| {
                        node.with_host(now, viewer, |now, session| {
                            session.second_factor_checked(now, ticket, result);
                        });
                    });
                    kept
                });
            }
            HostEvent::LoggedIn { method, granted } => {
                self.sounds.logged_in(node, now, viewer);
                self.answered(viewer);
                self.tell(Event::LoggedIn { viewer, method, granted });
            }
            HostEvent::Recording { on } => self.tell(Event::Recording { viewer, on }),
            HostEvent::LoginRefused { why } => {
                self.answered(viewer);
                self.tell(Event::LoginRefused { viewer, why });
            }
            HostEvent::FrameWanted { display, epoch, sequence, full, pace } => {
                let wanted = Wanted { epoch, sequence, full, pace };
                self.screen.send(ToScreen::Wanted { viewer, display, wanted });
            }
            HostEvent::Input(events) => {
                if let Some(input) = &self.input {
                    input.send(events);
                }
            }
            HostEvent::Clipboard(text) => {
                if let Some(clipboard) = &*lock_mutex(&self.clipboard) {
                    clipboard.set(text);
                }
            }
            _ => {}
        }
    }
}

/// Charges a second factor, and checks it if that is allowed. What cannot be written down does not count as right.
fn second_factor(
    way: &Way,
    logins: &mut Logins,
    viewer: &PublicKey,
    code: &str,
    trust: bool,
) -> (SecondFactorResult, Result<(), StateError>) {
    let (state, now) = (way.state(), crate::net::unix_time());
    let (charged, kept) = logins.charge_second_factor(state, now);
    if let ChargeResult::Refused { retry_after_s } = charged {
        return (SecondFactorResult::Refused { retry_after_s }, kept);
    }
    match Access::check_second(state, viewer, code, trust, now) {
        Ok(FactorCheck::Wrong) => (SecondFactorResult::Wrong, Ok(())),
        Ok(FactorCheck::Right) => match logins.refund_second_factor(state) {
            Ok(()) => (SecondFactorResult::Right, Ok(())),
            Err(error) => (SecondFactorResult::Wrong, Err(error)),
        },
        Err(error) => (SecondFactorResult::Wrong, Err(error)),
    }
}
