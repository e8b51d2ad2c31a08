//! How many round trips a session takes until the first frame is there.

use std::fmt;
use std::time::Duration;

use super::{Meeting, Outcome, Stage};
use crate::{Access, Line};

/// From any host to any other, one way.
const ONE_WAY: Duration = Duration::from_millis(50);

/// What happened when, from the dial on, on a network on which every packet takes 50 ms and none is lost.
#[derive(Clone, PartialEq, Debug)]
pub struct RoundTrips {
    /// Milestones and their times.
    pub line: Vec<(&'static str, Option<Duration>)>,
    /// What came of the session.
    pub outcome: Outcome,
}

impl RoundTrips {
    /// From the dial to the first frame, in round trips between two hosts.
    pub fn to_first_frame(&self) -> Option<f64> {
        self.outcome.first_frame.map(round_trips_in)
    }
}

fn round_trips_in(time: Duration) -> f64 {
    time.as_secs_f64() / (2.0 * ONE_WAY.as_secs_f64())
}

/// Runs one session between two hosts with public addresses on a network without faults.
pub fn round_trips(seed: u64) -> RoundTrips {
    let half = Line::of(ONE_WAY / 2);
    let meeting = Meeting { server_line: half, ..Meeting::new(seed, Access::Open, Access::Open).over(half) };
    let outcome = Stage::new(&meeting).play(&meeting);
    let line = vec![
        ("introduced by the server", outcome.introduced),
        ("channel: both keys proven, through the relay", outcome.established),
        ("logged in with a one-time code", outcome.logged_in),
        ("first frame", outcome.first_frame),
        ("direct path", outcome.direct),
    ];
    RoundTrips { line, outcome }
}

impl fmt::Display for RoundTrips {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let between = 2 * ONE_WAY.as_millis();
        writeln!(f, "round trip between any two hosts: {between} ms; through the relay: {} ms", 2 * between)?;
        for (what, at) in &self.line {
            match at {
                Some(at) => {
                    writeln!(f, "{:>6} ms {:>5.1} round trips  {what}", at.as_millis(), round_trips_in(*at))?;
                }
                None => writeln!(f, "     - {:>22}  {what}", "")?,
            }
        }
        Ok(())
    }
}
