//! The thread that paints, and acknowledges what it has painted.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use deskwire_core::Node;
use deskwire_core::wire::ids::DisplayId;
use deskwire_core::wire::picture::{FrameUpdate, RegionOp};
use deskwire_core::wire::video::FrameBytes;
use deskwire_driver::{Clock, Handle};
use deskwire_picture::PaintError;
use deskwire_platform::Damage;

use super::shared::{Screen, Shared};
use super::sound::Sounds;
use crate::canvas::Canvas;

/// A thread to be started once there is a network.
pub(super) struct Prepared(Receiver<FrameBytes>);

/// The thread; it ends when nobody can send to it any more. Waited for when dropped.
pub(super) struct PainterThread(Option<JoinHandle<()>>);

impl PainterThread {
    /// The way to a thread that is not started yet.
    pub(super) fn prepare() -> (Prepared, Sender<FrameBytes>) {
        let (sender, frames) = mpsc::channel();
        (Prepared(frames), sender)
    }
}

impl Drop for PainterThread {
    fn drop(&mut self) {
        if self.0.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the painter thread panicked");
        }
    }
}

impl Prepared {
    pub(super) fn start(
        self,
        (shared, sounds): (Arc<Shared>, Arc<Sounds>),
        handle: Handle<Node>,
        clock: Clock,
    ) -> io::Result<PainterThread> {
        let thread = thread::Builder::new().name("painter".into()).spawn(move || {
            for frame in self.0 {
                paint((&shared, &sounds), &handle, &clock, &frame);
            }
        })?;
        Ok(PainterThread(Some(thread)))
    }
}

fn paint(
    (shared, sounds): (&Arc<Shared>, &Arc<Sounds>),
    handle: &Handle<Node>,
    clock: &Clock,
    frame: &FrameBytes,
) {
    // It was checked when it was received.
    let Ok(update) = frame.update() else { return };
    let (display, epoch, sequence) = (update.display, update.epoch, update.sequence);
    let painted = shared.with_screens(|screens| {
        apply(screens, &update)?;
        if let Some(picture) = screens.get(&display).and_then(|screen| screen.canvas.picture()) {
            shared.tell_frame(picture);
        }
        Ok(())
    });
    let Some(connection) = shared.connection() else { return };
    match painted {
        Ok(()) => {
            let (told, heard) = (Arc::clone(shared), Arc::clone(sounds));
            // Before the view changes, so that the host hears of it first. An error says that the node has stopped.
            let _ = handle.send(move |node, now| {
                let done = node.with_viewer(now, connection, |now, session| {
                    session.frame_done(now, display, epoch, sequence)
                });
                if let Some(latency_us) = done.flatten() {
                    told.set_latency(latency_us);
                    heard.painted(now, Duration::from_micros(latency_us.into()));
                }
            });
            let moving = update.ops.iter().any(|op| matches!(op, RegionOp::Video { .. }));
            shared.painted(clock.now(), frame.len(), moving);
        }
        Err(Unpainted::Stale) => {}
        Err(Unpainted::Broken(error)) => {
            tracing::warn!("{error}; the picture starts over");
            shared.note_broken_frame();
            let _ = handle.send(move |node, now| {
                node.with_viewer(now, connection, |now, session| session.request_resync(now, display));
            });
        }
    }
}

/// Why a frame was not painted.
enum Unpainted {
    /// Its run had gone wrong before.
    Stale,
    /// It cannot be painted.
    Broken(PaintError),
}

fn apply(screens: &mut BTreeMap<DisplayId, Screen>, update: &FrameUpdate<'_>) -> Result<(), Unpainted> {
    let screen = match screens.entry(update.display) {
        std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
        std::collections::btree_map::Entry::Vacant(_) if update.sequence != 0 => {
            // It is not watched any more.
            return Err(Unpainted::Stale);
        }
        std::collections::btree_map::Entry::Vacant(entry) => {
            let canvas = Canvas::new().map_err(Unpainted::Broken)?;
            entry.insert(Screen { canvas, changed: Damage::new(), broken: None })
        }
    };
    if screen.broken == Some(update.epoch) {
        return Err(Unpainted::Stale);
    }
    match screen.canvas.paint(update) {
        Ok(damage) => {
            screen.broken = None;
            if update.sequence == 0 {
                screen.changed.clear();
            }
            screen.changed.extend(damage.rects().iter().copied());
            Ok(())
        }
        Err(error) => {
            screen.broken = Some(update.epoch);
            Err(Unpainted::Broken(error))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskwire_core::wire::ids::Epoch;
    use deskwire_core::wire::picture::{Rect, RegionOp, Size};

    fn update(epoch: u32, sequence: u32, ops: Vec<RegionOp<'static>>) -> FrameUpdate<'static> {
        let size = Size { width: 20, height: 10 };
        let (display, epoch) = (DisplayId(1), Epoch(epoch));
        FrameUpdate { display, epoch, sequence, size, captured_at_us: 0, ops }
    }

    fn solid(rect: Rect) -> RegionOp<'static> {
        RegionOp::Solid { rect, bgrx: [7, 7, 7, 255] }
    }

    #[test]
    fn a_broken_run_is_left_alone_until_the_next() {
        let whole = Rect::new(0, 0, 20, 10);
        let mut screens = BTreeMap::new();
        assert!(apply(&mut screens, &update(0, 0, vec![solid(whole)])).is_ok());
        let outside = solid(Rect::new(15, 0, 10, 10));
        assert!(matches!(apply(&mut screens, &update(0, 1, vec![outside])), Err(Unpainted::Broken(_))));
        let fine = || vec![solid(Rect::new(0, 0, 1, 1))];
        assert!(matches!(apply(&mut screens, &update(0, 2, fine())), Err(Unpainted::Stale)));
        assert!(apply(&mut screens, &update(1, 0, vec![solid(whole)])).is_ok());
        assert!(apply(&mut screens, &update(1, 1, fine())).is_ok());
        assert_eq!(screens[&DisplayId(1)].changed.rects(), [whole]);
    }

    #[test]
    fn frames_of_a_display_that_is_not_watched_any_more_are_no_fault() {
        let mut screens = BTreeMap::new();
        let late = update(0, 5, vec![solid(Rect::new(0, 0, 1, 1))]);
        assert!(matches!(apply(&mut screens, &late), Err(Unpainted::Stale)));
        assert!(screens.is_empty());
    }
}
