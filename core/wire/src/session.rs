//! Messages between viewer and host inside an established transport.
//!
//! A session is a handful of channels (reliable streams of the transport). Each starts with a [`ChannelHeader`]; then
//! come frames with a [`crate::frame::LongHeader`]: packed [`SessionMsg`]s, or flat
//! [`crate::picture::FrameUpdate`]s on video channels. Which message may travel on which channel, from whom, when and
//! under which permission is a table in `deskwire-session`.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::ids::{DisplayId, Epoch, Private};
use crate::picture::VideoCodec;
use crate::screen::{CursorPosition, CursorShape, Display, InputEvent};
use crate::sound::SoundWish;

/// Longest second factor, in bytes.
pub const MAX_SECOND_FACTOR: usize = 32;
/// Most displays a host may show.
pub const MAX_DISPLAYS: usize = 16;
/// Longest name of a display, in bytes.
pub const MAX_DISPLAY_NAME: usize = 64;
/// Most input events in one message.
pub const MAX_INPUT_BATCH: usize = 256;
/// Longest text of one input event, in bytes.
pub const MAX_INPUT_TEXT: usize = 4_096;
/// Longest side of a cursor's picture, in pixels.
pub const MAX_CURSOR_SIDE: u16 = 256;
/// Longest clipboard text, in bytes.
pub const MAX_CLIPBOARD: usize = 1_000_000;
/// Longest opaque path message, in bytes.
pub const MAX_PATH_MESSAGE: usize = 4_096;
/// Longest text that says why a session ends, in bytes.
pub const MAX_REASON: usize = 256;
/// How many cursor pictures the viewer keeps; both sides forget the oldest beyond it, so they always agree.
pub const CURSOR_CACHE: usize = 32;
/// Most frames of one display that a host sends beyond the last one the viewer has shown.
pub const MAX_UNACKNOWLEDGED: u32 = 32;

/// What a channel carries: its first byte.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum ChannelKind {
    /// Login, permissions, acknowledgements; both ways, opened first and by the viewer.
    Control = 1,
    /// What the viewer's user does; viewer to host.
    Input = 2,
    /// One display and epoch; host to viewer.
    Video = 3,
    /// Pictures and positions of the pointer; host to viewer.
    Cursor = 4,
    /// Clipboard text; both ways, opened by the viewer.
    Clipboard = 5,
}

/// The first bytes of a channel.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ChannelHeader {
    /// See [`ChannelKind::Control`].
    Control,
    /// See [`ChannelKind::Input`].
    Input,
    /// See [`ChannelKind::Video`].
    Video {
        /// Which display.
        display: DisplayId,
        /// Which run of its video.
        epoch: Epoch,
    },
    /// See [`ChannelKind::Cursor`].
    Cursor,
    /// See [`ChannelKind::Clipboard`].
    Clipboard,
}

/// A channel began with a byte that names no kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UnknownChannel(pub u8);

impl fmt::Display for UnknownChannel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the peer opened a channel of the unknown kind {}", self.0)
    }
}

impl core::error::Error for UnknownChannel {}

impl ChannelHeader {
    /// The longest header in bytes.
    pub const MAX_SIZE: usize = 9;

    /// What the channel carries.
    pub const fn kind(self) -> ChannelKind {
        match self {
            Self::Control => ChannelKind::Control,
            Self::Input => ChannelKind::Input,
            Self::Video { .. } => ChannelKind::Video,
            Self::Cursor => ChannelKind::Cursor,
            Self::Clipboard => ChannelKind::Clipboard,
        }
    }

    /// Its bytes: the kind, and for video display and epoch as 4 bytes big-endian each.
    pub fn to_bytes(self) -> Vec<u8> {
        // The only `as`: a fieldless `repr(u8)` enum.
        let mut out = Vec::from([self.kind() as u8]);
        if let Self::Video { display, epoch } = self {
            out.extend_from_slice(&display.0.to_be_bytes());
            out.extend_from_slice(&epoch.0.to_be_bytes());
        }
        out
    }

    /// Reads a header from the start of a channel: it and how many bytes it takes, or `None` while it is incomplete.
    pub fn peek(bytes: &[u8]) -> Result<Option<(Self, usize)>, UnknownChannel> {
        let Some((&kind, rest)) = bytes.split_first() else { return Ok(None) };
        Ok(Some(match kind {
            1 => (Self::Control, 1),
            2 => (Self::Input, 1),
            3 => {
                let Some(&[a, b, c, d, e, f, g, h]) = rest.get(..8) else { return Ok(None) };
                let display = DisplayId(u32::from_be_bytes([a, b, c, d]));
                (Self::Video { display, epoch: Epoch(u32::from_be_bytes([e, f, g, h])) }, 9)
            }
            4 => (Self::Cursor, 1),
            5 => (Self::Clipboard, 1),
            other => return Err(UnknownChannel(other)),
        }))
    }
}

/// One thing that a host may allow a viewer. "In" is from the viewer to the host.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
#[repr(u32)]
pub enum Scope {
    /// See displays and pointer.
    View = 1 << 0,
    /// Use keyboard and pointer.
    Input = 1 << 1,
    /// Put text on the host's clipboard.
    ClipboardIn = 1 << 2,
    /// Read the host's clipboard.
    ClipboardOut = 1 << 3,
    /// Hear what the host plays.
    Audio = 1 << 4,
    /// Put files on the host.
    FilesIn = 1 << 5,
    /// Take files from the host.
    FilesOut = 1 << 6,
    /// Use a terminal at the host.
    Terminal = 1 << 7,
    /// Reach networks through the host.
    Tunnel = 1 << 8,
    /// Restart the host.
    Restart = 1 << 9,
    /// Keep the host's own user from typing.
    BlockInput = 1 << 10,
    /// Record the session.
    Recording = 1 << 11,
    /// Write to the host's user.
    Chat = 1 << 12,
    /// Talk with the host's user: hear the host's microphone and be heard there.
    Voice = 1 << 13,
}

impl Scope {
    /// All there are.
    pub const ALL: [Self; 14] = [
        Self::View,
        Self::Input,
        Self::ClipboardIn,
        Self::ClipboardOut,
        Self::Audio,
        Self::FilesIn,
        Self::FilesOut,
        Self::Terminal,
        Self::Tunnel,
        Self::Restart,
        Self::BlockInput,
        Self::Recording,
        Self::Chat,
        Self::Voice,
    ];

    /// Its name in settings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::View => "view",
            Self::Input => "input",
            Self::ClipboardIn => "clipboard-in",
            Self::ClipboardOut => "clipboard-out",
            Self::Audio => "audio",
            Self::FilesIn => "files-in",
            Self::FilesOut => "files-out",
            Self::Terminal => "terminal",
            Self::Tunnel => "tunnel",
            Self::Restart => "restart",
            Self::BlockInput => "block-input",
            Self::Recording => "recording",
            Self::Chat => "chat",
            Self::Voice => "voice",
        }
    }

    const fn bit(self) -> u32 {
        // The only `as`: a fieldless `repr(u32)` enum.
        self as u32
    }
}

/// A word that names no [`Scope`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UnknownScope;

impl fmt::Display for UnknownScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no such permission; there are")?;
        Scope::ALL.iter().try_for_each(|scope| write!(f, " {}", scope.name()))
    }
}

impl core::error::Error for UnknownScope {}

impl core::str::FromStr for Scope {
    type Err = UnknownScope;

    fn from_str(word: &str) -> Result<Self, UnknownScope> {
        Self::ALL.into_iter().find(|scope| scope.name() == word).ok_or(UnknownScope)
    }
}

/// A set of [`Scope`]s. Bits that this version does not know are kept but grant nothing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Scopes(u32);

impl Scopes {
    /// None.
    pub const NONE: Self = Self(0);
    /// All that this version knows.
    pub const ALL: Self = Self((1 << Scope::ALL.len()) - 1);

    /// The set as it travels.
    pub const fn to_bits(self) -> u32 {
        self.0
    }

    /// A set as it travelled.
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// Whether `scope` is in it.
    pub const fn has(self, scope: Scope) -> bool {
        self.0 & scope.bit() != 0
    }

    /// What is in it, of what this version knows.
    pub fn iter(self) -> impl Iterator<Item = Scope> {
        Scope::ALL.into_iter().filter(move |scope| self.has(*scope))
    }

    /// With `scope`.
    #[must_use]
    pub const fn with(self, scope: Scope) -> Self {
        Self(self.0 | scope.bit())
    }

    /// Without `scope`.
    #[must_use]
    pub const fn without(self, scope: Scope) -> Self {
        Self(self.0 & !scope.bit())
    }
}

/// The video codecs that a viewer can show. Bits that this version does not know say nothing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct VideoCodecs(u32);

impl VideoCodecs {
    /// None: everything comes as copies, plain areas and compressed pixels.
    pub const NONE: Self = Self(0);
    /// AV1, 8 bits, 4:2:0.
    pub const AV1: Self = Self(1);

    /// The set as it travels.
    pub const fn to_bits(self) -> u32 {
        self.0
    }

    /// A set as it travelled.
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits & Self::AV1.0)
    }

    /// Whether `codec` is in it.
    pub const fn has(self, codec: VideoCodec) -> bool {
        match codec {
            VideoCodec::Av1 => self.0 & Self::AV1.0 != 0,
        }
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        scopes.into_iter().fold(Self::NONE, Self::with)
    }
}

/// A way to log in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum LoginMethod {
    /// The one-time code that the host shows, through CPace.
    OneTimeCode,
    /// The host's permanent password, through CPace.
    Password,
    /// The viewer's identity key is in the host's allow-list.
    Identity,
    /// Somebody at the host clicks.
    Approval,
}

/// Why a login was refused.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum LoginRefusal {
    /// The code or password is wrong.
    WrongSecret,
    /// Too many wrong ones lately: wait.
    TryLater,
    /// Too many wrong ones: somebody at the host must allow codes again.
    Locked,
    /// The host does not offer this method.
    NotOffered,
    /// Somebody at the host said no, or nobody answered.
    Denied,
}

/// How a viewer makes a key of the password before CPace: Argon2id (RFC 9106), one lane, 32 bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct PasswordParams {
    /// The salt.
    pub salt: [u8; 16],
    /// Memory in KiB, 8 to [`PasswordParams::MAX_MEMORY_KIB`].
    pub memory_kib: u32,
    /// Passes, 1 to [`PasswordParams::MAX_PASSES`].
    pub passes: u32,
}

impl PasswordParams {
    /// Most memory that a host may ask of a viewer: 256 MiB.
    pub const MAX_MEMORY_KIB: u32 = 256 << 10;
    /// Most passes.
    pub const MAX_PASSES: u32 = 4;

    /// Whether a viewer does that much work for a host that it does not know yet.
    pub const fn is_allowed(&self) -> bool {
        self.memory_kib >= 8
            && self.memory_kib <= Self::MAX_MEMORY_KIB
            && self.passes >= 1
            && self.passes <= Self::MAX_PASSES
    }
}

/// Figures that one side tells the other, all since the session began.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Statistics {
    /// Frames sent (host) or shown (viewer).
    pub frames: u64,
    /// Bytes of video sent or received.
    pub video_bytes: u64,
    /// Shortest recent round trip, in microseconds; 0 before the first.
    pub rtt_us: u32,
    /// From reading the pixels to showing them, of the last frame, in microseconds.
    pub latency_us: u32,
    /// The worst of the last second or so.
    pub worst_latency_us: u32,
    /// How often the video started over.
    pub resyncs: u32,
}

/// A message of a session. Exhaustive on purpose: whoever adds one must say in the permission table who may send it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SessionMsg {
    /// Host: the ways to log in. All it says before a login succeeds.
    LoginMethods {
        /// Those of newer versions are left out.
        methods: Vec<LoginMethod>,
        /// How to make a key of the password; `None` if that is not offered.
        password: Option<PasswordParams>,
    },
    /// Viewer: begins a try.
    LoginStart {
        /// How.
        method: LoginMethod,
        /// The viewer's CPace share; `None` where the method has no secret.
        share: Option<[u8; 32]>,
    },
    /// Host: its CPace share, after the try was charged.
    LoginShare {
        /// The host's CPace share.
        share: [u8; 32],
    },
    /// Viewer: proves that it knows the secret.
    LoginConfirm {
        /// The proof.
        tag: [u8; 32],
    },
    /// Host: the secret was right, and a second factor is wanted.
    LoginSecondFactorWanted {
        /// Proves that the host knows the secret too; `None` where the method has none.
        tag: Option<[u8; 32]>,
    },
    /// Viewer: the second factor.
    LoginSecondFactor {
        /// Six digits, or a recovery code.
        code: Private<String>,
        /// Whether the host is not to ask this viewer again.
        trust: bool,
    },
    /// Host: the viewer is in; proves that the host knows the secret too.
    LoginAccepted {
        /// The proof; `None` where the method has no secret, and after a second factor.
        tag: Option<[u8; 32]>,
        /// What the viewer may do.
        granted: Scopes,
    },
    /// Host: the try failed.
    LoginRefused {
        /// Why.
        why: LoginRefusal,
        /// When another try makes sense, in seconds; `None` if waiting does not help.
        retry_after_s: Option<u32>,
    },
    /// Host: what the viewer may do from now on.
    Permissions(Scopes),
    /// Host: its displays, whenever they change.
    Displays(Vec<Display>),
    /// Viewer: the displays it wants to see, all others no more.
    Watch(Vec<DisplayId>),
    /// Viewer: the video codecs that it can show.
    VideoCodecs(VideoCodecs),
    /// Viewer: whether it keeps what it is shown.
    Recording(bool),
    /// Viewer: how it wants to have what the host plays; `None` for not at all.
    Sound(Option<SoundWish>),
    /// How the sender wants to have what the other side's microphone hears; `None` for not at all.
    Voice(Option<SoundWish>),
    /// Viewer: start this display's video over.
    Resync {
        /// Which display.
        display: DisplayId,
        /// The run it gives up; a newer one is left alone.
        epoch: Epoch,
    },
    /// Viewer: this frame and all before it in its run are shown.
    FrameDone {
        /// Which display.
        display: DisplayId,
        /// Which run.
        epoch: Epoch,
        /// Which frame.
        sequence: u32,
        /// From reading the pixels to showing them, in microseconds; 0 if not known.
        latency_us: u32,
    },
    /// Asks for a [`SessionMsg::Pong`].
    Ping {
        /// The sender's clock, in microseconds.
        sent_us: u64,
    },
    /// The answer to a ping, at once.
    Pong {
        /// As in the ping.
        sent_us: u64,
        /// The answerer's clock, in microseconds.
        clock_us: u64,
    },
    /// Figures for the other side.
    Statistics(Statistics),
    /// A message about paths; opaque to the session.
    Path(Vec<u8>),
    /// The last message: the session ends in order.
    Goodbye {
        /// Why, for people; empty if there is nothing to say.
        reason: String,
    },
    /// Viewer, input channel: what its user did, in order.
    Input(Vec<InputEvent>),
    /// Host, cursor channel: a new picture, to be kept under `id` and used from now on.
    CursorShape {
        /// Its name in the cache.
        id: u64,
        /// The picture.
        shape: CursorShape,
    },
    /// Host, cursor channel: a picture the viewer has.
    CursorCached {
        /// Its name in the cache.
        id: u64,
    },
    /// Host, cursor channel: where the pointer is.
    CursorPosition(CursorPosition),
    /// Clipboard channel: the sender's clipboard holds this text.
    Clipboard(String),
    /// A message this version does not know; its number in the schema's union.
    Unknown(u16),
}

impl CursorShape {
    /// Whether its sides are 1 to [`MAX_CURSOR_SIDE`], the hot spot lies inside, and there are as many bytes as pixels
    /// need.
    pub fn is_allowed(&self) -> bool {
        let side = |n: u16| (1..=MAX_CURSOR_SIDE).contains(&n);
        side(self.width)
            && side(self.height)
            && self.hot_spot.0 < self.width
            && self.hot_spot.1 < self.height
            && self.rgba.len() == usize::from(self.width) * usize::from(self.height) * 4
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read_back_once_they_are_whole() {
        let video = ChannelHeader::Video { display: DisplayId(7), epoch: Epoch(0x0102_0304) };
        for header in [
            ChannelHeader::Control,
            ChannelHeader::Input,
            video,
            ChannelHeader::Cursor,
            ChannelHeader::Clipboard,
        ] {
            let bytes = header.to_bytes();
            assert!(bytes.len() <= ChannelHeader::MAX_SIZE);
            assert_eq!(ChannelHeader::peek(&bytes), Ok(Some((header, bytes.len()))));
            assert_eq!(ChannelHeader::peek(&bytes[..bytes.len() - 1]), Ok(None));
        }
        assert_eq!(ChannelHeader::peek(&[99]), Err(UnknownChannel(99)));
    }

    #[test]
    fn all_scopes_are_in_the_full_set() {
        assert_eq!(Scope::ALL.into_iter().collect::<Scopes>(), Scopes::ALL);
        for scope in Scope::ALL {
            assert!(!Scopes::ALL.without(scope).has(scope));
            assert!(Scopes::NONE.with(scope).has(scope));
        }
    }
}
