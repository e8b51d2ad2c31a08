//! What only a client that does not keep to the rules can show: messages sealed by hand.

mod meeting;
mod reflecting;
mod registering;

use alloc::vec;
use alloc::vec::Vec;
use core::net::SocketAddr;
use core::time::Duration;

use deskwire_identity::{EphemeralCertificate, IdentityKey};
use deskwire_machine::{Ecn, Input, Instant, LinkId, LinkSpec, Machine, Output, Seed};
use deskwire_wire::frame::Kind;
use deskwire_wire::ids::DeviceId;
use deskwire_wire::rendezvous::{
    ConnectStatement, Cookie, Frame, Hello, Opening, RefuseReason, RegisterStatement, RendezvousMsg, Sealed,
    VERSION, Welcome, address_bytes,
};
use deskwire_wire::{CapnProto, Codec};
use x25519_dalek::StaticSecret;

use super::keys::Spent;
use super::{Server, ServerConfig, ServerEvent, StoreRequest, StoreResult};
use crate::exchange::{CONNECT, Keys, REGISTER, connect_parts, open, register_parts, seal};

struct Bench {
    now: Instant,
    server: Server,
    link: LinkId,
}

struct Hand {
    keys: Keys,
    hello: Hello,
    welcome: Welcome,
    address: SocketAddr,
    counter: u64,
}

fn address(n: u8) -> SocketAddr {
    SocketAddr::from(([203, 0, 113, n], 4_000))
}

impl Bench {
    fn config() -> ServerConfig {
        let mut config =
            ServerConfig::new(Seed::new([1; 32]), IdentityKey::from_bytes(&[2; 32]), 1_795_000_000);
        config.main = vec!["192.0.2.1:21116".parse().unwrap()];
        config.reflector = Vec::new();
        config
    }

    fn new() -> Self {
        Self::with(Self::config())
    }

    fn with(config: ServerConfig) -> Self {
        let now = Instant::from_micros(5);
        let mut server = Server::new(now, config);
        let Some(Output::Open { link, .. }) = server.poll_output(now, &mut Vec::new()) else {
            panic!("the server opens its port")
        };
        let local = "192.0.2.1:21116".parse().unwrap();
        server.handle_input(now, Input::Opened { link, local, max_datagram: 1_400 });
        let mut bench = Self { now, server, link };
        bench.answers();
        bench
    }

    fn answers(&mut self) -> Vec<(SocketAddr, Vec<u8>)> {
        let (mut buf, mut all) = (Vec::new(), Vec::new());
        while let Some(output) = self.server.poll_output(self.now, &mut buf) {
            if let Output::Datagram { to, .. } = output {
                all.push((to, buf.split_off(0)));
            }
        }
        all
    }

    fn frame(&mut self, from: SocketAddr, mut bytes: Vec<u8>) -> Vec<(SocketAddr, Vec<u8>)> {
        let input = Input::Datagram { link: self.link, from, ecn: Ecn::NotEct, data: &mut bytes };
        self.server.handle_input(self.now, input);
        self.answers()
    }

    fn wait(&mut self, time: Duration) -> Vec<(SocketAddr, Vec<u8>)> {
        self.now += time;
        self.server.handle_timeout(self.now);
        self.answers()
    }

    fn greet(&mut self, address: SocketAddr) -> Hand {
        let secret = StaticSecret::from([7; 32]);
        let e_client = x25519_dalek::PublicKey::from(&secret).to_bytes();
        let hello = Hello { version: VERSION, e_client, random: [8; 32] };
        let mut bytes = Vec::new();
        hello.put_datagram(&mut bytes);
        let answers = self.frame(address, bytes);
        let Some(Frame::Welcome(welcome)) = Frame::parse(&answers[0].1[1..]) else { panic!("a welcome") };
        Hand::new(&self.server, address, hello, welcome, &secret)
    }

    /// Says `message` and gives what the server answers to the same client.
    fn say(&mut self, hand: &mut Hand, message: &RendezvousMsg) -> Vec<RendezvousMsg> {
        let bytes = hand.seal(message);
        let answers = self.frame(hand.address, bytes);
        hand.read(&answers)
    }

    fn store(&mut self) -> Vec<StoreRequest> {
        let mut all = Vec::new();
        while let Some(event) = self.server.poll_event() {
            if let ServerEvent::Store(request) = event {
                all.push(request);
            }
        }
        all
    }

    /// Registers `key` and gives its id.
    fn register(&mut self, hand: &mut Hand, key: &IdentityKey) -> DeviceId {
        let message = hand.register(&self.server, key, 1);
        assert_eq!(self.say(hand, &message), []);
        let [StoreRequest::Claim { ticket, id, .. }] = self.store()[..] else { panic!("one claim") };
        self.server.store_done(self.now, ticket, StoreResult::Owned { id, generation: 0 });
        let answers = self.answers();
        assert!(matches!(hand.read(&answers)[..], [RendezvousMsg::Registered { .. }]));
        id
    }
}

impl Hand {
    fn new(
        server: &Server,
        address: SocketAddr,
        hello: Hello,
        welcome: Welcome,
        secret: &StaticSecret,
    ) -> Self {
        let certificate = EphemeralCertificate::verify(&welcome.certificate, &server.server_key()).unwrap();
        let keys = Keys::derive(secret, certificate.x25519, &hello, &welcome).unwrap();
        Self { keys, hello, welcome, address, counter: 0 }
    }

    /// A frame of a session that the server knows.
    fn seal_plain(&mut self, plain: &[u8]) -> Vec<u8> {
        let (handle, counter) = (self.welcome.handle, self.counter);
        self.counter += 1;
        let sealed = &seal(&self.keys.c2s, handle, counter, plain)[..];
        let mut bytes = vec![Kind::Rendezvous as u8];
        Frame::Sealed(Sealed { handle, counter, sealed }).put(&mut bytes);
        bytes
    }

    fn seal_short(&mut self, message: &RendezvousMsg) -> Vec<u8> {
        let mut plain = Vec::new();
        CapnProto::encode(message, &mut plain).unwrap();
        self.seal_plain(&plain)
    }

    fn seal(&mut self, message: &RendezvousMsg) -> Vec<u8> {
        let mut plain = Vec::new();
        CapnProto::encode(message, &mut plain).unwrap();
        let (handle, counter) = (self.welcome.handle, self.counter);
        self.counter += 1;
        let sealed = &seal(&self.keys.c2s, handle, counter, &plain)[..];
        let Hello { e_client, random, .. } = self.hello;
        let cookie = self.welcome.cookie;
        let mut bytes = vec![Kind::Rendezvous as u8];
        Frame::Opening(Opening { handle, cookie, e_client, random, counter, sealed }).put(&mut bytes);
        bytes
    }

    fn read(&self, answers: &[(SocketAddr, Vec<u8>)]) -> Vec<RendezvousMsg> {
        let own = answers.iter().filter(|(to, _)| *to == self.address);
        own.filter_map(|(_, bytes)| match Frame::parse(&bytes[1..]) {
            Some(Frame::Sealed(Sealed { handle, counter, sealed })) => {
                let plain = open(&self.keys.s2c, handle, counter, sealed).unwrap();
                Some(CapnProto::decode(&plain).unwrap())
            }
            _ => None,
        })
        .collect()
    }

    fn register(&self, server: &Server, key: &IdentityKey, epoch: u64) -> RendezvousMsg {
        let statement = RegisterStatement {
            id: None,
            identity: *key.public().as_bytes(),
            certificate: None,
            epoch,
            capabilities: 0,
            rtts: Vec::new(),
            rotation: None,
        };
        self.signed(server, key, &statement)
    }

    fn signed(&self, server: &Server, key: &IdentityKey, statement: &RegisterStatement) -> RendezvousMsg {
        let mut bytes = Vec::new();
        CapnProto::encode(statement, &mut bytes).unwrap();
        let (fingerprint, observed) = (server.server_key().fingerprint(), address_bytes(self.address));
        let signature =
            key.sign(REGISTER, &register_parts(&fingerprint, &self.welcome.cookie, &observed, &bytes));
        RendezvousMsg::Register { statement: bytes, signature }
    }

    fn connect(
        &self,
        server: &Server,
        target: DeviceId,
        shown: &IdentityKey,
        signer: &IdentityKey,
    ) -> RendezvousMsg {
        let viewer = Some(*shown.public().as_bytes());
        let statement = ConnectStatement {
            target,
            random: [9; 32],
            viewer,
            rtts: Vec::new(),
            direct: false,
            candidates: Vec::new(),
        };
        let mut bytes = Vec::new();
        CapnProto::encode(&statement, &mut bytes).unwrap();
        let fingerprint = server.server_key().fingerprint();
        let signature = signer.sign(CONNECT, &connect_parts(&fingerprint, &self.welcome.cookie, &bytes));
        RendezvousMsg::Connect { statement: bytes, signature: Some(signature) }
    }
}

fn is_stale(answers: &[(SocketAddr, Vec<u8>)]) -> bool {
    matches!(answers, [(_, bytes)] if matches!(Frame::parse(&bytes[1..]), Some(Frame::Stale(_))))
}

fn key(n: u8) -> IdentityKey {
    IdentityKey::from_bytes(&[n; 32])
}

// spec: RG-12
#[test]
fn t31_a_made_up_cookie_opens_nothing_for_a_made_up_address() {
    let mut bench = Bench::new();
    let honest = bench.greet(address(1));
    let secret = StaticSecret::from([7; 32]);
    // All that the keys are made of is known to whoever asked once; only the cookie proves the address.
    let victim = address(2);
    let mut cookie = honest.welcome.cookie;
    for forged in [honest.welcome.cookie, Cookie([0; 24]), {
        cookie.0[23] ^= 1;
        cookie
    }] {
        let welcome = Welcome { cookie: forged, observed: victim, ..honest.welcome.clone() };
        let mut hand = Hand::new(&bench.server, victim, honest.hello, welcome, &secret);
        let bytes = hand.seal(&RendezvousMsg::RelaysWanted);
        let answers = bench.frame(victim, bytes);
        assert!(is_stale(&answers));
    }
    assert_eq!(bench.server.stats().sessions, 0);
}

// spec: RG-12
#[test]
fn a_cookie_ages() {
    let mut bench = Bench::new();
    let mut hand = bench.greet(address(1));
    bench.wait(Duration::from_secs(61));
    let bytes = hand.seal(&RendezvousMsg::RelaysWanted);
    let answers = bench.frame(address(1), bytes);
    assert!(is_stale(&answers));
    assert_eq!(bench.server.stats().sessions, 0);
}

// spec: RG-9, RG-14
#[test]
fn a_session_lives_at_one_address() {
    let mut bench = Bench::new();
    let mut hand = bench.greet(address(1));
    assert_eq!(bench.say(&mut hand, &RendezvousMsg::RelaysWanted).len(), 1);
    // Fresh and genuine, yet from elsewhere: somebody else may be its receiver.
    let bytes = hand.seal(&RendezvousMsg::RelaysWanted);
    let answers = bench.frame(address(2), bytes.clone());
    assert!(is_stale(&answers));
    // The copy that was seen first elsewhere is still good from home, once.
    assert_eq!(bench.frame(address(1), bytes.clone()).len(), 1);
    assert_eq!(bench.frame(address(1), bytes).len(), 0);
    assert_eq!(bench.server.stats().replayed, 1);
}

// spec: RG-13
#[test]
fn a_copy_of_an_opening_does_not_bring_a_session_back() {
    let mut bench = Bench::new();
    let mut hand = bench.greet(address(1));
    let opening = hand.seal(&RendezvousMsg::RelaysWanted);
    assert_eq!(bench.frame(address(1), opening.clone()).len(), 1);
    assert_eq!(bench.say(&mut hand, &RendezvousMsg::Bye), []);
    let answers = bench.frame(address(1), opening);
    assert!(is_stale(&answers));
    assert_eq!(bench.server.stats().sessions, 0);
}

// spec: RG-8
#[test]
fn even_a_session_opened_twice_uses_no_number_twice() {
    let mut bench = Bench::new();
    bench.server.spent = Spent::new(0);
    let mut hand = bench.greet(address(1));
    let opening = hand.seal(&RendezvousMsg::RelaysWanted);
    let counter = |answers: &[(SocketAddr, Vec<u8>)]| match Frame::parse(&answers[0].1[1..]) {
        Some(Frame::Sealed(sealed)) => sealed.counter,
        other => panic!("{other:?}"),
    };
    let mut last = None;
    for _ in 0..5 {
        let first = counter(&bench.frame(address(1), opening.clone()));
        assert!(last.is_none_or(|last| first > last));
        hand.counter = 1;
        let bytes = hand.seal(&RendezvousMsg::RelaysWanted);
        last = Some(counter(&bench.frame(address(1), bytes)));
        bench.server.close_session(hand.welcome.handle);
    }
}

// spec: RG-16, RG-18
#[test]
fn t20_a_registration_needs_the_signature_of_its_key_for_this_session() {
    let mut bench = Bench::new();
    let (mut one, mut two) = (bench.greet(address(1)), bench.greet(address(2)));
    let stolen = one.register(&bench.server, &key(5), 1);
    let refused = |answers: &[RendezvousMsg]| {
        matches!(answers, [RendezvousMsg::RegisterRefused { reason: RefuseReason::Signature, .. }])
    };
    // Of another session.
    let answers = bench.say(&mut two, &stolen);
    assert!(refused(&answers), "{answers:?}");
    // Of another key.
    let RendezvousMsg::Register { statement, .. } = stolen.clone() else { panic!() };
    let RendezvousMsg::Register { signature, .. } = two.register(&bench.server, &key(6), 1) else { panic!() };
    let answers = bench.say(&mut two, &RendezvousMsg::Register { statement, signature });
    assert!(refused(&answers), "{answers:?}");
    assert_eq!(bench.store(), []);
    // The right one is taken, once: a repeat asks the store nothing.
    assert_eq!(bench.say(&mut one, &stolen), []);
    assert_eq!(bench.say(&mut one, &stolen), []);
    assert_eq!(bench.store().len(), 1);
}

// spec: RG-19
#[test]
fn repeats_get_the_same_answer_and_an_equal_epoch_with_other_content_none() {
    let mut bench = Bench::new();
    let mut hand = bench.greet(address(1));
    let id = bench.register(&mut hand, &key(5));
    let message = hand.register(&bench.server, &key(5), 1);
    assert!(matches!(bench.say(&mut hand, &message)[..], [RendezvousMsg::Registered { epoch: 1, .. }]));
    let statement = RegisterStatement {
        id: Some(id),
        identity: *key(5).public().as_bytes(),
        certificate: None,
        epoch: 1,
        capabilities: 9,
        rtts: Vec::new(),
        rotation: None,
    };
    let message = hand.signed(&bench.server, &key(5), &statement);
    let answers = bench.say(&mut hand, &message);
    assert!(matches!(
        answers[..],
        [RendezvousMsg::RegisterRefused { reason: RefuseReason::Epoch, epoch: 1, last_epoch: 1 }]
    ));
    assert_eq!(bench.store(), []);
}

#[test]
fn t22_a_proposed_id_that_is_taken_is_not_given() {
    let mut bench = Bench::new();
    let mut hand = bench.greet(address(1));
    let message = hand.register(&bench.server, &key(5), 1);
    bench.say(&mut hand, &message);
    let mut proposed = Vec::new();
    for _ in 0..3 {
        let [StoreRequest::Claim { ticket, id, .. }] = bench.store()[..] else { panic!("one claim") };
        assert!(!proposed.contains(&id));
        proposed.push(id);
        bench.server.store_done(bench.now, ticket, StoreResult::Taken);
        assert_eq!(bench.answers(), []);
    }
}

// spec: IN-2
#[test]
fn a_viewer_cannot_show_a_key_that_is_not_its_own() {
    let mut bench = Bench::new();
    let mut host = bench.greet(address(1));
    let id = bench.register(&mut host, &key(5));
    let mut viewer = bench.greet(address(2));
    let forged = viewer.connect(&bench.server, id, &key(6), &key(7));
    let bytes = viewer.seal(&forged);
    assert_eq!(bench.frame(address(2), bytes), []);
    let answers = bench.wait(Duration::from_secs(3));
    assert_eq!(viewer.read(&answers), [RendezvousMsg::ConnectRefused { random: [9; 32] }]);
    assert_eq!(answers.len(), 1, "the host hears nothing of it");
    // With its own key the host is asked.
    let mut other = bench.greet(address(3));
    let mut honest = other.connect(&bench.server, id, &key(6), &key(6));
    if let RendezvousMsg::Connect { statement, signature } = &mut honest {
        let mut read: ConnectStatement = CapnProto::decode(statement).unwrap();
        read.random = [10; 32];
        statement.clear();
        CapnProto::encode(&read, statement).unwrap();
        let fingerprint = bench.server.server_key().fingerprint();
        *signature =
            Some(key(6).sign(CONNECT, &connect_parts(&fingerprint, &other.welcome.cookie, statement)));
    }
    let bytes = other.seal(&honest);
    let answers = bench.frame(address(3), bytes);
    assert!(matches!(host.read(&answers)[..], [RendezvousMsg::Incoming { viewer: Some(_), .. }]));
}

#[test]
fn the_exchange_key_changes_daily_and_openings_of_the_old_one_still_work() {
    let mut bench = Bench::new();
    bench.wait(Duration::from_secs(24 * 3600 - 10));
    let mut before = bench.greet(address(1));
    bench.wait(Duration::from_secs(20));
    let mut after = bench.greet(address(2));
    assert_ne!(before.welcome.certificate, after.welcome.certificate);
    for hand in [&mut before, &mut after] {
        assert_eq!(bench.say(hand, &RendezvousMsg::RelaysWanted).len(), 1);
    }
}
