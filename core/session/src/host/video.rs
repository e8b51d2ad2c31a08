//! The host's video: one run (epoch) of frames after another per watched display, each frame made only when it can go.

use alloc::collections::{BTreeMap, VecDeque};
use core::time::Duration;

use deskwire_machine::{Deadline, Instant, LinkId, earliest};
use deskwire_wire::ids::{DisplayId, Epoch};
use deskwire_wire::picture::{FrameUpdate, RegionOp};
use deskwire_wire::session::{ChannelHeader, VideoCodecs};

use super::{FramePace, HostEvent};
use crate::Limits;
use crate::channel::Channels;
use crate::ended::Rejected;
use crate::flow::{FrameWindow, Pace};
use crate::quality::Quality;

/// A stall's time-out doubles at most this often.
const MAX_DOUBLINGS: u32 = 3;

#[derive(Debug)]
struct Video {
    epoch: Epoch,
    /// Opened with the first frame of the epoch.
    link: Option<LinkId>,
    next_sequence: u32,
    window: FrameWindow,
    quality: Quality,
    /// The owner was told that the next frame can go. That stands, whatever the budget does until the frame comes:
    /// the owner may be capturing already.
    offered: bool,
    started_at: Instant,
    last_progress: Instant,
    /// Stalls in a row.
    stalls: u32,
    /// When the next epoch begins; none does while one waits.
    restart_at: Option<Instant>,
}

/// All watched displays.
#[derive(Debug)]
pub(super) struct Videos {
    by_display: BTreeMap<DisplayId, Video>,
    /// One count for all displays, so that an epoch is never used twice for one, whatever came between.
    next_epoch: u32,
    pub(super) pace: Pace,
    /// What the viewer can show.
    pub(super) codecs: VideoCodecs,
    pub(super) resyncs: u32,
    stall: Duration,
    resync_interval: Duration,
}

impl Videos {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            by_display: BTreeMap::new(),
            next_epoch: 0,
            pace: Pace::default(),
            codecs: VideoCodecs::NONE,
            resyncs: 0,
            stall: limits.stall,
            resync_interval: limits.resync_interval,
        }
    }

    /// Watches exactly these displays. Those that were watched before go on.
    pub(super) fn watch(&mut self, channels: &mut Channels, watched: &[DisplayId]) {
        let gone: alloc::vec::Vec<_> =
            self.by_display.keys().copied().filter(|display| !watched.contains(display)).collect();
        for display in gone {
            self.remove(channels, display);
        }
        for display in watched {
            if !self.by_display.contains_key(display) {
                let video = Video {
                    epoch: next(&mut self.next_epoch),
                    link: None,
                    next_sequence: 0,
                    window: FrameWindow::new(),
                    quality: Quality::new(),
                    offered: false,
                    started_at: Instant::ZERO,
                    last_progress: Instant::ZERO,
                    stalls: 0,
                    restart_at: None,
                };
                self.by_display.insert(*display, video);
            }
        }
    }

    pub(super) fn remove(&mut self, channels: &mut Channels, display: DisplayId) {
        if let Some(link) = self.by_display.remove(&display).and_then(|video| video.link) {
            channels.abandon(link);
        }
    }

    /// Watches nothing.
    pub(super) fn stop(&mut self, channels: &mut Channels) {
        while let Some((_, video)) = self.by_display.pop_first() {
            if let Some(link) = video.link {
                channels.abandon(link);
            }
        }
    }

    /// Ends the run of a display; the next begins at once, or when the last one is not too young.
    pub(super) fn restart(&mut self, now: Instant, channels: &mut Channels, display: DisplayId) {
        let Some(video) = self.by_display.get_mut(&display) else { return };
        if let Some(link) = video.link.take() {
            channels.abandon(link);
        }
        video.offered = false;
        if video.restart_at.is_none() {
            video.restart_at = Some(now.max(video.started_at + self.resync_interval));
        }
        self.begin_due(now);
    }

    fn begin_due(&mut self, now: Instant) {
        for video in self.by_display.values_mut() {
            if video.restart_at.take_if(|at| *at <= now).is_some() {
                video.epoch = next(&mut self.next_epoch);
                video.next_sequence = 0;
                video.window.restart();
                video.offered = false;
                video.started_at = now;
                video.last_progress = now;
                self.resyncs = self.resyncs.saturating_add(1);
            }
        }
    }

    /// The viewer gives up on a run.
    pub(super) fn resync(&mut self, now: Instant, channels: &mut Channels, display: DisplayId, epoch: Epoch) {
        let current = |video: &Video| video.epoch == epoch && video.next_sequence > 0;
        if self.by_display.get(&display).is_some_and(current) {
            self.restart(now, channels, display);
        }
    }

    /// The transport or the viewer ended a video channel.
    pub(super) fn lost(&mut self, now: Instant, channels: &mut Channels, link: LinkId) {
        let display = self.by_display.iter().find(|(_, video)| video.link == Some(link));
        if let Some(display) = display.map(|(display, _)| *display) {
            self.restart(now, channels, display);
        }
    }

    /// Takes an acknowledgement; gives whether it was of a frame under way.
    pub(super) fn acknowledged(
        &mut self,
        now: Instant,
        display: DisplayId,
        epoch: Epoch,
        sequence: u32,
    ) -> bool {
        let (rtt, bandwidth) = (self.pace.rtt, self.pace.bandwidth);
        let Some(video) = self.by_display.get_mut(&display).filter(|video| video.epoch == epoch) else {
            return false;
        };
        let Some(acknowledged) = video.window.acknowledged(now, sequence, rtt) else { return false };
        video.quality.acknowledged(now, acknowledged.late, rtt, bandwidth);
        video.last_progress = now;
        video.stalls = 0;
        true
    }

    /// Whether a frame of `display` may go now.
    pub(super) fn is_ready(&self, now: Instant, channels: &Channels, display: DisplayId) -> bool {
        self.by_display.get(&display).is_some_and(|video| self.is_video_ready(now, channels, video))
    }

    fn is_video_ready(&self, now: Instant, channels: &Channels, video: &Video) -> bool {
        if video.offered {
            return true;
        }
        video.restart_at.is_none()
            && video.window.has_room()
            && video.link.is_none_or(|link| channels.is_idle(link))
            // With nothing under way a frame goes whatever the budget says, or a stale budget would stop it for ever.
            && (self.pace.has_budget() || video.window.is_empty())
            && self.pace.waits_until(now).is_none()
    }

    /// Tells the owner which displays can take a frame, once for each frame.
    pub(super) fn offer(&mut self, now: Instant, channels: &Channels, events: &mut VecDeque<HostEvent>) {
        let ready: alloc::vec::Vec<_> = self
            .by_display
            .iter()
            .map(|(display, video)| (*display, self.is_video_ready(now, channels, video)))
            .collect();
        for (display, ready) in ready {
            let Some(video) = self.by_display.get_mut(&display) else { continue };
            if ready && !video.offered {
                events.push_back(HostEvent::FrameWanted {
                    display,
                    epoch: video.epoch,
                    sequence: video.next_sequence,
                    full: video.next_sequence == 0,
                    pace: FramePace {
                        codecs: self.codecs,
                        bits: video.quality.rate(self.pace.bandwidth),
                        bandwidth: self.pace.bandwidth,
                    },
                });
                video.offered = true;
            }
        }
    }

    /// Queues a frame; gives its size in bytes.
    pub(super) fn send(
        &mut self,
        now: Instant,
        channels: &mut Channels,
        frame: &FrameUpdate<'_>,
    ) -> Result<usize, Rejected> {
        let video = self.by_display.get(&frame.display).ok_or(Rejected::NotWatched)?;
        let current = (frame.epoch, frame.sequence) == (video.epoch, video.next_sequence);
        if !current || video.restart_at.is_some() {
            return Err(Rejected::Stale);
        }
        if !self.is_video_ready(now, channels, video) {
            return Err(Rejected::NotNow);
        }
        let unknown =
            |op: &RegionOp<'_>| matches!(op, RegionOp::Video { codec, .. } if !self.codecs.has(*codec));
        if frame.ops.iter().any(unknown) {
            return Err(Rejected::Invalid);
        }
        if frame.sequence == 0 && !can_be_full(frame) {
            return Err(Rejected::NotFull);
        }
        let bytes = channels.encode_frame(frame).map_err(|_| Rejected::Invalid)?;
        let Some(video) = self.by_display.get_mut(&frame.display) else { return Err(Rejected::NotWatched) };
        if !channels.has_video_room(bytes.len()) {
            // Another display's frame is still waiting; this one is wanted again once that has gone.
            video.offered = false;
            return Err(Rejected::NotNow);
        }
        let header = ChannelHeader::Video { display: frame.display, epoch: frame.epoch };
        let link = match video.link {
            Some(link) => link,
            None => channels.open(header).map_err(|_| Rejected::NotNow)?,
        };
        video.link = Some(link);
        let sent = channels.send_encoded(link, bytes).map_err(|_| Rejected::NotNow)?;
        if video.window.is_empty() {
            // The stall clock runs from the first frame that waits.
            video.last_progress = now;
        }
        if frame.sequence == 0 {
            video.started_at = now;
        }
        video.window.sent(now, frame.sequence);
        // 2^32 frames are years; the run would start over by then.
        video.next_sequence = video.next_sequence.saturating_add(1);
        video.offered = false;
        self.pace.sent(now, sent);
        Ok(sent)
    }

    fn stall_at(&self, video: &Video) -> Option<Instant> {
        let waits = !video.window.is_empty() && video.restart_at.is_none();
        waits.then(|| video.last_progress + self.stall * (1 << video.stalls.min(MAX_DOUBLINGS)))
    }

    pub(super) fn handle_timeout(&mut self, now: Instant, channels: &mut Channels) {
        let stalled: alloc::vec::Vec<_> = self
            .by_display
            .iter()
            .filter(|(_, video)| self.stall_at(video).is_some_and(|at| at <= now))
            .map(|(display, _)| *display)
            .collect();
        for display in stalled {
            if let Some(video) = self.by_display.get_mut(&display) {
                video.stalls = video.stalls.saturating_add(1);
            }
            self.restart(now, channels, display);
        }
        self.begin_due(now);
    }

    pub(super) fn deadline(&self, now: Instant) -> Option<Deadline> {
        let videos = self.by_display.values().flat_map(|video| {
            [
                video.restart_at.map(|at| Deadline::new(at, "video restart")),
                self.stall_at(video).map(|at| Deadline::new(at, "video stall")),
            ]
        });
        let pace = self.pace.waits_until(now).filter(|_| !self.by_display.is_empty());
        earliest(videos.chain([pace.map(|at| Deadline::new(at, "video pace"))]))
    }
}

const fn next(count: &mut u32) -> Epoch {
    let epoch = Epoch(*count);
    *count = count.saturating_add(1);
    epoch
}

/// Whether a frame can be the whole picture: no copies from what was there, and enough pixels.
fn can_be_full(frame: &FrameUpdate<'_>) -> bool {
    let copies = frame.ops.iter().any(|op| matches!(op, RegionOp::Copy { .. }));
    let pixels: u64 = frame.ops.iter().map(|op| op.rect().area()).sum();
    !copies && pixels >= frame.size.area()
}
