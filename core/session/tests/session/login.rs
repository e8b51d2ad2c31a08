//! Logging in: right codes, wrong codes, charges, men in the middle.

use std::time::Duration;

use deskwire_machine::{Input, Instant, LinkSpec, Machine, Output, StreamBuf};
use deskwire_session::{
    ChargeResult, Credential, Ended, HostEvent, Rejected, Ticket, ViewerEvent, ViewerSession,
};
use deskwire_wire::ids::{DisplayId, Epoch, Role};
use deskwire_wire::session::{
    ChannelHeader, ChannelKind, LoginMethod, LoginRefusal, Scope, Scopes, SessionMsg,
};

use crate::harness::{CODE, Setup, World, code, configs, display, framed};

fn charge(ticket: u64) -> HostEvent {
    HostEvent::ChargeAttempt { ticket: Ticket(ticket), method: LoginMethod::OneTimeCode }
}

fn wrong() -> ViewerEvent {
    ViewerEvent::LoginFailed { why: LoginRefusal::WrongSecret, retry_after_s: None }
}

fn refused(why: LoginRefusal) -> HostEvent {
    HostEvent::LoginRefused { why }
}

// spec: TR-22
#[test]
fn the_control_channel_is_the_first() {
    let (_, config, _) = configs(&Setup::default());
    let now = Instant::from_micros(1);
    let (mut viewer, mut buf) = (ViewerSession::new(now, config), Vec::new());
    let Some(Output::Open { link, spec: LinkSpec::Channel(spec) }) = viewer.poll_output(now, &mut buf) else {
        panic!("it begins with a channel")
    };
    assert!(spec.bidirectional);
    assert_eq!(viewer.poll_output(now, &mut buf), Some(Output::Stream { link }));
    assert_eq!(buf, ChannelHeader::Control.to_bytes());
    assert_eq!(viewer.poll_output(now, &mut buf), None, "and opens no other before the login");
    // A host whose viewer opens another one instead leaves.
    let video = ChannelHeader::Video { display: DisplayId(1), epoch: Epoch(1) };
    for (header, is_taken) in [
        (ChannelHeader::Control, true),
        (ChannelHeader::Input, false),
        (video, false),
        (ChannelHeader::Cursor, false),
        (ChannelHeader::Clipboard, false),
    ] {
        let mut world = World::new(&Setup::default());
        let link = world.accept(Role::Host);
        let bytes = header.to_bytes();
        world.input(Role::Host, Input::Stream { link, data: &mut StreamBuf::from(&bytes[..]) });
        let left = std::iter::from_fn(|| world.host.poll_event())
            .any(|event| matches!(event, HostEvent::Closed { reason: Ended::Misbehaved(_) }));
        assert_eq!(left, !is_taken, "{header:?}");
    }
}

// spec: LG-3, LG-4
#[test]
fn the_right_code_logs_in_and_is_refunded() {
    let granted = Scopes::NONE.with(Scope::View).with(Scope::ClipboardIn);
    let mut world = World::new(&Setup { granted, ..Setup::default() });
    world.host.set_displays(world.now, vec![display(1, 8, 6)]);
    world.run_for(Duration::from_secs(1));
    assert_eq!(
        world.take_viewer_events(),
        [ViewerEvent::LoginWanted { methods: vec![LoginMethod::OneTimeCode], password: None }]
    );
    world.viewer.log_in(world.now, Credential::Code(code(CODE))).unwrap();
    assert_eq!(world.viewer.log_in(world.now, Credential::Code(code(CODE))), Err(Rejected::NotNow));
    world.run_for(Duration::from_secs(1));
    assert_eq!(world.take_host_events(), [charge(0)]);
    assert_eq!(world.take_viewer_events(), [], "nothing is answered before the charge");
    world.host.attempt_charged(world.now, Ticket(0), ChargeResult::Allowed);
    world.run_for(Duration::from_secs(1));
    assert_eq!(
        world.take_host_events(),
        [
            HostEvent::RefundAttempt { ticket: Ticket(0), method: LoginMethod::OneTimeCode },
            HostEvent::LoggedIn { method: LoginMethod::OneTimeCode, granted }
        ]
    );
    assert_eq!(
        world.take_viewer_events(),
        [ViewerEvent::LoggedIn { granted }, ViewerEvent::Displays(vec![display(1, 8, 6)])]
    );
    assert_eq!(world.viewer.log_in(world.now, Credential::Code(code(CODE))), Err(Rejected::NotActive));
}

// spec: LG-10, LG-12
#[test]
fn a_wrong_code_is_refused_and_stays_charged_and_the_third_ends_it() {
    let mut world = World::new(&Setup::default());
    for n in 0..3 {
        world.viewer.log_in(world.now, Credential::Code(code("000000"))).unwrap();
        world.run_for(Duration::from_secs(1));
        world.host.attempt_charged(world.now, Ticket(n), ChargeResult::Allowed);
        world.run_for(Duration::from_secs(1));
    }
    let told = world.take_viewer_events();
    assert_eq!(told[..3], [wrong(), wrong(), wrong()]);
    assert!(
        matches!(&told[3..], [ViewerEvent::Closed { reason: Ended::ByPeer { reason } }] if reason.contains("too many logins"))
    );
    let wrong = refused(LoginRefusal::WrongSecret);
    assert_eq!(
        world.take_host_events(),
        [
            charge(0),
            wrong.clone(),
            charge(1),
            wrong.clone(),
            charge(2),
            wrong,
            HostEvent::Closed { reason: Ended::TooManyTries },
        ]
    );
    assert!(!world.viewer.is_active() && !world.host.is_active());
}

// spec: LG-4
#[test]
fn after_a_wrong_code_the_right_one_still_works() {
    let mut world = World::new(&Setup::default());
    world.viewer.log_in(world.now, Credential::Code(code("111111"))).unwrap();
    world.run_until(|world| {
        world.grant_charges();
        world.viewer_events.contains(&wrong())
    });
    world.viewer.log_in(world.now, Credential::Code(code(CODE))).unwrap();
    world.run_until(|world| {
        world.grant_charges();
        world.viewer.is_active()
    });
    let refunds = world.host_events.iter().filter(|e| matches!(e, HostEvent::RefundAttempt { .. }));
    assert_eq!(refunds.count(), 1, "only the right one is refunded");
}

// spec: LG-6, LG-7
#[test]
fn a_refused_charge_says_how_long_to_wait() {
    let mut world = World::new(&Setup::default());
    world.viewer.log_in(world.now, Credential::Code(code(CODE))).unwrap();
    world.run_for(Duration::from_secs(1));
    world.host.attempt_charged(world.now, Ticket(9), ChargeResult::Allowed);
    world.run_for(Duration::from_secs(1));
    assert_eq!(world.take_viewer_events(), [], "another ticket changes nothing");
    world.host.attempt_charged(world.now, Ticket(0), ChargeResult::Refused { retry_after_s: Some(8) });
    world.run_for(Duration::from_secs(1));
    assert_eq!(
        world.take_viewer_events(),
        [ViewerEvent::LoginFailed { why: LoginRefusal::TryLater, retry_after_s: Some(8) }]
    );
    world.viewer.log_in(world.now, Credential::Code(code(CODE))).unwrap();
    world.run_for(Duration::from_secs(1));
    world.host.attempt_charged(world.now, Ticket(1), ChargeResult::Refused { retry_after_s: None });
    world.run_for(Duration::from_secs(1));
    assert_eq!(
        world.take_viewer_events(),
        [ViewerEvent::LoginFailed { why: LoginRefusal::Locked, retry_after_s: None }]
    );
}

// spec: LG-4
#[test]
fn t26_a_disconnect_never_refunds() {
    let mut world = World::new(&Setup::default());
    world.viewer.log_in(world.now, Credential::Code(code(CODE))).unwrap();
    world.run_for(Duration::from_secs(1));
    assert_eq!(world.take_host_events(), [charge(0)]);
    world.viewer.close(world.now, "changed my mind");
    world.run_for(Duration::from_secs(1));
    world.host.attempt_charged(world.now, Ticket(0), ChargeResult::Allowed);
    world.run_for(Duration::from_secs(1));
    let events = world.take_host_events();
    assert!(matches!(&events[..], [HostEvent::Closed { reason: Ended::ByPeer { .. } }]), "{events:?}");
}

#[test]
fn t02_two_transports_with_different_exporters_never_log_in() {
    let mut world = World::new(&Setup { exporter: 8, ..Setup::default() });
    world.viewer.log_in(world.now, Credential::Code(code(CODE))).unwrap();
    world.run_until(|world| {
        world.grant_charges();
        !world.viewer_events.is_empty()
    });
    assert_eq!(world.viewer_events, [wrong()]);
    assert!(!world.host_events.iter().any(|e| matches!(e, HostEvent::RefundAttempt { .. })));
}

// spec: LG-5
#[test]
fn a_host_without_a_code_offers_and_takes_none() {
    let mut world = World::new(&Setup { code: None, ..Setup::default() });
    world.viewer.log_in(world.now, Credential::Code(code(CODE))).unwrap();
    world.run_for(Duration::from_secs(1));
    assert_eq!(world.take_viewer_events(), [ViewerEvent::LoginWanted { methods: vec![], password: None }]);
    world.viewer.log_in(world.now, Credential::Code(code(CODE))).unwrap();
    world.run_for(Duration::from_secs(1));
    assert_eq!(
        world.take_viewer_events(),
        [ViewerEvent::LoginFailed { why: LoginRefusal::NotOffered, retry_after_s: None }]
    );
    assert_eq!(world.take_host_events(), [refused(LoginRefusal::NotOffered)], "nothing is charged for it");
}

/// Nobody types while the host decides, so the viewer need not wait as long as for a person.
#[test]
fn a_host_that_does_not_answer_a_login_is_left() {
    let mut world = World::new(&Setup::default());
    world.run_for(Duration::from_secs(5));
    world.viewer.log_in(world.now, Credential::Code(code(CODE))).unwrap();
    world.run_for(Duration::from_secs(1));
    assert_eq!(world.take_host_events(), [charge(0)], "which nobody answers");
    world.take_viewer_events();
    world.run_for(Duration::from_secs(13));
    assert_eq!(world.take_viewer_events(), []);
    world.run_for(Duration::from_secs(2));
    assert_eq!(world.take_viewer_events(), [ViewerEvent::Closed { reason: Ended::LoginTimedOut }]);
}

#[test]
fn t33_a_login_that_does_not_come_ends_the_session() {
    let mut world = World::new(&Setup::default());
    world.run_for(Duration::from_secs(119));
    assert_eq!(world.take_host_events(), []);
    world.run_for(Duration::from_secs(2));
    assert_eq!(world.take_host_events(), [HostEvent::Closed { reason: Ended::LoginTimedOut }]);
    assert!(matches!(world.viewer_events.last(), Some(ViewerEvent::Closed { .. })));
}

/// All that a stranger hears is what the host offers; whatever the host shows, knows and is makes no difference.
// spec: LG-1, LG-2
#[test]
fn t14_before_a_login_the_host_says_the_same_whatever_it_has() {
    let said = |rich: bool| {
        let mut world = World::new(&Setup::default());
        if rich {
            let displays = vec![display(1, 800, 600), display(2, 1_024, 768)];
            world.host.set_displays(world.now, displays);
            let position = deskwire_wire::screen::CursorPosition {
                display: deskwire_wire::ids::DisplayId(1),
                at: Default::default(),
                visible: true,
            };
            world.host.set_cursor_position(world.now, position);
            assert_eq!(world.host.send_clipboard(world.now, "secret".into()), Err(Rejected::NotActive));
            assert_eq!(world.host.send_path_message(world.now, vec![1]), Err(Rejected::NotActive));
        }
        world.run_for(Duration::from_secs(5));
        world.bytes.get(&true).copied()
    };
    assert_eq!(said(false), said(true));
    assert!(said(true).unwrap() < 32);
}

// spec: LG-11
#[test]
fn a_host_that_cannot_prove_the_code_is_left() {
    let mut world = World::new(&Setup::default());
    world.viewer.log_in(world.now, Credential::Code(code(CODE))).unwrap();
    world.run_for(Duration::from_secs(1));
    // The host's share arrives, the viewer's proof does not.
    world.hold(Role::Viewer, true);
    world.grant_charges();
    world.run_for(Duration::from_secs(1));
    let accepted = framed(&SessionMsg::LoginAccepted { tag: Some([1; 32]), granted: Scopes::ALL });
    world.inject(Role::Viewer, ChannelKind::Control, &accepted);
    assert_eq!(world.take_viewer_events(), [ViewerEvent::Closed { reason: Ended::NotProven }]);
    assert!(!world.viewer.is_active());
}
