//! A rendezvous client with a socket of its own, or with none, so that only streams are left; a link that is opened to
//! see whether it can be; and what measures relays over UDP, with its sockets.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use deskwire_core::machine::{
    CloseReason, Deadline, Input, Instant, LinkId, LinkIds, LinkSpec, Machine, Outbox, Output,
};
use deskwire_relay::{Measured, ProbeConfig, RelayProbe};
use deskwire_rendezvous::{Client, ClientConfig, ClientEvent};

/// The client and its socket.
pub(super) struct Probe {
    client: Client,
    outbox: Outbox,
    /// What is asked once the socket is open: before, the question would be lost, and the answer late by a
    /// retransmission.
    ask: Option<Ask>,
}

/// Asks something.
pub(super) type Ask = Box<dyn FnOnce(&mut Client, Instant) + Send>;

impl Probe {
    pub(super) fn new(now: Instant, config: ClientConfig, ask: Ask) -> Self {
        let mut outbox = Outbox::new(0);
        let udp = config.udp;
        if udp {
            let local = match config.servers.first().map(|server| server.main) {
                Some(SocketAddr::V6(_)) => SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0)),
                _ => SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)),
            };
            outbox.open(config.ids.allocate(), LinkSpec::Udp { local: Some(local) });
        }
        let mut client = Client::new(now, config);
        let mut ask = Some(ask);
        if let Some(ask) = ask.take_if(|_| !udp) {
            ask(&mut client, now);
        }
        Self { client, outbox, ask }
    }
}

impl Machine for Probe {
    type Event = ClientEvent;

    fn handle_input(&mut self, now: Instant, input: Input<'_>) {
        self.outbox.note(&input);
        let settled = matches!(input, Input::Opened { .. } | Input::Closed { .. });
        self.client.handle_input(now, input);
        if let Some(ask) = self.ask.take_if(|_| settled) {
            ask(&mut self.client, now);
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

/// One link, opened and left.
pub(super) struct Knock {
    link: LinkId,
    outbox: Outbox,
    result: Option<Result<(), CloseReason>>,
}

impl Knock {
    pub(super) fn new(link: LinkId, spec: LinkSpec) -> Self {
        let mut outbox = Outbox::new(0);
        outbox.open(link, spec);
        Self { link, outbox, result: None }
    }
}

impl Machine for Knock {
    type Event = Result<(), CloseReason>;

    fn handle_input(&mut self, _: Instant, input: Input<'_>) {
        self.outbox.note(&input);
        match input {
            Input::Opened { link, .. } if link == self.link => self.result = Some(Ok(())),
            Input::Closed { link, reason } if link == self.link => self.result = Some(Err(reason)),
            _ => {}
        }
    }

    fn handle_timeout(&mut self, _: Instant) {}

    fn poll_output(&mut self, _: Instant, buf: &mut Vec<u8>) -> Option<Output> {
        self.outbox.poll(buf)
    }

    fn poll_event(&mut self) -> Option<Self::Event> {
        self.result.take()
    }

    fn poll_timeout(&self) -> Option<Deadline> {
        None
    }

    fn wants_input(&self, _: LinkId) -> bool {
        false
    }
}

/// Measures relays over sockets of its own.
pub(super) struct Measure {
    probe: RelayProbe,
    outbox: Outbox,
}

impl Measure {
    pub(super) fn new(now: Instant, ids: &LinkIds, config: ProbeConfig) -> Self {
        let mut outbox = Outbox::new(0);
        let all = || config.relays.iter().flat_map(|(_, addresses)| addresses);
        if all().any(SocketAddr::is_ipv4) {
            let local = Some(SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)));
            outbox.open(ids.allocate(), LinkSpec::Udp { local });
        }
        if all().any(SocketAddr::is_ipv6) {
            let local = Some(SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0)));
            outbox.open(ids.allocate(), LinkSpec::Udp { local });
        }
        Self { probe: RelayProbe::new(now, config), outbox }
    }
}

impl Machine for Measure {
    type Event = Vec<Measured>;

    fn handle_input(&mut self, now: Instant, input: Input<'_>) {
        self.outbox.note(&input);
        self.probe.handle_input(now, input);
    }

    fn handle_timeout(&mut self, now: Instant) {
        self.probe.handle_timeout(now);
    }

    fn poll_output(&mut self, now: Instant, buf: &mut Vec<u8>) -> Option<Output> {
        self.outbox.poll(buf).or_else(|| self.probe.poll_output(now, buf))
    }

    fn poll_event(&mut self) -> Option<Self::Event> {
        self.probe.poll_event()
    }

    fn poll_timeout(&self) -> Option<Deadline> {
        self.probe.poll_timeout()
    }

    fn wants_input(&self, link: LinkId) -> bool {
        self.probe.wants_input(link)
    }
}
