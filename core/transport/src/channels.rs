//! Channels: reliable streams of the connection, under link ids.

use std::collections::BTreeMap;

use deskwire_machine::{ChannelSpec, LinkId, LinkIds, StreamBuf};
use noq_proto::{Connection, Dir, ReadError, Side, StreamEvent, StreamId, WriteError};

use crate::engine::code as to_code;
use crate::event::Event;

/// Both numberings of the channels that are not over.
#[derive(Debug)]
pub(crate) struct Channels {
    ids: LinkIds,
    by_id: BTreeMap<LinkId, Channel>,
    by_stream: BTreeMap<StreamId, LinkId>,
    /// Somebody was refused a channel for want of credit.
    starved: bool,
}

/// One channel.
#[derive(Debug)]
struct Channel {
    stream: StreamId,
    /// It brings bytes in, or did.
    incoming: bool,
    reading: bool,
    writing: bool,
    /// Nothing more is to be written.
    finished: bool,
    /// A write was cut short: say when it goes on.
    blocked: bool,
    /// The owner was told that there is something to read, and has not read it all.
    told: bool,
}

impl Channels {
    pub(crate) const fn new(ids: LinkIds) -> Self {
        Self { ids, by_id: BTreeMap::new(), by_stream: BTreeMap::new(), starved: false }
    }

    pub(crate) fn len(&self) -> usize {
        self.by_id.len()
    }

    fn add(&mut self, stream: StreamId, reading: bool, writing: bool) -> LinkId {
        let id = self.ids.allocate();
        self.by_id.insert(
            id,
            Channel {
                stream,
                incoming: reading,
                reading,
                writing,
                finished: false,
                blocked: false,
                told: false,
            },
        );
        self.by_stream.insert(stream, id);
        id
    }

    /// Forgets a channel of which neither direction is used any more.
    fn prune(&mut self, id: LinkId) {
        if let Some(channel) = self.by_id.get(&id)
            && !channel.reading
            && !channel.writing
        {
            self.by_stream.remove(&channel.stream);
            self.by_id.remove(&id);
        }
    }

    pub(crate) fn open(&mut self, connection: &mut Connection, spec: ChannelSpec) -> Option<LinkId> {
        let dir = if spec.bidirectional { Dir::Bi } else { Dir::Uni };
        let Some(stream) = connection.streams().open(dir) else {
            self.starved = true;
            return None;
        };
        let _ = connection.send_stream(stream).set_priority(i32::from(spec.priority));
        Some(self.add(stream, spec.bidirectional, true))
    }

    pub(crate) fn set_priority(&self, connection: &mut Connection, id: LinkId, priority: i8) {
        if let Some(channel) = self.by_id.get(&id).filter(|channel| channel.writing) {
            let _ = connection.send_stream(channel.stream).set_priority(i32::from(priority));
        }
    }

    pub(crate) fn write(&mut self, connection: &mut Connection, id: LinkId, data: &[u8]) -> usize {
        let Some(channel) = self.by_id.get_mut(&id).filter(|channel| channel.writing && !channel.finished)
        else {
            return 0;
        };
        let mut taken = 0;
        // A short write does not make the engine tell when it goes on; a refused one does.
        while let Some(rest) = data.get(taken..).filter(|rest| !rest.is_empty()) {
            match connection.send_stream(channel.stream).write(rest) {
                Ok(n) => taken += n,
                Err(WriteError::Blocked) => {
                    channel.blocked = true;
                    break;
                }
                Err(_) => break,
            }
        }
        taken
    }

    /// Reads up to `max` bytes; the event is the end of the channel, if this was it.
    pub(crate) fn read(
        &mut self,
        connection: &mut Connection,
        id: LinkId,
        into: &mut StreamBuf,
        max: usize,
    ) -> (usize, Option<Event>) {
        let Some(channel) = self.by_id.get_mut(&id).filter(|channel| channel.reading) else {
            return (0, None);
        };
        let mut stream = connection.recv_stream(channel.stream);
        let Ok(mut chunks) = stream.read(true) else {
            channel.reading = false;
            self.prune(id);
            return (0, None);
        };
        let mut read = 0;
        let end = loop {
            let room = max - read;
            if room == 0 {
                break None;
            }
            match chunks.next(room) {
                Ok(Some(chunk)) => {
                    read += chunk.bytes.len();
                    into.push(&chunk.bytes);
                }
                Ok(None) => break Some(None),
                Err(ReadError::Reset(code)) => break Some(Some(code.into_inner())),
                Err(ReadError::Blocked) => {
                    channel.told = false;
                    break None;
                }
            }
        };
        let _ = chunks.finalize();
        let event = end.map(|code| {
            channel.reading = false;
            Event::ChannelClosed { channel: id, code }
        });
        self.prune(id);
        (read, event)
    }

    pub(crate) fn finish(&mut self, connection: &mut Connection, id: LinkId) {
        let Some(channel) = self.by_id.get_mut(&id).filter(|channel| channel.writing) else { return };
        let _ = connection.send_stream(channel.stream).finish();
        // It stays until the peer has everything.
        channel.finished = true;
    }

    pub(crate) fn reset(&mut self, connection: &mut Connection, id: LinkId, code: u64) {
        let Some(channel) = self.by_id.get_mut(&id).filter(|channel| channel.writing) else { return };
        let _ = connection.send_stream(channel.stream).reset(to_code(code));
        channel.writing = false;
        self.prune(id);
    }

    pub(crate) fn stop(&mut self, connection: &mut Connection, id: LinkId, code: u64) {
        let Some(channel) = self.by_id.get_mut(&id).filter(|channel| channel.reading) else { return };
        let _ = connection.recv_stream(channel.stream).stop(to_code(code));
        channel.reading = false;
        self.prune(id);
    }

    /// What an event of the engine means for the owner.
    pub(crate) fn handle(
        &mut self,
        connection: &mut Connection,
        side: Side,
        event: StreamEvent,
        out: &mut Vec<Event>,
    ) {
        match event {
            StreamEvent::Opened { dir } => {
                while let Some(stream) = connection.streams().accept(dir) {
                    let bidirectional = stream.dir() == Dir::Bi;
                    let channel = self.add(stream, true, bidirectional);
                    out.push(Event::ChannelOpened { channel, bidirectional });
                    self.tell_readable(channel, out);
                }
            }
            StreamEvent::Readable { id } => {
                // Data of a channel can come before the event that it was opened.
                if !self.by_stream.contains_key(&id) && id.initiator() != side {
                    self.handle(connection, side, StreamEvent::Opened { dir: id.dir() }, out);
                }
                if let Some(channel) = self.by_stream.get(&id).copied() {
                    self.tell_readable(channel, out);
                }
            }
            StreamEvent::Writable { id } => {
                if let Some((id, channel)) = self.find(id)
                    && core::mem::take(&mut channel.blocked)
                {
                    out.push(Event::ChannelWritable { channel: id });
                }
            }
            StreamEvent::Finished { id } => {
                if let Some((id, channel)) = self.find(id) {
                    channel.writing = false;
                    if !channel.incoming {
                        out.push(Event::ChannelClosed { channel: id, code: None });
                    }
                    self.prune(id);
                }
            }
            StreamEvent::Stopped { id, error_code } => {
                self.handle_stopped(connection, id, error_code.into_inner(), out)
            }
            StreamEvent::Available { .. } => {
                if core::mem::take(&mut self.starved) {
                    out.push(Event::ChannelsAvailable);
                }
            }
        }
    }

    /// The peer reads no more: the rest is cut, as RFC 9000, 3.5 asks.
    fn handle_stopped(
        &mut self,
        connection: &mut Connection,
        stream: StreamId,
        code: u64,
        out: &mut Vec<Event>,
    ) {
        let Some((id, channel)) = self.find(stream) else { return };
        if !core::mem::take(&mut channel.writing) {
            return;
        }
        let _ = connection.send_stream(stream).reset(to_code(code));
        out.push(if channel.incoming {
            Event::ChannelStopped { channel: id, code }
        } else {
            Event::ChannelClosed { channel: id, code: Some(code) }
        });
        self.prune(id);
    }

    fn find(&mut self, stream: StreamId) -> Option<(LinkId, &mut Channel)> {
        let id = *self.by_stream.get(&stream)?;
        self.by_id.get_mut(&id).map(|channel| (id, channel))
    }

    fn tell_readable(&mut self, id: LinkId, out: &mut Vec<Event>) {
        if let Some(channel) = self.by_id.get_mut(&id).filter(|channel| channel.reading)
            && !core::mem::replace(&mut channel.told, true)
        {
            out.push(Event::ChannelReadable { channel: id });
        }
    }
}
