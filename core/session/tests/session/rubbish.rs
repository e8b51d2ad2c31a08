//! Peers that send anything: the session goes on or ends with a reason, and keeps nothing unbounded.

use std::time::Duration;

use deskwire_machine::{Input, StreamBuf};
use deskwire_session::{Ended, HostEvent, Limits, ViewerEvent};
use deskwire_wire::ids::{DisplayId, Epoch, Role};
use deskwire_wire::session::{ChannelHeader, ChannelKind, LoginMethod, SessionMsg};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::harness::{Setup, World, display, framed};

fn active() -> World {
    let mut world = World::logged_in(&Setup::default());
    world.host.set_displays(world.now, vec![display(1, 8, 6)]);
    world.viewer.watch(world.now, &[DisplayId(1)]);
    world.viewer.enable_clipboard(world.now, true).unwrap();
    world.run_for(Duration::from_millis(200));
    world.host_events.clear();
    world.viewer_events.clear();
    world
}

fn kind() -> impl Strategy<Value = ChannelKind> {
    prop_oneof![
        Just(ChannelKind::Control),
        Just(ChannelKind::Input),
        Just(ChannelKind::Video),
        Just(ChannelKind::Cursor),
        Just(ChannelKind::Clipboard),
    ]
}

fn role() -> impl Strategy<Value = Role> {
    prop_oneof![Just(Role::Host), Just(Role::Viewer)]
}

/// The reasons of all ends that were told, as far as they are not what a rubbish sender deserves.
fn odd_ends(world: &World) -> Vec<Ended> {
    let host = world.host_events.iter().filter_map(|event| match event {
        HostEvent::Closed { reason } => Some(reason.clone()),
        _ => None,
    });
    let viewer = world.viewer_events.iter().filter_map(|event| match event {
        ViewerEvent::Closed { reason } => Some(reason.clone()),
        _ => None,
    });
    host.chain(viewer)
        .filter(|reason| !matches!(reason, Ended::Misbehaved(_) | Ended::ByPeer { .. }))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn rubbish_ends_in_a_typed_close_or_nothing(
        logged_in: bool,
        chunks in vec((role(), kind(), vec(any::<u8>(), 0..200)), 1..6),
    ) {
        let mut world = if logged_in { active() } else { World::new(&Setup::default()) };
        world.run_for(Duration::from_millis(100));
        for (role, kind, bytes) in chunks {
            world.inject(role, kind, &bytes);
            world.run_for(Duration::from_millis(20));
        }
        prop_assert_eq!(odd_ends(&world), []);
        prop_assert!(world.host.stats().queued_bytes < 10_000 && world.viewer.stats().queued_bytes < 10_000);
    }

    /// Whole frames of rubbish get past the header.
    #[test]
    fn framed_rubbish_ends_in_a_typed_close_or_nothing(
        role in role(), kind in kind(), packed: bool, payload in vec(any::<u8>(), 0..300),
    ) {
        let mut world = active();
        let header = deskwire_wire::frame::LongHeader { len: payload.len(), packed };
        let mut bytes = header.to_bytes().to_vec();
        bytes.extend(payload);
        world.inject(role, kind, &bytes);
        world.run_for(Duration::from_millis(50));
        prop_assert_eq!(odd_ends(&world), []);
    }
}

#[test]
fn t33_strangers_may_not_announce_long_frames() {
    let mut world = World::new(&Setup::default());
    world.run_for(Duration::from_millis(100));
    world.inject(Role::Host, ChannelKind::Control, &[0x80, 0, 0x10, 1]);
    assert!(matches!(world.host_events.last(), Some(HostEvent::Closed { reason: Ended::Misbehaved(_) })));
    let mut world = World::new(&Setup::default());
    world.run_for(Duration::from_millis(100));
    world.inject(Role::Host, ChannelKind::Control, &[0x80, 0, 0x10, 0]);
    assert_eq!(world.host_events, [], "4 KiB may come");
}

/// Packed: one segment of two words, a struct pointer, an unknown discriminant.
const UNKNOWN: [u8; 11] = [0x80, 0, 0, 7, 0x10, 2, 0x10, 1, 0b11, 0xe7, 3];

#[test]
fn t33_strangers_may_not_talk_for_ever() {
    let mut world = World::new(&Setup::default());
    world.run_for(Duration::from_millis(100));
    for n in 0..33 {
        assert_eq!(world.host_events, [], "after {n}");
        world.inject(Role::Host, ChannelKind::Control, &UNKNOWN);
    }
    assert!(matches!(world.host_events.last(), Some(HostEvent::Closed { reason: Ended::Misbehaved(_) })));
    assert_eq!(world.host.stats().unknown, 32);
}

/// All that a host keeps for a stranger who says what it may. What it leaves unread is the beginning of a frame.
#[test]
fn t33_a_viewer_that_does_not_log_in_takes_little() {
    const UNREAD: i64 = 4 + 4_096;
    let before = deskwire_conformance::live_bytes();
    let mut world = World::new(&Setup::default());
    world.run_for(Duration::from_millis(100));
    for _ in 0..31 {
        world.inject(Role::Host, ChannelKind::Control, &UNKNOWN);
    }
    let start = SessionMsg::LoginStart { method: LoginMethod::OneTimeCode, share: [9; 32] };
    world.inject(Role::Host, ChannelKind::Control, &framed(&start));
    assert!(matches!(world.host_events[..], [HostEvent::ChargeAttempt { .. }]));
    // With the viewer and the test's own things.
    let all = deskwire_conformance::live_bytes() - before + UNREAD;
    assert!((UNREAD + 1_000..64 << 10).contains(&all), "{all} bytes");
}

#[test]
fn a_peer_that_opens_many_channels_is_bounded() {
    let limits = Limits { channels: 8, ..Limits::default() };
    let mut world = World::logged_in(&Setup { limits, ..Setup::default() });
    for _ in 0..1_000 {
        world.accept(Role::Host);
        world.accept(Role::Viewer);
    }
    world.settle();
    assert!(world.host.is_active() && world.viewer.is_active());
    assert_eq!(world.channels(), [8, 8]);
}

#[test]
fn a_peer_that_pings_and_never_reads_is_left() {
    let limits = Limits { queue_bytes: 10_000, ..Limits::default() };
    let mut world = World::logged_in(&Setup { limits, capacity: 100, ..Setup::default() });
    world.hold(Role::Host, true);
    let ping = framed(&SessionMsg::Ping { sent_us: u64::MAX / 3 });
    for _ in 0..2_000 {
        world.inject(Role::Host, ChannelKind::Control, &ping);
        assert!(world.host.stats().queued_bytes <= 10_000);
    }
    assert!(matches!(world.host_events.last(), Some(HostEvent::Closed { reason: Ended::NotReading })));
}

fn frame(epoch: u32, sequence: u32, width: u32) -> Vec<u8> {
    let update = deskwire_wire::picture::FrameUpdate {
        display: DisplayId(1),
        epoch: Epoch(epoch),
        sequence,
        size: deskwire_wire::picture::Size { width, height: 6 },
        captured_at_us: 0,
        ops: vec![],
    };
    let mut payload = Vec::new();
    deskwire_wire::CapnProto::encode_frame(&update, &mut payload).unwrap();
    let header = deskwire_wire::frame::LongHeader { len: payload.len(), packed: false };
    let mut bytes = header.to_bytes().to_vec();
    bytes.extend(payload);
    bytes
}

/// Channels overtake each other, so the beginning of an old run may come after that of the new one.
#[test]
fn a_run_that_is_over_is_ignored() {
    let mut world = active();
    let mut feed = |epoch: u32| {
        let link = world.accept(Role::Viewer);
        let mut bytes = ChannelHeader::Video { display: DisplayId(1), epoch: Epoch(epoch) }.to_bytes();
        bytes.extend(frame(epoch, 0, 8));
        world.input(Role::Viewer, Input::Stream { link, data: &mut StreamBuf::from(&bytes[..]) });
        world.drain();
        let frames = world.viewer_events.iter().filter(|event| matches!(event, ViewerEvent::Frame(_)));
        (frames.count(), world.viewer.stats().stale_channels, world.viewer.is_active())
    };
    assert_eq!(feed(5), (1, 0, true));
    assert_eq!(feed(4), (1, 1, true));
    assert_eq!(feed(5), (1, 2, true));
    assert_eq!(feed(6), (2, 2, true));
}

#[test]
fn a_host_that_sends_frames_out_of_turn_is_left() {
    let header = ChannelHeader::Video { display: DisplayId(1), epoch: Epoch(5) }.to_bytes();
    let run = |frames: &[Vec<u8>]| {
        let mut world = active();
        let link = world.accept(Role::Viewer);
        for bytes in std::iter::once(&header).chain(frames) {
            world.input(Role::Viewer, Input::Stream { link, data: &mut StreamBuf::from(&bytes[..]) });
        }
        world.drain();
        let closed = world
            .viewer_events
            .iter()
            .any(|event| matches!(event, ViewerEvent::Closed { reason: Ended::Misbehaved(_) }));
        let frames = world.viewer_events.iter().filter(|event| matches!(event, ViewerEvent::Frame(_)));
        (closed, frames.count())
    };
    assert_eq!(run(&[frame(5, 0, 8), frame(5, 1, 8)]), (false, 2));
    assert_eq!(run(&[frame(5, 1, 8)]), (true, 0), "the first is missing");
    assert_eq!(run(&[frame(5, 0, 8), frame(5, 0, 8)]), (true, 1), "twice the same");
    assert_eq!(run(&[frame(4, 0, 8)]), (true, 0), "another epoch");
    assert_eq!(run(&[frame(5, 0, 8), frame(5, 1, 9)]), (true, 1), "another size");
    let many: Vec<_> = (0..40).map(|n| frame(5, n, 8)).collect();
    assert_eq!(run(&many), (true, 32), "more than may be under way");
}
