//! A rendezvous client with a socket of its own, or with none, so that only TCP is left.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use deskwire_core::machine::{Deadline, Input, Instant, LinkId, LinkSpec, Machine, Outbox, Output};
use deskwire_rendezvous::{Client, ClientConfig, ClientEvent};

/// The client and its socket.
pub(super) struct Probe {
    client: Client,
    outbox: Outbox,
    asked: bool,
}

impl Probe {
    /// Asks for the map of relays as soon as its socket is open.
    pub(super) fn new(now: Instant, config: ClientConfig, udp: bool) -> Self {
        let mut outbox = Outbox::new(0);
        if udp {
            let local = match config.servers.first().map(|server| server.main) {
                Some(SocketAddr::V6(_)) => SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0)),
                _ => SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)),
            };
            outbox.open(config.ids.allocate(), LinkSpec::Udp { local: Some(local) });
        }
        let mut client = Client::new(now, config);
        if !udp {
            client.want_relays(now);
        }
        Self { client, outbox, asked: !udp }
    }
}

impl Machine for Probe {
    type Event = ClientEvent;

    fn handle_input(&mut self, now: Instant, input: Input<'_>) {
        self.outbox.note(&input);
        let settled = matches!(input, Input::Opened { .. } | Input::Closed { .. });
        self.client.handle_input(now, input);
        // Before, the question would be lost, and the answer late by a retransmission.
        if settled && !std::mem::replace(&mut self.asked, true) {
            self.client.want_relays(now);
        }
    }

    fn handle_timeout(&mut self, now: Instant) {
        self.client.handle_timeout(now);
    }

    fn poll_output(&mut self, now: Instant, buf: &mut Vec<u8>) -> Option<Output> {
        self.outbox.poll(buf).or_else(|| self.client.poll_output(now, buf))
    }

    fn poll_event(&mut self) -> Option<ClientEvent> {
        self.client.poll_event()
    }

    fn poll_timeout(&self) -> Option<Deadline> {
        self.client.poll_timeout()
    }

    fn wants_input(&self, link: LinkId) -> bool {
        self.client.wants_input(link)
    }
}
