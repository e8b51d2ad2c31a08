//! Ports that a router maps on request.

use core::net::SocketAddr;

use deskwire_machine::Instant;

use super::{Node, Surroundings};

impl Node {
    /// The local addresses of the UDP sockets that everything shares, as far as they are open.
    pub fn udp_sockets(&self) -> impl Iterator<Item = SocketAddr> {
        self.udp.iter().map(|udp| udp.local)
    }

    /// Says that a router maps this outer address to the IPv4 socket of [`Node::udp_sockets`], whoever writes to it, or
    /// (`None`) that none does any more. Peers are told after login, and try it first.
    pub fn set_mapped(&mut self, now: Instant, mapped: Option<SocketAddr>) {
        let now = self.clock.tell(now);
        self.mapped = mapped;
        let around = surroundings!(self);
        for connection in self.connections.values_mut() {
            connection.observed(now, &around);
        }
        self.pump(now);
    }
}
