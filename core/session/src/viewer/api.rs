//! What a viewer session is given and what it tells.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use deskwire_identity::{PublicKey, Secret64};
use deskwire_machine::{LinkIds, Seed};
use deskwire_wire::screen::{CursorPosition, CursorShape, Display};
use deskwire_wire::session::{LoginMethod, LoginRefusal, PasswordParams, Scopes, Statistics};
use deskwire_wire::sound::SoundWish;
use deskwire_wire::video::FrameBytes;

use crate::sound::SoundArrival;
use crate::{Ended, Limits};

/// What a viewer session starts with.
#[derive(Clone, Debug)]
pub struct ViewerConfig {
    /// Its randomness.
    pub seed: Seed,
    /// Where channels get their ids from; the transport's.
    pub ids: LinkIds,
    /// Its bounds.
    pub limits: Limits,
    /// What the transport exported: both ends of one connection have the same, nobody else has it.
    pub exporter: Secret64,
    /// This viewer's identity.
    pub viewer_key: PublicKey,
    /// The host's identity, as the transport proved it.
    pub host_key: PublicKey,
}

/// What a viewer session tells its owner.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ViewerEvent {
    /// The host wants a login: ask the user and call [`crate::ViewerSession::log_in`].
    LoginWanted {
        /// What it offers; methods of newer versions are left out.
        methods: Vec<LoginMethod>,
        /// How to make the key of a password; `None` if none is offered.
        password: Option<PasswordParams>,
    },
    /// The first method succeeded, and the host wants a second factor: ask the user and call
    /// [`crate::ViewerSession::second_factor`].
    SecondFactorWanted,
    /// The host refused the try. Another one is possible until the session is closed.
    LoginFailed {
        /// Why.
        why: LoginRefusal,
        /// When another try makes sense, in seconds; `None` if waiting does not help.
        retry_after_s: Option<u32>,
    },
    /// This viewer is in, and the host proved that it knows the secret, if the method has one.
    LoggedIn {
        /// What it may do.
        granted: Scopes,
    },
    /// What the viewer may do from now on.
    Permissions(Scopes),
    /// The host's displays; [`crate::ViewerSession::watch`] those to be seen.
    Displays(Vec<Display>),
    /// A frame to be shown, checked; then [`crate::ViewerSession::frame_done`]. Frame 0 of an epoch is a full refresh.
    Frame(FrameBytes),
    /// The pointer looks like this now.
    CursorShape(Arc<CursorShape>),
    /// The pointer is here now.
    CursorPosition(CursorPosition),
    /// What the host plays or its microphone hears, for a [`crate::SoundBuffer`].
    Sound(SoundArrival),
    /// The host wants to have this side's voice so from now on, or not at all: [`crate::ViewerSession::send_voice`]. A
    /// microphone is not opened because somebody asks for it: its owner has to want it.
    VoiceWanted(Option<SoundWish>),
    /// Put this text on the clipboard.
    Clipboard(String),
    /// A message about paths.
    PathMessage(Vec<u8>),
    /// The host's figures.
    Statistics(Statistics),
    /// The session is over; nothing follows.
    Closed {
        /// Why.
        reason: Ended,
    },
}

/// Figures of a viewer session.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct ViewerStats {
    /// Frames received.
    pub frames_received: u64,
    /// Frames shown.
    pub frames_shown: u64,
    /// Datagrams of sound received.
    pub sound_packets: u64,
    /// Bytes of video received.
    pub video_bytes: u64,
    /// Bytes of frames that are received and not shown.
    pub unshown_bytes: usize,
    /// Shortest recent round trip, in microseconds; 0 before the first.
    pub rtt_us: u32,
    /// From reading the pixels to showing them, of the last frame, in microseconds.
    pub latency_us: u32,
    /// The worst since the figures were last told to the host.
    pub worst_latency_us: u32,
    /// Video channels of runs or displays that are not wanted any more.
    pub stale_channels: u64,
    /// Input events dropped because the channel was blocked for too long.
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
