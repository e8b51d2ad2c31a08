//! The pointer: pictures once each, positions only the latest.

use alloc::collections::VecDeque;
use alloc::sync::Arc;

use deskwire_identity::hash;
use deskwire_wire::screen::{CursorPosition, CursorShape};
use deskwire_wire::session::{CURSOR_CACHE, SessionMsg};

/// What the host still has to say about the pointer: at most one picture and one position.
#[derive(Debug, Default)]
pub(crate) struct CursorSender {
    /// The ids the viewer keeps, oldest first; the same rule on both sides keeps them equal.
    known: VecDeque<u64>,
    shape: Option<(u64, Arc<CursorShape>)>,
    position: Option<CursorPosition>,
    shape_due: bool,
    position_due: bool,
}

impl CursorSender {
    pub(crate) fn set_shape(&mut self, shape: CursorShape) {
        let id = id_of(&shape);
        if self.shape.as_ref().is_none_or(|(old, _)| *old != id) {
            self.shape = Some((id, Arc::new(shape)));
            self.shape_due = true;
        }
    }

    pub(crate) fn set_position(&mut self, position: CursorPosition) {
        if self.position != Some(position) {
            self.position = Some(position);
            self.position_due = true;
        }
    }

    /// A new channel: the viewer knows nothing, and what is true now has to be said again.
    pub(crate) fn restart(&mut self) {
        self.known.clear();
        self.shape_due = self.shape.is_some();
        self.position_due = self.position.is_some();
    }

    /// The next message, once the channel is free.
    pub(crate) fn next(&mut self) -> Option<SessionMsg> {
        if core::mem::take(&mut self.shape_due)
            && let Some((id, shape)) = &self.shape
        {
            if self.known.contains(id) {
                return Some(SessionMsg::CursorCached { id: *id });
            }
            if self.known.len() == CURSOR_CACHE {
                self.known.pop_front();
            }
            self.known.push_back(*id);
            return Some(SessionMsg::CursorShape { id: *id, shape: CursorShape::clone(shape) });
        }
        core::mem::take(&mut self.position_due).then_some(())?;
        self.position.map(SessionMsg::CursorPosition)
    }
}

fn id_of(shape: &CursorShape) -> u64 {
    let header = [shape.width, shape.height, shape.hot_spot.0, shape.hot_spot.1].map(u16::to_le_bytes);
    let [a, b, c, d, e, f, g, h, ..] = hash(&[header.as_flattened(), &shape.rgba]);
    u64::from_le_bytes([a, b, c, d, e, f, g, h])
}

/// The pictures that the viewer keeps.
#[derive(Debug, Default)]
pub(crate) struct CursorCache(VecDeque<(u64, Arc<CursorShape>)>);

impl CursorCache {
    /// Keeps a picture, and forgets the oldest beyond the bound.
    pub(crate) fn put(&mut self, id: u64, shape: CursorShape) -> Arc<CursorShape> {
        let shape = Arc::new(shape);
        if self.0.len() == CURSOR_CACHE {
            self.0.pop_front();
        }
        self.0.push_back((id, Arc::clone(&shape)));
        shape
    }

    /// A picture that was put before.
    pub(crate) fn find(&self, id: u64) -> Option<Arc<CursorShape>> {
        self.0.iter().find(|(known, _)| *known == id).map(|(_, shape)| Arc::clone(shape))
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(n: u8) -> CursorShape {
        CursorShape { width: 1, height: 1, hot_spot: (0, 0), rgba: alloc::vec![n; 4] }
    }

    /// Whatever the order of pictures, the viewer has every one that the host believes it has.
    // spec: SE-26
    #[test]
    fn both_sides_keep_the_same_pictures() {
        let (mut sender, mut cache) = (CursorSender::default(), CursorCache::default());
        let mut rng = deskwire_machine::Seed::new([5; 32]).public();
        let mut repeated = 0;
        for _ in 0..400 {
            // Some more pictures than are kept, in no order.
            let n = u8::try_from(rng.below(48)).unwrap();
            sender.set_shape(shape(n));
            let Some(message) = sender.next() else { continue };
            let shown = match message {
                SessionMsg::CursorShape { id, shape } => cache.put(id, shape),
                SessionMsg::CursorCached { id } => {
                    repeated += 1;
                    cache.find(id).expect("the host only names what it sent")
                }
                other => panic!("{other:?}"),
            };
            assert_eq!(*shown, shape(n));
            assert!(cache.0.len() <= CURSOR_CACHE);
        }
        assert!(repeated > 0);
    }

    #[test]
    fn only_the_latest_position_is_sent() {
        let mut sender = CursorSender::default();
        let position = |x| CursorPosition {
            display: deskwire_wire::ids::DisplayId(1),
            at: deskwire_wire::picture::Point { x, y: 0 },
            visible: true,
        };
        (0..10).for_each(|x| sender.set_position(position(x)));
        assert_eq!(sender.next(), Some(SessionMsg::CursorPosition(position(9))));
        assert_eq!(sender.next(), None);
        sender.set_position(position(9));
        assert_eq!(sender.next(), None, "nothing changed");
        sender.restart();
        assert_eq!(sender.next(), Some(SessionMsg::CursorPosition(position(9))));
    }
}
