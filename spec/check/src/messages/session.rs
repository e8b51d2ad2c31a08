//! Messages of sessions.

use deskwire_wire::ids::{DisplayId, Epoch, Private};
use deskwire_wire::picture::{Point, Rect};
use deskwire_wire::screen::{Button, CursorPosition, CursorShape, Display, InputEvent, Keysym};
use deskwire_wire::session::{
    LoginMethod, LoginRefusal, PasswordParams, Scope, Scopes, SessionMsg, Statistics, VideoCodecs,
};
use deskwire_wire::sound::SoundWish;
use serde_json::{Value, json};

use super::{Sample, sample};
use crate::input::hex;

/// One message of each kind.
pub(super) fn samples() -> Vec<Sample> {
    let (display, epoch) = (DisplayId(3), Epoch(4));
    let methods =
        vec![LoginMethod::OneTimeCode, LoginMethod::Password, LoginMethod::Identity, LoginMethod::Approval];
    let displays = vec![
        Display {
            id: display,
            name: "DP-1".to_owned(),
            area: Rect::new(1_920, 0, 2_560, 1_440),
            scale_percent: 150,
            primary: true,
        },
        Display {
            id: DisplayId(5),
            name: "B\u{fc}ro".to_owned(),
            area: Rect::new(0, 0, 1_920, 1_080),
            scale_percent: 100,
            primary: false,
        },
    ];
    let statistics = Statistics {
        frames: 1_000,
        video_bytes: 5_000_000_000,
        rtt_us: 21_000,
        latency_us: 35_000,
        worst_latency_us: 80_000,
        resyncs: 2,
    };
    let events = vec![
        InputEvent::PointerMove { display, at: Point { x: -5, y: 700 } },
        InputEvent::Button { button: Button::Right, pressed: true },
        InputEvent::Scroll { x: -120, y: 240 },
        InputEvent::Key { key: Keysym(0xff0d), pressed: true },
        InputEvent::Text("\u{e9}\u{1f511}".to_owned()),
    ];
    let shape = CursorShape { width: 2, height: 1, hot_spot: (1, 0), rgba: vec![1, 2, 3, 4, 5, 6, 7, 8] };
    let position = CursorPosition { display, at: Point { x: 10, y: -1 }, visible: true };
    let password = PasswordParams { salt: [0x73; 16], memory_kib: 65_536, passes: 3 };
    let codes = vec![LoginMethod::OneTimeCode];
    let refused = |why, retry_after_s| SessionMsg::LoginRefused { why, retry_after_s };
    [
        ("loginMethods", SessionMsg::LoginMethods { methods, password: Some(password) }),
        ("loginMethods, no password", SessionMsg::LoginMethods { methods: codes, password: None }),
        ("loginStart", SessionMsg::LoginStart { method: LoginMethod::OneTimeCode, share: Some([0x11; 32]) }),
        (
            "loginStart without a secret",
            SessionMsg::LoginStart { method: LoginMethod::Identity, share: None },
        ),
        ("loginShare", SessionMsg::LoginShare { share: [0x12; 32] }),
        ("loginConfirm", SessionMsg::LoginConfirm { tag: [0x13; 32] }),
        ("loginAccepted", SessionMsg::LoginAccepted { tag: Some([0x14; 32]), granted: Scopes::ALL }),
        ("loginSecondFactorWanted", SessionMsg::LoginSecondFactorWanted { tag: Some([0x15; 32]) }),
        (
            "loginSecondFactor",
            SessionMsg::LoginSecondFactor { code: Private("287082".to_owned()), trust: true },
        ),
        ("loginRefused, waiting helps", refused(LoginRefusal::TryLater, Some(8))),
        ("loginRefused, waiting does not help", refused(LoginRefusal::Locked, None)),
        ("loginRefused by a person", refused(LoginRefusal::Denied, None)),
        ("permissions", SessionMsg::Permissions(Scopes::NONE.with(Scope::View).with(Scope::ClipboardOut))),
        ("displays", SessionMsg::Displays(displays)),
        ("watch", SessionMsg::Watch(vec![display, DisplayId(5)])),
        ("watch nothing", SessionMsg::Watch(Vec::new())),
        ("videoCodecs", SessionMsg::VideoCodecs(VideoCodecs::AV1)),
        ("recording", SessionMsg::Recording(true)),
        ("sound", SessionMsg::Sound(Some(SoundWish::with_copies(2)))),
        ("sound no more", SessionMsg::Sound(None)),
        ("voice", SessionMsg::Voice(Some(SoundWish::with_copies(0)))),
        ("resync", SessionMsg::Resync { display, epoch }),
        ("frameDone", SessionMsg::FrameDone { display, epoch, sequence: 77, latency_us: 35_000 }),
        ("ping", SessionMsg::Ping { sent_us: 0x0102_0304_0506_0708 }),
        ("pong", SessionMsg::Pong { sent_us: 1, clock_us: 2 }),
        ("statistics", SessionMsg::Statistics(statistics)),
        ("path", SessionMsg::Path(vec![0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 3])),
        ("goodbye", SessionMsg::Goodbye { reason: "the host stops".to_owned() }),
        ("input", SessionMsg::Input(events)),
        ("cursorShape", SessionMsg::CursorShape { id: 9, shape }),
        ("cursorCached", SessionMsg::CursorCached { id: 9 }),
        ("cursorPosition", SessionMsg::CursorPosition(position)),
        ("clipboard", SessionMsg::Clipboard("Gr\u{fc}\u{df}e\n".to_owned())),
    ]
    .into_iter()
    .map(|(name, message)| sample(name, "SessionMessage", &message))
    .collect()
}

/// What is not wanted needs no copies.
fn wish_fields(wish: Option<SoundWish>) -> Value {
    json!({ "wanted": wish.is_some(), "copies": wish.map_or(0, SoundWish::copies) })
}

/// Nothing is no bytes.
fn optional(bytes: Option<&[u8; 32]>) -> String {
    bytes.map_or_else(String::new, |bytes| hex(bytes))
}

/// A message by the names of its schema.
pub(super) fn fields(message: &SessionMsg) -> Result<Value, String> {
    Ok(match message {
        SessionMsg::LoginMethods { methods, password } => {
            let methods: Vec<&str> = methods.iter().map(|m| method(*m)).collect::<Result<_, _>>()?;
            let salt = password.map_or_else(String::new, |password| hex(&password.salt));
            let (memory, passes) = password.map_or((0, 0), |password| (password.memory_kib, password.passes));
            json!({ "loginMethods": {
                "methods": methods, "salt": salt, "memoryKib": memory, "passes": passes,
            } })
        }
        SessionMsg::LoginStart { method: how, share } => {
            json!({ "loginStart": { "method": method(*how)?, "share": optional(share.as_ref()) } })
        }
        SessionMsg::LoginShare { share } => json!({ "loginShare": hex(share) }),
        SessionMsg::LoginConfirm { tag } => json!({ "loginConfirm": hex(tag) }),
        SessionMsg::LoginAccepted { tag, granted } => {
            json!({ "loginAccepted": { "tag": optional(tag.as_ref()), "granted": granted.to_bits() } })
        }
        SessionMsg::LoginSecondFactorWanted { tag } => {
            json!({ "loginSecondFactorWanted": optional(tag.as_ref()) })
        }
        SessionMsg::LoginSecondFactor { code, trust } => {
            json!({ "loginSecondFactor": { "code": code.0, "trust": trust } })
        }
        SessionMsg::LoginRefused { why, retry_after_s } => {
            let why = match why {
                LoginRefusal::WrongSecret => "wrongSecret",
                LoginRefusal::TryLater => "tryLater",
                LoginRefusal::Locked => "locked",
                LoginRefusal::NotOffered => "notOffered",
                LoginRefusal::Denied => "denied",
                _ => return Err("there is a new refusal; say here what it is called".to_owned()),
            };
            let (waits, seconds) = (retry_after_s.is_some(), retry_after_s.unwrap_or(0));
            json!({ "loginRefused": { "why": why, "waits": waits, "retryAfterSeconds": seconds } })
        }
        SessionMsg::Permissions(scopes) => json!({ "permissions": scopes.to_bits() }),
        SessionMsg::Displays(displays) => {
            json!({ "displays": displays.iter().map(display_fields).collect::<Vec<_>>() })
        }
        SessionMsg::Watch(displays) => {
            json!({ "watch": displays.iter().map(|display| display.0).collect::<Vec<_>>() })
        }
        SessionMsg::VideoCodecs(codecs) => json!({ "videoCodecs": codecs.to_bits() }),
        SessionMsg::Recording(on) => json!({ "recording": on }),
        SessionMsg::Sound(wish) => json!({ "sound": wish_fields(*wish) }),
        SessionMsg::Voice(wish) => json!({ "voice": wish_fields(*wish) }),
        SessionMsg::Resync { display, epoch } => {
            json!({ "resync": { "display": display.0, "epoch": epoch.0 } })
        }
        SessionMsg::FrameDone { display, epoch, sequence, latency_us } => json!({ "frameDone": {
            "display": display.0, "epoch": epoch.0, "sequence": sequence, "latencyMicros": latency_us,
        } }),
        SessionMsg::Ping { sent_us } => json!({ "ping": sent_us }),
        SessionMsg::Pong { sent_us, clock_us } => {
            json!({ "pong": { "sentMicros": sent_us, "clockMicros": clock_us } })
        }
        SessionMsg::Statistics(statistics) => json!({ "statistics": {
            "frames": statistics.frames, "videoBytes": statistics.video_bytes,
            "rttMicros": statistics.rtt_us, "latencyMicros": statistics.latency_us,
            "worstLatencyMicros": statistics.worst_latency_us, "resyncs": statistics.resyncs,
        } }),
        SessionMsg::Path(bytes) => json!({ "path": hex(bytes) }),
        SessionMsg::Goodbye { reason } => json!({ "goodbye": reason }),
        SessionMsg::Input(events) => {
            json!({ "input": events.iter().map(event).collect::<Result<Vec<_>, _>>()? })
        }
        SessionMsg::CursorShape { id, shape } => json!({ "cursorShape": {
            "id": id, "width": shape.width, "height": shape.height,
            "hotX": shape.hot_spot.0, "hotY": shape.hot_spot.1, "rgba": hex(&shape.rgba),
        } }),
        SessionMsg::CursorCached { id } => json!({ "cursorCached": id }),
        SessionMsg::CursorPosition(position) => json!({ "cursorPosition": {
            "display": position.display.0, "x": position.at.x, "y": position.at.y,
            "visible": position.visible,
        } }),
        SessionMsg::Clipboard(text) => json!({ "clipboard": text }),
        SessionMsg::Unknown(_) => return Err("this message is not in the schema".to_owned()),
    })
}

fn method(method: LoginMethod) -> Result<&'static str, String> {
    Ok(match method {
        LoginMethod::OneTimeCode => "oneTimeCode",
        LoginMethod::Password => "password",
        LoginMethod::Identity => "identity",
        LoginMethod::Approval => "approval",
        _ => return Err("there is a new login method; say here what it is called".to_owned()),
    })
}

fn display_fields(display: &Display) -> Value {
    json!({
        "id": display.id.0, "name": display.name, "x": display.area.x, "y": display.area.y,
        "width": display.area.width, "height": display.area.height,
        "scalePercent": display.scale_percent, "primary": display.primary,
    })
}

fn event(event: &InputEvent) -> Result<Value, String> {
    Ok(match event {
        InputEvent::PointerMove { display, at } => {
            json!({ "pointerMove": { "display": display.0, "x": at.x, "y": at.y } })
        }
        InputEvent::Button { button, pressed } => {
            let button = match button {
                Button::Left => "left",
                Button::Middle => "middle",
                Button::Right => "right",
                Button::Back => "back",
                Button::Forward => "forward",
            };
            json!({ "button": { "button": button, "pressed": pressed } })
        }
        InputEvent::Scroll { x, y } => json!({ "scroll": { "x": x, "y": y } }),
        InputEvent::Key { key, pressed } => json!({ "key": { "key": key.0, "pressed": pressed } }),
        InputEvent::Text(text) => json!({ "text": text }),
        _ => return Err("there is a new input event; say here which fields it has".to_owned()),
    })
}
