//! Answers of the store that come late, or in another order than they were asked for.

use alloc::vec::Vec;
use core::time::Duration;

use deskwire_identity::{IdCertificate, IdentityKey, RotationRecord};
use deskwire_wire::ids::DeviceId;
use deskwire_wire::rendezvous::{RefuseReason, RegisterStatement, RendezvousMsg};

use super::super::{Budget, StoreRequest, StoreResult};
use super::{Bench, Hand, address, key};

const UNIX: u64 = 1_795_000_000;

impl Bench {
    /// Says a statement of `who` about `id`.
    fn state(
        &mut self,
        hand: &mut Hand,
        who: &IdentityKey,
        (id, epoch): (DeviceId, u64),
        certificate: Option<Vec<u8>>,
        rotation: Option<Vec<u8>>,
    ) -> Vec<RendezvousMsg> {
        let statement = RegisterStatement {
            id: Some(id),
            identity: *who.public().as_bytes(),
            certificate,
            epoch,
            capabilities: 0,
            rtts: Vec::new(),
            rotation,
        };
        let message = hand.signed(&self.server, who, &statement);
        self.say(hand, &message)
    }

    /// The one request to the store.
    fn asked(&mut self) -> StoreRequest {
        let [request] = self.store()[..] else { panic!("one request") };
        request
    }

    fn tell(&mut self, request: StoreRequest, result: StoreResult, hand: &Hand) -> Vec<RendezvousMsg> {
        self.server.store_done(self.now, request.ticket(), result);
        let answers = self.answers();
        hand.read(&answers)
    }
}

fn certificate(id: DeviceId, who: &IdentityKey, days_left: u64) -> Vec<u8> {
    let certificate = IdCertificate {
        id,
        device_key: who.public(),
        generation: 0,
        issued: UNIX,
        expires: UNIX + days_left * 86_400,
        key_id: Bench::config().key_id,
    };
    certificate.sign(&Bench::config().identity)
}

fn is_refused(answers: &[RendezvousMsg], why: RefuseReason) -> bool {
    matches!(answers, [RendezvousMsg::RegisterRefused { reason, .. }] if *reason == why)
}

#[test]
fn a_transfer_whose_answer_came_too_late_still_ends_the_certificates_of_the_old_key() {
    let mut bench = Bench::new();
    let (old, new) = (key(5), key(6));
    let mut hand = bench.greet(address(1));
    let id = bench.register(&mut hand, &old);
    let mut other = bench.greet(address(2));
    let record = RotationRecord::sign(bench.server.server_key().fingerprint(), id, 1, &old, &new);
    assert_eq!(bench.state(&mut other, &new, (id, 1), None, Some(record)), []);
    let request = bench.asked();
    let owner = StoreResult::NotOwner { owner: old.public(), generation: 0 };
    assert_eq!(bench.tell(request, owner, &other), []);
    let transfer = bench.asked();
    assert!(matches!(transfer, StoreRequest::Transfer { .. }));
    let answers = bench.wait(Duration::from_secs(10));
    assert!(is_refused(&other.read(&answers), RefuseReason::Store));
    // It was carried out all the same; the new key hears so when it asks again.
    assert_eq!(bench.tell(transfer, StoreResult::Owned { id, generation: 1 }, &other), []);
    assert_eq!(bench.state(&mut other, &new, (id, 2), None, None), []);
    let request = bench.asked();
    let answers = bench.tell(request, StoreResult::Owned { id, generation: 1 }, &other);
    assert!(matches!(answers[..], [RendezvousMsg::Registered { .. }]));
    let mut third = bench.greet(address(3));
    let shown = certificate(id, &old, 30);
    assert!(is_refused(&bench.state(&mut third, &old, (id, 7), Some(shown), None), RefuseReason::Revoked));
    assert_eq!(bench.store(), []);
}

#[test]
fn a_late_answer_does_not_undo_a_later_statement() {
    let mut bench = Bench::new();
    let who = key(5);
    let mut hand = bench.greet(address(1));
    let id = bench.register(&mut hand, &who);
    let (mut before, mut after) = (bench.greet(address(2)), bench.greet(address(3)));
    assert_eq!(bench.state(&mut before, &who, (id, 2), None, None), []);
    let first = bench.asked();
    assert_eq!(bench.state(&mut after, &who, (id, 3), None, None), []);
    let second = bench.asked();
    let owned = StoreResult::Owned { id, generation: 0 };
    assert!(matches!(bench.tell(second, owned, &after)[..], [RendezvousMsg::Registered { epoch: 3, .. }]));
    assert!(is_refused(&bench.tell(first, owned, &before), RefuseReason::Epoch));
    let beat = RendezvousMsg::Beat { sequence: 1, rtts: Vec::new() };
    assert!(matches!(bench.say(&mut after, &beat)[..], [RendezvousMsg::BeatAck { .. }]));
}

#[test]
fn a_certificate_that_stands_in_for_the_store_may_have_been_revoked_meanwhile() {
    let mut bench = Bench::new();
    let who = key(5);
    let mut hand = bench.greet(address(1));
    let id = bench.register(&mut hand, &who);
    let mut other = bench.greet(address(2));
    assert_eq!(bench.state(&mut other, &who, (id, 2), Some(certificate(id, &who, 5)), None), []);
    let request = bench.asked();
    assert!(bench.server.set_minimum_generation(id, 1));
    let answers = bench.tell(request, StoreResult::Unavailable, &other);
    assert!(is_refused(&answers, RefuseReason::Revoked));
    assert!(!bench.server.is_online(id));
}

#[test]
fn t34_new_devices_leave_room_at_the_store_for_those_that_have_an_id() {
    let mut bench = Bench::new();
    let known = key(5);
    let mut hand = bench.greet(address(1));
    let id = bench.register(&mut hand, &known);
    bench.server.config.limits.store_pending = 4;
    for n in 2..6 {
        let mut stranger = bench.greet(address(n));
        let message = stranger.register(&bench.server, &key(n + 10), 1);
        let answers = bench.say(&mut stranger, &message);
        assert_eq!(is_refused(&answers, RefuseReason::Store), n == 5, "{n}: {answers:?}");
    }
    assert_eq!(bench.store().len(), 3);
    let mut again = bench.greet(address(9));
    assert_eq!(bench.state(&mut again, &known, (id, 2), None, None), []);
    let request = bench.asked();
    let answers = bench.tell(request, StoreResult::Owned { id, generation: 0 }, &again);
    assert!(matches!(answers[..], [RendezvousMsg::Registered { .. }]));
}

#[test]
fn t34_a_crowd_that_opens_sessions_keeps_nobody_out_who_seldom_does() {
    let mut bench = Bench::new();
    let minute = Duration::from_secs(60);
    bench.server.config.limits.opening = Budget::new(2, minute);
    bench.server.config.limits.openings_in_all = Budget::new(3, minute);
    let open = |bench: &mut Bench, n| {
        let mut hand = bench.greet(address(n));
        !bench.say(&mut hand, &RendezvousMsg::RelaysWanted).is_empty()
    };
    // Its own two, and the three of all.
    assert_eq!([(); 7].map(|()| open(&mut bench, 1)), [true, true, true, true, true, false, false]);
    assert_eq!([(); 3].map(|()| open(&mut bench, 2)), [true, true, false]);
    assert_eq!(bench.server.stats().over_budget, 3);
    bench.wait(minute);
    assert_eq!([(); 3].map(|()| open(&mut bench, 2)), [true, true, false]);
}
