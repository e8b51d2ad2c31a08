//! What the user of a Mac must permit before anything can be shared.

use core_graphics::access::ScreenCaptureAccess;
use deskwire_platform::{Error, ErrorKind};

/// Whether the user permits this program to record the screen.
pub fn may_capture() -> bool {
    ScreenCaptureAccess.preflight()
}

/// Asks the user for it, once: the system shows its question, and a program has the permission when it is started again.
///
/// # Errors
/// `Denied` while it is not permitted.
pub fn ask_to_capture() -> Result<(), Error> {
    if may_capture() || ScreenCaptureAccess.request() {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Denied,
        "macOS does not let this program record the screen",
        "permit it under System Settings, Privacy & Security, Screen & System Audio Recording, and start it again",
    ))
}
