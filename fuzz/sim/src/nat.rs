//! Address translation and stateful firewalls, in the terms of RFC 4787 (UDP) and RFC 5382 (TCP).

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use deskwire_machine::{Instant, Rng};

/// What a mapping or a filter looks at.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Dependence {
    /// Endpoint-independent: nothing of the other side.
    Endpoint,
    /// Address-dependent.
    Address,
    /// Address and port-dependent.
    AddressPort,
}

/// How a translator picks the outer port.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PortChoice {
    /// The inner port if it is free, else the next free one.
    Preserve,
    /// One after the other.
    Sequential,
    /// Anything free.
    Random,
}

/// Transport protocols that are translated.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Protocol {
    /// Datagrams.
    Udp,
    /// Streams.
    Tcp,
}

/// Ports of services that everybody may call: HTTPS, and those of our servers.
const fn is_service(port: u16) -> bool {
    port == 443 || 21_114 <= port && port <= 21_119
}

/// How a gateway treats what passes it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NatConfig {
    /// Whether addresses are translated; without it the gateway is a stateful firewall.
    pub translate: bool,
    /// When a new outer address is made.
    pub mapping: Dependence,
    /// Who may send to it.
    pub filtering: Dependence,
    /// Which port it gets.
    pub ports: PortChoice,
    /// From one port to the next where they are given one after the other.
    pub step: i16,
    /// Whether even ports stay even and odd ones odd (RFC 4787, section 4.2.2); each kind is counted apart then.
    pub parity: bool,
    /// How often other hosts behind it get a port, on average; zero if there are none.
    pub others: Duration,
    /// How long a UDP mapping, and a permission in it, lives without outbound traffic.
    pub expiry: Duration,
    /// The same for TCP.
    pub tcp_expiry: Duration,
    /// Whether inbound traffic renews a mapping too (RFC 4787, requirement 6, allows both).
    pub inbound_renews: bool,
    /// Whether hosts inside reach each other through their outer addresses.
    pub hairpin: bool,
    /// Whether UDP is dropped, both ways.
    pub udp_blocked: bool,
    /// Whether TCP goes out to the ports of services only: 443, and those of our servers.
    pub services_only: bool,
    /// Most mappings; the one unused for longest goes first.
    pub max_mappings: usize,
}

impl NatConfig {
    /// The classic names are combinations of mapping and filtering.
    pub const fn new(mapping: Dependence, filtering: Dependence) -> Self {
        Self {
            translate: true,
            mapping,
            filtering,
            ports: PortChoice::Random,
            step: 1,
            parity: false,
            others: Duration::ZERO,
            expiry: Duration::from_secs(30),
            tcp_expiry: Duration::from_secs(2 * 3600),
            inbound_renews: false,
            hairpin: false,
            udp_blocked: false,
            services_only: false,
            max_mappings: 4096,
        }
    }

    /// Endpoint-independent mapping and filtering.
    pub const fn full_cone() -> Self {
        Self::new(Dependence::Endpoint, Dependence::Endpoint)
    }

    /// Endpoint-independent mapping, address-dependent filtering.
    pub const fn restricted() -> Self {
        Self::new(Dependence::Endpoint, Dependence::Address)
    }

    /// Endpoint-independent mapping, address and port-dependent filtering: most homes.
    pub const fn port_restricted() -> Self {
        Self::new(Dependence::Endpoint, Dependence::AddressPort)
    }

    /// Both address and port-dependent.
    pub const fn symmetric() -> Self {
        Self::new(Dependence::AddressPort, Dependence::AddressPort)
    }

    /// Both address and port-dependent, and outer ports one after the other.
    pub const fn sequential() -> Self {
        let mut config = Self::symmetric();
        config.ports = PortChoice::Sequential;
        config
    }

    /// An office that lets no UDP through, and TCP to services only: nobody has a direct path there.
    pub const fn udp_blocked() -> Self {
        let mut config = Self::tcp_only();
        config.services_only = true;
        config
    }

    /// A home that lets no UDP through, and translates TCP as [`NatConfig::port_restricted`] does.
    pub const fn tcp_only() -> Self {
        let mut config = Self::port_restricted();
        config.udp_blocked = true;
        config
    }

    /// No translation; lets in answers only.
    pub const fn firewall() -> Self {
        let mut config = Self::port_restricted();
        config.translate = false;
        config
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Key {
    protocol: Protocol,
    inner: SocketAddr,
    /// The part of the other side that the mapping depends on.
    remote: Option<(IpAddr, u16)>,
}

#[derive(Debug)]
struct Mapping {
    outer: SocketAddr,
    used: Instant,
    /// Whom the inner side sent to, and when.
    permitted: BTreeMap<SocketAddr, Instant>,
}

/// The table of one gateway. It is told the time and never asks.
#[derive(Debug)]
pub struct Nat {
    config: NatConfig,
    outer: IpAddr,
    mappings: BTreeMap<Key, Mapping>,
    outers: BTreeMap<(Protocol, SocketAddr), Key>,
    /// Where counting goes on, for even and for odd ports; the first for all if they are not told apart.
    next_ports: [u16; 2],
    /// When somebody else gets a port.
    other_at: Instant,
    rng: Rng,
}

impl Nat {
    /// A gateway with the outer address `outer` (unused by a firewall).
    pub fn new(config: NatConfig, outer: IpAddr, rng: Rng) -> Self {
        let mut rng = rng;
        let first = 20_000 + u16::try_from(rng.below(20_000)).unwrap_or(0);
        let next_ports = if config.parity { [first & !1, (first + 10_000) | 1] } else { [first; 2] };
        let (mappings, outers) = (BTreeMap::new(), BTreeMap::new());
        Self { config, outer, mappings, outers, next_ports, other_at: Instant::ZERO, rng }
    }

    /// Its configuration.
    pub const fn config(&self) -> &NatConfig {
        &self.config
    }

    /// Its outer address.
    pub const fn outer(&self) -> IpAddr {
        self.outer
    }

    /// How many mappings there are, expired ones included that nobody has asked for since.
    pub fn len(&self) -> usize {
        self.mappings.len()
    }

    /// Whether there is no mapping.
    pub fn is_empty(&self) -> bool {
        self.mappings.is_empty()
    }

    /// Forgets everything, as a reboot does.
    pub fn reboot(&mut self) {
        self.mappings.clear();
        self.outers.clear();
    }

    /// A packet goes out: the source address it gets, or `None` if it is dropped.
    pub fn outbound(
        &mut self,
        now: Instant,
        protocol: Protocol,
        inner: SocketAddr,
        remote: SocketAddr,
    ) -> Option<SocketAddr> {
        if protocol == Protocol::Udp && self.config.udp_blocked {
            return None;
        }
        if protocol == Protocol::Tcp && self.config.services_only && !is_service(remote.port()) {
            return None;
        }
        if self.config.translate && self.outer.is_ipv4() != inner.is_ipv4() {
            return None;
        }
        let key = Key { protocol, inner, remote: self.depends_on(remote) };
        if self.mappings.get(&key).is_some_and(|mapping| self.is_expired(now, protocol, mapping.used)) {
            self.remove(&key);
        }
        if !self.mappings.contains_key(&key) {
            let outer = if self.config.translate { self.pick(now, protocol, inner)? } else { inner };
            self.mappings.insert(key, Mapping { outer, used: now, permitted: BTreeMap::new() });
            self.outers.insert((protocol, outer), key);
        }
        let mapping = self.mappings.get_mut(&key)?;
        mapping.used = now;
        mapping.permitted.insert(remote, now);
        if mapping.permitted.len() > 1024 {
            let oldest = mapping.permitted.iter().min_by_key(|(_, at)| **at).map(|(remote, _)| *remote);
            oldest.and_then(|remote| mapping.permitted.remove(&remote));
        }
        Some(mapping.outer)
    }

    /// A packet comes in: the inner address it goes to, or `None` if it is dropped.
    pub fn inbound(
        &mut self,
        now: Instant,
        protocol: Protocol,
        remote: SocketAddr,
        outer: SocketAddr,
    ) -> Option<SocketAddr> {
        if protocol == Protocol::Udp && self.config.udp_blocked {
            return None;
        }
        let key = *self.outers.get(&(protocol, outer))?;
        let expiry = self.expiry(protocol);
        let mapping = self.mappings.get_mut(&key)?;
        if now - mapping.used > expiry {
            self.remove(&key);
            return None;
        }
        let mut permitted = mapping.permitted.iter().filter(|(_, at)| now - **at <= expiry);
        let allowed = match self.config.filtering {
            Dependence::Endpoint => true,
            Dependence::Address => permitted.any(|(p, _)| p.ip() == remote.ip()),
            Dependence::AddressPort => permitted.any(|(p, _)| *p == remote),
        };
        if !allowed {
            return None;
        }
        if self.config.inbound_renews {
            mapping.used = now;
            mapping.permitted.insert(remote, now);
        }
        Some(key.inner)
    }

    fn depends_on(&self, remote: SocketAddr) -> Option<(IpAddr, u16)> {
        match self.config.mapping {
            _ if !self.config.translate => None,
            Dependence::Endpoint => None,
            Dependence::Address => Some((remote.ip(), 0)),
            Dependence::AddressPort => Some((remote.ip(), remote.port())),
        }
    }

    const fn expiry(&self, protocol: Protocol) -> Duration {
        match protocol {
            Protocol::Udp => self.config.expiry,
            Protocol::Tcp => self.config.tcp_expiry,
        }
    }

    fn is_expired(&self, now: Instant, protocol: Protocol, used: Instant) -> bool {
        now - used > self.expiry(protocol)
    }

    fn remove(&mut self, key: &Key) {
        if let Some(mapping) = self.mappings.remove(key) {
            self.outers.remove(&(key.protocol, mapping.outer));
        }
    }

    /// A free outer address.
    fn pick(&mut self, now: Instant, protocol: Protocol, inner: SocketAddr) -> Option<SocketAddr> {
        if self.mappings.len() >= self.config.max_mappings {
            let oldest = self.mappings.iter().min_by_key(|(_, mapping)| mapping.used).map(|(key, _)| *key)?;
            self.remove(&oldest);
        }
        self.serve_others(now);
        let kind = usize::from(self.config.parity && inner.port() % 2 == 1);
        let mut port = match self.config.ports {
            PortChoice::Preserve => inner.port(),
            PortChoice::Sequential => self.next_ports[kind],
            PortChoice::Random => 1024 + u16::try_from(self.rng.below(64_000)).unwrap_or(0),
        };
        for _ in 0..u16::MAX {
            let outer = SocketAddr::new(self.outer, port.max(1024));
            let taken = self.outers.get(&(protocol, outer)).copied();
            let expired = taken.is_none_or(|key| {
                self.mappings.get(&key).is_none_or(|m| self.is_expired(now, protocol, m.used))
            });
            // What looks like a service from outside would pass where only services do.
            if expired && !is_service(port) {
                taken.iter().for_each(|key| self.remove(key));
                self.next_ports[kind] = self.after(outer.port());
                return Some(outer);
            }
            port = self.after(outer.port());
        }
        None
    }

    /// The port that follows.
    const fn after(&self, port: u16) -> u16 {
        // Two steps at least where each kind is counted apart.
        let step = if self.config.parity && self.config.step % 2 != 0 {
            self.config.step * 2
        } else {
            self.config.step
        };
        match port.checked_add_signed(step) {
            Some(next @ 1_024..) => next,
            _ if step < 0 => 65_000 + port % 2,
            _ => 1_024 + port % 2,
        }
    }

    /// Gives the ports to other hosts that they got until now.
    fn serve_others(&mut self, now: Instant) {
        let every = u64::try_from(self.config.others.as_micros()).unwrap_or(u64::MAX);
        if every == 0 {
            return;
        }
        // What they got long ago changes nothing but where counting goes on.
        self.other_at = self.other_at.max(Instant::from_micros(now.as_micros().saturating_sub(10_000_000)));
        while self.other_at <= now {
            let kind = usize::from(self.config.parity && self.rng.below(2) == 1);
            self.next_ports[kind] = self.after(self.next_ports[kind]);
            self.other_at += Duration::from_micros(1 + self.rng.below(2 * every));
        }
    }
}
