//! The clipboard contract.

use std::time::Duration;

use super::{PATIENCE, Violation, require, succeed, wait_until};
use crate::clipboard::MAX_TEXT;
use crate::{Clipboard, ErrorKind};

/// The other side of a clipboard: another program.
pub trait ClipboardStage {
    /// Copies text, as another program; returns when the clipboard has it.
    fn put(&mut self, text: &str);

    /// Pastes, as another program.
    fn paste(&mut self) -> Option<String>;

    /// How long an event that must come is waited for.
    fn patience(&self) -> Duration {
        PATIENCE
    }
}

const WORKS: &str = "reading and writing work while the system is there";
const TOLD: &str = "a change by another program is reported, once";
const READ: &str = "text is what the other program copied";
const WRITTEN: &str = "the other program pastes what was set";
const OWN: &str = "what was set by ourselves is not reported as a change";
const BOUND: &str = "more than MAX_TEXT bytes is an Invalid error and changes nothing";

/// Checks that `clipboard` keeps the contract of [`Clipboard`].
///
/// # Errors
/// The first clause that is broken.
pub fn check_clipboard(
    clipboard: &mut dyn Clipboard,
    stage: &mut dyn ClipboardStage,
) -> Result<(), Violation> {
    succeed(clipboard.poll_changed(), WORKS)?;
    for text in ["one", "zwei\nZeilen", "日本語 ✓ é"] {
        stage.put(text);
        let told =
            succeed(wait_until(clipboard, stage.patience(), |clipboard| clipboard.poll_changed()), WORKS)?;
        require(told, TOLD, || format!("nothing for {text:?}"))?;
        let read = succeed(clipboard.text(), WORKS)?;
        require(read.as_deref() == Some(text), READ, || format!("{read:?} for {text:?}"))?;
        let again = succeed(clipboard.poll_changed(), WORKS)?;
        require(!again, TOLD, || "a second report of the same change".into())?;
    }
    let large = "0123456789abcdef".repeat(20_000);
    for text in ["ours", "Grüße ✓", &large] {
        succeed(clipboard.set_text(text), WORKS)?;
        let pasted = stage.paste();
        require(pasted.as_deref() == Some(text), WRITTEN, || {
            format!("{:?} bytes", pasted.as_ref().map(String::len))
        })?;
        let told = succeed(clipboard.poll_changed(), WORKS)?;
        require(!told, OWN, || format!("a change after {} bytes were set", text.len()))?;
    }
    let result = clipboard.set_text(&"x".repeat(MAX_TEXT + 1)).map_err(|error| error.kind());
    require(result == Err(ErrorKind::Invalid), BOUND, || format!("{result:?}"))?;
    let pasted = stage.paste();
    require(pasted.as_deref() == Some(&large), BOUND, || "the clipboard changed".into())?;
    stage.put("the end");
    let told = succeed(wait_until(clipboard, stage.patience(), |clipboard| clipboard.poll_changed()), WORKS)?;
    require(told, TOLD, || "nothing after our own text was replaced".into())
}
