//! Bounds of a session.

use core::time::Duration;

/// Bounds of a session. The defaults suit a desktop.
#[derive(Clone, Debug)]
pub struct Limits {
    /// How long a host waits for a login, from the first channel or the last refused try.
    pub login: Duration,
    /// How long a person may take who is asked in the middle of a login: for a click, or for a second factor.
    pub person: Duration,
    /// How long the host may take with its part of a login, in which nobody types.
    pub answer: Duration,
    /// Tries on one connection.
    pub tries: u32,
    /// Messages before the login succeeds.
    pub messages_before_login: u32,
    /// Channels the other side may have open.
    pub channels: usize,
    /// Unsent bytes of everything but video.
    pub queue_bytes: usize,
    /// Longest video frame, in bytes; also the unsent video bytes of a host.
    pub frame_bytes: usize,
    /// Bytes of received frames that are not shown yet, beyond which a viewer stops reading video.
    pub unshown_bytes: usize,
    /// Input events a second that a host acts upon.
    pub input_rate: u32,
    /// Input events at once.
    pub input_burst: u32,
    /// Keys and buttons held at once.
    pub held: usize,
    /// Input events that a viewer keeps while the channel is blocked.
    pub input_queue: usize,
    /// Between two pings.
    pub ping_interval: Duration,
    /// After that much silence the other side counts as gone.
    pub silence: Duration,
    /// How long a host waits for an acknowledgement before it starts the video over; doubles up to eight times.
    pub stall: Duration,
    /// Between two starts of one display's video.
    pub resync_interval: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // A person may be comparing a number of sixty digits.
            login: Duration::from_secs(120),
            person: Duration::from_secs(60),
            answer: Duration::from_secs(15),
            tries: 3,
            messages_before_login: 32,
            channels: 64,
            queue_bytes: 4 << 20,
            frame_bytes: 64 << 20,
            unshown_bytes: 64 << 20,
            input_rate: 1_000,
            input_burst: 2_000,
            held: 32,
            input_queue: 1_024,
            ping_interval: Duration::from_secs(2),
            silence: Duration::from_secs(30),
            stall: Duration::from_secs(5),
            resync_interval: Duration::from_millis(200),
        }
    }
}

/// Priorities of the channels; higher goes first. Sound goes in datagrams, which the transport sends before all of them:
/// they are small, and those that wait too long are dropped.
pub mod priority {
    /// Input: nothing may delay it.
    pub const INPUT: i8 = 100;
    /// Control: acknowledgements and pings.
    pub const CONTROL: i8 = 90;
    /// The pointer.
    pub const CURSOR: i8 = 80;
    /// Video.
    pub const VIDEO: i8 = 40;
    /// Clipboard.
    pub const CLIPBOARD: i8 = 20;
}
