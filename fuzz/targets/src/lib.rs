#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

// The readers in here have tests of their own, where they come from.
#[cfg(not(test))]
mod files;
mod frames;
mod frugal;
mod handshake;
#[cfg(not(test))]
mod home;
// Their files have tests and an allocator for the crates they belong to, should anybody build this one's tests.
#[cfg(not(test))]
mod machines;
mod messages;
mod objects;
mod shell;
mod texts;

use core::fmt;

use deskwire_conformance::FuzzTarget;

/// Something that takes bytes from strangers.
#[derive(Clone, Copy)]
pub struct Target {
    /// What it belongs to: a crate of the core, `shell`, or `sim`.
    pub group: &'static str,
    /// Its own name.
    pub name: &'static str,
    /// Does with the bytes what they say, and panics when something is wrong.
    pub run: fn(&[u8]),
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.group, self.name)
    }
}

/// Some targets of one group.
type Group = (&'static str, &'static [FuzzTarget]);

const GROUPS: &[Group] = &[
    ("wire", messages::TARGETS),
    ("wire", frames::TARGETS),
    ("identity", objects::TARGETS),
    ("texts", texts::TARGETS),
    ("handshake", handshake::TARGETS),
    #[cfg(not(test))]
    ("rendezvous", machines::rendezvous::TARGETS),
    #[cfg(not(test))]
    ("punch", machines::punch::TARGETS),
    #[cfg(not(test))]
    ("relay", machines::relay::TARGETS),
    #[cfg(not(test))]
    ("transport", machines::transport::TARGETS),
    #[cfg(not(test))]
    ("session", machines::session::TARGETS),
    #[cfg(not(test))]
    ("node", machines::node::TARGETS),
    ("shell", shell::TARGETS),
    #[cfg(not(test))]
    ("files", files::TARGETS),
    #[cfg(not(test))]
    ("home", home::TARGETS),
    #[cfg(not(test))]
    ("sim", machines::SCENARIOS),
];

/// Every target.
pub fn targets() -> impl Iterator<Item = Target> {
    GROUPS.iter().flat_map(|(group, targets)| targets.iter().map(|&(name, run)| Target { group, name, run }))
}

/// The target that is shown by this name.
pub fn target(name: &str) -> Option<Target> {
    targets().find(|target| target.to_string() == name)
}
