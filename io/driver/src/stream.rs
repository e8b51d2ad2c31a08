//! A TCP link.

use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read, Write};
use std::net::Shutdown;
use std::sync::Arc;

use deskwire_machine::StreamBuf;
use socket2::Socket;

use crate::tunnel::{Failure, Tunnel};

/// Where a TCP link stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Phase {
    /// The connection is being made.
    Connecting,
    /// It is made, and what lies between it and the machine shakes hands.
    Greeting,
    /// Bytes go both ways.
    Open,
    /// The machine closed it; what it sent before is on its way.
    Closing {
        /// The connection is still being made.
        connecting: bool,
        /// All is sent and the end was told to the other side.
        shut: bool,
    },
}

/// One TCP connection with its unread and unsent bytes.
pub(crate) struct StreamLink {
    pub(crate) socket: Arc<Socket>,
    pub(crate) phase: Phase,
    /// Received and not consumed by the machine.
    pub(crate) buf: StreamBuf,
    /// The machine did not want more when it was last fed, so `buf` may hold whole frames.
    pub(crate) refeed: bool,
    pub(crate) pending: VecDeque<u8>,
    pub(crate) blocked: bool,
    /// What lies between the connection and the machine, if something does.
    pub(crate) tunnel: Option<Box<Tunnel>>,
    /// Bytes read and thrown away since the machine closed the link.
    discarded: usize,
    /// The other side ended its half after the machine closed the link.
    ended: bool,
}

/// What a read gave.
pub(crate) enum ReadResult {
    /// So many bytes.
    Bytes(usize),
    /// The other side ended the stream.
    End,
    /// Nothing now.
    Empty,
}

/// What a closing link still needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Closing {
    /// The socket's next readiness.
    Waiting,
    /// Nothing: it can be dropped.
    Done,
}

/// A closing link reads at most this much of what nobody wants any more: enough for what was in flight, and no
/// more than a peer can make us read for nothing.
const MAX_DISCARDED: usize = 1024 * 1024;

impl StreamLink {
    pub(crate) const fn new(socket: Arc<Socket>, phase: Phase) -> Self {
        Self {
            socket,
            phase,
            buf: StreamBuf::new(),
            refeed: false,
            pending: VecDeque::new(),
            blocked: false,
            tunnel: None,
            discarded: 0,
            ended: false,
        }
    }

    /// Whether the socket has to say when it is writable.
    pub(crate) fn wants_write(&self) -> bool {
        match self.phase {
            Phase::Connecting | Phase::Closing { connecting: true, .. } => true,
            Phase::Greeting | Phase::Open | Phase::Closing { .. } => !self.pending.is_empty(),
        }
    }

    /// Finds out whether the connection is made. `false` means not yet.
    pub(crate) fn finish_connect(&self) -> io::Result<bool> {
        if let Some(error) = self.socket.take_error()? {
            return Err(error);
        }
        match self.socket.peer_addr() {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == ErrorKind::NotConnected => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Sends `bytes` of the machine behind what waits; gives how many went out at once.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some(tunnel) = &mut self.tunnel else { return self.write_wire(bytes) };
        let mut wire = Vec::new();
        tunnel.send(bytes, &mut wire);
        self.write_wire(&wire)
    }

    /// Takes bytes that were read from the network; for the machine they end up in `buf`.
    pub(crate) fn receive(&mut self, data: &[u8]) -> Result<(), Failure> {
        let Some(tunnel) = &mut self.tunnel else {
            self.buf.push(data);
            return Ok(());
        };
        let mut wire = Vec::new();
        let received = tunnel.receive(data, &mut self.buf, &mut wire);
        // A connection that cannot be written to says so when it is read.
        let _ = self.write_wire(&wire);
        received
    }

    /// The connection is made: has the tunnel say its first words.
    pub(crate) fn greet(&mut self) -> Result<(), Failure> {
        self.phase = Phase::Greeting;
        let Some(tunnel) = &mut self.tunnel else { return Ok(()) };
        let mut wire = Vec::new();
        let started = tunnel.start(&mut self.buf, &mut wire);
        // As above.
        let _ = self.write_wire(&wire);
        started
    }

    /// Bytes that are not sent yet.
    pub(crate) fn unsent(&self) -> usize {
        self.pending.len() + self.tunnel.as_ref().map_or(0, |tunnel| tunnel.early())
    }

    /// Has the tunnel say that nothing follows.
    pub(crate) fn farewell(&mut self) {
        if let Some(tunnel) = &mut self.tunnel {
            let mut wire = Vec::new();
            tunnel.close(&mut wire);
            self.pending.extend(&wire);
        }
    }

    fn write_wire(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut at = 0;
        if self.pending.is_empty() && matches!(self.phase, Phase::Open | Phase::Greeting) {
            at = write_some(&self.socket, bytes)?;
        }
        self.pending.extend(&bytes[at..]);
        Ok(at)
    }

    /// Sends what waits until the system takes no more; gives how many bytes went.
    pub(crate) fn flush(&mut self) -> io::Result<usize> {
        let mut total = 0;
        while !self.pending.is_empty() {
            let (front, _) = self.pending.as_slices();
            let (asked, sent) = (front.len(), write_some(&self.socket, front)?);
            self.pending.drain(..sent);
            total += sent;
            if sent < asked {
                break;
            }
        }
        Ok(total)
    }

    /// Reads once.
    pub(crate) fn read(&self, into: &mut [u8]) -> io::Result<ReadResult> {
        loop {
            match (&*self.socket).read(into) {
                Ok(0) => return Ok(ReadResult::End),
                Ok(n) => return Ok(ReadResult::Bytes(n)),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(ReadResult::Empty),
                Err(error) => return Err(error),
            }
        }
    }

    /// Goes on with closing: send the rest, tell the end, wait for the other side's end (dropping a socket with
    /// unread bytes would cut the connection and lose what the other side has not read yet).
    pub(crate) fn advance_closing(&mut self, scratch: &mut [u8]) -> io::Result<Closing> {
        let Phase::Closing { connecting, shut } = self.phase else { return Ok(Closing::Done) };
        if connecting {
            if !self.finish_connect()? {
                return Ok(Closing::Waiting);
            }
            self.phase = Phase::Closing { connecting: false, shut };
        }
        let mut shut = shut;
        if !shut {
            self.flush()?;
            if self.pending.is_empty() {
                self.socket.shutdown(Shutdown::Write)?;
                shut = true;
                self.phase = Phase::Closing { connecting: false, shut };
            }
        }
        // Also before all is sent: the other side may not read while nobody reads what it writes.
        while self.discarded < MAX_DISCARDED && !self.ended {
            match self.read(scratch)? {
                ReadResult::End => self.ended = true,
                ReadResult::Empty => return Ok(Closing::Waiting),
                ReadResult::Bytes(n) => self.discarded += n,
            }
        }
        Ok(if shut || !self.ended { Closing::Done } else { Closing::Waiting })
    }

    /// Whether a closing link still reads.
    pub(crate) const fn discards(&self) -> bool {
        matches!(self.phase, Phase::Closing { connecting: false, .. }) && !self.ended
    }
}

fn write_some(socket: &Socket, bytes: &[u8]) -> io::Result<usize> {
    let mut at = 0;
    while at < bytes.len() {
        match (&*socket).write(&bytes[at..]) {
            Ok(0) => break,
            Ok(n) => at += n,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if error.kind() == ErrorKind::WouldBlock => break,
            Err(error) => return Err(error),
        }
    }
    Ok(at)
}
