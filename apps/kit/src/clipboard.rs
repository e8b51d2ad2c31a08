//! The clipboard on a thread of its own: reading it may take as long as the program that owns it likes.

use std::io;
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};
use std::thread::{self, JoinHandle};

use deskwire_core::wire::session::MAX_CLIPBOARD;
use deskwire_platform::Clipboard;

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
    // The text that is in the clipboard, as far as we know.
    let mut known: Option<String> = None;
    loop {
        let done = loop {
            match work.try_recv() {
                // Setting what is there would go in circles with another program that passes texts on, such as a
                // host and a viewer on one desktop.
                Ok(ToClipboard::Set(text)) if known.as_ref() == Some(&text) => {}
                Ok(ToClipboard::Set(text)) => match clipboard.set_text(&text) {
                    Ok(()) => known = Some(text),
                    Err(error) => tracing::warn!("the clipboard was not set: {error}"),
                },
                Ok(ToClipboard::Stop) | Err(TryRecvError::Disconnected) => break true,
                Err(TryRecvError::Empty) => break false,
            }
        };
        if done {
            break;
        }
        match clipboard.poll_changed() {
            Ok(false) => {}
            Ok(true) => {
                known = read(&mut *clipboard);
                if let Some(text) = &known {
                    on_text(text.clone());
                }
                // News that came while it was read do not wake us.
                continue;
            }
            Err(error) => {
                tracing::warn!("the clipboard is not shared any more: {error}");
                return;
            }
        }
        if let Err(error) = ear.wait(&[clipboard.wake()], None) {
            tracing::error!("the clipboard thread cannot wait: {error}");
            return;
        }
    }
    clipboard.set_waker(None);
}

/// The text that another program copied, if there is one to pass on.
fn read(clipboard: &mut dyn Clipboard) -> Option<String> {
    match clipboard.text() {
        Ok(text) => text.filter(|text| text.len() <= MAX_CLIPBOARD),
        Err(error) => {
            tracing::debug!("the clipboard cannot be read: {error}");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::VecDeque;
    use std::time::Duration;

    use deskwire_core::wire::picture::Size;
    use deskwire_platform::{Error, EventSource, Wake, Waker};
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

    /// Plays what others copied, and tells what was set; nothing wakes its owner.
    struct Played {
        copied: VecDeque<Option<&'static str>>,
        there: Option<&'static str>,
        set: Sender<String>,
    }

    impl EventSource for Played {
        fn wake(&self) -> Wake<'_> {
            Wake::Callback
        }
        fn set_waker(&mut self, _: Option<Waker>) {}
        fn wait(&mut self, _: Duration) -> Result<(), Error> {
            Ok(())
        }
    }

    impl Clipboard for Played {
        fn poll_changed(&mut self) -> Result<bool, Error> {
            let next = self.copied.pop_front();
            self.there = next.unwrap_or(self.there);
            Ok(next.is_some())
        }
        fn text(&mut self) -> Result<Option<String>, Error> {
            Ok(self.there.map(str::to_owned))
        }
        fn set_text(&mut self, text: &str) -> Result<(), Error> {
            self.set.send(text.into()).unwrap();
            Ok(())
        }
    }

    fn play(copied: &[Option<&'static str>]) -> (Sharing, Receiver<String>, Receiver<String>) {
        let (set, sets) = mpsc::channel();
        let (told, texts) = mpsc::channel();
        let played = Played { copied: copied.iter().copied().collect(), there: None, set };
        let sharing = Sharing::start(Box::new(played), move |text| told.send(text).unwrap()).unwrap();
        (sharing, texts, sets)
    }

    #[test]
    fn news_that_come_while_a_text_is_read_are_not_slept_through() {
        let (_sharing, texts, _) = play(&[Some("one"), Some("two"), None, Some("three")]);
        for text in ["one", "two", "three"] {
            assert_eq!(texts.recv_timeout(Duration::from_secs(20)).unwrap(), text);
        }
    }

    #[test]
    fn a_text_that_is_there_is_not_set_again() {
        let (sharing, texts, sets) = play(&[Some("here")]);
        assert_eq!(texts.recv_timeout(Duration::from_secs(20)).unwrap(), "here");
        for text in ["here", "there", "there", "here"] {
            sharing.sender().set(text.into());
        }
        drop(sharing);
        assert_eq!(sets.iter().collect::<Vec<_>>(), ["there", "here"]);
        // What is no text any more may come again.
        let (sharing, texts, sets) = play(&[Some("here"), None, Some("mark")]);
        assert_eq!([texts.recv().unwrap(), texts.recv().unwrap()], ["here", "mark"]);
        sharing.sender().set("here".into());
        drop(sharing);
        assert_eq!(sets.iter().collect::<Vec<_>>(), ["here"]);
    }
}
