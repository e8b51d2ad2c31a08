//! Connections: opened, refused, filled, ended, and broken.

use std::time::Duration;

use deskwire_machine::{CloseReason, LinkId};
use deskwire_sim::{Burst, HostId, Line, NatConfig, World};

use crate::probe::*;

const SERVER: &str = "198.51.100.1:7";

fn pair(config: NatConfig) -> (World, HostId, HostId) {
    let mut world = start_world();
    let server = mirror(&mut world, "198.51.100.1");
    let (_, client) = home(&mut world, config, "203.0.113.1");
    (world, server, client)
}

fn connect(world: &mut World, host: HostId) -> LinkId {
    let link = world.with(host, |p: &mut Program, _| p.machine.connect(None, at(SERVER)));
    world.run_for(Duration::from_millis(150));
    link
}

fn received(world: &World, host: HostId, link: LinkId) -> Vec<u8> {
    world.get::<Program>(host).unwrap().machine.received.get(&link).cloned().unwrap_or_default()
}

fn ends(world: &World, host: HostId) -> Vec<CloseReason> {
    let reason = |seen| if let Seen::Closed(_, reason) = seen { Some(reason) } else { None };
    seen(world, host).into_iter().filter_map(reason).collect()
}

fn accepted(world: &World, host: HostId) -> LinkId {
    let link = |seen| if let Seen::Accepted(link, _) = seen { Some(link) } else { None };
    seen(world, host).into_iter().find_map(link).expect("somebody connected")
}

fn pattern(len: usize) -> Vec<u8> {
    (0..len).map(|i| (i * 31 + i / 251) as u8).collect()
}

#[test]
fn bytes_arrive_in_order_under_every_fault() {
    let burst = Burst { start: 0.01, end: 0.2, loss: 0.8 };
    let line = Line {
        loss: 0.05,
        burst: Some(burst),
        duplicate: 0.05,
        reorder: 0.1,
        jitter: Duration::from_millis(8),
        rate: Some(2_000_000),
        ..Line::default()
    };
    let (mut world, server, client) = pair(NatConfig::symmetric());
    let link = connect(&mut world, client);
    world.set_line(client, 0, line);
    let data = pattern(300_000);
    world.with(client, |p: &mut Program, _| p.machine.write(link, &data));
    let done =
        world.run_while_not(Duration::from_secs(120), |w| received(w, client, link).len() >= data.len());
    assert!(done, "{} of {}", received(&world, client, link).len(), data.len());
    assert!(received(&world, client, link) == data);
    assert!(received(&world, server, accepted(&world, server)) == data);
    let stats = world.stats();
    assert!(stats.lost > 20, "{stats:?}");
}

#[test]
fn a_closed_stream_ends_after_its_bytes() {
    let (mut world, server, client) = pair(NatConfig::port_restricted());
    let link = connect(&mut world, client);
    world.with(server, |p: &mut Program, _| p.machine.echo = false);
    world.with(client, |p: &mut Program, _| {
        p.machine.write(link, &pattern(50_000));
        p.machine.close(link);
    });
    world.run_for(Duration::from_secs(3));
    assert_eq!(received(&world, server, accepted(&world, server)).len(), 50_000);
    assert_eq!((ends(&world, server), ends(&world, client)), (vec![CloseReason::Finished], vec![]));
}

#[test]
fn nobody_there_refuses_and_silence_times_out() {
    let (mut world, server, client) = pair(NatConfig::port_restricted());
    world.with(client, |p: &mut Program, _| p.machine.connect(None, at("198.51.100.1:99")));
    world.run_for(Duration::from_secs(1));
    assert_eq!(ends(&world, client), [CloseReason::Refused]);
    world.partition(&[server], &[client]);
    world.with(client, |p: &mut Program, _| p.machine.connect(None, at(SERVER)));
    world.run_for(Duration::from_secs(40));
    assert_eq!(ends(&world, client), [CloseReason::Refused, CloseReason::TimedOut]);
}

#[test]
fn a_slow_reader_blocks_the_writer_until_it_reads() {
    let (mut world, server, client) = pair(NatConfig::port_restricted());
    let link = connect(&mut world, client);
    world.with(server, |p: &mut Program, _| (p.machine.deaf, p.machine.echo) = (true, false));
    let data = pattern(1_000_000);
    world.with(client, |p: &mut Program, _| p.machine.write(link, &data));
    // Much longer than a stalled connection lives: the window probes are answered, so it is not one.
    world.run_for(Duration::from_secs(120));
    assert!(seen(&world, client).contains(&Seen::Blocked(link)));
    assert!(!seen(&world, client).contains(&Seen::Writable(link)));
    let there = accepted(&world, server);
    assert_eq!(received(&world, server, there).len(), 0);
    world.with(server, |p: &mut Program, _| p.machine.deaf = false);
    world.run_for(Duration::from_secs(30));
    assert!(received(&world, server, there) == data);
    assert!(seen(&world, client).contains(&Seen::Writable(link)));
}

#[test]
fn a_crashed_server_resets_old_connections() {
    let (mut world, server, client) = pair(NatConfig::port_restricted());
    let link = connect(&mut world, client);
    world.restart(server, false);
    world.run_for(Duration::from_secs(5));
    assert_eq!(ends(&world, client), [], "half open: nobody has said anything yet");
    world.with(client, |p: &mut Program, _| p.machine.write(link, b"anybody?"));
    world.run_for(Duration::from_secs(1));
    assert_eq!(ends(&world, client), [CloseReason::Reset]);
}

#[test]
fn a_dead_line_times_out_and_a_short_cut_does_not() {
    let (mut world, server, client) = pair(NatConfig::port_restricted());
    let link = connect(&mut world, client);
    world.partition(&[server], &[client]);
    world.with(client, |p: &mut Program, _| p.machine.write(link, b"one"));
    world.run_for(Duration::from_secs(8));
    world.heal();
    world.run_for(Duration::from_secs(10));
    assert_eq!(received(&world, client, link), b"one");
    world.partition(&[server], &[client]);
    world.with(client, |p: &mut Program, _| p.machine.write(link, b"two"));
    world.run_for(Duration::from_secs(60));
    assert_eq!(ends(&world, client), [CloseReason::TimedOut]);
}

/// Both sides call each other from fixed ports, as TCP hole punching does.
#[test]
fn simultaneous_open_passes_two_filters() {
    let config = NatConfig { ports: deskwire_sim::PortChoice::Preserve, ..NatConfig::port_restricted() };
    let mut world = start_world();
    let (_, a) = home(&mut world, config, "203.0.113.1");
    let (_, b) = home(&mut world, config, "203.0.113.2");
    let local = Some(at("0.0.0.0:6000"));
    let la = world.with(a, |p: &mut Program, _| p.machine.connect(local, at("203.0.113.2:6000")));
    let lb = world.with(b, |p: &mut Program, _| p.machine.connect(local, at("203.0.113.1:6000")));
    world.run_for(Duration::from_secs(2));
    world.with(a, |p: &mut Program, _| p.machine.write(la, b"from a"));
    world.with(b, |p: &mut Program, _| p.machine.write(lb, b"from b"));
    world.run_for(Duration::from_secs(1));
    assert_eq!(received(&world, a, la), b"from b");
    assert_eq!(received(&world, b, lb), b"from a");
}

#[test]
fn ports_in_use_and_foreign_addresses_are_refused() {
    let mut world = start_world();
    let host = mirror(&mut world, "198.51.100.1");
    world.run_for(Duration::from_millis(1));
    world.with(host, |p: &mut Program, _| p.machine.listen(7));
    world.run_for(Duration::from_millis(1));
    assert_eq!(ends(&world, host), [CloseReason::AddressInUse]);
    world.with(host, |p: &mut Program, _| p.machine.reopen(Some(at("203.0.113.9:0"))));
    world.run_for(Duration::from_millis(1));
    assert_eq!(ends(&world, host), [CloseReason::AddressInUse, CloseReason::Unreachable]);
}
