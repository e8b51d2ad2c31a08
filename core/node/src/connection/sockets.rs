//! Links: those that parts of a connection opened themselves, and news of the shared ones.

use alloc::vec::Vec;
use core::net::SocketAddr;

use deskwire_machine::{Input, Instant, LinkId, Machine, Output};
use deskwire_punch::Report;
use deskwire_transport::Transport;
use deskwire_wire::frame::Kind;

use super::direct::NO_ADDRESS;
use super::{Connection, Reflection, Surroundings};
use crate::socket::SocketNews;

impl Connection {
    /// Whether a link was opened by one of its parts.
    pub(crate) fn owns_link(&self, link: LinkId) -> bool {
        self.relays.open.iter().any(|relay| relay.client.owns_link(link)) || self.owns_punched(link)
    }

    fn owns_punched(&self, link: LinkId) -> bool {
        self.puncher.as_ref().is_some_and(|puncher| puncher.owns_link(link))
    }

    /// Takes an input of a link that it owns.
    pub(crate) fn handle_link(
        &mut self,
        now: Instant,
        link: LinkId,
        input: Input<'_>,
        around: &Surroundings<'_>,
    ) {
        if self.owns_punched(link) {
            self.handle_punched(now, link, input, around);
        } else if let Some(relay) = self.relays.open.iter_mut().find(|relay| relay.client.owns_link(link)) {
            let told = match input {
                Input::Blocked { .. } => Some(Input::Blocked { link: relay.path }),
                Input::Writable { .. } => Some(Input::Writable { link: relay.path }),
                _ => None,
            };
            relay.client.handle_input(now, input);
            if let (Some(told), true, Some(transport)) = (told, relay.paired, &mut self.transport) {
                transport.handle_input(now, told);
            }
        }
        self.pump(now, around);
    }

    /// A socket of the puncher: its probes, or the packets of the path that it became.
    fn handle_punched(&mut self, now: Instant, link: LinkId, input: Input<'_>, around: &Surroundings<'_>) {
        let direct = self.direct.filter(|direct| direct.link == link);
        if let Input::Datagram { from, ecn, data, .. } = input {
            let quic = data.first().is_some_and(|first| Kind::is_quic(*first));
            if !quic {
                if let Some(puncher) = &mut self.puncher {
                    puncher.handle_input(now, Input::Datagram { link, from, ecn, data });
                }
            } else if let (Some(direct), Some(transport)) = (direct, &mut self.transport)
                && direct.source == from
            {
                let input = Input::Datagram { link: direct.path, from: NO_ADDRESS, ecn, data };
                transport.handle_input(now, input);
            }
            return;
        }
        if let Input::Stream { data, .. } = input {
            return self.handle_punched_stream(now, link, data, around);
        }
        let news = SocketNews::of(&input);
        if let Some(puncher) = &mut self.puncher {
            puncher.handle_input(now, input);
        }
        if let (Some(direct), Some(news)) = (direct, news) {
            if matches!(news, SocketNews::Closed(..)) {
                self.drop_direct(now, None);
                self.direct_lost(now);
            } else if let Some(transport) = &mut self.transport {
                transport.handle_input(now, news.on(direct.path).input());
            }
        }
    }

    /// News of a shared socket.
    pub(crate) fn handle_socket(&mut self, now: Instant, news: SocketNews, around: &Surroundings<'_>) {
        for relay in &mut self.relays.open {
            relay.client.handle_input(now, news.input());
        }
        if let Some(puncher) = &mut self.puncher {
            puncher.handle_input(now, news.input());
        }
        if let (Some(direct), Some(transport)) =
            (self.direct.filter(|d| d.link == news.link()), &mut self.transport)
        {
            // The path opened when it was found; the rest concerns it as it does the socket.
            if !matches!(news, SocketNews::Opened(_)) {
                transport.handle_input(now, news.on(direct.path).input());
            }
        }
        self.pump(now, around);
    }

    /// The next question to the server about an outside address, or answer of it.
    pub(crate) fn poll_reflection(&mut self) -> Option<Reflection> {
        self.reflections.pop_front()
    }

    /// Sends the question.
    pub(crate) fn ask_reflector(
        &mut self,
        now: Instant,
        link: LinkId,
        (to, question): (SocketAddr, Vec<u8>),
        around: &Surroundings<'_>,
    ) {
        if let Some(puncher) = &mut self.puncher {
            puncher.ask(now, link, to, question);
        }
        self.pump(now, around);
    }

    /// The server's answer.
    pub(crate) fn reflected(
        &mut self,
        now: Instant,
        link: LinkId,
        seen: SocketAddr,
        around: &Surroundings<'_>,
    ) {
        if let Some(puncher) = &mut self.puncher {
            puncher.reflected(now, link, seen);
        }
        self.pump(now, around);
    }

    /// What was tried to find a direct path; `None` before the login, or when none is looked for.
    pub(crate) fn punch_report(&self) -> Option<Report> {
        self.puncher.as_ref().map(deskwire_punch::Puncher::report)
    }

    /// Whether the puncher can go: the session is over and the transport has no more to say.
    pub(super) fn is_puncher_left(&self) -> bool {
        self.puncher.is_some() && self.transport.as_ref().is_none_or(Transport::is_done)
    }

    /// Lets the puncher go; gives the last thing that it wants done.
    pub(super) fn leave_puncher(&mut self, now: Instant, buf: &mut Vec<u8>) -> Option<Output> {
        let direct = self.direct.take();
        let mut puncher = self.puncher.take()?;
        if let Some(direct) = direct {
            puncher.release(direct.link);
        }
        // All other sockets were closed when the session ended, so at most this one is left.
        puncher.poll_output(now, buf)
    }

    /// The path in use is another one, or none: its socket may go if it was the puncher's.
    pub(super) fn release_socket(&mut self, link: LinkId) {
        if let Some(puncher) = &mut self.puncher {
            puncher.release(link);
        }
    }
}
