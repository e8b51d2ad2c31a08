//! Input, pointer, clipboard, figures and messages about paths.

use std::time::Duration;

use deskwire_session::{HostEvent, Limits, Rejected, ViewerEvent};
use deskwire_wire::ids::{DisplayId, Role};
use deskwire_wire::picture::Point;
use deskwire_wire::screen::{CursorPosition, CursorShape, InputEvent, Keysym};
use deskwire_wire::session::{MAX_CLIPBOARD, MAX_PATH_MESSAGE};

use crate::harness::{Setup, World, display};

const ONE: DisplayId = DisplayId(1);

fn shared(setup: &Setup) -> World {
    let mut world = World::logged_in(setup);
    world.host.set_displays(world.now, vec![display(1, 800, 600)]);
    world.viewer.watch(world.now, &[ONE]);
    world.run_for(Duration::from_millis(200));
    world.host_events.clear();
    world.viewer_events.clear();
    world
}

fn key(n: u32, pressed: bool) -> InputEvent {
    InputEvent::Key { key: Keysym(n), pressed }
}

fn moved(display: u32, x: i32, y: i32) -> InputEvent {
    InputEvent::PointerMove { display: DisplayId(display), at: Point { x, y } }
}

// spec: SE-23, SE-24
#[test]
fn input_arrives_in_order_in_one_message_and_within_the_display() {
    let mut world = shared(&Setup::default());
    world.viewer.send_input(world.now, &[moved(1, 5, 5), key(97, true)]).unwrap();
    world.viewer.send_input(world.now, &[key(97, false), moved(1, -5, 900)]).unwrap();
    world.viewer.send_input(world.now, &[InputEvent::Text("hé".into()), moved(7, 1, 1)]).unwrap();
    world.run_for(Duration::from_millis(100));
    assert_eq!(
        world.take_host_events(),
        [HostEvent::Input(vec![
            moved(1, 5, 5),
            key(97, true),
            key(97, false),
            moved(1, 0, 599),
            InputEvent::Text("hé".into()),
        ])],
        "a point is pulled into its display, and display 7 does not exist"
    );
    assert_eq!(world.host.stats().input_dropped, 1);
    let long = InputEvent::Text("x".repeat(4_097));
    assert_eq!(world.viewer.send_input(world.now, &[long]), Err(Rejected::Invalid));
}

#[test]
fn t16_too_much_input_is_dropped_but_nothing_stays_pressed() {
    let limits = Limits { input_rate: 100, input_burst: 100, ..Limits::default() };
    let mut world = shared(&Setup { limits, ..Setup::default() });
    for n in 0..300 {
        world.viewer.send_input(world.now, &[key(n % 5, true), key(n % 5, false)]).unwrap();
    }
    world.run_for(Duration::from_millis(100));
    let mut held = Vec::new();
    let mut events = 0;
    for event in world.take_host_events() {
        let HostEvent::Input(batch) = event else { continue };
        for event in batch {
            events += 1;
            match event {
                InputEvent::Key { key, pressed: true } => held.push(key),
                InputEvent::Key { key, pressed: false } => held.retain(|held| *held != key),
                other => panic!("{other:?}"),
            }
        }
    }
    assert_eq!(held, []);
    assert!((150..=250).contains(&events), "{events}");
}

#[test]
fn while_the_channel_is_blocked_only_the_last_position_waits() {
    let mut world = shared(&Setup { capacity: 200, ..Setup::default() });
    world.hold(Role::Viewer, true);
    for x in 0..1_000 {
        world.viewer.send_input(world.now, &[moved(1, x % 800, 1)]).unwrap();
        world.run_for(Duration::from_millis(1));
    }
    assert!(world.viewer.stats().queued_bytes < 1_000);
    world.hold(Role::Viewer, false);
    world.run_for(Duration::from_secs(1));
    let batches: Vec<_> = world
        .take_host_events()
        .into_iter()
        .filter_map(|event| match event {
            HostEvent::Input(events) => Some(events),
            _ => None,
        })
        .collect();
    assert!(batches.len() < 20, "{}", batches.len());
    assert_eq!(batches.last().unwrap(), &[moved(1, 199, 1)]);
}

#[test]
fn pointer_pictures_travel_once_and_positions_only_the_latest() {
    let mut world = shared(&Setup::default());
    let shape = |n: u8| CursorShape { width: 16, height: 16, hot_spot: (1, 2), rgba: vec![n; 16 * 16 * 4] };
    let position = |x| CursorPosition { display: ONE, at: Point { x, y: 0 }, visible: true };
    let mut first_round = 0;
    for round in 0..2 {
        world.bytes.clear();
        for n in 0..3 {
            world.host.set_cursor_shape(world.now, shape(n)).unwrap();
            world.run_for(Duration::from_millis(100));
        }
        let sent = world.bytes[&true];
        if round == 0 {
            first_round = sent;
        } else {
            assert!(sent + 20 < first_round, "{sent} of {first_round}");
        }
    }
    let shapes: Vec<_> = world
        .take_viewer_events()
        .into_iter()
        .filter_map(|event| match event {
            ViewerEvent::CursorShape(shape) => Some(shape.rgba[0]),
            _ => None,
        })
        .collect();
    assert_eq!(shapes, [0, 1, 2, 0, 1, 2]);
    for x in 0..50 {
        world.host.set_cursor_position(world.now, position(x));
    }
    world.run_for(Duration::from_millis(100));
    let positions: Vec<_> = world
        .take_viewer_events()
        .into_iter()
        .filter(|event| matches!(event, ViewerEvent::CursorPosition(_)))
        .collect();
    assert!(positions.len() <= 2, "the first may be queued before the others overtake each other");
    assert_eq!(positions.last(), Some(&ViewerEvent::CursorPosition(position(49))));
    let huge = CursorShape { width: 257, height: 1, hot_spot: (0, 0), rgba: vec![0; 257 * 4] };
    assert_eq!(world.host.set_cursor_shape(world.now, huge), Err(Rejected::Invalid));
}

// spec: SE-29, SE-30
#[test]
fn the_clipboard_is_shared_once_enabled_and_does_not_echo() {
    let mut world = shared(&Setup::default());
    assert_eq!(world.viewer.send_clipboard(world.now, "no".into()), Err(Rejected::NotEnabled));
    assert_eq!(world.host.send_clipboard(world.now, "no".into()), Err(Rejected::NotEnabled));
    world.viewer.enable_clipboard(world.now, true).unwrap();
    world.run_for(Duration::from_millis(100));
    world.viewer.send_clipboard(world.now, "from viewer".into()).unwrap();
    world.run_for(Duration::from_millis(100));
    assert_eq!(world.take_host_events(), [HostEvent::Clipboard("from viewer".into())]);
    // The system reports what was just put there.
    world.host.send_clipboard(world.now, "from viewer".into()).unwrap();
    world.run_for(Duration::from_millis(100));
    assert!(!world.viewer_events.iter().any(|event| matches!(event, ViewerEvent::Clipboard(_))));
    let large = "é".repeat(MAX_CLIPBOARD / 2);
    world.host.send_clipboard(world.now, large.clone()).unwrap();
    world.run_for(Duration::from_secs(2));
    assert_eq!(world.viewer_events.last(), Some(&ViewerEvent::Clipboard(large)));
    let huge = "x".repeat(MAX_CLIPBOARD + 1);
    assert_eq!(world.host.send_clipboard(world.now, huge), Err(Rejected::Invalid));
    world.viewer.enable_clipboard(world.now, false).unwrap();
    world.run_for(Duration::from_millis(100));
    assert_eq!(world.host.send_clipboard(world.now, "no".into()), Err(Rejected::NotEnabled));
}

#[test]
fn only_the_latest_clipboard_text_waits() {
    let mut world = shared(&Setup { capacity: 100, ..Setup::default() });
    world.viewer.enable_clipboard(world.now, true).unwrap();
    world.run_for(Duration::from_millis(100));
    world.hold(Role::Host, true);
    for n in 0..50 {
        world.host.send_clipboard(world.now, format!("{n} {}", "x".repeat(1_000))).unwrap();
        world.drain();
    }
    assert!(world.host.stats().queued_bytes < 3_000);
    world.hold(Role::Host, false);
    world.run_for(Duration::from_secs(1));
    let texts: Vec<_> = world
        .take_viewer_events()
        .into_iter()
        .filter_map(|event| match event {
            ViewerEvent::Clipboard(text) => Some(text[..2].to_owned()),
            _ => None,
        })
        .collect();
    assert_eq!(texts, ["0 ", "49"]);
}

#[test]
fn path_messages_are_carried_both_ways() {
    let mut world = shared(&Setup::default());
    world.viewer.send_path_message(world.now, vec![1, 2]).unwrap();
    world.host.send_path_message(world.now, vec![3; MAX_PATH_MESSAGE]).unwrap();
    let long = vec![0; MAX_PATH_MESSAGE + 1];
    assert_eq!(world.viewer.send_path_message(world.now, long.clone()), Err(Rejected::Invalid));
    assert_eq!(world.host.send_path_message(world.now, long), Err(Rejected::Invalid));
    world.run_for(Duration::from_millis(100));
    assert_eq!(world.take_host_events(), [HostEvent::PathMessage(vec![1, 2])]);
    assert_eq!(world.take_viewer_events(), [ViewerEvent::PathMessage(vec![3; MAX_PATH_MESSAGE])]);
}

// spec: SE-31
#[test]
fn both_know_the_round_trip() {
    let mut world = shared(&Setup { latency: Duration::from_millis(30), ..Setup::default() });
    world.run_for(Duration::from_secs(3));
    for rtt in [world.host.stats().rtt_us, world.viewer.stats().rtt_us] {
        assert!((60_000..=91_000).contains(&rtt), "{rtt}");
    }
}

/// The end of a channel may come after the beginning of the one that follows it.
#[test]
fn the_clipboard_can_be_switched_quickly() {
    for seed in 0..20 {
        let mut world = shared(&Setup { seed, latency: Duration::from_millis(60), ..Setup::default() });
        for _ in 0..5 {
            world.viewer.enable_clipboard(world.now, true).unwrap();
            world.run_for(Duration::from_millis(7));
            world.viewer.enable_clipboard(world.now, false).unwrap();
        }
        world.viewer.enable_clipboard(world.now, true).unwrap();
        world.run_for(Duration::from_secs(1));
        world.host.send_clipboard(world.now, "text".into()).unwrap();
        world.run_for(Duration::from_secs(1));
        assert_eq!(world.viewer_events.last(), Some(&ViewerEvent::Clipboard("text".into())));
        assert_eq!(world.channels(), [4, 4], "control, input, cursor, clipboard");
    }
}
