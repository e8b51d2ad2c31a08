//! Without a relay: the two sides give each other their addresses through the server, and look for a direct path before
//! there is a session. The path that is found carries the handshake.
//!
//! The punchers are those of a session ([`super::direct`]), with a key that follows from the introduction secret. What
//! they would tell each other inside the session is not carried by the server, beyond each side's addresses: when the
//! server hands these on, it does so to both at the same time, which is when both begin; and the next try follows on the
//! last by the clock.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::time::Duration;

use deskwire_identity::{Secret64, expand, extract};
use deskwire_machine::{Input, Instant, Machine};
use deskwire_punch::{PunchConfig, PunchState, Puncher};
use deskwire_wire::ids::Role;
use deskwire_wire::punch::{PunchMsg, Strategy};
use deskwire_wire::rendezvous::MAX_OFFER;
use deskwire_wire::{CapnProto, Codec};

use super::{Connection, ConnectionEnd, Phase, Purpose, Surroundings};
use crate::config::OfferToAll;

/// What is known before there is a session.
#[derive(Debug, Default)]
pub(super) struct Lobby {
    /// This side's addresses, as a message of its puncher.
    offer: Vec<u8>,
    generation: u32,
    /// The last generation that the server was told.
    told: u32,
    /// The generation of the other side's, once they are there.
    peer: Option<u32>,
    /// Host: the last try.
    round: u8,
    /// Why nothing came of it.
    failure: Option<String>,
}

impl Connection {
    /// This side's offer for the server, if it makes one.
    pub(super) fn tell_offer(&mut self) -> Vec<u8> {
        let Some(lobby) = &mut self.lobby else { return Vec::new() };
        lobby.told = lobby.generation;
        lobby.offer.clone()
    }

    /// Whether there is one that the server does not know.
    pub(super) fn has_new_offer(&self) -> bool {
        self.lobby.as_ref().is_some_and(|lobby| lobby.told != lobby.generation)
    }

    /// Whether the other side's offer may still come.
    pub(super) fn waits_for_offer(&self) -> bool {
        self.lobby
            .as_ref()
            .is_some_and(|lobby| lobby.peer.is_none() && lobby.failure.is_none() && !lobby.offer.is_empty())
    }

    /// Whether this device gives its addresses away in this case.
    fn may_offer(&self) -> bool {
        let offers = &self.shared.offers;
        let none_exists = self.introduction.as_ref().is_some_and(|i| i.relays.is_empty());
        self.shared.punch
            && match &self.purpose {
                // Who dials names the host it wants.
                Purpose::Dial { .. } => offers.to_all != OfferToAll::Never,
                Purpose::Answer { viewer, .. } => {
                    viewer.is_some_and(|viewer| offers.known_viewers.contains(&viewer))
                        || match offers.to_all {
                            OfferToAll::Never => false,
                            OfferToAll::IfServerHasNoRelay => none_exists,
                            OfferToAll::IfNoRelayWorks => true,
                        }
                }
            }
    }

    /// No relay is left: gathers this side's addresses, if it gives them away.
    pub(super) fn make_offer(&mut self, now: Instant, around: &Surroundings<'_>) {
        if self.lobby.is_some() || !self.may_offer() {
            return;
        }
        let Some(introduction) = &self.introduction else { return };
        let chain = extract(b"introduction", &introduction.secret.0);
        let key: Secret64 = expand(&chain, "punch without a session", &introduction.id.0);
        let seed = self.seed.derive("punch without a session");
        let mut config = PunchConfig::new(self.role, key, Some(around.server), seed);
        config.ids = self.shared.ids.clone();
        // Every address of the other side, and no guesses: before the login nobody is made to open sockets, or to probe
        // ports that were not named.
        config.limits = deskwire_punch::PunchLimits { sockets: 0, guesses: 0, ..self.shared.punch_limits };
        let mut puncher = Puncher::new(now, config);
        for udp in around.udp {
            udp.introduce(now, &mut puncher);
        }
        puncher.handle_input(now, Input::NetworkChanged { addrs: around.addrs });
        puncher.set_filtering(around.filtering);
        puncher.set_reflexive(now, around.observed);
        puncher.start(now, Duration::ZERO);
        self.puncher = Some(puncher);
        self.lobby = Some(Lobby::default());
        self.pump_puncher(now, around);
    }

    /// What the puncher would say inside a session. Its addresses are for the server to hand on; the rest follows by
    /// itself.
    pub(super) fn note_offer(&mut self, now: Instant, message: Vec<u8>) {
        let Some(lobby) = &mut self.lobby else { return };
        if let Ok(PunchMsg::Candidates(candidates)) = CapnProto::decode(&message)
            && message.len() <= MAX_OFFER
        {
            (lobby.offer, lobby.generation, lobby.round) = (message, candidates.generation, 0);
            // What was offered before does not hold any more.
            self.ask_now(now);
        }
    }

    /// The other side's addresses: both begin, since the server tells both at the same time.
    pub(super) fn take_offer(&mut self, now: Instant, offer: &[u8]) {
        let (Some(lobby), Some(puncher)) = (&mut self.lobby, &mut self.puncher) else { return };
        if offer.is_empty() || self.phase != Phase::Connecting {
            return;
        }
        let Ok(PunchMsg::Candidates(candidates)) = CapnProto::decode(offer) else { return };
        if lobby.peer != Some(candidates.generation) {
            (lobby.peer, lobby.round) = (Some(candidates.generation), 0);
            puncher.handle_message(now, offer);
        }
        if self.role == Role::Viewer {
            let ready = PunchMsg::Ready { generation: lobby.generation };
            tell(now, puncher, &ready);
        }
        self.next_try(now);
    }

    /// Host: begins the next try when the last is over; the viewer's puncher does so by itself.
    pub(super) fn next_try(&mut self, now: Instant) {
        let (Some(lobby), Some(puncher)) = (&mut self.lobby, &mut self.puncher) else { return };
        let waits =
            lobby.peer.is_some() && self.role == Role::Host && puncher.state() == PunchState::Exchanging;
        if waits && self.phase == Phase::Connecting && lobby.round < u8::MAX {
            lobby.round += 1;
            tell(
                now,
                puncher,
                &PunchMsg::Start { round: lobby.round, delay_us: 0, strategy: Strategy::Timed },
            );
        }
    }

    /// No direct path was found, and there is no session yet. A relay that is still open may bring both together.
    pub(super) fn lobby_failed(&mut self, now: Instant, report: &str) {
        let Some(lobby) = &mut self.lobby else { return };
        lobby.offer.clear();
        lobby.failure = Some(if lobby.peer.is_some() {
            alloc::format!("and there is no direct path: {report}")
        } else {
            "and the other side gave no addresses for a direct path".to_string()
        });
        self.give_up_without_relay(now);
    }

    /// How it ends without a relay.
    pub(super) fn no_relay(&self) -> ConnectionEnd {
        let mut words = self.relays.reasons().join("; ");
        let failure = match &self.lobby {
            Some(lobby) => lobby.failure.as_deref(),
            None => Some("and this device looks for no direct path without one"),
        };
        if let Some(more) = failure {
            if !words.is_empty() {
                words.push_str("; ");
            }
            words.push_str(more);
        }
        ConnectionEnd::NoRelay(words)
    }

    /// Ends a connection that has no relay, and neither a way to get one nor to do without.
    pub(super) fn give_up_without_relay(&mut self, now: Instant) {
        let hopes = self.lobby.as_ref().is_some_and(|lobby| lobby.failure.is_none());
        if self.phase == Phase::Connecting && self.relays.open.is_empty() && !hopes {
            let end = self.no_relay();
            self.finish(now, end);
        }
    }
}

fn tell(now: Instant, puncher: &mut Puncher, message: &PunchMsg) {
    let mut bytes = Vec::new();
    if CapnProto::encode(message, &mut bytes).is_ok() {
        puncher.handle_message(now, &bytes);
    }
}
