//! One run: a script drives a machine, and every step is checked.

mod steps;

use std::cell::Cell;
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use deskwire_machine::{Input, Instant, LinkId, LinkIds, LinkSpec, Machine, Output, Seed, StreamBuf};

use crate::trace::Trace;
use crate::{Dice, Given, LinkKind, Replies, Rule, Subject, Violation};

/// What is special about a run.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mode {
    /// Tell times that went back as they are, instead of the last one seen.
    pub(crate) raw_time: bool,
    /// Call `handle_timeout` early before every step.
    pub(crate) early: bool,
    /// Never close a link that the machine was given: a long run stays lively.
    pub(crate) keep_given: bool,
    /// The most steps.
    pub(crate) steps: usize,
    /// The most outputs and events of one drain.
    pub(crate) drain: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Phase {
    Asked,
    Open,
    Blocked,
    Closed,
}

#[derive(Debug)]
struct Link {
    kind: LinkKind,
    phase: Phase,
    unread: StreamBuf,
    given: bool,
}

/// Unread bytes of one stream that the driver holds before it stops reading.
const UNREAD: usize = 64 << 10;
/// Messages kept to be sent again.
const HISTORY: usize = 8;

pub(crate) struct Run<'s, S: Subject> {
    subject: S,
    machine: S::Machine,
    ids: LinkIds,
    mode: Mode,
    dice: Dice<'s>,
    step: &'s Cell<usize>,
    /// The time as told, which may go back.
    told: Instant,
    /// The time that counts.
    now: Instant,
    /// The latest time the machine was told.
    seen: Instant,
    /// Whether a deadline had come before the last call.
    was_due: bool,
    links: BTreeMap<LinkId, Link>,
    replies: Replies,
    history: VecDeque<Vec<u8>>,
    trace: Trace,
    buf: Vec<u8>,
    /// Outputs and events so far.
    said: u64,
}

type Step = Result<(), Violation>;

/// Runs a script to its end. `step` is kept up to date, so that a panic can be placed.
pub(crate) fn run<'s, S: Subject>(
    subject: S,
    seed: Seed,
    script: &'s [u8],
    mode: Mode,
    trace: Trace,
    step: &'s Cell<usize>,
) -> (Step, Trace) {
    let mut subject = subject;
    let ids = LinkIds::new();
    let mut given = Given::default();
    let now = Instant::from_micros(1_000_000);
    let machine = subject.start(now, seed, &ids, &mut given);
    let mut run = Run {
        subject,
        machine,
        ids,
        mode,
        dice: Dice::new(script),
        step,
        told: now,
        now,
        seen: now,
        was_due: false,
        links: BTreeMap::new(),
        replies: Replies::default(),
        history: VecDeque::new(),
        trace,
        buf: Vec::new(),
        said: 0,
    };
    let outcome = run.play(&given);
    (outcome, run.trace)
}

impl<S: Subject> Run<'_, S> {
    fn play(&mut self, given: &Given) -> Step {
        self.drain(false)?;
        for given in &given.0 {
            let link = Link { kind: given.kind, phase: Phase::Open, unread: StreamBuf::new(), given: true };
            self.links.insert(given.link, link);
            let (link, local, max_datagram) = (given.link, given.local, given.max_datagram);
            self.input(Input::Opened { link, local, max_datagram })?;
        }
        while !self.dice.is_used_up() && self.step.get() < self.mode.steps {
            self.step.set(self.step.get() + 1);
            self.one()?;
        }
        Ok(())
    }

    fn one(&mut self) -> Step {
        let what = self.dice.byte();
        self.pass_time();
        let due = self.is_due();
        // A driver usually acts on deadlines first, but may have read a packet meanwhile.
        if due && self.dice.chance(200) {
            self.due()?;
        }
        match what {
            0..=39 => self.jump_to_deadline()?,
            40..=54 => self.early()?,
            55..=119 => self.deliver_reply()?,
            120..=139 => self.open_one()?,
            140..=169 => self.send_message(true)?,
            170..=184 => self.send_message(false)?,
            185..=194 => self.send_again()?,
            195..=204 => self.flow_control()?,
            205..=209 => self.close_one()?,
            210..=217 => self.accept_one()?,
            218..=222 => self.network_change()?,
            223..=228 => self.stray()?,
            _ => {
                // Not every method takes a time, so this does not count as telling it.
                self.was_due = self.is_due();
                self.subject.act(self.now, &mut self.machine, &mut self.dice, &mut self.replies);
                self.drain(false)?;
            }
        }
        if self.is_due() { self.due() } else { Ok(()) }
    }

    /// Lets some time pass: mostly little or none, sometimes much, sometimes backwards.
    fn pass_time(&mut self) {
        let (how, amount) = (self.dice.byte(), u64::from(self.dice.byte()));
        let step = match how {
            0..=79 => 0,
            80..=159 => amount,
            160..=219 => amount * 1_000,
            220..=239 => amount * 50_000,
            _ => 0,
        };
        if how >= 240 {
            let back = if self.mode.raw_time { amount * 10_000 } else { 0 };
            self.now = self.seen;
            self.told = Instant::from_micros(self.seen.as_micros().saturating_sub(back));
        } else {
            self.now += Duration::from_micros(step);
            self.told = self.now;
        }
    }

    /// The time for the next call; with an early timeout before it if the run has them.
    fn tell(&mut self) -> Result<Instant, Violation> {
        self.was_due = self.is_due();
        self.seen = self.seen.max(self.told);
        if self.mode.early && !self.was_due {
            self.early_call()?;
        }
        Ok(self.told)
    }

    fn deadline(&self) -> Option<Instant> {
        self.machine.poll_timeout().map(|deadline| deadline.at)
    }

    fn is_due(&self) -> bool {
        self.deadline().is_some_and(|at| at <= self.now)
    }

    fn due(&mut self) -> Step {
        self.told = self.now;
        let asked = self.machine.poll_timeout();
        let now = self.tell()?;
        self.machine.handle_timeout(now);
        self.drain(true)?;
        match self.machine.poll_timeout() {
            Some(again) if again.at <= self.now => {
                let now = self.now;
                Err(self.violation(
                    Rule::AskedTwice,
                    format!("told {now:?} for {asked:?}, then wanted {again:?}"),
                ))
            }
            _ => Ok(()),
        }
    }

    /// Goes to the next deadline, unless it is years away.
    fn jump_to_deadline(&mut self) -> Step {
        match self.deadline() {
            Some(at) if at > self.now && at - self.now < Duration::from_secs(365 * 86_400) => {
                self.now = at;
                self.due()
            }
            _ => Ok(()),
        }
    }

    /// Calls `handle_timeout` before its time: nothing may come of it.
    fn early(&mut self) -> Step {
        if self.is_due() {
            return Ok(());
        }
        self.tell()?;
        self.early_call()
    }

    fn early_call(&mut self) -> Step {
        let before = self.deadline();
        self.machine.handle_timeout(self.told);
        let after = self.deadline();
        if before != after {
            return Err(self.violation(Rule::EarlyTimeout, format!("deadline {before:?} became {after:?}")));
        }
        self.buf.clear();
        if let Some(output) = self.machine.poll_output(self.told, &mut self.buf) {
            return Err(self.violation(Rule::EarlyTimeout, format!("made {output:?}")));
        }
        if let Some(event) = self.machine.poll_event() {
            return Err(self.violation(Rule::EarlyTimeout, format!("made event {event:?}")));
        }
        Ok(())
    }

    fn input(&mut self, input: Input<'_>) -> Step {
        let now = self.tell()?;
        self.machine.handle_input(now, input);
        self.drain(false)
    }

    fn drain(&mut self, after_timeout: bool) -> Step {
        let mut work = 0_usize;
        loop {
            loop {
                self.buf.clear();
                let Some(output) = self.machine.poll_output(self.told, &mut self.buf) else { break };
                work += 1;
                self.bounded(work)?;
                self.check_output(&output)?;
                self.trace.note(self.step.get(), format_args!("{output:?}"), &self.buf);
                self.subject.sent(self.now, &output, &self.buf, &mut self.replies);
            }
            let mut events = Vec::new();
            while let Some(event) = self.machine.poll_event() {
                work += 1;
                self.bounded(work)?;
                self.trace.note_event(self.step.get(), &event, S::MUST_SAY);
                events.push(event);
            }
            if events.is_empty() {
                break;
            }
            self.buf.clear();
            if let Some(output) = self.machine.poll_output(self.told, &mut self.buf) {
                let detail = format!("{output:?} came only after the events were taken");
                return Err(self.violation(Rule::WorkInPollEvent, detail));
            }
            for event in events {
                self.subject.happened(self.now, &mut self.machine, event);
            }
        }
        self.said += work as u64;
        self.count_dropped()?;
        let deadline = self.deadline();
        self.trace.note(self.step.get(), format_args!("deadline {deadline:?}"), &[]);
        match self.machine.poll_timeout() {
            // A deadline that had come before this input is the driver's to serve next.
            Some(late) if late.at <= self.now && !self.was_due && !after_timeout => {
                let now = self.now;
                Err(self.violation(Rule::OverdueDeadline, format!("at {now:?} it wants {late:?}")))
            }
            _ => Ok(()),
        }
    }

    /// What was dropped so far.
    fn count_dropped(&mut self) -> Step {
        let Some(dropped) = self.subject.dropped(&mut self.machine) else { return Ok(()) };
        let before = self.trace.dropped();
        if dropped < before {
            let detail = format!("{before} were dropped, then {dropped}");
            return Err(self.violation(Rule::NotCounted, detail));
        }
        self.trace.note_dropped(dropped);
        Ok(())
    }

    fn bounded(&self, work: usize) -> Step {
        if work <= self.mode.drain {
            return Ok(());
        }
        Err(self.violation(Rule::EndlessDrain, format!("{work} outputs and events without an end")))
    }

    fn check_output(&mut self, output: &Output) -> Step {
        match output {
            Output::Open { link, spec } => {
                if self.links.contains_key(link) || *link == LinkId::TRANSPORT {
                    return Err(self.violation(Rule::ReusedId, format!("{output:?}")));
                }
                if !self.buf.is_empty() {
                    return Err(self.violation(Rule::BytesWithoutSend, format!("{output:?}")));
                }
                let kind = match spec {
                    LinkSpec::Udp { .. } => LinkKind::Datagram,
                    LinkSpec::TcpListen { .. } | LinkSpec::WebSocketListen { .. } => LinkKind::Listener,
                    _ => LinkKind::Stream,
                };
                self.links.insert(
                    *link,
                    Link { kind, phase: Phase::Asked, unread: StreamBuf::new(), given: false },
                );
                Ok(())
            }
            Output::Close { link } => {
                self.check_live(*link, output)?;
                if !self.buf.is_empty() {
                    return Err(self.violation(Rule::BytesWithoutSend, format!("{output:?}")));
                }
                if let Some(state) = self.links.get_mut(link) {
                    state.end();
                }
                Ok(())
            }
            Output::Datagram { link, .. } | Output::Stream { link } => {
                let phase = self.check_live(*link, output)?;
                if self.buf.is_empty() {
                    return Err(self.violation(Rule::EmptySend, format!("{output:?}")));
                }
                if phase == Phase::Blocked {
                    return Err(self.violation(Rule::SentWhileBlocked, format!("{output:?}")));
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn check_live(&self, link: LinkId, output: &Output) -> Result<Phase, Violation> {
        match self.links.get(&link).map(|state| state.phase) {
            None => Err(self.violation(Rule::UnknownLink, format!("{output:?}"))),
            Some(Phase::Closed) => Err(self.violation(Rule::UsedAfterClose, format!("{output:?}"))),
            Some(phase) => Ok(phase),
        }
    }

    fn violation(&self, rule: Rule, detail: String) -> Violation {
        Violation { rule, step: self.step.get(), detail }
    }
}

impl Link {
    fn end(&mut self) {
        self.phase = Phase::Closed;
        self.unread = StreamBuf::new();
    }
}
