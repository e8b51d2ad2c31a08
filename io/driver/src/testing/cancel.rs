//! Ends without farewells: nothing is left of a run, and the next one stands at once.

use std::io::Read;
use std::net::{SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::sync::Weak;

use deskwire_machine::LinkSpec;

use super::{Adapter, Mode, Node, PATIENCE, connect, loopback, pattern};
use crate::CommandError;

/// A node in the middle of things: two dozen connections, half of them with more to send than anybody reads, a UDP
/// socket, a timer and a connection attempt.
struct Busy {
    node: Node,
    listening: SocketAddr,
    peers: Vec<TcpStream>,
    alive: Weak<()>,
}

fn busy<A: Adapter>() -> Busy {
    let node = Node::start::<A>(Mode::Report);
    let listening = node.listen();
    let peers: Vec<_> = (0..24)
        .map(|n| {
            let peer = connect(listening);
            let link = node.accepted();
            if n % 2 == 0 {
                node.call(move |probe, _| probe.pour(link, 64 * 1024 * 1024));
                node.wait(|seen| (seen == super::Seen::Blocked(link)).then_some(()));
            }
            peer
        })
        .collect();
    node.open(LinkSpec::Udp { local: Some(loopback()) });
    let alive = node.call(|probe, now| {
        probe.set_timer(now + PATIENCE * 100, "never");
        probe.token()
    });
    Busy { node, listening, peers, alive }
}

/// Everything that a run held is gone: its sockets, its machine, the way to it.
fn assert_gone(busy: Busy) {
    let Busy { node, listening, peers, alive } = busy;
    assert_eq!(node.handle.send(|_, _| ()), Err(CommandError::Stopped));
    assert_eq!(node.handle.call(|_, _| ()), Err(CommandError::Stopped));
    assert!(alive.upgrade().is_none(), "the machine is still there");
    for mut peer in peers {
        // An end or a cut, once what was on its way is read: a socket that somebody still held would never end.
        let mut buf = vec![0; 256 * 1024];
        while peer.read(&mut buf).is_ok_and(|n| n > 0) {}
    }
    assert!(TcpStream::connect(listening).is_err(), "somebody still listens");
    assert!(TcpListener::bind(listening).is_ok(), "the port is free again");
}

/// A second run, on the same address of the same runtime, works like the first.
fn assert_runs_again<A: Adapter>(at: SocketAddr) {
    let node = Node::start::<A>(Mode::Echo);
    node.open(LinkSpec::TcpListen { local: Some(at), reuse: false });
    let (_, udp) = node.open(LinkSpec::Udp { local: Some(loopback()) });
    drop(connect(at));
    let asker = UdpSocket::bind(loopback()).expect("a port");
    asker.set_read_timeout(Some(PATIENCE)).expect("a socket option");
    asker.send_to(&pattern(0, 99), udp).expect("loopback takes a datagram");
    let mut buf = [0; 100];
    assert_eq!(asker.recv(&mut buf).expect("an answer"), 99);
}

/// `abort` ends a busy run at once, gives the machine back, and leaves nothing open.
pub fn an_aborted_run_leaves_nothing<A: Adapter>() {
    let busy = busy::<A>();
    let at = busy.listening;
    busy.node.handle.abort();
    drop(busy.node.ended().expect("an end in order"));
    assert_gone(busy);
    assert_runs_again::<A>(at);
}

/// An abort does not wait for a gentle stop that has begun.
pub fn an_abort_cuts_a_stop_short<A: Adapter>() {
    let node = Node::start_with::<A>(
        Mode::Report,
        crate::HubConfig { stop_linger: PATIENCE * 100, ..Default::default() },
    );
    let _reads_nothing = connect(node.listen());
    let link = node.accepted();
    node.call(move |probe, _| probe.pour(link, 64 * 1024 * 1024));
    node.wait(|seen| (seen == super::Seen::Blocked(link)).then_some(()));
    node.handle.stop();
    // Whether or not the stop has begun by now, a call is answered: it is done, or the run takes no more.
    let _ = node.handle.call(|_, _| ());
    node.handle.abort();
    assert!(node.ended().is_ok());
}

/// Cancelled in the runtime's own way (the future dropped, the task aborted) a busy run leaves nothing either.
pub fn a_cancelled_run_leaves_nothing<A: Adapter>() {
    let mut busy = busy::<A>();
    let at = busy.listening;
    busy.node.cancel();
    assert_gone(busy);
    assert_runs_again::<A>(at);
}
