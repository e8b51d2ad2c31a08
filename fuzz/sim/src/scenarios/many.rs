//! Many scenarios, side by side; only what went wrong is kept.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::{End, Verdict};

/// Most wrong scenarios that are kept; all are counted.
const KEPT: usize = 20;

/// What became of many scenarios.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// How many there were.
    pub scenarios: u64,
    /// How their first dials ended, and how many so.
    pub ends: BTreeMap<String, u64>,
    /// The first scenario of each of these ends.
    pub examples: BTreeMap<String, u64>,
    /// Dials in all.
    pub dials: u64,
    /// Packets that arrived.
    pub packets: u64,
    /// Virtual time of all.
    pub virtual_time: Duration,
    /// The hashes of all, in no order.
    pub hash: u64,
    /// How many went wrong.
    pub wrong: u64,
    /// The first of them: their numbers, and what happened.
    pub kept: BTreeMap<u64, Verdict>,
}

impl Summary {
    fn add(&mut self, n: u64, verdict: Verdict) {
        self.scenarios += 1;
        let end = match &verdict.end {
            End::Served(Some(path)) => path.to_string(),
            End::Served(None) => "a session".to_owned(),
            End::Ended(why) => format!("ended: {why}"),
            End::Unregistered => "the host could not register".to_owned(),
            End::Broken => "broken".to_owned(),
        };
        let example = self.examples.entry(end.clone()).or_insert(n);
        *example = n.min(*example);
        *self.ends.entry(end).or_default() += 1;
        self.dials += u64::from(verdict.dials);
        self.packets += verdict.stats.delivered;
        self.virtual_time += verdict.virtual_time;
        self.hash = self.hash.wrapping_add(verdict.hash);
        if !verdict.wrong.is_empty() {
            self.wrong += 1;
            self.kept.insert(n, verdict);
            if self.kept.len() > KEPT {
                self.kept.pop_last();
            }
        }
    }
}

/// Runs `count` scenarios on `threads` threads: `run` runs the `n`th.
pub fn run_many(count: u64, threads: usize, run: impl Fn(u64) -> Verdict + Sync) -> Summary {
    let next = AtomicU64::new(0);
    let summary = Mutex::new(Summary::default());
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(|| {
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= count {
                        break;
                    }
                    let verdict = run(n);
                    if let Ok(mut summary) = summary.lock() {
                        summary.add(n, verdict);
                    }
                }
            });
        }
    });
    summary.into_inner().unwrap_or_default()
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut ends: Vec<_> = self.ends.iter().collect();
        ends.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        ends.iter().try_for_each(|(end, count)| writeln!(f, "{count:>9}  {end}"))?;
        write!(
            f,
            "{} scenarios, {} dials, {} packets, {:.0} s of virtual time, sum of hashes {:016x}; {} went wrong",
            self.scenarios,
            self.dials,
            self.packets,
            self.virtual_time.as_secs_f64(),
            self.hash,
            self.wrong,
        )
    }
}
