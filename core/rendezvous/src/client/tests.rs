//! What only a server that does not keep to the rules can show.

mod repeats;

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::net::SocketAddr;

use deskwire_identity::{EphemeralCertificate, IdCertificate, IdentityKey};
use deskwire_machine::{Ecn, IfAddr, Input, Instant, Machine, Output, Seed};
use deskwire_wire::ids::{DeviceId, Private};
use deskwire_wire::rendezvous::{Cookie, Frame, Handle, Introduced, RendezvousMsg, VERSION, Welcome};

use super::registration::Registration;
use super::{Client, ClientConfig, ClientEvent, DialFailure, DialRequest, Retry, ServerAddress, Trust};
use crate::exchange::introduction_id;

// spec: IN-7, IN-8
#[test]
fn only_a_valid_certificate_of_the_dialled_id_is_taken() {
    let (now, unix) = (Instant::from_micros(1), 1_800_000_000);
    let (server, target) = (IdentityKey::from_bytes(&[2; 32]), DeviceId::from_number(5));
    let certificate = |id, signer: &IdentityKey, issued| {
        let device_key = IdentityKey::from_bytes(&[3; 32]).public();
        IdCertificate { id, device_key, generation: 0, issued, expires: issued + 1_000, key_id: 0 }
            .sign(signer)
    };
    let cases = [
        (certificate(target, &server, unix), true),
        (certificate(DeviceId::from_number(6), &server, unix), false),
        (certificate(target, &IdentityKey::from_bytes(&[4; 32]), unix), false),
        (certificate(target, &server, unix - 10_000), false),
        (Vec::new(), false),
    ];
    for (certificate, good) in cases {
        let address = ServerAddress { main: ([192, 0, 2, 1], 21_116).into(), reflector: None };
        let trust = Trust::Key(server.public());
        let identity = IdentityKey::from_bytes(&[1; 32]);
        let mut client =
            Client::new(now, ClientConfig::new(Seed::new([3; 32]), identity, address, trust, unix));
        let ticket = client.connect(now, DialRequest::new(target)).unwrap();
        let viewer_random = client.dials[&ticket].random;
        let told = Introduced {
            introduction: introduction_id(&viewer_random, &[7; 32], &[8; 32]),
            secret: Private([9; 32]),
            issued: unix,
            certificate,
            viewer_random,
            host_random: [7; 32],
            server_random: [8; 32],
            relays: Vec::new(),
            candidates: Vec::new(),
        };
        // An introduction whose name is not the hash of its parts is none at all.
        let misnamed = Introduced { server_random: [0; 32], ..told.clone() };
        client.handle_message(now, RendezvousMsg::Introduced(Box::new(misnamed)));
        assert_eq!(client.poll_event(), None);
        client.handle_message(now, RendezvousMsg::Introduced(Box::new(told)));
        match client.poll_event() {
            Some(ClientEvent::Introduced { introduction, .. }) => {
                assert!(good && introduction.certificate.is_some());
            }
            event => {
                let failed = ClientEvent::DialFailed { ticket, reason: DialFailure::BadAnswer };
                assert_eq!((event, good), (Some(failed), false));
            }
        }
    }
}

/// Hellos go to the addresses that this device can reach, if there is one; else to all.
#[test]
fn addresses_of_a_family_that_the_device_has_not_are_left_out() {
    let (v4, v6) = (([192, 0, 2, 1], 21_116).into(), ([0x2001, 0xdb8, 0, 0, 0, 0, 0, 1], 21_116).into());
    for (own, expected) in [
        (&["192.168.1.2", "fe80::1"][..], &[v4][..]),
        (&["2001:db8:9::2"], &[v6]),
        (&["192.168.1.2", "2001:db8:9::2"], &[v4, v6]),
        (&[], &[v4, v6]),
    ] {
        let mut now = Instant::from_micros(1);
        let servers = [v4, v6].map(|main: SocketAddr| ServerAddress { main, reflector: None });
        let trust = Trust::Key(IdentityKey::from_bytes(&[2; 32]).public());
        let identity = IdentityKey::from_bytes(&[1; 32]);
        let mut config = ClientConfig::new(Seed::new([3; 32]), identity, servers[0], trust, 1_800_000_000);
        config.servers = servers.to_vec();
        let ids = config.ids.clone();
        let mut client = Client::new(now, config);
        for local in [([0; 4], 5_000).into(), ([0_u16; 8], 5_000).into()] {
            client.handle_input(now, Input::Opened { link: ids.allocate(), local, max_datagram: 1_472 });
        }
        let addrs: Vec<IfAddr> = own
            .iter()
            .map(|addr| IfAddr { addr: addr.parse().unwrap(), prefix: 64, metered: false })
            .collect();
        client.handle_input(now, Input::NetworkChanged { addrs: &addrs });
        client.connect(now, DialRequest::new(DeviceId::from_number(5))).unwrap();
        let (mut buf, mut asked) = (Vec::new(), BTreeSet::new());
        while now < Instant::from_micros(20_000_000) {
            while let Some(output) = client.poll_output(now, &mut buf) {
                buf.clear();
                if let Output::Datagram { to, .. } = output {
                    asked.insert(to);
                }
            }
            let Some(due) = client.poll_timeout() else { break };
            now = due.at;
            client.handle_timeout(now);
        }
        assert_eq!(asked.into_iter().collect::<Vec<_>>(), expected, "{own:?}");
    }
}

// spec: RG-3
#[test]
fn only_a_welcome_of_the_trusted_server_to_this_hello_opens_a_session() {
    let (now, unix) = (Instant::from_micros(1), 1_800_000_000);
    let (server, other) = (IdentityKey::from_bytes(&[2; 32]), IdentityKey::from_bytes(&[4; 32]));
    let x25519 = x25519_dalek::PublicKey::from(&x25519_dalek::StaticSecret::from([9; 32])).to_bytes();
    let certificate = |signer: &IdentityKey| {
        EphemeralCertificate { x25519, not_before: unix, not_after: unix + 1_000 }.sign(signer)
    };
    let address = ServerAddress { main: ([192, 0, 2, 1], 21_116).into(), reflector: None };
    let opens = |change: &dyn Fn(&mut Welcome)| {
        let trust = Trust::Key(server.public());
        let identity = IdentityKey::from_bytes(&[1; 32]);
        let config = ClientConfig::new(Seed::new([3; 32]), identity, address, trust, unix);
        let link = config.ids.allocate();
        let mut client = Client::new(now, config);
        let local = ([0; 4], 5_000).into();
        client.handle_input(now, Input::Opened { link, local, max_datagram: 1_472 });
        client.connect(now, DialRequest::new(DeviceId::from_number(5))).unwrap();
        let mut bytes = Vec::new();
        while client.poll_output(now, &mut bytes).is_some_and(|o| !matches!(o, Output::Datagram { .. })) {
            bytes.clear();
        }
        let Some(Frame::Hello(hello)) = Frame::parse(&bytes[1..]) else { panic!("it says hello") };
        let mut welcome = Welcome {
            version: VERSION,
            random: hello.random,
            handle: Handle([5; 8]),
            cookie: Cookie([6; 24]),
            observed: ([203, 0, 113, 1], 5_000).into(),
            server_time: unix,
            server_key: *server.public().as_bytes(),
            certificate: certificate(&server),
        };
        change(&mut welcome);
        let mut data = alloc::vec![bytes[0]];
        Frame::Welcome(welcome).put(&mut data);
        client.handle_input(
            now,
            Input::Datagram { link, from: address.main, ecn: Ecn::NotEct, data: &mut data },
        );
        bytes.clear();
        let mut opened = false;
        while client.poll_output(now, &mut bytes).is_some() {
            opened |= matches!(bytes.get(1..).and_then(Frame::parse), Some(Frame::Opening(_)));
            bytes.clear();
        }
        opened
    };
    assert!(opens(&|_| {}));
    assert!(!opens(&|welcome| welcome.random[0] ^= 1), "to another hello");
    assert!(!opens(&|welcome| welcome.version += 1));
    assert!(!opens(&|welcome| welcome.certificate = certificate(&other)), "not signed by it");
    let stranger = |welcome: &mut Welcome| {
        (welcome.server_key, welcome.certificate) = (*other.public().as_bytes(), certificate(&other));
    };
    assert!(!opens(&stranger), "not the trusted one");
}

/// What a client does that has said its registration and is told a certificate: whether it keeps it, and when it beats.
fn told(seed: u8, certificate: Vec<u8>) -> (Option<ClientEvent>, Option<Instant>) {
    let now = Instant::from_micros(1);
    let address = ServerAddress { main: ([192, 0, 2, 1], 21_116).into(), reflector: None };
    let (server, identity) = (IdentityKey::from_bytes(&[2; 32]), IdentityKey::from_bytes(&[1; 32]));
    let trust = Trust::Key(server.public());
    let mut client =
        Client::new(now, ClientConfig::new(Seed::new([seed; 32]), identity, address, trust, 1_800_000_000));
    let retry = Retry::new(now);
    client.key = Some(server.public());
    client.registration = Registration::Sent { epoch: 1, statement: Vec::new(), signature: [0; 64], retry };
    client.handle_registered(now, certificate, 60, 1);
    let beat = match client.registration {
        Registration::Done { next_beat, .. } => Some(next_beat),
        _ => None,
    };
    (client.poll_event(), beat)
}

fn certificate_of(device: u8, signer: u8) -> Vec<u8> {
    let device_key = IdentityKey::from_bytes(&[device; 32]).public();
    let (id, issued) = (DeviceId::from_number(5), 1_800_000_000);
    IdCertificate { id, device_key, generation: 0, issued, expires: issued + 1_000, key_id: 0 }
        .sign(&IdentityKey::from_bytes(&[signer; 32]))
}

// spec: RG-17
#[test]
fn a_certificate_is_kept_only_if_the_server_signed_it_for_this_device() {
    let (event, beat) = told(3, certificate_of(1, 2));
    assert!(matches!(event, Some(ClientEvent::Registered { .. })) && beat.is_some());
    for wrong in [certificate_of(4, 2), certificate_of(1, 4), Vec::new()] {
        assert_eq!(told(3, wrong), (None, None));
    }
}

// spec: RG-22
#[test]
fn beats_come_at_random_times_around_the_interval() {
    let beats: BTreeSet<Instant> = (0..100).filter_map(|seed| told(seed, certificate_of(1, 2)).1).collect();
    let after = |seconds: u64| Instant::from_micros(1 + seconds * 1_000_000);
    assert!(beats.iter().all(|beat| (after(45)..=after(75)).contains(beat)));
    // Spread over that time, and hardly two at once.
    assert!(beats.len() > 95 && beats.first() < Some(&after(48)) && beats.last() > Some(&after(72)));
}
