//! Peers that send anything: the session goes on or ends with a reason, and keeps nothing unbounded.

use std::time::Duration;

use deskwire_machine::{Input, StreamBuf};
use deskwire_session::{Ended, HostEvent, Limits, ViewerEvent};
use deskwire_wire::ids::{DisplayId, Epoch, Role};
use deskwire_wire::screen::CursorShape;
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
    fn t17_rubbish_ends_in_a_typed_close_or_nothing(
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
    fn t17_framed_rubbish_ends_in_a_typed_close_or_nothing(
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

// spec: SE-2
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

// spec: LG-13
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
    let start = SessionMsg::LoginStart { method: LoginMethod::OneTimeCode, share: Some([9; 32]) };
    world.inject(Role::Host, ChannelKind::Control, &framed(&start));
    assert!(matches!(world.host_events[..], [HostEvent::ChargeAttempt { .. }]));
    // With the viewer and the test's own things.
    let all = deskwire_conformance::live_bytes() - before + UNREAD;
    assert!((UNREAD + 1_000..64 << 10).contains(&all), "{all} bytes");
}

// spec: SE-5
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

/// Whether `bytes` on this channel make `reader` end the session as a peer's fault.
fn is_fault(mut world: World, reader: Role, kind: ChannelKind, bytes: &[u8]) -> bool {
    world.inject(reader, kind, bytes);
    match reader {
        Role::Host => {
            matches!(world.host_events.last(), Some(HostEvent::Closed { reason: Ended::Misbehaved(_) }))
        }
        Role::Viewer => {
            matches!(world.viewer_events.last(), Some(ViewerEvent::Closed { reason: Ended::Misbehaved(_) }))
        }
    }
}

// spec: SE-2
#[test]
fn nobody_may_announce_frames_that_are_too_long() {
    let announces = |reader, kind, len: usize, packed| {
        let header = deskwire_wire::frame::LongHeader { len, packed };
        is_fault(active(), reader, kind, &header.to_bytes())
    };
    assert!(!announces(Role::Host, ChannelKind::Control, 1 << 20, true));
    assert!(announces(Role::Host, ChannelKind::Control, (1 << 20) + 1, true));
    let video = |len| {
        let header = deskwire_wire::frame::LongHeader { len, packed: false };
        let mut bytes = ChannelHeader::Video { display: DisplayId(1), epoch: Epoch(5) }.to_bytes();
        bytes.extend(header.to_bytes());
        let mut world = active();
        let link = world.accept(Role::Viewer);
        world.input(Role::Viewer, Input::Stream { link, data: &mut StreamBuf::from(&bytes[..]) });
        world.drain();
        world.viewer.is_active()
    };
    assert!(video(64 << 20) && !video((64 << 20) + 1));
}

// spec: CV-9, SE-1
#[test]
fn what_is_packed_and_should_be_flat_ends_it_and_the_other_way_round() {
    let ping = framed(&SessionMsg::Ping { sent_us: 1 });
    assert!(!is_fault(active(), Role::Host, ChannelKind::Control, &ping));
    let flat = [&[0, 0, 0], &ping[3..]].concat();
    assert!(is_fault(active(), Role::Host, ChannelKind::Control, &flat));
    let mut video = frame(5, 0, 8);
    let header = ChannelHeader::Video { display: DisplayId(1), epoch: Epoch(5) }.to_bytes();
    for (bit, stays) in [(0, true), (0x80, false)] {
        video[0] = bit;
        let mut world = active();
        let link = world.accept(Role::Viewer);
        let bytes = [&header[..], &video].concat();
        world.input(Role::Viewer, Input::Stream { link, data: &mut StreamBuf::from(&bytes[..]) });
        world.drain();
        assert_eq!(world.viewer.is_active(), stays);
    }
}

// spec: SE-27
#[test]
fn a_pointer_picture_that_was_never_shown_ends_it() {
    let shape = |id| {
        let shape = CursorShape { width: 1, height: 1, hot_spot: (0, 0), rgba: vec![7; 4] };
        framed(&SessionMsg::CursorShape { id, shape })
    };
    let cached = |id| framed(&SessionMsg::CursorCached { id });
    let faulty =
        |messages: [Vec<u8>; 2]| is_fault(active(), Role::Viewer, ChannelKind::Cursor, &messages.concat());
    assert!(!faulty([shape(7), cached(7)]));
    assert!(faulty([shape(7), cached(8)]));
}

// spec: LG-14
#[test]
fn steps_of_a_login_that_are_not_due_end_it() {
    let start = SessionMsg::LoginStart { method: LoginMethod::OneTimeCode, share: Some([1; 32]) };
    let confirm = SessionMsg::LoginConfirm { tag: [1; 32] };
    let (share, methods) = (
        SessionMsg::LoginShare { share: [1; 32] },
        SessionMsg::LoginMethods { methods: vec![], password: None },
    );
    let greeted = || {
        let mut world = World::new(&Setup::default());
        world.run_for(Duration::from_millis(100));
        world.host_events.clear();
        world.viewer_events.clear();
        world
    };
    let faulty = |reader, messages: &[&SessionMsg]| {
        let bytes: Vec<u8> = messages.iter().flat_map(|message| framed(message)).collect();
        is_fault(greeted(), reader, ChannelKind::Control, &bytes)
    };
    assert!(!faulty(Role::Host, &[&start]));
    assert!(faulty(Role::Host, &[&start, &start]), "a login within a login");
    assert!(faulty(Role::Host, &[&confirm]), "nothing to prove");
    assert!(faulty(Role::Viewer, &[&share]), "nobody asked");
    assert!(faulty(Role::Viewer, &[&methods]), "twice");
}

/// Channels overtake each other, so the beginning of an old run may come after that of the new one.
// spec: SE-16
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

// spec: SE-13, SE-14, SE-17
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
