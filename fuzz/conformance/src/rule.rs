//! The rules as values, and what breaking one looks like.

use std::fmt;

/// A rule of the machine convention, split into the ways it can be broken.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Rule {
    /// Rule 1: a time that went back did not count as the last one seen.
    BackwardsTime,
    /// Rules 2 and 8: the same seed and inputs gave something else.
    NotDeterministic,
    /// Rule 3: after a drain `poll_timeout` was not later than now.
    OverdueDeadline,
    /// Rule 3: `poll_event` made output, which then waited for it.
    WorkInPollEvent,
    /// Rule 4: an early `handle_timeout` did something or moved the deadline.
    EarlyTimeout,
    /// Rule 4: asked again for a time it was just told.
    AskedTwice,
    /// Rule 5: panicked.
    Panicked,
    /// Rule 6: a drain did not end.
    EndlessDrain,
    /// Rule 6: holds more memory than its bound.
    TooMuchMemory,
    /// Rules 5 and 6: dropped something without counting it, or the count went back.
    NotCounted,
    /// Rule 7: bytes with `Open` or `Close`.
    BytesWithoutSend,
    /// Rule 7: a send without bytes.
    EmptySend,
    /// Rule 7: output for a link that said `Blocked`.
    SentWhileBlocked,
    /// Rule 7: output for a link that is closed, by either side.
    UsedAfterClose,
    /// Rule 7: output for a link that nobody opened.
    UnknownLink,
    /// Rule 7: `Open` with an id that was in use before.
    ReusedId,
}

impl Rule {
    /// The number of the rule in the documentation of `deskwire_machine`.
    pub const fn number(self) -> u8 {
        match self {
            Self::BackwardsTime => 1,
            Self::NotDeterministic => 2,
            Self::OverdueDeadline | Self::WorkInPollEvent => 3,
            Self::EarlyTimeout | Self::AskedTwice => 4,
            Self::Panicked => 5,
            Self::EndlessDrain | Self::TooMuchMemory | Self::NotCounted => 6,
            Self::BytesWithoutSend
            | Self::EmptySend
            | Self::SentWhileBlocked
            | Self::UsedAfterClose
            | Self::UnknownLink
            | Self::ReusedId => 7,
        }
    }
}

/// A rule was broken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Violation {
    /// Which rule.
    pub rule: Rule,
    /// After how many steps of the script.
    pub step: usize,
    /// What was seen.
    pub detail: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, step, detail } = self;
        write!(f, "rule {} ({rule:?}) broken at step {step}: {detail}", rule.number())
    }
}

impl core::error::Error for Violation {}
