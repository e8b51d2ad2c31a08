//! Logs: to standard error, for people on a terminal and as JSON otherwise.

use std::io::{IsTerminal, stderr};

use tracing_subscriber::EnvFilter;

use crate::error::ServerError;

/// Starts logging at `level` (a level, or a filter such as `info,deskwire_server=debug`).
pub(crate) fn start(level: &str) -> Result<(), ServerError> {
    let filter = EnvFilter::try_new(level).map_err(|error| {
        ServerError::Setting(format!(
            "the log level {level:?} is none ({error}); write error, warn, info or debug"
        ))
    })?;
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr);
    // A second start in one process (tests) keeps the first.
    let _ = if stderr().is_terminal() { logs.try_init() } else { logs.json().try_init() };
    Ok(())
}
