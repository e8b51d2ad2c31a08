//! Any interleaving of viewers, hosts and attackers, over UDP and TCP: packets reach only the other side of the same
//! introduction, and nobody who has not proved its address gets more bytes than came from it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::time::Duration;

use deskwire_machine::{CloseReason, Input, LinkId};
use deskwire_wire::frame::Kind;
use deskwire_wire::ids::{Private, Role};
use deskwire_wire::relay::{CHANNEL_HEADER, Channel, Place, RelayMsg, channel_of};
use proptest::prelude::*;
use support::*;

const INTRODUCTIONS: u8 = 3;
const ADDRESSES: u8 = 5;

#[derive(Clone, Debug)]
enum Op {
    /// From this address, with this side's token, maybe with the place that was last told to somebody.
    Open {
        at: u8,
        introduction: u8,
        viewer: bool,
        fresh: bool,
        resume: bool,
    },
    OpenTcp {
        at: u8,
        introduction: u8,
        viewer: bool,
    },
    /// Brings back what was told to this address, or to another.
    Ping {
        at: u8,
        of: u8,
    },
    Leave {
        at: u8,
        of: u8,
    },
    /// A packet on the channel that was told to `of`.
    Data {
        at: u8,
        of: u8,
        len: usize,
    },
    DataTcp {
        link: usize,
        len: usize,
    },
    Guess {
        at: u8,
        channel: u32,
    },
    Rubbish {
        at: u8,
        bytes: Vec<u8>,
    },
    CloseTcp {
        link: usize,
    },
    Pass {
        millis: u64,
    },
}

fn op() -> impl Strategy<Value = Op> {
    let at = 0..ADDRESSES;
    let introduction = 0..INTRODUCTIONS;
    prop_oneof![
        4 => (at.clone(), introduction.clone(), any::<[bool; 3]>()).prop_map(
            |(at, introduction, [viewer, fresh, resume])| Op::Open { at, introduction, viewer, fresh, resume }
        ),
        2 => (at.clone(), introduction, any::<bool>())
            .prop_map(|(at, introduction, viewer)| Op::OpenTcp { at, introduction, viewer }),
        4 => (at.clone(), at.clone()).prop_map(|(at, of)| Op::Ping { at, of }),
        4 => at.clone().prop_map(|at| Op::Ping { at, of: at }),
        1 => (at.clone(), at.clone()).prop_map(|(at, of)| Op::Leave { at, of }),
        6 => (at.clone(), at.clone(), 20..1_400usize).prop_map(|(at, of, len)| Op::Data { at, of, len }),
        6 => (at.clone(), 20..1_400usize).prop_map(|(at, len)| Op::Data { at, of: at, len }),
        4 => (0..8usize, 20..1_400usize).prop_map(|(link, len)| Op::DataTcp { link, len }),
        1 => (at.clone(), 0..1u32 << 24).prop_map(|(at, channel)| Op::Guess { at, channel }),
        1 => (at, proptest::collection::vec(any::<u8>(), 0..80))
            .prop_map(|(at, bytes)| Op::Rubbish { at, bytes }),
        1 => (0..8usize).prop_map(|link| Op::CloseTcp { link }),
        1 => (1..30_000u64).prop_map(|millis| Op::Pass { millis }),
    ]
}

/// Where packets come out.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Exit {
    Udp(SocketAddr),
    Tcp(LinkId),
}

/// What the test knows of the world.
struct Model {
    hand: Hand,
    /// Who showed which tokens.
    showed: BTreeMap<Exit, BTreeSet<(u8, Role)>>,
    /// Which side a channel was acknowledged for.
    channels: BTreeMap<Channel, (u8, Role)>,
    /// The last place told to an address, and every (address, proof) that was told.
    told: BTreeMap<SocketAddr, Place>,
    proven: BTreeSet<SocketAddr>,
    balance: BTreeMap<SocketAddr, i64>,
    links: Vec<(LinkId, u8, Role)>,
    frames: BTreeMap<LinkId, usize>,
}

fn role(viewer: bool) -> Role {
    if viewer { Role::Viewer } else { Role::Host }
}

/// What a side's packets are filled with: a packet may come out much later than it went in.
fn mark(sender: Option<(u8, Role)>) -> u8 {
    sender.map_or(u8::MAX, |(introduction, role)| 2 * introduction + u8::from(role == Role::Viewer))
}

/// The side that a packet is of, by its filling.
fn sender(packet: &[u8]) -> Option<(u8, Role)> {
    packet.get(1).filter(|mark| **mark < 2 * INTRODUCTIONS).map(|mark| (mark / 2, role(mark % 2 == 1)))
}

impl Model {
    fn new() -> Self {
        Self {
            hand: Hand::new(|_| {}),
            showed: BTreeMap::new(),
            channels: BTreeMap::new(),
            told: BTreeMap::new(),
            proven: BTreeSet::new(),
            balance: BTreeMap::new(),
            links: Vec::new(),
            frames: BTreeMap::new(),
        }
    }

    fn send(&mut self, at: u8, bytes: Vec<u8>, opens: Option<(u8, Role)>) {
        let from = address(at, 1);
        *self.balance.entry(from).or_default() += bytes.len() as i64;
        let answers = self.hand.datagram(from, bytes);
        self.check(answers, opens);
    }

    /// Looks at all that the server sent.
    fn check(&mut self, answers: Vec<(SocketAddr, Vec<u8>)>, opens: Option<(u8, Role)>) {
        for (to, bytes) in answers {
            let balance = self.balance.entry(to).or_default();
            *balance -= bytes.len() as i64;
            assert!(*balance >= 0 || self.proven.contains(&to), "{to} is sent more than came from it");
            if let Some(channel) = channel_of(&bytes) {
                self.check_packet(Exit::Udp(to), Some(channel), &bytes[CHANNEL_HEADER..]);
                continue;
            }
            if let RelayMsg::OpenAck(ack) = decode(&bytes) {
                let side = opens.expect("an open is acknowledged");
                assert!(self.channels.insert(ack.place.channel, side).is_none_or(|known| known == side));
                self.told.insert(to, ack.place);
            }
        }
        for link in self.links.iter().map(|(link, ..)| *link).collect::<Vec<_>>() {
            let frames = self.hand.frames(link);
            let seen = self.frames.insert(link, frames.len()).unwrap_or(0);
            for frame in &frames[seen..] {
                if Kind::is_quic(frame[0]) {
                    self.check_packet(Exit::Tcp(link), None, frame);
                }
            }
        }
    }

    fn check_packet(&self, exit: Exit, channel: Option<Channel>, packet: &[u8]) {
        let (introduction, role) = sender(packet).expect("only a side's packets are carried");
        let showed =
            self.showed.get(&exit).is_some_and(|tokens| tokens.contains(&(introduction, role.peer())));
        assert!(showed, "{exit:?} got a packet of introduction {introduction} without its token");
        if let Some(channel) = channel {
            assert_eq!(self.channels.get(&channel), Some(&(introduction, role.peer())));
        }
    }

    fn place_of(&self, of: u8) -> Option<Place> {
        self.told.get(&address(of, 1)).cloned()
    }

    fn apply(&mut self, op: Op) {
        match op {
            Op::Open { at, introduction, viewer, fresh, resume } => {
                let side = (introduction, role(viewer));
                self.showed.entry(Exit::Udp(address(at, 1))).or_default().insert(side);
                let mut grant = grant(introduction, side.1);
                grant.expires += u64::from(fresh);
                let resume = if resume { self.place_of((at + 1) % ADDRESSES) } else { None };
                let message = open(grant.sign(&server_key()), 1, resume);
                self.send(at, encode(&message), Some(side));
            }
            Op::OpenTcp { at, introduction, viewer } => {
                let link = self.hand.place_tcp(address(at, 2), token(introduction, role(viewer)));
                self.showed.entry(Exit::Tcp(link)).or_default().insert((introduction, role(viewer)));
                self.links.push((link, introduction, role(viewer)));
                let answers = self.hand.drain();
                self.check(answers, None);
            }
            Op::Ping { at, of } => {
                let Some(place) = self.place_of(of) else { return };
                if at == of {
                    self.proven.insert(address(at, 1));
                }
                self.send(at, encode(&RelayMsg::Ping(place)), None);
            }
            Op::Leave { at, of } => {
                let Some(place) = self.place_of(of) else { return };
                self.send(at, encode(&RelayMsg::Leave(place)), None);
            }
            Op::Data { at, of, len } => {
                let Some(place) = self.place_of(of) else { return };
                let mark = mark(self.channels.get(&place.channel).copied());
                self.send(at, data(&place, &packet(mark, len)), None);
            }
            Op::DataTcp { link, len } => {
                let Some((link, introduction, role)) = self.links.get(link).copied() else { return };
                self.hand.stream(link, &framed(&packet(mark(Some((introduction, role))), len)));
                let answers = self.hand.drain();
                self.check(answers, None);
            }
            Op::Guess { at, channel } => {
                let channel = Channel::new(channel).unwrap();
                let place = Place { channel, proof: Private(7) };
                let mark = mark(self.channels.get(&channel).copied());
                self.send(at, data(&place, &packet(mark, 100)), None);
            }
            Op::Rubbish { at, bytes } => self.send(at, bytes, None),
            Op::CloseTcp { link } => {
                let Some((link, ..)) = self.links.get(link).copied() else { return };
                if !self.hand.closed.contains(&link) {
                    let answers = self.hand.input(Input::Closed { link, reason: CloseReason::Reset });
                    self.check(answers, None);
                }
            }
            Op::Pass { millis } => {
                let answers = self.hand.pass(Duration::from_millis(millis));
                self.check(answers, None);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    // spec: RL-8
    #[test]
    fn t06_t29_nobody_is_paired_wrongly_or_flooded(ops in proptest::collection::vec(op(), 1..60)) {
        let mut model = Model::new();
        for op in ops {
            model.apply(op);
        }
        let stats = model.hand.server.stats();
        prop_assert!(stats.waiting + stats.paired <= usize::from(INTRODUCTIONS));
    }
}

/// The property above is worth something: such runs do carry packets.
#[test]
fn the_model_sees_packets() {
    let mut model = Model::new();
    for (at, viewer) in [(0, true), (1, false)] {
        model.apply(Op::Open { at, introduction: 0, viewer, fresh: false, resume: false });
        model.apply(Op::Ping { at, of: at });
    }
    model.apply(Op::Data { at: 0, of: 0, len: 500 });
    assert_eq!(model.hand.server.stats().packets, 1);
    model.apply(Op::OpenTcp { at: 2, introduction: 1, viewer: true });
    model.apply(Op::OpenTcp { at: 3, introduction: 1, viewer: false });
    model.apply(Op::DataTcp { link: 1, len: 500 });
    assert_eq!((model.hand.server.stats().packets, model.frames[&model.links[0].0]), (2, 3));
}
