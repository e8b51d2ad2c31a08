//! Lines that delay, lose, queue or cut short.

use std::fs::File;

use crate::Scenario;
use crate::report::{Row, percentile};
use crate::screen::{INSIDE, is_shown};
use crate::sites::{Guard, Nat, Uplink};
use crate::stage::{Servers, Session, Stage};

pub(crate) const SCENARIOS: &[Scenario] = &[
    ("80 ms and 5 % loss at each side: direct", delay_and_loss),
    ("packets of at most 1,280 bytes: direct", small_packets),
    ("1 Mbit/s with a long queue: direct", slow_line),
    ("1 Mbit/s for 2 Mbit/s of changes: direct", too_much_for_the_line),
    ("the same over the relay's TCP, with a queue of 4 s", too_much_for_tcp),
    ("connect times at 20 ms a line", connect_times),
];

const RESTRICTED: Guard = Guard::nat(Nat::PortRestricted);

fn over(row: &mut Row, left: Uplink, right: Uplink) {
    over_with(row, left, right, |_| {});
}

fn over_with(row: &mut Row, left: Uplink, right: Uplink, prepare: impl FnOnce(&Stage)) {
    let stage = Stage::new(Servers::USUAL);
    prepare(&stage);
    let left = stage.internet.site("left", left, RESTRICTED);
    let right = stage.internet.site("right", right, RESTRICTED);
    let host = stage.host(&left.device(&stage.internet, "host"));
    let session = stage.connect(row, &host, &right.device(&stage.internet, "viewer"));
    session.expect_direct(row);
}

fn delay_and_loss(row: &mut Row) {
    let bad = Uplink { loss: 5, ..Uplink::delayed(80) };
    over(row, bad, bad);
}

fn small_packets(row: &mut Row) {
    let small = Uplink { mtu: 1_280, ..Uplink::FAST };
    over(row, Uplink::FAST, small);
}

/// The queue holds two seconds, and the first picture fills it.
fn slow_line(row: &mut Row) {
    let slow = Uplink { rate: Some(("1mbit", "2s")), ..Uplink::FAST };
    over_with(row, slow, Uplink::FAST, |stage| stage.screen().add_noise());
}

/// Twice as much changes as the line carries: fewer pictures must come. A sender that filled the queue would show what
/// is two seconds old; today's congestion control fills half of it.
fn too_much_for_the_line(row: &mut Row) {
    too_much(row, "2s", RESTRICTED, |session, row| session.expect_direct(row));
}

/// The system's own TCP fills any queue that it is given, and tells nobody.
fn too_much_for_tcp(row: &mut Row) {
    let walled = Guard { no_udp: true, ..Guard::nat(Nat::Symmetric) };
    too_much(row, "4s", walled, |session, row| session.expect_relay(row, "TCP"));
}

fn too_much(row: &mut Row, queue: &'static str, guard: Guard, expect: impl FnOnce(&Session, &mut Row)) {
    const LINES: usize = 20;
    let slow = Uplink { rate: Some(("1mbit", queue)), ..Uplink::delayed(10) };
    let stage = Stage::new(Servers::USUAL);
    let left = stage.internet.site("left", slow, guard);
    let right = stage.internet.site("right", Uplink::delayed(10), guard);
    let host = stage.host(&left.device(&stage.internet, "host"));
    let session = stage.connect(row, &host, &right.device(&stage.internet, "viewer"));
    expect(&session, row);
    stage.screen().be_noisy();
    // The first of them find out what the line carries.
    let start = session.lines();
    let lines = session.wait_figures(start, 2 * LINES);
    let later = &lines[LINES..];
    let all = |name: &str| later.iter().filter_map(|line| line[name].as_f64()).collect::<Vec<f64>>();
    let (latency, rate, frames) = (all("latency_ms"), all("bits_per_second"), all("frames_per_second"));
    row.note_figures(&lines[lines.len() - 1]);
    let half = percentile(&latency, 50.0);
    row.note = format!(
        "pictures are {half:.0} ms old (p50; p90 {:.0}), {:.0} a second, {:.2} Mbit/s",
        percentile(&latency, 90.0),
        percentile(&frames, 50.0),
        percentile(&rate, 50.0) / 1e6
    );
    assert!(half < 1_500.0, "{}", row.note);
}

/// One session after another, each by a program of its own: from the dial to the first picture.
fn connect_times(row: &mut Row) {
    const SESSIONS: usize = 20;
    /// From device to device and back: four lines.
    const ROUND_TRIP_MS: f64 = 80.0;
    let line = Uplink::delayed(20);
    let stage = Stage::new(Servers::USUAL);
    let left = stage.internet.site("left", line, RESTRICTED);
    let right = stage.internet.site("right", line, RESTRICTED);
    let host = stage.host(&left.device(&stage.internet, "host"));
    let viewer = right.device(&stage.internet, "viewer");
    let mut samples = Vec::new();
    for _ in 0..SESSIONS {
        let (said, file) = stage.shot(&host, &viewer).unwrap();
        samples.push(said["first_frame_ms"].as_f64().unwrap());
        let colour = pixel(&file, INSIDE);
        assert!(is_shown(colour), "the picture shows {colour:?}, which is not on the screen");
    }
    let [half, most] = [50.0, 99.0].map(|percent| percentile(&samples, percent));
    row.first_frame_ms = Some(half);
    row.note = format!(
        "{SESSIONS} sessions: p50 {half:.0} ms = {:.1} round trips, p99 {most:.0} ms = {:.1}",
        half / ROUND_TRIP_MS,
        most / ROUND_TRIP_MS
    );
}

/// A pixel of a picture file: red, green, blue.
fn pixel(file: &std::path::Path, (x, y): (u32, u32)) -> [u8; 3] {
    let decoder = png::Decoder::new(std::io::BufReader::new(File::open(file).unwrap()));
    let mut reader = decoder.read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    let at = y as usize * info.line_size + x as usize * info.color_type.samples();
    bytes[at..at + 3].try_into().unwrap()
}
