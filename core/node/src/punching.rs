//! What the search for direct paths needs of the node: sockets of its own, and the server's view of them.

use deskwire_machine::{Input, Instant, LinkId, Machine};
use deskwire_punch::{Filtering, Mapping, Report, classify};
use deskwire_wire::frame::Kind;

use crate::connection::{Reflection, Surroundings};
use crate::event::ConnectionId;
use crate::node::{Node, surroundings};

impl Node {
    /// What was tried to find a direct path for a connection, and how it stands; `None` before the login, after the
    /// end, and when none is looked for.
    pub fn punch_report(&self, connection: ConnectionId) -> Option<Report> {
        self.connections.get(&connection)?.punch_report()
    }

    /// How the NAT in front of this device maps, and whom it lets in, in the words of RFC 4787, as far as the server could
    /// tell by now. By address only a server with another address can tell.
    pub fn nat(&self) -> (Mapping, Filtering) {
        (classify(self.observed), self.filtering)
    }

    /// Asks the server which outside address sockets of punchers have.
    pub(crate) fn ask_reflections(&mut self, now: Instant) {
        let around = surroundings!(self);
        for connection in self.connections.values_mut() {
            while let Some(reflection) = connection.poll_reflection() {
                let (link, question) = match reflection {
                    Reflection::Datagram(link) => (link, self.rendezvous.reflection()),
                    Reflection::Stream(link) => (link, self.rendezvous.stream_reflection()),
                    Reflection::Answer { link, from, datagram } => {
                        if let Some(seen) = self.rendezvous.read_reflection(now, from, &datagram) {
                            connection.reflected(now, link, seen, &around);
                        }
                        continue;
                    }
                };
                if let Some(question) = question {
                    connection.ask_reflector(now, link, question, &around);
                }
            }
        }
    }

    /// An input of a link that a child opened.
    pub(crate) fn other_link(&mut self, now: Instant, link: LinkId, input: Input<'_>) {
        let around = surroundings!(self);
        let Some(connection) = self.connections.values_mut().find(|connection| connection.owns_link(link))
        else {
            return self.rendezvous.handle_input(now, input);
        };
        match &input {
            Input::Datagram { from, data, .. }
                if data.first().copied().and_then(Kind::of) == Some(Kind::Rendezvous) =>
            {
                if let Some(seen) = self.rendezvous.read_reflection(now, *from, data) {
                    connection.reflected(now, link, seen, &around);
                }
            }
            _ => connection.handle_link(now, link, input, &around),
        }
    }
}
