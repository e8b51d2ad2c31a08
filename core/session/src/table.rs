//! The table: who may send which message, where, when, and under which permission.

mod rows;

use deskwire_wire::ids::Role;
use deskwire_wire::session::{ChannelKind, Scope, Scopes, SessionMsg};

pub use rows::row;

/// Who sends a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sender {
    /// Only the host.
    Host,
    /// Only the viewer.
    Viewer,
    /// Either.
    Both,
}

/// When a message may be sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Phase {
    /// Before the login succeeded.
    Login,
    /// After it.
    Session,
    /// At any time.
    Any,
}

/// One row of the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Row {
    /// The channel it travels on; `None` for a message of a newer version, which may come anywhere and does nothing.
    pub channel: Option<ChannelKind>,
    /// Who sends it.
    pub sender: Sender,
    /// When.
    pub phase: Phase,
    /// What the host must have granted for it to be acted upon when the viewer sends it.
    pub needs: Option<Scope>,
    /// When the host sends it.
    pub from_host_needs: Option<Scope>,
}

impl Row {
    const UNKNOWN: Self =
        Self { channel: None, sender: Sender::Both, phase: Phase::Any, needs: None, from_host_needs: None };

    const fn new(
        channel: ChannelKind,
        sender: Sender,
        phase: Phase,
        needs: Option<Scope>,
        from_host_needs: Option<Scope>,
    ) -> Self {
        Self { channel: Some(channel), sender, phase, needs, from_host_needs }
    }
}

/// What a receiver does with a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Acts upon it.
    Act,
    /// Drops it: not permitted (any more).
    Drop,
    /// Ends the session: no correct peer sends it here and now.
    Misplaced,
}

/// The permission a message needs when `sender` sends it.
pub const fn scope_from(sender: Role, message: &SessionMsg) -> Option<Scope> {
    let row = row(message);
    match sender {
        Role::Viewer => row.needs,
        Role::Host => row.from_host_needs,
    }
}

/// What to do with `message` from `sender` on `channel`.
///
/// Permissions bind the host: it alone knows them at every moment. A viewer passes [`Scopes::ALL`], since what the host
/// sends on one channel may overtake what it says about permissions on another.
pub fn judge(
    message: &SessionMsg,
    sender: Role,
    channel: ChannelKind,
    logged_in: bool,
    granted: Scopes,
) -> Verdict {
    let row = row(message);
    let placed = row.channel.is_none_or(|expected| expected == channel)
        && match row.sender {
            Sender::Host => sender == Role::Host,
            Sender::Viewer => sender == Role::Viewer,
            Sender::Both => true,
        }
        && match row.phase {
            Phase::Login => !logged_in,
            Phase::Session => logged_in,
            Phase::Any => true,
        };
    if !placed {
        return Verdict::Misplaced;
    }
    match scope_from(sender, message) {
        Some(scope) if !granted.has(scope) => Verdict::Drop,
        _ => Verdict::Act,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permissions_have_the_bits_of_the_schema() {
        assert_eq!(rows::PERMISSIONS, Scope::ALL);
        for (place, scope) in rows::PERMISSIONS.into_iter().enumerate() {
            assert_eq!(Scopes::NONE.with(scope), Scopes::from_bits(1 << place), "{scope:?}");
        }
    }
}
