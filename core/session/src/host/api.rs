//! What a host session is given and what it tells.

use alloc::string::String;
use alloc::vec::Vec;

use deskwire_identity::{PublicKey, Secret64};
use deskwire_machine::{LinkIds, Seed};
use deskwire_wire::ids::{DisplayId, Epoch, Private};
use deskwire_wire::screen::InputEvent;
use deskwire_wire::session::{LoginMethod, LoginRefusal, Scopes, Statistics, VideoCodecs};
use deskwire_wire::sound::{SoundKind, SoundWish};

use crate::sound::SoundArrival;
use crate::{Ended, Limits, LoginOffer};

/// What a host session starts with.
#[derive(Clone, Debug)]
pub struct HostConfig {
    /// Its randomness.
    pub seed: Seed,
    /// Where channels get their ids from; the transport's.
    pub ids: LinkIds,
    /// Its bounds.
    pub limits: Limits,
    /// What the transport exported: both ends of one connection have the same, nobody else has it.
    pub exporter: Secret64,
    /// The viewer's identity, as the transport proved it.
    pub viewer_key: PublicKey,
    /// This host's identity.
    pub host_key: PublicKey,
    /// How the viewer can log in.
    pub login: LoginOffer,
}

/// Names one attempt to log in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Ticket(pub u64);

/// What became of a second factor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SecondFactorResult {
    /// It is right, and counts never again.
    Right,
    /// It is wrong, and was charged.
    Wrong,
    /// It was not looked at.
    Refused {
        /// When another try makes sense, in seconds; `None` when somebody at the host has to act.
        retry_after_s: Option<u32>,
    },
}

/// What a frame may take.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct FramePace {
    /// The video codecs that the viewer can show.
    pub codecs: VideoCodecs,
    /// What a codec may take, in bits a second.
    pub bits: u32,
    /// What the path carries, in bytes a second; 0 if that is not known.
    pub bandwidth: u64,
}

/// What a host session tells its owner.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum HostEvent {
    /// Charge an attempt, durably, and then call [`crate::HostSession::attempt_charged`].
    ChargeAttempt {
        /// Which.
        ticket: Ticket,
        /// How the viewer wants to log in.
        method: LoginMethod,
    },
    /// The attempt succeeded: take its charge back.
    RefundAttempt {
        /// Which.
        ticket: Ticket,
        /// How the viewer logged in.
        method: LoginMethod,
    },
    /// Ask whoever sits at the host, and then call [`crate::HostSession::approve`].
    ApprovalWanted {
        /// Which attempt.
        ticket: Ticket,
    },
    /// Nobody answered in time: stop asking.
    ApprovalOver {
        /// Which attempt.
        ticket: Ticket,
    },
    /// The viewer's second factor. Charge and check it, durably, and then call
    /// [`crate::HostSession::second_factor_checked`].
    SecondFactor {
        /// Which attempt.
        ticket: Ticket,
        /// Six digits (RFC 6238), or a recovery code.
        code: Private<String>,
        /// Whether the viewer's user does not want to be asked again.
        trust: bool,
    },
    /// An attempt failed; the viewer was told so.
    LoginRefused {
        /// Why.
        why: LoginRefusal,
    },
    /// The viewer records the session, or does no more: say so to whoever sits at the host.
    Recording {
        /// Whether it does.
        on: bool,
    },
    /// The viewer is in.
    LoggedIn {
        /// How.
        method: LoginMethod,
        /// What it may do.
        granted: Scopes,
    },
    /// A display can take a frame: capture when something changed (at once if `full`), then
    /// [`crate::HostSession::send_frame`]. Told once for each frame that can go, and not taken back: only when the run
    /// is over or the display no longer watched is such a frame refused (`Stale`, `NotWatched`), or when frames of
    /// other displays have filled what may wait (`NotNow`; then it is told again).
    FrameWanted {
        /// Which display.
        display: DisplayId,
        /// Goes into the frame.
        epoch: Epoch,
        /// Goes into the frame.
        sequence: u32,
        /// Whether it has to be the whole picture; so for the first frame of each epoch.
        full: bool,
        /// What it may take.
        pace: FramePace,
    },
    /// The viewer shows this frame and all before it.
    FrameShown {
        /// Which display.
        display: DisplayId,
        /// Which run.
        epoch: Epoch,
        /// Which frame.
        sequence: u32,
        /// From reading the pixels to showing them, in microseconds; 0 if not known.
        latency_us: u32,
    },
    /// Play these events, in order.
    Input(Vec<InputEvent>),
    /// Put this text on the clipboard.
    Clipboard(String),
    /// The viewer wants sound so from now on, or not at all: [`crate::HostSession::send_sound`] as it comes. Told too when
    /// it may not have it any more.
    SoundWanted {
        /// What the host plays, or what its microphone hears. A microphone is not opened because somebody asks for it: its
        /// owner has to want it.
        kind: SoundKind,
        /// How.
        wish: Option<SoundWish>,
    },
    /// The viewer's voice, for a [`crate::SoundBuffer`].
    Sound(SoundArrival),
    /// A message about paths.
    PathMessage(Vec<u8>),
    /// The viewer's figures.
    Statistics(Statistics),
    /// The session is over; nothing follows. Held keys and buttons were released before.
    Closed {
        /// Why.
        reason: Ended,
    },
}

/// Figures of a host session.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct HostStats {
    /// Frames sent.
    pub frames: u64,
    /// Bytes of video sent.
    pub video_bytes: u64,
    /// Times a display's video started over.
    pub resyncs: u32,
    /// Shortest recent round trip, in microseconds; 0 before the first.
    pub rtt_us: u32,
    /// Packets of sound sent.
    pub sound_packets: u64,
    /// Messages dropped for want of a permission.
    pub not_permitted: u64,
    /// Input events not acted upon: over the rate, for displays that are not there, or releases of what is up.
    pub input_dropped: u64,
    /// Messages of a newer version, left alone.
    pub unknown: u64,
    /// Bytes that wait to be taken by the transport.
    pub queued_bytes: usize,
    /// Open channels.
    pub channels: usize,
    /// Channels of the other side over the bound, and messages too long to be sent.
    pub dropped: u64,
}
