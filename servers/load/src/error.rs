//! What can go wrong.

use std::fmt;
use std::io;

/// A sentence that says what went wrong and what to do.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) String);

impl Failure {
    /// What was tried, for an error of the system.
    pub(crate) fn system(what: &str) -> impl FnOnce(io::Error) -> Self + use<'_> {
        move |error| Self(format!("{what} failed ({error})"))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}
