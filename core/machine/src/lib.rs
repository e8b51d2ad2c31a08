#![doc = include_str!("../README.md")]
//!
//! # The run loop
//!
//! 1. Tell the machine something: [`Machine::handle_input`], [`Machine::handle_timeout`], or a method of its own.
//! 2. Drain [`Machine::poll_output`] and [`Machine::poll_event`] until both are `None`.
//! 3. Read [`Machine::poll_timeout`]: it is later than `now`, or `None`.
//! 4. Wait for input or for that time; go to 1.
//!
//! # The rules
//!
//! 1. Only `now` is time. It may repeat; if it goes back, the last seen counts (see [`Clock`]).
//! 2. Only a [`Seed`] in the configuration is randomness. Same seed and same inputs give the same bytes.
//! 3. After a drain `poll_timeout` is later than now, or `None`. Queued work never waits for a timer: parents
//!    drain children inside `handle_*`, never in `poll_event`.
//! 4. An early `handle_timeout` does nothing and moves no deadline. No machine asks twice for a time it was told.
//! 5. The network cannot make a method fail or panic: bad input is dropped and counted, or ends the machine with an
//!    event that says why. `Result` is for local misuse.
//! 6. Every queue, map and buffer has a bound; what is dropped at the bound is counted. Work per call is bounded.
//! 7. No bytes with `Open` or `Close`; no empty send; nothing for a `Blocked` link; nothing after `Closed`.
//! 8. Iteration order never comes from a hash map where it can reach the wire.
//! 9. Readers borrow the data they are given; what outlives the call is copied in one place. Media payloads are written
//!    once and sealed in place.
//! 10. State is an enum with a table of the moves between its states ([`states!`](macro@states)), and one function
//!     ([`change`]) moves it.
//!
//! The conformance suite (`fuzz/conformance`) holds every machine to them.
//!
//! ```
//! use deskwire_machine::{Deadline, Input, Instant, Machine, Output};
//!
//! /// Says what it received, one second later.
//! #[derive(Default)]
//! struct Echo { due: Option<(Instant, usize)>, events: Vec<usize> }
//!
//! impl Machine for Echo {
//!     type Event = usize;
//!     fn handle_input(&mut self, now: Instant, input: Input<'_>) {
//!         if let Input::Datagram { data, .. } = input {
//!             self.due = Some((now + core::time::Duration::from_secs(1), data.len()));
//!         }
//!     }
//!     fn handle_timeout(&mut self, now: Instant) {
//!         if let Some((at, n)) = self.due.take_if(|(at, _)| *at <= now) {
//!             let _ = at;
//!             self.events.push(n);
//!         }
//!     }
//!     fn poll_output(&mut self, _: Instant, _: &mut Vec<u8>) -> Option<Output> { None }
//!     fn poll_event(&mut self) -> Option<usize> { self.events.pop() }
//!     fn poll_timeout(&self) -> Option<Deadline> {
//!         self.due.map(|(at, _)| Deadline { at, reason: "echo" })
//!     }
//! }
//!
//! let mut echo = Echo::default();
//! let start = Instant::from_micros(0);
//! let link = deskwire_machine::LinkIds::new().allocate();
//! let from = "192.0.2.1:9".parse().unwrap();
//! echo.handle_input(start, Input::Datagram { link, from, ecn: Default::default(), data: &mut [1, 2, 3] });
//! let due = echo.poll_timeout().unwrap().at;
//! echo.handle_timeout(due);
//! assert_eq!(echo.poll_event(), Some(3));
//! ```
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod io;
mod outbox;
mod queue;
mod seed;
mod states;
mod stream;
mod time;
mod url;

pub use io::{ChannelSpec, CloseReason, Ecn, IfAddr, Input, LinkId, LinkIds, LinkSpec, Output};
pub use outbox::Outbox;
pub use queue::BoundedQueue;
pub use seed::{Rng, Seed};
pub use states::{State, StateRow, StateTable, change, change_with};
pub use stream::StreamBuf;
pub use time::{Clock, Deadline, Instant, earliest};
pub use url::{WsParts, WsUrl};

use alloc::vec::Vec;

/// A pure state machine: it is told time and input, and asked for output, events and its next deadline.
///
/// See the crate documentation for the contract.
pub trait Machine {
    /// What the machine tells its owner.
    type Event;

    /// Takes one input. Never fails and never panics, whatever the network sent.
    fn handle_input(&mut self, now: Instant, input: Input<'_>);

    /// Acts on every deadline that `now` has reached. Called early, it does nothing.
    fn handle_timeout(&mut self, now: Instant);

    /// Takes the next output. Bytes that belong to it are appended to `buf`, which the caller hands in empty.
    fn poll_output(&mut self, now: Instant, buf: &mut Vec<u8>) -> Option<Output>;

    /// Takes the next event.
    fn poll_event(&mut self) -> Option<Self::Event>;

    /// When [`Machine::handle_timeout`] is wanted next, and for what. `None` means never.
    fn poll_timeout(&self) -> Option<Deadline>;

    /// Whether the machine can take more stream bytes on `link`. While it says no, the driver stops reading that
    /// link, so that the sender's own flow control closes: real backpressure.
    fn wants_input(&self, link: LinkId) -> bool {
        let _ = link;
        true
    }
}
