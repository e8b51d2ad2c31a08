//! What happens in the middle of a session, and how long the picture stands still then.

use crate::Scenario;
use crate::programs::Host;
use crate::report::Row;
use crate::sites::{Device, Guard, Nat, Site, Uplink};
use crate::stage::{FIGURES, Relays, Servers, Session, Stage};

pub(crate) const SCENARIOS: &[Scenario] = &[
    ("the relay dies beside a direct path", relay_dies_beside_direct),
    ("the relay dies, another takes over", relay_dies),
    ("the relay drains, another takes over", relay_drains),
    ("the direct path is cut: the relay takes over", direct_path_is_cut),
    ("the viewer moves to another network", viewer_roams),
    ("the host moves to another network", host_roams),
    ("the host moves while nobody looks", idle_host_roams),
    ("the host's router forgets its translations", router_restarts),
    ("the server dies and comes back", server_restarts),
    ("the host sleeps for three seconds", host_sleeps),
    ("the viewer sleeps for three seconds", viewer_sleeps),
];

const RESTRICTED: Guard = Guard::nat(Nat::PortRestricted);
const SYMMETRIC: Guard = Guard::nat(Nat::Symmetric);

/// Lines of a usual length.
const LINE: Uplink = Uplink::delayed(10);

/// Two sites with a device each, and a session between them.
struct Meeting {
    session: Session,
    viewer: Device,
    host: Device,
    left: Site,
    right: Site,
    process: Host,
    stage: Stage,
}

impl Meeting {
    fn new(row: &mut Row, servers: Servers, left: Guard, right: Guard) -> Self {
        let stage = Stage::new(servers);
        let left = stage.internet.site("left", LINE, left);
        let right = stage.internet.site("right", LINE, right);
        let host = left.device(&stage.internet, "host");
        let process = stage.host(&host);
        let viewer = right.device(&stage.internet, "viewer");
        let session = stage.connect(row, &process, &viewer);
        Self { session, viewer, host, left, right, process, stage }
    }
}

fn relays(count: usize) -> Servers {
    Servers { relays: Relays::Apart(count), ..Servers::USUAL }
}

fn relay_dies_beside_direct(row: &mut Row) {
    let meeting = Meeting::new(row, relays(1), RESTRICTED, RESTRICTED);
    meeting.session.expect_direct(row);
    let start = meeting.session.fail_over(row, "a picture without the relay", || meeting.stage.kill_relay(0));
    meeting.session.expect_direct_since(row, start);
}

fn relay_dies(row: &mut Row) {
    let meeting = Meeting::new(row, relays(2), SYMMETRIC, SYMMETRIC);
    meeting.session.expect_relay(row, "UDP");
    let used = usize::from(meeting.stage.relay_bytes(1) > meeting.stage.relay_bytes(0));
    meeting.session.fail_over(row, "a picture through the other relay", || meeting.stage.kill_relay(used));
    assert!(row.path.starts_with("relay"), "{row:?}");
}

fn relay_drains(row: &mut Row) {
    let meeting = Meeting::new(row, relays(2), SYMMETRIC, SYMMETRIC);
    meeting.session.expect_relay(row, "UDP");
    let used = usize::from(meeting.stage.relay_bytes(1) > meeting.stage.relay_bytes(0));
    let before = meeting.stage.relay_bytes(1 - used);
    let start =
        meeting.session.fail_over(row, "a picture after the word", || meeting.stage.drain_relay(used));
    assert!(row.path.starts_with("relay"), "{row:?}");
    let carried = || meeting.stage.relay_bytes(1 - used) - before;
    // The session has left: nothing depends on this relay any more.
    meeting.session.wait_figures(start, 20);
    let moved = carried();
    meeting.session.fail_over(row, "a picture without it", || meeting.stage.kill_relay(used));
    assert!(moved > 20_000 && carried() > moved, "{moved} bytes through the other relay");
}

fn direct_path_is_cut(row: &mut Row) {
    let meeting = Meeting::new(row, Servers::USUAL, RESTRICTED, RESTRICTED);
    meeting.session.expect_direct(row);
    let start = meeting.session.fail_over(row, "a picture through the relay", || {
        meeting.stage.internet.cut(meeting.left.outer(), meeting.right.outer());
    });
    meeting.session.expect_relay_since(row, start);
    meeting.stage.internet.heal();
    let healed = meeting.session.lines();
    meeting.session.expect_direct_since(row, healed);
}

fn viewer_roams(row: &mut Row) {
    let meeting = Meeting::new(row, Servers::USUAL, RESTRICTED, RESTRICTED);
    meeting.session.expect_direct(row);
    let other = meeting.stage.internet.site("other", LINE, RESTRICTED);
    let start =
        meeting.session.disturb(row, "a picture in the other network", || meeting.viewer.roam(&other));
    meeting.session.expect_direct_since(row, start);
}

fn host_roams(row: &mut Row) {
    let meeting = Meeting::new(row, Servers::USUAL, RESTRICTED, RESTRICTED);
    meeting.session.expect_direct(row);
    let other = meeting.stage.internet.site("other", LINE, RESTRICTED);
    let start =
        meeting.session.disturb(row, "a picture from the other network", || meeting.host.roam(&other));
    meeting.session.expect_direct_since(row, start);
}

/// How soon a host can be dialled again that moved to another network.
fn idle_host_roams(row: &mut Row) {
    let stage = Stage::new(Servers::USUAL);
    let [left, right, other] =
        ["left", "right", "other"].map(|name| stage.internet.site(name, LINE, RESTRICTED));
    let host = left.device(&stage.internet, "host");
    let process = stage.host(&host);
    let viewer = right.device(&stage.internet, "viewer");
    host.roam(&other);
    let took = stage.wait_shot(&process, &viewer);
    row.note = format!("a new session {:.1} s later", took.as_secs_f64());
}

fn router_restarts(row: &mut Row) {
    let meeting = Meeting::new(row, Servers::USUAL, RESTRICTED, RESTRICTED);
    meeting.session.expect_direct(row);
    let start = meeting.session.disturb(row, "a picture through new translations", || meeting.left.rebind());
    meeting.session.expect_direct_since(row, start);
}

/// The session stays, and a new one can be made.
fn server_restarts(row: &mut Row) {
    let meeting = Meeting::new(row, Servers::USUAL, RESTRICTED, RESTRICTED);
    meeting.session.expect_direct(row);
    let start = meeting.session.disturb(row, "a picture without the server", || meeting.stage.crash_server());
    meeting.session.expect_direct_since(row, start);
    let took = meeting.stage.wait_shot(&meeting.process, &meeting.viewer);
    row.note = format!("a new session {:.1} s later", took.as_secs_f64());
}

/// How long devices sleep: less than what a silent peer is given before it counts as gone.
const SLEEP: f64 = 3_000.0;

/// While it sleeps it does nothing, and its clock goes on.
fn host_sleeps(row: &mut Row) {
    let meeting = Meeting::new(row, Servers::USUAL, RESTRICTED, RESTRICTED);
    meeting.session.expect_direct(row);
    let start = meeting.session.interrupt(row, "a picture after the sleep", || {
        let asleep = meeting.process.process.freeze();
        // The viewer goes on to print figures.
        let figures = meeting.session.wait_figures(meeting.session.lines(), (SLEEP / FIGURES) as usize);
        drop(asleep);
        let frames = |line: &serde_json::Value| line["frames"].as_u64().unwrap();
        let [first, last] = [&figures[2], figures.last().unwrap()].map(frames);
        assert_eq!(first, last, "pictures came from a host that slept");
    });
    meeting.session.expect_direct_since(row, start);
}

fn viewer_sleeps(row: &mut Row) {
    let meeting = Meeting::new(row, Servers::USUAL, RESTRICTED, RESTRICTED);
    meeting.session.expect_direct(row);
    let start = meeting.session.interrupt(row, "a picture after the sleep", || {
        let asleep = meeting.session.freeze();
        crate::programs::pass(std::time::Duration::from_secs_f64(SLEEP / 1e3));
        drop(asleep);
    });
    meeting.session.expect_direct_since(row, start);
}
