//! Things that go wrong with hosts and networks.

use std::any::Any;
use std::net::IpAddr;
use std::time::Duration;

use deskwire_machine::CloseReason;

use crate::adversary::{Adversary, Powers};
use crate::nat::Protocol;
use crate::net::{HostId, NetId};
use crate::pipe::Line;
use crate::traffic::{Load, Packet};
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

    /// Ends the partition between two groups.
    pub fn join(&mut self, one: &[HostId], other: &[HostId]) {
        for a in one {
            for b in other {
                self.cut.remove(&(*a, *b));
                self.cut.remove(&(*b, *a));
            }
        }
    }

    /// Whether a program runs on a host.
    pub fn is_running(&self, host: HostId) -> bool {
        self.hosts.get(host.0).is_some_and(|host| host.process.is_some())
    }

    /// Whether a host sleeps.
    pub fn is_asleep(&self, host: HostId) -> bool {
        self.hosts.get(host.0).is_some_and(|host| host.asleep)
    }

    /// Drops what a host sends over a protocol: to one port, or to all.
    pub fn block(&mut self, host: HostId, protocol: Protocol, port: Option<u16>) {
        self.blocked.insert((host, protocol, port));
    }

    /// Lets a host send everything again.
    pub fn unblock(&mut self, host: HostId) {
        self.blocked.retain(|(blocked, ..)| *blocked != host);
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

    /// Makes all gateways in front of a host forget their mappings.
    pub fn reboot_gateways(&mut self, host: HostId) {
        let nets: Vec<NetId> = self.host_mut(host).interfaces.iter().map(|interface| interface.net).collect();
        for mut net in nets {
            while let Some(id) = self.nets.gateway_of(net) {
                let Some(gateway) = self.nets.gateways.get_mut(id) else { break };
                gateway.nat.reboot();
                net = NetId(gateway.outer);
            }
        }
    }

    /// Puts somebody on a host's line who does to packets, both ways, what `powers` say; `None` takes him away.
    /// `knows` are datagrams that he has from elsewhere.
    pub fn set_adversary(
        &mut self,
        host: HostId,
        interface: usize,
        powers: Option<Powers>,
        knows: &'static [Vec<u8>],
    ) {
        let rng = self.rng.below(u64::MAX);
        if let Some(interface) = self.host_mut(host).interfaces.get_mut(interface) {
            interface.adversary = powers.map(|powers| Box::new(Adversary::new(powers, rng, knows)));
        }
    }

    /// Sets a host's clock forward or back, by microseconds. A clock that goes back stops at zero.
    pub fn jump_clock(&mut self, host: HostId, by: i64) {
        let id = host;
        let host = self.host_mut(id);
        host.clock.ahead = host.clock.ahead.saturating_add_signed(by);
        host.timer = None;
        self.pump(id);
    }

    /// Lets a host's program read from its streams, or be too busy to: what comes fills the window, and then the
    /// other side has to wait.
    pub fn set_reading(&mut self, host: HostId, reads: bool) {
        self.host_mut(host).busy_reader = !reads;
        if reads {
            self.pump(host);
        }
    }

    /// Lets a host answer every attempt to connect over TCP with a reset, or take connections again.
    pub fn set_refusing(&mut self, host: HostId, refuses: bool) {
        self.host_mut(host).refuses = refuses;
    }

    /// Resets all TCP connections of a host, as a box in the middle does that has had enough: both ends hear it.
    pub fn reset_connections(&mut self, host: HostId) {
        let keys: Vec<_> = self.host_mut(host).tcp.keys().copied().collect();
        for key in keys {
            let Some(socket) = self.host_mut(host).tcp.get_mut(&key) else { continue };
            let segment = socket.tcp.reset();
            let packet = Packet { origin: host, src: key.0, dst: key.1, load: Load::Tcp(segment) };
            self.send(host, packet);
            self.ended(host, key, CloseReason::Reset);
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
