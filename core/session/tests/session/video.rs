//! Video: on demand, acknowledged, started over when needed.

use std::time::Duration;

use deskwire_machine::{CloseReason, Input, Seed};
use deskwire_session::{HostEvent, Limits, Rejected};
use deskwire_wire::ids::{DisplayId, Epoch, Role};
use deskwire_wire::picture::{FrameUpdate, Rect, RegionOp, Size, VideoCodec};
use deskwire_wire::session::{ChannelKind, SessionMsg, VideoCodecs};

use crate::harness::{Setup, World, display, framed};
use crate::painter::{HostShell, ViewerShell, play};

const ONE: DisplayId = DisplayId(1);
const TWO: DisplayId = DisplayId(2);

fn watching(setup: &Setup) -> (World, HostShell, ViewerShell) {
    let mut world = World::logged_in(setup);
    let mut host = HostShell::default();
    host.set_displays(&mut world, vec![display(1, 8, 6)]);
    world.viewer.watch(world.now, &[ONE]);
    (world, host, ViewerShell::default())
}

fn solid(world: &World, epoch: u32, sequence: u32, rect: Rect) -> FrameUpdate<'static> {
    FrameUpdate {
        display: ONE,
        epoch: Epoch(epoch),
        sequence,
        size: Size { width: 8, height: 6 },
        captured_at_us: world.now.as_micros(),
        ops: vec![RegionOp::Solid { rect, bgrx: [1, 2, 3, 255] }],
    }
}

#[test]
fn the_viewer_sees_what_the_host_shows() {
    let (mut world, mut host, mut viewer) = watching(&Setup::default());
    let mut rng = Seed::new([9; 32]).public();
    for _ in 0..50 {
        host.draw(ONE, &mut rng);
        play(&mut world, &mut host, &mut viewer, 2);
    }
    play(&mut world, &mut host, &mut viewer, 40);
    assert_eq!(viewer.pictures[&ONE], host.sources[&ONE].picture);
    assert_eq!(host.sources[&ONE].full_frames, 1);
    assert!(viewer.shown > 20);
    // The latency is what it takes to get there: 10 to 15 ms, and up to 5 ms until the shell looks.
    assert!(viewer.latencies.iter().all(|us| (5_000..30_000).contains(us)), "{:?}", viewer.latencies);
}

#[test]
fn an_idle_screen_sends_no_frames() {
    let (mut world, mut host, mut viewer) = watching(&Setup::default());
    play(&mut world, &mut host, &mut viewer, 200);
    assert_eq!(host.sources[&ONE].frames, 1);
    world.bytes.clear();
    world.run_for(Duration::from_secs(20));
    assert!(world.bytes[&true] + world.bytes[&false] < 1_500, "{:?}", world.bytes);
}

// spec: SE-11, SE-12
#[test]
fn frames_that_are_not_wanted_are_refused() {
    let (mut world, _, _) = watching(&Setup::default());
    let all = Rect::new(0, 0, 8, 6);
    let frame = |world: &World, sequence| solid(world, 0, sequence, all);
    assert_eq!(world.host.send_frame(world.now, &frame(&world, 0)), Err(Rejected::NotWatched));
    world.run_for(Duration::from_millis(100));
    assert!(world.host.wants_frame(ONE) && !world.host.wants_frame(TWO));
    let wrong = FrameUpdate { epoch: Epoch(1), ..frame(&world, 0) };
    assert_eq!(world.host.send_frame(world.now, &wrong), Err(Rejected::Stale));
    assert_eq!(world.host.send_frame(world.now, &frame(&world, 1)), Err(Rejected::Stale));
    let part = solid(&world, 0, 0, Rect::new(0, 0, 8, 5));
    assert_eq!(world.host.send_frame(world.now, &part), Err(Rejected::NotFull));
    let mut copy = frame(&world, 0);
    copy.ops.push(RegionOp::Copy { from: (0, 0), to: all });
    assert_eq!(world.host.send_frame(world.now, &copy), Err(Rejected::NotFull));
    let outside = solid(&world, 0, 0, Rect::new(1, 0, 8, 6));
    assert_eq!(world.host.send_frame(world.now, &outside), Err(Rejected::Invalid));
    assert_eq!(world.host.send_frame(world.now, &frame(&world, 0)), Ok(()));
    assert_eq!(
        world.host.send_frame(world.now, &frame(&world, 1)),
        Err(Rejected::NotNow),
        "the first one is not taken yet"
    );
    world.drain();
    assert_eq!(world.host.send_frame(world.now, &frame(&world, 1)), Ok(()));
    world.drain();
    assert_eq!(
        world.host.send_frame(world.now, &frame(&world, 2)),
        Err(Rejected::NotNow),
        "two are under way and none is shown"
    );
    world.host.close(world.now, "");
    assert_eq!(world.host.send_frame(world.now, &frame(&world, 2)), Err(Rejected::NotActive));
}

#[test]
fn every_wish_for_a_frame_is_told_once() {
    let (mut world, _, _) = watching(&Setup::default());
    world.run_for(Duration::from_secs(1));
    let wanted = |world: &World| {
        world.host_events.iter().filter(|event| matches!(event, HostEvent::FrameWanted { .. })).count()
    };
    assert_eq!(wanted(&world), 1);
    world.host.send_frame(world.now, &solid(&world, 0, 0, Rect::new(0, 0, 8, 6))).unwrap();
    world.settle();
    assert_eq!(wanted(&world), 2, "the next one is wanted once this one is taken");
    world.run_for(Duration::from_secs(1));
    assert_eq!(wanted(&world), 2);
}

// spec: SE-34
#[test]
fn a_codec_is_used_only_for_a_viewer_that_has_named_it() {
    let codecs = |world: &World| {
        let last = world.host_events.iter().rev().find_map(|event| match event {
            HostEvent::FrameWanted { pace, .. } => Some(*pace),
            _ => None,
        });
        last.unwrap().codecs
    };
    let video = |world: &World, sequence: u32| {
        let (codec, rect) = (VideoCodec::Av1, Rect::new(0, 0, 8, 6));
        let op = RegionOp::Video { stream: 0, rect, codec, key: true, data: &[1, 2, 3] };
        FrameUpdate { ops: vec![op], ..solid(world, 0, sequence, rect) }
    };
    let all = Rect::new(0, 0, 8, 6);
    let (mut world, _, _) = watching(&Setup::default());
    world.run_for(Duration::from_secs(1));
    assert_eq!(codecs(&world), VideoCodecs::NONE);
    assert_eq!(world.host.send_frame(world.now, &video(&world, 0)), Err(Rejected::Invalid));
    world.host.send_frame(world.now, &solid(&world, 0, 0, all)).unwrap();
    world.viewer.set_video_codecs(world.now, VideoCodecs::AV1);
    world.run_for(Duration::from_secs(1));
    let next = solid(&world, 0, 1, all);
    world.host.send_frame(world.now, &next).unwrap();
    world.run_for(Duration::from_secs(1));
    // The wish for what comes after the frames that are shown.
    for sequence in [0, 1] {
        world.viewer.frame_done(world.now, ONE, next.epoch, sequence);
    }
    world.run_for(Duration::from_secs(1));
    assert_eq!(codecs(&world), VideoCodecs::AV1);
    assert_eq!(world.host.send_frame(world.now, &video(&world, 2)), Ok(()));
}

#[test]
fn a_wish_stands_until_its_frame_came() {
    let (mut world, _, _) = watching(&Setup::default());
    let all = Rect::new(0, 0, 8, 6);
    world.run_for(Duration::from_secs(1));
    world.host.send_frame(world.now, &solid(&world, 0, 0, all)).unwrap();
    world.settle();
    assert!(world.host.wants_frame(ONE), "frame 1 was wished for, with frame 0 under way");
    world.host.set_send_budget(world.now, 0, Duration::from_millis(20), 1_000);
    assert!(world.host.wants_frame(ONE), "a wish is not taken back");
    assert_eq!(world.host.send_frame(world.now, &solid(&world, 0, 1, all)), Ok(()));
    world.settle();
    assert!(!world.host.wants_frame(ONE), "but there is no other");
    assert_eq!(world.host.send_frame(world.now, &solid(&world, 0, 2, all)), Err(Rejected::NotNow));
}

#[test]
fn a_frame_waits_for_a_blocked_channel() {
    let (mut world, mut host, mut viewer) =
        watching(&Setup { capacity: 3_000, latency: Duration::from_millis(50), ..Setup::default() });
    host.padding = 5_000;
    let mut rng = Seed::new([9; 32]).public();
    let mut refused = 0;
    for _ in 0..100 {
        host.draw(ONE, &mut rng);
        world.settle();
        host.work(&mut world);
        world.settle();
        refused += u32::from(!world.host.wants_frame(ONE));
        assert!(world.host.stats().queued_bytes < 100_000);
        play(&mut world, &mut host, &mut viewer, 1);
    }
    assert!(refused > 50, "{refused}");
    play(&mut world, &mut host, &mut viewer, 100);
    assert_eq!(viewer.pictures[&ONE], host.sources[&ONE].picture);
}

#[test]
fn a_budget_and_a_bandwidth_hold_frames_back() {
    let (mut world, mut host, mut viewer) = watching(&Setup::default());
    play(&mut world, &mut host, &mut viewer, 100);
    // 1,000 bytes a second: the next frame may go, then comes a pause.
    world.host.set_send_budget(world.now, 1_000_000, Duration::from_millis(20), 1_000);
    let mut rng = Seed::new([9; 32]).public();
    let before = host.sources[&ONE].frames;
    for _ in 0..200 {
        host.draw(ONE, &mut rng);
        play(&mut world, &mut host, &mut viewer, 1);
    }
    let paced = host.sources[&ONE].frames - before;
    assert!((1..10).contains(&paced), "{paced}");
    // No budget and a frame under way: wait. Nothing under way: one frame goes, or a stale budget would stop all.
    world.host.set_send_budget(world.now, 0, Duration::from_millis(20), 0);
    play(&mut world, &mut host, &mut viewer, 400);
    assert!(world.host.wants_frame(ONE));
    host.draw(ONE, &mut rng);
    host.work(&mut world);
    world.drain();
    assert!(!world.host.wants_frame(ONE));
    play(&mut world, &mut host, &mut viewer, 20);
    assert_eq!(viewer.pictures[&ONE], host.sources[&ONE].picture);
}

// spec: SE-15, SE-18
#[test]
fn a_resync_starts_over_with_a_full_frame() {
    let (mut world, mut host, mut viewer) = watching(&Setup::default());
    play(&mut world, &mut host, &mut viewer, 100);
    let other = SessionMsg::Resync { display: ONE, epoch: Epoch(7) };
    world.inject(Role::Host, ChannelKind::Control, &framed(&other));
    play(&mut world, &mut host, &mut viewer, 100);
    assert_eq!(host.sources[&ONE].full_frames, 1, "that run is not the present one");
    let mut rng = Seed::new([9; 32]).public();
    for round in 2..5 {
        host.draw(ONE, &mut rng);
        world.viewer.request_resync(world.now, ONE);
        viewer.pictures.clear();
        play(&mut world, &mut host, &mut viewer, 100);
        assert_eq!(viewer.pictures[&ONE], host.sources[&ONE].picture);
        assert_eq!(host.sources[&ONE].full_frames, round);
    }
}

#[test]
fn a_cut_video_channel_starts_over_too() {
    let (mut world, mut host, mut viewer) = watching(&Setup::default());
    play(&mut world, &mut host, &mut viewer, 100);
    let link = world.written(Role::Host, ChannelKind::Video);
    world.input(Role::Host, Input::Closed { link, reason: CloseReason::Reset });
    host.draw(ONE, &mut Seed::new([9; 32]).public());
    play(&mut world, &mut host, &mut viewer, 100);
    assert_eq!(host.sources[&ONE].full_frames, 2);
    assert_eq!(viewer.pictures[&ONE], host.sources[&ONE].picture);
}

#[test]
fn resyncs_cannot_be_asked_for_faster_than_the_limit() {
    let (mut world, mut host, mut viewer) = watching(&Setup::default());
    play(&mut world, &mut host, &mut viewer, 100);
    for _ in 0..200 {
        world.viewer.request_resync(world.now, ONE);
        play(&mut world, &mut host, &mut viewer, 1);
    }
    // One second passed.
    assert!(host.sources[&ONE].full_frames <= 7, "{}", host.sources[&ONE].full_frames);
    play(&mut world, &mut host, &mut viewer, 100);
    assert_eq!(viewer.pictures[&ONE], host.sources[&ONE].picture);
}

#[test]
fn a_viewer_that_shows_nothing_gets_few_frames_and_then_a_new_run() {
    let (mut world, mut host, mut viewer) = watching(&Setup::default());
    let mut rng = Seed::new([9; 32]).public();
    for _ in 0..400 {
        host.draw(ONE, &mut rng);
        host.work(&mut world);
        world.run_for(Duration::from_millis(10));
        viewer.collect(&mut world);
    }
    assert_eq!(viewer.most_unshown, 2);
    for _ in 0..400 {
        host.draw(ONE, &mut rng);
        host.work(&mut world);
        world.run_for(Duration::from_millis(10));
        viewer.collect(&mut world);
    }
    assert_eq!(world.host.stats().resyncs, 1, "after five seconds");
    assert_eq!(viewer.most_unshown, 4);
    play(&mut world, &mut host, &mut viewer, 100);
    assert_eq!(viewer.pictures[&ONE], host.sources[&ONE].picture);
}

#[test]
fn a_network_that_stalls_catches_up_with_the_latest_picture() {
    let (mut world, mut host, mut viewer) = watching(&Setup::default());
    play(&mut world, &mut host, &mut viewer, 100);
    let mut rng = Seed::new([9; 32]).public();
    world.hold(Role::Host, true);
    for _ in 0..400 {
        host.draw(ONE, &mut rng);
        play(&mut world, &mut host, &mut viewer, 2);
    }
    assert!(host.sources[&ONE].frames < 10, "nothing old is made while nothing moves");
    world.hold(Role::Host, false);
    play(&mut world, &mut host, &mut viewer, 100);
    assert_eq!(viewer.pictures[&ONE], host.sources[&ONE].picture);
}

// spec: SE-10, SE-11
#[test]
fn displays_come_change_and_go() {
    let (mut world, mut host, mut viewer) = watching(&Setup::default());
    let mut rng = Seed::new([9; 32]).public();
    world.viewer.watch(world.now, &[ONE, TWO]);
    let mut check = |world: &mut World, host: &mut HostShell, displays: Vec<(u32, u32, u32)>| {
        host.set_displays(world, displays.iter().map(|(id, w, h)| display(*id, *w, *h)).collect());
        for _ in 0..30 {
            displays.iter().for_each(|(id, ..)| host.draw(DisplayId(*id), &mut rng));
            play(world, host, &mut viewer, 2);
        }
        play(world, host, &mut viewer, 50);
        for (id, source) in &host.sources {
            assert_eq!(viewer.pictures.get(id), Some(&source.picture), "{displays:?}");
        }
    };
    check(&mut world, &mut host, vec![(1, 8, 6), (2, 5, 5)]);
    check(&mut world, &mut host, vec![(1, 6, 8), (2, 5, 5)]);
    check(&mut world, &mut host, vec![(2, 5, 5)]);
    check(&mut world, &mut host, vec![(2, 5, 5), (1, 3, 3)]);
    world.viewer.watch(world.now, &[TWO]);
    world.run_for(Duration::from_millis(200));
    assert!(!world.host.wants_frame(ONE) && world.host.wants_frame(TWO));
}

#[test]
fn a_viewer_stops_reading_when_too_much_is_not_shown() {
    let limits = Limits { unshown_bytes: 50_000, ..Limits::default() };
    let (mut world, mut host, mut viewer) = watching(&Setup { limits, ..Setup::default() });
    host.padding = 60_000;
    let mut rng = Seed::new([9; 32]).public();
    for _ in 0..100 {
        host.draw(ONE, &mut rng);
        host.work(&mut world);
        world.run_for(Duration::from_millis(10));
        viewer.collect(&mut world);
    }
    assert_eq!(viewer.most_unshown, 1, "the second one stays in the transport");
    play(&mut world, &mut host, &mut viewer, 100);
    assert_eq!(viewer.pictures[&ONE], host.sources[&ONE].picture);
}
