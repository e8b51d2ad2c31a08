//! A small TCP: enough of it that loss, silence, refusal and slow readers look to a machine as they do on a real
//! system. Handshake (also with both sides at once), retransmission, fast recovery, flow control, FIN and RST.

mod transfer;

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use deskwire_machine::{CloseReason, Instant, StreamBuf};

const SEGMENT: usize = 1400;
/// What a receiver holds of unread bytes.
pub(crate) const WINDOW: usize = 256 << 10;
/// Unsent and unacknowledged bytes at which the writer is told to stop, and to go on.
const HIGH: usize = 64 << 10;
const LOW: usize = 16 << 10;
const FIRST_RTO: Duration = Duration::from_secs(1);
const MIN_RTO: Duration = Duration::from_millis(200);
const MAX_RTO: Duration = Duration::from_secs(8);
/// A connection attempt without an answer ends after this.
const CONNECT_LIMIT: Duration = Duration::from_secs(15);
/// A connection without progress ends after this.
const STALL_LIMIT: Duration = Duration::from_secs(30);
/// Between two questions whether a reset is meant.
const CHALLENGE_EVERY: Duration = Duration::from_millis(500);

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Segment {
    pub(crate) syn: bool,
    pub(crate) ack: bool,
    pub(crate) fin: bool,
    pub(crate) rst: bool,
    pub(crate) seq: u64,
    pub(crate) acked: u64,
    pub(crate) window: usize,
    pub(crate) data: Vec<u8>,
}

impl Segment {
    /// The answer to a segment that nobody waits for.
    pub(crate) fn refusal(&self) -> Option<Self> {
        let acked = self.seq + self.data.len() as u64 + u64::from(self.syn) + u64::from(self.fin);
        (!self.rst).then(|| Self { rst: true, ack: true, seq: self.acked, acked, ..Self::default() })
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum State {
    SynSent,
    SynReceived,
    Open,
    Dead,
}

/// What the owner of a connection is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Notice {
    Opened,
    Readable,
    Finished,
    Ended(CloseReason),
}

#[derive(Debug)]
pub(crate) struct Tcp {
    pub(crate) state: State,
    /// Whether the owner was told to stop writing.
    pub(crate) blocked: bool,
    pub(crate) unread: StreamBuf,
    pub(crate) peer_finished: bool,
    /// The owner closed: what is queued still goes out.
    orphan: bool,
    isn: u64,
    peer_isn: u64,
    /// Bytes from `una` to `total`.
    buffer: VecDeque<u8>,
    total: u64,
    una: u64,
    next: u64,
    high: u64,
    peer_window: usize,
    fin_queued: bool,
    fin_sent: bool,
    recv: u64,
    early: BTreeMap<u64, Vec<u8>>,
    peer_fin: Option<u64>,
    advertised: usize,
    cwnd: usize,
    ssthresh: usize,
    duplicates: u32,
    recover: Option<u64>,
    rto: Duration,
    srtt: Option<(Duration, Duration)>,
    sample: Option<(u64, Instant)>,
    timer: Option<Instant>,
    progress: Instant,
    /// When somebody may be asked again.
    challenge_at: Instant,
}

impl Tcp {
    fn new(now: Instant, isn: u64, state: State) -> Self {
        Self {
            state,
            blocked: false,
            unread: StreamBuf::new(),
            peer_finished: false,
            orphan: false,
            isn,
            peer_isn: 0,
            buffer: VecDeque::new(),
            total: isn + 1,
            una: isn + 1,
            next: isn + 1,
            high: isn + 1,
            peer_window: 0,
            fin_queued: false,
            fin_sent: false,
            recv: 0,
            early: BTreeMap::new(),
            peer_fin: None,
            advertised: WINDOW,
            cwnd: 10 * SEGMENT,
            ssthresh: usize::MAX,
            duplicates: 0,
            recover: None,
            rto: FIRST_RTO,
            srtt: None,
            sample: None,
            timer: Some(now + FIRST_RTO),
            progress: now,
            challenge_at: now,
        }
    }

    pub(crate) fn connect(now: Instant, isn: u64, out: &mut Vec<Segment>) -> Self {
        let tcp = Self::new(now, isn, State::SynSent);
        out.push(tcp.hello());
        tcp
    }

    pub(crate) fn accept(now: Instant, isn: u64, syn: &Segment, out: &mut Vec<Segment>) -> Self {
        let mut tcp = Self::new(now, isn, State::SynReceived);
        tcp.hear_hello(syn);
        out.push(tcp.hello());
        tcp
    }

    pub(crate) const fn poll_timeout(&self) -> Option<Instant> {
        self.timer
    }

    pub(crate) fn is_above_high(&self) -> bool {
        self.buffer.len() >= HIGH
    }

    pub(crate) fn is_below_low(&self) -> bool {
        self.buffer.len() <= LOW
    }

    pub(crate) fn write(&mut self, now: Instant, bytes: &[u8], out: &mut Vec<Segment>) {
        if !self.fin_queued && self.state != State::Dead {
            self.buffer.extend(bytes);
            self.total += bytes.len() as u64;
            self.flush(now, out);
        }
    }

    /// The owner is done: what is queued goes out, then FIN.
    pub(crate) fn close(&mut self, now: Instant, out: &mut Vec<Segment>) {
        self.orphan = true;
        self.fin_queued = true;
        match self.state {
            // Nobody has answered: there is nobody to tell (RFC 9293 section 3.10.4).
            State::SynSent => self.die(),
            State::SynReceived => {
                out.push(self.reset());
                self.die();
            }
            State::Open if !self.unread.is_empty() => {
                out.push(Segment {
                    rst: true,
                    ack: true,
                    seq: self.next,
                    acked: self.recv,
                    ..Segment::default()
                });
                self.die();
            }
            State::Open => self.flush(now, out),
            State::Dead => {}
        }
    }

    /// The owner took bytes: tell the sender if that makes a difference.
    pub(crate) fn has_read(&mut self, out: &mut Vec<Segment>) {
        if self.state == State::Open && self.window() >= self.advertised + WINDOW / 2 {
            out.push(self.acknowledge());
        }
    }

    pub(crate) fn handle_timeout(&mut self, now: Instant, out: &mut Vec<Segment>, notices: &mut Vec<Notice>) {
        if self.timer.is_none_or(|at| at > now) {
            return;
        }
        let limit = if self.state == State::Open { STALL_LIMIT } else { CONNECT_LIMIT };
        if now - self.progress >= limit {
            notices.push(Notice::Ended(CloseReason::TimedOut));
            return self.die();
        }
        self.rto = (self.rto * 2).min(MAX_RTO);
        self.timer = Some(now + self.rto);
        match self.state {
            State::SynSent | State::SynReceived => out.push(self.hello()),
            State::Open => {
                self.sample = None;
                if self.next > self.una {
                    self.ssthresh = (usize_of(self.next - self.una) / 2).max(2 * SEGMENT);
                    self.cwnd = SEGMENT;
                    self.next = self.una;
                    self.fin_sent = false;
                    self.recover = None;
                    self.flush(now, out);
                } else if let Some(byte) = self.buffer.front() {
                    // The other side's window is shut: ask with one byte whether it still is.
                    let data = vec![*byte];
                    out.push(Segment { data, ..self.plain() });
                } else {
                    self.timer = None;
                }
            }
            State::Dead => self.timer = None,
        }
    }

    pub(crate) fn handle(
        &mut self,
        now: Instant,
        s: Segment,
        out: &mut Vec<Segment>,
        notices: &mut Vec<Notice>,
    ) {
        match self.state {
            State::Dead => {}
            State::SynSent if s.rst => {
                if s.ack && s.acked == self.isn + 1 {
                    notices.push(Notice::Ended(CloseReason::Refused));
                    self.die();
                }
            }
            // Who does not know what comes next has no say in this connection; who does may say it again (RFC 5961
            // sections 3.2 and 4.2). It may come from another socket of the peer, behind a gateway that mixes them up.
            State::Open | State::SynReceived if s.rst && s.seq != self.recv => self.challenge(now, out),
            State::Open if s.syn => self.challenge(now, out),
            State::Open | State::SynReceived if s.rst => {
                notices.push(Notice::Ended(CloseReason::Reset));
                self.die();
            }
            State::SynSent if s.syn => {
                let answered = s.ack && s.acked == self.isn + 1;
                if s.ack && !answered {
                    out.extend(s.refusal());
                    return;
                }
                self.hear_hello(&s);
                if answered {
                    self.opened(now, notices);
                    out.push(self.acknowledge());
                    self.flush(now, out);
                } else {
                    self.state = State::SynReceived;
                    out.push(self.hello());
                }
            }
            // An old connection at the other side: it learns that there is none any more.
            State::SynSent if s.ack && s.acked != self.isn + 1 => out.extend(s.refusal()),
            State::SynSent => {}
            State::SynReceived => {
                if s.ack && s.acked > self.isn {
                    self.peer_window = s.window;
                    self.opened(now, notices);
                    self.receive(now, s, out, notices);
                } else if s.syn && s.seq == self.peer_isn {
                    out.push(self.hello());
                }
            }
            State::Open => self.receive(now, s, out, notices),
        }
    }

    /// Asks who says something that ends the connection whether he means it; not more often than systems do, or two of
    /// them whose packets somebody doubles ask each other for ever (RFC 5961 section 7).
    fn challenge(&mut self, now: Instant, out: &mut Vec<Segment>) {
        if self.challenge_at <= now {
            self.challenge_at = now + CHALLENGE_EVERY;
            out.push(self.acknowledge());
        }
    }

    /// What ends the connection at the other side.
    pub(crate) fn reset(&self) -> Segment {
        Segment { rst: true, ..self.plain() }
    }

    fn opened(&mut self, now: Instant, notices: &mut Vec<Notice>) {
        self.state = State::Open;
        self.timer = None;
        self.rto = FIRST_RTO;
        self.progress = now;
        notices.push(Notice::Opened);
    }

    fn die(&mut self) {
        self.state = State::Dead;
        self.timer = None;
        self.buffer.clear();
        self.early.clear();
    }

    fn window(&self) -> usize {
        let early: usize = self.early.values().map(Vec::len).sum();
        WINDOW.saturating_sub(self.unread.len()).saturating_sub(early)
    }

    fn plain(&self) -> Segment {
        Segment { ack: true, seq: self.next, acked: self.recv, window: self.window(), ..Segment::default() }
    }

    fn acknowledge(&mut self) -> Segment {
        self.advertised = self.window();
        self.plain()
    }

    fn hello(&self) -> Segment {
        let ack = self.state == State::SynReceived;
        Segment {
            syn: true,
            ack,
            seq: self.isn,
            acked: self.recv,
            window: self.window(),
            ..Segment::default()
        }
    }

    fn hear_hello(&mut self, syn: &Segment) {
        self.peer_isn = syn.seq;
        self.recv = syn.seq + 1;
        self.peer_window = syn.window;
    }
}

fn usize_of(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
