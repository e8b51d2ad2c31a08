//! What runs on the two ends of a session.

use std::collections::BTreeMap;
use std::time::Duration;

use deskwire_core::transport::TimeBase;
use deskwire_core::{ConnectionEvent, ConnectionId, Node, NodeEvent, Path, Phase};
use deskwire_identity::PublicKey;
use deskwire_machine::{Instant, LinkIds};
use deskwire_session::{
    ChargeResult, Credential, HostEvent, OneTimeCode, Rejected, SoundArrival, ViewerEvent,
};
use deskwire_wire::ids::{DeviceId, DisplayId, Epoch};
use deskwire_wire::picture::{FrameUpdate, Rect, RegionOp, Size};
use deskwire_wire::screen::Display;
use deskwire_wire::sound::SoundKind;

use super::device::{Disk, Punching, Role, code, node};
use crate::{Application, Boot};

const DISPLAY: DisplayId = DisplayId(1);
const SIZE: Size = Size { width: 1280, height: 720 };

/// What both ends of a session note down.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notes {
    pub(crate) registered: Option<DeviceId>,
    pub(crate) introduced: Option<Instant>,
    pub(crate) established: Option<Instant>,
    pub(crate) logged_in: Option<Instant>,
    pub(crate) first_frame: Option<Instant>,
    pub(crate) frames: u32,
    pub(crate) path: Option<(Path, Instant)>,
    pub(crate) punch_failed: Option<String>,
    pub(crate) ended: Option<String>,
    /// What must never happen.
    pub(crate) problems: Vec<String>,
    /// What the node says of its server.
    pub(crate) server_problems: Vec<String>,
    /// Each connection there was.
    pub(crate) connections: BTreeMap<ConnectionId, Track>,
}

/// One connection.
#[derive(Clone, Debug)]
pub(crate) struct Track {
    pub(crate) begun: Instant,
    pub(crate) established: Option<(Instant, PublicKey)>,
    pub(crate) logged_in: bool,
    pub(crate) ended: Option<(Instant, String)>,
}

impl Track {
    pub(crate) const fn new(begun: Instant) -> Self {
        Self { begun, established: None, logged_in: false, ended: None }
    }
}

impl Notes {
    /// Whether data goes straight to the peer.
    pub(crate) fn is_direct(&self) -> bool {
        self.path.is_some_and(|(path, _)| path.is_direct())
    }

    pub(crate) fn all_problems(&self) -> Vec<String> {
        self.problems.iter().chain(&self.server_problems).cloned().collect()
    }

    fn heard(&mut self, now: Instant, connection: ConnectionId, event: &ConnectionEvent) {
        let track = self.connections.entry(connection).or_insert_with(|| Track::new(now));
        if let Some((_, why)) = &track.ended {
            self.problems.push(format!("{event:?} after the end: {why}"));
        }
        match event {
            ConnectionEvent::Established { peer_key, .. } => track.established = Some((now, *peer_key)),
            ConnectionEvent::Viewer(ViewerEvent::LoggedIn { .. })
            | ConnectionEvent::Host(HostEvent::LoggedIn { .. }) => track.logged_in = true,
            ConnectionEvent::Closed(end) => track.ended = Some((now, end.to_string())),
            _ => {}
        }
        match event {
            ConnectionEvent::Phase(Phase::Connecting) => self.introduced = Some(now),
            ConnectionEvent::Established { .. } => self.established = Some(now),
            ConnectionEvent::PathChanged { path, .. } => self.path = Some((*path, now)),
            ConnectionEvent::PunchFailed(why) => self.punch_failed = Some(why.to_string()),
            ConnectionEvent::Closed(end) => self.ended = Some(end.to_string()),
            _ => {}
        }
    }
}

/// The controlled side: shows a picture that changes whenever it is told to.
pub(crate) struct HostProgram {
    pub(crate) node: Node,
    pub(crate) notes: Notes,
    /// Bytes of a frame.
    pub(crate) frame_bytes: usize,
    /// The frames that can go next.
    pub(crate) wanted: BTreeMap<ConnectionId, (DisplayId, Epoch, u32)>,
    pub(crate) disk: Disk,
}

impl Application for HostProgram {
    type Machine = Node;

    fn machine(&self) -> &Node {
        &self.node
    }

    fn machine_mut(&mut self) -> &mut Node {
        &mut self.node
    }

    fn link_ids(&self) -> Option<LinkIds> {
        Some(self.node.link_ids())
    }

    fn happened(&mut self, now: Instant, event: NodeEvent) {
        match event {
            NodeEvent::PersistEpoch(epoch) => {
                self.disk.epoch = epoch;
                self.node.epoch_persisted(now, epoch);
            }
            NodeEvent::Registered { id, certificate } => {
                (self.disk.id, self.disk.certificate) = (Some(id), Some(certificate));
                self.notes.registered = Some(id);
            }
            NodeEvent::Incoming { connection } => {
                self.notes.connections.insert(connection, Track::new(now));
            }
            NodeEvent::ServerProblem(problem) => self.notes.server_problems.push(problem.to_string()),
            NodeEvent::Connection { connection, event } => {
                self.notes.heard(now, connection, &event);
                match event {
                    ConnectionEvent::Host(event) => self.session(now, connection, event),
                    ConnectionEvent::Closed(_) => {
                        self.wanted.remove(&connection);
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

impl HostProgram {
    /// Starts it; after a restart with state it goes on with what it had on its disk.
    pub(crate) fn start(boot: Boot, punching: Punching, base: TimeBase, frame_bytes: usize) -> Self {
        let mut boot = boot;
        let old = boot.previous.take().and_then(|old| old.downcast::<Self>().ok());
        let disk = old.map_or_else(|| Disk::new(&boot), |old| old.disk);
        let node = node(&boot, Role::Host, punching, base, &disk);
        Self { node, notes: Notes::default(), frame_bytes, wanted: BTreeMap::new(), disk }
    }

    /// The picture changed: sends a frame to each who wants one.
    pub(crate) fn paint(&mut self, now: Instant) {
        for (connection, (display, epoch, sequence)) in std::mem::take(&mut self.wanted) {
            self.send_frame(now, connection, display, epoch, sequence);
        }
    }

    /// Sends a packet of sound that was captured now to all that want it.
    pub(crate) fn play(&mut self, now: Instant, kind: SoundKind, packet: &[u8]) {
        let connections: Vec<ConnectionId> = self.notes.connections.keys().copied().collect();
        for connection in connections {
            // Who does not want it gets none.
            let _ = self.node.with_host(now, connection, |now, session| {
                session.send_sound(now, kind, now.as_micros(), packet)
            });
        }
    }

    fn send_frame(
        &mut self,
        now: Instant,
        connection: ConnectionId,
        display: DisplayId,
        epoch: Epoch,
        sequence: u32,
    ) {
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
            // It was wanted, and before anybody was told so the session ended, or the video began anew.
            Some(Err(Rejected::NotActive | Rejected::Stale)) | None => {}
            Some(Err(why)) => self.notes.problems.push(format!("frame {sequence} was refused: {why}")),
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
            HostEvent::Closed { .. } => {
                self.wanted.remove(&connection);
            }
            HostEvent::FrameWanted { display, epoch, sequence, full, .. } => {
                if full {
                    // The whole picture is there already; what follows waits until something changes.
                    self.send_frame(now, connection, display, epoch, sequence);
                } else {
                    self.wanted.insert(connection, (display, epoch, sequence));
                }
            }
            _ => {}
        }
    }
}

/// The controlling side.
pub(crate) struct ViewerProgram {
    pub(crate) node: Node,
    pub(crate) notes: Notes,
    pub(crate) code: OneTimeCode,
    /// The longest time between two frames after the first, and when the last one came.
    pub(crate) longest_gap: Duration,
    pub(crate) last_frame: Option<Instant>,
    /// The last frame, so that none is missed and none comes twice.
    pub(crate) last_sequence: BTreeMap<ConnectionId, (Epoch, u32)>,
    /// Sound that came, and when.
    pub(crate) sounds: Vec<(Instant, SoundArrival)>,
    pub(crate) disk: Disk,
}

impl Application for ViewerProgram {
    type Machine = Node;

    fn machine(&self) -> &Node {
        &self.node
    }

    fn machine_mut(&mut self) -> &mut Node {
        &mut self.node
    }

    fn link_ids(&self) -> Option<LinkIds> {
        Some(self.node.link_ids())
    }

    fn happened(&mut self, now: Instant, event: NodeEvent) {
        match event {
            NodeEvent::ServerProblem(problem) => self.notes.server_problems.push(problem.to_string()),
            NodeEvent::Connection { connection, event } => {
                self.notes.heard(now, connection, &event);
                if let ConnectionEvent::Viewer(event) = event {
                    self.session(now, connection, event);
                }
            }
            _ => {}
        }
    }
}

impl ViewerProgram {
    /// Starts it; after a restart with state it is the same device.
    pub(crate) fn start(boot: Boot, punching: Punching, base: TimeBase) -> Self {
        let mut boot = boot;
        let old = boot.previous.take().and_then(|old| old.downcast::<Self>().ok());
        let disk = old.map_or_else(|| Disk::new(&boot), |old| old.disk);
        Self {
            node: node(&boot, Role::Viewer, punching, base, &disk),
            notes: Notes::default(),
            code: code(),
            longest_gap: Duration::ZERO,
            last_frame: None,
            last_sequence: BTreeMap::new(),
            sounds: Vec::new(),
            disk,
        }
    }

    fn session(&mut self, now: Instant, connection: ConnectionId, event: ViewerEvent) {
        match event {
            ViewerEvent::LoginWanted { .. } => {
                let code = self.code.clone();
                let asked = self
                    .node
                    .with_viewer(now, connection, |now, session| session.log_in(now, Credential::Code(code)));
                if let Some(Err(why)) = asked {
                    self.notes.problems.push(format!("the login was refused: {why}"));
                }
            }
            ViewerEvent::LoginFailed { why, .. } => {
                self.notes.problems.push(format!("login failed: {why:?}"))
            }
            ViewerEvent::LoggedIn { .. } => self.notes.logged_in = Some(now),
            ViewerEvent::Sound(arrival) => self.sounds.push((now, arrival)),
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
                let next = match self.last_sequence.get(&connection) {
                    Some((last, number)) if *last == epoch => number + 1,
                    _ => 0,
                };
                if sequence != next {
                    self.notes.problems.push(format!("frame {sequence} of {epoch:?} came instead of {next}"));
                }
                self.last_sequence.insert(connection, (epoch, sequence));
                self.node.with_viewer(now, connection, |now, session| {
                    session.frame_done(now, display, epoch, sequence)
                });
            }
            _ => {}
        }
    }
}
