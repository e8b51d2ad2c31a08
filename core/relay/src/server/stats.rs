//! What a relay server counts.

use deskwire_wire::relay::RefuseReason;

/// Counts of a [`super::Server`] since its start, and what it holds now.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ServerStats {
    /// Introductions with one side, now.
    pub waiting: usize,
    /// Introductions with both sides, now.
    pub paired: usize,
    /// TCP connections, now.
    pub connections: usize,
    /// Tokens remembered, now.
    pub spent_tokens: usize,
    /// Echoes answered.
    pub echoes: u64,
    /// Pairs made so far.
    pub pairs_made: u64,
    /// Bytes of packets carried.
    pub bytes: u64,
    /// Packets carried.
    pub packets: u64,
    /// Packets that had to wait for the proof of their receiver's address.
    pub held: u64,
    /// Bytes of packets that wait so, now.
    pub kept_bytes: usize,
    /// Opens refused.
    pub refused: Refusals,
    /// Packets dropped.
    pub dropped: Drops,
    /// Messages and frames that were none.
    pub malformed: u64,
    /// TCP connections shed because there were too many, or too slow to open; places that waited in vain and gave way.
    pub shed: u64,
    /// Events that the owner did not take in time.
    pub events_lost: u64,
}

/// Opens that were refused, by reason.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Refusals {
    /// Not a token of the configured server; not answered.
    pub forged: u64,
    /// Too early or too late.
    pub expired: u64,
    /// For another relay.
    pub other_relay: u64,
    /// Its side is taken, or it was used before.
    pub used: u64,
    /// No place left.
    pub full: u64,
    /// The relay drains.
    pub draining: u64,
    /// Too many from one place; not answered.
    pub over_budget: u64,
}

impl Refusals {
    pub(super) const fn count(&mut self, reason: RefuseReason) {
        let counter = match reason {
            RefuseReason::Expired => &mut self.expired,
            RefuseReason::OtherRelay => &mut self.other_relay,
            RefuseReason::Used => &mut self.used,
            RefuseReason::Draining => &mut self.draining,
            _ => &mut self.full,
        };
        *counter += 1;
    }
}

/// Packets that were not carried, by reason.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Drops {
    /// The channel is nobody's, or the sender's address is not the one it belongs to.
    pub not_a_place: u64,
    /// The other side is not here yet.
    pub not_paired: u64,
    /// Over the rate of the token.
    pub over_rate: u64,
    /// The receiver has not proved its address, was sent as much as it sent, and enough waits for it.
    pub unproven: u64,
    /// The receiver is too slow.
    pub queue_full: u64,
    /// Too long for the receiver's carrier, or not a QUIC packet.
    pub unfit: u64,
}
