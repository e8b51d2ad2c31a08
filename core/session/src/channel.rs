//! The channels of a session: headers, frames, and what waits to be sent.

use alloc::collections::{BTreeMap, VecDeque};
use alloc::vec::Vec;
use core::net::{IpAddr, Ipv4Addr, SocketAddr};

use deskwire_machine::{ChannelSpec, Ecn, Input, LinkId, LinkIds, LinkSpec, Outbox, Output, StreamBuf};
use deskwire_wire::codec::{CONTROL, Codec, MEDIA, SESSION};
use deskwire_wire::frame::LongHeader;
use deskwire_wire::picture::FrameUpdate;
use deskwire_wire::session::{ChannelHeader, ChannelKind, SessionMsg};
use deskwire_wire::video::FrameBytes;
use deskwire_wire::{CapnProto, EncodeError};

use crate::limits::{Limits, priority};

/// Datagrams that may wait for the owner to take them; the oldest go first.
const MOST_DATAGRAMS: usize = 16;

/// Where datagrams go: the transport has no address.
const NOWHERE: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0);

/// One step of reading a channel.
#[derive(Debug)]
pub(crate) enum Incoming {
    /// A channel that the other side opened said what it is.
    Header(ChannelHeader),
    /// A message on a channel of this kind.
    Message(ChannelKind, SessionMsg),
    /// A frame on the video channel with this header.
    Frame(ChannelHeader, FrameBytes),
}

/// What a channel sent that no correct peer sends.
pub(crate) type Fault = &'static str;

/// What waits for the other side to read it went over its bound.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct NotReading;

/// The channels of one side. Small messages and video wait apart, so that neither takes the other's room.
#[derive(Debug)]
pub(crate) struct Channels {
    ids: LinkIds,
    small: Outbox,
    media: Outbox,
    media_bytes: usize,
    /// Datagrams that wait.
    datagrams: VecDeque<Vec<u8>>,
    /// `None` until the header of a channel of the other side arrived.
    links: BTreeMap<LinkId, Option<ChannelHeader>>,
    /// Frames of which a part arrived. They are taken out of the stream's buffer at once, which so stays small.
    partial: BTreeMap<LinkId, (usize, Vec<u8>)>,
    max_links: usize,
    frame_bytes: usize,
    refused: u64,
    unsent: u64,
}

impl Channels {
    pub(crate) fn new(ids: LinkIds, limits: &Limits) -> Self {
        let frame_bytes = limits.frame_bytes.min(MEDIA.frame);
        let media_bytes = frame_bytes.saturating_add(LongHeader::SIZE + ChannelHeader::MAX_SIZE);
        Self {
            ids,
            small: Outbox::new(limits.queue_bytes.max(CONTROL.frame)),
            media: Outbox::new(media_bytes),
            media_bytes,
            datagrams: VecDeque::new(),
            links: BTreeMap::new(),
            partial: BTreeMap::new(),
            max_links: limits.channels,
            frame_bytes,
            refused: 0,
            unsent: 0,
        }
    }

    fn outbox(&mut self, link: LinkId) -> &mut Outbox {
        match self.links.get(&link) {
            Some(Some(ChannelHeader::Video { .. })) => &mut self.media,
            _ => &mut self.small,
        }
    }

    /// Opens a channel and says what it is.
    pub(crate) fn open(&mut self, header: ChannelHeader) -> Result<LinkId, NotReading> {
        let (bidirectional, priority) = match header {
            ChannelHeader::Control => (true, priority::CONTROL),
            ChannelHeader::Input => (false, priority::INPUT),
            ChannelHeader::Video { .. } => (false, priority::VIDEO),
            ChannelHeader::Cursor => (false, priority::CURSOR),
            ChannelHeader::Clipboard => (true, priority::CLIPBOARD),
        };
        let link = self.ids.allocate();
        self.links.insert(link, Some(header));
        let outbox = self.outbox(link);
        outbox.open(link, LinkSpec::Channel(ChannelSpec { bidirectional, priority }));
        outbox.stream(link, header.to_bytes()).map_err(|_| NotReading)?;
        Ok(link)
    }

    /// Takes a channel that the other side opened; one too many is closed at once.
    pub(crate) fn accept(&mut self, input: &Input<'_>, link: LinkId) {
        self.small.note(input);
        if self.links.len() >= self.max_links {
            self.refused = self.refused.saturating_add(1);
            self.small.close(link);
        } else {
            self.links.insert(link, None);
        }
    }

    /// Notes that a channel is ready, blocked, writable or gone. Gives false for one that is not (or no longer) known.
    pub(crate) fn note(&mut self, input: &Input<'_>, link: LinkId) -> bool {
        if !self.links.contains_key(&link) {
            return false;
        }
        self.outbox(link).note(input);
        if matches!(input, Input::Closed { .. }) {
            self.links.remove(&link);
            self.partial.remove(&link);
        }
        true
    }

    /// What a channel said it is.
    pub(crate) fn header(&self, link: LinkId) -> Option<ChannelHeader> {
        self.links.get(&link).copied().flatten()
    }

    /// The open channel of a kind, the youngest if there are several.
    pub(crate) fn find(&self, kind: ChannelKind) -> Option<LinkId> {
        self.links
            .iter()
            .rev()
            .find(|(_, header)| header.is_some_and(|h| h.kind() == kind))
            .map(|(link, _)| *link)
    }

    /// An open channel of a kind other than `link`.
    pub(crate) fn find_except(&self, link: LinkId, kind: ChannelKind) -> Option<LinkId> {
        let is = |header: &Option<ChannelHeader>| header.is_some_and(|header| header.kind() == kind);
        self.links.iter().find(|(other, header)| **other != link && is(header)).map(|(other, _)| *other)
    }

    /// Whether a channel takes more and nothing waits on it.
    pub(crate) fn is_idle(&self, link: LinkId) -> bool {
        let outbox = match self.links.get(&link) {
            Some(Some(ChannelHeader::Video { .. })) => &self.media,
            _ => &self.small,
        };
        outbox.is_open(link) && !outbox.is_blocked(link) && outbox.queued_for(link) == 0
    }

    /// Queues a message.
    pub(crate) fn send(&mut self, link: LinkId, message: &SessionMsg) -> Result<(), NotReading> {
        let mut bytes = Vec::from([0; LongHeader::SIZE]);
        // What this side says is checked where it comes in. What is left is a clipboard text so odd that packing makes
        // it too long; it is not worth a session.
        if CapnProto::encode(message, &mut bytes).is_err() {
            self.unsent = self.unsent.saturating_add(1);
            return Ok(());
        }
        put_header(&mut bytes, true);
        self.small.stream(link, bytes).map_err(|_| NotReading)
    }

    /// A frame as it travels, if it is sound and not too large.
    pub(crate) fn encode_frame(&self, frame: &FrameUpdate<'_>) -> Result<Vec<u8>, EncodeError> {
        let mut bytes = Vec::from([0; LongHeader::SIZE]);
        CapnProto::encode_frame(frame, &mut bytes)?;
        if bytes.len() - LongHeader::SIZE > self.frame_bytes {
            return Err(EncodeError);
        }
        put_header(&mut bytes, false);
        Ok(bytes)
    }

    /// Whether `bytes` more of video can wait to be sent, a channel's header included.
    pub(crate) const fn has_video_room(&self, bytes: usize) -> bool {
        bytes + ChannelHeader::MAX_SIZE + self.media.queued_bytes() <= self.media_bytes
    }

    /// Queues a frame; gives its size in bytes.
    pub(crate) fn send_encoded(&mut self, link: LinkId, bytes: Vec<u8>) -> Result<usize, EncodeError> {
        let len = bytes.len();
        self.media.stream(link, bytes).map_err(|_| EncodeError)?;
        Ok(len)
    }

    /// Unsent video bytes.
    pub(crate) const fn video_bytes(&self) -> usize {
        self.media.queued_bytes()
    }

    /// Unsent bytes of everything.
    pub(crate) const fn queued_bytes(&self) -> usize {
        self.small.queued_bytes() + self.media.queued_bytes()
    }

    /// Channels of the other side over the bound, and messages that could not be encoded.
    pub(crate) const fn dropped(&self) -> u64 {
        self.refused.saturating_add(self.unsent)
    }

    /// How many channels are open.
    pub(crate) fn count(&self) -> usize {
        self.links.len()
    }

    /// Closes a channel after what is queued on it.
    pub(crate) fn close(&mut self, link: LinkId) {
        self.outbox(link).close(link);
        self.links.remove(&link);
        self.partial.remove(&link);
    }

    /// Closes a channel and drops what is queued on it.
    pub(crate) fn abandon(&mut self, link: LinkId) {
        if self.links.contains_key(&link) {
            // An outbox drops what waits for a blocked link when that is closed.
            self.outbox(link).note(&Input::Blocked { link });
            self.close(link);
        }
    }

    /// Closes everything, control after what is queued on it.
    pub(crate) fn close_all(&mut self) {
        self.datagrams.clear();
        let links: Vec<_> = self.links.iter().map(|(link, header)| (*link, *header)).collect();
        for (link, header) in links {
            if header == Some(ChannelHeader::Control) { self.close(link) } else { self.abandon(link) }
        }
    }

    /// Queues a datagram of the transport.
    pub(crate) fn send_datagram(&mut self, bytes: Vec<u8>) {
        if self.datagrams.len() == MOST_DATAGRAMS {
            self.datagrams.pop_front();
            self.unsent = self.unsent.saturating_add(1);
        }
        self.datagrams.push_back(bytes);
    }

    /// The next output: everything else goes before video.
    pub(crate) fn poll(&mut self, buf: &mut Vec<u8>) -> Option<Output> {
        self.small.poll(buf).or_else(|| self.poll_datagram(buf)).or_else(|| self.media.poll(buf))
    }

    fn poll_datagram(&mut self, buf: &mut Vec<u8>) -> Option<Output> {
        buf.extend_from_slice(&self.datagrams.pop_front()?);
        Some(Output::Datagram { link: LinkId::TRANSPORT, to: NOWHERE, ecn: Ecn::NotEct, segment: None })
    }

    /// Takes the next header, message or frame from the unread bytes of a channel.
    pub(crate) fn read(
        &mut self,
        link: LinkId,
        data: &mut StreamBuf,
        logged_in: bool,
    ) -> Result<Option<Incoming>, Fault> {
        let Some(known) = self.links.get_mut(&link) else {
            // Bytes of a channel that is closed on this side.
            data.consume(data.len());
            return Ok(None);
        };
        let Some(header) = *known else {
            let read =
                ChannelHeader::peek(data.readable()).map_err(|_| "it opened a channel of an unknown kind")?;
            let Some((header, size)) = read else { return Ok(None) };
            data.consume(size);
            *known = Some(header);
            return Ok(Some(Incoming::Header(header)));
        };
        let video = header.kind() == ChannelKind::Video;
        let limit = match (video, logged_in) {
            (true, _) => self.frame_bytes,
            (false, true) => SESSION.frame,
            (false, false) => CONTROL.frame,
        };
        let (needed, mut bytes) = match self.partial.remove(&link) {
            Some(partial) => partial,
            None => {
                let frame = LongHeader::peek_start(data, limit)
                    .map_err(|_| "it announced a frame that is too long")?;
                let Some(frame) = frame else { return Ok(None) };
                if frame.packed == video {
                    return Err("it packed what must be flat, or the other way round");
                }
                data.consume(LongHeader::SIZE);
                (frame.len, Vec::new())
            }
        };
        let there = data.readable();
        let part = there.get(..needed - bytes.len()).unwrap_or(there);
        bytes.extend_from_slice(part);
        let read = part.len();
        data.consume(read);
        if bytes.len() < needed {
            self.partial.insert(link, (needed, bytes));
            return Ok(None);
        }
        if video {
            let frame = FrameBytes::new(bytes).map_err(|_| "it sent a malformed frame")?;
            return Ok(Some(Incoming::Frame(header, frame)));
        }
        let message = CapnProto::decode(&bytes).map_err(|_| "it sent a malformed message")?;
        Ok(Some(Incoming::Message(header.kind(), message)))
    }
}

/// Fills the header that stands before the payload in `bytes`.
fn put_header(bytes: &mut [u8], packed: bool) {
    let len = bytes.len().saturating_sub(LongHeader::SIZE);
    if let Some(start) = bytes.get_mut(..LongHeader::SIZE) {
        start.copy_from_slice(&LongHeader { len, packed }.to_bytes());
    }
}
