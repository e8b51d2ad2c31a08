//! What `cargo xtask codegen` made from the annotations in `spec/schema/session.capnp`; not edited by hand.

use deskwire_wire::session::{ChannelKind, Scope, SessionMsg};

use super::{Phase, Row, Sender};

/// The row of a message. The match has no wildcard, so a message without a row does not compile.
pub const fn row(message: &SessionMsg) -> Row {
    use ChannelKind::*;
    use Phase::*;
    use Sender::*;
    match message {
        SessionMsg::LoginMethods { .. } => Row::new(Control, Host, Login, None, None),
        SessionMsg::LoginStart { .. } => Row::new(Control, Viewer, Login, None, None),
        SessionMsg::LoginShare { .. } => Row::new(Control, Host, Login, None, None),
        SessionMsg::LoginConfirm { .. } => Row::new(Control, Viewer, Login, None, None),
        SessionMsg::LoginAccepted { .. } => Row::new(Control, Host, Login, None, None),
        SessionMsg::LoginRefused { .. } => Row::new(Control, Host, Login, None, None),
        SessionMsg::Permissions { .. } => Row::new(Control, Host, Session, None, None),
        SessionMsg::Displays { .. } => Row::new(Control, Host, Session, Some(Scope::View), Some(Scope::View)),
        SessionMsg::Watch { .. } => Row::new(Control, Viewer, Session, Some(Scope::View), Some(Scope::View)),
        SessionMsg::Resync { .. } => Row::new(Control, Viewer, Session, Some(Scope::View), Some(Scope::View)),
        SessionMsg::FrameDone { .. } => {
            Row::new(Control, Viewer, Session, Some(Scope::View), Some(Scope::View))
        }
        SessionMsg::Ping { .. } => Row::new(Control, Both, Session, None, None),
        SessionMsg::Pong { .. } => Row::new(Control, Both, Session, None, None),
        SessionMsg::Statistics { .. } => Row::new(Control, Both, Session, None, None),
        SessionMsg::Path { .. } => Row::new(Control, Both, Session, None, None),
        SessionMsg::Goodbye { .. } => Row::new(Control, Both, Any, None, None),
        SessionMsg::Input { .. } => Row::new(Input, Viewer, Session, Some(Scope::Input), Some(Scope::Input)),
        SessionMsg::CursorShape { .. } => {
            Row::new(Cursor, Host, Session, Some(Scope::View), Some(Scope::View))
        }
        SessionMsg::CursorCached { .. } => {
            Row::new(Cursor, Host, Session, Some(Scope::View), Some(Scope::View))
        }
        SessionMsg::CursorPosition { .. } => {
            Row::new(Cursor, Host, Session, Some(Scope::View), Some(Scope::View))
        }
        SessionMsg::Clipboard { .. } => {
            Row::new(Clipboard, Both, Session, Some(Scope::ClipboardIn), Some(Scope::ClipboardOut))
        }
        SessionMsg::LoginSecondFactorWanted { .. } => Row::new(Control, Host, Login, None, None),
        SessionMsg::LoginSecondFactor { .. } => Row::new(Control, Viewer, Login, None, None),
        SessionMsg::VideoCodecs { .. } => {
            Row::new(Control, Viewer, Session, Some(Scope::View), Some(Scope::View))
        }
        SessionMsg::Recording { .. } => {
            Row::new(Control, Viewer, Session, Some(Scope::Recording), Some(Scope::Recording))
        }
        SessionMsg::Sound { .. } => {
            Row::new(Control, Viewer, Session, Some(Scope::Audio), Some(Scope::Audio))
        }
        SessionMsg::Voice { .. } => Row::new(Control, Both, Session, Some(Scope::Voice), Some(Scope::Voice)),
        SessionMsg::Unknown(_) => Row::UNKNOWN,
    }
}

/// The permissions in the order of their bits.
#[cfg(test)]
pub(super) const PERMISSIONS: [Scope; 14] = [
    Scope::View,
    Scope::Input,
    Scope::ClipboardIn,
    Scope::ClipboardOut,
    Scope::Audio,
    Scope::FilesIn,
    Scope::FilesOut,
    Scope::Terminal,
    Scope::Tunnel,
    Scope::Restart,
    Scope::BlockInput,
    Scope::Recording,
    Scope::Chat,
    Scope::Voice,
];
