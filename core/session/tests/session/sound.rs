//! Sound: who may send it when, and what travels.

use std::time::Duration;

use deskwire_machine::{Ecn, Input, LinkId};
use deskwire_session::{HostEvent, Rejected, SoundArrival, ViewerEvent};
use deskwire_wire::ids::Role;
use deskwire_wire::session::{Scope, Scopes};
use deskwire_wire::sound::{MAX_PACKET, SoundKind, SoundWish};

use crate::harness::{Setup, World};

const NO_COPIES: Option<SoundWish> = Some(SoundWish::with_copies(0));

fn world(granted: Scopes) -> World {
    World::logged_in(&Setup { granted, ..Setup::default() })
}

fn settle(world: &mut World) {
    world.run_for(Duration::from_millis(200));
}

/// What the host was told of what the viewer wants.
fn wanted(world: &mut World) -> Vec<(SoundKind, Option<SoundWish>)> {
    let told =
        |event| if let HostEvent::SoundWanted { kind, wish } = event { Some((kind, wish)) } else { None };
    world.take_host_events().into_iter().filter_map(told).collect()
}

fn heard(world: &mut World) -> Vec<SoundArrival> {
    let told = |event| if let ViewerEvent::Sound(sound) = event { Some(sound) } else { None };
    world.take_viewer_events().into_iter().filter_map(told).collect()
}

fn heard_by_host(world: &mut World) -> Vec<SoundArrival> {
    let told = |event| if let HostEvent::Sound(sound) = event { Some(sound) } else { None };
    world.take_host_events().into_iter().filter_map(told).collect()
}

fn send(world: &mut World, packet: &[u8]) -> Result<(), Rejected> {
    let at = world.now.as_micros();
    let sent = world.host.send_sound(world.now, SoundKind::Sound, at, packet);
    settle(world);
    sent
}

fn speak(world: &mut World, packet: &[u8]) -> Result<(), Rejected> {
    let at = world.now.as_micros();
    let sent = world.viewer.send_voice(world.now, at, packet);
    settle(world);
    sent
}

fn datagram(world: &mut World, reader: Role, mut data: Vec<u8>) {
    let (link, from, ecn) = (LinkId::TRANSPORT, std::net::SocketAddr::from(([0, 0, 0, 0], 0)), Ecn::NotEct);
    world.input(reader, Input::Datagram { link, from, ecn, data: &mut data });
    settle(world);
}

// spec: SE-41
#[test]
fn sound_is_sent_while_it_is_wanted_with_the_copies_that_are_wanted() {
    let mut world = world(Scopes::ALL);
    assert_eq!(send(&mut world, b"early"), Err(Rejected::NotEnabled));
    world.viewer.want_sound(world.now, SoundKind::Sound, Some(SoundWish::with_copies(2)));
    settle(&mut world);
    assert_eq!(wanted(&mut world), [(SoundKind::Sound, Some(SoundWish::with_copies(2)))]);
    let captured_at_us = world.now.as_micros();
    for packet in [b"a", b"b", b"c", b"d"] {
        send(&mut world, packet).unwrap();
    }
    assert_eq!(send(&mut world, &[0; MAX_PACKET + 1]), Err(Rejected::Invalid));
    let sounds = heard(&mut world);
    let packets: Vec<Vec<&[u8]>> =
        sounds.iter().map(|sound| sound.packets.iter().map(Vec::as_slice).collect()).collect();
    assert_eq!(packets, [vec![b"a"], vec![b"b", b"a"], vec![b"c", b"b", b"a"], vec![b"d", b"c", b"b"]]);
    assert_eq!(sounds.iter().map(|sound| sound.sequence).collect::<Vec<_>>(), [0, 1, 2, 3]);
    // The latency of this world is 10 to 15 ms, and clocks are known to within half of the difference.
    assert_eq!(sounds[0].captured_at_us, captured_at_us);
    let age = sounds[0].age_us.unwrap();
    assert!((5_000..25_000).contains(&age), "{age}");
    world.viewer.want_sound(world.now, SoundKind::Sound, None);
    settle(&mut world);
    assert_eq!(wanted(&mut world), [(SoundKind::Sound, None)]);
    assert_eq!(send(&mut world, b"late"), Err(Rejected::NotEnabled));
    assert_eq!(heard(&mut world), []);
}

// spec: SE-6, SE-7
#[test]
fn sound_ends_with_the_permission_and_comes_back_with_it() {
    let mut world = world(Scopes::ALL);
    world.viewer.want_sound(world.now, SoundKind::Sound, NO_COPIES);
    settle(&mut world);
    wanted(&mut world);
    let without = Scopes::ALL.without(Scope::Audio);
    world.host.set_permissions(world.now, without);
    assert_eq!(send(&mut world, b"x"), Err(Rejected::NotPermitted));
    assert_eq!(wanted(&mut world), [(SoundKind::Sound, None)]);
    world.host.set_permissions(world.now, Scopes::ALL);
    settle(&mut world);
    assert_eq!(wanted(&mut world), [(SoundKind::Sound, NO_COPIES)]);
    assert_eq!(send(&mut world, b"y"), Ok(()));
    // The host's microphone needs a permission of its own.
    let at = world.now.as_micros();
    world.viewer.want_sound(world.now, SoundKind::Voice, NO_COPIES);
    settle(&mut world);
    assert_eq!(world.host.send_sound(world.now, SoundKind::Voice, at, b"z"), Ok(()));
    world.host.set_permissions(world.now, Scopes::ALL.without(Scope::Voice));
    assert_eq!(world.host.send_sound(world.now, SoundKind::Voice, at, b"z"), Err(Rejected::NotPermitted));
}

#[test]
fn what_is_wanted_before_the_login_is_said_after_it() {
    let mut world = World::new(&Setup::default());
    world.viewer.want_sound(world.now, SoundKind::Sound, NO_COPIES);
    world.host.want_voice(world.now, NO_COPIES);
    let code = deskwire_session::Credential::Code(crate::harness::code(crate::harness::CODE));
    world.viewer.log_in(world.now, code).unwrap();
    world.run_until(|world| {
        world.grant_charges();
        world.viewer.is_active()
    });
    settle(&mut world);
    assert_eq!(wanted(&mut world), [(SoundKind::Sound, NO_COPIES)]);
    let voice = |event: &ViewerEvent| *event == ViewerEvent::VoiceWanted(NO_COPIES);
    assert!(world.viewer_events.iter().any(voice), "{:?}", world.viewer_events);
}

// spec: SE-42
#[test]
fn a_voice_is_heard_only_where_it_is_wanted_and_permitted() {
    let mut world = world(Scopes::ALL);
    assert_eq!(speak(&mut world, b"a"), Err(Rejected::NotEnabled));
    let rude = {
        // A viewer that does not ask.
        let mut bytes = vec![2, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1];
        bytes.push(b'x');
        bytes
    };
    datagram(&mut world, Role::Host, rude.clone());
    assert_eq!((heard_by_host(&mut world), world.host.stats().not_permitted), (vec![], 1));
    world.host.want_voice(world.now, NO_COPIES);
    settle(&mut world);
    assert_eq!(speak(&mut world, b"b"), Ok(()));
    datagram(&mut world, Role::Host, rude.clone());
    let packets: Vec<_> = heard_by_host(&mut world).into_iter().flat_map(|sound| sound.packets).collect();
    assert_eq!(packets, [b"b", b"x"]);
    world.host.set_permissions(world.now, Scopes::ALL.without(Scope::Voice));
    datagram(&mut world, Role::Host, rude.clone());
    assert_eq!(heard_by_host(&mut world), []);
    assert_eq!(speak(&mut world, b"c"), Err(Rejected::NotPermitted));
    // Nobody plays to a host.
    world.host.set_permissions(world.now, Scopes::ALL);
    datagram(&mut world, Role::Host, [&[1][..], &rude[1..]].concat());
    assert_eq!(heard_by_host(&mut world), []);
}

// spec: SE-40
#[test]
fn malformed_datagrams_are_left_alone_and_strangers_have_none() {
    let mut stranger = World::new(&Setup::default());
    stranger.run_for(Duration::from_secs(1));
    stranger.host.want_voice(stranger.now, NO_COPIES);
    datagram(&mut stranger, Role::Host, b"\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\x01x".to_vec());
    assert_eq!(heard_by_host(&mut stranger), []);
    let mut world = world(Scopes::ALL);
    world.host.want_voice(world.now, NO_COPIES);
    world.viewer.want_sound(world.now, SoundKind::Sound, NO_COPIES);
    settle(&mut world);
    for role in [Role::Host, Role::Viewer] {
        for bytes in [&b""[..], b"\x01", b"\x02\0\0", b"\x63 anything", b"\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0"] {
            datagram(&mut world, role, bytes.to_vec());
        }
    }
    assert!(world.host.is_active() && world.viewer.is_active());
    assert_eq!((world.host.stats().unknown, world.viewer.stats().unknown), (5, 5));
    assert_eq!((heard_by_host(&mut world), heard(&mut world)), (vec![], vec![]));
}

/// An owner that takes no outputs for long gets the latest.
#[test]
fn what_waits_is_bounded() {
    let mut world = world(Scopes::ALL);
    world.viewer.want_sound(world.now, SoundKind::Sound, NO_COPIES);
    settle(&mut world);
    let at = world.now.as_micros();
    for n in 0..100u8 {
        world.host.send_sound(world.now, SoundKind::Sound, at, &[n]).unwrap();
    }
    settle(&mut world);
    let packets: Vec<_> = heard(&mut world).into_iter().flat_map(|sound| sound.packets).collect();
    assert_eq!(packets, (84..100).map(|n| vec![n]).collect::<Vec<_>>());
}
