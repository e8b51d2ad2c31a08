//! The clipboard on a thread of its own: reading it may take as long as the program that owns it likes.

use std::io;
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};
use std::thread::{self, JoinHandle};

use deskwire_core::wire::session::MAX_CLIPBOARD;
use deskwire_platform::{Clipboard, ErrorKind};

use crate::bell::{Bell, Ear, bell};

enum ToClipboard {
    Set(String),
    Stop,
}

/// The thread; ended when dropped.
#[derive(Debug)]
pub(crate) struct Sharing {
    sender: SharingSender,
    thread: Option<JoinHandle<()>>,
}

/// Puts text on the clipboard. Clones reach the same one.
#[derive(Clone, Debug)]
pub(crate) struct SharingSender {
    sender: Sender<ToClipboard>,
    bell: Bell,
}

impl SharingSender {
    /// Puts `text` there soon.
    pub(crate) fn set(&self, text: String) {
        self.send(ToClipboard::Set(text));
    }

    fn send(&self, work: ToClipboard) {
        // The thread has ended: this clipboard was lost.
        let _ = self.sender.send(work);
        self.bell.ring();
    }
}

impl Sharing {
    /// Calls `on_text` with what other programs copy, on a thread for that.
    pub(crate) fn start(
        clipboard: Box<dyn Clipboard + Send>,
        on_text: impl FnMut(String) + Send + 'static,
    ) -> io::Result<Self> {
        let (bell, ear) = bell()?;
        let (sender, work) = mpsc::channel();
        let at_bell = bell.clone();
        let thread = thread::Builder::new()
            .name("clipboard-share".into())
            .spawn(move || run(clipboard, &work, ear, &at_bell, on_text))?;
        Ok(Self { sender: SharingSender { sender, bell }, thread: Some(thread) })
    }

    pub(crate) fn sender(&self) -> SharingSender {
        self.sender.clone()
    }
}

impl Drop for Sharing {
    fn drop(&mut self) {
        self.sender.send(ToClipboard::Stop);
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the clipboard thread panicked");
        }
    }
}

fn run(
    mut clipboard: Box<dyn Clipboard + Send>,
    work: &Receiver<ToClipboard>,
    mut ear: Ear,
    bell: &Bell,
    mut on_text: impl FnMut(String),
) {
    bell.watch(&mut *clipboard);
    loop {
        let done = loop {
            match work.try_recv() {
                Ok(ToClipboard::Set(text)) => {
                    if let Err(error) = clipboard.set_text(&text) {
                        tracing::warn!("the clipboard was not set: {error}");
                    }
                }
                Ok(ToClipboard::Stop) | Err(TryRecvError::Disconnected) => break true,
                Err(TryRecvError::Empty) => break false,
            }
        };
        if done {
            break;
        }
        match clipboard.poll_changed().and_then(|changed| if changed { clipboard.text() } else { Ok(None) }) {
            Ok(Some(text)) if text.len() <= MAX_CLIPBOARD => on_text(text),
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::Lost => return,
            Err(error) => tracing::debug!("the clipboard cannot be read: {error}"),
        }
        if let Err(error) = ear.wait(&[clipboard.wake()], None) {
            tracing::error!("the clipboard thread cannot wait: {error}");
            return;
        }
    }
    clipboard.set_waker(None);
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskwire_core::wire::picture::Size;
    use deskwire_synthetic::Screen;

    #[test]
    fn text_goes_both_ways_and_not_in_circles() {
        let screen = Screen::new(&[Size { width: 8, height: 8 }]).unwrap();
        let (copied, texts) = mpsc::channel();
        let sharing =
            Sharing::start(Box::new(screen.clipboard()), move |text| copied.send(text).unwrap()).unwrap();
        screen.copy("from here");
        assert_eq!(texts.recv().unwrap(), "from here");
        sharing.sender().set("from there".into());
        drop(sharing);
        assert_eq!(screen.paste().as_deref(), Some("from there"));
        assert!(texts.try_recv().is_err());
    }
}
