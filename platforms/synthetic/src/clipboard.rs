//! The synthetic clipboard.

use deskwire_platform::clipboard::MAX_TEXT;
use deskwire_platform::{Clipboard, Error, ErrorKind};

use crate::Screen;
use crate::screen::impl_event_source;

/// The clipboard of a [`Screen`].
pub struct SyntheticClipboard {
    pub(crate) screen: Screen,
    pub(crate) source: u64,
    pub(crate) waited: u64,
    copies: u64,
}

impl_event_source!(SyntheticClipboard);

impl SyntheticClipboard {
    pub(crate) fn new(screen: Screen) -> Self {
        let source = screen.new_source();
        let copies = screen.lock().copies;
        Self { screen, source, waited: 0, copies }
    }
}

impl Clipboard for SyntheticClipboard {
    fn poll_changed(&mut self) -> Result<bool, Error> {
        let copies = self.screen.lock().copies;
        Ok(std::mem::replace(&mut self.copies, copies) != copies)
    }

    fn text(&mut self) -> Result<Option<String>, Error> {
        Ok(self.screen.paste())
    }

    fn set_text(&mut self, text: &str) -> Result<(), Error> {
        if text.len() > MAX_TEXT {
            return Err(Error::new(
                ErrorKind::Invalid,
                format!("a text of {} bytes is too long for the clipboard", text.len()),
                format!("copy at most {MAX_TEXT} bytes"),
            ));
        }
        self.screen.change(|state| state.clipboard = Some(text.to_owned()));
        Ok(())
    }
}
