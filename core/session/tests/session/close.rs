//! How sessions end.

use std::time::Duration;

use deskwire_machine::{CloseReason, Input, Machine};
use deskwire_session::{Ended, HostEvent, Rejected, ViewerEvent};
use deskwire_wire::ids::{DisplayId, Role};
use deskwire_wire::screen::{InputEvent, Keysym};

use crate::harness::{Setup, World, display};

fn key(pressed: bool) -> InputEvent {
    InputEvent::Key { key: Keysym(97), pressed }
}

fn busy() -> World {
    let mut world = World::logged_in(&Setup::default());
    world.host.set_displays(world.now, vec![display(1, 8, 6)]);
    world.viewer.watch(world.now, &[DisplayId(1)]);
    world.viewer.enable_clipboard(world.now, true).unwrap();
    world.viewer.send_input(world.now, &[key(true)]).unwrap();
    world.run_for(Duration::from_millis(200));
    world.host_events.clear();
    world.viewer_events.clear();
    world
}

// spec: SE-9
#[test]
fn both_learn_why_and_held_keys_are_released() {
    let mut world = busy();
    world.viewer.close(world.now, "going home");
    world.run_for(Duration::from_secs(1));
    let reason = Ended::Asked { reason: "going home".into() };
    assert_eq!(world.take_viewer_events(), [ViewerEvent::Closed { reason }]);
    let reason = Ended::ByPeer { reason: "going home".into() };
    assert_eq!(world.take_host_events(), [HostEvent::Input(vec![key(false)]), HostEvent::Closed { reason }]);
    assert_eq!(world.viewer.send_input(world.now, &[key(true)]), Err(Rejected::NotActive));
    assert_eq!(world.host.send_path_message(world.now, vec![1]), Err(Rejected::NotActive));
    assert_eq!(world.host.poll_timeout(), None);
    assert_eq!(world.viewer.poll_timeout(), None);
}

#[test]
fn the_host_can_end_it_too() {
    let mut world = busy();
    world.host.close(world.now, &"ß".repeat(300));
    world.run_for(Duration::from_secs(1));
    let events = world.take_viewer_events();
    let [ViewerEvent::Closed { reason: Ended::ByPeer { reason } }] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!(*reason, "ß".repeat(128));
    world.host.close(world.now, "again");
    world.settle();
    let closed = world.host_events.iter().filter(|event| matches!(event, HostEvent::Closed { .. }));
    assert_eq!(closed.count(), 1);
}

// spec: SE-32
#[test]
fn t16_silence_ends_it_and_releases_keys() {
    let mut world = busy();
    world.hold(Role::Viewer, true);
    world.hold(Role::Host, true);
    world.run_for(Duration::from_secs(28));
    assert_eq!(world.take_host_events().len() + world.take_viewer_events().len(), 0);
    world.run_for(Duration::from_secs(4));
    assert_eq!(
        world.take_host_events(),
        [HostEvent::Input(vec![key(false)]), HostEvent::Closed { reason: Ended::Silent }]
    );
    assert_eq!(world.take_viewer_events(), [ViewerEvent::Closed { reason: Ended::Silent }]);
}

// spec: SE-33
#[test]
fn a_lost_control_channel_ends_it() {
    let mut world = busy();
    let control = world.control(Role::Host);
    world.input(Role::Host, Input::Closed { link: control, reason: CloseReason::Reset });
    world.drain();
    assert_eq!(
        world.take_host_events(),
        [HostEvent::Input(vec![key(false)]), HostEvent::Closed { reason: Ended::Lost(CloseReason::Reset) }]
    );
}

#[test]
fn t47_reasons_are_words() {
    for reason in [
        Ended::Asked { reason: String::new() },
        Ended::Asked { reason: "x".into() },
        Ended::ByPeer { reason: String::new() },
        Ended::LoginTimedOut,
        Ended::TooManyTries,
        Ended::NotProven,
        Ended::Misbehaved("it sent rubbish"),
        Ended::NotReading,
        Ended::Silent,
        Ended::Lost(CloseReason::TimedOut),
    ] {
        let words = reason.to_string();
        assert!(words.len() > 10 && !words.ends_with('.'), "{words}");
    }
    // Escape sequences, line ends, and marks that turn the direction of what follows.
    let hostile =
        Ended::ByPeer { reason: "\u{1b}[2J\n\r\u{9b}1m\u{202e}\u{2066}\u{200b}\0".into() }.to_string();
    assert!(hostile.chars().all(|c| c.is_ascii_graphic() || c == ' '), "{hostile}");
}
