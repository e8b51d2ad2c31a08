//! Both roles under the conformance suite, each against a real transport on the other side, over two paths.

use std::net::SocketAddr;

use deskwire_conformance::{Dice, Given, LinkKind, Replies, Subject, Suite, suite};
use deskwire_handshake::{HostConfig, ViewerConfig};
use deskwire_identity::{IdentityKey, Secret};
use deskwire_machine::{ChannelSpec, Ecn, Input, Instant, LinkId, LinkIds, Machine, Output, Seed, StreamBuf};
use deskwire_transport::{AnswerConfig, Config, DialConfig, Event, PathKind, TimeBase, Transport};
use deskwire_wire::ids::{DeviceId, IntroductionId};

/// Fewer and shorter scripts than the suite's own choice: every run of every script makes a whole key handshake.
const SUITE: Suite = Suite { cases: 40, script_bytes: 700, flood_bytes: 30_000, seed: 1 };

suite! {
    the_viewer_keeps_the_rules_from_the_start in SUITE => End::<true, false>::default(),
    the_host_keeps_the_rules_from_the_start in SUITE => End::<false, false>::default(),
    the_viewer_keeps_the_rules_once_established in SUITE => End::<true, true>::default(),
    the_host_keeps_the_rules_once_established in SUITE => End::<false, true>::default(),
}

fn base() -> TimeBase {
    static BASE: std::sync::OnceLock<TimeBase> = std::sync::OnceLock::new();
    #[allow(
        clippy::disallowed_methods,
        clippy::disallowed_types,
        reason = "such an instant cannot be made from a number, and it makes no difference which it is"
    )]
    *BASE.get_or_init(|| TimeBase::new(std::time::Instant::now()))
}

fn config(seed: Seed, ids: &LinkIds) -> Config {
    let mut config = Config::new(seed, ids.clone(), base());
    // Scripts let much time pass between two packets.
    config.timing.handshake = core::time::Duration::from_secs(60);
    config.timing.dead_after = core::time::Duration::from_secs(30);
    // Gives scripts a near deadline to jump to.
    config.timing.key_update = core::time::Duration::from_millis(700);
    config.limits.channel_receive = 16 << 10;
    config.limits.receive = 64 << 10;
    config.limits.send = 64 << 10;
    config.limits.channels = 8;
    config.limits.datagrams = 8 << 10;
    config.limits.blocked = 16 << 10;
    config
}

fn viewer(now: Instant, seed: Seed, ids: &LinkIds) -> Transport {
    let handshake = ViewerConfig {
        target: Some(DeviceId::from_number(7)),
        expected_host_key: Some(IdentityKey::from_bytes(&[1; 32]).public()),
        server_fingerprint: Some([3; 32]),
        introduction: Some(IntroductionId([4; 32])),
        introduction_secret: Some(Secret::new([5; 32])),
        identity: IdentityKey::from_bytes(&[2; 32]),
        transport_parameters: Vec::new(),
        seed: seed.derive("handshake"),
    };
    Transport::dial(now, DialConfig { handshake, config: config(seed, ids) })
}

fn host(now: Instant, seed: Seed, ids: &LinkIds) -> Transport {
    let handshake = HostConfig {
        id: Some(DeviceId::from_number(7)),
        server_fingerprint: Some([3; 32]),
        introduction: Some(IntroductionId([4; 32])),
        introduction_secret: Some(Secret::new([5; 32])),
        identity: IdentityKey::from_bytes(&[1; 32]),
        transport_parameters: Vec::new(),
        seed: seed.derive("handshake"),
    };
    Transport::answer(now, AnswerConfig { handshake, retry: false, config: config(seed, ids) })
}

fn address() -> SocketAddr {
    SocketAddr::from(([198, 51, 100, 1], 4000))
}

/// Carries everything from one to the other. Whether there was anything.
fn carry(now: Instant, from: &mut Transport, to: &mut Transport, link: LinkId, buf: &mut Vec<u8>) -> bool {
    let mut any = false;
    while from.poll_output(now, buf).is_some() {
        any = true;
        to.handle_input(now, Input::Datagram { link, from: address(), ecn: Ecn::NotEct, data: buf });
        buf.clear();
    }
    any
}

/// One end under test; the other is real and joined to it by two wires.
#[derive(Default)]
struct End<const VIEWER: bool, const ESTABLISHED: bool> {
    other: Option<Transport>,
    /// Links of the end under test with those of the other end.
    wires: Vec<(LinkId, LinkId)>,
    channels: Vec<LinkId>,
    other_channels: Vec<LinkId>,
}

impl<const VIEWER: bool, const ESTABLISHED: bool> End<VIEWER, ESTABLISHED> {
    /// What the other end has to say goes on its way.
    fn drain(&mut self, now: Instant, replies: &mut Replies) {
        let Some(other) = &mut self.other else { return };
        other.handle_timeout(now);
        let mut buf = Vec::new();
        for _ in 0..1_000 {
            buf.clear();
            let output = other.poll_output(now, &mut buf);
            let event = other.poll_event();
            if output.is_none() && event.is_none() {
                return;
            }
            if let Some(Output::Datagram { link, .. }) = output
                && let Some((under_test, _)) = self.wires.iter().find(|(_, theirs)| *theirs == link)
            {
                replies.datagram(*under_test, address(), buf.clone());
            }
            match event {
                Some(Event::ChannelOpened { channel, .. }) => self.other_channels.push(channel),
                Some(Event::ChannelReadable { channel }) => {
                    other.read_channel(channel, &mut StreamBuf::new(), usize::MAX);
                }
                _ => {}
            }
        }
    }
}

impl<const VIEWER: bool, const ESTABLISHED: bool> End<VIEWER, ESTABLISHED> {
    /// Carries everything over the first wire at once until nobody has more to say.
    fn shake_hands(&mut self, now: Instant, machine: &mut Transport) {
        let (Some(other), Some((link, theirs))) = (&mut self.other, self.wires.first().copied()) else {
            return;
        };
        machine.handle_input(now, Input::Opened { link, local: address(), max_datagram: 1_472 });
        let mut buf = Vec::new();
        let mut quiet = false;
        while !quiet {
            quiet = true;
            quiet &= !carry(now, machine, other, theirs, &mut buf);
            quiet &= !carry(now, other, machine, link, &mut buf);
        }
        while machine.poll_event().is_some() || other.poll_event().is_some() {}
        assert!(machine.max_datagram() > 0, "established");
    }
}

impl<const VIEWER: bool, const ESTABLISHED: bool> Subject for End<VIEWER, ESTABLISHED> {
    type Machine = Transport;
    const MAX_BYTES: usize = 6 << 20;
    /// Scripts that begin with the handshake seldom get through it.
    const MUST_SAY: &'static [&'static str] = if ESTABLISHED {
        &["ChannelOpened", "ChannelReadable", "ChannelClosed", "Datagram", "PathUp", "PathDown", "Closed"]
    } else {
        &["Closed"]
    };

    fn dropped(&self, machine: &mut Transport) -> Option<u64> {
        let stats = machine.stats();
        Some(stats.rejected_datagrams + stats.dropped_datagrams)
    }

    fn start(&mut self, now: Instant, seed: Seed, ids: &LinkIds, given: &mut Given) -> Transport {
        let other_ids = LinkIds::new();
        let other_seed = seed.derive("other");
        let (mut machine, mut other) = if VIEWER {
            (viewer(now, seed, ids), host(now, other_seed, &other_ids))
        } else {
            (host(now, seed, ids), viewer(now, other_seed, &other_ids))
        };
        for kind in [PathKind::Relay, PathKind::Direct] {
            let (link, theirs) = (given.udp(ids), other_ids.allocate());
            machine.set_path_kind(link, kind);
            other.set_path_kind(theirs, kind);
            other.handle_input(now, Input::Opened { link: theirs, local: address(), max_datagram: 1_472 });
            self.wires.push((link, theirs));
        }
        self.other = Some(other);
        if ESTABLISHED {
            self.shake_hands(now, &mut machine);
        }
        machine
    }

    fn act(&mut self, now: Instant, machine: &mut Transport, dice: &mut Dice<'_>, replies: &mut Replies) {
        let byte = dice.byte();
        let spec = ChannelSpec { bidirectional: byte & 0x80 != 0, priority: 0 };
        let channel = self.channels.last().copied();
        match (byte & 15, channel) {
            (0 | 1, _) => self.channels.extend(machine.open_channel(spec)),
            (2, Some(channel)) => {
                machine.write_channel(channel, &vec![byte; usize::from(byte) * 40]);
            }
            (3, Some(channel)) => machine.finish_channel(channel),
            (4, Some(channel)) => machine.reset_channel(channel, 1),
            (5, Some(channel)) => machine.stop_channel(channel, 2),
            (6, _) => {
                let _ = machine.send_datagram(vec![byte; usize::from(byte)]);
            }
            (7, _) if byte > 0xe0 => machine.close(now, 3, "enough"),
            (8, _) => {
                let Some(other) = &mut self.other else { return };
                let channel = other.open_channel(spec);
                self.other_channels.extend(channel);
                if let Some(channel) = channel {
                    other.write_channel(channel, &[byte; 100]);
                    if byte & 0x40 != 0 {
                        other.finish_channel(channel);
                    }
                }
            }
            (9, _) => {
                let (Some(other), Some(channel)) = (&mut self.other, self.other_channels.last()) else {
                    return;
                };
                other.write_channel(*channel, &vec![byte; usize::from(byte) * 40]);
                let _ = other.send_datagram(vec![byte; 20]);
            }
            (10 | 11, _) => {
                let (Some(other), Some(channel)) = (&mut self.other, self.other_channels.last()) else {
                    return;
                };
                other.finish_channel(*channel);
            }
            (12 | 13, _) => {
                if let Some(other) = &mut self.other {
                    let _ = other.send_datagram(vec![byte; 20]);
                }
            }
            _ => {
                if let Some(other) = &mut self.other {
                    other.handle_timeout(now);
                }
            }
        }
        self.drain(now, replies);
    }

    fn sent(&mut self, now: Instant, output: &Output, bytes: &[u8], replies: &mut Replies) {
        let (Output::Datagram { link, .. }, Some(other)) = (output, &mut self.other) else { return };
        if let Some((_, theirs)) = self.wires.iter().find(|(under_test, _)| under_test == link) {
            let mut data = bytes.to_vec();
            other.handle_input(
                now,
                Input::Datagram { link: *theirs, from: address(), ecn: Ecn::NotEct, data: &mut data },
            );
        }
        self.drain(now, replies);
    }

    fn happened(&mut self, _: Instant, machine: &mut Transport, event: Event) {
        match event {
            Event::ChannelOpened { channel, .. } => self.channels.push(channel),
            Event::ChannelReadable { channel } => {
                machine.read_channel(channel, &mut StreamBuf::new(), usize::MAX);
            }
            _ => {}
        }
    }

    fn message(&mut self, dice: &mut Dice<'_>, _: LinkKind) -> Option<Vec<u8>> {
        let mut bytes = dice.bytes(1_400);
        if let Some(first) = bytes.first_mut() {
            *first |= 0x40;
        }
        Some(bytes)
    }
}
