//! The viewer's side of video: which run of which display is current, and what is received but not shown.

use alloc::collections::{BTreeMap, VecDeque};
use alloc::vec::Vec;

use deskwire_machine::LinkId;
use deskwire_wire::ids::{DisplayId, Epoch};
use deskwire_wire::picture::{FrameUpdate, Size};
use deskwire_wire::session::{MAX_UNACKNOWLEDGED, SessionMsg};

use crate::channel::Fault;

#[derive(Debug)]
struct Unshown {
    sequence: u32,
    captured_at_us: u64,
    bytes: usize,
}

#[derive(Debug)]
struct Screen {
    epoch: Epoch,
    link: Option<LinkId>,
    next_sequence: u32,
    size: Option<Size>,
    unshown: VecDeque<Unshown>,
    /// Sequence and latency to be told to the host.
    acknowledgement: Option<(u32, u32)>,
}

/// All displays that are received.
#[derive(Debug, Default)]
pub(super) struct Screens {
    by_display: BTreeMap<DisplayId, Screen>,
    replaced: Option<LinkId>,
}

impl Screens {
    /// Keeps only these displays; gives the channels that are over.
    pub(super) fn keep(&mut self, watched: &[DisplayId]) -> Vec<LinkId> {
        let mut over = Vec::new();
        self.by_display.retain(|display, screen| {
            let kept = watched.contains(display);
            if !kept {
                over.extend(screen.link);
            }
            kept
        });
        over
    }

    /// A channel of a run opened. Gives false if the run is older than what is known.
    pub(super) fn begin(&mut self, display: DisplayId, epoch: Epoch, link: LinkId) -> bool {
        let old = self.by_display.get(&display);
        if old.is_some_and(|old| epoch <= old.epoch) {
            return false;
        }
        self.replaced = old.and_then(|old| old.link);
        let screen = Screen {
            epoch,
            link: Some(link),
            next_sequence: 0,
            size: None,
            unshown: VecDeque::new(),
            acknowledgement: None,
        };
        self.by_display.insert(display, screen);
        true
    }

    /// The channel that the last [`Screens::begin`] replaced.
    pub(super) const fn take_replaced(&mut self) -> Option<LinkId> {
        self.replaced.take()
    }

    /// Gives up on the current run: its epoch, and its channel if that is open.
    pub(super) fn give_up(&mut self, display: DisplayId) -> Option<(Epoch, Option<LinkId>)> {
        let screen = self.by_display.get_mut(&display)?;
        screen.unshown.clear();
        screen.acknowledgement = None;
        Some((screen.epoch, screen.link.take()))
    }

    /// A channel is gone.
    pub(super) fn ended(&mut self, display: DisplayId, link: LinkId) {
        if let Some(screen) = self.by_display.get_mut(&display).filter(|screen| screen.link == Some(link)) {
            screen.link = None;
        }
    }

    /// Takes a frame of the current run.
    pub(super) fn received(
        &mut self,
        display: DisplayId,
        link: LinkId,
        frame: &FrameUpdate<'_>,
        bytes: usize,
    ) -> Result<(), Fault> {
        let screen = self.by_display.get_mut(&display).filter(|screen| screen.link == Some(link));
        let Some(screen) = screen else { return Err("it sent a stray frame") };
        if frame.sequence != screen.next_sequence {
            return Err("it left out a frame");
        }
        if *screen.size.get_or_insert(frame.size) != frame.size {
            return Err("it changed a picture's size within a run");
        }
        if u32::try_from(screen.unshown.len()).is_ok_and(|n| n >= MAX_UNACKNOWLEDGED) {
            return Err("it sent more frames than it may before they are shown");
        }
        screen.next_sequence = screen.next_sequence.saturating_add(1);
        let (sequence, captured_at_us) = (frame.sequence, frame.captured_at_us);
        screen.unshown.push_back(Unshown { sequence, captured_at_us, bytes });
        Ok(())
    }

    /// A frame and all before it are shown: how many, and when the pixels of the last were read.
    pub(super) fn done(&mut self, display: DisplayId, epoch: Epoch, sequence: u32) -> Option<(u64, u64)> {
        let screen = self.by_display.get_mut(&display).filter(|screen| screen.epoch == epoch)?;
        let mut shown = (0, None);
        while let Some(frame) = screen.unshown.pop_front_if(|frame| frame.sequence <= sequence) {
            shown = (shown.0 + 1, Some(frame.captured_at_us));
        }
        shown.1.map(|captured_at| (shown.0, captured_at))
    }

    /// The host is to be told.
    pub(super) fn acknowledge(&mut self, display: DisplayId, epoch: Epoch, sequence: u32, latency_us: u32) {
        if let Some(screen) = self.by_display.get_mut(&display).filter(|screen| screen.epoch == epoch) {
            screen.acknowledgement = Some((sequence, latency_us));
        }
    }

    /// The next thing to tell the host.
    pub(super) fn next_acknowledgement(&mut self) -> Option<SessionMsg> {
        self.by_display.iter_mut().find_map(|(display, screen)| {
            let (sequence, latency_us) = screen.acknowledgement.take()?;
            Some(SessionMsg::FrameDone { display: *display, epoch: screen.epoch, sequence, latency_us })
        })
    }

    /// Bytes of frames that are received and not shown.
    pub(super) fn unshown_bytes(&self) -> usize {
        self.by_display.values().flat_map(|screen| &screen.unshown).map(|frame| frame.bytes).sum()
    }
}
