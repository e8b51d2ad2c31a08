//! Many runs, compared with each other.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use deskwire_machine::Seed;

use crate::alloc::{live_bytes, peak_bytes, reset_peak};
use crate::run::{Mode, run};
use crate::trace::{Trace, hex, unhex};
use crate::{Rule, Subject, Violation};

/// How much to check.
#[derive(Clone, Copy, Debug)]
pub struct Suite {
    /// How many scripts.
    pub cases: u64,
    /// The most bytes of a script; a step takes some three to ten.
    pub script_bytes: usize,
    /// Bytes of the one long script under which memory must stay bounded; it runs once.
    pub flood_bytes: usize,
    /// Where the scripts come from; the same number gives the same scripts.
    pub seed: u64,
}

impl Default for Suite {
    fn default() -> Self {
        Self { cases: 96, script_bytes: 1200, flood_bytes: 400_000, seed: 1 }
    }
}

const STEPS: usize = 100_000;
const DRAIN: usize = 20_000;

/// Holds a machine to the rules under many scripts.
///
/// # Panics
///
/// When a rule is broken: with the rule, what was seen, and the shortest script found that shows it.
pub fn check<S: Subject>(suite: &Suite, make: impl Fn() -> S) {
    let (mut said, mut dropped) = (0, 0);
    for case in 0..=suite.cases {
        let flood = case == suite.cases;
        let script = script(suite, case, flood);
        let outcome =
            if flood { check_memory(&make, &script).map(|()| (0, 0)) } else { compare(&make, &script) };
        let violation = match outcome {
            Ok((more, lost)) => {
                said |= more;
                dropped += lost;
                continue;
            }
            Err(violation) => violation,
        };
        let (script, violation) =
            if flood { (Vec::new(), violation) } else { shorten(&make, script, violation) };
        let name = core::any::type_name::<S>();
        #[expect(clippy::panic, reason = "a failed check is a failed test")]
        {
            panic!("{name}: {violation}\nreplay: deskwire_conformance::replay(make, \"{}\")", hex(&script));
        }
    }
    let silent: Vec<_> =
        S::MUST_SAY.iter().enumerate().filter(|(i, _)| said >> i & 1 == 0).map(|(_, word)| word).collect();
    assert!(dropped > 0 || !S::MUST_DROP, "no script made the machine count anything that it dropped");
    assert!(silent.is_empty(), "no script made the machine say {silent:?}: its surroundings are too shallow");
}

/// Runs one script given as hexadecimal digits, as a failed [`check`] printed it.
///
/// # Panics
///
/// When a rule is broken, or when the text is not hexadecimal.
pub fn replay<S: Subject>(make: impl Fn() -> S, script: &str) {
    must_keep(&make, &unhex(script).expect("a script in hexadecimal digits"));
}

/// Runs one script through everything there is to check. A fuzz target is a call of this.
///
/// # Panics
///
/// When a rule is broken.
pub fn must_keep<S: Subject>(make: &impl Fn() -> S, script: &[u8]) {
    if let Err(violation) = check_script(make, script) {
        #[expect(clippy::panic, reason = "a failed check is a failed test")]
        {
            panic!("{violation}");
        }
    }
}

/// Runs one script through everything there is to check.
///
/// # Errors
///
/// The first rule that was broken.
pub fn check_script<S: Subject>(make: &impl Fn() -> S, script: &[u8]) -> Result<(), Violation> {
    compare(make, script).map(|_| ())
}

/// All runs of a script; gives which of the wanted words came up, and how much was dropped.
fn compare<S: Subject>(make: &impl Fn() -> S, script: &[u8]) -> Result<(u64, u64), Violation> {
    let plain = Mode { steps: STEPS, drain: DRAIN, ..Mode::default() };
    let first = once(make, script, plain, false)?;
    let again = once(make, script, plain, false)?;
    if first.difference(&again).is_some() {
        return Err(explain(make, script, plain, plain, Rule::NotDeterministic));
    }
    let early = Mode { early: true, ..plain };
    let with_early = once(make, script, early, false)?;
    if first.difference(&with_early).is_some() {
        return Err(explain(make, script, plain, early, Rule::EarlyTimeout));
    }
    let raw = Mode { raw_time: true, ..plain };
    match once(make, script, raw, false) {
        Err(violation) if violation.rule == Rule::Panicked => return Err(violation),
        Err(violation) => return Err(Violation { rule: Rule::BackwardsTime, ..violation }),
        Ok(with_raw) if first.difference(&with_raw).is_some() => {
            return Err(explain(make, script, plain, raw, Rule::BackwardsTime));
        }
        Ok(_) => {}
    }
    check_memory(make, script)?;
    Ok((first.said(), first.dropped()))
}

/// One run. A panic becomes a violation.
fn once<S: Subject>(
    make: &impl Fn() -> S,
    script: &[u8],
    mode: Mode,
    text: bool,
) -> Result<Trace, Violation> {
    guarded(make, script, mode, Trace::new(text))
}

fn guarded<S: Subject>(
    make: &impl Fn() -> S,
    script: &[u8],
    mode: Mode,
    trace: Trace,
) -> Result<Trace, Violation> {
    let step = Cell::new(0);
    let outcome =
        catch_unwind(AssertUnwindSafe(|| run(make(), Seed::new([7; 32]), script, mode, trace, &step)));
    match outcome {
        Ok((outcome, trace)) => outcome.map(|()| trace),
        Err(payload) => {
            let said = payload.downcast_ref::<String>().cloned();
            let said = said.or_else(|| payload.downcast_ref::<&str>().map(|s| (*s).to_owned()));
            let detail = said.unwrap_or_else(|| "panicked without a message".to_owned());
            Err(Violation { rule: Rule::Panicked, step: step.get(), detail })
        }
    }
}

/// Repeats two runs that differed, this time with text.
fn explain<S: Subject>(make: &impl Fn() -> S, script: &[u8], a: Mode, b: Mode, rule: Rule) -> Violation {
    let difference = match (once(make, script, a, true), once(make, script, b, true)) {
        (Ok(a), Ok(b)) => a.difference(&b),
        _ => None,
    };
    let (step, detail) = difference.unwrap_or_else(|| (0, "the runs differ, but not every time".to_owned()));
    Violation { rule, step, detail }
}

/// Runs one script once, only to see how much memory it takes: what long scripts are for. Without
/// [`CountingAllocator`](crate::CountingAllocator) in the binary it sees none.
///
/// # Errors
///
/// [`Rule::TooMuchMemory`], or what broke before.
pub fn check_memory<S: Subject>(make: &impl Fn() -> S, script: &[u8]) -> Result<(), Violation> {
    let mode = Mode { steps: STEPS, drain: DRAIN, keep_given: true, ..Mode::default() };
    let before = live_bytes();
    reset_peak();
    guarded(make, script, mode, Trace::blind())?;
    let used = peak_bytes() - before;
    if used <= i64::try_from(S::MAX_BYTES).unwrap_or(i64::MAX) {
        return Ok(());
    }
    let detail = format!("{used} bytes in use, the bound is {}", S::MAX_BYTES);
    Err(Violation { rule: Rule::TooMuchMemory, step: 0, detail })
}

/// Cuts the script as long as the same rule stays broken.
fn shorten<S: Subject>(make: &impl Fn() -> S, script: Vec<u8>, found: Violation) -> (Vec<u8>, Violation) {
    let (mut script, mut found) = (script, found);
    let mut piece = script.len() / 2;
    let mut tries = 200;
    while piece > 0 {
        let mut at = script.len();
        while at > 0 && tries > 0 {
            at = at.saturating_sub(piece);
            let mut shorter = script.clone();
            shorter.drain(at..(at + piece).min(shorter.len()));
            tries -= 1;
            match check_script(make, &shorter) {
                Err(same) if same.rule == found.rule => (script, found) = (shorter, same),
                _ => {}
            }
        }
        piece /= 2;
    }
    (script, found)
}

fn script(suite: &Suite, case: u64, flood: bool) -> Vec<u8> {
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&suite.seed.to_le_bytes());
    let mut rng = Seed::new(seed).derive_indexed("script", case).public();
    // Short scripts find the corners of the start, long ones get deep.
    let len = match (flood, case % 4) {
        (true, _) => suite.flood_bytes,
        (_, 0) => suite.script_bytes / 8,
        _ => suite.script_bytes,
    };
    let mut out = vec![0; len];
    rng.fill(&mut out);
    out
}
