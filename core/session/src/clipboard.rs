//! Clipboard text: the latest only, and never back to where it came from.

use alloc::string::String;

use deskwire_identity::hash;
use deskwire_wire::session::SessionMsg;

/// One side's part of the shared clipboard.
#[derive(Debug, Default)]
pub(crate) struct Clipboard {
    /// What both sides had last, as a hash: setting a clipboard makes the system report a change, which must not travel
    /// back.
    last: Option<[u8; 64]>,
    pending: Option<String>,
}

impl Clipboard {
    /// This side's clipboard changed.
    pub(crate) fn changed(&mut self, text: String) {
        let digest = hash(&[text.as_bytes()]);
        if self.last != Some(digest) {
            self.last = Some(digest);
            self.pending = Some(text);
        }
    }

    /// The other side's clipboard changed: gives whether this side has to take the text.
    pub(crate) fn received(&mut self, text: &str) -> bool {
        let digest = hash(&[text.as_bytes()]);
        let new = self.last != Some(digest);
        if new {
            self.last = Some(digest);
            // What this side wanted to say is older than what it just heard.
            self.pending = None;
        }
        new
    }

    /// The next message, once the channel is free.
    pub(crate) fn next(&mut self) -> Option<SessionMsg> {
        self.pending.take().map(SessionMsg::Clipboard)
    }

    /// Nothing more is to be sent.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // spec: SE-30
    #[test]
    fn a_text_does_not_go_back() {
        let mut clipboard = Clipboard::default();
        assert!(clipboard.received("a"));
        clipboard.changed("a".into());
        assert_eq!(clipboard.next(), None);
        clipboard.changed("b".into());
        clipboard.changed("c".into());
        assert_eq!(clipboard.next(), Some(SessionMsg::Clipboard("c".into())));
        assert!(!clipboard.received("c"));
        assert!(clipboard.received("a"));
    }
}
