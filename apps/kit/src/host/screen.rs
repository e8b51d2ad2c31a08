//! The thread that reads the screen and the pointer.

use std::collections::BTreeMap;
use std::io;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use deskwire_core::wire::ids::{DisplayId, Epoch};
use deskwire_core::wire::picture::{FrameUpdate, Rect};
use deskwire_core::{ConnectionId, Node};
use deskwire_driver::{Clock, Handle};
use deskwire_picture::{OwnedOp, borrowed};
use deskwire_platform::{Capture, CursorSource, Error, ErrorKind, Wake};

use super::feed::{Feed, Made, Wanted};
use super::input::InputSender;
use super::{Event, Shown, each_viewer, lock_mutex};
use crate::bell::{Bell, Ear, bell};

/// Work for the screen thread.
#[derive(Debug)]
pub(super) enum ToScreen {
    /// A session can take a frame.
    Wanted {
        viewer: ConnectionId,
        display: DisplayId,
        wanted: Wanted,
    },
    /// A frame did not go; what it would have painted.
    Returned {
        viewer: ConnectionId,
        display: DisplayId,
        epoch: Epoch,
        rects: Vec<Rect>,
    },
    /// A viewer has left.
    Gone(ConnectionId),
    Stop,
}

/// Gives the thread work. Clones give it to the same thread.
#[derive(Clone, Debug)]
pub(super) struct ScreenSender {
    sender: Sender<ToScreen>,
    bell: Bell,
}

impl ScreenSender {
    pub(super) fn send(&self, work: ToScreen) {
        // The thread has ended: the host is stopping.
        let _ = self.sender.send(work);
        self.bell.ring();
    }
}

/// What the thread works with.
pub(super) struct Parts {
    pub(super) capture: Box<dyn Capture + Send>,
    pub(super) cursor: Option<Box<dyn CursorSource + Send>>,
    pub(super) handle: Handle<Node>,
    pub(super) clock: Clock,
    pub(super) shown: Arc<Mutex<Shown>>,
    pub(super) input: Option<InputSender>,
    pub(super) events: Sender<Event>,
}

/// A thread to be started once there is a network.
pub(super) struct Prepared {
    sender: ScreenSender,
    work: Receiver<ToScreen>,
    ear: Ear,
}

/// The thread; ended when dropped.
#[derive(Debug)]
pub(super) struct ScreenThread {
    sender: ScreenSender,
    thread: Option<JoinHandle<()>>,
}

impl ScreenThread {
    /// The way to a thread that is not started yet.
    pub(super) fn prepare() -> io::Result<(Prepared, ScreenSender)> {
        let (bell, ear) = bell()?;
        let (sender, work) = mpsc::channel();
        let sender = ScreenSender { sender, bell };
        Ok((Prepared { sender: sender.clone(), work, ear }, sender))
    }
}

impl Prepared {
    pub(super) fn start(self, parts: Parts) -> io::Result<ScreenThread> {
        let Self { sender, work, ear } = self;
        let mut screen = Screen { parts, sender: sender.clone(), feeds: BTreeMap::new() };
        // What there is to see is known before the first viewer comes.
        screen.note_displays();
        let thread = thread::Builder::new().name("screen".into()).spawn(move || {
            if let Err(error) = screen.run(&work, ear) {
                // Nobody listens any more if this fails.
                let _ = screen.parts.events.send(Event::DesktopLost(error));
            }
        })?;
        Ok(ScreenThread { sender, thread: Some(thread) })
    }
}

impl Drop for ScreenThread {
    fn drop(&mut self) {
        self.sender.send(ToScreen::Stop);
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the screen thread panicked");
        }
    }
}

struct Screen {
    parts: Parts,
    sender: ScreenSender,
    feeds: BTreeMap<(ConnectionId, DisplayId), Feed>,
}

impl Screen {
    fn run(&mut self, work: &Receiver<ToScreen>, mut ear: Ear) -> Result<(), Error> {
        self.sender.bell.watch(&mut *self.parts.capture);
        if let Some(cursor) = &mut self.parts.cursor {
            self.sender.bell.watch(&mut **cursor);
        }
        loop {
            for work in work.try_iter() {
                if !self.take(work)? {
                    return Ok(());
                }
            }
            // A grab may find events that arrived meanwhile, so the source is asked until it is silent.
            loop {
                let changes = self.parts.capture.poll()?;
                if changes.displays {
                    self.note_displays();
                }
                let sent = self.serve()?;
                if changes.is_none() && !sent {
                    break;
                }
            }
            self.follow_cursor()?;
            let mut sources: Vec<Wake<'_>> = vec![self.parts.capture.wake()];
            sources.extend(self.parts.cursor.as_ref().map(|cursor| cursor.wake()));
            let due = self.feeds.values().filter_map(Feed::due_at).min();
            let patience = due.map(|at| at - self.parts.clock.now());
            ear.wait(&sources, patience).map_err(|error| {
                let happened = format!("the screen thread cannot wait ({error})");
                Error::new(ErrorKind::Unavailable, happened, "start the host again")
            })?;
        }
    }

    /// Gives false when it is time to end.
    fn take(&mut self, work: ToScreen) -> Result<bool, Error> {
        match work {
            ToScreen::Wanted { viewer, display, wanted } => {
                let feed = match self.feeds.entry((viewer, display)) {
                    std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
                    std::collections::btree_map::Entry::Vacant(entry) => entry.insert(Feed::new()?),
                };
                feed.want(wanted);
            }
            ToScreen::Returned { viewer, display, epoch, rects } => {
                if let Some(feed) = self.feeds.get_mut(&(viewer, display)) {
                    feed.take_back(epoch, &rects);
                }
            }
            ToScreen::Gone(viewer) => self.feeds.retain(|(of, _), _| *of != viewer),
            ToScreen::Stop => return Ok(false),
        }
        Ok(true)
    }

    /// Makes the frames that are wanted and due; gives whether there was one.
    fn serve(&mut self) -> Result<bool, Error> {
        let Self { parts, sender, feeds } = self;
        let now = parts.clock.now();
        let mut due: Vec<DisplayId> = feeds
            .iter()
            .filter(|((_, display), feed)| feed.is_due(now, parts.capture.is_damaged(*display)))
            .map(|((_, display), _)| *display)
            .collect();
        due.sort_unstable();
        due.dedup();
        let mut sent = false;
        for display in due {
            let captured_at_us = parts.clock.now().as_micros();
            let frame = match parts.capture.grab(display) {
                Ok(frame) => frame,
                // It has gone; the sessions hear of it with the list of displays.
                Err(error) if error.kind() == ErrorKind::UnknownDisplay => continue,
                Err(error) => return Err(error),
            };
            for ((viewer, _), feed) in feeds.iter_mut().filter(|((_, of), _)| *of == display) {
                feed.note(frame.changed);
                if let Some(made) = feed.make(now, frame.picture)? {
                    sent = true;
                    send(&parts.handle, sender, *viewer, display, captured_at_us, made);
                }
            }
        }
        Ok(sent)
    }

    fn note_displays(&mut self) {
        let displays = self.parts.capture.displays().to_vec();
        lock_mutex(&self.parts.shown).displays.clone_from(&displays);
        if let Some(cursor) = &mut self.parts.cursor {
            cursor.set_displays(&displays);
        }
        if let Some(input) = &self.parts.input {
            input.set_displays(displays.clone());
        }
        self.feeds.retain(|(_, display), _| displays.iter().any(|known| known.id == *display));
        // An error says that the node has stopped.
        let _ = self.parts.handle.send(move |node, now| {
            each_viewer(node, now, |now, session| session.set_displays(now, displays.clone()));
        });
    }

    fn follow_cursor(&mut self) -> Result<(), Error> {
        let Some(cursor) = &mut self.parts.cursor else { return Ok(()) };
        // Until both are silent: an answer of the system may have brought events along.
        loop {
            let shape = cursor.poll_shape()?;
            let position = cursor.poll_position()?;
            if shape.is_none() && position.is_none() {
                return Ok(());
            }
            let mut shown = lock_mutex(&self.parts.shown);
            shown.shape = shape.clone().or_else(|| shown.shape.take());
            shown.position = position.or(shown.position);
            drop(shown);
            // An error says that the node has stopped.
            let _ = self.parts.handle.send(move |node, now| {
                each_viewer(node, now, |now, session| {
                    if let Some(shape) = &shape {
                        // Sources keep to the size that is allowed.
                        let _ = session.set_cursor_shape(now, shape.clone());
                    }
                    if let Some(position) = position {
                        session.set_cursor_position(now, position);
                    }
                });
            });
        }
    }
}

/// Hands a frame to the session; what it refuses comes back.
fn send(
    handle: &Handle<Node>,
    back: &ScreenSender,
    viewer: ConnectionId,
    display: DisplayId,
    captured_at_us: u64,
    made: Made,
) {
    let Made { wanted: Wanted { epoch, sequence, .. }, size, ops } = made;
    let sender = back.clone();
    let sent = handle.send(move |node, now| {
        let frame = FrameUpdate { display, epoch, sequence, size, captured_at_us, ops: borrowed(&ops) };
        let taken = node.with_host(now, viewer, |now, session| session.send_frame(now, &frame));
        if let Some(Err(refused)) = taken {
            tracing::debug!("a frame was refused: {refused}");
            let rects = ops.iter().map(OwnedOp::rect).collect();
            sender.send(ToScreen::Returned { viewer, display, epoch, rects });
        }
    });
    if let Err(error) = sent {
        // The node has stopped, or is so far behind that this session stalls and starts over.
        tracing::warn!("a frame was dropped: {error}");
    }
}
