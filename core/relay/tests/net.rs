//! Clients and a server together.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod support;

use std::time::Duration;

use deskwire_machine::{IfAddr, Input, Machine};
use deskwire_relay::client::{ClientClosed, ClientEvent, ClientState};
use deskwire_relay::{Over, ServerLimits};
use deskwire_wire::ids::{Private, Role};
use deskwire_wire::relay::{ClosedReason, OpenAck, PairState, RefuseReason, RelayMsg};
use support::net::{Caller, Net};
use support::*;

fn net(seed: u8) -> Net {
    Net::new(seed, ServerLimits::default())
}

fn over(caller: &Caller) -> Option<Over> {
    caller.events.iter().find_map(|event| match event {
        ClientEvent::Ready { over, .. } => Some(*over),
        _ => None,
    })
}

fn closed(caller: &Caller) -> Option<ClientClosed> {
    caller.events.iter().find_map(|event| match event {
        ClientEvent::Closed { reason } => Some(*reason),
        _ => None,
    })
}

/// Both are paired, and packets cross in both directions.
fn assert_carries(net: &mut Net, sides: [usize; 2]) {
    for (from, to) in [(sides[0], sides[1]), (sides[1], sides[0])] {
        let before = net.callers[to].received;
        for _ in 0..40 {
            net.send(from, &packet(from as u8, 1_200));
            net.run(Duration::from_millis(5));
        }
        net.run(Duration::from_millis(200));
        let (caller, stats) = (&net.callers[to], net.server.stats());
        assert!(caller.received > before, "from {from} to {to}: {:?}, {stats:?}", caller.events);
    }
}

#[test]
fn two_clients_meet_within_two_round_trips() {
    let mut net = net(1);
    let sides = [Role::Viewer, Role::Host].map(|role| net.call(token(1, role), |_| {}));
    net.run(Duration::from_millis(70));
    for side in sides {
        let caller = &net.callers[side];
        assert!(matches!(
            caller.events[..],
            [ClientEvent::Ready { max_datagram: 1_452, over: Over::Udp, .. }, ClientEvent::Paired]
        ));
    }
    assert_carries(&mut net, sides);
}

#[test]
fn clients_pair_under_loss_duplication_and_reordering() {
    for seed in 0..25 {
        let mut net = net(seed);
        (net.loss_percent, net.duplicate_percent) = (35, 20);
        net.jitter = Duration::from_millis(80);
        let sides: Vec<_> = (1..4)
            .flat_map(|n| [token(n, Role::Viewer), token(n, Role::Host)])
            .map(|token| net.call(token, |_| {}))
            .collect();
        net.run(Duration::from_secs(8));
        for side in &sides {
            let caller = &net.callers[*side];
            assert_eq!(caller.client.state(), ClientState::Paired, "seed {seed}: {:?}", caller.events);
        }
        net.loss_percent = 0;
        assert_carries(&mut net, [sides[0], sides[1]]);
        let others: usize = sides[2..].iter().map(|side| net.callers[*side].received).sum();
        assert_eq!(others, 0, "nobody else got a packet");
    }
}

#[test]
fn every_mix_of_carriers_works() {
    for (a, b) in [(true, false), (false, true), (false, false)] {
        let mut net = net(1);
        let viewer = net.call(token(1, Role::Viewer), |caller| caller.udp_works = a);
        let host = net.call(token(1, Role::Host), |caller| caller.udp_works = b);
        net.run(Duration::from_millis(1_450));
        assert_eq!(net.callers[viewer].events.is_empty(), !a);
        net.run(Duration::from_millis(250));
        let carrier = |udp| Some(if udp { Over::Udp } else { Over::Tcp });
        assert_eq!(over(&net.callers[viewer]), carrier(a));
        assert_eq!(over(&net.callers[host]), carrier(b));
        assert_carries(&mut net, [viewer, host]);
    }
}

#[test]
fn a_client_whose_udp_answers_are_lost_comes_over_tcp_with_the_same_token() {
    let mut net = net(1);
    net.call(token(1, Role::Viewer), |_| {});
    // Its opens arrive from an address where it hears nothing.
    let deaf = address(99, 99);
    let host = net.call(token(1, Role::Host), |_| {});
    let real = std::mem::replace(&mut net.callers[host].at, deaf);
    net.run_with(Duration::from_secs(2), |net| {
        let hears = net.callers[host].client.state() == ClientState::Opening;
        net.callers[host].udp_works = !hears;
        net.callers[host].at = if hears { deaf } else { real };
    });
    assert_eq!(over(&net.callers[host]), Some(Over::Tcp));
    assert_carries(&mut net, [0, host]);
}

#[test]
fn a_relay_that_cannot_be_reached_and_one_that_dies_are_told_apart() {
    let mut net = net(1);
    let nowhere = net.call(token(1, Role::Viewer), |c| (c.udp_works, c.tcp_works) = (false, false));
    net.run(Duration::from_secs(11));
    assert_eq!(closed(&net.callers[nowhere]), Some(ClientClosed::Unreachable));

    let udp = net.call(token(2, Role::Viewer), |_| {});
    let tcp = net.call(token(2, Role::Host), |caller| caller.udp_works = false);
    net.run(Duration::from_secs(3));
    assert_carries(&mut net, [udp, tcp]);
    net.alive = false;
    for side in [udp, tcp] {
        net.send(side, &packet(1, 100));
    }
    net.run(Duration::from_secs(8));
    assert_eq!([udp, tcp].map(|side| closed(&net.callers[side])), [Some(ClientClosed::Lost); 2]);
    assert!(net.callers.iter().all(|caller| caller.client.poll_timeout().is_none()));
}

#[test]
fn a_quiet_pair_stays_and_leaving_is_told() {
    for udp in [true, false] {
        let mut net = net(1);
        let sides = [Role::Viewer, Role::Host].map(|role| net.call(token(1, role), |c| c.udp_works = udp));
        net.run(Duration::from_secs(120));
        assert_carries(&mut net, sides);
        let now = net.now;
        net.callers[0].client.leave(now);
        net.drain_client(0);
        net.run(Duration::from_millis(50));
        assert_eq!(closed(&net.callers[1]), Some(ClientClosed::Ended(ClosedReason::PeerLeft)));
        assert_eq!(net.server.stats().paired, 0);
    }
}

#[test]
fn a_client_takes_its_place_along_to_a_new_address() {
    let mut net = net(1);
    let sides = [Role::Viewer, Role::Host].map(|role| net.call(token(1, role), |_| {}));
    net.run(Duration::from_secs(1));
    // Its NAT forgets the mapping: only silence tells.
    net.callers[1].at = address(2, 4_444);
    net.send(1, &packet(1, 500));
    net.run(Duration::from_secs(4));
    assert_carries(&mut net, sides);
    assert_eq!(net.callers[1].client.stats().moves, 1);
    // Its network changes: it acts at once.
    for (n, ip) in [(0, [10, 0, 0, 1]), (1, [10, 0, 0, 2])] {
        let addrs = [IfAddr { addr: ip.into(), prefix: 24, metered: false }];
        net.callers[0].at = address(1, 5_000 + n);
        let now = net.now;
        net.callers[0].client.handle_input(now, Input::NetworkChanged { addrs: &addrs });
        net.drain_client(0);
    }
    net.run(Duration::from_millis(100));
    assert_carries(&mut net, sides);
}

#[test]
fn a_client_that_is_told_of_silence_elsewhere_moves_at_once() {
    let mut net = net(1);
    let sides = [Role::Viewer, Role::Host].map(|role| net.call(token(1, role), |_| {}));
    net.run(Duration::from_secs(1));
    net.callers[0].at = address(1, 6_000);
    let now = net.now;
    net.callers[0].client.check(now);
    net.drain_client(0);
    net.run(Duration::from_millis(100));
    assert_carries(&mut net, sides);
}

#[test]
fn a_second_user_of_a_token_is_told_so() {
    for udp in [true, false] {
        let mut net = net(1);
        net.call(token(1, Role::Viewer), |_| {});
        net.run(Duration::from_secs(1));
        let thief = net.call(token(1, Role::Viewer), |caller| caller.udp_works = udp);
        net.run(Duration::from_secs(3));
        assert_eq!(closed(&net.callers[thief]), Some(ClientClosed::Refused(RefuseReason::Used)));
        let host = net.call(token(1, Role::Host), |_| {});
        net.run(Duration::from_secs(1));
        assert_carries(&mut net, [0, host]);
        assert_eq!(net.callers[thief].received, 0);
    }
}

#[test]
fn draining_is_told_once() {
    let mut net = net(1);
    let sides = [Role::Viewer, Role::Host].map(|role| net.call(token(1, role), |_| {}));
    net.run(Duration::from_secs(1));
    let now = net.now;
    net.server.drain(now);
    net.run(Duration::from_secs(40));
    for side in sides {
        let told = net.callers[side].events.iter().filter(|event| **event == ClientEvent::Draining).count();
        assert_eq!(told, 1);
    }
    assert_carries(&mut net, sides);
}

#[test]
fn a_slow_reader_does_not_grow_memory() {
    let limits = ServerLimits { stream_queue: 64 << 10, ..ServerLimits::default() };
    let mut net = Net::new(1, limits);
    let viewer = net.call(token(1, Role::Viewer), |caller| caller.udp_works = false);
    let host = net.call(token(1, Role::Host), |caller| {
        caller.udp_works = false;
        // 64 KiB a second.
        caller.reads_per_ms = 64;
    });
    net.run(Duration::from_secs(4));
    let mut sent = 0usize;
    let mut held = 0;
    net.run_with(Duration::from_secs(30), |net| {
        // The sender's own socket takes 128 KiB.
        while net.in_flight(viewer).0 < 128 << 10 && net.send(viewer, &packet(1, 1_200)) {
            sent += 1_200;
            if sent.is_multiple_of(2_400) {
                break;
            }
        }
        let (unread, unsent) = (net.in_flight(viewer).0, net.in_flight(host).1);
        held = held.max(sent.saturating_sub(net.callers[host].received + unread + unsent));
    });
    let received = net.callers[host].received;
    assert!((1_700_000..=2_100_000).contains(&received), "{received} bytes in 30 s");
    // What is neither in a socket nor received is in the relay, or on its way for 30 ms.
    assert!(held < 384 << 10, "{held} bytes in the relay");
    assert_eq!(net.server.stats().dropped.queue_full, 0);
}

#[test]
fn an_owner_routes_and_unwraps_datagrams_without_a_copy() {
    let mut hand = Hand::new(|_| {});
    let ids = deskwire_machine::LinkIds::new();
    let socket = ids.allocate();
    let seed = deskwire_machine::Seed::new([1; 32]);
    let relay = address(250, 21_117);
    let config = deskwire_relay::ClientConfig::new(vec![relay], token(1, Role::Viewer), seed, ids);
    let mut client = deskwire_relay::RelayClient::new(hand.now, config);
    let local = std::net::SocketAddr::from(([0, 0, 0, 0], 1));
    client.handle_input(hand.now, Input::Opened { link: socket, local, max_datagram: 1_472 });
    let mut buf = Vec::new();
    while client.poll_output(hand.now, &mut buf).is_some() {
        for (_, mut answer) in hand.datagram(address(1, 10), std::mem::take(&mut buf)) {
            assert!(client.owns(socket, relay, &answer) && !client.owns(socket, address(9, 9), &answer));
            let ecn = deskwire_machine::Ecn::NotEct;
            client.handle_input(
                hand.now,
                Input::Datagram { link: socket, from: relay, ecn, data: &mut answer },
            );
        }
    }
    let host = hand.place(address(2, 20), token(1, Role::Host));
    let carried = hand.datagram(address(2, 20), data(&host, &packet(7, 900)));
    let mut datagram = carried[0].1.clone();
    assert!(client.owns(socket, relay, &datagram));
    assert_eq!(client.unwrap_datagram(hand.now, socket, relay, &mut datagram), Some(&mut packet(7, 900)[..]));
    datagram[3] ^= 1;
    assert!(!client.owns(socket, relay, &datagram), "another client's channel");
}

// spec: RL-10
#[test]
fn answers_to_others_are_ignored() {
    let mut hand = Hand::new(|_| {});
    let (ids, seed) = (deskwire_machine::LinkIds::new(), deskwire_machine::Seed::new([1; 32]));
    let (socket, relay) = (ids.allocate(), address(250, 21_117));
    let config = deskwire_relay::ClientConfig::new(vec![relay], token(1, Role::Viewer), seed, ids);
    let mut client = deskwire_relay::RelayClient::new(hand.now, config);
    let local = std::net::SocketAddr::from(([0, 0, 0, 0], 1));
    client.handle_input(hand.now, Input::Opened { link: socket, local, max_datagram: 1_472 });
    let (mut buf, mut answers) = (Vec::new(), Vec::new());
    while client.poll_output(hand.now, &mut buf).is_some() {
        answers.extend(hand.datagram(address(1, 10), std::mem::take(&mut buf)));
    }
    let genuine = ack_in(&answers);
    let now = hand.now;
    let mut state_after = |message: &RelayMsg| {
        let (mut data, ecn) = (encode(message), deskwire_machine::Ecn::NotEct);
        client.handle_input(now, Input::Datagram { link: socket, from: relay, ecn, data: &mut data });
        client.state()
    };
    let nonce = genuine.nonce ^ 1;
    for wrong in [
        RelayMsg::Refused { nonce, reason: RefuseReason::Used },
        RelayMsg::OpenAck(OpenAck { nonce, ..genuine.clone() }),
        RelayMsg::Closed { place: genuine.place.clone(), reason: ClosedReason::Idle },
    ] {
        assert_eq!(state_after(&wrong), ClientState::Opening, "{wrong:?}");
    }
    let place = genuine.place.clone();
    assert_eq!(state_after(&RelayMsg::OpenAck(genuine)), ClientState::Waiting);
    let mut other = place.clone();
    other.proof = Private(place.proof.0 ^ 1);
    for wrong in [
        RelayMsg::Paired(other.clone()),
        RelayMsg::Closed { place: other.clone(), reason: ClosedReason::Idle },
        RelayMsg::UnknownPlace(other),
    ] {
        assert_eq!(state_after(&wrong), ClientState::Waiting, "{wrong:?}");
    }
    assert_eq!(state_after(&RelayMsg::Paired(place)), ClientState::Paired);
}

// spec: RL-11
#[test]
fn after_a_question_on_a_stream_answers_over_udp_do_not_count() {
    for asked_on_stream in [false, true] {
        let mut hand = Hand::new(|_| {});
        let (ids, seed) = (deskwire_machine::LinkIds::new(), deskwire_machine::Seed::new([1; 32]));
        let (socket, relay) = (ids.allocate(), address(250, 21_117));
        let config = deskwire_relay::ClientConfig::new(vec![relay], token(1, Role::Viewer), seed, ids);
        let mut client = deskwire_relay::RelayClient::new(hand.now, config);
        let local = std::net::SocketAddr::from(([0, 0, 0, 0], 1));
        client.handle_input(hand.now, Input::Opened { link: socket, local, max_datagram: 1_472 });
        let (mut over_udp, mut opened, mut buf) = (Vec::new(), None, Vec::new());
        for ms in [0, 1_500] {
            let now = hand.now + Duration::from_millis(ms);
            client.handle_timeout(now);
            while let Some(output) = client.poll_output(now, &mut buf) {
                let bytes = std::mem::take(&mut buf);
                match output {
                    deskwire_machine::Output::Datagram { .. } => over_udp.push(bytes),
                    deskwire_machine::Output::Open { link, .. } => opened = Some(link),
                    other => panic!("{other:?}"),
                }
            }
        }
        let (now, link) = (hand.now + Duration::from_millis(1_500), opened.expect("it falls back to TCP"));
        let mut asked = Vec::new();
        if asked_on_stream {
            client.handle_input(now, Input::Opened { link, local, max_datagram: 0 });
            while client.poll_output(now, &mut buf).is_some() {
                asked.append(&mut buf);
            }
        }
        // The relay's own answer, which was long under way, and one that would end it.
        let ack = ack_in(&hand.datagram(address(1, 10), over_udp[0].clone()));
        let refusal = RelayMsg::Refused { nonce: ack.nonce, reason: RefuseReason::Used };
        for late in [RelayMsg::OpenAck(ack), refusal] {
            let (mut data, ecn) = (encode(&late), deskwire_machine::Ecn::NotEct);
            assert_eq!(client.owns(socket, relay, &data), !asked_on_stream);
            client.handle_input(now, Input::Datagram { link: socket, from: relay, ecn, data: &mut data });
        }
        if !asked_on_stream {
            assert_eq!((client.state(), client.over()), (ClientState::Waiting, Some(Over::Udp)));
            continue;
        }
        assert_eq!((client.state(), client.over()), (ClientState::Opening, None));
        let far = hand.accept(address(1, 11));
        assert!(hand.stream(far, &asked).is_empty());
        hand.drain();
        let answer = framed(&hand.frames(far)[0]);
        let mut data = deskwire_machine::StreamBuf::from(&answer[..]);
        client.handle_input(now, Input::Stream { link, data: &mut data });
        assert_eq!((client.state(), client.over()), (ClientState::Waiting, Some(Over::Tcp)));
    }
}

// spec: RL-14
#[test]
fn who_was_silent_comes_back_with_a_newer_token() {
    let newer = deskwire_identity::RelayToken { expires: UNIX + 61, ..grant(1, Role::Viewer) };
    for (silence_ms, later, taken) in [(1_900, true, false), (2_000, true, true), (2_000, false, false)] {
        let mut hand = Hand::new(|_| {});
        let old = hand.place(address(1, 10), token(1, Role::Viewer));
        let host = hand.place(address(2, 20), token(1, Role::Host));
        hand.say(address(1, 10), &RelayMsg::Ping(old));
        hand.pass(Duration::from_millis(silence_ms));
        let shown = if later { newer.sign(&server_key()) } else { token(1, Role::Viewer) };
        let answers = hand.say(address(1, 30), &open(shown, 2, None));
        let is_taken = answers.iter().any(|(_, bytes)| {
            matches!(decode(bytes), RelayMsg::OpenAck(OpenAck { state: PairState::Waiting, .. }))
        });
        let end = RelayMsg::Closed { place: host.clone(), reason: ClosedReason::PeerLeft };
        let told = answers.iter().any(|(to, bytes)| *to == address(2, 20) && decode(bytes) == end);
        assert_eq!((is_taken, told), (taken, taken), "{silence_ms} ms, {later}: {answers:?}");
    }
}
