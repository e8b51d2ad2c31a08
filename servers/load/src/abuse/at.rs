//! A device with an address of its own: budgets of servers are per address, and on loopback every device would have the
//! same.

use std::net::{Ipv4Addr, SocketAddr};

use deskwire_machine::{Deadline, Input, Instant, LinkId, LinkSpec, Machine, Output};

/// A machine whose IPv4 sockets are bound to one address.
#[derive(Debug)]
pub(crate) struct At<M> {
    pub(crate) machine: M,
    pub(crate) ip: Ipv4Addr,
}

impl<M> At<M> {
    /// The same wish, from this device's address.
    fn place(&self, spec: LinkSpec) -> LinkSpec {
        let own = |port| Some(SocketAddr::from((self.ip, port)));
        match spec {
            LinkSpec::Udp { local: None } => LinkSpec::Udp { local: own(0) },
            LinkSpec::Udp { local: Some(SocketAddr::V4(local)) } => {
                LinkSpec::Udp { local: own(local.port()) }
            }
            LinkSpec::TcpConnect { local: None, reuse, remote: remote @ SocketAddr::V4(_) } => {
                LinkSpec::TcpConnect { local: own(0), reuse, remote }
            }
            other => other,
        }
    }
}

impl<M: Machine> Machine for At<M> {
    type Event = M::Event;

    fn handle_input(&mut self, now: Instant, input: Input<'_>) {
        self.machine.handle_input(now, input);
    }

    fn handle_timeout(&mut self, now: Instant) {
        self.machine.handle_timeout(now);
    }

    fn poll_output(&mut self, now: Instant, buf: &mut Vec<u8>) -> Option<Output> {
        let output = self.machine.poll_output(now, buf)?;
        Some(match output {
            Output::Open { link, spec } => Output::Open { link, spec: self.place(spec) },
            other => other,
        })
    }

    fn poll_event(&mut self) -> Option<M::Event> {
        self.machine.poll_event()
    }

    fn poll_timeout(&self) -> Option<Deadline> {
        self.machine.poll_timeout()
    }

    fn wants_input(&self, link: LinkId) -> bool {
        self.machine.wants_input(link)
    }
}
