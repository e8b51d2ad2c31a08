//! The suite that every adapter has to pass, on loopback sockets and without sleeping.
//!
//! An adapter implements [`Adapter`] and calls [`adapter_suite!`](crate::adapter_suite) in a test of its own.
#![expect(clippy::panic, reason = "an expectation of a test that failed")]

mod cancel;
mod control;
mod datagrams;
mod many;
mod network;
mod probe;
mod proxied;
mod proxies;
mod rubbish;
mod streams;
mod websockets;

use std::net::SocketAddr;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use deskwire_machine::{Instant, LinkId, LinkIds, LinkSpec};

use crate::{Clock, DriverError, Handle, HubConfig};

pub use cancel::*;
pub use control::*;
pub use datagrams::*;
pub use many::*;
pub use network::*;
pub use probe::{Mode, Probe, Seen, pattern};
pub use proxied::*;
pub use proxies::{PASSWORD, TestProxy, USER, certificate};
pub use rubbish::{a_proxy_says, a_websocket_says};
use streams::frame;
pub use streams::*;
pub use websockets::*;

/// After this long a test has failed. It is never waited for when all is well.
const PATIENCE: Duration = Duration::from_secs(30);

/// Ends a run in the runtime's own way, and returns when that is done: a future is dropped, a task aborted.
pub type Cancel = Box<dyn FnOnce() + Send>;

/// Starts drivers, beside the thread that tests.
pub trait Adapter {
    /// Runs `probe`; its events and, at the end, what `run` gave go to the two functions. A cancelled run has no end.
    fn start(
        probe: Probe,
        ids: LinkIds,
        clock: Clock,
        config: HubConfig,
        on_event: Box<dyn FnMut(Seen) + Send>,
        on_end: Box<dyn FnOnce(Result<Probe, DriverError>) + Send>,
    ) -> (Handle<Probe>, Cancel);
}

/// A running probe.
pub struct Node {
    /// The way to it.
    pub handle: Handle<Probe>,
    /// Its clock.
    pub clock: Clock,
    cancel: Option<Cancel>,
    seen: Receiver<Seen>,
    ended: Receiver<Result<Probe, DriverError>>,
}

impl Node {
    /// Starts a probe with default bounds.
    pub fn start<A: Adapter>(mode: Mode) -> Self {
        Self::start_with::<A>(mode, HubConfig::default())
    }

    /// Starts a probe.
    pub fn start_with<A: Adapter>(mode: Mode, config: HubConfig) -> Self {
        let (ids, clock) = (LinkIds::new(), Clock::new());
        let mut probe = Probe::new(ids.clone());
        probe.mode = mode;
        let (tell_seen, seen) = channel();
        let (tell_end, ended) = channel();
        let (handle, cancel) = A::start(
            probe,
            ids,
            clock.clone(),
            config,
            // Nobody listens any more when a test is over.
            Box::new(move |event| drop(tell_seen.send(event))),
            Box::new(move |end| drop(tell_end.send(end))),
        );
        Self { handle, clock, cancel: Some(cancel), seen, ended }
    }

    /// Has something done on the probe.
    pub fn call<R: Send + 'static>(
        &self,
        command: impl FnOnce(&mut Probe, Instant) -> R + Send + 'static,
    ) -> R {
        self.handle.call(command).expect("the driver runs")
    }

    /// Waits for the first event that `pick` takes; others are passed over.
    pub fn wait<T>(&self, mut pick: impl FnMut(Seen) -> Option<T>) -> T {
        loop {
            let seen = self.seen.recv_timeout(PATIENCE).expect("an event that was expected");
            if let Some(found) = pick(seen) {
                return found;
            }
        }
    }

    /// The events that are there now.
    pub fn seen_so_far(&self) -> Vec<Seen> {
        self.seen.try_iter().collect()
    }

    /// Opens a link and waits for its local address.
    pub fn open(&self, spec: LinkSpec) -> (LinkId, SocketAddr) {
        let link = self.call(move |probe, _| probe.open(spec));
        self.wait(|seen| match seen {
            Seen::Opened(opened, local) if opened == link => Some((link, local)),
            Seen::Closed(closed, reason) if closed == link => panic!("not opened: {reason:?}"),
            _ => None,
        })
    }

    /// Listens on loopback.
    pub fn listen(&self) -> SocketAddr {
        self.open(LinkSpec::TcpListen { local: Some(loopback()), reuse: false }).1
    }

    /// Waits for the next connection.
    pub fn accepted(&self) -> LinkId {
        self.wait(|seen| if let Seen::Accepted(link) = seen { Some(link) } else { None })
    }

    /// Waits for the end of a link.
    pub fn closed(&self, link: LinkId) -> deskwire_machine::CloseReason {
        self.wait(|seen| match seen {
            Seen::Closed(closed, reason) if closed == link => Some(reason),
            _ => None,
        })
    }

    /// Cancels the run.
    pub fn cancel(&mut self) {
        self.cancel.take().expect("cancelled once")();
        // Where cancelling is an order like others, the machine comes back.
        drop(self.ended.recv_timeout(PATIENCE));
    }

    /// Waits for the end of the run.
    pub fn ended(&self) -> Result<Probe, DriverError> {
        self.ended.recv_timeout(PATIENCE).expect("the run ends")
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.handle.stop();
    }
}

/// Any port of the loopback address.
pub fn loopback() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 0))
}

/// A plain connection for the other end of a test.
fn connect(to: SocketAddr) -> std::net::TcpStream {
    let stream = std::net::TcpStream::connect(to).expect("the listener is there");
    stream.set_read_timeout(Some(PATIENCE)).expect("a socket option");
    stream.set_write_timeout(Some(PATIENCE)).expect("a socket option");
    stream
}

/// Makes a `#[test]` of each case of the suite for an `Adapter`.
#[macro_export]
macro_rules! adapter_suite {
    ($adapter:ty) => {
        $crate::adapter_suite!(@ $adapter:
            datagrams_come_back datagrams_of_both_versions_share_a_socket batches_are_cut_into_datagrams
            batches_fill_system_calls batches_go_singly_where_they_must marks_arrive_with_their_datagrams
            answers_to_a_batch_leave_as_one
            frames_in_pieces_come_back a_slow_reader_blocks_the_writer unwanted_input_is_left_in_the_network
            thousands_of_links what_was_sent_before_close_arrives an_end_and_a_cut_are_told_apart
            a_stream_nobody_reads_ends_at_its_bound more_links_than_allowed_are_refused
            t34_closed_links_give_way_to_new_ones
            a_close_before_the_connection_is_made_still_delivers a_half_closed_peer_still_gets_the_rest
            refusals_have_reasons taken_ports_are_told commands_wake_the_loop stopping_delivers_and_ends
            an_aborted_run_leaves_nothing an_abort_cuts_a_stop_short a_cancelled_run_leaves_nothing
            timers_come_in_order_and_never_early a_spinning_machine_is_named a_babbling_machine_is_stopped
            what_fell_due_during_sleep_is_found_on_waking
            addresses_are_told_at_the_start
            websockets_carry_bytes websockets_carry_bytes_under_tls a_websocket_waits_for_its_reader
            a_websocket_delivers_before_it_closes t12_a_strange_certificate_is_refused rubbish_never_becomes_a_websocket
            t33_a_slow_handshake_ends t34_the_oldest_handshake_gives_way t48_strange_web_pages_are_refused
            a_message_over_the_limit_ends_it proxies_carry_tcp_and_websockets a_proxy_is_passed_by_where_it_should
            refusals_of_proxies_have_reasons);
    };
    (@ $adapter:ty: $($case:ident)*) => {
        $(
            #[test]
            fn $case() {
                $crate::testing::$case::<$adapter>();
            }
        )*
    };
}
