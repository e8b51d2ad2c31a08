//! A queue with a bound.

use alloc::collections::VecDeque;

/// How many entries' room an empty queue keeps; what a burst took is given back.
pub(crate) const KEPT: usize = 64;

/// A first-in first-out queue that refuses what goes over its bound and counts it.
#[derive(Clone, Debug)]
pub struct BoundedQueue<T> {
    items: VecDeque<T>,
    bound: usize,
    dropped: u64,
}

impl<T> BoundedQueue<T> {
    /// A queue of at most `bound` items.
    pub const fn new(bound: usize) -> Self {
        Self { items: VecDeque::new(), bound, dropped: 0 }
    }

    /// Appends `item`, or counts it as dropped and hands it back when the queue is full.
    pub fn push(&mut self, item: T) -> Result<(), T> {
        if self.items.len() >= self.bound {
            self.dropped = self.dropped.saturating_add(1);
            return Err(item);
        }
        self.items.push_back(item);
        Ok(())
    }

    /// Takes the oldest item.
    pub fn pop(&mut self) -> Option<T> {
        let item = self.items.pop_front();
        if self.items.is_empty() && self.items.capacity() > KEPT {
            self.items.shrink_to(KEPT);
        }
        item
    }

    /// The oldest item.
    pub fn front(&self) -> Option<&T> {
        self.items.front()
    }

    /// How many items wait.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether none waits.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Whether the next push is refused.
    pub fn is_full(&self) -> bool {
        self.items.len() >= self.bound
    }

    /// How many items were refused so far.
    pub const fn dropped(&self) -> u64 {
        self.dropped
    }

    /// Drops all items; the count of refused ones stays.
    pub fn clear(&mut self) {
        self.items.clear();
    }

    /// The items, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.items.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_and_counts_over_the_bound() {
        let mut queue = BoundedQueue::new(2);
        assert_eq!(queue.push('a'), Ok(()));
        assert_eq!(queue.push('b'), Ok(()));
        assert_eq!(queue.push('c'), Err('c'));
        assert_eq!((queue.len(), queue.dropped(), queue.is_full()), (2, 1, true));
        assert_eq!(queue.pop(), Some('a'));
        assert_eq!(queue.push('d'), Ok(()));
        assert_eq!(queue.iter().copied().collect::<alloc::string::String>(), "bd");
    }
}
