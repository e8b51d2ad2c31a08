//! Log lines on standard error.

use tracing_subscriber::EnvFilter;

/// Starts logging: warnings by default, more with `-v`, or as `DESKWIRE_LOG` says. Peers' ids and addresses appear only
/// at debug and below.
pub fn init(verbose: u8) {
    let default = match verbose {
        // enigo warns of every keyboard without all eight modifiers, which is every keyboard, and zbus of every request
        // to a portal, which is no object yet when it is made.
        0 => "warn,enigo=error,zbus=error",
        1 => "info",
        2 => "debug",
        _ => "trace",
    };
    let filter = EnvFilter::try_from_env("DESKWIRE_LOG").unwrap_or_else(|_| EnvFilter::new(default));
    // A second call (tests) keeps the first subscriber.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false)
        .try_init();
}
