//! One session with one peer: relay client, transport, session and puncher, and what joins them.
//!
//! ```text
//! Introducing --introduced--> Connecting --transport established--> Login --logged in--> Active
//!      \__________________________\______________________________________\_________________\--> Closed
//! ```
//!
//! The relay path is opened at once, so that a session never waits for a punch; candidates are exchanged inside the
//! session after the login, so that no stranger learns an address.

use alloc::collections::VecDeque;
use alloc::format;
use alloc::string::ToString;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::net::{IpAddr, SocketAddr};
use core::time::Duration;

use deskwire_identity::{IdentityKey, PublicKey, Secret, Secret64};
use deskwire_machine::{
    CloseReason, Deadline, IfAddr, Input, Instant, LinkId, LinkIds, Machine, Seed, change, earliest,
};
use deskwire_punch::{Filtering, Puncher, Reflexive};
use deskwire_rendezvous::client::Introduction;
use deskwire_session::LoginTerms;
use deskwire_transport::{
    AnswerConfig, Config as TransportConfig, DialConfig, PathKind, TimeBase, Transport,
};
use deskwire_wire::ids::{DeviceId, Role};

use crate::channels::Channels;
use crate::config::Offers;
use crate::event::{ConnectionEnd, ConnectionEvent, Path, Phase};
use crate::session::Session;
use crate::socket::UdpLink;

mod direct;
mod lobby;
mod open;
mod pump;
mod relaying;
mod sockets;
mod stream;

use direct::Direct;
use lobby::Lobby;
use relaying::Relays;
pub(crate) use stream::Reflection;

/// What all connections of a node share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) identity: IdentityKey,
    pub(crate) ids: LinkIds,
    pub(crate) time_base: TimeBase,
    pub(crate) punch: bool,
    pub(crate) punch_limits: deskwire_punch::PunchLimits,
    pub(crate) offers: Offers,
}

/// What a connection needs to know of its node whenever it moves.
#[derive(Debug)]
pub(crate) struct Surroundings<'a> {
    pub(crate) udp: &'a [UdpLink],
    pub(crate) addrs: &'a [IfAddr],
    pub(crate) observed: Reflexive,
    /// Whom this side's NAT lets in, as far as the server could tell.
    pub(crate) filtering: Filtering,
    /// The port that a router mapped to the IPv4 socket.
    pub(crate) mapped: Option<SocketAddr>,
    /// Whether UDP to the server goes unanswered.
    pub(crate) udp_blocked: bool,
    /// The rendezvous server's address.
    pub(crate) server: IpAddr,
}

/// One session with one peer.
#[derive(Debug)]
pub(crate) struct Connection {
    shared: Arc<Shared>,
    seed: Seed,
    role: Role,
    phase: Phase,
    purpose: Purpose,
    /// Host: whether the viewer was counted, once it is in.
    entry: Entry,
    /// When the transport has to stand, while it does not.
    deadline: Option<Instant>,
    introduction: Option<Introduction>,
    relays: Relays,
    transport: Option<Transport>,
    session: Option<Session>,
    channels: Channels,
    puncher: Option<Puncher>,
    /// Sockets of the puncher whose outside address is to be asked for.
    reflections: VecDeque<Reflection>,
    /// While there is no session: whether its sides look for a path without one.
    lobby: Option<Lobby>,
    exporter: Option<Secret64>,
    direct: Option<Direct>,
    /// A direct path was lost, which the owner has not heard of yet.
    lost_direct: bool,
    path: Option<Path>,
    events: VecDeque<ConnectionEvent>,
}

/// What became of a viewer that logged in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Entry {
    /// Nothing yet.
    Undecided,
    /// It is one of those that may be in.
    Admitted,
    /// There were enough.
    SentAway,
}

/// What is different between the two sides.
#[derive(Debug)]
pub(crate) enum Purpose {
    /// This device dialled.
    Dial {
        /// Whom.
        target: DeviceId,
        /// Fingerprint of the server that introduces.
        server: Option<[u8; 32]>,
        /// The key this host is pinned to, and the generation it was seen with.
        pinned: Option<(PublicKey, u32)>,
    },
    /// This device was dialled.
    Answer {
        /// Its id.
        id: DeviceId,
        /// Fingerprint of the server that introduced.
        server: Option<[u8; 32]>,
        /// Terms of the login.
        terms: LoginTerms,
        /// The key of the viewer, if it showed one to the server.
        viewer: Option<PublicKey>,
    },
}

impl Connection {
    /// What viewers need to come in from now on, if this is one that is not in yet.
    pub(crate) fn set_terms(&mut self, new: &LoginTerms) {
        if let Purpose::Answer { terms, .. } = &mut self.purpose {
            *terms = new.clone();
        }
    }

    pub(crate) fn new(
        now: Instant,
        shared: Arc<Shared>,
        seed: Seed,
        purpose: Purpose,
        within: Duration,
    ) -> Self {
        let role = match purpose {
            Purpose::Dial { .. } => Role::Viewer,
            Purpose::Answer { .. } => Role::Host,
        };
        Self {
            shared,
            seed,
            role,
            phase: Phase::Introducing,
            purpose,
            entry: Entry::Undecided,
            deadline: Some(now + within),
            introduction: None,
            relays: Relays::new(now),
            transport: None,
            session: None,
            channels: Channels::default(),
            puncher: None,
            reflections: VecDeque::new(),
            lobby: None,
            exporter: None,
            direct: None,
            lost_direct: false,
            path: None,
            events: VecDeque::new(),
        }
    }

    pub(crate) const fn phase(&self) -> Phase {
        self.phase
    }

    /// Whether somebody dialled this device.
    pub(crate) const fn is_answer(&self) -> bool {
        matches!(self.purpose, Purpose::Answer { .. })
    }

    /// Host: whether the viewer is logged in, and was not sent away.
    pub(crate) fn is_viewer_in(&self) -> bool {
        self.is_answer() && self.phase == Phase::Active && self.entry != Entry::SentAway
    }

    /// Host: whether the viewer is in, and was counted.
    pub(crate) fn is_admitted(&self) -> bool {
        self.entry == Entry::Admitted && self.is_viewer_in()
    }

    /// Host: counts the viewer.
    pub(crate) const fn admit(&mut self) {
        self.entry = Entry::Admitted;
    }

    /// Host: the viewer came one too many.
    pub(crate) fn send_away(&mut self, now: Instant, around: &Surroundings<'_>) {
        self.entry = Entry::SentAway;
        self.close(now, "as many viewers as this host takes are in already", around);
    }

    pub(crate) const fn path(&self) -> Option<Path> {
        self.path
    }

    pub(crate) const fn transport_mut(&mut self) -> Option<&mut Transport> {
        self.transport.as_mut()
    }

    pub(crate) const fn session_mut(&mut self) -> Option<&mut Session> {
        self.session.as_mut()
    }

    /// The learned server key, for dials that began before it was known.
    pub(crate) fn set_server(&mut self, fingerprint: [u8; 32]) {
        let (Purpose::Dial { server, .. } | Purpose::Answer { server, .. }) = &mut self.purpose;
        server.get_or_insert(fingerprint);
    }

    /// Whether it is over and nothing is left to send.
    pub(crate) fn is_done(&self) -> bool {
        self.phase == Phase::Closed
            && self.events.is_empty()
            && self.transport.as_ref().is_none_or(Transport::is_done)
            && self.relays.are_done()
            && self.puncher.is_none()
    }

    /// The owner wants it to end.
    pub(crate) fn close(&mut self, now: Instant, reason: &str, around: &Surroundings<'_>) {
        match &mut self.session {
            Some(session) => session.close(now, reason),
            None => self.finish(
                now,
                ConnectionEnd::Session(deskwire_session::Ended::Asked { reason: reason.into() }),
            ),
        }
        self.pump(now, around);
    }

    /// The introduction failed.
    pub(crate) fn fail(&mut self, now: Instant, end: ConnectionEnd) {
        self.finish(now, end);
    }

    fn set_phase(&mut self, phase: Phase) {
        if self.phase != phase {
            change(&mut self.phase, phase);
            self.events.push_back(ConnectionEvent::Phase(phase));
        }
    }

    /// Ends everything and says why, once.
    fn finish(&mut self, now: Instant, end: ConnectionEnd) {
        if self.phase == Phase::Closed {
            return;
        }
        if let Some(transport) = &mut self.transport {
            transport.close(now, 0, "");
        }
        if let Some(puncher) = &mut self.puncher {
            puncher.shut_down();
        }
        self.deadline = None;
        self.relays.stop();
        self.set_phase(Phase::Closed);
        self.events.push_back(ConnectionEvent::Closed(end));
    }

    /// Takes the next event.
    pub(crate) fn poll_event(&mut self) -> Option<ConnectionEvent> {
        self.events.pop_front()
    }

    /// The earliest deadline of its parts.
    pub(crate) fn poll_timeout(&self) -> Option<Deadline> {
        earliest([
            self.deadline.map(|at| Deadline::new(at, "connection: set-up")),
            self.relays.poll_timeout(),
            self.puncher.as_ref().and_then(Machine::poll_timeout),
            self.transport.as_ref().and_then(Machine::poll_timeout),
            self.session.as_ref().and_then(Machine::poll_timeout),
        ])
    }

    pub(crate) fn handle_timeout(&mut self, now: Instant, around: &Surroundings<'_>) {
        if self.deadline.is_some_and(|at| at <= now) {
            let end = match self.phase {
                Phase::Connecting if !self.relays.reasons().is_empty() => self.no_relay(),
                phase => ConnectionEnd::TimedOut(phase),
            };
            self.finish(now, end);
        }
        self.drive_relays(now, around);
        self.tell_puncher_rtt();
        if let Some(puncher) = &mut self.puncher {
            puncher.handle_timeout(now);
        }
        if let Some(transport) = &mut self.transport {
            transport.handle_timeout(now);
        }
        if let Some(session) = &mut self.session {
            session.handle_timeout(now);
        }
        self.pump(now, around);
    }
}
