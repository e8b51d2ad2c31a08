//! What went wrong with an outgoing link, in words: machines learn only a [`CloseReason`].

use core::fmt;
use std::sync::Arc;

use deskwire_machine::CloseReason;

/// An outgoing link that could not be opened, or broke in a way that people can do something about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trouble {
    /// What the machine is told.
    pub reason: CloseReason,
    pub(crate) words: String,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

impl core::error::Error for Trouble {}

/// Is told of [`Trouble`]s, on the driver's thread: it must not block.
#[derive(Clone)]
pub struct OnTrouble(Arc<dyn Fn(&Trouble) + Send + Sync>);

impl OnTrouble {
    /// Calls `tell` for each.
    pub fn new(tell: impl Fn(&Trouble) + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    pub(crate) fn tell(&self, trouble: &Trouble) {
        (self.0)(trouble);
    }
}

impl fmt::Debug for OnTrouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OnTrouble")
    }
}
