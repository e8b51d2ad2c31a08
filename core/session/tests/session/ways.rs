//! The other ways to log in: password, key, a click at the host, and the second factor after them.

use std::time::Duration;

use deskwire_identity::Secret;
use deskwire_session::{
    ChargeResult, Credential, Ended, HostEvent, LoginOffer, Rejected, SecondFactorResult, StretchedPassword,
    Ticket, ViewerEvent, stretch,
};
use deskwire_wire::ids::{Private, Role};
use deskwire_wire::session::{ChannelKind, LoginMethod, LoginRefusal, PasswordParams, Scopes, SessionMsg};

use crate::harness::{Setup, World, framed};

const SECOND: Duration = Duration::from_secs(1);

fn password() -> StretchedPassword {
    let params = PasswordParams { salt: [5; 16], memory_kib: 8, passes: 1 };
    StretchedPassword::with_params("correct horse", params).unwrap()
}

fn world(offer: LoginOffer) -> World {
    let mut world = World::new(&Setup { code: None, offer, ..Setup::default() });
    world.run_for(SECOND);
    world
}

fn refused(why: LoginRefusal) -> ViewerEvent {
    ViewerEvent::LoginFailed { why, retry_after_s: None }
}

fn logged_in(world: &World, method: LoginMethod) -> bool {
    let event = HostEvent::LoggedIn { method, granted: Scopes::ALL };
    world.host_events.contains(&event)
        && world.viewer_events.contains(&ViewerEvent::LoggedIn { granted: Scopes::ALL })
}

// spec: LG-8
#[test]
fn the_password_logs_in_once_it_is_stretched_as_the_host_says() {
    let mut world = world(LoginOffer { password: Some(password()), ..LoginOffer::default() });
    let [ViewerEvent::LoginWanted { methods, password: Some(params) }] = &world.take_viewer_events()[..]
    else {
        panic!("a password is offered");
    };
    assert_eq!((&methods[..], *params), (&[LoginMethod::Password][..], password().params));
    let key = stretch("correct horse", params).unwrap();
    world.viewer.log_in(world.now, Credential::Password(key)).unwrap();
    world.run_for(SECOND);
    let charge = HostEvent::ChargeAttempt { ticket: Ticket(0), method: LoginMethod::Password };
    assert_eq!(world.take_host_events(), [charge]);
    world.host.attempt_charged(world.now, Ticket(0), ChargeResult::Allowed);
    world.run_for(SECOND);
    assert!(logged_in(&world, LoginMethod::Password));
    let refund = HostEvent::RefundAttempt { ticket: Ticket(0), method: LoginMethod::Password };
    assert!(world.host_events.contains(&refund));
}

#[test]
fn a_wrong_password_stays_charged() {
    let mut world = world(LoginOffer { password: Some(password()), ..LoginOffer::default() });
    let key = stretch("wrong horse", &password().params).unwrap();
    world.viewer.log_in(world.now, Credential::Password(key)).unwrap();
    world.run_for(SECOND);
    world.grant_charges();
    world.run_for(SECOND);
    assert!(world.viewer_events.contains(&refused(LoginRefusal::WrongSecret)));
    assert!(!world.host_events.iter().any(|event| matches!(event, HostEvent::RefundAttempt { .. })));
}

/// The same bytes as code and as password give unrelated keys: a proof for one is none for the other.
#[test]
fn a_code_is_no_password() {
    let secret = StretchedPassword { key: Secret::new(*b"12345678901234567890123456789012"), ..password() };
    let mut world = world(LoginOffer { password: Some(secret), ..LoginOffer::default() });
    let code = Credential::Code("12345678901234567890123456789012".parse().unwrap());
    world.viewer.log_in(world.now, code).unwrap();
    world.run_for(SECOND);
    assert!(world.viewer_events.contains(&refused(LoginRefusal::NotOffered)));
}

// spec: LG-16
#[test]
fn t28_a_listed_viewer_logs_in_by_its_key_and_is_not_charged() {
    let mut world = world(LoginOffer { identity: true, ..LoginOffer::default() });
    world.viewer.log_in(world.now, Credential::Identity).unwrap();
    world.run_for(SECOND);
    assert!(logged_in(&world, LoginMethod::Identity));
    assert!(!world.host_events.iter().any(|event| matches!(event, HostEvent::ChargeAttempt { .. })));
}

// spec: LG-16
#[test]
fn a_stranger_does_not_log_in_by_its_key() {
    let mut world = world(LoginOffer { password: Some(password()), ..LoginOffer::default() });
    world.viewer.log_in(world.now, Credential::Identity).unwrap();
    world.run_for(SECOND);
    assert!(world.viewer_events.contains(&refused(LoginRefusal::NotOffered)));
}

/// Nobody is asked before the question is charged.
fn charge_question(world: &mut World) {
    world.run_for(SECOND);
    let charge = HostEvent::ChargeAttempt { ticket: Ticket(0), method: LoginMethod::Approval };
    assert_eq!(world.take_host_events(), [charge]);
    world.host.attempt_charged(world.now, Ticket(0), ChargeResult::Allowed);
}

// spec: LG-20, LG-21
#[test]
fn a_question_that_comes_too_soon_is_not_asked() {
    let mut world = world(LoginOffer { approval: true, ..LoginOffer::default() });
    world.viewer.log_in(world.now, Credential::Approval).unwrap();
    world.run_for(SECOND);
    world.take_host_events();
    world.host.attempt_charged(world.now, Ticket(0), ChargeResult::Refused { retry_after_s: Some(40) });
    world.run_for(SECOND);
    assert_eq!(world.take_host_events(), [HostEvent::LoginRefused { why: LoginRefusal::TryLater }]);
    let told = ViewerEvent::LoginFailed { why: LoginRefusal::TryLater, retry_after_s: Some(40) };
    assert!(world.viewer_events.contains(&told));
}

#[test]
fn somebody_at_the_host_lets_a_viewer_in_or_does_not() {
    for allowed in [true, false] {
        let mut world = world(LoginOffer { approval: true, ..LoginOffer::default() });
        world.viewer.log_in(world.now, Credential::Approval).unwrap();
        charge_question(&mut world);
        world.run_for(Duration::from_secs(40));
        assert_eq!(world.take_host_events(), [HostEvent::ApprovalWanted { ticket: Ticket(0) }]);
        world.host.approve(world.now, Ticket(0), allowed);
        world.run_for(SECOND);
        let refund = HostEvent::RefundAttempt { ticket: Ticket(0), method: LoginMethod::Approval };
        assert_eq!(world.host_events.contains(&refund), allowed);
        assert_eq!(logged_in(&world, LoginMethod::Approval), allowed);
        assert_eq!(world.viewer_events.contains(&refused(LoginRefusal::Denied)), !allowed);
    }
}

// spec: LG-17
#[test]
fn who_is_not_answered_is_told_so_after_a_minute() {
    let mut world = world(LoginOffer { approval: true, ..LoginOffer::default() });
    world.viewer.log_in(world.now, Credential::Approval).unwrap();
    charge_question(&mut world);
    world.run_for(Duration::from_secs(59));
    assert_eq!(world.take_host_events(), [HostEvent::ApprovalWanted { ticket: Ticket(0) }]);
    world.run_for(2 * SECOND);
    assert_eq!(
        world.take_host_events(),
        [
            HostEvent::ApprovalOver { ticket: Ticket(0) },
            HostEvent::LoginRefused { why: LoginRefusal::Denied }
        ]
    );
    assert!(world.viewer_events.contains(&refused(LoginRefusal::Denied)));
    // A late click does nothing.
    world.host.approve(world.now, Ticket(0), true);
    world.run_for(SECOND);
    assert!(!world.host.is_active());
}

/// Logs in up to the point where the second factor is asked for.
fn at_the_factor() -> World {
    let offer = LoginOffer { password: Some(password()), second_factor: true, ..LoginOffer::default() };
    let mut world = world(offer);
    world.viewer.log_in(world.now, Credential::Password(password().key)).unwrap();
    world.run_for(SECOND);
    world.grant_charges();
    world.run_for(SECOND);
    assert!(world.take_viewer_events().contains(&ViewerEvent::SecondFactorWanted));
    assert!(!world.host.is_active() && !world.viewer.is_active());
    world.take_host_events();
    world
}

#[test]
fn a_second_factor_is_wanted_until_it_is_right() {
    let mut world = at_the_factor();
    for (n, (code, result)) in
        [("000000", SecondFactorResult::Wrong), ("123456", SecondFactorResult::Right)].into_iter().enumerate()
    {
        world.viewer.second_factor(world.now, code, true).unwrap();
        assert_eq!(world.viewer.second_factor(world.now, code, true), Err(Rejected::NotNow));
        world.run_for(SECOND);
        let ticket = Ticket(n as u64 + 1);
        let asked = HostEvent::SecondFactor { ticket, code: Private(code.into()), trust: true };
        assert_eq!(world.take_host_events(), [asked]);
        assert!(!world.host.is_active());
        world.host.second_factor_checked(world.now, ticket, result);
        world.run_for(SECOND);
        if result == SecondFactorResult::Wrong {
            let events = world.take_viewer_events();
            assert_eq!(events, [refused(LoginRefusal::WrongSecret), ViewerEvent::SecondFactorWanted]);
            world.take_host_events();
        }
    }
    assert!(logged_in(&world, LoginMethod::Password));
}

#[test]
fn a_second_factor_that_comes_too_soon_or_unasked_ends_the_session() {
    let message = framed(&SessionMsg::LoginSecondFactor { code: Private("123456".into()), trust: false });
    let mut world =
        world(LoginOffer { password: Some(password()), second_factor: true, ..LoginOffer::default() });
    world.inject(Role::Host, ChannelKind::Control, &message);
    assert!(matches!(world.host_events.last(), Some(HostEvent::Closed { reason: Ended::Misbehaved(_) })));
}

// spec: LG-18
/// Whoever sits between does not get the second factor: it goes only to a host that has proven the password.
#[test]
fn the_second_factor_is_kept_from_a_host_without_proof() {
    for tag in [None, Some([1; 32])] {
        let offer = LoginOffer { password: Some(password()), second_factor: true, ..LoginOffer::default() };
        let mut world = world(offer);
        world.viewer.log_in(world.now, Credential::Password(password().key)).unwrap();
        world.run_for(SECOND);
        world.hold(Role::Viewer, true);
        world.grant_charges();
        world.run_for(SECOND);
        world.take_viewer_events();
        let wanted = framed(&SessionMsg::LoginSecondFactorWanted { tag });
        world.inject(Role::Viewer, ChannelKind::Control, &wanted);
        assert_eq!(world.take_viewer_events(), [ViewerEvent::Closed { reason: Ended::NotProven }]);
    }
}

/// Skipping the second factor does not help: the host says when somebody is in.
#[test]
fn a_viewer_waits_a_minute_for_its_user_and_no_longer() {
    let mut world = at_the_factor();
    world.run_for(Duration::from_secs(58));
    assert_eq!(world.take_host_events(), []);
    world.run_for(3 * SECOND);
    assert_eq!(world.take_host_events(), [HostEvent::Closed { reason: Ended::LoginTimedOut }]);
}

#[test]
fn a_second_factor_that_is_not_looked_at_starts_the_login_over() {
    let mut world = at_the_factor();
    world.viewer.second_factor(world.now, "123456", false).unwrap();
    world.run_for(SECOND);
    let result = SecondFactorResult::Refused { retry_after_s: Some(8) };
    world.host.second_factor_checked(world.now, Ticket(1), result);
    world.run_for(SECOND);
    let late = ViewerEvent::LoginFailed { why: LoginRefusal::TryLater, retry_after_s: Some(8) };
    assert_eq!(world.take_viewer_events(), [late]);
    assert_eq!(world.viewer.second_factor(world.now, "123456", false), Err(Rejected::NotNow));
    assert_eq!(world.viewer.log_in(world.now, Credential::Password(password().key)), Ok(()));
}
