//! What happens next: events by time, those of one time in the order in which they were put in.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use deskwire_machine::Instant;

/// Events are large and the heap moves its entries around, so it holds only their places.
#[derive(Debug)]
pub(crate) struct Heap<T> {
    order: BinaryHeap<Reverse<(Instant, u64, usize)>>,
    slots: Vec<Option<T>>,
    free: Vec<usize>,
    sequence: u64,
}

impl<T> Default for Heap<T> {
    fn default() -> Self {
        Self { order: BinaryHeap::new(), slots: Vec::new(), free: Vec::new(), sequence: 0 }
    }
}

impl<T> Heap<T> {
    pub(crate) fn push(&mut self, at: Instant, event: T) {
        self.sequence += 1;
        let slot = match self.free.pop() {
            Some(slot) => {
                if let Some(place) = self.slots.get_mut(slot) {
                    *place = Some(event);
                }
                slot
            }
            None => {
                self.slots.push(Some(event));
                self.slots.len() - 1
            }
        };
        self.order.push(Reverse((at, self.sequence, slot)));
    }

    pub(crate) fn pop(&mut self) -> Option<(Instant, T)> {
        let Reverse((at, _, slot)) = self.order.pop()?;
        self.free.push(slot);
        let event = self.slots.get_mut(slot)?.take()?;
        Some((at, event))
    }

    pub(crate) fn next(&self) -> Option<Instant> {
        self.order.peek().map(|Reverse((at, ..))| *at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_come_by_time_and_then_in_their_order() {
        let mut heap = Heap::default();
        let at = Instant::from_micros;
        for (time, name) in [(5, "c"), (1, "a"), (5, "d"), (2, "b")] {
            heap.push(at(time), name);
        }
        assert_eq!((heap.next(), heap.pop()), (Some(at(1)), Some((at(1), "a"))));
        // A place that became free is used again, and makes no difference.
        heap.push(at(5), "e");
        let rest: Vec<&str> = std::iter::from_fn(|| heap.pop()).map(|(_, name)| name).collect();
        assert_eq!(rest, ["b", "c", "d", "e"]);
        assert_eq!(heap.next(), None);
    }
}
