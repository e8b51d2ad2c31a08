//! Clients, server and store over a nasty network: in the end everything is as it should be.
#![allow(clippy::unwrap_used, reason = "test code")]

mod common;

use std::collections::BTreeMap;

use common::*;
use deskwire_rendezvous::ClientEvent;
use deskwire_rendezvous::client::{DialRequest, Introduction};
use deskwire_wire::ids::Role;
use proptest::prelude::*;

const HOSTS: usize = 3;
const VIEWERS: usize = 2;

#[derive(Clone, Debug)]
enum Op {
    Wait(u64),
    Register(usize),
    Deregister(usize),
    Dial { viewer: usize, host: usize },
    Rebind(usize),
    RestartServer,
    Faults { loss: u64, duplicate: u64, jitter_ms: u64 },
    BlockUdp(bool),
    StoreDown(bool),
    Replay { which: prop::sample::Index, elsewhere: bool },
    NetworkChanged(usize),
}

fn op() -> impl Strategy<Value = Op> {
    let host = 0..HOSTS;
    let any_node = 0..HOSTS + VIEWERS;
    prop_oneof![
        4 => (10u64..20_000).prop_map(Op::Wait),
        4 => host.clone().prop_map(Op::Register),
        1 => host.clone().prop_map(Op::Deregister),
        4 => (HOSTS..HOSTS + VIEWERS, host).prop_map(|(viewer, host)| Op::Dial { viewer, host }),
        1 => any_node.clone().prop_map(Op::Rebind),
        1 => Just(Op::RestartServer),
        2 => (0u64..40, 0u64..30, 0u64..400).prop_map(|(loss, duplicate, jitter_ms)| Op::Faults { loss, duplicate, jitter_ms }),
        1 => any::<bool>().prop_map(Op::BlockUdp),
        1 => any::<bool>().prop_map(Op::StoreDown),
        3 => (any::<prop::sample::Index>(), any::<bool>()).prop_map(|(which, elsewhere)| Op::Replay { which, elsewhere }),
        1 => any_node.prop_map(Op::NetworkChanged),
    ]
}

fn apply(world: &mut World, op: &Op) {
    match op {
        Op::Wait(n) => world.run(millis(*n)),
        Op::Register(n) => world.with_client(*n, |c, now| c.register(now)),
        Op::Deregister(n) => world.with_client(*n, |c, now| c.deregister(now)),
        Op::Dial { viewer, host } => {
            if let Some(id) = world.nodes[*host].client.id() {
                // Over the bound it is refused, which is fine.
                let _ = world.with_client(*viewer, |c, now| c.connect(now, DialRequest::new(id)));
            }
        }
        Op::Rebind(n) => world.rebind(*n),
        Op::RestartServer => world.restart_server(),
        Op::Faults { loss, duplicate, jitter_ms } => {
            world.faults.loss = *loss;
            world.faults.duplicate = *duplicate;
            world.faults.jitter = millis(*jitter_ms);
        }
        Op::BlockUdp(blocked) => world.faults.udp_blocked = *blocked,
        Op::StoreDown(down) => world.store.down = *down,
        Op::Replay { which, elsewhere } => {
            if !world.recorded.is_empty() {
                let (mut from, port, bytes) = world.recorded[which.index(world.recorded.len())].clone();
                if *elsewhere {
                    from.set_port(7);
                }
                world.inject(from, port, &bytes);
            }
        }
        Op::NetworkChanged(n) => {
            let address = world.nodes[*n].address;
            let addr = deskwire_machine::IfAddr { addr: address.ip(), prefix: 24, metered: false };
            let input = deskwire_machine::Input::NetworkChanged { addrs: &[addr] };
            use deskwire_machine::Machine;
            world.with_client(*n, |c, now| c.handle_input(now, input));
        }
    }
}

/// Introductions by role: what both sides were told under one id is the same.
fn assert_introductions_agree(world: &World) {
    let mut viewers: BTreeMap<_, Introduction> = BTreeMap::new();
    let mut hosts: BTreeMap<_, Introduction> = BTreeMap::new();
    for node in &world.nodes {
        for (_, event) in &node.events {
            let (ClientEvent::Introduced { introduction, .. } | ClientEvent::Accepted { introduction, .. }) =
                event
            else {
                continue;
            };
            let side = if introduction.role == Role::Viewer { &mut viewers } else { &mut hosts };
            assert!(side.insert(introduction.id, introduction.clone()).is_none(), "told twice");
        }
    }
    for (id, viewer) in &viewers {
        let Some(host) = hosts.get(id) else { continue };
        assert_eq!((&viewer.secret, viewer.issued), (&host.secret, host.issued));
        let ids = |i: &Introduction| i.relays.iter().map(|r| r.id).collect::<Vec<_>>();
        assert_eq!(ids(viewer), ids(host));
    }
}

fn world() -> World {
    let mut world = World::new(31);
    for n in 0..HOSTS + VIEWERS {
        world.add(u8::try_from(n).unwrap() + 1, |_| {});
    }
    world
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn after_any_trouble_all_are_registered_and_can_meet(ops in prop::collection::vec(op(), 1..40)) {
        let mut world = world();
        for op in &ops {
            apply(&mut world, op);
        }
        world.faults = Faults::NONE;
        world.store.down = false;
        for host in 0..HOSTS {
            world.with_client(host, |c, now| c.register(now));
        }
        // The longest pauses: a back-off of a minute, half a minute after a refusal, a beat or two.
        world.run(secs(180));
        for host in 0..HOSTS {
            let id = world.nodes[host].client.id();
            prop_assert!(world.nodes[host].client.is_registered(), "host {host}: {:?}", world.nodes[host].events);
            prop_assert!(world.server.is_online(id.unwrap()));
        }
        prop_assert_eq!(world.store.owners.len(), HOSTS);
        for viewer in HOSTS..HOSTS + VIEWERS {
            let id = world.nodes[0].client.id().unwrap();
            let ticket = world.with_client(viewer, |c, now| c.connect(now, DialRequest::new(id)).unwrap());
            world.run(secs(11));
            let met = world.events(viewer).any(|e| matches!(e, ClientEvent::Introduced { ticket: t, .. } if *t == ticket));
            prop_assert!(met, "{:?}", world.nodes[viewer].events.last());
        }
        world.assert_one_owner_per_id();
        assert_introductions_agree(&world);
        let stats = world.server.stats();
        prop_assert_eq!(stats.online, HOSTS);
    }

    #[test]
    fn the_same_seed_and_trouble_give_the_same_bytes(ops in prop::collection::vec(op(), 1..15)) {
        let run = || {
            let mut world = world();
            ops.iter().for_each(|op| apply(&mut world, op));
            (world.recorded, world.answers)
        };
        prop_assert!(run() == run());
    }
}

#[test]
fn a_restarted_server_has_everybody_back_within_a_beat() {
    let mut world = World::new(32);
    for n in 0..30u8 {
        let n = world.add(n + 1, |_| {});
        world.with_client(n, |c, now| c.register(now));
        world.run(millis(100));
    }
    world.run(secs(60));
    world.restart_server();
    // The longest beat (20 s and a quarter), a second of jitter, two round trips, one write of an epoch.
    assert!(world.run_while(secs(27), |w| w.server.stats().online == 30));
}

#[test]
fn a_new_mapping_is_noticed_with_the_next_beat() {
    let mut world = World::new(33);
    let host = world.add(1, |_| {});
    world.with_client(host, |c, now| c.register(now));
    world.run(secs(5));
    let id = world.nodes[host].client.id().unwrap();
    world.rebind(host);
    world.run(secs(28));
    let main = world.nodes[host].address;
    assert!(
        world
            .events(host)
            .any(|e| *e == ClientEvent::Reflexive { main, second: Some(main), alternate: None })
    );
    let online = |e: &deskwire_rendezvous::ServerEvent| {
        *e == deskwire_rendezvous::ServerEvent::Online { id, address: main }
    };
    assert!(world.server_events.iter().any(online));
    assert_eq!((world.nodes[host].client.stats().stale, world.server.stats().stale), (1, 1));
}
