//! Links with layers between the connection and the machine: opening them, and their handshakes.

use std::io;
use std::net::SocketAddr;

use deskwire_machine::{CloseReason, Instant, LinkId, Machine, WsUrl};

use crate::link::{Kind, Told};
use crate::proxy::{Negotiation, Target};
use crate::reason::close_reason;
use crate::socket;
use crate::stream::{Phase, StreamLink};
use crate::trouble::Trouble;
use crate::tunnel::{Failure, Tunnel};
use crate::websocket::Socket as WebSocket;
use crate::{Backend, Hub};

impl<M: Machine> Hub<M> {
    /// Opens a plain connection through the proxy.
    pub(crate) fn open_proxied<B: Backend>(
        &mut self,
        now: Instant,
        link: LinkId,
        remote: SocketAddr,
        backend: &mut B,
    ) {
        let target = Target::Address(remote);
        let (to, proxy) = self.way_to(target);
        let tunnel = Tunnel::outgoing(self.until(now), remote.to_string(), proxy, None, None);
        self.dial(link, to, tunnel, backend);
    }

    /// Whether a connection there goes through the proxy.
    pub(crate) fn is_proxied(&self, remote: SocketAddr) -> bool {
        self.config.proxy.as_ref().is_some_and(|proxy| !proxy.bypasses(&Target::Address(remote)))
    }

    /// Opens a WebSocket.
    pub(crate) fn open_websocket<B: Backend>(
        &mut self,
        now: Instant,
        link: LinkId,
        url: &WsUrl,
        backend: &mut B,
    ) {
        let Some(parts) = url.parts() else {
            let words = format!("{url} is no WebSocket address; write ws://HOST:PORT/ or wss://HOST/");
            return self.refuse(link, CloseReason::Unsupported, Some(words));
        };
        let tls = match parts.tls.then(|| self.config.tls_trust.connect(parts.host)).transpose() {
            Ok(tls) => tls,
            Err(why) => {
                let words = format!("TLS to {} cannot be begun ({why}); check the address", parts.host);
                return self.refuse(link, CloseReason::Unsupported, Some(words));
            }
        };
        let Ok(socket) = WebSocket::client(&url.0, &self.config.websocket) else {
            return self.refuse(
                link,
                CloseReason::Unsupported,
                Some(format!("{url} is no WebSocket address")),
            );
        };
        let (to, proxy) = self.way_to(Target::of(parts.host, parts.port));
        let tunnel = Tunnel::outgoing(self.until(now), url.to_string(), proxy, tls, Some(socket));
        self.dial(link, to, tunnel, backend);
    }

    /// Where to connect to, and what to say there first.
    fn way_to(&self, target: Target) -> (Target, Option<(String, Negotiation)>) {
        match self.config.proxy.as_ref().filter(|proxy| !proxy.bypasses(&target)) {
            Some(proxy) => (proxy.place(), Some((proxy.to_string(), Negotiation::new(proxy, target)))),
            None => (target, None),
        }
    }

    fn until(&self, now: Instant) -> Instant {
        now + self.config.handshake
    }

    fn dial<B: Backend>(&mut self, link: LinkId, to: Target, tunnel: Tunnel, backend: &mut B) {
        self.timers.insert((tunnel.deadline, link));
        match to {
            Target::Address(address) => self.connect(link, address, tunnel, backend),
            Target::Name(name, port) => match self.resolver.start(link, &name, port) {
                Ok(()) => drop(self.resolving.insert(link, tunnel)),
                Err(error) => self.unreached(link, &tunnel, &error),
            },
        }
    }

    fn connect<B: Backend>(&mut self, link: LinkId, to: SocketAddr, tunnel: Tunnel, backend: &mut B) {
        match socket::connect(None, false, to) {
            Ok(socket) => {
                let mut stream = StreamLink::new(socket, Phase::Connecting);
                stream.tunnel = Some(Box::new(tunnel));
                if let Err(error) = self.add(link, Kind::Stream(stream), backend) {
                    self.forget(link, backend);
                    self.refuse(link, close_reason(&error), None);
                }
            }
            Err(error) => self.unreached(link, &tunnel, &error),
        }
    }

    /// The first step failed.
    fn unreached(&mut self, link: LinkId, tunnel: &Tunnel, error: &io::Error) {
        let words = unreached(tunnel, error);
        self.refuse(link, close_reason(error), Some(words));
    }

    fn refuse(&mut self, link: LinkId, reason: CloseReason, words: Option<String>) {
        self.told.push_back(Told::Closed { link, reason });
        self.report(reason, words);
    }

    fn report(&self, reason: CloseReason, words: Option<String>) {
        if let (Some(on_trouble), Some(words)) = (&self.config.on_trouble, words) {
            on_trouble.tell(&Trouble { reason, words });
        }
    }

    /// Goes on with links whose names were looked up.
    pub(crate) fn take_resolved<B: Backend>(&mut self, backend: &mut B) {
        while let Some((link, found)) = self.resolver.take() {
            // It may have been closed or timed out meanwhile.
            let Some(tunnel) = self.resolving.remove(&link) else { continue };
            match found {
                Ok(address) => self.connect(link, address, tunnel, backend),
                Err(error) => {
                    let words = unresolved(&tunnel, &error);
                    self.refuse(link, CloseReason::Unreachable, Some(words));
                }
            }
        }
    }

    /// The machine closes a link whose name is being looked up; whether it was one.
    pub(crate) fn stop_resolving(&mut self, link: LinkId) -> bool {
        self.resolving.remove(&link).is_some()
    }

    /// Takes a WebSocket client's connection: nobody hears of it before it shook hands.
    pub(crate) fn greet<B: Backend>(
        &mut self,
        now: Instant,
        listener: LinkId,
        link: LinkId,
        (mut stream, remote): (StreamLink, SocketAddr),
        backend: &mut B,
    ) -> io::Result<()> {
        while self.greetings.len() >= self.config.websocket.max_handshakes.max(1) {
            let Some(oldest) = self.greetings.pop_first() else { break };
            self.stats.handshakes_failed += 1;
            self.forget(oldest, backend);
        }
        let socket = WebSocket::server(&self.config.websocket);
        let identity = self.config.tls_identity.as_ref();
        let tunnel = Tunnel::incoming(self.until(now), listener, remote, identity, socket);
        self.timers.insert((tunnel.deadline, link));
        stream.tunnel = Some(Box::new(tunnel));
        self.greetings.insert(link);
        self.add(link, Kind::Stream(stream), backend)
    }

    /// A handshake is done: the machine hears of the link.
    pub(crate) fn greeted<B: Backend>(&mut self, link: LinkId, backend: &mut B) {
        let Some(stream) = self.stream(link) else { return };
        stream.phase = Phase::Open;
        let Some(tunnel) = &stream.tunnel else { return };
        let (deadline, accepted, forwarded) = (tunnel.deadline, tunnel.accepted, tunnel.forwarded());
        // A proxied connection is a plain one from now on.
        stream.tunnel.take_if(|tunnel| tunnel.is_bare());
        self.timers.remove(&(deadline, link));
        self.greetings.remove(&link);
        let Some((listener, near)) = accepted else {
            return self.told.push_back(Told::Opened { link });
        };
        if !self.links.contains_key(&listener) {
            return self.forget(link, backend);
        }
        let speaks = self.config.websocket.trusted_proxies.contains(&near.ip());
        let far = forwarded.filter(|_| speaks).map(|ip| SocketAddr::new(ip, near.port()));
        self.stats.accepted += 1;
        self.told.push_back(Told::Accepted { listener, link, remote: far.unwrap_or(near) });
    }

    /// A tunnel broke.
    pub(crate) fn fail<B: Backend>(
        &mut self,
        now: Instant,
        link: LinkId,
        failure: &Failure,
        backend: &mut B,
    ) {
        let Some(Kind::Stream(stream)) = self.links.get_mut(&link).map(|entry| &mut entry.kind) else {
            return;
        };
        let greeting = stream.phase == Phase::Greeting;
        let Some(tunnel) = &stream.tunnel else { return };
        if greeting && tunnel.accepted.is_some() {
            self.stats.handshakes_failed += 1;
            self.greetings.remove(&link);
            self.timers.remove(&(tunnel.deadline, link));
            // The refusal is delivered; then nobody knows of it any more.
            return self.linger(now, link, false, backend);
        }
        let words = greeting.then(|| match (&tunnel.through, failure) {
            (Some(proxy), Failure::Proxy(failure)) => format!("the proxy {proxy} {failure}"),
            (Some(proxy), Failure::Cut) => {
                format!("the proxy {proxy} ended the connection; check its address and kind")
            }
            _ => format!("{} {failure}", tunnel.place),
        });
        self.end(link, failure.reason(), backend);
        self.report(failure.reason(), words);
    }

    /// A handshake or look-up took too long. Whether the timer was one of those.
    pub(crate) fn time_out<B: Backend>(&mut self, link: LinkId, backend: &mut B) {
        let place = match self.links.get(&link).map(|entry| &entry.kind) {
            Some(Kind::Stream(StreamLink { tunnel: Some(tunnel), .. })) => {
                let far = tunnel
                    .through
                    .clone()
                    .map(|proxy| format!("the proxy {proxy}, or {} behind it,", tunnel.place));
                tunnel.accepted.is_none().then(|| far.unwrap_or_else(|| tunnel.place.clone()))
            }
            Some(_) => None,
            None => match self.resolving.remove(&link) {
                Some(tunnel) => {
                    self.told.push_back(Told::Closed { link, reason: CloseReason::TimedOut });
                    Some(tunnel.place)
                }
                None => return,
            },
        };
        if place.is_none() {
            self.stats.handshakes_failed += 1;
        }
        self.end(link, CloseReason::TimedOut, backend);
        self.report(
            CloseReason::TimedOut,
            place.map(|place| format!("{place} did not answer in time; check the address")),
        );
    }
}

fn unreached(tunnel: &Tunnel, error: &io::Error) -> String {
    match &tunnel.through {
        Some(proxy) => {
            format!("the proxy {proxy} cannot be reached ({error}); check its address and the network")
        }
        None => format!("{} cannot be reached ({error}); check the address and the network", tunnel.place),
    }
}

fn unresolved(tunnel: &Tunnel, error: &io::Error) -> String {
    match &tunnel.through {
        Some(proxy) => {
            format!("the name of the proxy {proxy} cannot be looked up ({error}); check its spelling")
        }
        None => format!("the name in {} cannot be looked up ({error}); check its spelling", tunnel.place),
    }
}

impl<M: Machine> Hub<M> {
    /// A connection that was being made for a tunnel came to nothing.
    pub(crate) fn not_connected<B: Backend>(&mut self, link: LinkId, error: &io::Error, backend: &mut B) {
        let words = match self.links.get(&link).map(|entry| &entry.kind) {
            Some(Kind::Stream(StreamLink { tunnel: Some(tunnel), .. })) => {
                tunnel.through.is_some().then(|| unreached(tunnel, error))
            }
            _ => None,
        };
        self.end(link, close_reason(error), backend);
        self.report(close_reason(error), words);
    }
}
