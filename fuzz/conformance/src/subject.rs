//! What the suite needs to know about a machine: how to make one, and what stands around it.

use std::collections::VecDeque;
use std::net::SocketAddr;

use deskwire_machine::{CloseReason, Instant, LinkId, LinkIds, Machine, Output, Seed};

use crate::Dice;

/// A machine with its surroundings. Only [`Subject::start`] and [`Subject::dropped`] are needed; the more of the others
/// a subject has, the deeper the suite gets into the machine.
///
/// A subject must be deterministic too: the suite makes several of them and expects the same from each.
pub trait Subject {
    /// The machine under test.
    type Machine: Machine<Event: core::fmt::Debug>;

    /// The most memory that the subject, its machine and what surrounds it may take, in bytes. Set small limits in
    /// the machine's configuration and then this.
    const MAX_BYTES: usize = 4 << 20;

    /// Whether the owner of the machine may tell it of channels that the other side opened
    /// (`Accepted { listener: LinkId::TRANSPORT, .. }`).
    const ACCEPTS_CHANNELS: bool = false;

    /// Words that must come up in the machine's events (in their `Debug` form) under some script, at most 64: a suite
    /// that never gets that far proves little.
    const MUST_SAY: &'static [&'static str] = &[];

    /// Whether some script must make the machine count something that it dropped. Not so where all that is wrong ends it.
    const MUST_DROP: bool = true;

    /// Makes the machine. Links that its owner opens for it (a shared UDP socket, a path, a channel) go into `given`;
    /// the suite tells the machine `Opened` for each at once.
    fn start(&mut self, now: Instant, seed: Seed, ids: &LinkIds, given: &mut Given) -> Self::Machine;

    /// All that the machine says it dropped, of what came in and of what it wanted to send or say, as one sum. `None`
    /// once it is over: then it need not count any more.
    fn dropped(&self, machine: &mut Self::Machine) -> Option<u64>;

    /// Calls one of the machine's own methods, or lets something happen on the other side.
    fn act(&mut self, now: Instant, machine: &mut Self::Machine, dice: &mut Dice<'_>, replies: &mut Replies) {
        let _ = (now, machine, dice, replies);
    }

    /// Sees what the machine sent (or opened, or closed) and may answer; answers arrive at some later step, or never.
    fn sent(&mut self, now: Instant, output: &Output, bytes: &[u8], replies: &mut Replies) {
        let _ = (now, output, bytes, replies);
    }

    /// Sees an event and may call the machine's methods for it, as its owner would.
    fn happened(
        &mut self,
        now: Instant,
        machine: &mut Self::Machine,
        event: <Self::Machine as Machine>::Event,
    ) {
        let _ = (now, machine, event);
    }

    /// A message that could come in on a link of that kind. The suite also sends it damaged, in pieces and twice.
    fn message(&mut self, dice: &mut Dice<'_>, kind: LinkKind) -> Option<Vec<u8>> {
        let _ = (dice, kind);
        None
    }
}

/// What can travel on a link.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum LinkKind {
    /// Datagrams.
    Datagram,
    /// A byte stream.
    Stream,
    /// Nothing: it accepts.
    Listener,
}

/// A link that the machine did not ask for but was given.
#[derive(Clone, Copy, Debug)]
pub struct GivenLink {
    /// Its id.
    pub link: LinkId,
    /// What travels on it.
    pub kind: LinkKind,
    /// The local address to tell.
    pub local: SocketAddr,
    /// The largest datagram to tell, in bytes; 0 for streams.
    pub max_datagram: usize,
}

/// Collects the links that a machine is given.
#[derive(Clone, Debug, Default)]
pub struct Given(pub(crate) Vec<GivenLink>);

impl Given {
    /// Gives a UDP socket; its id comes from the machine's allocator.
    pub fn udp(&mut self, ids: &LinkIds) -> LinkId {
        let local = SocketAddr::from(([192, 0, 2, 7], 40_000));
        self.push(GivenLink { link: ids.allocate(), kind: LinkKind::Datagram, local, max_datagram: 1472 })
    }

    /// Gives an open byte stream.
    pub fn stream(&mut self, ids: &LinkIds) -> LinkId {
        let local = SocketAddr::from(([192, 0, 2, 7], 40_001));
        self.push(GivenLink { link: ids.allocate(), kind: LinkKind::Stream, local, max_datagram: 0 })
    }

    /// Gives any link.
    pub fn push(&mut self, link: GivenLink) -> LinkId {
        self.0.push(link);
        link.link
    }
}

/// Something that comes back to the machine.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Reply {
    /// A datagram.
    Datagram {
        /// On which link.
        link: LinkId,
        /// From where.
        from: SocketAddr,
        /// Its bytes.
        bytes: Vec<u8>,
    },
    /// Stream bytes.
    Stream {
        /// On which link.
        link: LinkId,
        /// Its bytes.
        bytes: Vec<u8>,
    },
    /// The other side ends a link.
    Closed {
        /// Which.
        link: LinkId,
        /// Why.
        reason: CloseReason,
    },
}

/// Answers on their way. More than 256 are too many: the oldest are lost, as on any network.
#[derive(Clone, Debug, Default)]
pub struct Replies(pub(crate) VecDeque<Reply>);

impl Replies {
    /// Sends a datagram to the machine.
    pub fn datagram(&mut self, link: LinkId, from: SocketAddr, bytes: Vec<u8>) {
        self.push(Reply::Datagram { link, from, bytes });
    }

    /// Sends stream bytes to the machine.
    pub fn stream(&mut self, link: LinkId, bytes: Vec<u8>) {
        self.push(Reply::Stream { link, bytes });
    }

    /// Takes the next answer, for a subject that brings its machine somewhere before the suite begins.
    pub fn take(&mut self) -> Option<Reply> {
        self.0.pop_front()
    }

    /// Sends anything to the machine.
    pub fn push(&mut self, reply: Reply) {
        if self.0.len() >= 256 {
            self.0.pop_front();
        }
        self.0.push_back(reply);
    }
}
