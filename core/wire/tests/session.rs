//! Session messages: round trips, bounds and rubbish.

mod common;

use deskwire_wire::ids::{DisplayId, Epoch, Private};
use deskwire_wire::picture::{Point, Rect};
use deskwire_wire::screen::{Button, CursorPosition, CursorShape, Display, InputEvent, Keysym};
use deskwire_wire::session::{
    LoginMethod, LoginRefusal, MAX_CLIPBOARD, MAX_DISPLAYS, MAX_PATH_MESSAGE, PasswordParams, Scopes,
    SessionMsg, Statistics,
};
use deskwire_wire::{CapnProto, Codec, DecodeError, EncodeError};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use common::{bombs, damage, damaged, decode, message as whole, packed, to_list, to_struct};

fn display_id() -> impl Strategy<Value = DisplayId> {
    any::<u32>().prop_map(DisplayId)
}

fn epoch() -> impl Strategy<Value = Epoch> {
    any::<u32>().prop_map(Epoch)
}

fn point() -> impl Strategy<Value = Point> {
    any::<(i32, i32)>().prop_map(|(x, y)| Point { x, y })
}

fn method() -> impl Strategy<Value = LoginMethod> {
    prop_oneof![
        Just(LoginMethod::OneTimeCode),
        Just(LoginMethod::Password),
        Just(LoginMethod::Identity),
        Just(LoginMethod::Approval),
    ]
}

fn password() -> impl Strategy<Value = PasswordParams> {
    any::<([u8; 16], u32, u32)>().prop_map(|(salt, memory_kib, passes)| PasswordParams {
        salt,
        memory_kib,
        passes,
    })
}

fn refusal() -> impl Strategy<Value = LoginRefusal> {
    prop_oneof![
        Just(LoginRefusal::WrongSecret),
        Just(LoginRefusal::TryLater),
        Just(LoginRefusal::Locked),
        Just(LoginRefusal::NotOffered),
        Just(LoginRefusal::Denied),
    ]
}

fn display() -> impl Strategy<Value = Display> {
    (
        display_id(),
        "[a-zß-ü]{0,16}",
        any::<(u32, u32)>(),
        (1..8192u32, 1..8192u32),
        any::<u16>(),
        any::<bool>(),
    )
        .prop_map(|(id, name, (x, y), (width, height), scale_percent, primary)| Display {
            id,
            name,
            area: Rect::new(x, y, width, height),
            scale_percent,
            primary,
        })
}

fn event() -> impl Strategy<Value = InputEvent> {
    let button = prop_oneof![
        Just(Button::Left),
        Just(Button::Middle),
        Just(Button::Right),
        Just(Button::Back),
        Just(Button::Forward),
    ];
    prop_oneof![
        (display_id(), point()).prop_map(|(display, at)| InputEvent::PointerMove { display, at }),
        (button, any::<bool>()).prop_map(|(button, pressed)| InputEvent::Button { button, pressed }),
        any::<(i16, i16)>().prop_map(|(x, y)| InputEvent::Scroll { x, y }),
        any::<(u32, bool)>().prop_map(|(key, pressed)| InputEvent::Key { key: Keysym(key), pressed }),
        "\\PC{0,40}".prop_map(InputEvent::Text),
    ]
}

fn shape() -> impl Strategy<Value = CursorShape> {
    (1..32u16, 1..32u16).prop_flat_map(|(width, height)| {
        let pixels = usize::from(width) * usize::from(height) * 4;
        ((0..width, 0..height), vec(any::<u8>(), pixels)).prop_map(move |(hot_spot, rgba)| CursorShape {
            width,
            height,
            hot_spot,
            rgba,
        })
    })
}

fn statistics() -> impl Strategy<Value = Statistics> {
    any::<(u64, u64, u32, u32, u32, u32)>().prop_map(
        |(frames, video_bytes, rtt_us, latency_us, worst_latency_us, resyncs)| Statistics {
            frames,
            video_bytes,
            rtt_us,
            latency_us,
            worst_latency_us,
            resyncs,
        },
    )
}

fn message() -> impl Strategy<Value = SessionMsg> {
    let login = prop_oneof![
        (vec(method(), 0..5), option::of(password()))
            .prop_map(|(methods, password)| SessionMsg::LoginMethods { methods, password }),
        (method(), option::of(any::<[u8; 32]>()))
            .prop_map(|(method, share)| SessionMsg::LoginStart { method, share }),
        option::of(any::<[u8; 32]>()).prop_map(|tag| SessionMsg::LoginSecondFactorWanted { tag }),
        ("[ -~]{0,32}", any::<bool>())
            .prop_map(|(code, trust)| SessionMsg::LoginSecondFactor { code: Private(code), trust }),
        any::<[u8; 32]>().prop_map(|share| SessionMsg::LoginShare { share }),
        any::<[u8; 32]>().prop_map(|tag| SessionMsg::LoginConfirm { tag }),
        any::<(Option<[u8; 32]>, u32)>()
            .prop_map(|(tag, bits)| SessionMsg::LoginAccepted { tag, granted: Scopes::from_bits(bits) }),
        (refusal(), any::<Option<u32>>())
            .prop_map(|(why, retry_after_s)| SessionMsg::LoginRefused { why, retry_after_s }),
    ];
    let control = prop_oneof![
        any::<u32>().prop_map(|bits| SessionMsg::Permissions(Scopes::from_bits(bits))),
        vec(display(), 0..4).prop_map(SessionMsg::Displays),
        vec(display_id(), 0..MAX_DISPLAYS).prop_map(SessionMsg::Watch),
        (display_id(), epoch()).prop_map(|(display, epoch)| SessionMsg::Resync { display, epoch }),
        (display_id(), epoch(), any::<(u32, u32)>()).prop_map(|(display, epoch, (sequence, latency_us))| {
            SessionMsg::FrameDone { display, epoch, sequence, latency_us }
        }),
        any::<u64>().prop_map(|sent_us| SessionMsg::Ping { sent_us }),
        any::<(u64, u64)>().prop_map(|(sent_us, clock_us)| SessionMsg::Pong { sent_us, clock_us }),
        statistics().prop_map(SessionMsg::Statistics),
        vec(any::<u8>(), 0..600).prop_map(SessionMsg::Path),
        "\\PC{0,60}".prop_map(|reason| SessionMsg::Goodbye { reason }),
    ];
    let others = prop_oneof![
        vec(event(), 0..20).prop_map(SessionMsg::Input),
        (any::<u64>(), shape()).prop_map(|(id, shape)| SessionMsg::CursorShape { id, shape }),
        any::<u64>().prop_map(|id| SessionMsg::CursorCached { id }),
        (display_id(), point(), any::<bool>()).prop_map(|(display, at, visible)| {
            SessionMsg::CursorPosition(CursorPosition { display, at, visible })
        }),
        "\\PC{0,300}".prop_map(SessionMsg::Clipboard),
    ];
    prop_oneof![login, control, others]
}

fn encode(message: &SessionMsg) -> Result<Vec<u8>, EncodeError> {
    let mut bytes = Vec::new();
    CapnProto::encode(message, &mut bytes).map(|()| bytes)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn round_trip(message in message()) {
        prop_assert_eq!(CapnProto::decode(&encode(&message).unwrap()), Ok(message));
    }

    #[test]
    fn rubbish_never_panics(bytes in vec(any::<u8>(), 0..600)) {
        let _: Result<SessionMsg, _> = CapnProto::decode(&bytes);
    }

    #[test]
    fn t45_a_message_makes_no_more_room_than_its_length_allows(
        message in message(), noise in vec(any::<u8>(), 0..600), damage in damage(),
    ) {
        let good = encode(&message).unwrap();
        prop_assert_eq!(decode(&good), Ok(message));
        let _: Result<SessionMsg, _> = decode(&noise);
        let _: Result<SessionMsg, _> = decode(&damaged(good, damage));
    }

    /// Damaged messages reach deeper than noise does. What still decodes can be sent on.
    #[test]
    fn damage_never_panics(message in message(), at in any::<prop::sample::Index>(), flip in 1..=255u8) {
        let mut bytes = encode(&message).unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= flip;
        if let Ok(read) = CapnProto::decode(&bytes) {
            let read: SessionMsg = read;
            prop_assert!(encode(&read).is_ok());
        }
    }
}

// spec: SE-28
#[test]
fn what_a_reader_refuses_is_not_written() {
    let cursor = |width, hot, rgba| SessionMsg::CursorShape {
        id: 1,
        shape: CursorShape { width, height: 1, hot_spot: (hot, 0), rgba: vec![0; rgba] },
    };
    let flat = Display {
        id: DisplayId(1),
        name: String::new(),
        area: Rect::new(0, 0, 0, 1),
        scale_percent: 100,
        primary: true,
    };
    for message in [
        SessionMsg::Path(vec![0; MAX_PATH_MESSAGE + 1]),
        SessionMsg::Clipboard("x".repeat(MAX_CLIPBOARD + 1)),
        SessionMsg::Watch(vec![DisplayId(0); MAX_DISPLAYS + 1]),
        SessionMsg::Displays(vec![flat]),
        SessionMsg::Input(vec![InputEvent::Scroll { x: 0, y: 1 }; 257]),
        SessionMsg::Input(vec![InputEvent::Text("x".repeat(4_097))]),
        SessionMsg::Goodbye { reason: "x".repeat(257) },
        cursor(0, 0, 0),
        cursor(257, 0, 257 * 4),
        cursor(2, 2, 8),
        cursor(2, 0, 7),
    ] {
        assert_eq!(encode(&message), Err(EncodeError), "{message:?}");
    }
    assert!(encode(&cursor(2, 1, 8)).is_ok());
    assert!(encode(&SessionMsg::Clipboard("é".repeat(MAX_CLIPBOARD / 2))).is_ok());
}

// spec: CV-12
#[test]
fn a_union_member_of_a_newer_version_is_named_not_refused() {
    // A packed message of one data word with the discriminant in its low half: one segment of two words, then a
    // struct pointer (1 data word, 0 pointers), then the word.
    let [low, high] = 999u16.to_le_bytes();
    let bytes = [0x10, 2, 0x10, 1, 0b11, low, high];
    let decoded: Result<SessionMsg, DecodeError> = CapnProto::decode(&bytes);
    assert_eq!(decoded, Ok(SessionMsg::Unknown(999)));
}

#[test]
fn usual_messages_are_small() {
    let size = |message| encode(&message).unwrap().len();
    let moved = InputEvent::PointerMove { display: DisplayId(1), at: Point { x: 800, y: 600 } };
    assert!(size(SessionMsg::Input(vec![moved])) <= 32);
    assert!(size(SessionMsg::Ping { sent_us: 1 << 40 }) <= 24);
    let done =
        SessionMsg::FrameDone { display: DisplayId(1), epoch: Epoch(2), sequence: 900, latency_us: 20_000 };
    assert!(size(done) <= 32);
}

#[test]
fn t45_bombs_make_no_room() {
    // The union's tag is the first 16 bits; member 7 is the list of displays.
    for tag in [0, 7, 8, 16] {
        for frame in bombs(4, 2, 0, tag) {
            if frame.len() <= 1 << 20 {
                let _: Result<SessionMsg, _> = decode(&frame);
            }
        }
    }
}

/// What is large and mostly zeros travels, but nothing shrinks to less than a quarter.
#[test]
fn t45_a_frame_stands_for_at_most_four_times_its_length() {
    let cursor = CursorShape { width: 256, height: 256, hot_spot: (0, 0), rgba: vec![0; 256 * 256 * 4] };
    for message in [
        SessionMsg::CursorShape { id: 1, shape: cursor },
        SessionMsg::Clipboard("\0".repeat(MAX_CLIPBOARD)),
        SessionMsg::Clipboard("\0\0\0\0\0\0\0x".repeat(MAX_CLIPBOARD / 8)),
        SessionMsg::Clipboard("x".repeat(MAX_CLIPBOARD)),
        SessionMsg::Input(vec![InputEvent::Text("\0".repeat(4_096)); 200]),
    ] {
        let bytes = encode(&message).unwrap();
        assert!(bytes.len() >= 60_000);
        assert_eq!(decode(&bytes), Ok(message));
    }
    // The same text with runs of zeros, which takes a thousandth: no encoder of ours makes it, and it is not read.
    let words = u64::try_from(MAX_CLIPBOARD / 8).unwrap();
    let mut clipboard = vec![to_struct(0, 4, 2), 20, 0, 0, 0, to_list(1, 2, words * 8 + 1), 0];
    clipboard.extend(vec![0; usize::try_from(words).unwrap() + 1]);
    let read: Result<SessionMsg, _> = decode(&packed(&whole(&clipboard)));
    assert_eq!(read, Err(DecodeError::Malformed));
    // Below eight kilobytes runs are as good as ever.
    let mut clipboard = vec![to_struct(0, 4, 2), 20, 0, 0, 0, to_list(1, 2, 8_000 + 1), 0];
    clipboard.extend([0; 1_001]);
    let bytes = packed(&whole(&clipboard));
    assert!(bytes.len() < 60);
    assert_eq!(decode(&bytes), Ok(SessionMsg::Clipboard("\0".repeat(8_000))));
}
