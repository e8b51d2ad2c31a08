//! What runs on the four hosts of a session: viewer, host, rendezvous server, relay.

use std::collections::BTreeMap;
use std::time::Duration;

use deskwire_core::{ConnectionEvent, ConnectionId, Node, NodeEvent, Path, Phase};
use deskwire_identity::PublicKey;
use deskwire_machine::Instant;
use deskwire_rendezvous::server::{StoreRequest, StoreResult};
use deskwire_rendezvous::{Server, ServerEvent};
use deskwire_session::{ChargeResult, HostEvent, OneTimeCode, ViewerEvent};
use deskwire_wire::ids::{DeviceId, DisplayId, Epoch};
use deskwire_wire::picture::{FrameUpdate, Rect, RegionOp, Size};
use deskwire_wire::screen::Display;

use crate::Application;

const DISPLAY: DisplayId = DisplayId(1);
const SIZE: Size = Size { width: 1280, height: 720 };

/// A rendezvous server with its store in memory.
pub(super) struct Rendezvous {
    pub(super) server: Server,
    /// What would be on its disk: who owns an id.
    pub(super) owners: BTreeMap<DeviceId, (PublicKey, u32, u64)>,
}

impl Application for Rendezvous {
    type Machine = Server;

    fn machine(&self) -> &Server {
        &self.server
    }

    fn machine_mut(&mut self) -> &mut Server {
        &mut self.server
    }

    fn happened(&mut self, now: Instant, event: ServerEvent) {
        if let ServerEvent::Store(request) = event {
            let result = self.store(&request);
            self.server.store_done(now, request.ticket(), result);
        }
    }
}

impl Rendezvous {
    fn store(&mut self, request: &StoreRequest) -> StoreResult {
        match *request {
            StoreRequest::Claim { id, key, epoch, .. } => {
                if let Some((id, (_, generation, _))) =
                    self.owners.iter().find(|(_, (owner, ..))| *owner == key)
                {
                    return StoreResult::Owned { id: *id, generation: *generation };
                }
                if self.owners.contains_key(&id) {
                    return StoreResult::Taken;
                }
                self.owners.insert(id, (key, 1, epoch));
                StoreResult::Owned { id, generation: 1 }
            }
            StoreRequest::Renew { id, key, epoch, .. } => match self.owners.get_mut(&id) {
                None => StoreResult::Unknown,
                Some((owner, generation, _)) if *owner != key => {
                    StoreResult::NotOwner { owner: *owner, generation: *generation }
                }
                Some((_, _, last)) if *last > epoch => StoreResult::EpochTooLow { last: *last },
                Some((_, generation, last)) => {
                    *last = epoch;
                    StoreResult::Owned { id, generation: *generation }
                }
            },
            _ => StoreResult::Unavailable,
        }
    }
}

/// What both ends of a session note down.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes {
    pub(super) registered: Option<DeviceId>,
    pub(super) introduced: Option<Instant>,
    pub(super) established: Option<Instant>,
    pub(super) logged_in: Option<Instant>,
    pub(super) first_frame: Option<Instant>,
    pub(super) frames: u32,
    pub(super) path: Option<(Path, Instant)>,
    pub(super) punch_failed: Option<String>,
    pub(super) ended: Option<String>,
    pub(super) problems: Vec<String>,
}

impl Notes {
    /// Whether data goes straight to the peer.
    pub(super) fn is_direct(&self) -> bool {
        self.path.is_some_and(|(path, _)| path.is_direct())
    }

    fn heard(&mut self, now: Instant, event: &ConnectionEvent) {
        match event {
            ConnectionEvent::Phase(Phase::Connecting) => self.introduced = Some(now),
            ConnectionEvent::Established { .. } => self.established = Some(now),
            ConnectionEvent::PathChanged { path, .. } => self.path = Some((*path, now)),
            ConnectionEvent::PunchFailed(why) => self.punch_failed = Some(why.clone()),
            ConnectionEvent::Closed(end) => self.ended = Some(end.to_string()),
            _ => {}
        }
    }
}

/// The controlled side: shows a picture that changes whenever it is told to.
pub(super) struct HostProgram {
    pub(super) node: Node,
    pub(super) notes: Notes,
    /// Bytes of a frame.
    pub(super) frame_bytes: usize,
    /// The frame that can go next.
    pub(super) wanted: Option<(ConnectionId, DisplayId, Epoch, u32)>,
}

impl Application for HostProgram {
    type Machine = Node;

    fn machine(&self) -> &Node {
        &self.node
    }

    fn machine_mut(&mut self) -> &mut Node {
        &mut self.node
    }

    fn happened(&mut self, now: Instant, event: NodeEvent) {
        match event {
            NodeEvent::PersistEpoch(epoch) => self.node.epoch_persisted(now, epoch),
            NodeEvent::Registered { id, .. } => self.notes.registered = Some(id),
            NodeEvent::ServerProblem(problem) => self.notes.problems.push(problem.to_string()),
            NodeEvent::Connection { connection, event } => {
                self.notes.heard(now, &event);
                if let ConnectionEvent::Host(event) = event {
                    self.session(now, connection, event);
                }
            }
            _ => {}
        }
    }
}

impl HostProgram {
    /// The picture changed: sends a frame if one is wanted.
    pub(super) fn paint(&mut self, now: Instant) {
        let Some((connection, display, epoch, sequence)) = self.wanted.take() else { return };
        let data = vec![sequence as u8; self.frame_bytes];
        let ops = vec![
            RegionOp::Solid { rect: Rect::of_size(SIZE), bgrx: [1, 2, sequence as u8, 255] },
            RegionOp::Zstd { rect: Rect::new(0, 0, 64, 64), data: &data },
        ];
        let update =
            FrameUpdate { display, epoch, sequence, size: SIZE, captured_at_us: now.as_micros(), ops };
        let sent = self.node.with_host(now, connection, |now, session| session.send_frame(now, &update));
        match sent {
            Some(Ok(())) => self.notes.frames += 1,
            Some(Err(why)) => self.notes.problems.push(format!("frame {sequence} was refused: {why}")),
            None => {}
        }
    }

    fn session(&mut self, now: Instant, connection: ConnectionId, event: HostEvent) {
        match event {
            HostEvent::ChargeAttempt { ticket, .. } => {
                self.node.with_host(now, connection, |now, session| {
                    session.attempt_charged(now, ticket, ChargeResult::Allowed);
                });
            }
            HostEvent::LoggedIn { .. } => {
                self.notes.logged_in = Some(now);
                let display = Display {
                    id: DISPLAY,
                    name: "SIM-1".to_owned(),
                    area: Rect::of_size(SIZE),
                    scale_percent: 100,
                    primary: true,
                };
                self.node.with_host(now, connection, |now, session| session.set_displays(now, vec![display]));
            }
            HostEvent::FrameWanted { display, epoch, sequence, full } => {
                self.wanted = Some((connection, display, epoch, sequence));
                if full {
                    // The whole picture is there already; what follows waits until something changes.
                    self.paint(now);
                }
            }
            _ => {}
        }
    }
}

/// The controlling side.
pub(super) struct ViewerProgram {
    pub(super) node: Node,
    pub(super) notes: Notes,
    pub(super) code: OneTimeCode,
    /// The longest time between two frames after the first, and when the last one came.
    pub(super) longest_gap: Duration,
    pub(super) last_frame: Option<Instant>,
    /// The last frame, so that none is missed and none comes twice.
    pub(super) last_sequence: Option<(Epoch, u32)>,
}

impl Application for ViewerProgram {
    type Machine = Node;

    fn machine(&self) -> &Node {
        &self.node
    }

    fn machine_mut(&mut self) -> &mut Node {
        &mut self.node
    }

    fn happened(&mut self, now: Instant, event: NodeEvent) {
        match event {
            NodeEvent::ServerProblem(problem) => self.notes.problems.push(problem.to_string()),
            NodeEvent::Connection { connection, event } => {
                self.notes.heard(now, &event);
                if let ConnectionEvent::Viewer(event) = event {
                    self.session(now, connection, event);
                }
            }
            _ => {}
        }
    }
}

impl ViewerProgram {
    fn session(&mut self, now: Instant, connection: ConnectionId, event: ViewerEvent) {
        match event {
            ViewerEvent::LoginWanted { .. } => {
                let code = self.code.clone();
                let asked =
                    self.node.with_viewer(now, connection, |now, session| session.login_with_code(now, code));
                if let Some(Err(why)) = asked {
                    self.notes.problems.push(format!("the login was refused: {why}"));
                }
            }
            ViewerEvent::LoginFailed { why, .. } => {
                self.notes.problems.push(format!("login failed: {why:?}"))
            }
            ViewerEvent::LoggedIn { .. } => self.notes.logged_in = Some(now),
            ViewerEvent::Displays(displays) => {
                let ids: Vec<DisplayId> = displays.iter().map(|display| display.id).collect();
                self.node.with_viewer(now, connection, |now, session| session.watch(now, &ids));
            }
            ViewerEvent::Frame(frame) => {
                self.notes.first_frame.get_or_insert(now);
                if let Some(last) = self.last_frame.replace(now) {
                    self.longest_gap = self.longest_gap.max(now - last);
                }
                self.notes.frames += 1;
                let Ok((display, epoch, sequence)) = frame.update().map(|u| (u.display, u.epoch, u.sequence))
                else {
                    self.notes.problems.push("a frame cannot be read".to_owned());
                    return;
                };
                let next = match self.last_sequence {
                    Some((last, number)) if last == epoch => number + 1,
                    _ => 0,
                };
                if sequence != next {
                    self.notes.problems.push(format!("frame {sequence} of {epoch:?} came instead of {next}"));
                }
                self.last_sequence = Some((epoch, sequence));
                self.node.with_viewer(now, connection, |now, session| {
                    session.frame_done(now, display, epoch, sequence)
                });
            }
            _ => {}
        }
    }
}
