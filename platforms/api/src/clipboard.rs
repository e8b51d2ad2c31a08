//! Text in the clipboard.

use crate::{Error, EventSource};

/// Most bytes of text taken from or put into a clipboard.
pub const MAX_TEXT: usize = 8 * 1024 * 1024;

/// The system's clipboard.
pub trait Clipboard: EventSource {
    /// Whether another program changed the clipboard since the last call. What [`Clipboard::set_text`] did is not
    /// reported.
    fn poll_changed(&mut self) -> Result<bool, Error>;

    /// The text in the clipboard; `None` when it is empty or holds something else, or more than [`MAX_TEXT`] bytes.
    fn text(&mut self) -> Result<Option<String>, Error>;

    /// Puts text into the clipboard.
    ///
    /// # Errors
    /// `Invalid` for more than [`MAX_TEXT`] bytes.
    fn set_text(&mut self, text: &str) -> Result<(), Error>;
}
