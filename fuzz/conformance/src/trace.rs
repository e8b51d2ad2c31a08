//! What a run did, to compare it with another run.

use std::fmt::{self, Write as _};

/// The outputs, events and deadlines of a run, as a hash each, and as text if asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trace {
    keep: bool,
    text: bool,
    entries: Vec<Entry>,
    /// Which of the wanted words came up, one bit each.
    said: u64,
    /// What the machine dropped so far.
    dropped: u64,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Entry {
    step: usize,
    hash: u64,
    text: String,
}

impl Trace {
    /// A trace that keeps nothing: for runs in which memory is measured.
    pub(crate) fn blind() -> Self {
        Self::default()
    }

    /// A trace that can be compared; with `text` it can also say what differs.
    pub(crate) fn new(text: bool) -> Self {
        Self { keep: true, text, entries: Vec::new(), said: 0, dropped: 0 }
    }

    pub(crate) fn note(&mut self, step: usize, what: fmt::Arguments<'_>, bytes: &[u8]) {
        if !self.keep {
            return;
        }
        let mut hash = Fnv::default();
        let _ = hash.write_fmt(what);
        hash.feed(bytes);
        let text = if self.text { format!("{what} {}", hex(bytes)) } else { String::new() };
        self.entries.push(Entry { step, hash: hash.0, text });
    }

    pub(crate) fn note_event(&mut self, step: usize, event: &impl fmt::Debug, wanted: &[&str]) {
        if !self.keep {
            return;
        }
        self.note(step, format_args!("event {event:?}"), &[]);
        let all = u64::MAX.checked_shr(64_u32.saturating_sub(wanted.len() as u32)).unwrap_or(0);
        if self.said != all {
            let text = format!("{event:?}");
            let bit = |(i, word): (usize, &&str)| u64::from(text.contains(*word)) << (i % 64);
            self.said |= wanted.iter().enumerate().map(bit).fold(0, |a, b| a | b);
        }
    }

    pub(crate) const fn said(&self) -> u64 {
        self.said
    }

    pub(crate) const fn note_dropped(&mut self, dropped: u64) {
        self.dropped = dropped;
    }

    /// What was dropped so far.
    pub(crate) const fn dropped(&self) -> u64 {
        self.dropped
    }

    /// Where the two runs part, and how.
    pub(crate) fn difference(&self, other: &Self) -> Option<(usize, String)> {
        let same = self.entries.iter().zip(&other.entries).take_while(|(a, b)| a.hash == b.hash).count();
        let (a, b) = (self.entries.get(same), other.entries.get(same));
        if a.is_none() && b.is_none() {
            return None;
        }
        let step = a.or(b).map_or(0, |entry| entry.step);
        let text = |entry: Option<&Entry>| entry.map_or_else(|| "nothing".to_owned(), |e| e.text.clone());
        Some((step, format!("one run did: {}; the other: {}", text(a), text(b))))
    }
}

/// FNV-1a: small, and the same everywhere.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn feed(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

impl fmt::Write for Fnv {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.feed(text.as_bytes());
        Ok(())
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
    let pairs = digits.chunks(2);
    pairs.map(|pair| u8::from_str_radix(core::str::from_utf8(pair).ok()?, 16).ok()).collect()
}
