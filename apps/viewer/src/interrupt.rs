//! Ctrl-C and a polite request to end close the window, so that the host is told.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use deskwire_kit::exit;
use eframe::egui;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

/// How long the window may take to close.
const PATIENCE: Duration = Duration::from_secs(3);

/// Closes the window of `context` at the first signal; gives what becomes true then. A second signal ends the program at
/// once, as does the first one while there is no window.
pub(crate) fn install(context: &Arc<OnceLock<egui::Context>>) -> Result<Arc<AtomicBool>, String> {
    let failed = |error| format!("signals cannot be caught: {error}");
    let mut signals = Signals::new([SIGINT, SIGTERM]).map_err(failed)?;
    let asked = Arc::new(AtomicBool::new(false));
    let (context, told) = (Arc::clone(context), Arc::clone(&asked));
    let listen = move || {
        for _ in signals.forever() {
            match context.get() {
                Some(context) if !told.swap(true, Ordering::Relaxed) => {
                    context.send_viewport_cmd(egui::ViewportCommand::Close);
                    context.request_repaint();
                    end_later();
                }
                _ => std::process::exit(i32::from(exit::INTERRUPTED)),
            }
        }
    };
    thread::Builder::new().name("signals".into()).spawn(listen).map_err(failed)?;
    Ok(asked)
}

/// A window that does not close must not keep the program.
fn end_later() {
    let end = || {
        thread::park_timeout(PATIENCE);
        std::process::exit(i32::from(exit::INTERRUPTED));
    };
    // Without it the second signal is the way out.
    let _ = thread::Builder::new().name("end".into()).spawn(end);
}
