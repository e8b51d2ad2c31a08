//! The tree of networks: who is where, and which way a packet goes.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};

use deskwire_machine::{Instant, Rng, Seed};

use crate::nat::{Nat, NatConfig, Protocol};
use crate::pipe::{Line, Pipe};

/// A network: the public one, or one behind a gateway.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct NetId(pub(crate) usize);

impl NetId {
    /// The public network, the root of the tree.
    pub const INTERNET: Self = Self(0);
}

/// A host.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct HostId(pub(crate) usize);

/// Who has an address in a network.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Owner {
    Host(HostId),
    Gateway(usize),
}

#[derive(Debug)]
pub(crate) struct Gateway {
    pub(crate) nat: Nat,
    pub(crate) inner: usize,
    pub(crate) outer: usize,
    pub(crate) line: Line,
    pub(crate) up: Pipe,
    pub(crate) down: Pipe,
}

#[derive(Debug, Default)]
struct Network {
    gateway: Option<usize>,
    owners: BTreeMap<IpAddr, Owner>,
}

#[derive(Debug)]
pub(crate) struct Networks {
    networks: Vec<Network>,
    pub(crate) gateways: Vec<Gateway>,
}

/// Why a packet went nowhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NoWay {
    NoRoute,
    Gateway,
}

impl Networks {
    pub(crate) fn new() -> Self {
        Self { networks: vec![Network::default()], gateways: Vec::new() }
    }

    /// Makes a network behind a gateway. A firewall has no outer address of its own; give it any.
    pub(crate) fn add(
        &mut self,
        outer: NetId,
        config: NatConfig,
        address: IpAddr,
        line: Line,
        seed: &Seed,
    ) -> NetId {
        let gateway = self.gateways.len();
        let inner = self.networks.len();
        let rng: Rng = seed.derive_indexed("nat", gateway as u64).public();
        self.networks.push(Network { gateway: Some(gateway), owners: BTreeMap::new() });
        if config.translate
            && let Some(network) = self.networks.get_mut(outer.0)
        {
            network.owners.insert(address, Owner::Gateway(gateway));
        }
        let nat = Nat::new(config, address, rng);
        let (up, down) = (Pipe::default(), Pipe::default());
        self.gateways.push(Gateway { nat, inner, outer: outer.0, line, up, down });
        NetId(inner)
    }

    pub(crate) fn gateway_of(&self, net: NetId) -> Option<usize> {
        self.networks.get(net.0)?.gateway
    }

    /// Gives a host an address; through firewalls it is known further out, too.
    pub(crate) fn attach(&mut self, net: NetId, addr: IpAddr, host: HostId) {
        self.set(net, addr, Some(Owner::Host(host)));
    }

    pub(crate) fn detach(&mut self, net: NetId, addr: IpAddr) {
        self.set(net, addr, None);
    }

    fn set(&mut self, net: NetId, addr: IpAddr, owner: Option<Owner>) {
        let (mut at, mut owner) = (net.0, owner);
        while let Some(network) = self.networks.get_mut(at) {
            match owner {
                Some(owner) => network.owners.insert(addr, owner),
                None => network.owners.remove(&addr),
            };
            let Some(gateway) = network.gateway else { return };
            let Some(firewall) = self.gateways.get(gateway).filter(|g| !g.nat.config().translate) else {
                return;
            };
            at = firewall.outer;
            owner = owner.map(|_| Owner::Gateway(gateway));
        }
    }

    pub(crate) fn owner(&self, net: usize, addr: IpAddr) -> Option<Owner> {
        self.networks.get(net)?.owners.get(&addr).copied()
    }

    /// The gateway that a packet leaves `net` by, unless its target is here.
    pub(crate) fn way_up(&self, net: usize, dst: IpAddr) -> Result<Option<usize>, NoWay> {
        if self.owner(net, dst).is_some() {
            return Ok(None);
        }
        self.networks.get(net).and_then(|n| n.gateway).map(Some).ok_or(NoWay::NoRoute)
    }

    /// Takes a packet out through a gateway: its new source, and the network it is in then.
    pub(crate) fn climb(
        &mut self,
        now: Instant,
        gateway: usize,
        protocol: Protocol,
        src: SocketAddr,
        dst: SocketAddr,
    ) -> Result<(SocketAddr, usize), NoWay> {
        let gateway = self.gateways.get_mut(gateway).ok_or(NoWay::NoRoute)?;
        let own = gateway.nat.config().translate && dst.ip() == gateway.nat.outer();
        if own && !gateway.nat.config().hairpin {
            return Err(NoWay::Gateway);
        }
        let src = gateway.nat.outbound(now, protocol, src, dst).ok_or(NoWay::Gateway)?;
        Ok((src, gateway.outer))
    }

    /// Takes a packet in through a gateway: its new destination, and the network it is in then.
    pub(crate) fn descend(
        &mut self,
        now: Instant,
        gateway: usize,
        protocol: Protocol,
        src: SocketAddr,
        dst: SocketAddr,
    ) -> Result<(SocketAddr, usize), NoWay> {
        let gateway = self.gateways.get_mut(gateway).ok_or(NoWay::NoRoute)?;
        let dst = gateway.nat.inbound(now, protocol, src, dst).ok_or(NoWay::Gateway)?;
        Ok((dst, gateway.inner))
    }
}
