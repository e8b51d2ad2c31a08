//! The puncher under the conformance suite, on either side, against a real peer.
#![allow(clippy::unwrap_used, reason = "a test may")]

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use deskwire_conformance::{Dice, Given, LinkKind, Replies, Subject, suite};
use deskwire_identity::Secret64;
use deskwire_machine::{
    CloseReason, Ecn, IfAddr, Input, Instant, LinkId, LinkIds, LinkSpec, Machine, Output, Seed, StreamBuf,
};
use deskwire_punch::probe::{Body, Keys, Probe};
use deskwire_punch::{Observation, PunchConfig, PunchEvent, Puncher, Reflexive};
use deskwire_wire::frame::{Kind, put_short};
use deskwire_wire::ids::Role;

suite! {
    the_viewer_keeps_the_rules => PuncherSubject::<false, true, false>::new(),
    the_host_keeps_the_rules => PuncherSubject::<false, false, false>::new(),
    the_viewer_with_a_hard_nat_keeps_the_rules => PuncherSubject::<true, true, false>::new(),
    the_host_with_a_hard_nat_keeps_the_rules => PuncherSubject::<true, false, false>::new(),
    the_viewer_keeps_the_rules_over_tcp => PuncherSubject::<false, true, true>::new(),
    the_host_keeps_the_rules_over_tcp => PuncherSubject::<false, false, true>::new(),
}

const PEER: ([u8; 4], u16) = ([203, 0, 113, 9], 4_000);
const REFLECTOR: ([u8; 4], u16) = ([198, 51, 100, 1], 21_115);
const OWN: ([u8; 4], u16) = ([192, 0, 2, 7], 40_000);

fn exporter() -> Secret64 {
    Secret64::new([5; 64])
}

fn puncher(
    now: Instant,
    role: Role,
    at: ([u8; 4], u16),
    (seed, hard, tcp): (Seed, bool, bool),
    ids: &LinkIds,
) -> Puncher {
    let mut config = PunchConfig::new(role, exporter(), None, seed);
    config.ids = ids.clone();
    config.tcp = tcp;
    // Few, so that it ends.
    (config.limits.sockets, config.limits.guesses) = (12, 100);
    // The suite takes its time to open sockets.
    (config.timing.round, config.timing.reflection) = (Duration::from_secs(20), Duration::from_secs(30));
    config.timing.tcp = Duration::from_secs(60);
    config.limits.rounds = if tcp { 1 } else { config.limits.rounds };
    let mut machine = Puncher::new(now, config);
    let seen = |port| Observation::Seen(SocketAddr::from((at.0, port)));
    let second = at.1 + u16::from(hard);
    let seen = match tcp {
        true => Reflexive::new(Observation::NoAnswer, Observation::NoAnswer),
        false => Reflexive::new(seen(at.1), seen(second)),
    };
    machine.set_reflexive(now, seen);
    machine
}

/// The other side, and what it has said that nobody was there to hear.
struct Peer {
    machine: Puncher,
    link: LinkId,
    messages: Vec<Vec<u8>>,
    datagrams: Vec<Vec<u8>>,
    /// Its listener, its end of each connection of the machine under test with what it has not read, and what it says
    /// on them.
    listener: Option<LinkId>,
    streams: BTreeMap<LinkId, (LinkId, StreamBuf)>,
    said: Vec<(LinkId, Vec<u8>)>,
    ids: LinkIds,
}

impl Peer {
    fn drain(&mut self, now: Instant) {
        let mut buf = Vec::new();
        while let Some(output) = self.machine.poll_output(now, &mut buf) {
            let bytes = std::mem::take(&mut buf);
            match output {
                Output::Datagram { to, .. } if to == SocketAddr::from(OWN) => self.datagrams.push(bytes),
                Output::Open { link, spec: LinkSpec::TcpListen { .. } } => {
                    self.listener = Some(link);
                    let local = SocketAddr::from(PEER);
                    self.machine.handle_input(now, Input::Opened { link, local, max_datagram: 0 });
                }
                // Nobody gets in from outside.
                Output::Open { link, .. } => {
                    let reason = CloseReason::Refused;
                    self.machine.handle_input(now, Input::Closed { link, reason });
                }
                Output::Stream { link } => {
                    let tested = self.streams.iter().find(|(_, (own, _))| *own == link);
                    self.said.extend(tested.map(|(tested, _)| (*tested, bytes)));
                }
                _ => {}
            }
        }
        while let Some(event) = self.machine.poll_event() {
            if let PunchEvent::Send(bytes) = event {
                self.messages.push(bytes);
            }
        }
        self.messages.truncate(64);
        self.datagrams.truncate(64);
        self.said.truncate(64);
    }
}

/// `HARD`: its NAT maps per destination, and the peer's does not; or the other way round. `TCP`: no UDP passes.
struct PuncherSubject<const HARD: bool, const VIEWER: bool, const TCP: bool> {
    role: Role,
    link: Option<LinkId>,
    peer: Option<Peer>,
    /// Sockets whose question the machine waits for, and those whose answer it does.
    unasked: Vec<LinkId>,
    asked: Vec<LinkId>,
}

impl<const HARD: bool, const VIEWER: bool, const TCP: bool> PuncherSubject<HARD, VIEWER, TCP> {
    fn new() -> Self {
        let role = if VIEWER { Role::Viewer } else { Role::Host };
        Self { role, link: None, peer: None, unasked: Vec::new(), asked: Vec::new() }
    }

    fn flush(&mut self, now: Instant, replies: &mut Replies) {
        let (Some(peer), Some(link)) = (&mut self.peer, self.link) else { return };
        peer.drain(now);
        for bytes in std::mem::take(&mut peer.datagrams) {
            // Without UDP none arrives.
            if !TCP {
                replies.datagram(link, SocketAddr::from(PEER), bytes);
            }
        }
        for (link, bytes) in std::mem::take(&mut peer.said) {
            replies.stream(link, bytes);
        }
    }

    /// Connections lead to the peer, or to the server, which answers what it likes.
    fn sent_tcp(&mut self, now: Instant, output: &Output, bytes: &[u8], replies: &mut Replies) {
        let Some(peer) = &mut self.peer else { return };
        match output {
            Output::Open { link, spec: LinkSpec::TcpConnect { remote, .. } } => {
                if let (true, Some(listener)) = (*remote == SocketAddr::from(PEER), peer.listener) {
                    let own = peer.ids.allocate();
                    peer.streams.insert(*link, (own, StreamBuf::new()));
                    let remote = SocketAddr::from(OWN);
                    peer.machine.handle_input(now, Input::Accepted { listener, link: own, remote });
                }
            }
            Output::Stream { link } => match peer.streams.get_mut(link) {
                Some((own, unread)) => {
                    unread.push(bytes);
                    peer.machine.handle_input(now, Input::Stream { link: *own, data: unread });
                }
                None => replies.stream(*link, vec![0, 3, b'y', b'o', b'u']),
            },
            Output::Close { link } => {
                if let Some((own, _)) = peer.streams.remove(link) {
                    let reason = CloseReason::Finished;
                    peer.machine.handle_input(now, Input::Closed { link: own, reason });
                }
            }
            _ => {}
        }
    }

    fn deliver(&mut self, now: Instant, machine: &mut Puncher) {
        let Some(peer) = &mut self.peer else { return };
        peer.drain(now);
        for bytes in std::mem::take(&mut peer.messages) {
            machine.handle_message(now, &bytes);
        }
    }
}

impl<const HARD: bool, const VIEWER: bool, const TCP: bool> Subject for PuncherSubject<HARD, VIEWER, TCP> {
    type Machine = Puncher;
    const MAX_BYTES: usize = 1 << 20;
    // The host goes where the viewer leads it, which is seldom far.
    const MUST_SAY: &'static [&'static str] = if HARD && VIEWER {
        &["Send", "PathFound", "Failed", "ReflectionWanted", "Birthday"]
    } else if TCP && VIEWER {
        &["Send", "stream: true", "Failed", "StreamReflectionWanted", "StreamReflection {"]
    } else if TCP {
        &["Send", "Failed", "StreamReflectionWanted"]
    } else {
        &["Send", "PathFound", "Failed"]
    };

    fn dropped(&self, machine: &mut Puncher) -> Option<u64> {
        let stats = machine.stats();
        Some(stats.malformed + stats.forged + stats.forbidden + stats.over_budget + stats.events_lost)
    }

    fn start(&mut self, now: Instant, seed: Seed, ids: &LinkIds, given: &mut Given) -> Puncher {
        self.link = Some(given.udp(ids));
        let peer_ids = LinkIds::new();
        let link = peer_ids.allocate();
        let mut machine = puncher(now, self.role.peer(), PEER, (seed.derive("peer"), !HARD, TCP), &peer_ids);
        let local = SocketAddr::from(PEER);
        machine.handle_input(now, Input::Opened { link, local, max_datagram: 1_472 });
        let addrs = [IfAddr { addr: local.ip(), prefix: 24, metered: false }];
        machine.handle_input(now, Input::NetworkChanged { addrs: &addrs });
        machine.start(now, Duration::from_millis(20));
        self.peer = Some(Peer {
            machine,
            link,
            messages: Vec::new(),
            datagrams: Vec::new(),
            listener: None,
            streams: BTreeMap::new(),
            said: Vec::new(),
            ids: peer_ids,
        });
        puncher(now, self.role, OWN, (seed, HARD, TCP), ids)
    }

    fn act(&mut self, now: Instant, machine: &mut Puncher, dice: &mut Dice<'_>, replies: &mut Replies) {
        // The owner's server may be gone, or slow.
        let is_deaf = !self.unasked.is_empty() && dice.chance(30);
        for link in std::mem::take(&mut self.unasked).into_iter().filter(|_| !is_deaf) {
            machine.ask(now, link, SocketAddr::from(REFLECTOR), b"which?".to_vec());
            self.asked.push(link);
        }
        if !self.asked.is_empty() && dice.chance(100) {
            for link in std::mem::take(&mut self.asked) {
                let port = u16::from(dice.byte()) * 200 + 1_024;
                machine.reflected(now, link, SocketAddr::from((OWN.0, port)));
            }
        }
        match dice.below(24) {
            0..=1 => machine.start(now, Duration::from_millis(u64::from(dice.byte()))),
            2 if dice.chance(60) => {
                let port = u16::from(dice.byte());
                let seen = Observation::Seen(SocketAddr::from(([192, 0, 2, 7], port)));
                machine.set_reflexive(now, Reflexive::new(seen, Observation::NoAnswer));
            }
            3 => {
                let bytes = dice.bytes(80);
                machine.handle_message(now, &bytes);
            }
            4 if dice.chance(60) => {
                if let Some(peer) = &mut self.peer {
                    peer.machine.start(now, Duration::from_millis(20));
                }
            }
            _ => {
                if let Some(peer) = &mut self.peer {
                    peer.machine.handle_timeout(now);
                }
            }
        }
        self.deliver(now, machine);
        self.flush(now, replies);
    }

    fn sent(&mut self, now: Instant, output: &Output, bytes: &[u8], replies: &mut Replies) {
        if TCP {
            self.sent_tcp(now, output, bytes, replies);
        } else if let (Output::Datagram { to, .. }, Some(peer)) = (output, &mut self.peer)
            && *to == SocketAddr::from(PEER)
        {
            let (mut data, from) = (bytes.to_vec(), SocketAddr::from(OWN));
            let input = Input::Datagram { link: peer.link, from, ecn: Ecn::NotEct, data: &mut data };
            peer.machine.handle_input(now, input);
        }
        self.flush(now, replies);
    }

    fn happened(&mut self, now: Instant, machine: &mut Puncher, event: PunchEvent) {
        if let PunchEvent::ReflectionWanted { link } | PunchEvent::StreamReflectionWanted { link } = event {
            self.unasked.push(link);
        }
        if let (PunchEvent::Send(bytes), Some(peer)) = (event, &mut self.peer) {
            peer.machine.handle_message(now, &bytes);
        }
        self.deliver(now, machine);
    }

    fn message(&mut self, dice: &mut Dice<'_>, kind: LinkKind) -> Option<Vec<u8>> {
        if kind == LinkKind::Listener {
            return None;
        }
        let keys = Keys::new(self.role.peer(), &exporter());
        let body =
            if dice.chance(128) { Body::Request } else { Body::Response { observed: SocketAddr::from(OWN) } };
        let probe = Probe { body, nominated: dice.chance(128), transaction: dice.number().into() };
        let mut bytes = Vec::new();
        if kind == LinkKind::Stream {
            // The first on a stream has the byte in front that says what it is for.
            bytes.extend(dice.chance(128).then_some(Kind::Probe as u8));
            put_short(&mut bytes, &keys.seal(&probe));
            return Some(bytes);
        }
        Some(keys.seal(&probe).to_vec())
    }
}
