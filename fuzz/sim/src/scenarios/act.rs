//! What goes wrong in a scenario, and what users do.

use std::time::Duration;

use super::bytes::Choices;
use super::place::line;
use crate::Line;

/// One of the two devices.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// The one who dials.
    Viewer,
    /// The one who is dialled.
    Host,
}

impl Side {
    pub(super) fn decode(c: &mut Choices<'_>) -> Self {
        c.pick(&[Self::Viewer, Self::Host], Self::Viewer)
    }
}

/// Something happens at a time after the dial.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Timed {
    /// When.
    pub at: Duration,
    /// How long it lasts, if it lasts.
    pub lasts: Duration,
    /// What.
    pub act: Act,
}

/// What happens.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Act {
    /// A device goes to another network.
    Roam(Side),
    /// A device sleeps.
    Suspend(Side),
    /// A device's clock jumps, by microseconds.
    Jump(Side, i64),
    /// A device's program crashes, and starts again with or without its disk.
    Crash(Side, bool),
    /// The gateways of a device forget everything.
    Reboot(Side),
    /// The rendezvous server crashes, and comes back with or without its store.
    Rendezvous(bool),
    /// A relay crashes and comes back.
    Relay(u8),
    /// All TCP connections of a device are reset.
    Reset(Side),
    /// The relay refuses TCP connections.
    Refuse(u8),
    /// A device reads nothing from streams.
    Stall(Side),
    /// A relay reads nothing from streams.
    StallRelay(u8),
    /// Nothing passes between the devices, except through relays.
    CutDirect,
    /// Nothing passes between a device and the servers.
    CutServers(Side),
    /// A device hears nobody.
    CutAll(Side),
    /// A device's line changes.
    Line(Side, Line),
    /// The viewer closes the session.
    Close,
    /// The viewer dials once more.
    Dial,
}

impl Timed {
    pub(super) fn decode(c: &mut Choices<'_>) -> Self {
        let at = c.millis(15_000);
        let kind = c.below(17);
        let side = Side::decode(c);
        let lasts = if c.rarely(4) { c.millis(60_000) } else { c.millis(8_000) };
        let act = match kind {
            0 => Act::Roam(side),
            1 => Act::Suspend(side),
            2 => Act::Jump(side, jump(c)),
            3 => Act::Crash(side, !c.rarely(3)),
            4 => Act::Reboot(side),
            5 => Act::Rendezvous(!c.rarely(3)),
            6 => Act::Relay(c.byte() % 2),
            7 => Act::Reset(side),
            8 => Act::Refuse(c.byte() % 2),
            9 => Act::Stall(side),
            10 => Act::StallRelay(c.byte() % 2),
            11 => Act::CutDirect,
            12 => Act::CutServers(side),
            13 => Act::CutAll(side),
            14 => Act::Line(side, line(c)),
            15 => Act::Close,
            _ => Act::Dial,
        };
        Self { at, lasts, act }
    }
}

/// Forward by up to an hour; back only a little, which drivers promise to hide at all.
fn jump(c: &mut Choices<'_>) -> i64 {
    let forward = i64::try_from(c.below(3_600)).unwrap_or(0) * 1_000_000;
    if c.rarely(3) { -(forward / 1_000) } else { forward }
}
