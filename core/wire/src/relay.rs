//! Control messages between a client and a relay.

use alloc::vec::Vec;

/// A control message on a relay link.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum RelayMsg {
    /// Client to relay: take this side of an introduction.
    Open {
        /// A relay token as the rendezvous server signed it.
        token: Vec<u8>,
    },
    /// A message this version does not know; its number in the schema's union.
    Unknown(u16),
}
