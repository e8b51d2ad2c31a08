//! Bytes in both directions: what is in flight, what is confirmed, what has to go again.

use std::time::Duration;

use deskwire_machine::{CloseReason, Instant};

use super::{MAX_RTO, MIN_RTO, Notice, SEGMENT, Segment, State, Tcp, WINDOW, usize_of};

impl Tcp {
    pub(super) fn receive(
        &mut self,
        now: Instant,
        s: Segment,
        out: &mut Vec<Segment>,
        notices: &mut Vec<Notice>,
    ) {
        if s.ack {
            self.acked(now, &s, out);
        }
        if !s.data.is_empty() || s.fin {
            if self.orphan && s.seq + s.data.len() as u64 > self.recv {
                out.extend(s.refusal());
                notices.push(Notice::Ended(CloseReason::Reset));
                return self.die();
            }
            let before = self.recv;
            self.take(s);
            if self.recv > before && !self.unread.is_empty() {
                notices.push(Notice::Readable);
            }
            if self.peer_fin == Some(self.recv) && !self.peer_finished {
                self.recv += 1;
                self.peer_finished = true;
                notices.push(Notice::Finished);
            }
            out.push(self.acknowledge());
        }
        self.flush(now, out);
        if self.orphan && self.fin_sent && self.una > self.total {
            notices.push(Notice::Ended(CloseReason::Local));
            self.die();
        }
    }

    fn acked(&mut self, now: Instant, s: &Segment, out: &mut Vec<Segment>) {
        let limit = self.high.max(self.next + 1);
        if s.acked > self.una && s.acked <= limit {
            let newly = usize_of(s.acked - self.una);
            self.buffer.drain(..newly.min(self.buffer.len()));
            self.una = s.acked;
            self.next = self.next.max(s.acked);
            self.high = self.high.max(s.acked);
            self.progress = now;
            self.duplicates = 0;
            if let Some((_, sent)) = self.sample.take_if(|(seq, _)| *seq < s.acked) {
                self.measured(now - sent);
            }
            if self.recover.is_some_and(|recover| s.acked < recover) {
                self.resend_first(out);
            } else {
                self.recover = None;
                self.cwnd += if self.cwnd < self.ssthresh { newly } else { SEGMENT * SEGMENT / self.cwnd };
            }
            self.timer = (self.next > self.una || !self.buffer.is_empty()).then(|| now + self.rto);
        } else if s.acked == self.una
            && s.data.is_empty()
            && self.next > self.una
            && s.window == self.peer_window
        {
            self.duplicates += 1;
            if self.duplicates == 3 && self.recover.is_none() {
                self.ssthresh = (usize_of(self.next - self.una) / 2).max(2 * SEGMENT);
                self.cwnd = self.ssthresh;
                self.recover = Some(self.next);
                self.sample = None;
                self.resend_first(out);
            }
        }
        if s.acked >= self.una {
            if s.window == 0 {
                // A slow reader that answers is not a dead line.
                self.progress = now;
            }
            self.peer_window = s.window;
        }
    }

    fn resend_first(&self, out: &mut Vec<Segment>) {
        let data: Vec<u8> = self.buffer.iter().take(SEGMENT).copied().collect();
        let fin = data.is_empty() && self.fin_sent;
        if fin || !data.is_empty() {
            out.push(Segment { seq: self.una, fin, data, ..self.plain() });
        }
    }

    /// Takes what is in order, keeps what is early, within the window.
    fn take(&mut self, s: Segment) {
        if s.fin {
            self.peer_fin = Some(s.seq + s.data.len() as u64);
        }
        let fits = s.data.len() <= self.window() && s.seq < self.recv + WINDOW as u64;
        if !s.data.is_empty() && s.seq + s.data.len() as u64 > self.recv && fits {
            self.early.insert(s.seq, s.data);
        }
        while let Some((seq, data)) = self.early.pop_first() {
            if seq > self.recv {
                self.early.insert(seq, data);
                break;
            }
            let known = usize_of(self.recv - seq).min(data.len());
            let fresh = data.get(known..).unwrap_or_default();
            self.unread.push(fresh);
            self.recv += fresh.len() as u64;
        }
    }

    pub(super) fn flush(&mut self, now: Instant, out: &mut Vec<Segment>) {
        if self.state != State::Open {
            return;
        }
        loop {
            let flying = usize_of(self.next - self.una);
            let room = self.cwnd.min(self.peer_window).saturating_sub(flying);
            let size = SEGMENT.min(self.buffer.len().saturating_sub(flying)).min(room);
            if size == 0 {
                break;
            }
            let data: Vec<u8> = self.buffer.range(flying..flying + size).copied().collect();
            out.push(Segment { data, ..self.plain() });
            if self.sample.is_none() && self.next == self.high {
                self.sample = Some((self.next, now));
            }
            self.next += size as u64;
            self.high = self.high.max(self.next);
        }
        if self.fin_queued && !self.fin_sent && self.next == self.total {
            out.push(Segment { fin: true, ..self.plain() });
            self.fin_sent = true;
            self.next += 1;
            self.high = self.high.max(self.next);
        }
        let waits = self.next > self.una || !self.buffer.is_empty();
        if waits && self.timer.is_none() {
            self.progress = self.progress.max(now);
            self.timer = Some(now + self.rto);
        }
    }

    fn measured(&mut self, rtt: Duration) {
        let (srtt, var) = match self.srtt {
            None => (rtt, rtt / 2),
            Some((srtt, var)) => ((srtt * 7 + rtt) / 8, (var * 3 + srtt.abs_diff(rtt)) / 4),
        };
        self.srtt = Some((srtt, var));
        self.rto = (srtt + var * 4).clamp(MIN_RTO, MAX_RTO);
    }
}
