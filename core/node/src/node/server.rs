//! What the rendezvous server says, and what follows.

use alloc::string::ToString;
use alloc::vec::Vec;
use core::net::SocketAddr;

use deskwire_identity::PublicKey;
use deskwire_machine::Instant;
use deskwire_punch::{Filtering, Mapping, Observation, Reflexive, classify};
use deskwire_rendezvous::ClientEvent;
use deskwire_rendezvous::client::{DialFailure, Introduction, ServerAddress, UnreachableCause};
use deskwire_session::Ended;
use deskwire_wire::rendezvous::{AttemptId, RefuseReason};

use super::Node;
use crate::connection::{Connection, Purpose, Surroundings};
use crate::event::{ConnectionEnd, ConnectionId, NodeEvent, Phase, ServerProblem};

impl Node {
    pub(super) fn rendezvous_event(&mut self, now: Instant, event: ClientEvent) {
        match event {
            ClientEvent::Connected { over, .. } => {
                self.udp_blocked = over.is_stream();
                self.unfinished = None;
                if self.udp_blocked {
                    self.observed = Reflexive::new(Observation::NoAnswer, Observation::NoAnswer);
                    self.filtering = Filtering::Unknown;
                }
            }
            ClientEvent::PersistEpoch(epoch) => self.events.push_back(NodeEvent::PersistEpoch(epoch)),
            ClientEvent::Registered { id, certificate } => {
                if let Some(host) = &mut self.host {
                    host.id = Some(id);
                }
                self.events.push_back(NodeEvent::Registered { id, certificate });
                self.measure_relays(now);
            }
            ClientEvent::RegistrationRefused(reason) => {
                let problem = ServerProblem::Refused(refusal(reason).to_string());
                self.events.push_back(NodeEvent::ServerProblem(problem));
            }
            ClientEvent::Reflexive { main, second, alternate } => {
                // Also while the session with the server stays on a stream.
                self.udp_blocked = false;
                let unseen = if self.has_reflector { Observation::NoAnswer } else { Observation::NotAsked };
                let alternate = alternate.map_or(Observation::NotAsked, Observation::Seen);
                let second_seen = second.map_or(unseen, Observation::Seen);
                let seen = Reflexive { alternate, ..Reflexive::new(Observation::Seen(main), second_seen) };
                if alternate == Observation::NotAsked {
                    self.events.push_back(NodeEvent::Observed { main, second });
                }
                let is_by_address = matches!(classify(self.observed), Mapping::AddressDependent { .. });
                if is_by_address && alternate == Observation::NotAsked {
                    // Otherwise each look would show another NAT first, and every search begin anew for that.
                    self.unfinished = Some(seen);
                } else {
                    self.unfinished = None;
                    self.look(now, seen);
                }
            }
            ClientEvent::Filtering { filtering, .. } => {
                self.filtering = filtering;
                let seen = self.unfinished.take().unwrap_or(self.observed);
                self.look(now, seen);
            }
            ClientEvent::Incoming { attempt, viewer, .. } => self.incoming(now, attempt, viewer),
            ClientEvent::Introduced { ticket, introduction } => {
                if let Some(id) = self.dials.remove(&ticket) {
                    self.introduced(now, id, introduction);
                }
                // For the next dial: this one did not wait.
                self.measure_relays(now);
            }
            ClientEvent::Accepted { attempt, introduction } => {
                if let Some(id) = self.attempts.remove(&attempt) {
                    self.introduced(now, id, introduction);
                }
            }
            ClientEvent::Tokens { introduction, relays, offer } => {
                let around = surroundings!(self);
                for connection in self.connections.values_mut().filter(|c| c.is_of(introduction)) {
                    connection.more_relays(now, &relays, &offer, &around);
                }
            }
            ClientEvent::Relays(relays) => self.nearby.measure(now, relays, &self.udp),
            ClientEvent::AttemptFailed { attempt } => {
                if let Some(connection) =
                    self.attempts.remove(&attempt).and_then(|id| self.connections.get_mut(&id))
                {
                    connection.fail(now, ConnectionEnd::ServerUnreachable);
                }
            }
            ClientEvent::DialFailed { ticket, reason } => {
                let end = match reason {
                    DialFailure::Refused => ConnectionEnd::NotThere,
                    DialFailure::TimedOut => ConnectionEnd::ServerUnreachable,
                    other => ConnectionEnd::ServerRefused(other.to_string()),
                };
                if let Some(connection) =
                    self.dials.remove(&ticket).and_then(|id| self.connections.get_mut(&id))
                {
                    connection.fail(now, end);
                }
            }
            ClientEvent::Unreachable { cause, .. } => {
                let problem = match cause {
                    UnreachableCause::WrongKey => ServerProblem::KeyMismatch,
                    _ => ServerProblem::Unreachable,
                };
                self.events.push_back(NodeEvent::ServerProblem(problem));
                self.events.push_back(NodeEvent::ServerAddressesWanted);
            }
            ClientEvent::ServerKeyMismatch { .. } => {
                self.events.push_back(NodeEvent::ServerProblem(ServerProblem::KeyMismatch));
            }
            ClientEvent::ServerKeySeen(key) => {
                self.server_key = Some(key);
                for connection in self.connections.values_mut() {
                    connection.set_server(key.fingerprint());
                }
                self.events.push_back(NodeEvent::ServerKeySeen(key));
            }
            _ => {}
        }
    }

    /// The server's addresses, each with its second reflector port, in the order to try them: the answer to
    /// [`NodeEvent::ServerAddressesWanted`], whenever it is there. What stands at one of them stays as it is. An empty list
    /// changes nothing.
    pub fn set_server_addresses(
        &mut self,
        now: Instant,
        addresses: impl IntoIterator<Item = (SocketAddr, Option<SocketAddr>)>,
    ) {
        let now = self.clock.tell(now);
        let servers: Vec<_> =
            addresses.into_iter().map(|(main, reflector)| ServerAddress { main, reflector }).collect();
        if let Some(first) = servers.first() {
            self.server = first.main.ip();
            self.has_reflector = first.reflector.is_some();
        }
        self.rendezvous.set_servers(now, servers);
        self.pump(now);
    }

    /// This device looks like that from outside.
    fn look(&mut self, now: Instant, seen: Reflexive) {
        self.observed = seen;
        let around = surroundings!(self);
        for connection in self.connections.values_mut() {
            connection.observed(now, &around);
        }
    }

    fn incoming(&mut self, now: Instant, attempt: AttemptId, viewer: Option<PublicKey>) {
        let terms = match &self.host {
            Some(host) if self.viewers() < host.max_viewers => host.id.map(|id| (id, host.login.clone())),
            _ => None,
        };
        let Some((id, terms)) = terms.filter(|_| self.make_room_for_viewer(now)) else {
            return self.rendezvous.answer(now, attempt, false, Vec::new());
        };
        let server = self.server_key.map(|key| key.fingerprint());
        let connection = self.add(now, Purpose::Answer { id, server, terms, viewer });
        self.attempts.insert(attempt, connection);
        self.events.push_back(NodeEvent::Incoming { connection });
        self.rendezvous.answer(now, attempt, true, Vec::new());
    }

    /// How many viewers are in.
    fn viewers(&self) -> usize {
        self.connections.values().filter(|c| c.is_viewer_in()).count()
    }

    /// Makes room for one more viewer on its way. Gives whether there is.
    fn make_room_for_viewer(&mut self, now: Instant) -> bool {
        let arriving = |c: &Connection| c.is_answer() && c.phase() < Phase::Active;
        let all = self.connections.values().filter(|c| c.phase() != Phase::Closed).count();
        let on_their_way = self.connections.values().filter(|c| arriving(c)).count();
        if on_their_way < self.limits.arriving && all < self.limits.connections {
            return true;
        }
        // Ids are given out in order, so the first is the oldest. Whoever is honest is at the login within a second or two,
        // and then may have to type.
        let oldest = |early: bool| {
            let mut found = self.connections.iter().filter(|(_, c)| arriving(c));
            found.find(|(_, c)| (c.phase() < Phase::Login) == early).map(|(id, _)| *id)
        };
        let Some(connection) = oldest(true).or_else(|| oldest(false)) else { return false };
        if let Some(connection) = self.connections.get_mut(&connection) {
            let reason = "others wanted to come in".into();
            connection.fail(now, ConnectionEnd::Session(Ended::Asked { reason }));
        }
        true
    }

    /// Sends away who logged in when as many viewers as may be were in already.
    pub(super) fn admit_viewers(&mut self, now: Instant) {
        let most = self.host.as_ref().map_or(0, |host| host.max_viewers);
        let mut admitted = self.connections.values().filter(|c| c.is_admitted()).count();
        let around = surroundings!(self);
        for connection in self.connections.values_mut().filter(|c| c.is_viewer_in() && !c.is_admitted()) {
            if admitted < most {
                admitted += 1;
                connection.admit();
            } else {
                connection.send_away(now, &around);
            }
        }
    }

    /// Asks for the map of relays, to measure the way to them, unless that was done lately.
    pub(super) fn measure_relays(&mut self, now: Instant) {
        if !self.udp_blocked && self.nearby.wants_map(now) {
            self.rendezvous.want_relays(now);
        }
    }

    fn introduced(&mut self, now: Instant, id: ConnectionId, introduction: Introduction) {
        let around = surroundings!(self);
        if let Some(connection) = self.connections.get_mut(&id) {
            connection.introduced(now, introduction, &around);
        }
    }
}

/// A refusal for people.
const fn refusal(reason: RefuseReason) -> &'static str {
    match reason {
        RefuseReason::Busy => "too many new devices came from this network; try again later",
        RefuseReason::Epoch => {
            "another run of this device registered later; is its state folder in use twice?"
        }
        RefuseReason::NotOwner => {
            "the id belongs to another key; remove the state of this server to get a new id"
        }
        RefuseReason::Revoked => "this device was revoked; ask the operator",
        RefuseReason::Signature => {
            "the signature does not fit; are both programs of versions that work together?"
        }
        RefuseReason::Store => "the server cannot reach its store; ask the operator",
        _ => "for a reason that this version does not know; update it",
    }
}
