//! What only a server that does not keep to the rules can show.

use alloc::boxed::Box;
use alloc::vec::Vec;

use deskwire_identity::{IdCertificate, IdentityKey};
use deskwire_machine::{Instant, Machine, Seed};
use deskwire_wire::ids::{DeviceId, Private};
use deskwire_wire::rendezvous::{Introduced, RendezvousMsg};

use super::{Client, ClientConfig, ClientEvent, DialFailure, DialRequest, ServerAddress, Trust};
use crate::exchange::introduction_id;

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
