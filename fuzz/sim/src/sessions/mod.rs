//! Whole sessions: two devices, a rendezvous server and a relay, from registration to frames on the screen.

mod batch;
mod cells;
pub(crate) mod device;
pub(crate) mod programs;
mod round_trips;
pub(crate) mod servers;
mod stage;

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use deskwire_core::{OfferToAll, Path};
use deskwire_machine::{Rng, Seed};

use crate::{Access, Expected, Line, WorldStats, expected};

pub use batch::{Matrix, run_all, threads};
pub use cells::Cells;
pub use round_trips::{RoundTrips, round_trips};
pub use stage::Stage;

/// Unix time at the beginning of every world.
pub(crate) const UNIX: u64 = 1_800_000_000;
/// Sockets that a side with a random gateway opens.
const SOCKETS: u16 = 256;
const CODE: &str = "123456";

/// One session to run.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Meeting {
    /// Where everything random comes from.
    pub seed: u64,
    /// Where the viewer stands.
    pub viewer: Access,
    /// Where the host stands.
    pub host: Access,
    /// Whether direct paths are looked for.
    pub punch: bool,
    /// The line of the viewer.
    pub viewer_line: Line,
    /// The line of the host.
    pub host_line: Line,
    /// The lines of the servers.
    pub server_line: Line,
    /// How many relays there are.
    pub relays: u8,
    /// How many ports may be guessed when one gateway gives them at random; the other side opens 256 sockets then.
    pub guesses: u32,
    /// How many sessions each of them takes.
    pub relay_places: usize,
    /// How many bytes one side of the session may send through a relay; 0 for as many as it likes.
    pub relay_bytes: u64,
    /// Whether the rendezvous server has another address, for clients to learn their NAT from.
    pub alternate: bool,
    /// When both sides give their addresses away through the server.
    pub offers: OfferToAll,
    /// How many frames must arrive before it is asked over what they came. Some more must arrive afterwards.
    pub frames: u32,
}

impl Meeting {
    /// A session between two kinds of access over good lines.
    pub fn new(seed: u64, viewer: Access, host: Access) -> Self {
        let line = Line::default();
        let server_line = Line::of(Duration::from_millis(5));
        let (viewer_line, host_line) = (line, line);
        Self {
            seed,
            viewer,
            host,
            punch: true,
            viewer_line,
            host_line,
            server_line,
            relays: 1,
            guesses: 2_048,
            relay_places: 1_000,
            relay_bytes: 0,
            alternate: false,
            offers: OfferToAll::default(),
            frames: 5,
        }
    }

    /// A session over lines that follow from the seed: near and far, clean and lossy.
    pub fn varied(seed: u64, viewer: Access, host: Access) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let mut rng = Seed::new(bytes).derive("lines").public();
        let (viewer_line, host_line) = (some_line(&mut rng), some_line(&mut rng));
        Self { viewer_line, host_line, ..Self::new(seed, viewer, host) }
    }

    /// A session over lines that follow from the seed and lose nothing: what is left to chance is punching alone.
    pub fn clean(seed: u64, viewer: Access, host: Access) -> Self {
        let session = Self::varied(seed, viewer, host);
        let clean = |line: Line| Line { jitter: line.jitter, ..Line::of(line.latency) };
        let (viewer_line, host_line) = (clean(session.viewer_line), clean(session.host_line));
        Self { viewer_line, host_line, ..session }
    }

    /// The same session over these lines.
    pub const fn over(self, line: Line) -> Self {
        Self { viewer_line: line, host_line: line, ..self }
    }

    /// Says what was expected and what came of it.
    pub fn complaint(&self, outcome: &Outcome) -> String {
        format!("{} to {}: expected {}; {outcome}", self.viewer, self.host, self.expected())
    }

    /// How it should end.
    pub fn expected(&self) -> Expected {
        expected(self.viewer, self.host, SOCKETS, self.guesses)
    }

    /// The command that runs this session again, if its lines follow from the seed.
    pub fn replay(&self) -> String {
        let Self { seed, viewer, host, punch, .. } = self;
        let mut rest = if *punch { String::new() } else { " --no-punch".to_owned() };
        if self.guesses != 2_048 {
            rest += &format!(" --guesses {}", self.guesses);
        }
        format!("cargo run -p deskwire-sim -- --exact --seed {seed} --pair {viewer}:{host}{rest}")
    }
}

/// Two lines of three lose something.
fn some_line(rng: &mut Rng) -> Line {
    let mut line = Line::of(Duration::from_micros(1_000 + rng.below(60_000)));
    line.jitter = Duration::from_micros(rng.below(2) * rng.below(10_000));
    if rng.below(3) > 0 {
        line.loss = rng.below(2_000) as f64 / 1e5;
        line.duplicate = rng.below(1_000) as f64 / 1e5;
        line.reorder = rng.below(1_000) as f64 / 1e5;
    }
    line
}

/// What became of a session.
#[derive(Clone, PartialEq, Debug)]
pub struct Outcome {
    /// Over what its data went at the end; or why it failed.
    pub path: Result<Path, String>,
    /// From the dial to the introduction.
    pub introduced: Option<Duration>,
    /// From the dial to the established channel.
    pub established: Option<Duration>,
    /// From the dial to the login.
    pub logged_in: Option<Duration>,
    /// From the dial to the first frame.
    pub first_frame: Option<Duration>,
    /// From the dial to the direct path.
    pub direct: Option<Duration>,
    /// Frames the viewer got.
    pub frames: u32,
    /// The longest time without a frame.
    pub longest_gap: Duration,
    /// Why there is no direct path, in the puncher's words.
    pub punch_failed: Option<String>,
    /// What either side complained about.
    pub problems: Vec<String>,
    /// Virtual time in all.
    pub virtual_time: Duration,
    /// The world's hash.
    pub hash: u64,
    /// The world's counts.
    pub stats: WorldStats,
    /// What happened to every packet, if asked for.
    pub trace: Vec<String>,
}

impl Outcome {
    /// Nothing was reached, for this reason.
    fn failed(why: String) -> Self {
        Self {
            path: Err(why),
            introduced: None,
            established: None,
            logged_in: None,
            first_frame: None,
            direct: None,
            frames: 0,
            longest_gap: Duration::ZERO,
            punch_failed: None,
            problems: Vec::new(),
            virtual_time: Duration::ZERO,
            hash: 0,
            stats: WorldStats::default(),
            trace: Vec::new(),
        }
    }

    /// Whether the session ended where it should, and nobody complained.
    pub fn is_as_expected(&self, meeting: &Meeting) -> bool {
        self.path.as_ref().is_ok_and(|path| meeting.expected().allows(path.is_direct()))
            && self.problems.is_empty()
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ms = |time: Option<Duration>| {
            time.map_or_else(|| "-".to_owned(), |time| format!("{} ms", time.as_millis()))
        };
        match &self.path {
            Ok(path) => write!(f, "{path}")?,
            Err(why) => write!(f, "failed: {why}")?,
        }
        write!(
            f,
            "; channel after {}, login after {}, frame after {}, direct after {}, {} frames, longest gap {} ms",
            ms(self.established),
            ms(self.logged_in),
            ms(self.first_frame),
            ms(self.direct),
            self.frames,
            self.longest_gap.as_millis(),
        )?;
        if let Some(why) = &self.punch_failed {
            write!(f, "; no direct path: {why}")?;
        }
        if !self.problems.is_empty() {
            write!(f, "; problems: {}", self.problems.join(", "))?;
        }
        Ok(())
    }
}

/// Whether a session between these two ends on a direct path, or hardly ever does not.
pub fn is_direct_expected(viewer: Access, host: Access) -> bool {
    expected(viewer, host, SOCKETS, 2_048).chance() > 0.5
}

/// Runs a session. With `trace` what happened to every packet is written down. A panic of a machine is a failure of
/// its session and of no other.
pub fn run(meeting: &Meeting, trace: bool) -> Outcome {
    let played = catch_unwind(AssertUnwindSafe(|| {
        let mut stage = Stage::new(meeting);
        if trace {
            stage.world.start_trace();
        }
        let outcome = stage.play(meeting);
        Outcome { trace: stage.world.take_trace(), ..outcome }
    }));
    played.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        Outcome::failed(format!("a panic: {}", text.unwrap_or("without words")))
    })
}

/// A seed for the `n`th of several sessions.
pub fn nth_seed(seed: u64, n: u64) -> u64 {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    Seed::new(bytes).derive_indexed("session", n).public().next_u64()
}
