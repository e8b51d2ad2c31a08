//! A session that is lost, because a device slept or a network was gone for long, is made anew without a word from its
//! user: same host, same key, same code. Shorter gaps than the transport's patience never get here.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use deskwire_core::identity::PublicKey;
use deskwire_core::machine::Instant;
use deskwire_core::transport::Closed;
use deskwire_core::wire::ids::DeviceId;
use deskwire_core::{ConnectionEnd, Dial, Node, Phase};

use super::shared::Shared;
use super::{EndKind, Stage, kind_of};
use crate::net::Way;

/// For how long a lost session is tried to be made anew.
pub const RECONNECT: Duration = Duration::from_secs(30);
/// From a try that failed to the next.
const PAUSE: Duration = Duration::from_secs(1);

/// Why it ends when its user does not want to wait for it.
const LEFT: &str = "the viewer disconnected";

/// What is done when a session is lost.
pub(super) struct Again {
    wanted: bool,
    id: DeviceId,
    is_active: bool,
    lost: Option<Lost>,
}

struct Lost {
    at: Instant,
    why: String,
}

impl Again {
    pub(super) const fn new(wanted: bool, id: DeviceId) -> Self {
        Self { wanted, id, is_active: false, lost: None }
    }

    /// The host has let us in; gives whether it had done so before. What it logged in with is kept only for who may need it again.
    pub(super) fn logged_in(&mut self, shared: &Shared) -> bool {
        self.is_active = true;
        if !self.wanted {
            shared.keep_login(None);
        }
        self.lost.take().is_some()
    }

    /// A connection is over: dials again if that may help, else ends the session.
    pub(super) fn closed(
        &mut self,
        node: &mut Node,
        now: Instant,
        (way, shared): (&Way, &Arc<Shared>),
        pinned: Option<(PublicKey, u32)>,
        end: &ConnectionEnd,
    ) {
        if self.lost.is_some() && shared.is_left() {
            return shared.end(EndKind::Asked, LEFT.into());
        }
        let dial = Dial { target: self.id, pinned };
        match &self.lost {
            None if self.wanted && self.is_active && is_loss(end) && !shared.is_left() => {
                tracing::info!("{end}; connecting again");
                self.lost = Some(Lost { at: now, why: end.to_string() });
                shared.set_stage(Stage::Connecting("The connection was lost. Connecting again".into()));
                redial(node, now, shared, dial);
            }
            Some(lost) if may_pass(end) => {
                if now - lost.at < RECONNECT {
                    tracing::debug!("{end}; once more in {PAUSE:?}");
                    return redial_later(way, shared, dial);
                }
                let seconds = RECONNECT.as_secs();
                shared.end(
                    EndKind::Lost,
                    format!("{}; for {seconds} s no new connection came: {end}", lost.why),
                );
            }
            _ => shared.end(kind_of(end), end.to_string()),
        }
    }
}

/// Whether a session ended because nothing came through any more.
const fn is_loss(end: &ConnectionEnd) -> bool {
    matches!(end, ConnectionEnd::Transport(Closed::TimedOut | Closed::NoPath))
}

/// Whether a dial failed in a way that may be another one later: the host or the network is not back yet.
const fn may_pass(end: &ConnectionEnd) -> bool {
    matches!(
        end,
        ConnectionEnd::NotThere
            | ConnectionEnd::ServerUnreachable
            | ConnectionEnd::NoRelay(_)
            | ConnectionEnd::TimedOut(Phase::Introducing | Phase::Connecting)
            | ConnectionEnd::Transport(Closed::TimedOut | Closed::NoPath | Closed::HandshakeTimedOut)
    )
}

fn redial(node: &mut Node, now: Instant, shared: &Shared, dial: Dial) {
    if shared.is_left() {
        return shared.end(EndKind::Asked, LEFT.into());
    }
    match node.dial(now, dial) {
        Ok(connection) => shared.dialled_again(connection),
        Err(error) => shared.end(EndKind::Lost, error.to_string()),
    }
}

/// Dials again after a while, on a thread that only waits.
fn redial_later(way: &Way, shared: &Arc<Shared>, dial: Dial) {
    let (handle, waiting) = (way.handle().clone(), Arc::clone(shared));
    let started = thread::Builder::new().name("dial again".into()).spawn(move || {
        thread::park_timeout(PAUSE);
        // An error says that the node has stopped.
        let _ = handle.send(move |node, now| redial(node, now, &waiting, dial));
    });
    if let Err(error) = started {
        shared.end(EndKind::Lost, format!("no thread can be started ({error}); close some programs"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::viewer::LoginWith;

    #[test]
    fn the_code_is_kept_only_for_a_session_that_is_to_be_made_anew() {
        for wanted in [true, false] {
            let shared = Shared::new(None, Box::new(|| {}));
            shared.keep_login(LoginWith::code("482915").ok());
            assert!(!Again::new(wanted, DeviceId::from_number(1)).logged_in(&shared));
            assert_eq!(shared.kept_login().is_some(), wanted);
        }
    }

    #[test]
    fn only_what_time_may_heal_is_tried_again() {
        for heals in [
            ConnectionEnd::NotThere,
            ConnectionEnd::ServerUnreachable,
            ConnectionEnd::TimedOut(Phase::Connecting),
            ConnectionEnd::Transport(Closed::NoPath),
        ] {
            assert!(may_pass(&heals), "{heals}");
        }
        for final_end in [
            ConnectionEnd::HostKey("another".into()),
            ConnectionEnd::TimedOut(Phase::Login),
            ConnectionEnd::RelayLimit("used up".into()),
            ConnectionEnd::Transport(Closed::Local),
            ConnectionEnd::Transport(Closed::Peer { code: 0, reason: String::new() }),
        ] {
            assert!(!may_pass(&final_end) && !is_loss(&final_end), "{final_end}");
        }
        assert!(is_loss(&ConnectionEnd::Transport(Closed::TimedOut)));
    }
}
