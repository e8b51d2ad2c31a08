#![allow(clippy::panic, reason = "one of the faults is to panic")]
//! A suite that finds nothing proves nothing: each of these machines breaks one rule, and is caught by that rule.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::time::Duration;

use deskwire_conformance::{
    CountingAllocator, Dice, Given, LinkKind, Replies, Rule, Subject, Suite, Violation, check, check_memory,
    check_script, replay,
};
use deskwire_machine::{
    Clock, Deadline, Ecn, Input, Instant, LinkId, LinkIds, LinkSpec, Machine, Outbox, Output, Rng, Seed,
};

#[global_allocator]
static COUNTING: CountingAllocator = CountingAllocator;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fault {
    None,
    TrustsBackwardTime,
    UsesAmbientRandomness,
    IteratesAHashMap,
    QueuesForATimer,
    WorksInPollEvent,
    ActsEarly,
    MovesDeadlineEarly,
    AsksTwice,
    Panics,
    NeverEndsADrain,
    Leaks,
    BytesWithOpen,
    BytesWithClose,
    SendsNothing,
    SendsWhileBlocked,
    SendsAfterClosed,
    SendsAfterOwnClose,
    SendsOnUnknownLink,
    ReusesAnId,
    DropsInSilence,
    ForgetsWhatItCounted,
}

const DELAY: Duration = Duration::from_millis(20);

/// Echoes datagrams after a delay with a random byte in front, and holds one TCP link that it opens anew when it
/// ends. It is right unless it has a fault.
struct Echo {
    fault: Fault,
    clock: Clock,
    ids: LinkIds,
    rng: Rng,
    outbox: Outbox,
    waiting: VecDeque<(Instant, LinkId, SocketAddr, Vec<u8>)>,
    tick: Instant,
    tcp: Option<LinkId>,
    blocked: Option<LinkId>,
    dead: Option<LinkId>,
    raw: VecDeque<(Output, Vec<u8>)>,
    events: VecDeque<usize>,
    hoard: Vec<Vec<u8>>,
    overdue: bool,
    dropped: u64,
}

impl Echo {
    fn new(now: Instant, seed: &Seed, ids: &LinkIds, fault: Fault) -> Self {
        let mut echo = Self {
            fault,
            clock: Clock::new(now),
            ids: ids.clone(),
            rng: seed.public(),
            outbox: Outbox::new(8 << 10),
            waiting: VecDeque::new(),
            tick: now + Duration::from_secs(1),
            tcp: None,
            blocked: None,
            dead: None,
            raw: VecDeque::new(),
            events: VecDeque::new(),
            hoard: Vec::new(),
            overdue: false,
            dropped: 0,
        };
        echo.connect();
        echo
    }

    fn connect(&mut self) {
        let link = match (self.fault, self.dead) {
            (Fault::ReusesAnId, Some(old)) => old,
            _ => self.ids.allocate(),
        };
        let remote = SocketAddr::from(([192, 0, 2, 1], 9));
        let spec = LinkSpec::TcpConnect { local: None, reuse: false, remote };
        match self.fault {
            Fault::BytesWithOpen => self.raw.push_back((Output::Open { link, spec }, b"hello".to_vec())),
            _ => self.outbox.open(link, spec),
        }
        self.tcp = Some(link);
    }

    fn send_raw(&mut self, link: LinkId, to: SocketAddr, bytes: &[u8]) {
        let output = Output::Datagram { link, to, ecn: Ecn::NotEct, segment: None };
        self.raw.push_back((output, bytes.to_vec()));
    }

    fn received(&mut self, now: Instant, link: LinkId, from: SocketAddr, data: &[u8]) {
        match self.fault {
            Fault::Panics if data.first() == Some(&0xee) => panic!("did not expect {:?}", data.first()),
            Fault::Leaks => self.hoard.push(vec![0; 400]),
            Fault::SendsNothing if data.len() % 5 == 1 => self.send_raw(link, from, &[]),
            Fault::SendsOnUnknownLink if data.first() == Some(&7) => {
                let unknown = self.ids.allocate();
                self.send_raw(unknown, from, b"?");
            }
            Fault::NeverEndsADrain if data.len() > 40 => self.events.push_back(0),
            Fault::QueuesForATimer if data.len() > 30 => self.overdue = true,
            Fault::IteratesAHashMap => {
                let order: HashMap<u8, u8> = (0..8).map(|i| (i, i)).collect();
                self.outbox.datagram(link, from, order.into_keys().collect());
            }
            _ => {}
        }
        if self.waiting.len() < 16 {
            self.waiting.push_back((now + DELAY, link, from, data.to_vec()));
        }
        self.events.push_back(data.len());
        if self.events.len() > 64 {
            self.events.pop_front();
        }
    }
}

impl Machine for Echo {
    type Event = usize;

    fn handle_input(&mut self, told: Instant, input: Input<'_>) {
        let counted = self.clock.tell(told);
        let now = if self.fault == Fault::TrustsBackwardTime { told } else { counted };
        self.outbox.note(&input);
        let afterwards = [Fault::SendsAfterClosed, Fault::SendsAfterOwnClose].contains(&self.fault);
        if let (true, Some(link)) = (afterwards, self.dead.take()) {
            self.raw.push_back((Output::Stream { link }, vec![1]));
        }
        match input {
            Input::Datagram { data, .. } if data.len() > 1_000 => match self.fault {
                Fault::DropsInSilence => {}
                Fault::ForgetsWhatItCounted if self.dropped > 1 => self.dropped = 0,
                _ => self.dropped += 1,
            },
            Input::Datagram { link, from, data, .. } if self.outbox.is_open(link) => {
                self.received(now, link, from, data);
            }
            Input::Stream { link, data } if Some(link) == self.tcp => {
                let len = data.len();
                data.consume(len);
                let _ = self.outbox.stream(link, vec![len as u8]);
                if len % 7 == 3 {
                    self.tcp = None;
                    match self.fault {
                        Fault::BytesWithClose => self.raw.push_back((Output::Close { link }, vec![1])),
                        _ => self.outbox.close(link),
                    }
                    if self.fault == Fault::SendsAfterOwnClose {
                        self.dead = Some(link);
                    }
                }
            }
            Input::Blocked { link } => self.blocked = Some(link),
            Input::Writable { .. } => self.blocked = None,
            Input::Closed { link, .. } if Some(link) == self.tcp => {
                self.dead = Some(link);
                self.tcp = None;
                self.connect();
            }
            Input::Closed { link, .. } => self.waiting.retain(|(_, l, ..)| *l != link),
            _ => {}
        }
        if let (Fault::SendsWhileBlocked, Some(link)) = (self.fault, self.blocked.take()) {
            self.raw.push_back((Output::Stream { link }, vec![1]));
        }
    }

    fn handle_timeout(&mut self, told: Instant) {
        let now = self.clock.tell(told);
        self.overdue = false;
        match self.fault {
            Fault::ActsEarly => self.tick = now + Duration::ZERO,
            Fault::MovesDeadlineEarly => self.tick = now + Duration::from_secs(1),
            _ => {}
        }
        while let Some((_, link, from, mut bytes)) = self.waiting.pop_front_if(|(at, ..)| *at <= now) {
            let first = match self.fault {
                Fault::UsesAmbientRandomness => {
                    // Eight bytes, because one is the same in both runs once in a while.
                    let random = std::hash::BuildHasher::hash_one(&std::hash::RandomState::new(), 1);
                    bytes.extend(random.to_le_bytes());
                    0
                }
                _ => self.rng.below(256) as u8,
            };
            bytes.insert(0, first);
            self.outbox.datagram(link, from, bytes);
        }
        if self.tick <= now {
            if let Some(link) = self.tcp {
                let _ = self.outbox.stream(link, b"tick".to_vec());
            }
            if self.fault != Fault::AsksTwice {
                self.tick = now + Duration::from_secs(1);
            }
        }
    }

    fn poll_output(&mut self, _: Instant, buf: &mut Vec<u8>) -> Option<Output> {
        if let Some((output, bytes)) = self.raw.pop_front() {
            buf.extend_from_slice(&bytes);
            return Some(output);
        }
        self.outbox.poll(buf)
    }

    fn poll_event(&mut self) -> Option<usize> {
        let event = self.events.pop_front()?;
        match self.fault {
            Fault::NeverEndsADrain if event == 0 => self.events.push_back(0),
            Fault::WorksInPollEvent => {
                if let Some(link) = self.tcp {
                    let _ = self.outbox.stream(link, vec![9]);
                }
            }
            _ => {}
        }
        Some(event)
    }

    fn poll_timeout(&self) -> Option<Deadline> {
        if self.overdue {
            return Some(Deadline::new(self.clock.now(), "now"));
        }
        let waiting = self.waiting.iter().map(|(at, ..)| *at).min();
        let at = waiting.map_or(self.tick, |at| at.min(self.tick));
        Some(Deadline::new(at, "echo"))
    }
}

struct EchoSubject(Fault);

impl Subject for EchoSubject {
    type Machine = Echo;
    const MAX_BYTES: usize = 400 << 10;

    fn start(&mut self, now: Instant, seed: Seed, ids: &LinkIds, given: &mut Given) -> Echo {
        given.udp(ids);
        Echo::new(now, &seed, ids, self.0)
    }

    fn dropped(&self, machine: &mut Echo) -> Option<u64> {
        Some(machine.dropped)
    }

    fn sent(&mut self, _: Instant, output: &Output, bytes: &[u8], replies: &mut Replies) {
        if let Output::Stream { link } = output {
            replies.stream(*link, bytes.to_vec());
        }
    }

    fn message(&mut self, dice: &mut Dice<'_>, _: LinkKind) -> Option<Vec<u8>> {
        Some(dice.bytes(60))
    }
}

/// The rules that many scripts and one long one find broken, without a repeat.
fn rules_broken(fault: Fault) -> Vec<Violation> {
    let mut found: Vec<Violation> = Vec::new();
    for case in 0..60_u64 {
        let flood = case == 59;
        let mut script = vec![0; if flood { 200_000 } else { 800 }];
        Seed::new([3; 32]).derive_indexed("case", case).public().fill(&mut script);
        let make = || EchoSubject(fault);
        let outcome = if flood { check_memory(&make, &script) } else { check_script(&make, &script) };
        if let Err(violation) = outcome
            && !found.iter().any(|v| v.rule == violation.rule)
        {
            found.push(violation);
        }
    }
    found
}

#[test]
fn a_right_machine_passes() {
    check(&Suite::default(), || EchoSubject(Fault::None));
}

#[test]
fn every_fault_is_caught_by_its_rule() {
    let expected = [
        (Fault::TrustsBackwardTime, Rule::BackwardsTime),
        (Fault::UsesAmbientRandomness, Rule::NotDeterministic),
        (Fault::IteratesAHashMap, Rule::NotDeterministic),
        (Fault::QueuesForATimer, Rule::OverdueDeadline),
        (Fault::WorksInPollEvent, Rule::WorkInPollEvent),
        (Fault::ActsEarly, Rule::EarlyTimeout),
        (Fault::MovesDeadlineEarly, Rule::EarlyTimeout),
        (Fault::AsksTwice, Rule::AskedTwice),
        (Fault::Panics, Rule::Panicked),
        (Fault::NeverEndsADrain, Rule::EndlessDrain),
        (Fault::Leaks, Rule::TooMuchMemory),
        (Fault::BytesWithOpen, Rule::BytesWithoutSend),
        (Fault::BytesWithClose, Rule::BytesWithoutSend),
        (Fault::SendsNothing, Rule::EmptySend),
        (Fault::SendsWhileBlocked, Rule::SentWhileBlocked),
        (Fault::SendsAfterClosed, Rule::UsedAfterClose),
        (Fault::SendsAfterOwnClose, Rule::UsedAfterClose),
        (Fault::SendsOnUnknownLink, Rule::UnknownLink),
        (Fault::ReusesAnId, Rule::ReusedId),
        (Fault::DropsInSilence, Rule::NotCounted),
        (Fault::ForgetsWhatItCounted, Rule::NotCounted),
    ];
    for (fault, rule) in expected {
        let found = rules_broken(fault);
        let rules: Vec<Rule> = found.iter().map(|v| v.rule).collect();
        assert_eq!(rules, [rule], "{fault:?} gave {found:#?}");
    }
}

#[test]
fn a_failure_prints_a_script_that_shows_it_again() {
    let failed = std::panic::catch_unwind(|| check(&Suite::default(), || EchoSubject(Fault::SendsNothing)));
    let said = *failed.unwrap_err().downcast::<String>().unwrap();
    assert!(said.contains("rule 7 (EmptySend)"), "{said}");
    let script = said.split('"').nth(1).unwrap().to_owned();
    assert!(script.len() < 200, "the script is short: {script}");
    let again = std::panic::catch_unwind(|| replay(|| EchoSubject(Fault::SendsNothing), &script));
    assert!(again.unwrap_err().downcast::<String>().unwrap().contains("EmptySend"));
}
