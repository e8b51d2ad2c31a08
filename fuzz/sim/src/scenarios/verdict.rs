//! What became of a scenario, and whether it may.

use std::fmt;
use std::time::Duration;

use deskwire_core::Path;

use crate::WorldStats;

/// How the first dial ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum End {
    /// The session stood until it was closed.
    Served(Option<Path>),
    /// It ended by itself, for this reason.
    Ended(String),
    /// There was nobody to dial: the host could not register while things went wrong.
    Unregistered,
    /// Something that must not happen; see [`Verdict::wrong`].
    Broken,
}

/// What became of a scenario.
#[derive(Clone, PartialEq, Debug)]
pub struct Verdict {
    /// How the first dial ended.
    pub end: End,
    /// What must never happen, and did: each in one sentence.
    pub wrong: Vec<String>,
    /// Dials in all: a session that ended is dialled again when everything works again.
    pub dials: u32,
    /// Frames that arrived in all.
    pub frames: u32,
    /// Virtual time in all.
    pub virtual_time: Duration,
    /// The world's hash.
    pub hash: u64,
    /// The world's counts.
    pub stats: WorldStats,
    /// What happened to every packet, if asked for.
    pub trace: Vec<String>,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.end {
            End::Served(Some(path)) => write!(f, "a session, {path}")?,
            End::Served(None) => write!(f, "a session")?,
            End::Ended(why) => write!(f, "ended: {why}")?,
            End::Unregistered => write!(f, "the host could not register")?,
            End::Broken => write!(f, "broken")?,
        }
        write!(
            f,
            "; {} dials, {} frames, {} packets, {} ms, hash {:016x}",
            self.dials,
            self.frames,
            self.stats.delivered,
            self.virtual_time.as_millis(),
            self.hash,
        )?;
        self.wrong.iter().try_for_each(|wrong| write!(f, "\n  WRONG: {wrong}"))
    }
}
