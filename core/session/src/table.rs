//! The table: who may send which message, where, when, and under which permission.

use deskwire_wire::ids::Role;
use deskwire_wire::session::{ChannelKind, Scope, Scopes, SessionMsg};

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
    /// What the host must have granted for it to be acted upon.
    pub scope: Option<Scope>,
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

const fn row_of(channel: ChannelKind, sender: Sender, phase: Phase, scope: Option<Scope>) -> Row {
    Row { channel: Some(channel), sender, phase, scope }
}

/// The row of a message. The match has no wildcard, so a message without a row does not compile.
pub const fn row(message: &SessionMsg) -> Row {
    use ChannelKind::{Clipboard, Control, Cursor, Input};
    use Phase::{Any, Login, Session};
    use Sender::{Both, Host, Viewer};
    match message {
        SessionMsg::LoginMethods { .. } => row_of(Control, Host, Login, None),
        SessionMsg::LoginStart { .. } => row_of(Control, Viewer, Login, None),
        SessionMsg::LoginShare { .. } => row_of(Control, Host, Login, None),
        SessionMsg::LoginConfirm { .. } => row_of(Control, Viewer, Login, None),
        SessionMsg::LoginSecondFactorWanted { .. } => row_of(Control, Host, Login, None),
        SessionMsg::LoginSecondFactor { .. } => row_of(Control, Viewer, Login, None),
        SessionMsg::LoginAccepted { .. } => row_of(Control, Host, Login, None),
        SessionMsg::LoginRefused { .. } => row_of(Control, Host, Login, None),
        SessionMsg::Permissions(_) => row_of(Control, Host, Session, None),
        SessionMsg::Displays(_) => row_of(Control, Host, Session, Some(Scope::View)),
        SessionMsg::Watch(_) => row_of(Control, Viewer, Session, Some(Scope::View)),
        SessionMsg::VideoCodecs(_) => row_of(Control, Viewer, Session, Some(Scope::View)),
        SessionMsg::Resync { .. } => row_of(Control, Viewer, Session, Some(Scope::View)),
        SessionMsg::FrameDone { .. } => row_of(Control, Viewer, Session, Some(Scope::View)),
        SessionMsg::Ping { .. } => row_of(Control, Both, Session, None),
        SessionMsg::Pong { .. } => row_of(Control, Both, Session, None),
        SessionMsg::Statistics(_) => row_of(Control, Both, Session, None),
        SessionMsg::Path(_) => row_of(Control, Both, Session, None),
        SessionMsg::Goodbye { .. } => row_of(Control, Both, Any, None),
        SessionMsg::Input(_) => row_of(Input, Viewer, Session, Some(Scope::Input)),
        SessionMsg::CursorShape { .. } => row_of(Cursor, Host, Session, Some(Scope::View)),
        SessionMsg::CursorCached { .. } => row_of(Cursor, Host, Session, Some(Scope::View)),
        SessionMsg::CursorPosition(_) => row_of(Cursor, Host, Session, Some(Scope::View)),
        // The scope depends on the direction: see `scope_from`.
        SessionMsg::Clipboard(_) => row_of(Clipboard, Both, Session, None),
        SessionMsg::Unknown(_) => Row { channel: None, sender: Both, phase: Any, scope: None },
    }
}

/// The permission a message needs when `sender` sends it.
pub const fn scope_from(sender: Role, message: &SessionMsg) -> Option<Scope> {
    match (message, sender) {
        (SessionMsg::Clipboard(_), Role::Viewer) => Some(Scope::ClipboardIn),
        (SessionMsg::Clipboard(_), Role::Host) => Some(Scope::ClipboardOut),
        _ => row(message).scope,
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
