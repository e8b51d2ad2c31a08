//! Many sessions at once, and what came of them in one table.

use std::fmt;
use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::{Meeting, Outcome, run};
use crate::Access;

/// How many sessions can run side by side here.
pub fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

/// Runs `count` sessions on `threads` threads. They come back in their order, so that the answer does not depend on
/// how the threads take turns.
pub fn run_all(
    count: u64,
    threads: usize,
    meeting: impl Fn(u64) -> Meeting + Sync,
) -> Vec<(Meeting, Outcome)> {
    let next = AtomicU64::new(0);
    let done = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(|| {
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= count {
                        break;
                    }
                    let meeting = meeting(n);
                    let outcome = run(&meeting, false);
                    if let Ok(mut done) = done.lock() {
                        done.push((n, meeting, outcome));
                    }
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(n, ..)| *n);
    done.into_iter().map(|(_, meeting, outcome)| (meeting, outcome)).collect()
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Cell {
    direct: u32,
    relay: u32,
    failed: u32,
}

/// How sessions ended, by where viewer and host stand; and how long it took them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix {
    cells: [[Cell; Access::ALL.len()]; Access::ALL.len()],
    frame: Vec<Duration>,
    direct: Vec<Duration>,
    packets: u64,
    time: Duration,
}

impl Matrix {
    /// Counts a session.
    pub fn add(&mut self, meeting: &Meeting, outcome: &Outcome) {
        let at = |access: Access| Access::ALL.iter().position(|each| *each == access).unwrap_or(0);
        if let Some(cell) =
            self.cells.get_mut(at(meeting.viewer)).and_then(|row| row.get_mut(at(meeting.host)))
        {
            match &outcome.path {
                Ok(path) if path.is_direct() => cell.direct += 1,
                Ok(_) => cell.relay += 1,
                Err(_) => cell.failed += 1,
            }
        }
        self.frame.extend(outcome.first_frame);
        self.direct.extend(outcome.direct);
        self.packets += outcome.stats.delivered;
        self.time += outcome.virtual_time;
    }

    /// Packets that arrived.
    pub const fn packets(&self) -> u64 {
        self.packets
    }

    /// Virtual time of all sessions.
    pub const fn virtual_time(&self) -> Duration {
        self.time
    }
}

impl fmt::Display for Matrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "viewer \\ host {}", Access::ALL.map(|host| format!("{host:>10}")).join(" "))?;
        for (viewer, row) in Access::ALL.iter().zip(&self.cells) {
            let row = row.each_ref().map(|cell| {
                let some = |count: u32, sign: &str| (count > 0).then(|| format!("{count}{sign}"));
                let parts = [some(cell.direct, "d"), some(cell.relay, "r"), some(cell.failed, "!")];
                format!("{:>10}", parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
            });
            writeln!(f, "{viewer:<13} {}", row.join(" "))?;
        }
        writeln!(f, "d: direct, r: relay, !: failed")?;
        times(f, "first frame", &self.frame)?;
        times(f, "direct path", &self.direct)
    }
}

fn times(f: &mut fmt::Formatter<'_>, what: &str, times: &[Duration]) -> fmt::Result {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let share =
        |percent: usize| sorted.get((sorted.len() * percent / 100).min(sorted.len().saturating_sub(1)));
    let (Some(half), Some(most), Some(last)) = (share(50), share(99), sorted.last()) else { return Ok(()) };
    let [half, most, last] = [half, most, last].map(|time| time.as_millis());
    writeln!(f, "{what} after the dial: half within {half} ms, 99 % within {most} ms, all within {last} ms")
}
