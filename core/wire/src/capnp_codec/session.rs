//! How session messages look as Cap'n Proto.

use alloc::vec::Vec;

use super::{CapnProto, array, bounded, decode_packed, encode_packed, malformed, text};
use crate::codec::{Codec, DecodeError, EncodeError, SESSION};
use crate::generated::session_capnp as schema;
use crate::generated::session_capnp::session_message as message;
use crate::ids::{DisplayId, Epoch, Private};
use crate::picture::{Point, Rect};
use crate::screen::{Button, CursorPosition, CursorShape, Display, InputEvent, Keysym};
use crate::session::{
    LoginMethod, LoginRefusal, MAX_CLIPBOARD, MAX_CURSOR_SIDE, MAX_DISPLAY_NAME, MAX_DISPLAYS,
    MAX_INPUT_BATCH, MAX_INPUT_TEXT, MAX_PATH_MESSAGE, MAX_REASON, MAX_SECOND_FACTOR, PasswordParams, Scopes,
    SessionMsg, Statistics, VideoCodecs,
};
use crate::sound::SoundWish;

impl Codec<SessionMsg> for CapnProto {
    fn encode(message: &SessionMsg, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        // What a reader would refuse must not be sent.
        check(message).map_err(|_| EncodeError)?;
        encode_packed(SESSION, out, |builder| write(message, builder.init_root()))
    }

    fn decode(bytes: &[u8]) -> Result<SessionMsg, DecodeError> {
        let message = decode_packed(SESSION, bytes, |reader| {
            read(reader.get_root::<message::Reader<'_>>().map_err(malformed)?)
        })?;
        check(&message)?;
        Ok(message)
    }
}

/// The bounds that hold for a message whether it is written or read.
fn check(message: &SessionMsg) -> Result<(), DecodeError> {
    let at_most =
        |n: usize, max: usize, field| if n <= max { Ok(()) } else { Err(DecodeError::Field(field)) };
    match message {
        SessionMsg::Displays(displays) => {
            at_most(displays.len(), MAX_DISPLAYS, "displays")?;
            for display in displays {
                at_most(display.name.len(), MAX_DISPLAY_NAME, "name")?;
                if !display.area.size().is_allowed() {
                    return Err(DecodeError::Field("area"));
                }
            }
            Ok(())
        }
        SessionMsg::Watch(displays) => at_most(displays.len(), MAX_DISPLAYS, "watch"),
        SessionMsg::Path(bytes) => at_most(bytes.len(), MAX_PATH_MESSAGE, "path"),
        SessionMsg::LoginSecondFactor { code, .. } => at_most(code.0.len(), MAX_SECOND_FACTOR, "code"),
        SessionMsg::Goodbye { reason } => at_most(reason.len(), MAX_REASON, "goodbye"),
        SessionMsg::Clipboard(text) => at_most(text.len(), MAX_CLIPBOARD, "clipboard"),
        SessionMsg::Input(events) => {
            at_most(events.len(), MAX_INPUT_BATCH, "input")?;
            events.iter().try_for_each(|event| match event {
                InputEvent::Text(text) => at_most(text.len(), MAX_INPUT_TEXT, "text"),
                InputEvent::PointerMove { .. }
                | InputEvent::Button { .. }
                | InputEvent::Scroll { .. }
                | InputEvent::Key { .. } => Ok(()),
            })
        }
        SessionMsg::CursorShape { shape, .. } if !shape.is_allowed() => {
            Err(DecodeError::Field("cursorShape"))
        }
        // A message of a newer version cannot be written by this one.
        _ => Ok(()),
    }
}

fn count(n: usize) -> u32 {
    // INVARIANT: `check` bounds every list far below.
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn write(message: &SessionMsg, mut root: message::Builder<'_>) {
    match message {
        SessionMsg::LoginMethods { methods, password } => {
            let mut to = root.init_login_methods();
            if let Some(password) = password {
                to.set_salt(&password.salt);
                to.set_memory_kib(password.memory_kib);
                to.set_passes(password.passes);
            }
            let mut list = to.init_methods(count(methods.len()));
            for (i, method) in (0..).zip(methods) {
                list.set(i, write_method(*method));
            }
        }
        SessionMsg::LoginStart { method, share } => {
            let mut start = root.init_login_start();
            start.set_method(write_method(*method));
            start.set_share(optional(share));
        }
        SessionMsg::LoginShare { share } => root.set_login_share(share),
        SessionMsg::LoginConfirm { tag } => root.set_login_confirm(tag),
        SessionMsg::LoginSecondFactorWanted { tag } => root.set_login_second_factor_wanted(optional(tag)),
        SessionMsg::LoginSecondFactor { code, trust } => {
            let mut factor = root.init_login_second_factor();
            factor.set_code(code.0.as_str());
            factor.set_trust(*trust);
        }
        SessionMsg::LoginAccepted { tag, granted } => {
            let mut accepted = root.init_login_accepted();
            accepted.set_tag(optional(tag));
            accepted.set_granted(granted.to_bits());
        }
        SessionMsg::LoginRefused { why, retry_after_s } => {
            let mut refused = root.init_login_refused();
            refused.set_why(match why {
                LoginRefusal::WrongSecret => schema::LoginRefusal::WrongSecret,
                LoginRefusal::TryLater => schema::LoginRefusal::TryLater,
                LoginRefusal::Locked => schema::LoginRefusal::Locked,
                LoginRefusal::NotOffered => schema::LoginRefusal::NotOffered,
                LoginRefusal::Denied => schema::LoginRefusal::Denied,
            });
            refused.set_waits(retry_after_s.is_some());
            refused.set_retry_after_seconds(retry_after_s.unwrap_or(0));
        }
        SessionMsg::Permissions(scopes) => root.set_permissions(scopes.to_bits()),
        SessionMsg::VideoCodecs(codecs) => root.set_video_codecs(codecs.to_bits()),
        SessionMsg::Recording(on) => root.set_recording(*on),
        SessionMsg::Sound(wish) => write_wish(*wish, root.init_sound()),
        SessionMsg::Voice(wish) => write_wish(*wish, root.init_voice()),
        SessionMsg::Displays(displays) => {
            let mut list = root.init_displays(count(displays.len()));
            for (i, display) in (0..).zip(displays) {
                write_display(display, list.reborrow().get(i));
            }
        }
        SessionMsg::Watch(displays) => {
            let mut list = root.init_watch(count(displays.len()));
            for (i, display) in (0..).zip(displays) {
                list.set(i, display.0);
            }
        }
        SessionMsg::Resync { display, epoch } => {
            let mut resync = root.init_resync();
            resync.set_display(display.0);
            resync.set_epoch(epoch.0);
        }
        SessionMsg::FrameDone { display, epoch, sequence, latency_us } => {
            let mut done = root.init_frame_done();
            done.set_display(display.0);
            done.set_epoch(epoch.0);
            done.set_sequence(*sequence);
            done.set_latency_micros(*latency_us);
        }
        SessionMsg::Ping { sent_us } => root.set_ping(*sent_us),
        SessionMsg::Pong { sent_us, clock_us } => {
            let mut pong = root.init_pong();
            pong.set_sent_micros(*sent_us);
            pong.set_clock_micros(*clock_us);
        }
        SessionMsg::Statistics(statistics) => {
            let mut to = root.init_statistics();
            to.set_frames(statistics.frames);
            to.set_video_bytes(statistics.video_bytes);
            to.set_rtt_micros(statistics.rtt_us);
            to.set_latency_micros(statistics.latency_us);
            to.set_worst_latency_micros(statistics.worst_latency_us);
            to.set_resyncs(statistics.resyncs);
        }
        SessionMsg::Path(bytes) => root.set_path(bytes),
        SessionMsg::Goodbye { reason } => root.set_goodbye(reason.as_str()),
        SessionMsg::Input(events) => {
            let mut list = root.init_input(count(events.len()));
            for (i, event) in (0..).zip(events) {
                write_event(event, list.reborrow().get(i));
            }
        }
        SessionMsg::CursorShape { id, shape } => {
            let mut to = root.init_cursor_shape();
            to.set_id(*id);
            to.set_width(shape.width);
            to.set_height(shape.height);
            to.set_hot_x(shape.hot_spot.0);
            to.set_hot_y(shape.hot_spot.1);
            to.set_rgba(&shape.rgba);
        }
        SessionMsg::CursorCached { id } => root.set_cursor_cached(*id),
        SessionMsg::CursorPosition(position) => {
            let mut to = root.init_cursor_position();
            to.set_display(position.display.0);
            to.set_x(position.at.x);
            to.set_y(position.at.y);
            to.set_visible(position.visible);
        }
        SessionMsg::Clipboard(text) => root.set_clipboard(text.as_str()),
        // Only readers make it; as an empty goodbye it would mean something, as an empty path message nothing.
        SessionMsg::Unknown(_) => root.set_path(&[]),
    }
}

/// Nothing is no bytes.
fn optional(bytes: &Option<[u8; 32]>) -> &[u8] {
    bytes.as_ref().map_or(&[], |bytes| bytes)
}

/// No bytes are nothing.
fn read_optional(bytes: &[u8], field: &'static str) -> Result<Option<[u8; 32]>, DecodeError> {
    if bytes.is_empty() { Ok(None) } else { array(bytes, field).map(Some) }
}

const fn write_method(method: LoginMethod) -> schema::LoginMethod {
    match method {
        LoginMethod::OneTimeCode => schema::LoginMethod::OneTimeCode,
        LoginMethod::Password => schema::LoginMethod::Password,
        LoginMethod::Identity => schema::LoginMethod::Identity,
        LoginMethod::Approval => schema::LoginMethod::Approval,
    }
}

const fn read_method(method: schema::LoginMethod) -> LoginMethod {
    match method {
        schema::LoginMethod::OneTimeCode => LoginMethod::OneTimeCode,
        schema::LoginMethod::Password => LoginMethod::Password,
        schema::LoginMethod::Identity => LoginMethod::Identity,
        schema::LoginMethod::Approval => LoginMethod::Approval,
    }
}

fn write_wish(wish: Option<SoundWish>, mut to: schema::sound_wish::Builder<'_>) {
    to.set_wanted(wish.is_some());
    to.set_copies(wish.map_or(0, SoundWish::copies));
}

fn read_wish(from: schema::sound_wish::Reader<'_>) -> Option<SoundWish> {
    from.get_wanted().then(|| SoundWish::with_copies(from.get_copies()))
}

fn write_display(display: &Display, mut to: schema::display::Builder<'_>) {
    to.set_id(display.id.0);
    to.set_name(display.name.as_str());
    to.set_x(display.area.x);
    to.set_y(display.area.y);
    to.set_width(display.area.width);
    to.set_height(display.area.height);
    to.set_scale_percent(display.scale_percent);
    to.set_primary(display.primary);
}

fn write_event(event: &InputEvent, mut to: schema::input_event::Builder<'_>) {
    match event {
        InputEvent::PointerMove { display, at } => {
            let mut to = to.init_pointer_move();
            to.set_display(display.0);
            to.set_x(at.x);
            to.set_y(at.y);
        }
        InputEvent::Button { button, pressed } => {
            let mut to = to.init_button();
            to.set_button(match button {
                Button::Left => schema::Button::Left,
                Button::Middle => schema::Button::Middle,
                Button::Right => schema::Button::Right,
                Button::Back => schema::Button::Back,
                Button::Forward => schema::Button::Forward,
            });
            to.set_pressed(*pressed);
        }
        InputEvent::Scroll { x, y } => {
            let mut to = to.init_scroll();
            to.set_x(*x);
            to.set_y(*y);
        }
        InputEvent::Key { key, pressed } => {
            let mut to = to.init_key();
            to.set_key(key.0);
            to.set_pressed(*pressed);
        }
        InputEvent::Text(text) => to.set_text(text.as_str()),
    }
}

/// A list's length, checked before anything is allocated for it.
fn bounded_len(len: u32, max: usize, field: &'static str) -> Result<u32, DecodeError> {
    if usize::try_from(len).is_ok_and(|len| len <= max) { Ok(len) } else { Err(DecodeError::Field(field)) }
}

fn read(root: message::Reader<'_>) -> Result<SessionMsg, DecodeError> {
    let which = match root.which() {
        Ok(which) => which,
        Err(capnp::NotInSchema(tag)) => return Ok(SessionMsg::Unknown(tag)),
    };
    Ok(match which {
        message::LoginMethods(from) => {
            let from = from.map_err(malformed)?;
            let methods = from.get_methods().map_err(malformed)?;
            let len = bounded_len(methods.len(), 32, "loginMethods")?;
            let salt = from.get_salt().map_err(malformed)?;
            let params =
                |salt| PasswordParams { salt, memory_kib: from.get_memory_kib(), passes: from.get_passes() };
            SessionMsg::LoginMethods {
                // A method of a newer version is one that this side cannot use.
                methods: (0..len).filter_map(|i| methods.get(i).ok()).map(read_method).collect(),
                password: if salt.is_empty() { None } else { Some(params(array(salt, "salt")?)) },
            }
        }
        message::LoginStart(start) => {
            let start = start.map_err(malformed)?;
            SessionMsg::LoginStart {
                method: read_method(start.get_method()?),
                share: read_optional(start.get_share().map_err(malformed)?, "share")?,
            }
        }
        message::LoginSecondFactorWanted(tag) => {
            SessionMsg::LoginSecondFactorWanted { tag: read_optional(tag.map_err(malformed)?, "tag")? }
        }
        message::LoginSecondFactor(factor) => {
            let factor = factor.map_err(malformed)?;
            SessionMsg::LoginSecondFactor {
                code: Private(text(factor.get_code().map_err(malformed)?, MAX_SECOND_FACTOR, "code")?),
                trust: factor.get_trust(),
            }
        }
        message::LoginShare(share) => {
            SessionMsg::LoginShare { share: array(share.map_err(malformed)?, "share")? }
        }
        message::LoginConfirm(tag) => {
            SessionMsg::LoginConfirm { tag: array(tag.map_err(malformed)?, "tag")? }
        }
        message::LoginAccepted(accepted) => {
            let accepted = accepted.map_err(malformed)?;
            SessionMsg::LoginAccepted {
                tag: read_optional(accepted.get_tag().map_err(malformed)?, "tag")?,
                granted: Scopes::from_bits(accepted.get_granted()),
            }
        }
        message::LoginRefused(refused) => {
            let refused = refused.map_err(malformed)?;
            SessionMsg::LoginRefused {
                why: match refused.get_why()? {
                    schema::LoginRefusal::WrongSecret => LoginRefusal::WrongSecret,
                    schema::LoginRefusal::TryLater => LoginRefusal::TryLater,
                    schema::LoginRefusal::Locked => LoginRefusal::Locked,
                    schema::LoginRefusal::NotOffered => LoginRefusal::NotOffered,
                    schema::LoginRefusal::Denied => LoginRefusal::Denied,
                },
                retry_after_s: refused.get_waits().then(|| refused.get_retry_after_seconds()),
            }
        }
        message::Permissions(bits) => SessionMsg::Permissions(Scopes::from_bits(bits)),
        message::Sound(wish) => SessionMsg::Sound(read_wish(wish.map_err(malformed)?)),
        message::Voice(wish) => SessionMsg::Voice(read_wish(wish.map_err(malformed)?)),
        message::VideoCodecs(bits) => SessionMsg::VideoCodecs(VideoCodecs::from_bits(bits)),
        message::Recording(on) => SessionMsg::Recording(on),
        message::Displays(displays) => {
            let displays = displays.map_err(malformed)?;
            let len = bounded_len(displays.len(), MAX_DISPLAYS, "displays")?;
            SessionMsg::Displays((0..len).map(|i| read_display(displays.get(i))).collect::<Result<_, _>>()?)
        }
        message::Watch(displays) => {
            let displays = displays.map_err(malformed)?;
            let len = bounded_len(displays.len(), MAX_DISPLAYS, "watch")?;
            SessionMsg::Watch((0..len).map(|i| DisplayId(displays.get(i))).collect())
        }
        message::Resync(resync) => {
            let resync = resync.map_err(malformed)?;
            SessionMsg::Resync { display: DisplayId(resync.get_display()), epoch: Epoch(resync.get_epoch()) }
        }
        message::FrameDone(done) => {
            let done = done.map_err(malformed)?;
            SessionMsg::FrameDone {
                display: DisplayId(done.get_display()),
                epoch: Epoch(done.get_epoch()),
                sequence: done.get_sequence(),
                latency_us: done.get_latency_micros(),
            }
        }
        message::Ping(sent_us) => SessionMsg::Ping { sent_us },
        message::Pong(pong) => {
            let pong = pong.map_err(malformed)?;
            SessionMsg::Pong { sent_us: pong.get_sent_micros(), clock_us: pong.get_clock_micros() }
        }
        message::Statistics(statistics) => {
            let from = statistics.map_err(malformed)?;
            SessionMsg::Statistics(Statistics {
                frames: from.get_frames(),
                video_bytes: from.get_video_bytes(),
                rtt_us: from.get_rtt_micros(),
                latency_us: from.get_latency_micros(),
                worst_latency_us: from.get_worst_latency_micros(),
                resyncs: from.get_resyncs(),
            })
        }
        message::Path(bytes) => {
            SessionMsg::Path(bounded(bytes.map_err(malformed)?, MAX_PATH_MESSAGE, "path")?)
        }
        message::Goodbye(reason) => {
            SessionMsg::Goodbye { reason: text(reason.map_err(malformed)?, MAX_REASON, "goodbye")? }
        }
        message::Input(events) => {
            let events = events.map_err(malformed)?;
            let len = bounded_len(events.len(), MAX_INPUT_BATCH, "input")?;
            let mut read = Vec::with_capacity(events.len().min(16).try_into().unwrap_or(0));
            for i in 0..len {
                // An event of a newer version is left out; the others keep their order.
                read.extend(read_event(events.get(i))?);
            }
            SessionMsg::Input(read)
        }
        message::CursorShape(shape) => {
            let from = shape.map_err(malformed)?;
            let side = usize::from(MAX_CURSOR_SIDE);
            SessionMsg::CursorShape {
                id: from.get_id(),
                shape: CursorShape {
                    width: from.get_width(),
                    height: from.get_height(),
                    hot_spot: (from.get_hot_x(), from.get_hot_y()),
                    rgba: bounded(from.get_rgba().map_err(malformed)?, side * side * 4, "rgba")?,
                },
            }
        }
        message::CursorCached(id) => SessionMsg::CursorCached { id },
        message::CursorPosition(position) => {
            let from = position.map_err(malformed)?;
            SessionMsg::CursorPosition(CursorPosition {
                display: DisplayId(from.get_display()),
                at: Point { x: from.get_x(), y: from.get_y() },
                visible: from.get_visible(),
            })
        }
        message::Clipboard(content) => {
            SessionMsg::Clipboard(text(content.map_err(malformed)?, MAX_CLIPBOARD, "clipboard")?)
        }
    })
}

fn read_display(from: schema::display::Reader<'_>) -> Result<Display, DecodeError> {
    Ok(Display {
        id: DisplayId(from.get_id()),
        name: text(from.get_name().map_err(malformed)?, MAX_DISPLAY_NAME, "name")?,
        area: Rect::new(from.get_x(), from.get_y(), from.get_width(), from.get_height()),
        scale_percent: from.get_scale_percent(),
        primary: from.get_primary(),
    })
}

fn read_event(from: schema::input_event::Reader<'_>) -> Result<Option<InputEvent>, DecodeError> {
    use schema::input_event as event;
    let Ok(which) = from.which() else { return Ok(None) };
    Ok(Some(match which {
        event::PointerMove(from) => InputEvent::PointerMove {
            display: DisplayId(from.get_display()),
            at: Point { x: from.get_x(), y: from.get_y() },
        },
        event::Button(from) => {
            let Ok(button) = from.get_button() else { return Ok(None) };
            let button = match button {
                schema::Button::Left => Button::Left,
                schema::Button::Middle => Button::Middle,
                schema::Button::Right => Button::Right,
                schema::Button::Back => Button::Back,
                schema::Button::Forward => Button::Forward,
            };
            InputEvent::Button { button, pressed: from.get_pressed() }
        }
        event::Scroll(from) => InputEvent::Scroll { x: from.get_x(), y: from.get_y() },
        event::Key(from) => InputEvent::Key { key: Keysym(from.get_key()), pressed: from.get_pressed() },
        event::Text(content) => InputEvent::Text(text(content.map_err(malformed)?, MAX_INPUT_TEXT, "text")?),
    }))
}
