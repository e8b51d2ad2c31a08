//! Where a device stands: behind which gateways, on which line, with what clock.

use std::net::IpAddr;
use std::time::Duration;

use super::bytes::Choices;
use crate::{
    Burst, ClockSkew, Dependence, HostId, Line, NatConfig, NetId, PortChoice, World, direct_possible,
};

/// How far the servers' clocks are ahead: clocks of devices are up to as much behind or ahead of them.
pub(super) const SERVERS_AHEAD: Duration = Duration::from_secs(3_600);

/// What a device has of IPv6.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum V6 {
    /// Nothing.
    None,
    /// An address and nothing in front.
    Open,
    /// An address behind a firewall that lets in answers only.
    Firewall,
    /// The same, and no IPv4 at all.
    Only,
}

/// Where a device stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Place {
    /// The gateways in front of it, outermost first: none, a home's, or a carrier's and a home's.
    pub gateways: Vec<NatConfig>,
    /// IPv6 beside it.
    pub v6: V6,
    /// Its line.
    pub line: Line,
    /// Its clock.
    pub clock: ClockSkew,
}

impl Place {
    pub(super) fn decode(c: &mut Choices<'_>) -> Self {
        let count = c.pick(&[1, 1, 2, 0], 1);
        let gateways = (0..count).map(|_| gateway(c)).collect();
        let v6 = c.pick(&[V6::None, V6::None, V6::None, V6::Open, V6::Firewall, V6::Only], V6::None);
        let clock = clock(c);
        Self { gateways, v6, line: line(c), clock }
    }

    /// Puts a device there; `n` tells places apart.
    pub(super) fn build(&self, world: &mut World, name: &str, n: u8) -> HostId {
        let fast = Line::of(Duration::from_millis(1));
        let mut net = NetId::INTERNET;
        let mut inner: IpAddr = [203, 0, 113, n].into();
        for (depth, config) in self.gateways.iter().enumerate() {
            net = world.network(net, *config, inner, fast);
            let home = depth + 1 == self.gateways.len();
            inner = if home { [192, 168, n, 2].into() } else { [100, 64, n, 2].into() };
        }
        let host = world.host(name, self.clock);
        if self.v6 != V6::Only {
            world.attach(host, net, inner, self.line);
        }
        let six = IpAddr::from([0x2001, 0xdb8, u16::from(n), 0, 0, 0, 0, 2]);
        match self.v6 {
            V6::None => {}
            V6::Open => world.attach(host, NetId::INTERNET, six, self.line),
            V6::Firewall | V6::Only => {
                let outer = IpAddr::from([0x2001, 0xdb8, u16::from(n), 0, 0, 0, 0, 1]);
                let net = world.network(NetId::INTERNET, NatConfig::firewall(), outer, fast);
                world.attach(host, net, six, self.line);
            }
        }
        host
    }

    /// All gateways as one: it maps and filters as the strictest of them does.
    fn gateway(&self) -> Option<NatConfig> {
        let strict = |a: Dependence, b: Dependence| a.max(b);
        self.gateways.iter().copied().reduce(|a, b| NatConfig {
            mapping: strict(a.mapping, b.mapping),
            filtering: strict(a.filtering, b.filtering),
            udp_blocked: a.udp_blocked || b.udp_blocked,
            ..a
        })
    }

    fn has_udp(&self) -> bool {
        self.v6 == V6::Only || !self.gateways.iter().any(|gateway| gateway.udp_blocked)
    }

    /// Whether it gets another outer port for each peer, and nobody knows which.
    fn is_random(&self) -> bool {
        let hard = |gateway: &&NatConfig| gateway.mapping != Dependence::Endpoint;
        let mut hard = self.gateways.iter().filter(hard);
        hard.any(|gateway| gateway.ports == PortChoice::Random)
    }

    /// Whether a direct path between two places must be found (`Some(true)`), cannot exist (`Some(false)`), or depends
    /// on luck.
    pub(super) fn direct(&self, other: &Self) -> Option<bool> {
        let six = self.v6 != V6::None && other.v6 != V6::None;
        let only = self.v6 == V6::Only || other.v6 == V6::Only;
        // Without UDP to the server nobody sees this device from outside, which also punching over IPv6 begins with.
        if six && self.has_udp() && other.has_udp() {
            return Some(true);
        }
        if only {
            return if six { None } else { Some(false) };
        }
        let possible = direct_possible(self.gateway().as_ref(), other.gateway().as_ref());
        if !six && !possible && self.is_random() && other.is_random() {
            return Some(false);
        }
        if !self.has_udp() || !other.has_udp() {
            // What is left is TCP.
            let easy = |place: &Self| place.gateways.iter().all(|g| g.mapping == Dependence::Endpoint);
            return (!six && easy(self) && easy(other)).then_some(true);
        }
        possible.then_some(true)
    }
}

fn gateway(c: &mut Choices<'_>) -> NatConfig {
    use Dependence::{Address, AddressPort, Endpoint};
    let mapping = c.pick(&[Endpoint, Endpoint, AddressPort, Address], Endpoint);
    let filtering = c.pick(&[AddressPort, Endpoint, Address, AddressPort], AddressPort);
    NatConfig {
        ports: c
            .pick(&[PortChoice::Random, PortChoice::Preserve, PortChoice::Sequential], PortChoice::Random),
        step: c.pick(&[1, 1, 2, -1], 1),
        parity: c.rarely(4),
        others: c.pick(&[Duration::ZERO, Duration::ZERO, Duration::from_millis(100)], Duration::ZERO),
        expiry: Duration::from_secs(c.pick(&[30, 60, 120, 20], 30)),
        inbound_renews: c.rarely(2),
        hairpin: c.rarely(2),
        udp_blocked: c.rarely(10),
        max_mappings: c.pick(&[4_096, 4_096, 64], 4_096),
        ..NatConfig::new(mapping, filtering)
    }
}

/// Mostly that of the servers.
fn clock(c: &mut Choices<'_>) -> ClockSkew {
    let exact = u64::try_from(SERVERS_AHEAD.as_micros()).unwrap_or(0);
    if !c.rarely(4) {
        return ClockSkew { ahead: exact, drift_ppm: 0 };
    }
    ClockSkew { ahead: c.below(7_200) * 1_000_000, drift_ppm: c.pick(&[0, 100, -100], 0) }
}

pub(super) fn line(c: &mut Choices<'_>) -> Line {
    let mut line = Line::of(Duration::from_millis(2) + c.millis(120));
    if c.rarely(2) {
        line.jitter = c.millis(20);
    }
    if c.rarely(3) {
        line.loss = c.below(50) as f64 / 1e3;
        line.duplicate = c.below(20) as f64 / 1e3;
        line.reorder = c.below(20) as f64 / 1e3;
    }
    if c.rarely(6) {
        let end = c.pick(&[0.3, 0.1, 0.5], 0.3);
        line.burst = Some(Burst { start: 0.01, end, loss: c.pick(&[0.5, 1.0], 0.5) });
    }
    line.mtu = c.pick(&[1_500, 1_500, 1_492, 1_400, 1_280], 1_500);
    line.rate = c.pick(&[None, None, None, Some(2_000_000), Some(250_000), Some(60_000)], None);
    // The last is a box that keeps seconds of packets rather than drop any.
    line.queue = c.pick(&[256 << 10, 32 << 10, 2 << 20], 256 << 10);
    line.mark = c.pick(&[None, None, Some(20 << 10)], None);
    line
}
