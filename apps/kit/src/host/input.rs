//! Input on a thread of its own, so that slow typing never delays the screen or the network.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};

use deskwire_core::wire::screen::{Display, InputEvent};
use deskwire_platform::{ErrorKind, InputSink};

/// Events that may wait. Beyond it only releases are taken, so that nothing stays down.
const MAX_WAITING: usize = 2_048;

enum ToInput {
    Displays(Vec<Display>),
    Events(Vec<InputEvent>),
    Stop,
}

/// The thread; ended, and everything let go of, when dropped.
#[derive(Debug)]
pub(super) struct InputThread {
    sender: InputSender,
    thread: Option<JoinHandle<()>>,
}

/// Gives it work. Clones give it to the same thread.
#[derive(Clone, Debug)]
pub(super) struct InputSender {
    sender: Sender<ToInput>,
    waiting: Arc<AtomicUsize>,
}

impl InputSender {
    /// Injects `events` in order.
    pub(super) fn send(&self, mut events: Vec<InputEvent>) {
        if self.waiting.load(Ordering::Relaxed) + events.len() > MAX_WAITING {
            events.retain(is_release);
        }
        self.waiting.fetch_add(events.len(), Ordering::Relaxed);
        // The thread has ended: the host is stopping.
        let _ = self.sender.send(ToInput::Events(events));
    }

    /// Where the displays lie now.
    pub(super) fn set_displays(&self, displays: Vec<Display>) {
        let _ = self.sender.send(ToInput::Displays(displays));
    }
}

impl InputThread {
    pub(super) fn start(sink: Box<dyn InputSink + Send>) -> io::Result<Self> {
        let (sender, events) = mpsc::channel();
        let waiting = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&waiting);
        let thread =
            thread::Builder::new().name("input".into()).spawn(move || run(sink, &events, &counted))?;
        Ok(Self { sender: InputSender { sender, waiting }, thread: Some(thread) })
    }

    pub(super) fn sender(&self) -> InputSender {
        self.sender.clone()
    }
}

impl Drop for InputThread {
    fn drop(&mut self) {
        let _ = self.sender.sender.send(ToInput::Stop);
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the input thread panicked");
        }
    }
}

fn run(mut sink: Box<dyn InputSink + Send>, work: &Receiver<ToInput>, waiting: &AtomicUsize) {
    for work in work {
        match work {
            ToInput::Displays(displays) => sink.set_displays(&displays),
            ToInput::Events(events) => {
                for event in &events {
                    waiting.fetch_sub(1, Ordering::Relaxed);
                    match sink.inject(event) {
                        Ok(()) => {}
                        // The screen thread finds out too, and says so.
                        Err(error) if error.kind() == ErrorKind::Lost => return,
                        // What was typed must not be in a log.
                        Err(error) => tracing::debug!("an input event was not injected: {:?}", error.kind()),
                    }
                }
            }
            ToInput::Stop => break,
        }
    }
    if let Err(error) = sink.release_all() {
        tracing::warn!("keys may be stuck: {error}");
    }
}

const fn is_release(event: &InputEvent) -> bool {
    matches!(event, InputEvent::Button { pressed: false, .. } | InputEvent::Key { pressed: false, .. })
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskwire_core::wire::picture::Size;
    use deskwire_core::wire::screen::{Button, Keysym};
    use deskwire_synthetic::Screen;

    #[test]
    fn events_are_injected_in_order_and_let_go_of_at_the_end() {
        let screen = Screen::new(&[Size { width: 100, height: 100 }]).unwrap();
        let input = InputThread::start(Box::new(screen.input())).unwrap();
        let key = InputEvent::Key { key: Keysym(0x61), pressed: true };
        let text = InputEvent::Text("hello".into());
        input.sender().send(vec![key.clone(), text.clone()]);
        drop(input);
        let released = InputEvent::Key { key: Keysym(0x61), pressed: false };
        assert_eq!(screen.take_injected(), [key, text, released]);
    }

    #[test]
    fn a_flood_leaves_releases_only() {
        let (sender, work) = mpsc::channel();
        let sender = InputSender { sender, waiting: Arc::new(AtomicUsize::new(0)) };
        let press = InputEvent::Button { button: Button::Left, pressed: true };
        let release = InputEvent::Button { button: Button::Left, pressed: false };
        for _ in 0..MAX_WAITING {
            sender.send(vec![press.clone()]);
        }
        sender.send(vec![press, release.clone()]);
        let last = work.try_iter().last();
        assert!(matches!(last, Some(ToInput::Events(events)) if events == [release]));
    }
}
