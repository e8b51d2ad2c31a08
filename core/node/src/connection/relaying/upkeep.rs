//! What happens to relays that are open: paths over them that are lost and opened again, places that move along, relays
//! that drain.

use core::time::Duration;

use deskwire_machine::{CloseReason, Input, Instant, LinkId, Machine};
use deskwire_transport::PathKind;
use deskwire_wire::ids::Role;

use super::super::{Connection, Phase, Surroundings};
use super::{ASK_AGAIN, Relayed, Wish};

/// From the end of a path over a relay to the next one.
const REOPEN: Duration = Duration::from_secs(2);
/// A lossy direct path is silent often; a relay is asked no more often than this whether our place is where we are.
const CHECK_AGAIN: Duration = Duration::from_millis(500);
/// From the move to another path to leaving a relay that drains: what is under way arrives. The viewer, which decides
/// where data goes, leaves first.
const LINGER: Duration = Duration::from_secs(1);
const HOST_LINGER: Duration = Duration::from_secs(3);

impl Connection {
    /// A relay is about to go.
    pub(in crate::connection) fn relay_drains(
        &mut self,
        now: Instant,
        index: usize,
        around: &Surroundings<'_>,
    ) {
        let Some(relay) = self.relays.open.get_mut(index) else { return };
        relay.drains = true;
        let id = relay.id;
        self.relays.note_failure(now, id);
        self.ask_now(now);
        self.keep_relays(now, around);
        self.leave_drained(now);
    }

    /// A path works: the transport has heard from the other side over it.
    pub(in crate::connection) fn relay_up(&mut self, now: Instant, path: LinkId) {
        if let Some(relay) = self.relays.open.iter_mut().find(|relay| relay.path == path) {
            (relay.up, relay.lost) = (true, false);
        }
        self.leave_drained(now);
    }

    /// The transport gave the path over a relay up. The relay may be reached again before it notices anything itself:
    /// then it gets another path. Meanwhile the next relay is opened beside it.
    pub(in crate::connection) fn relay_path_lost(
        &mut self,
        now: Instant,
        link: LinkId,
        around: &Surroundings<'_>,
    ) {
        let dials = self.role == Role::Viewer;
        let Some(relay) = self.relays.open.iter_mut().find(|relay| relay.path == link && relay.paired) else {
            return;
        };
        if let Some(transport) = &mut self.transport {
            transport.handle_input(now, Input::Closed { link, reason: CloseReason::Local });
        }
        relay.path = self.shared.ids.allocate();
        (relay.up, relay.lost) = (false, true);
        // The dialling side starts paths, once the other side has heard that the old one is over.
        relay.reopen_at = Some(if dials { now + REOPEN } else { now });
        self.reopen_relay_paths(now);
        self.ask_now(now);
        self.keep_relays(now, around);
    }

    /// Opens the paths whose time has come.
    fn reopen_relay_paths(&mut self, now: Instant) {
        let due = |relay: &Relayed| relay.reopen_at.is_some_and(|at| at <= now);
        while let Some(relay) = self.relays.open.iter_mut().find(|relay| due(relay)) {
            relay.reopen_at = None;
            let (path, max_datagram) = (relay.path, relay.max_datagram);
            self.open_path(now, path, PathKind::Relay, max_datagram);
        }
    }

    /// What silenced the direct path may have changed what the relay sees, too: then our place there has to come along
    /// before anything arrives over it.
    pub(in crate::connection) fn check_relay(&mut self, now: Instant, link: LinkId) {
        if let Some(relay) = self.relays.open.iter_mut().find(|relay| relay.path == link) {
            let at = relay.checked.map_or(now, |checked| now.max(checked + CHECK_AGAIN));
            relay.check_at.get_or_insert(at);
        }
        self.check_due_relays(now);
    }

    fn check_due_relays(&mut self, now: Instant) {
        for relay in &mut self.relays.open {
            if relay.check_at.is_some_and(|at| at <= now) {
                (relay.checked, relay.check_at) = (Some(now), None);
                relay.client.check(now);
            }
        }
    }

    /// Something changed: what the server said to an earlier question does not count, nor the pause after it.
    pub(in crate::connection) fn ask_now(&mut self, now: Instant) {
        let over = self.phase == Phase::Closed || self.relays.limit.is_some();
        if let (false, Wish::Idle(..) | Wish::Again(..)) = (over, self.relays.wish) {
            self.relays.wish = Wish::Again(now, ASK_AGAIN);
        }
    }

    /// Moves data away from relays that drain as soon as there is an elsewhere, and plans when to leave them.
    pub(in crate::connection) fn leave_drained(&mut self, now: Instant) {
        let elsewhere = self.is_direct() || self.relays.open.iter().any(|relay| relay.up && !relay.drains);
        if !elsewhere {
            return;
        }
        let linger = if self.role == Role::Viewer { LINGER } else { HOST_LINGER };
        for relay in self.relays.open.iter_mut().filter(|relay| relay.drains && relay.leave_at.is_none()) {
            relay.leave_at = Some(now + linger);
            if let Some(transport) = self.transport.as_mut().filter(|_| relay.paired) {
                transport.retire_path(now, relay.path);
            }
        }
    }

    /// What is due of all this.
    pub(in crate::connection) fn drive_relays(&mut self, now: Instant, around: &Surroundings<'_>) {
        for relay in &mut self.relays.open {
            relay.client.handle_timeout(now);
        }
        self.reopen_relay_paths(now);
        self.check_due_relays(now);
        while let Some(index) =
            self.relays.open.iter().position(|relay| relay.leave_at.is_some_and(|at| at <= now))
        {
            let mut relay = self.relays.open.remove(index);
            if let Some(transport) = self.transport.as_mut().filter(|_| relay.paired) {
                transport.handle_input(now, Input::Closed { link: relay.path, reason: CloseReason::Local });
            }
            relay.client.leave(now);
            self.relays.leaving.push(relay.client);
        }
        let due = |at: Option<Instant>| at.is_some_and(|at| at <= now);
        if due(self.relays.next_at) || due(self.relays.wish.again()) {
            self.relays.next_at = None;
            self.keep_relays(now, around);
            if let Wish::Again(at, pause) = self.relays.wish
                && at <= now
            {
                // Nothing is missing any more.
                self.relays.wish = Wish::Idle(at, pause);
            }
        }
    }
}
