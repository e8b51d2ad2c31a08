//! The second port and the other address: from where answers come, how long they are, and what they cost.

use super::*;
use crate::server::{Alternate, Budget};
use deskwire_wire::rendezvous::AnswerFrom;

const MAIN: &str = "192.0.2.1:21116";
const SECOND: &str = "192.0.2.1:21115";
const ALTERNATE: &str = "192.0.2.2:21112";

fn at(text: &str) -> SocketAddr {
    text.parse().unwrap()
}

/// A server with all its ports, and which link is which.
struct Place {
    bench: Bench,
    links: Vec<(LinkId, SocketAddr)>,
}

impl Place {
    fn new(change: impl FnOnce(&mut ServerConfig)) -> Self {
        let mut config = Bench::config();
        config.reflector = vec![at(SECOND)];
        config.alternate = vec![Alternate { listen: at(ALTERNATE), public: at("198.51.100.2:0") }];
        change(&mut config);
        let now = Instant::from_micros(5);
        let (mut server, mut links, mut buf) = (Server::new(now, config), Vec::new(), Vec::new());
        while let Some(output) = server.poll_output(now, &mut buf) {
            if let Output::Open { link, spec: LinkSpec::Udp { local: Some(local) } } = output {
                links.push((link, local));
            }
        }
        for (link, local) in &links {
            server.handle_input(now, Input::Opened { link: *link, local: *local, max_datagram: 1_400 });
        }
        let link = links[0].0;
        Self { bench: Bench { now, server, link }, links }
    }

    /// Brings a datagram to one of its ports; gives from where it answers, and with what.
    fn hear(&mut self, port: &str, from: SocketAddr, mut bytes: Vec<u8>) -> Vec<(SocketAddr, Vec<u8>)> {
        let link = self.links.iter().find(|(_, local)| *local == at(port)).unwrap().0;
        let input = Input::Datagram { link, from, ecn: Ecn::NotEct, data: &mut bytes };
        let (now, mut answers, mut buf) = (self.bench.now, Vec::new(), Vec::new());
        self.bench.server.handle_input(now, input);
        while let Some(output) = self.bench.server.poll_output(now, &mut buf) {
            if let Output::Datagram { link, to, .. } = output {
                assert_eq!(to, from, "nobody but the asker hears anything");
                let local = self.links.iter().find(|(own, _)| *own == link).unwrap().1;
                answers.push((local, buf.split_off(0)));
            }
        }
        answers
    }

    /// A session of its own; nothing was asked yet but for the relays.
    fn open(&mut self, n: u8) -> Hand {
        let mut hand = self.bench.greet(address(n));
        assert_eq!(self.bench.say(&mut hand, &RendezvousMsg::RelaysWanted).len(), 1);
        hand
    }

    fn ask(
        &mut self,
        hand: &mut Hand,
        port: &str,
        source: SocketAddr,
        from: AnswerFrom,
    ) -> Option<(SocketAddr, RendezvousMsg)> {
        let question = hand.seal_short(&RendezvousMsg::Reflect { nonce: 0, from });
        let asked = question.len();
        let (local, bytes) = self.hear(port, source, question).pop()?;
        assert!(bytes.len() <= asked, "{} bytes for {asked}", bytes.len());
        Some((local, hand.read(&[(hand.address, bytes)]).pop()?))
    }
}

#[test]
fn answers_come_from_where_they_are_asked_for() {
    let mut place = Place::new(|_| {});
    let mut hand = place.open(1);
    let elsewhere = SocketAddr::from(([203, 0, 113, 1], 7));
    let told = Some(at("198.51.100.2:21112"));
    let said = |alternate| RendezvousMsg::Reflected { nonce: 0, observed: elsewhere, alternate };
    for (port, from, expected) in [
        (SECOND, AnswerFrom::Here, Some((SECOND, told))),
        (SECOND, AnswerFrom::OtherPort, Some((MAIN, None))),
        (SECOND, AnswerFrom::OtherAddress, Some((ALTERNATE, None))),
        (SECOND, AnswerFrom::Unknown(7), None),
        (ALTERNATE, AnswerFrom::Here, Some((ALTERNATE, None))),
        (ALTERNATE, AnswerFrom::OtherPort, None),
        (ALTERNATE, AnswerFrom::OtherAddress, None),
    ] {
        let answer = place.ask(&mut hand, port, elsewhere, from);
        assert_eq!(answer, expected.map(|(local, told)| (at(local), said(told))), "{port} {from:?}");
    }
    assert_eq!(place.bench.server.stats().reflected, 4);
}

#[test]
fn without_another_address_nothing_comes_from_there() {
    let mut place = Place::new(|config| config.alternate.clear());
    let (mut hand, own) = (place.open(1), address(1));
    let here = place.ask(&mut hand, SECOND, own, AnswerFrom::Here);
    let (nonce, observed, alternate) = (0, own, None);
    assert_eq!(here, Some((at(SECOND), RendezvousMsg::Reflected { nonce, observed, alternate })));
    assert_eq!(place.ask(&mut hand, SECOND, own, AnswerFrom::OtherAddress), None);
}

/// Earlier clients pad for one address, and whoever likes pads less.
// spec: RG-23
#[test]
fn t29_no_answer_is_longer_than_its_question() {
    let mut place = Place::new(|_| {});
    let (mut hand, own) = (place.open(1), address(1));
    let mut answered = Vec::new();
    for words in 0..=8 {
        for from in [0, 1, 2] {
            let question = hand.seal_plain(&padded(words, from));
            let asked = question.len();
            let answers = place.hear(SECOND, own, question);
            assert!(answers.iter().all(|(_, bytes)| bytes.len() <= asked), "{words} words: {answers:?}");
            let read = hand.read(&answers.into_iter().map(|(_, bytes)| (own, bytes)).collect::<Vec<_>>());
            if let ([RendezvousMsg::Reflected { alternate, .. }], 0) = (&read[..], from) {
                answered.push((words, alternate.is_some()));
            }
        }
    }
    // With too little room the other address is left out first, and then there is no answer.
    assert!(answered.contains(&(1, false)) && answered.contains(&(8, true)), "{answered:?}");
    assert!(answered.iter().any(|(words, _)| *words == 4), "an earlier client's 32 bytes: {answered:?}");
}

/// A question as it is on the wire (Cap'n Proto, packed) with so many words of padding.
fn padded(words: u8, from: u8) -> Vec<u8> {
    let padding = u64::from(words);
    // Sizes of segment, message, question and padding, and what they hold: tag 5, nonce 0, from where.
    let message = 1 << 32 | 1 << 48;
    let question = 2 << 32 | 1 << 48;
    let all = [(6 + padding) << 32, message, 5, question, 0, u64::from(from), 1 | 2 << 32 | padding << 38];
    let mut plain = Vec::new();
    for word in all.map(u64::to_le_bytes) {
        let (tag, bytes) = (plain.len(), word.into_iter().filter(|byte| *byte != 0));
        plain.push((0..8).filter(|at| word[*at] != 0).map(|at| 1 << at).sum());
        plain.extend(bytes);
        if plain[tag] == 0 {
            plain.push(0);
        }
    }
    if let Some(more) = words.checked_sub(1) {
        plain.push(0xff);
        plain.extend([0x5a; 8]);
        plain.push(more);
        plain.extend(vec![0x5a; usize::from(more) * 8]);
    }
    assert!(matches!(CapnProto::decode(&plain), Ok(RendezvousMsg::Reflect { nonce: 0, .. })), "{plain:?}");
    plain
}

#[test]
fn questions_are_paid_for_by_the_session_and_not_by_whom_it_names() {
    let mut place = Place::new(|config| config.limits.reflect = Budget::new(3, Duration::from_secs(1)));
    let (mut one, mut other) = (place.open(1), place.open(2));
    let ask = |place: &mut Place, hand: &mut Hand, n| {
        place.ask(hand, SECOND, address(n), AnswerFrom::OtherAddress).is_some()
    };
    let answered = [9, 10, 11, 12].map(|n| ask(&mut place, &mut one, n));
    assert_eq!(answered, [true, true, true, false]);
    assert_eq!(place.bench.server.stats().over_budget, 1);
    assert!(ask(&mut place, &mut other, 9));
    place.bench.now += Duration::from_secs(1);
    assert!(ask(&mut place, &mut one, 9));
}
