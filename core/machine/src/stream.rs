//! Unread bytes of a stream.

use alloc::vec::Vec;

/// The unread bytes of one stream link. The driver appends, the machine consumes whole frames from the front.
#[derive(Debug, Default)]
pub struct StreamBuf {
    bytes: Vec<u8>,
    start: usize,
}

impl StreamBuf {
    /// An empty buffer.
    pub const fn new() -> Self {
        Self { bytes: Vec::new(), start: 0 }
    }

    /// The unread bytes.
    pub fn readable(&self) -> &[u8] {
        self.bytes.get(self.start..).unwrap_or_default()
    }

    /// The unread bytes, to be changed in place (decryption).
    pub fn readable_mut(&mut self) -> &mut [u8] {
        self.bytes.get_mut(self.start..).unwrap_or_default()
    }

    /// How many bytes are unread.
    pub fn len(&self) -> usize {
        self.bytes.len().saturating_sub(self.start)
    }

    /// Whether all is read.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Marks `n` bytes as read (all of them if `n` is more).
    pub fn consume(&mut self, n: usize) {
        self.start = self.start.saturating_add(n).min(self.bytes.len());
        if self.start == self.bytes.len() {
            self.bytes.clear();
            self.start = 0;
        }
    }

    /// Appends bytes that arrived.
    pub fn push(&mut self, data: &[u8]) {
        // Moving the rest to the front costs less than a growing buffer once half of it is read.
        if self.start > 0 && self.start >= self.bytes.len() / 2 {
            self.bytes.drain(..self.start);
            self.start = 0;
        }
        self.bytes.extend_from_slice(data);
    }
}

impl From<&[u8]> for StreamBuf {
    fn from(bytes: &[u8]) -> Self {
        Self { bytes: bytes.to_vec(), start: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_consumed_stays() {
        let mut buf = StreamBuf::new();
        buf.push(b"hello ");
        buf.push(b"world");
        buf.consume(6);
        assert_eq!(buf.readable(), b"world");
        buf.push(b"!");
        assert_eq!(buf.readable(), b"world!");
        buf.consume(100);
        assert!(buf.is_empty());
        buf.push(b"x");
        assert_eq!(buf.len(), 1);
    }
}
