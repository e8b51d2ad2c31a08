//! Permissions: every message against every set of scopes, and revocation.

use std::time::Duration;

use deskwire_session::table::{Phase, Sender, Verdict, judge, row, scope_from};
use deskwire_session::{Ended, HostEvent, Rejected, ViewerEvent};
use deskwire_wire::ids::{DisplayId, Epoch, Private, Role};
use deskwire_wire::picture::Point;
use deskwire_wire::screen::{Button, CursorPosition, CursorShape, InputEvent, Keysym};
use deskwire_wire::session::{
    ChannelHeader, ChannelKind, LoginMethod, LoginRefusal, Scope, Scopes, SessionMsg, Statistics, VideoCodecs,
};

use deskwire_wire::sound::SoundWish;

use crate::harness::{Setup, World, display, framed};

const ONE: DisplayId = DisplayId(1);

fn key(n: u32, pressed: bool) -> InputEvent {
    InputEvent::Key { key: Keysym(n), pressed }
}

/// One of every message. The match keeps it whole: a new variant does not compile until it is sampled.
fn samples() -> Vec<SessionMsg> {
    let position = CursorPosition { display: ONE, at: Point { x: 1, y: 1 }, visible: true };
    let shape = CursorShape { width: 1, height: 1, hot_spot: (0, 0), rgba: vec![0; 4] };
    let all = vec![
        SessionMsg::LoginMethods { methods: vec![LoginMethod::OneTimeCode], password: None },
        SessionMsg::LoginStart { method: LoginMethod::OneTimeCode, share: Some([1; 32]) },
        SessionMsg::LoginShare { share: [1; 32] },
        SessionMsg::LoginConfirm { tag: [1; 32] },
        SessionMsg::LoginSecondFactorWanted { tag: Some([1; 32]) },
        SessionMsg::LoginSecondFactor { code: Private("123456".into()), trust: true },
        SessionMsg::LoginAccepted { tag: Some([1; 32]), granted: Scopes::ALL },
        SessionMsg::LoginRefused { why: LoginRefusal::Locked, retry_after_s: None },
        SessionMsg::Permissions(Scopes::ALL),
        SessionMsg::Displays(vec![display(1, 8, 6)]),
        SessionMsg::Watch(vec![ONE]),
        SessionMsg::VideoCodecs(VideoCodecs::AV1),
        SessionMsg::Recording(true),
        SessionMsg::Sound(Some(SoundWish::with_copies(1))),
        SessionMsg::Voice(Some(SoundWish::with_copies(1))),
        SessionMsg::Resync { display: ONE, epoch: Epoch(0) },
        SessionMsg::FrameDone { display: ONE, epoch: Epoch(0), sequence: 0, latency_us: 1 },
        SessionMsg::Ping { sent_us: 1 },
        SessionMsg::Pong { sent_us: 1, clock_us: 1 },
        SessionMsg::Statistics(Statistics::default()),
        SessionMsg::Path(vec![1]),
        SessionMsg::Goodbye { reason: "bye".into() },
        SessionMsg::Input(vec![key(1, true)]),
        SessionMsg::CursorShape { id: 1, shape },
        SessionMsg::CursorCached { id: 1 },
        SessionMsg::CursorPosition(position),
        SessionMsg::Clipboard("text".into()),
    ];
    for message in &all {
        match message {
            SessionMsg::LoginMethods { .. }
            | SessionMsg::LoginStart { .. }
            | SessionMsg::LoginShare { .. }
            | SessionMsg::LoginConfirm { .. }
            | SessionMsg::LoginSecondFactorWanted { .. }
            | SessionMsg::LoginSecondFactor { .. }
            | SessionMsg::LoginAccepted { .. }
            | SessionMsg::LoginRefused { .. }
            | SessionMsg::Permissions(_)
            | SessionMsg::Displays(_)
            | SessionMsg::Watch(_)
            | SessionMsg::VideoCodecs(_)
            | SessionMsg::Recording(_)
            | SessionMsg::Sound(_)
            | SessionMsg::Voice(_)
            | SessionMsg::Resync { .. }
            | SessionMsg::FrameDone { .. }
            | SessionMsg::Ping { .. }
            | SessionMsg::Pong { .. }
            | SessionMsg::Statistics(_)
            | SessionMsg::Path(_)
            | SessionMsg::Goodbye { .. }
            | SessionMsg::Input(_)
            | SessionMsg::CursorShape { .. }
            | SessionMsg::CursorCached { .. }
            | SessionMsg::CursorPosition(_)
            | SessionMsg::Clipboard(_)
            | SessionMsg::Unknown(_) => {}
        }
    }
    all
}

fn every_set() -> impl Iterator<Item = Scopes> {
    let singles = Scope::ALL.into_iter().map(|scope| Scopes::NONE.with(scope));
    let all_but_one = Scope::ALL.into_iter().map(|scope| Scopes::ALL.without(scope));
    // All of those that most messages need, and each of all by itself.
    (0..32).map(Scopes::from_bits).chain(singles).chain(all_but_one)
}

/// A host with a logged-in viewer, one frame shown as far as permissions allow, and a clipboard channel.
fn prepared(granted: Scopes) -> World {
    let mut world = World::logged_in(&Setup { granted, ..Setup::default() });
    world.host.set_displays(world.now, vec![display(1, 8, 6)]);
    world.viewer.enable_clipboard(world.now, true).unwrap();
    world.run_for(Duration::from_millis(100));
    world.inject(Role::Host, ChannelKind::Control, &framed(&SessionMsg::Ping { sent_us: 0 }));
    world.run_for(Duration::from_secs(1));
    world.host_events.clear();
    world.bytes.clear();
    world
}

/// The host acts upon a message of the viewer exactly when the table says so.
// spec: SE-4, SE-6
#[test]
fn t13_the_host_acts_only_as_the_table_says() {
    for granted in every_set() {
        for message in samples() {
            let row = row(&message);
            let channel = row.channel.unwrap();
            let mut world = prepared(granted);
            let denied = world.host.stats().not_permitted;
            world.inject(Role::Host, channel, &framed(&message));
            let closed = world.host_events.iter().any(|event| matches!(event, HostEvent::Closed { .. }));
            let misbehaved = world
                .host_events
                .iter()
                .any(|event| matches!(event, HostEvent::Closed { reason: Ended::Misbehaved(_) }));
            if row.sender == Sender::Host || row.phase == Phase::Login {
                assert!(misbehaved, "{message:?}");
                continue;
            }
            let allowed = scope_from(Role::Viewer, &message).is_none_or(|scope| granted.has(scope));
            assert_eq!(closed, matches!(message, SessionMsg::Goodbye { .. }), "{message:?}");
            assert_eq!(world.host.stats().not_permitted - denied, u64::from(!allowed), "{message:?}");
            let acted = !world.host_events.is_empty() || world.bytes.contains_key(&true);
            // These change nothing that can be seen here: nothing was sent, no ping is under way, no frame is wanted.
            let silent = matches!(
                message,
                SessionMsg::Resync { .. }
                    | SessionMsg::FrameDone { .. }
                    | SessionMsg::Pong { .. }
                    | SessionMsg::VideoCodecs(_)
            );
            assert_eq!(acted, allowed && !silent, "{message:?} with {granted:?}: {:?}", world.host_events);
        }
    }
}

// spec: SE-4
#[test]
fn a_message_on_another_channel_ends_the_session() {
    for message in samples() {
        for channel in [ChannelKind::Control, ChannelKind::Input, ChannelKind::Clipboard] {
            if row(&message).channel == Some(channel) {
                continue;
            }
            let mut world = prepared(Scopes::ALL);
            world.inject(Role::Host, channel, &framed(&message));
            assert!(
                matches!(world.host_events.last(), Some(HostEvent::Closed { reason: Ended::Misbehaved(_) })),
                "{message:?} on {channel:?}"
            );
        }
    }
}

// spec: SE-3, SE-4
#[test]
fn t14_strangers_may_only_log_in() {
    for message in samples() {
        let mut world = World::new(&Setup::default());
        world.run_for(Duration::from_secs(1));
        world.host_events.clear();
        world.inject(Role::Host, ChannelKind::Control, &framed(&message));
        let expected = match message {
            SessionMsg::LoginStart { .. } => {
                matches!(&world.host_events[..], [HostEvent::ChargeAttempt { .. }])
            }
            SessionMsg::Goodbye { .. } => {
                matches!(&world.host_events[..], [HostEvent::Closed { reason: Ended::ByPeer { .. } }])
            }
            _ => {
                matches!(&world.host_events[..], [HostEvent::Closed { reason: Ended::Misbehaved(_) }])
            }
        };
        assert!(expected, "{message:?}: {:?}", world.host_events);
    }
    // Nor may they open other channels.
    for header in [ChannelHeader::Input, ChannelHeader::Clipboard, ChannelHeader::Cursor] {
        let mut world = World::new(&Setup::default());
        world.run_for(Duration::from_secs(1));
        world.inject(Role::Host, header.kind(), &header.to_bytes());
        assert!(matches!(world.host_events.last(), Some(HostEvent::Closed { reason: Ended::Misbehaved(_) })));
    }
}

// spec: CV-12
#[test]
fn the_table_knows_directions() {
    let text = SessionMsg::Clipboard("x".into());
    let verdict = |sender, granted| judge(&text, sender, ChannelKind::Clipboard, true, granted);
    let only_in = Scopes::NONE.with(Scope::ClipboardIn);
    assert_eq!(verdict(Role::Viewer, only_in), Verdict::Act);
    assert_eq!(verdict(Role::Host, only_in), Verdict::Drop);
    assert_eq!(verdict(Role::Viewer, Scopes::NONE), Verdict::Drop);
    let unknown = SessionMsg::Unknown(99);
    for channel in [ChannelKind::Control, ChannelKind::Input, ChannelKind::Cursor, ChannelKind::Clipboard] {
        assert_eq!(judge(&unknown, Role::Viewer, channel, false, Scopes::NONE), Verdict::Act);
    }
}

// spec: SE-7, SE-9
#[test]
fn t15_revoking_input_takes_effect_before_the_next_message_and_releases_what_is_held() {
    let mut world = prepared(Scopes::ALL);
    let press = framed(&SessionMsg::Input(vec![
        key(1, true),
        InputEvent::Button { button: Button::Left, pressed: true },
    ]));
    world.inject(Role::Host, ChannelKind::Input, &press);
    world.host_events.clear();
    world.host.set_permissions(world.now, Scopes::ALL.without(Scope::Input));
    world.inject(Role::Host, ChannelKind::Input, &press);
    assert_eq!(
        world.host_events,
        [HostEvent::Input(vec![InputEvent::Button { button: Button::Left, pressed: false }, key(1, false)])]
    );
    world.run_for(Duration::from_millis(100));
    assert!(world.viewer_events.contains(&ViewerEvent::Permissions(Scopes::ALL.without(Scope::Input))));
    assert_eq!(world.viewer.send_input(world.now, &[key(1, true)]), Err(Rejected::NotPermitted));
    world.host.set_permissions(world.now, Scopes::ALL);
    world.run_for(Duration::from_millis(100));
    assert_eq!(world.viewer.send_input(world.now, &[key(1, true)]), Ok(()));
    world.run_for(Duration::from_millis(100));
    assert_eq!(world.host_events.last(), Some(&HostEvent::Input(vec![key(1, true)])));
}

// spec: SE-8
#[test]
fn t15_revoking_view_stops_video_and_pointer_at_once_and_granting_it_resumes() {
    let mut world = prepared(Scopes::ALL);
    world.viewer.watch(world.now, &[ONE]);
    world.run_for(Duration::from_millis(100));
    assert!(world.host.wants_frame(ONE));
    world.host.set_permissions(world.now, Scopes::NONE);
    assert!(!world.host.wants_frame(ONE));
    world.drain();
    world.bytes.clear();
    let position = |x| CursorPosition { display: ONE, at: Point { x, y: 0 }, visible: true };
    world.host.set_cursor_position(world.now, position(3));
    world.host.set_displays(world.now, vec![display(1, 8, 6), display(2, 3, 3)]);
    world.drain();
    assert_eq!(world.bytes.get(&true), None, "nothing of the screen leaves the host");
    world.viewer_events.clear();
    world.host.set_permissions(world.now, Scopes::NONE.with(Scope::View));
    world.run_for(Duration::from_millis(100));
    assert!(world.host.wants_frame(ONE));
    assert!(world.viewer_events.contains(&ViewerEvent::CursorPosition(position(3))));
    assert!(world.viewer_events.contains(&ViewerEvent::Displays(vec![display(1, 8, 6), display(2, 3, 3)])));
}

#[test]
fn t41_the_clipboard_has_a_switch_for_each_direction() {
    let mut world = prepared(Scopes::NONE.with(Scope::ClipboardIn));
    assert_eq!(world.host.send_clipboard(world.now, "out".into()), Err(Rejected::NotPermitted));
    assert_eq!(world.viewer.send_clipboard(world.now, "in".into()), Ok(()));
    world.run_for(Duration::from_millis(100));
    assert_eq!(world.take_host_events(), [HostEvent::Clipboard("in".into())]);
    world.host.set_permissions(world.now, Scopes::NONE.with(Scope::ClipboardOut));
    world.viewer.send_clipboard(world.now, "late".into()).unwrap();
    assert_eq!(world.host.send_clipboard(world.now, "out".into()), Ok(()));
    world.run_for(Duration::from_millis(100));
    assert_eq!(world.take_host_events(), [], "it was sent before the viewer knew, and dropped");
    assert!(world.viewer_events.contains(&ViewerEvent::Clipboard("out".into())));
    assert_eq!(world.viewer.send_clipboard(world.now, "in".into()), Err(Rejected::NotPermitted));
}
