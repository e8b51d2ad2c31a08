//! What the viewer's user did and the host has not been told.

use alloc::collections::VecDeque;

use deskwire_wire::screen::InputEvent;
use deskwire_wire::session::{MAX_INPUT_BATCH, MAX_INPUT_TEXT, SessionMsg};

/// Events in order. It is usually empty: it fills only while the channel is blocked.
#[derive(Debug)]
pub(super) struct InputQueue {
    events: VecDeque<InputEvent>,
    bound: usize,
    dropped: u64,
}

impl InputQueue {
    pub(super) const fn new(bound: usize) -> Self {
        Self { events: VecDeque::new(), bound, dropped: 0 }
    }

    /// Appends an event. A position overtakes the one just before it. Over the bound only releases are taken, so that
    /// nothing stays pressed at the host; the oldest event that is no release makes room.
    pub(super) fn push(&mut self, event: InputEvent) {
        if let (
            Some(InputEvent::PointerMove { display, at }),
            InputEvent::PointerMove { display: to, at: point },
        ) = (self.events.back_mut(), &event)
            && display == to
        {
            *at = *point;
            return;
        }
        if self.events.len() >= self.bound {
            self.dropped = self.dropped.saturating_add(1);
            let room = self.events.iter().position(|event| !is_release(event));
            match room {
                Some(at) if is_release(&event) => {
                    self.events.remove(at);
                }
                _ => return,
            }
        }
        self.events.push_back(event);
    }

    /// The next batch, once the channel is free.
    pub(super) fn next(&mut self) -> Option<SessionMsg> {
        // A text event is long; few of them fill a message of the session's class.
        const BATCH_TEXTS: usize = 64;
        let mut texts = 0;
        let count = self
            .events
            .iter()
            .take(MAX_INPUT_BATCH)
            .take_while(|event| {
                texts += usize::from(matches!(event, InputEvent::Text(_)));
                texts <= BATCH_TEXTS
            })
            .count();
        (count > 0).then(|| SessionMsg::Input(self.events.drain(..count).collect()))
    }

    pub(super) fn clear(&mut self) {
        self.events.clear();
    }

    pub(super) const fn dropped(&self) -> u64 {
        self.dropped
    }
}

/// Whether an event can be carried.
pub(super) fn is_allowed(event: &InputEvent) -> bool {
    !matches!(event, InputEvent::Text(text) if text.len() > MAX_INPUT_TEXT)
}

const fn is_release(event: &InputEvent) -> bool {
    matches!(event, InputEvent::Key { pressed: false, .. } | InputEvent::Button { pressed: false, .. })
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskwire_wire::ids::DisplayId;
    use deskwire_wire::picture::Point;
    use deskwire_wire::screen::Keysym;

    fn moved(x: i32) -> InputEvent {
        InputEvent::PointerMove { display: DisplayId(1), at: Point { x, y: 0 } }
    }

    fn key(n: u32, pressed: bool) -> InputEvent {
        InputEvent::Key { key: Keysym(n), pressed }
    }

    #[test]
    fn positions_overtake_each_other_but_nothing_else() {
        let mut queue = InputQueue::new(10);
        [moved(1), moved(2), key(1, true), moved(3), moved(4)]
            .into_iter()
            .for_each(|event| queue.push(event));
        let expected = [moved(2), key(1, true), moved(4)].into();
        assert_eq!(queue.next(), Some(SessionMsg::Input(expected)));
        assert_eq!(queue.next(), None);
    }

    #[test]
    fn a_full_queue_still_takes_releases() {
        let mut queue = InputQueue::new(3);
        [key(1, true), key(2, true), key(3, true), key(4, true), key(1, false)]
            .into_iter()
            .for_each(|event| queue.push(event));
        let expected = [key(2, true), key(3, true), key(1, false)].into();
        assert_eq!(queue.next(), Some(SessionMsg::Input(expected)));
        assert_eq!(queue.dropped(), 2);
    }
}
