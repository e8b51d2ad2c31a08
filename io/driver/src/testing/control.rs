//! Failures to open, commands, time, the end.

use std::io::Read;
use std::net::{TcpListener, UdpSocket};
use std::time::Duration;

use deskwire_machine::{ChannelSpec, CloseReason, LinkSpec};

use super::{Adapter, Mode, Node, Seen, connect, loopback, pattern};
use crate::{CommandError, DriverError};

/// What cannot be opened says why.
pub fn refusals_have_reasons<A: Adapter>() {
    let node = Node::start::<A>(Mode::Report);
    let free = TcpListener::bind(loopback()).expect("a port");
    let remote = free.local_addr().expect("a bound socket");
    drop(free);
    let link =
        node.call(move |probe, _| probe.open(LinkSpec::TcpConnect { local: None, reuse: false, remote }));
    assert_eq!(node.closed(link), CloseReason::Refused);
    let channel = ChannelSpec { bidirectional: true, priority: 0 };
    let link = node.call(move |probe, _| probe.open(LinkSpec::Channel(channel)));
    assert_eq!(node.closed(link), CloseReason::Unsupported);
    // An address of documentation is nobody's own.
    let local = Some("192.0.2.1:0".parse().expect("an address"));
    let link = node.call(move |probe, _| probe.open(LinkSpec::Udp { local }));
    assert!(matches!(node.closed(link), CloseReason::Failed(code) if code != 0));
}

/// A port that somebody else has is told as such.
pub fn taken_ports_are_told<A: Adapter>() {
    let node = Node::start::<A>(Mode::Report);
    let tcp = TcpListener::bind(loopback()).expect("a port");
    let udp = UdpSocket::bind(loopback()).expect("a port");
    let local = tcp.local_addr().ok();
    let link = node.call(move |probe, _| probe.open(LinkSpec::TcpListen { local, reuse: false }));
    assert_eq!(node.closed(link), CloseReason::AddressInUse);
    let local = udp.local_addr().ok();
    let link = node.call(move |probe, _| probe.open(LinkSpec::Udp { local }));
    assert_eq!(node.closed(link), CloseReason::AddressInUse);
}

/// Commands of many threads are all done, each soon, by a loop that would otherwise wait for seconds.
pub fn commands_wake_the_loop<A: Adapter>() {
    let node = Node::start::<A>(Mode::Report);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            let handle = node.handle.clone();
            scope.spawn(move || {
                for _ in 0..200 {
                    handle.call(|probe, _| probe.counter += 1).expect("the driver runs");
                }
            });
        }
    });
    assert_eq!(node.call(|probe, _| probe.counter), 1_600);
}

/// After `stop` what was sent is delivered, listeners are gone and handles say so.
pub fn stopping_delivers_and_ends<A: Adapter>() {
    const LEN: usize = 500_000;
    let node = Node::start::<A>(Mode::Report);
    let to = node.listen();
    let mut peer = connect(to);
    let link = node.accepted();
    node.call(move |probe, _| probe.write(link, pattern(0, LEN)));
    node.handle.stop();
    let mut got = Vec::new();
    peer.read_to_end(&mut got).expect("an end in order");
    assert!(got == pattern(0, LEN), "{} of {LEN} bytes", got.len());
    drop(peer);
    assert!(node.ended().is_ok());
    assert_eq!(node.handle.send(|_, _| ()), Err(CommandError::Stopped));
    assert_eq!(node.handle.call(|_, _| ()), Err(CommandError::Stopped));
    assert!(TcpListener::bind(to).is_ok(), "the port is free again");
}

/// Timers fire in order, each not before its time.
pub fn timers_come_in_order_and_never_early<A: Adapter>() {
    let node = Node::start::<A>(Mode::Report);
    node.call(|probe, now| {
        for (millis, name) in [(30, "third"), (2, "second"), (0, "first"), (31, "fourth")] {
            probe.set_timer(now + Duration::from_millis(millis), name);
        }
    });
    let mut order = Vec::new();
    while order.len() < 4 {
        let (name, due, told) = node.wait(|seen| match seen {
            Seen::Timer(name, due, told) => Some((name, due, told)),
            _ => None,
        });
        assert!(told >= due && node.clock.now() >= due, "{name} came early");
        order.push(name);
    }
    assert_eq!(order, ["first", "second", "third", "fourth"]);
}

/// Time goes on while the computer sleeps: what fell due meanwhile is found with the next turn, and not later by as
/// much as was slept. (A turn is never more than ten seconds away; the test does not wait for that.)
pub fn what_fell_due_during_sleep_is_found_on_waking<A: Adapter>() {
    const HOUR: Duration = Duration::from_secs(3_600);
    let node = Node::start::<A>(Mode::Report);
    node.call(|probe, now| probe.set_timer(now + HOUR, "alarm"));
    node.clock.sleep_through(2 * HOUR);
    node.call(|_, _| ());
    let (due, told) = node.wait(|seen| match seen {
        Seen::Timer("alarm", due, told) => Some((due, told)),
        _ => None,
    });
    assert!(told >= due + HOUR, "the hours slept were not counted");
}

/// A machine that is never content with a time it was told ends the run, and its reason is named.
pub fn a_spinning_machine_is_named<A: Adapter>() {
    let node = Node::start::<A>(Mode::Report);
    node.call(|probe, _| probe.spins = Some("keepalive"));
    let Err(error) = node.ended() else { panic!("it ran on") };
    assert!(matches!(error, DriverError::Livelock { reason: "keepalive", .. }), "{error}");
    assert!(error.to_string().contains("keepalive"));
    assert_eq!(node.handle.send(|_, _| ()), Err(CommandError::Stopped));
}

/// A machine that never stops putting out ends the run.
pub fn a_babbling_machine_is_stopped<A: Adapter>() {
    let node = Node::start::<A>(Mode::Report);
    node.call(|probe, now| {
        probe.set_timer(now + Duration::from_secs(3_600), "far away");
        probe.babbles = true;
    });
    assert!(matches!(node.ended(), Err(DriverError::Livelock { reason: "far away", .. })));
}

/// The addresses of the computer are told before anything else.
pub fn addresses_are_told_at_the_start<A: Adapter>() {
    let node = Node::start::<A>(Mode::Report);
    let addresses = node.wait(Some);
    assert!(matches!(addresses, Seen::Network(count) if count > 0), "{addresses:?}");
}
