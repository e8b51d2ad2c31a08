//! One puncher whose other side is played by hand: when it takes an answer, a path, a stream.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use deskwire_identity::Secret64;
use deskwire_machine::{
    Ecn, IfAddr, Input, Instant, LinkId, LinkIds, LinkSpec, Machine, Output, Seed, StreamBuf,
};
use deskwire_punch::probe::{Body, Keys, Probe};
use deskwire_punch::{
    CandidateKind, Filtering, Mapping, PunchConfig, PunchEvent, PunchState, Puncher, Strategy,
};
use deskwire_wire::frame::{Kind, put_short};
use deskwire_wire::ids::Role;
use deskwire_wire::punch::{Candidates, Forecast, Outcome, PunchCandidate, PunchMsg};
use deskwire_wire::{CapnProto, Codec};

/// Where the other side is reached, twice.
const PEER: ([u8; 4], u16) = ([203, 0, 113, 9], 4_000);
const OTHER: ([u8; 4], u16) = ([203, 0, 113, 9], 4_001);
const OWN: ([u8; 4], u16) = ([192, 0, 2, 7], 40_000);

fn exporter() -> Secret64 {
    Secret64::new([5; 64])
}

const fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// The puncher, and all that it said.
struct Solo {
    now: Instant,
    puncher: Puncher,
    link: LinkId,
    ids: LinkIds,
    /// The other side's.
    keys: Keys,
    requests: Vec<(SocketAddr, Probe)>,
    /// What came on a stream and was not read yet.
    unread: BTreeMap<LinkId, StreamBuf>,
    streams: Vec<(LinkId, Vec<u8>)>,
    listeners: Vec<LinkId>,
    closed: Vec<LinkId>,
    messages: Vec<PunchMsg>,
    found: Vec<(SocketAddr, Duration)>,
}

impl Solo {
    /// A puncher that has been told where the other side is, and that it is ready.
    fn new(role: Role) -> Self {
        let ids = LinkIds::new();
        let (now, link) = (Instant::from_micros(1_000_000), ids.allocate());
        let mut config = PunchConfig::new(role, exporter(), None, Seed::new([1; 32]));
        (config.tcp, config.ids) = (role == Role::Host, ids.clone());
        let mut puncher = Puncher::new(now, config);
        let local = SocketAddr::from(OWN);
        puncher.handle_input(now, Input::Opened { link, local, max_datagram: 1_472 });
        let addrs = [IfAddr { addr: local.ip(), prefix: 24, metered: false }];
        puncher.handle_input(now, Input::NetworkChanged { addrs: &addrs });
        puncher.start(now, ms(40));
        let mut solo = Self {
            now,
            puncher,
            link,
            ids,
            keys: Keys::new(role.peer(), &exporter()),
            requests: Vec::new(),
            unread: BTreeMap::new(),
            streams: Vec::new(),
            listeners: Vec::new(),
            closed: Vec::new(),
            messages: Vec::new(),
            found: Vec::new(),
        };
        solo.drain();
        let candidate =
            |addr| PunchCandidate { addr: SocketAddr::from(addr), kind: CandidateKind::ServerReflexive };
        solo.tell(&PunchMsg::Candidates(Candidates {
            generation: 1,
            mapping: Mapping::EndpointIndependent,
            filtering: Filtering::Unknown,
            frugal: true,
            candidates: vec![candidate(PEER), candidate(OTHER)],
        }));
        solo
    }

    /// The same, and a try has begun.
    fn probing(role: Role) -> Self {
        let mut solo = Self::new(role);
        match role {
            Role::Viewer => solo.tell(&PunchMsg::Ready { generation: 1 }),
            Role::Host => solo.tell(&PunchMsg::Start { round: 1, delay_us: 0, strategy: Strategy::Timed }),
        }
        solo.run(ms(30));
        assert!(matches!(solo.puncher.state(), PunchState::Probing { .. }));
        solo
    }

    /// A host in a try over TCP, and its listener.
    fn listening() -> (Self, LinkId) {
        let mut solo = Self::new(Role::Host);
        solo.tell(&PunchMsg::Start { round: 1, delay_us: 0, strategy: Strategy::Tcp });
        let listener = solo.listeners[0];
        let local = SocketAddr::from(OWN);
        solo.input(Input::Opened { link: listener, local, max_datagram: 0 });
        // Nobody says how it looks from outside.
        solo.run(ms(3_100));
        assert!(solo.messages.iter().any(|message| matches!(message, PunchMsg::TcpCandidates { .. })));
        let candidates =
            vec![PunchCandidate { addr: SocketAddr::from(PEER), kind: CandidateKind::TcpServerReflexive }];
        solo.tell(&PunchMsg::TcpCandidates { round: 1, candidates });
        (solo, listener)
    }

    fn drain(&mut self) {
        let mut buf = Vec::new();
        while let Some(output) = self.puncher.poll_output(self.now, &mut buf) {
            let bytes = std::mem::take(&mut buf);
            match output {
                Output::Datagram { to, .. } => {
                    let probe = self.keys.open(&bytes).expect("a probe of its own");
                    if probe.body == Body::Request {
                        self.requests.push((to, probe));
                    }
                }
                Output::Stream { link } => self.streams.push((link, bytes)),
                Output::Open { link, spec: LinkSpec::TcpListen { .. } } => self.listeners.push(link),
                Output::Open { .. } => {}
                Output::Close { link } => self.closed.push(link),
                other => panic!("{other:?}"),
            }
        }
        while let Some(event) = self.puncher.poll_event() {
            match event {
                PunchEvent::Send(bytes) => self.messages.push(CapnProto::decode(&bytes).unwrap()),
                PunchEvent::PathFound { remote, rtt, .. } => self.found.push((remote, rtt)),
                _ => {}
            }
        }
    }

    fn input(&mut self, input: Input<'_>) {
        self.puncher.handle_input(self.now, input);
        self.drain();
    }

    fn tell(&mut self, message: &PunchMsg) {
        let mut bytes = Vec::new();
        CapnProto::encode(message, &mut bytes).unwrap();
        self.puncher.handle_message(self.now, &bytes);
        self.drain();
    }

    fn run(&mut self, time: Duration) {
        let end = self.now + time;
        while let Some(due) = self.puncher.poll_timeout().filter(|due| due.at <= end) {
            self.now = due.at;
            self.puncher.handle_timeout(self.now);
            self.drain();
        }
        self.now = end;
    }

    fn probe(&mut self, from: ([u8; 4], u16), probe: Probe) {
        let (mut data, from) = (self.keys.seal(&probe).to_vec(), SocketAddr::from(from));
        self.input(Input::Datagram { link: self.link, from, ecn: Ecn::NotEct, data: &mut data });
    }

    fn ask(&mut self, from: ([u8; 4], u16), nominated: bool) {
        self.probe(from, Probe { body: Body::Request, nominated, transaction: 99 });
    }

    fn answer(&mut self, from: ([u8; 4], u16), transaction: u64, nominated: bool) {
        let body = Body::Response { observed: SocketAddr::from(OWN) };
        self.probe(from, Probe { body, nominated, transaction });
    }

    /// The transaction of the latest request to an address.
    fn asked(&self, to: ([u8; 4], u16)) -> u64 {
        let to = SocketAddr::from(to);
        self.requests.iter().rev().find(|(other, _)| *other == to).expect("it was asked").1.transaction
    }

    /// Somebody connects, and says this.
    fn connected(&mut self, listener: LinkId, bytes: &[u8]) -> LinkId {
        let link = self.ids.allocate();
        self.input(Input::Accepted { listener, link, remote: SocketAddr::from(PEER) });
        self.say(link, bytes);
        link
    }

    fn say(&mut self, link: LinkId, bytes: &[u8]) {
        let mut data = self.unread.remove(&link).unwrap_or_default();
        data.push(bytes);
        self.input(Input::Stream { link, data: &mut data });
        self.unread.insert(link, data);
    }

    /// All that was said on a stream.
    fn heard(&self, link: LinkId) -> Vec<u8> {
        self.streams.iter().filter(|(other, _)| *other == link).flat_map(|(_, bytes)| bytes.clone()).collect()
    }
}

/// A probe as a frame of a stream.
fn framed(keys: &Keys, nominated: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    put_short(&mut bytes, &keys.seal(&Probe { body: Body::Request, nominated, transaction: 7 }));
    bytes
}

fn greeted(frame: &[u8]) -> Vec<u8> {
    [&[Kind::Probe as u8], frame].concat()
}

// spec: PU-10
#[test]
fn an_answer_is_taken_once_and_only_to_a_request_that_was_made() {
    let mut host = Solo::probing(Role::Host);
    let transaction = host.asked(PEER);
    host.ask(PEER, true);
    for made_up in [transaction ^ 1, 0, 99] {
        host.answer(PEER, made_up, false);
        assert_eq!(host.found, []);
    }
    // A genuine one counts, whenever the choice comes.
    let mut host = Solo::probing(Role::Host);
    let asked = host.asked(PEER);
    host.answer(PEER, asked, false);
    // The copy says nothing new: neither another round trip, nor that the path still works.
    host.run(ms(900));
    host.answer(PEER, asked, false);
    host.ask(PEER, true);
    let [(remote, rtt)] = host.found[..] else { panic!("{:?}", host.found) };
    assert!(remote == SocketAddr::from(PEER) && rtt <= ms(30), "{rtt:?}");
    // A viewer that chose a path by an answer, and hears no more of it, does not choose it again by a copy.
    let mut viewer = Solo::probing(Role::Viewer);
    let asked = viewer.asked(PEER);
    viewer.answer(PEER, asked, false);
    viewer.run(ms(1_500));
    let chosen = |viewer: &Solo| viewer.requests.iter().filter(|(_, probe)| probe.nominated).count();
    let before = chosen(&viewer);
    assert!(before > 1, "it says so again and again");
    viewer.run(ms(8_000));
    let given_up = chosen(&viewer);
    viewer.answer(PEER, asked, false);
    viewer.run(ms(200));
    assert_eq!((chosen(&viewer), viewer.found.len()), (given_up, 0));
}

// spec: PU-12
#[test]
fn a_host_takes_a_path_only_when_the_viewer_chose_it_and_its_own_request_was_answered() {
    // The choice, and whether it comes before or after the answer to the host's request there.
    for choice_first in [true, false] {
        let mut host = Solo::probing(Role::Host);
        let asked = host.asked(PEER);
        for half in [choice_first, !choice_first] {
            assert_eq!(host.found, [], "half is not enough");
            match half {
                true => host.ask(PEER, true),
                false => host.answer(PEER, asked, false),
            }
        }
        assert_eq!(host.found.len(), 1);
        assert_eq!(host.found[0].0, SocketAddr::from(PEER));
    }
    // A request without the bit, an answer with it, and both halves at different addresses choose nothing.
    let mut host = Solo::probing(Role::Host);
    let (asked, other) = (host.asked(PEER), host.asked(OTHER));
    host.ask(PEER, false);
    host.answer(PEER, asked, true);
    host.run(ms(500));
    assert_eq!(host.found, []);
    host.ask(OTHER, true);
    assert_eq!(host.found, []);
    host.answer(OTHER, other, false);
    assert_eq!(host.found.len(), 1);
    assert_eq!(host.found[0].0, SocketAddr::from(OTHER));
}

/// The viewer takes one answer as the proof and says no more: whatever else is answered meanwhile, the host has to go on.
// spec: PU-12
#[test]
fn a_host_asks_for_its_own_proof_of_a_foretold_address_until_it_comes() {
    let foretold = ([203, 0, 113, 9], 5_003);
    let mut host = Solo::probing(Role::Host);
    let forecast = Forecast::Ports { first: SocketAddr::from(([203, 0, 113, 9], 5_000)), step: 1, count: 8 };
    host.tell(&PunchMsg::Forecast { round: 1, forecast });
    host.run(ms(60));
    host.ask(foretold, true);
    host.run(ms(60));
    let shared = host.asked(PEER);
    host.answer(PEER, shared, false);
    let count =
        |host: &Solo| host.requests.iter().filter(|(to, _)| *to == SocketAddr::from(foretold)).count();
    let before = count(&host);
    assert!(before > 0);
    host.run(ms(1_500));
    assert!(count(&host) >= before + 3, "{} after {before}", count(&host));
    let asked = host.asked(foretold);
    host.answer(foretold, asked, false);
    assert_eq!(host.found.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [SocketAddr::from(foretold)]);
}

// spec: PU-13
#[test]
fn a_viewer_that_finds_nothing_says_so_and_the_host_does_not_wait() {
    let mut viewer = Solo::probing(Role::Viewer);
    viewer.run(ms(30_000));
    assert_eq!(viewer.puncher.state(), PunchState::Failed);
    let results: Vec<_> =
        viewer.messages.iter().filter(|message| matches!(message, PunchMsg::Result { .. })).collect();
    let failed = PunchMsg::Result { round: 3, outcome: Outcome::Failed };
    assert_eq!(results, [&failed], "once, after the last try");

    let mut host = Solo::probing(Role::Host);
    host.tell(&failed);
    assert_eq!(host.puncher.state(), PunchState::Failed);
    assert!(
        host.messages.iter().all(|message| !matches!(message, PunchMsg::Result { .. })),
        "it only listens"
    );
}

// spec: PU-14
#[test]
fn t30_who_accepted_a_connection_is_silent_until_the_other_side_has_proved_itself() {
    let (mut host, listener) = Solo::listening();
    let frame = framed(&host.keys, false);
    let link = host.connected(listener, &[]);
    host.run(ms(1_000));
    host.say(link, &greeted(&frame[..frame.len() - 1]));
    host.run(ms(1_000));
    assert_eq!((host.heard(link), host.closed.contains(&link)), (vec![], false));
    host.say(link, &frame[frame.len() - 1..]);
    let heard = host.heard(link);
    // Its first byte, its own request, and its answer.
    assert_eq!(heard.len(), 1 + 2 * (2 + 54));
    assert_eq!(heard[0], Kind::Probe as u8);
    let probes = [3, 3 + 54 + 2].map(|at| host.keys.open(&heard[at..at + 54]).expect("a probe").body);
    assert!(matches!(probes, [Body::Request, Body::Response { .. }]));
}

// spec: PU-15
#[test]
fn t30_a_stream_with_anything_but_a_probe_is_closed_without_a_word() {
    let own = Keys::new(Role::Host, &exporter());
    let other = Keys::new(Role::Viewer, &Secret64::new([6; 64]));
    let good = framed(&Keys::new(Role::Viewer, &exporter()), false);
    let mut spoilt = good.clone();
    spoilt[50] ^= 1;
    let mut packet = vec![0, 54, 0x40];
    packet.resize(2 + 54, 7);
    for (what, bytes) in [
        ("no first byte", good.clone()),
        ("the first byte of something else", [&[Kind::RelayControl as u8], &good[..]].concat()),
        ("a changed probe", greeted(&spoilt)),
        ("its own probe, reflected", greeted(&framed(&own, false))),
        ("a probe of another session", greeted(&framed(&other, false))),
        ("a shorter frame", greeted(&[0, 1, 7])),
        ("the length of a longer frame", greeted(&[0, 55])),
        ("a packet before the choice", greeted(&packet)),
    ] {
        let (mut host, listener) = Solo::listening();
        let link = host.connected(listener, &bytes);
        assert_eq!((host.heard(link), host.closed.contains(&link)), (vec![], true), "{what}");
        assert_eq!(host.puncher.stats().forged, 1, "{what}");
    }
    // The proof is no licence: what follows it is held to the same.
    let (mut host, listener) = Solo::listening();
    let link = host.connected(listener, &greeted(&good));
    assert!(!host.closed.contains(&link) && !host.heard(link).is_empty());
    host.say(link, &packet);
    assert!(host.closed.contains(&link) && host.found.is_empty());
}
