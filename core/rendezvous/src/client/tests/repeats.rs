//! What a client says again, seen by a server that decides when to answer.

use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;
use core::time::Duration;

use deskwire_identity::{EphemeralCertificate, IdentityKey, PublicKey};
use deskwire_machine::{Ecn, Input, Instant, LinkId, Machine, Output, Seed};
use deskwire_wire::frame::Kind;
use deskwire_wire::ids::{DeviceId, Private};
use deskwire_wire::rendezvous::{
    AttemptId, ConnectStatement, Cookie, Frame, Handle, Hello, Introduced, Opening, RendezvousMsg, Sealed,
    VERSION, Welcome,
};
use deskwire_wire::{CapnProto, Codec};
use x25519_dalek::StaticSecret;

use super::certificate_of;
use crate::client::{Client, ClientConfig, ClientEvent, DialRequest, ServerAddress, Trust};
use crate::exchange::{CONNECT, Keys, connect_parts, introduction_id, open, seal};

const UNIX: u64 = 1_800_000_000;

/// A message of the client: when it came, in which kind of frame, and its number.
#[derive(Clone, Debug)]
struct Said {
    at: Instant,
    in_opening: bool,
    counter: u64,
    message: RendezvousMsg,
}

/// A client, and the server's side of its session in the hands of a test.
struct Desk {
    now: Instant,
    client: Client,
    link: LinkId,
    address: ServerAddress,
    exchange: StaticSecret,
    /// Sessions so far; the last is the one that counts.
    sessions: Vec<(Keys, Welcome)>,
    next_counter: u64,
    said: Vec<Said>,
    events: Vec<ClientEvent>,
}

fn server() -> IdentityKey {
    IdentityKey::from_bytes(&[2; 32])
}

impl Desk {
    fn new() -> Self {
        let address = ServerAddress { main: ([192, 0, 2, 1], 21_116).into(), reflector: None };
        let trust = Trust::Key(server().public());
        let identity = IdentityKey::from_bytes(&[1; 32]);
        let config = ClientConfig::new(Seed::new([3; 32]), identity, address, trust, UNIX);
        let (now, link) = (Instant::from_micros(1), config.ids.allocate());
        let mut client = Client::new(now, config);
        let local = ([0; 4], 5_000).into();
        client.handle_input(now, Input::Opened { link, local, max_datagram: 1_472 });
        let exchange = StaticSecret::from([9; 32]);
        let (sessions, said, events) = (Vec::new(), Vec::new(), Vec::new());
        Self { now, client, link, address, exchange, sessions, next_counter: 0, said, events }
    }

    fn give(&mut self, frame: &Frame<'_>) {
        let mut bytes = vec![Kind::Rendezvous as u8];
        frame.clone().put(&mut bytes);
        let from = self.address.main;
        let input = Input::Datagram { link: self.link, from, ecn: Ecn::NotEct, data: &mut bytes };
        self.client.handle_input(self.now, input);
        self.drain();
    }

    fn welcome(&mut self, hello: Hello) {
        let x25519 = x25519_dalek::PublicKey::from(&self.exchange).to_bytes();
        let certificate = EphemeralCertificate { x25519, not_before: UNIX, not_after: UNIX + 90_000 };
        let number = u8::try_from(self.sessions.len()).unwrap();
        let welcome = Welcome {
            version: VERSION,
            random: hello.random,
            handle: Handle([number; 8]),
            cookie: Cookie([number; 24]),
            observed: ([203, 0, 113, 1], 5_000).into(),
            server_time: UNIX,
            server_key: *server().public().as_bytes(),
            certificate: certificate.sign(&server()),
        };
        let keys = Keys::derive(&self.exchange, hello.e_client, &hello, &welcome).unwrap();
        self.sessions.push((keys, welcome.clone()));
        self.give(&Frame::Welcome(welcome));
    }

    fn drain(&mut self) {
        let mut bytes = Vec::new();
        while let Some(output) = self.client.poll_output(self.now, &mut bytes) {
            let bytes = core::mem::take(&mut bytes);
            if !matches!(output, Output::Datagram { .. }) {
                continue;
            }
            match Frame::parse(&bytes[1..]) {
                Some(Frame::Hello(hello)) => self.welcome(hello),
                Some(Frame::Opening(Opening { handle, counter, sealed, .. })) => {
                    self.note(handle, counter, sealed, true);
                }
                Some(Frame::Sealed(Sealed { handle, counter, sealed })) => {
                    self.note(handle, counter, sealed, false);
                }
                other => panic!("{other:?}"),
            }
        }
        while let Some(event) = self.client.poll_event() {
            if let ClientEvent::PersistEpoch(epoch) = event {
                self.client.epoch_persisted(self.now, epoch);
                self.drain();
            }
            self.events.push(event);
        }
    }

    fn note(&mut self, handle: Handle, counter: u64, sealed: &[u8], in_opening: bool) {
        let (keys, welcome) = self.sessions.last().unwrap();
        assert_eq!(handle, welcome.handle);
        let message = CapnProto::decode(&open(&keys.c2s, handle, counter, sealed).unwrap()).unwrap();
        self.said.push(Said { at: self.now, in_opening, counter, message });
    }

    /// A message of the server, sealed with `key` where it is not that of the session.
    fn tell_with(&mut self, key: Option<[u8; 32]>, message: &RendezvousMsg) {
        let (keys, welcome) = self.sessions.last().unwrap();
        let key = key.map_or_else(|| keys.s2c.clone(), deskwire_identity::Secret::new);
        let (handle, counter) = (welcome.handle, self.next_counter);
        self.next_counter += 1;
        let mut plain = Vec::new();
        CapnProto::encode(message, &mut plain).unwrap();
        let sealed = seal(&key, handle, counter, &plain);
        self.give(&Frame::Sealed(Sealed { handle, counter, sealed: &sealed }));
    }

    fn tell(&mut self, message: &RendezvousMsg) {
        self.tell_with(None, message);
    }

    fn run(&mut self, time: Duration) {
        let end = self.now + time;
        self.drain();
        while let Some(due) = self.client.poll_timeout().filter(|due| due.at <= end) {
            self.now = due.at;
            self.client.handle_timeout(self.now);
            self.drain();
        }
        self.now = end;
    }

    fn dial(&mut self) {
        let request = DialRequest { recognise: true, ..DialRequest::new(DeviceId::from_number(5)) };
        self.client.connect(self.now, request).unwrap();
        self.drain();
    }

    /// Registers, and forgets what was said for it.
    fn registered() -> Self {
        let mut desk = Self::new();
        desk.client.register(desk.now);
        desk.run(ms(1));
        let certificate = certificate_of(1, 2);
        desk.tell(&RendezvousMsg::Registered {
            certificate,
            beat_interval_s: 600,
            server_time: UNIX,
            epoch: 1,
        });
        assert!(desk.client.is_registered(), "{:?}", desk.said);
        desk.said.clear();
        desk.events.clear();
        desk
    }

    fn incoming(&mut self) {
        self.tell(&RendezvousMsg::Incoming { attempt: ATTEMPT, viewer: None, direct: true });
    }

    /// The answers so far, and after how many milliseconds each was said.
    fn answers(&self, begin: Instant) -> (Vec<RendezvousMsg>, Vec<u128>) {
        let said = self.said.iter().filter(|said| matches!(said.message, RendezvousMsg::Answer { .. }));
        said.map(|said| (said.message.clone(), (said.at - begin).as_millis())).unzip()
    }
}

const ATTEMPT: AttemptId = AttemptId([6; 16]);

const fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

// spec: RG-11
#[test]
fn messages_go_in_openings_until_the_server_has_shown_that_it_has_the_keys() {
    let mut desk = Desk::new();
    desk.dial();
    desk.run(ms(1_000));
    assert!(desk.said.len() >= 3, "{:?}", desk.said);
    // A frame that is not authentic changes nothing.
    desk.tell_with(Some([4; 32]), &RendezvousMsg::Relays { relays: Vec::new() });
    desk.run(ms(2_000));
    let unanswered = desk.said.len();
    assert!(unanswered >= 4 && desk.said.iter().all(|said| said.in_opening), "{:?}", desk.said);
    // Nor does one that answers nothing open less: it is the seal that counts.
    desk.tell(&RendezvousMsg::Relays { relays: Vec::new() });
    desk.dial();
    desk.run(ms(1_000));
    assert!(desk.said.len() > unanswered + 1);
    assert!(desk.said[unanswered..].iter().all(|said| !said.in_opening));
    let counters: Vec<u64> = desk.said.iter().map(|said| said.counter).collect();
    assert_eq!(counters, (0..counters.len() as u64).collect::<Vec<_>>(), "it goes on across both");
    assert_eq!(desk.sessions.len(), 1);
}

fn statement(said: &Said) -> (ConnectStatement, Vec<u8>, [u8; 64]) {
    let RendezvousMsg::Connect { statement, signature } = &said.message else { panic!("{said:?}") };
    (CapnProto::decode(statement).unwrap(), statement.clone(), signature.unwrap())
}

// spec: IN-1
#[test]
fn a_dial_is_repeated_as_it_was_and_signed_anew_in_a_new_session() {
    let mut desk = Desk::new();
    desk.dial();
    desk.run(ms(2_000));
    let first = desk.said.len();
    let handle = desk.sessions[0].1.handle;
    desk.give(&Frame::Stale(handle));
    desk.run(ms(3_000));
    assert_eq!(desk.sessions.len(), 2);
    assert!(first >= 3 && desk.said.len() >= first + 3, "{:?}", desk.said);
    let (asked, ..) = statement(&desk.said[0]);
    for (n, said) in desk.said.iter().enumerate() {
        let (repeat, bytes, signature) = statement(said);
        assert_eq!((repeat.target, repeat.random), (asked.target, asked.random), "{n}");
        let cookie = desk.sessions[usize::from(n >= first)].1.cookie;
        let viewer = PublicKey::from_bytes(repeat.viewer.unwrap()).unwrap();
        let fingerprint = server().public().fingerprint();
        let parts = connect_parts(&fingerprint, &cookie, &bytes);
        assert!(viewer.verify(CONNECT, &parts, &signature).is_ok(), "{n}: signed for another session");
    }
    // Another dial is another request.
    let before = desk.said.len();
    desk.dial();
    assert_ne!(statement(&desk.said[before]).0.random, asked.random);
}

// spec: IN-4
#[test]
fn repeats_of_an_attempt_are_answered_in_the_same_way() {
    for accept in [true, false] {
        let mut desk = Desk::registered();
        let begin = desk.now;
        desk.incoming();
        assert!(matches!(desk.events[..], [ClientEvent::Incoming { .. }]));
        desk.client.answer(desk.now, ATTEMPT, accept, vec![([10, 0, 0, 1], 7).into()]);
        desk.drain();
        // The owner cannot change its mind.
        desk.client.answer(desk.now, ATTEMPT, !accept, Vec::new());
        for _ in 0..3 {
            desk.run(ms(10));
            desk.incoming();
        }
        let (answers, _) = desk.answers(begin);
        assert!(answers.len() == 4 && answers.iter().all(|other| *other == answers[0]), "{answers:?}");
        let RendezvousMsg::Answer { attempt, accept: said, candidates, .. } = &answers[0] else { panic!() };
        assert_eq!((*attempt, *said, candidates.is_empty()), (ATTEMPT, accept, !accept));
        assert_eq!(desk.events.len(), 1, "the owner is asked once");
    }
}

// spec: IN-5
#[test]
fn an_answer_is_repeated_until_the_introduction_comes() {
    for introduced in [false, true] {
        let mut desk = Desk::registered();
        let begin = desk.now;
        desk.incoming();
        desk.client.answer(desk.now, ATTEMPT, true, Vec::new());
        desk.run(ms(1_000));
        let (answers, _) = desk.answers(begin);
        let RendezvousMsg::Answer { random: host_random, .. } = answers[0] else { panic!() };
        if introduced {
            let introduced = Introduced {
                introduction: introduction_id(&[5; 32], &host_random, &[8; 32]),
                secret: Private([9; 32]),
                issued: UNIX,
                certificate: Vec::new(),
                viewer_random: [5; 32],
                host_random,
                server_random: [8; 32],
                relays: Vec::new(),
                candidates: Vec::new(),
            };
            desk.tell(&RendezvousMsg::Introduced(Box::new(introduced)));
        }
        desk.run(ms(20_000));
        let (answers, times) = desk.answers(begin);
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
        let failed = ClientEvent::AttemptFailed { attempt: ATTEMPT };
        if introduced {
            assert_eq!(times, [0, 250, 750]);
            assert!(matches!(desk.events[1..], [ClientEvent::Accepted { attempt: ATTEMPT, .. }]));
        } else {
            assert_eq!(times, [0, 250, 750, 1_750, 3_750, 5_750], "until it gives up after 6 s");
            assert_eq!(desk.events[1..], [failed]);
        }
    }
}
