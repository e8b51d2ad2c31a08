//! Things that go wrong with hosts and networks.

use std::any::Any;
use std::net::IpAddr;
use std::time::Duration;

use crate::net::{HostId, NetId};
use crate::pipe::Line;
use crate::world::{Event, World};

impl World {
    /// Cuts all hosts of one group off from all of the other, both ways.
    pub fn partition(&mut self, one: &[HostId], other: &[HostId]) {
        for a in one {
            for b in other {
                self.cut.insert((*a, *b));
                self.cut.insert((*b, *a));
            }
        }
    }

    /// Ends all partitions.
    pub fn heal(&mut self) {
        self.cut.clear();
    }

    /// Moves a host's interface to another network and address. Sockets stay, as on a real system: those bound to no
    /// address send from the new one, connections of the old one go silent.
    pub fn roam(&mut self, host: HostId, interface: usize, net: NetId, addr: IpAddr) {
        let Some(moved) = self.host_mut(host).interfaces.get_mut(interface) else { return };
        let (old_net, old_addr) = (moved.net, moved.addr);
        (moved.net, moved.addr) = (net, addr);
        self.nets.detach(old_net, old_addr);
        self.nets.attach(net, addr, host);
        self.network_changed(host);
    }

    /// The network that a host's first interface is in.
    pub fn network_of(&self, host: HostId) -> Option<NetId> {
        Some(self.hosts.get(host.0)?.interfaces.first()?.net)
    }

    /// Switches a host's interface off or on.
    pub fn set_enabled(&mut self, host: HostId, interface: usize, enabled: bool) {
        if let Some(interface) = self.host_mut(host).interfaces.get_mut(interface) {
            interface.enabled = enabled;
            self.network_changed(host);
        }
    }

    /// Changes the quality of a host's line.
    pub fn set_line(&mut self, host: HostId, interface: usize, line: Line) {
        if let Some(interface) = self.host_mut(host).interfaces.get_mut(interface) {
            interface.line = line;
        }
    }

    /// Changes the quality of the line between a network and the one around it.
    pub fn set_gateway_line(&mut self, net: NetId, line: Line) {
        if let Some(gateway) = self.nets.gateway_of(net).and_then(|id| self.nets.gateways.get_mut(id)) {
            gateway.line = line;
        }
    }

    /// Makes a gateway forget all mappings.
    pub fn reboot_gateway(&mut self, net: NetId) {
        if let Some(gateway) = self.nets.gateway_of(net).and_then(|id| self.nets.gateways.get_mut(id)) {
            gateway.nat.reboot();
        }
    }

    /// Ends the program on a host at once; its sockets vanish without a word.
    pub fn crash(&mut self, host: HostId) {
        let host = self.host_mut(host);
        host.drop_sockets();
        host.timer = None;
        // Whatever is on its way to the old program does not reach the next one.
        host.boots += 1;
        host.remains = host.process.take().map(|process| -> Box<dyn Any> { process });
    }

    /// Starts the program on a host anew, after a crash or just so. With `keep` the factory gets what ran before.
    pub fn restart(&mut self, host: HostId, keep: bool) {
        if self.host_mut(host).process.is_some() {
            self.crash(host);
        }
        let remains = self.host_mut(host).remains.take().filter(|_| keep);
        self.boot(host, remains);
    }

    /// Puts a host to sleep: it hears nothing and does nothing, while its clock goes on.
    pub fn suspend(&mut self, host: HostId, time: Duration) {
        self.host_mut(host).asleep = true;
        self.push(self.now() + time, Event::Wake { host });
    }

    pub(crate) fn wake(&mut self, id: HostId) {
        let host = self.host_mut(id);
        host.asleep = false;
        host.timer = None;
        let keys: Vec<_> = host.tcp.keys().copied().collect();
        let now = self.now();
        for key in keys {
            if let Some(socket) = self.host_mut(id).tcp.get_mut(&key) {
                socket.timer = Some(now);
                self.push(now, Event::TcpTimer { host: id, key });
            }
        }
        self.pump(id);
    }
}
