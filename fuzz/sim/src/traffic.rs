//! Packets on their way, and hosts that act on them.

use std::net::SocketAddr;

use deskwire_machine::{Ecn, Input, Instant};

use crate::adversary::Way;
use crate::nat::Protocol;
use crate::net::{HostId, NoWay, Owner};
use crate::pipe::Fate;
use crate::tcp::Segment;
use crate::world::{Event, LIVELOCK, World};

/// Outputs and events of one drain that count as endless.
const DRAIN: usize = 100_000;

#[derive(Clone, Debug)]
pub(crate) struct Packet {
    pub(crate) origin: HostId,
    pub(crate) src: SocketAddr,
    pub(crate) dst: SocketAddr,
    pub(crate) load: Load,
}

#[derive(Clone, Debug)]
pub(crate) enum Load {
    Udp { ecn: Ecn, data: Vec<u8> },
    Tcp(Segment),
}

impl Packet {
    const fn protocol(&self) -> Protocol {
        match self.load {
            Load::Udp { .. } => Protocol::Udp,
            Load::Tcp(_) => Protocol::Tcp,
        }
    }

    /// Bytes on the line, with headers.
    const fn size(&self) -> usize {
        let ip = if self.src.is_ipv4() { 20 } else { 40 };
        match &self.load {
            Load::Udp { data, .. } => ip + 8 + data.len(),
            Load::Tcp(segment) => ip + 20 + segment.data.len(),
        }
    }

    pub(crate) const fn bytes(&mut self) -> &mut Vec<u8> {
        match &mut self.load {
            Load::Udp { data, .. } => data,
            Load::Tcp(segment) => &mut segment.data,
        }
    }

    const fn limited(&self) -> bool {
        matches!(self.load, Load::Udp { .. })
    }

    fn describe(&self) -> String {
        let what = match &self.load {
            Load::Udp { data, .. } => format!("udp {} bytes", data.len()),
            Load::Tcp(s) => {
                let flags = [(s.syn, "syn"), (s.fin, "fin"), (s.rst, "rst"), (s.ack, "ack")];
                let flags: Vec<&str> =
                    flags.into_iter().filter(|(set, _)| *set).map(|(_, name)| name).collect();
                format!("tcp {} {} bytes", flags.join("+"), s.data.len())
            }
        };
        format!("{} > {} {what}", self.src, self.dst)
    }
}

impl World {
    /// A host sends; the source may be unspecified.
    pub(crate) fn send(&mut self, host: HostId, packet: Packet) {
        let mut packet = packet;
        self.stats.sent += 1;
        let protocol = packet.protocol();
        if [None, Some(packet.dst.port())].iter().any(|port| self.blocked.contains(&(host, protocol, *port)))
        {
            return self.nowhere(&packet, "blocked");
        }
        let index = self.host_mut(host).interface_for(packet.src.ip());
        let Some(index) = index else { return self.nowhere(&packet, "no interface") };
        if packet.src.is_ipv4() != packet.dst.is_ipv4()
            || packet.dst.ip().is_unspecified()
            || packet.dst.port() == 0
        {
            return self.nowhere(&packet, "no such address");
        }
        let now = self.now;
        let (size, limited) = (packet.size(), packet.limited());
        // Taken field by field: the line's state and the world's generator are both needed.
        let Some(interface) = self.hosts.get_mut(host.0).and_then(|h| h.interfaces.get_mut(index)) else {
            return;
        };
        packet.src.set_ip(interface.addr);
        if interface.adversary.is_some() {
            return self.meddle(host, index, Way::Up, packet);
        }
        let net = interface.net.0;
        let line = interface.line;
        let fate = interface.up.send(now, &line, &mut self.rng, size, limited);
        self.arrive(fate, packet, |packet| Event::InNetwork { net, down: false, packet });
    }

    /// Sends a packet over a host's line, after whoever sits there has had it.
    pub(crate) fn over_line(&mut self, host: HostId, index: usize, way: Way, packet: Packet) {
        let (size, limited) = (packet.size(), packet.limited());
        let interface = self.hosts.get_mut(host.0).and_then(|h| h.interfaces.get_mut(index));
        let Some(interface) = interface else { return };
        let (net, line) = (interface.net.0, interface.line);
        let pipe = if way == Way::Up { &mut interface.up } else { &mut interface.down };
        let fate = pipe.send(self.now, &line, &mut self.rng, size, limited);
        self.arrive(fate, packet, |packet| match way {
            Way::Up => Event::InNetwork { net, down: false, packet },
            Way::Down => Event::AtHost { host, packet },
        });
    }

    pub(crate) fn in_network(&mut self, net: usize, down: bool, packet: Packet) {
        let mut packet = packet;
        let (size, limited, protocol) = (packet.size(), packet.limited(), packet.protocol());
        match self.nets.owner(net, packet.dst.ip()) {
            Some(Owner::Host(host)) => {
                let interfaces = self.hosts.get_mut(host.0).map(|h| &mut h.interfaces);
                let interface = interfaces.and_then(|all| {
                    all.iter_mut().enumerate().find(|(_, i)| i.enabled && i.addr == packet.dst.ip())
                });
                let Some((index, interface)) = interface else {
                    return self.nowhere(&packet, "interface is down");
                };
                if interface.adversary.is_some() {
                    return self.meddle(host, index, Way::Down, packet);
                }
                let line = interface.line;
                let fate = interface.down.send(self.now, &line, &mut self.rng, size, limited);
                self.arrive(fate, packet, |packet| Event::AtHost { host, packet });
            }
            Some(Owner::Gateway(id)) => {
                match self.nets.descend(self.now, id, protocol, packet.src, packet.dst) {
                    Err(why) => self.no_way(&packet, why),
                    Ok((dst, net)) => {
                        packet.dst = dst;
                        let Some(gateway) = self.nets.gateways.get_mut(id) else { return };
                        let line = gateway.line;
                        let fate = gateway.down.send(self.now, &line, &mut self.rng, size, limited);
                        self.arrive(fate, packet, |packet| Event::InNetwork { net, down: true, packet });
                    }
                }
            }
            None if down => self.nowhere(&packet, "nobody has that inner address"),
            None => match self.nets.way_up(net, packet.dst.ip()) {
                Err(why) => self.no_way(&packet, why),
                Ok(None) => {}
                Ok(Some(id)) => match self.nets.climb(self.now, id, protocol, packet.src, packet.dst) {
                    Err(why) => self.no_way(&packet, why),
                    Ok((src, net)) => {
                        packet.src = src;
                        let Some(gateway) = self.nets.gateways.get_mut(id) else { return };
                        let line = gateway.line;
                        let fate = gateway.up.send(self.now, &line, &mut self.rng, size, limited);
                        self.arrive(fate, packet, |packet| Event::InNetwork { net, down: false, packet });
                    }
                },
            },
        }
    }

    fn arrive(&mut self, fate: Fate, packet: Packet, event: impl Fn(Packet) -> Event) {
        let mut packet = packet;
        match fate {
            Fate::Arrives { at, double, marked } => {
                if let Load::Udp { ecn: ecn @ (Ecn::Ect0 | Ecn::Ect1), .. } = &mut packet.load
                    && marked
                {
                    *ecn = Ecn::Ce;
                    self.stats.marked += 1;
                }
                if let Some(again) = double {
                    self.push(again, event(packet.clone()));
                }
                self.push(at, event(packet));
            }
            Fate::Lost => {
                self.stats.lost += 1;
                self.note(|_| format!("lost {}", packet.describe()));
            }
            Fate::TooLarge => {
                self.stats.too_large += 1;
                self.note(|_| format!("too large {}", packet.describe()));
            }
            Fate::QueueFull => {
                self.stats.queue_full += 1;
                self.note(|_| format!("queue full {}", packet.describe()));
            }
        }
    }

    pub(crate) fn at_host(&mut self, id: HostId, packet: Packet) {
        let Some(host) = self.hosts.get(id.0) else { return };
        if host.asleep || self.cut.contains(&(packet.origin, id)) {
            return self.nowhere(&packet, "asleep or cut off");
        }
        let still_here = host.interfaces.iter().any(|i| i.enabled && i.addr == packet.dst.ip());
        if !still_here {
            return self.nowhere(&packet, "address is gone");
        }
        self.count_delivery(id, &packet);
        if let (Some(capture), Load::Udp { data, .. }) = (&mut self.capture, &packet.load) {
            capture.push(data.clone());
        }
        match packet.load {
            Load::Tcp(segment) => self.segment(id, packet.src, packet.dst, segment),
            Load::Udp { ecn, data } => {
                let Some(link) = self.host_mut(id).udp_socket(packet.dst) else { return };
                let now = self.local(id);
                let mut data = data;
                let from = packet.src;
                if let Some(process) = &mut self.host_mut(id).process {
                    process.handle_input(now, Input::Datagram { link, from, ecn, data: &mut data });
                    self.pump(id);
                }
            }
        }
    }

    fn count_delivery(&mut self, host: HostId, packet: &Packet) {
        self.stats.delivered += 1;
        self.hash.feed(&self.now.as_micros().to_le_bytes());
        self.hash.feed(&(host.0 as u64).to_le_bytes());
        self.hash.feed_address(packet.src);
        self.hash.feed_address(packet.dst);
        match &packet.load {
            Load::Udp { data, .. } => self.hash.feed(data),
            Load::Tcp(segment) => {
                self.hash.feed(&[segment.syn, segment.fin, segment.rst, segment.ack].map(u8::from));
                self.hash.feed(&segment.data);
            }
        }
        self.note(|world| {
            let name = world.hosts.get(host.0).map_or("?", |h| h.name.as_str());
            format!("{name} got {}", packet.describe())
        });
    }

    fn no_way(&mut self, packet: &Packet, why: NoWay) {
        match why {
            NoWay::NoRoute => self.nowhere(packet, "no route"),
            NoWay::Gateway => {
                self.stats.gateway += 1;
                self.note(|_| format!("gateway drops {}", packet.describe()));
            }
        }
    }

    fn nowhere(&mut self, packet: &Packet, why: &str) {
        self.stats.nowhere += 1;
        self.note(|_| format!("{why}: {}", packet.describe()));
    }

    /// Drains a host's machine and sets its timer anew.
    pub(crate) fn pump(&mut self, id: HostId) {
        if self.host_mut(id).asleep {
            // What is to be done waits until it wakes up.
            return;
        }
        let now = self.local(id);
        let mut buf = std::mem::take(&mut self.scratch);
        for _ in 0..DRAIN {
            buf.clear();
            let Some(process) = &mut self.host_mut(id).process else {
                self.scratch = buf;
                return;
            };
            if let Some(output) = process.poll_output(now, &mut buf) {
                self.apply(id, output, &buf);
                continue;
            }
            if process.work(now) || self.read_on(id) {
                continue;
            }
            self.scratch = buf;
            return self.set_timer(id, now);
        }
        #[expect(clippy::panic, reason = "a livelock is a bug in the machine under test")]
        {
            let host = self.host_mut(id);
            panic!("{}: {DRAIN} outputs and events at {now:?} without an end", host.name);
        }
    }

    fn set_timer(&mut self, id: HostId, now: Instant) {
        let host = self.host_mut(id);
        host.deadline = host.process.as_ref().and_then(|process| process.poll_timeout());
        self.wake_in_time(id, now);
    }

    fn wake_in_time(&mut self, id: HostId, now: Instant) {
        let host = self.host_mut(id);
        let Some(deadline) = host.deadline else { return };
        let at = host.clock.world(deadline.at.max(now));
        // One pending wake-up is enough, if it is early enough: it looks again when it comes.
        if host.timer.is_none_or(|pending| at < pending) {
            host.timer = Some(at);
            self.push(at, Event::Timer { host: id });
        }
    }

    #[expect(clippy::panic, reason = "a livelock is a bug in the machine under test")]
    pub(crate) fn host_timer(&mut self, id: HostId) {
        let (world_now, now) = (self.now, self.local(id));
        let host = self.host_mut(id);
        if host.timer != Some(world_now) {
            return;
        }
        host.timer = None;
        if host.asleep {
            return;
        }
        let Some(process) = &mut host.process else { return };
        // Nothing was done to the machine since it was asked, so that its answer still holds.
        let Some(deadline) = host.deadline else { return };
        if deadline.at > now {
            return self.wake_in_time(id, now);
        }
        let millisecond = world_now.as_micros() / 1000;
        host.busy =
            if host.busy.0 == millisecond { (millisecond, host.busy.1 + 1) } else { (millisecond, 1) };
        assert!(host.busy.1 < LIVELOCK, "{}: livelock at {now:?}, it wants {deadline:?}", host.name);
        process.handle_timeout(now);
        self.pump(id);
        let host = self.host_mut(id);
        if let Some(again) = host.deadline.filter(|again| again.at <= now) {
            panic!("{}: livelock: told {now:?} for {deadline:?}, it then wants {again:?}", host.name);
        }
    }
}
