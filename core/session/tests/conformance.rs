//! Both machines under the conformance suite: the viewer against a real host, the host against a viewer that was real
//! until it was logged in and says anything since.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::time::Duration;

use deskwire_conformance::{Counterpart, Dice, Given, GivenLink, LinkKind, Replies, Subject, suite};
use deskwire_identity::{IdentityKey, Secret};
use deskwire_machine::{Input, Instant, LinkId, LinkIds, Machine, Output, Seed, StreamBuf};
use deskwire_session::{
    ChargeResult, Credential, Grants, HostConfig, HostEvent, HostSession, Limits, LoginOffer,
    SecondFactorResult, StretchedPassword, ViewerConfig, ViewerEvent, ViewerSession,
};
use deskwire_wire::ids::{DisplayId, Epoch, Private};
use deskwire_wire::picture::{FrameUpdate, Point, Rect, RegionOp, Size};
use deskwire_wire::screen::{CursorPosition, CursorShape, Display, InputEvent, Keysym};
use deskwire_wire::session::{ChannelHeader, LoginMethod, PasswordParams, Scopes, SessionMsg, Statistics};
use deskwire_wire::{CapnProto, Codec};

suite! {
    the_viewer_that_logs_in_keeps_the_rules => ViewerSubject::<false>::default(),
    the_viewer_keeps_the_rules => ViewerSubject::<true>::default(),
    the_host_of_strangers_keeps_the_rules => HostSubject::<false>::default(),
    the_host_of_a_viewer_keeps_the_rules => HostSubject::<true>::default(),
}

const SIZE: Size = Size { width: 8, height: 6 };

fn limits() -> Limits {
    Limits {
        channels: 8,
        queue_bytes: 16 << 10,
        frame_bytes: 16 << 10,
        unshown_bytes: 8 << 10,
        input_queue: 64,
        ..Limits::default()
    }
}

/// Everything; a viewer that is known by its key needs a second factor.
fn offer() -> LoginOffer {
    let params = PasswordParams { salt: [1; 16], memory_kib: 8, passes: 1 };
    LoginOffer {
        code: Some("123456".parse().unwrap()),
        password: Some(StretchedPassword { params, key: Secret::new([9; 32]) }),
        identity: true,
        approval: true,
        second_factor: false,
        grants: Grants::all(Scopes::ALL),
    }
}

fn host(now: Instant, seed: &Seed, ids: &LinkIds) -> HostSession {
    let key = |label: &str| IdentityKey::generate(&mut seed.derive(label).secret()).public();
    let config = HostConfig {
        seed: seed.derive("host"),
        ids: ids.clone(),
        limits: limits(),
        exporter: Secret::new([7; 64]),
        viewer_key: key("viewer key"),
        host_key: key("host key"),
        login: offer(),
    };
    let mut host = HostSession::new(now, config);
    host.set_displays(now, vec![display(SIZE)]);
    host
}

fn viewer(now: Instant, seed: &Seed, ids: &LinkIds) -> ViewerSession {
    let key = |label: &str| IdentityKey::generate(&mut seed.derive(label).secret()).public();
    let config = ViewerConfig {
        seed: seed.derive("viewer"),
        ids: ids.clone(),
        limits: limits(),
        exporter: Secret::new([7; 64]),
        viewer_key: key("viewer key"),
        host_key: key("host key"),
    };
    ViewerSession::new(now, config)
}

fn display(size: Size) -> Display {
    Display {
        id: DisplayId(1),
        name: "one".into(),
        area: Rect::of_size(size),
        scale_percent: 100,
        primary: true,
    }
}

fn framed(message: &SessionMsg) -> Vec<u8> {
    let mut payload = Vec::new();
    CapnProto::encode(message, &mut payload).unwrap();
    let mut bytes = deskwire_wire::frame::LongHeader { len: payload.len(), packed: true }.to_bytes().to_vec();
    bytes.extend(payload);
    bytes
}

fn frame(epoch: u32, sequence: u32, data: &[u8]) -> FrameUpdate<'_> {
    let rect = Rect::of_size(SIZE);
    FrameUpdate {
        display: DisplayId(1),
        epoch: Epoch(epoch),
        sequence,
        size: SIZE,
        captured_at_us: 5,
        ops: vec![RegionOp::Zstd { rect, data }],
    }
}

fn key(dice: &mut Dice<'_>) -> InputEvent {
    InputEvent::Key { key: Keysym(u32::from(dice.byte() % 4)), pressed: dice.chance(128) }
}

fn position(dice: &mut Dice<'_>) -> CursorPosition {
    CursorPosition { display: DisplayId(1), at: Point { x: i32::from(dice.byte()), y: 0 }, visible: true }
}

fn shape(dice: &mut Dice<'_>) -> CursorShape {
    CursorShape { width: 1, height: 1, hot_spot: (0, 0), rgba: vec![dice.byte() % 50; 4] }
}

/// A viewer logged in at a host, and the channels by their ids at viewer and host: control, then input.
fn logged_in(
    now: Instant,
    seed: &Seed,
    viewer_ids: &LinkIds,
    host_ids: &LinkIds,
) -> (ViewerSession, HostSession, Vec<(LinkId, LinkId)>) {
    let (mut viewer, mut host) = (viewer(now, seed, viewer_ids), host(now, seed, host_ids));
    viewer.log_in(now, Credential::Code("123456".parse().unwrap())).unwrap();
    let mut known = Vec::new();
    let remote = std::net::SocketAddr::from(([0, 0, 0, 0], 0));
    let mut buf = Vec::new();
    for _ in 0..8 {
        while let Some(output) = viewer.poll_output(now, &mut buf) {
            let bytes = std::mem::take(&mut buf);
            match output {
                Output::Open { link, .. } => {
                    let own = host_ids.allocate();
                    known.push((link, own));
                    let listener = LinkId::TRANSPORT;
                    host.handle_input(now, Input::Accepted { listener, link: own, remote });
                }
                Output::Stream { link } => {
                    let own = known.iter().find(|(there, _)| *there == link).unwrap().1;
                    let data = &mut StreamBuf::from(&bytes[..]);
                    host.handle_input(now, Input::Stream { link: own, data });
                }
                other => panic!("unexpected {other:?}"),
            }
        }
        while let Some(event) = host.poll_event() {
            if let HostEvent::ChargeAttempt { ticket, .. } = event {
                host.attempt_charged(now, ticket, ChargeResult::Allowed);
            }
        }
        while host.poll_output(now, &mut buf).is_some() {
            let data = &mut StreamBuf::from(&buf[..]);
            viewer.handle_input(now, Input::Stream { link: known[0].0, data });
            buf.clear();
        }
        while viewer.poll_event().is_some() {}
    }
    assert!(host.is_active() && viewer.is_active());
    (viewer, host, known)
}

fn open_stream(given: &mut Given, link: LinkId) -> LinkId {
    let local = std::net::SocketAddr::from(([0, 0, 0, 0], 0));
    given.push(GivenLink { link, kind: LinkKind::Stream, local, max_datagram: 0 })
}

#[derive(Default)]
struct ViewerSubject<const LOGGED_IN: bool> {
    host: Option<Counterpart<HostSession>>,
    control: Option<LinkId>,
    epoch: u32,
}

impl<const LOGGED_IN: bool> Subject for ViewerSubject<LOGGED_IN> {
    type Machine = ViewerSession;
    const MAX_BYTES: usize = 4 << 20;
    const ACCEPTS_CHANNELS: bool = true;
    // Before the login, whatever is wrong ends it.
    const MUST_DROP: bool = LOGGED_IN;
    const MUST_SAY: &'static [&'static str] = if LOGGED_IN {
        &["Displays", "Frame(", "CursorShape", "CursorPosition", "PathMessage", "Permissions", "Closed"]
    } else {
        &["LoginWanted", "LoggedIn", "Misbehaved", "LoginTimedOut"]
    };

    fn dropped(&self, machine: &mut ViewerSession) -> Option<u64> {
        let stats = machine.stats();
        Some(stats.dropped + stats.unknown + stats.stale_channels + stats.input_dropped)
    }

    fn start(&mut self, now: Instant, seed: Seed, ids: &LinkIds, given: &mut Given) -> ViewerSession {
        let host_ids = LinkIds::new();
        if LOGGED_IN {
            let (viewer, _, known) = logged_in(now, &seed, ids, &host_ids);
            self.control = Some(open_stream(given, known[0].0));
            open_stream(given, known[1].0);
            return viewer;
        }
        self.host = Some(Counterpart::new(now, host(now, &seed, &host_ids), &host_ids));
        viewer(now, &seed, ids)
    }

    fn sent(&mut self, now: Instant, output: &Output, bytes: &[u8], replies: &mut Replies) {
        let Some(host) = &mut self.host else { return };
        host.sent(now, output, bytes, replies);
        for event in std::mem::take(&mut host.events) {
            if let HostEvent::ChargeAttempt { ticket, .. } = event {
                host.machine.attempt_charged(now, ticket, ChargeResult::Allowed);
                host.drain(now, replies);
            }
        }
    }

    fn act(&mut self, now: Instant, viewer: &mut ViewerSession, dice: &mut Dice<'_>, replies: &mut Replies) {
        let one = DisplayId(1);
        match dice.below(12) {
            0 if dice.chance(10) => viewer.close(now, "bye"),
            0..=3 if !LOGGED_IN => {
                let code = if dice.chance(200) { "123456" } else { "000000" };
                let _ = viewer.log_in(now, Credential::Code(code.parse().unwrap()));
            }
            4 => viewer.watch(now, [one].get(usize::from(dice.chance(50))..).unwrap_or_default()),
            5 => viewer.request_resync(now, one),
            6 => drop(viewer.send_input(now, &[key(dice), key(dice)])),
            7 => drop(viewer.enable_clipboard(now, dice.chance(200))),
            8 => drop(viewer.send_clipboard(now, format!("{}", dice.byte()))),
            9 => drop(viewer.send_path_message(now, dice.bytes(64))),
            0..=3 | 10 => {
                let Some(control) = self.control else { return };
                let mut bytes = Vec::new();
                for _ in 0..=dice.below(6) {
                    bytes.extend(framed(&match dice.below(5) {
                        0 => SessionMsg::Displays(vec![display(SIZE)]),
                        1 => SessionMsg::Permissions(Scopes::from_bits(u32::from(dice.byte()))),
                        2 => SessionMsg::Path(dice.bytes(64)),
                        3 => SessionMsg::Ping { sent_us: 5 },
                        _ => SessionMsg::Statistics(Statistics::default()),
                    }));
                }
                replies.stream(control, bytes);
            }
            _ => {
                if let Some(host) = &mut self.host {
                    host.tick(now, replies);
                }
            }
        }
    }

    fn happened(&mut self, now: Instant, viewer: &mut ViewerSession, event: ViewerEvent) {
        match event {
            ViewerEvent::Frame(frame) => {
                let update = frame.update().unwrap();
                viewer.frame_done(now, update.display, update.epoch, update.sequence);
            }
            ViewerEvent::LoggedIn { .. } | ViewerEvent::Displays(_) => viewer.watch(now, &[DisplayId(1)]),
            _ => {}
        }
    }

    /// The beginning of a channel that the host opened.
    fn message(&mut self, dice: &mut Dice<'_>, _: LinkKind) -> Option<Vec<u8>> {
        if !LOGGED_IN || dice.chance(100) {
            return None;
        }
        if dice.chance(100) {
            let mut bytes = ChannelHeader::Cursor.to_bytes();
            bytes.extend(framed(&SessionMsg::CursorShape { id: 1, shape: shape(dice) }));
            bytes.extend(framed(&SessionMsg::CursorCached { id: 1 }));
            bytes.extend(framed(&SessionMsg::CursorPosition(position(dice))));
            return Some(bytes);
        }
        self.epoch += 1;
        let epoch = Epoch(self.epoch);
        let mut bytes = ChannelHeader::Video { display: DisplayId(1), epoch }.to_bytes();
        for sequence in 0..dice.below(6) as u32 {
            let mut payload = Vec::new();
            CapnProto::encode_frame(&frame(self.epoch, sequence, &dice.bytes(900)), &mut payload).unwrap();
            let header = deskwire_wire::frame::LongHeader { len: payload.len(), packed: false };
            bytes.extend(header.to_bytes());
            bytes.extend(payload);
        }
        Some(bytes)
    }
}

#[derive(Default)]
struct HostSubject<const LOGGED_IN: bool> {
    control: Option<LinkId>,
    input: Option<LinkId>,
    wanted: Option<(u32, u32)>,
}

impl<const LOGGED_IN: bool> Subject for HostSubject<LOGGED_IN> {
    type Machine = HostSession;
    const MAX_BYTES: usize = 2 << 20;
    const ACCEPTS_CHANNELS: bool = true;
    // Before the login, whatever is wrong ends it.
    const MUST_DROP: bool = LOGGED_IN;
    const MUST_SAY: &'static [&'static str] = if LOGGED_IN {
        &["FrameWanted", "FrameShown", "Input(", "PathMessage", "Statistics", "Closed"]
    } else {
        &["ChargeAttempt", "LoginRefused", "ApprovalWanted", "SecondFactor", "Misbehaved", "LoginTimedOut"]
    };

    fn dropped(&self, machine: &mut HostSession) -> Option<u64> {
        let stats = machine.stats();
        Some(stats.dropped + stats.unknown + stats.not_permitted + stats.input_dropped)
    }

    fn start(&mut self, now: Instant, seed: Seed, ids: &LinkIds, given: &mut Given) -> HostSession {
        if LOGGED_IN {
            let (_, mut host, known) = logged_in(now, &seed, &LinkIds::new(), ids);
            let watch = framed(&SessionMsg::Watch(vec![DisplayId(1)]));
            let data = &mut StreamBuf::from(&watch[..]);
            host.handle_input(now, Input::Stream { link: known[0].1, data });
            self.control = Some(open_stream(given, known[0].1));
            self.input = Some(open_stream(given, known[1].1));
            return host;
        }
        let mut host = host(now, &seed, ids);
        host.set_login(now, LoginOffer { second_factor: true, ..offer() });
        host
    }

    fn act(&mut self, now: Instant, host: &mut HostSession, dice: &mut Dice<'_>, replies: &mut Replies) {
        let one = DisplayId(1);
        match dice.below(12) {
            0 if dice.chance(10) => host.close(now, "bye"),
            0 => host.set_permissions(now, Scopes::from_bits(u32::from(dice.byte()) | 3)),
            1 => {
                let width = 8 + u32::from(dice.byte() % 2);
                host.set_displays(now, vec![display(Size { width, ..SIZE })]);
            }
            2 if dice.chance(128) => host.set_cursor_position(now, position(dice)),
            2 => drop(host.set_cursor_shape(now, shape(dice))),
            3 => drop(host.send_clipboard(now, format!("{}", dice.byte()))),
            5 if dice.chance(128) => {
                host.set_send_budget(now, dice.below(9_000), Duration::from_millis(9), 50_000);
            }
            5 => drop(host.send_path_message(now, dice.bytes(64))),
            4 | 6 | 7 => {
                if let Some((epoch, sequence)) = self.wanted {
                    let _ = host.send_frame(now, &frame(epoch, sequence, &dice.bytes(900)));
                }
            }
            8 => {
                if let Some(input) = self.input {
                    let bytes = framed(&SessionMsg::Input(vec![key(dice), key(dice)]));
                    replies.stream(input, bytes);
                }
            }
            _ => {
                let Some(control) = self.control else { return };
                let (epoch, sequence) = self.wanted.unwrap_or_default();
                let (epoch, sequence) = (Epoch(epoch), sequence.saturating_sub(1));
                let mut bytes = Vec::new();
                for _ in 0..=dice.below(6) {
                    bytes.extend(framed(&match dice.below(8) {
                        0 => SessionMsg::Watch(vec![one]),
                        1 => SessionMsg::Resync { display: one, epoch },
                        2..=4 => SessionMsg::FrameDone { display: one, epoch, sequence, latency_us: 3 },
                        5 => SessionMsg::Ping { sent_us: 1 },
                        6 => SessionMsg::Path(dice.bytes(40)),
                        _ => SessionMsg::Statistics(Statistics::default()),
                    }));
                }
                replies.stream(control, bytes);
            }
        }
    }

    fn happened(&mut self, now: Instant, host: &mut HostSession, event: HostEvent) {
        match event {
            HostEvent::ChargeAttempt { ticket, .. } => {
                host.attempt_charged(now, ticket, ChargeResult::Allowed);
            }
            HostEvent::ApprovalWanted { ticket } if (now.as_micros() / 1_000).is_multiple_of(5) => {
                host.approve(now, ticket, false);
            }
            HostEvent::SecondFactor { ticket, .. } => {
                host.second_factor_checked(now, ticket, SecondFactorResult::Wrong);
            }
            HostEvent::FrameWanted { epoch, sequence, full, .. } => {
                self.wanted = Some((epoch.0, sequence));
                if full {
                    let _ = host.send_frame(now, &frame(epoch.0, sequence, &[0; 40]));
                }
            }
            _ => {}
        }
    }

    /// The beginning of a channel that the viewer opened.
    fn message(&mut self, dice: &mut Dice<'_>, _: LinkKind) -> Option<Vec<u8>> {
        if LOGGED_IN && dice.chance(200) {
            return None;
        }
        if LOGGED_IN {
            let mut bytes = ChannelHeader::Clipboard.to_bytes();
            bytes.extend(framed(&SessionMsg::Clipboard(format!("{}", dice.byte()))));
            return Some(bytes);
        }
        let mut bytes = ChannelHeader::Control.to_bytes();
        let share = if dice.chance(128) {
            // The generator of ristretto255: a share that is an element.
            *b"\xe2\xf2\xae\x0a\x6a\xbc\x4e\x71\xa8\x84\xa9\x61\xc5\x00\x51\x5f\x58\xe3\x0b\x6a\xa5\x82\xdd\x8d\xb6\xa6\x59\x45\xe0\x8d\x2d\x76"
        } else {
            [dice.byte(); 32]
        };
        let (method, share) = match dice.below(8) {
            0..=3 => (LoginMethod::Approval, None),
            4 | 5 => (LoginMethod::Identity, None),
            6 => (LoginMethod::Password, Some(share)),
            _ => (LoginMethod::OneTimeCode, Some(share)),
        };
        bytes.extend(framed(&SessionMsg::LoginStart { method, share }));
        if method == LoginMethod::Identity || dice.chance(20) {
            let code = Private("123456".into());
            bytes.extend(framed(&SessionMsg::LoginSecondFactor { code, trust: dice.chance(128) }));
        }
        if method != LoginMethod::Approval && dice.chance(128) {
            bytes.extend(framed(&SessionMsg::LoginConfirm { tag: [dice.byte(); 32] }));
        }
        Some(bytes)
    }
}
