//! How good a path is: what was measured of it, and whether it may come back after it was left. The rules are in
//! `judge`.

use core::time::Duration;

use deskwire_machine::Instant;

use crate::filters::RttFilter;
use crate::meter::Flight;

/// The shortest span for which loss is told, and the fewest packets in it.
const LOSS_SPAN: Duration = Duration::from_secs(1);
const LOSS_PACKETS: u64 = 50;

/// Loss in thousandths that makes a path bad, and up to which a path that was left may come back.
pub(crate) const HEAVY_LOSS: u32 = 150;
const GOOD_LOSS: u32 = 100;

/// Between two echoes.
const ECHO_EVERY: Duration = Duration::from_millis(100);

/// An echo is only told from other packets after this long without any on the link.
const QUIET: Duration = Duration::from_millis(500);

/// Fewest packets that show that a path which was left is good again.
const GOOD_PACKETS: u64 = 16;

/// How long a path that was left for a better one stays a backup, at first and at most.
const HOLD: Duration = Duration::from_secs(15);
const LONGEST_HOLD: Duration = Duration::from_secs(600);

/// A path that was active for this long is not blamed for what it did before.
const FORGIVEN_AFTER: Duration = Duration::from_secs(600);

/// Between two pings on a direct path that was left: they measure whether it is good again.
pub(crate) const MEASURE_EVERY: Duration = Duration::from_secs(1);

/// Most times that data moves to another path within an hour for the sake of quality: 15 + 30 + 60 + 120 + 240 + 480 s
/// and four times 600 s are nearly an hour, and each time it goes there and comes back.
#[cfg(test)]
pub(crate) const MOST_SWITCHES: usize = 22;

/// Packets in both directions.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Counts {
    /// Numbers that the peer has used up, and how many of them arrived.
    theirs: u64,
    received: u64,
    /// Packets of ours that are accounted for, and how many of them were lost.
    ours: u64,
    lost: u64,
}

impl Counts {
    const fn since(self, before: Self) -> Self {
        Self {
            theirs: self.theirs.saturating_sub(before.theirs),
            received: self.received.saturating_sub(before.received),
            ours: self.ours.saturating_sub(before.ours),
            lost: self.lost.saturating_sub(before.lost),
        }
    }

    const fn missing(self) -> u64 {
        self.theirs.saturating_sub(self.received)
    }

    /// Loss of the worse direction, in thousandths.
    fn worst(self) -> u32 {
        thousandths(self.missing(), self.theirs).max(thousandths(self.lost, self.ours))
    }

    /// Loss of both directions together, in thousandths.
    fn all(self) -> u32 {
        thousandths(self.missing() + self.lost, self.theirs + self.ours)
    }
}

/// Few packets say nothing.
fn thousandths(part: u64, whole: u64) -> u32 {
    if whole < GOOD_PACKETS {
        return 0;
    }
    u32::try_from(part.saturating_mul(1_000) / whole).unwrap_or(1_000).min(1_000)
}

/// A path that was left for a better one.
#[derive(Clone, Copy, Debug)]
struct Left {
    /// Since when it is watched.
    since: Instant,
    /// How long it has to be good before it comes back.
    hold: Duration,
    /// What it had counted then.
    at: Counts,
}

/// What is known of a path's quality.
#[derive(Debug)]
pub(crate) struct Quality {
    /// The highest packet number received, and how many packets were.
    newest: Option<u64>,
    received: u64,
    /// Packets of this path that another link carried.
    elsewhere: u64,
    /// When this side last pinged on the path while it was a backup, until something comes back on its link.
    pinged: Option<Instant>,
    /// When anything last went or came over its link.
    touched: Instant,
    echoed: Instant,
    echoes: RttFilter,
    /// The second shortest time to an echo lately (what the peer sends on its own account can look like an early echo);
    /// until there were two, what was known of the round trip before.
    pub(crate) echo: Option<Duration>,
    /// The span under way: its start and what was counted then.
    span: (Instant, Counts),
    /// Loss in the last two spans, in thousandths.
    losses: [u32; 2],
    left: Option<Left>,
    /// How often it was left lately.
    times_left: u32,
    active_since: Instant,
}

impl Quality {
    pub(crate) const fn new(now: Instant) -> Self {
        let nothing = Counts { theirs: 0, received: 0, ours: 0, lost: 0 };
        Self {
            newest: None,
            received: 0,
            elsewhere: 0,
            pinged: None,
            touched: now,
            echoed: Instant::ZERO,
            echoes: RttFilter::new(),
            echo: None,
            span: (now, nothing),
            losses: [0; 2],
            left: None,
            times_left: 0,
            active_since: now,
        }
    }

    /// A packet with this number came, over the path's own link or another one; whether it is the newest.
    pub(crate) fn note_received(&mut self, now: Instant, number: u64, over_own: bool) -> bool {
        if over_own {
            self.received += 1;
            self.touched = now;
            if let Some(sent) = self.pinged.take() {
                self.echoes.add(now, now - sent);
                self.echo = self.echoes.second_shortest().or(self.echo);
            }
        } else {
            self.elsewhere += 1;
        }
        let is_newest = self.newest < Some(number);
        if is_newest {
            self.newest = Some(number);
        }
        is_newest
    }

    /// A packet goes out over the own link of a backup path.
    pub(crate) fn note_ping(&mut self, now: Instant) {
        if now >= self.touched + QUIET {
            self.pinged = Some(now);
        }
        self.touched = now;
    }

    /// The engine measured the round trip of a new path when it checked it.
    pub(crate) fn note_validated(&mut self, now: Instant, rtt: Duration) {
        self.echo = Some(Duration::from_micros(self.echoes.add(now, rtt)));
    }

    /// Whether what came is to be answered with a ping.
    pub(crate) fn owes_echo(&mut self, now: Instant) -> bool {
        let owes = now >= self.echoed + ECHO_EVERY;
        if owes {
            self.echoed = now;
        }
        owes
    }

    /// Loss that is certain: that of the better of the last two spans, in thousandths.
    pub(crate) fn loss(&self) -> u32 {
        let [a, b] = self.losses;
        a.min(b)
    }

    /// Whether it was left for a better one, and has not come back.
    pub(crate) const fn was_left(&self) -> bool {
        self.left.is_some()
    }

    fn counts(&self, flight: &Flight) -> Counts {
        let (acked, lost) = flight.outcomes();
        Counts {
            theirs: self.newest.map_or(0, |newest| newest + 1).saturating_sub(self.elsewhere),
            received: self.received,
            ours: acked + lost,
            lost,
        }
    }

    pub(crate) fn update(&mut self, now: Instant, flight: &Flight) {
        let counts = self.counts(flight);
        let (start, before) = self.span;
        let span = counts.since(before);
        if now >= start + LOSS_SPAN && span.theirs.max(span.ours) >= LOSS_PACKETS {
            let [last, _] = self.losses;
            self.losses = [span.worst(), last];
            self.span = (now, counts);
        }
    }

    pub(crate) fn leave(&mut self, now: Instant, flight: &Flight) {
        if now >= self.active_since + FORGIVEN_AFTER {
            self.times_left = 0;
        }
        let hold = HOLD.saturating_mul(1 << self.times_left.min(10)).min(LONGEST_HOLD);
        self.times_left += 1;
        self.left = Some(Left { since: now, hold, at: self.counts(flight) });
    }

    pub(crate) fn become_active(&mut self, now: Instant) {
        if self.left.take().is_some() {
            // What made it bad is over.
            self.losses = [0; 2];
        }
        self.active_since = now;
    }

    /// The path is active no more: from now on echoes measure it. Until they have, its round trip is the one that it had.
    pub(crate) fn become_backup(&mut self, rtt: Option<Duration>) {
        (self.pinged, self.echoes) = (None, RttFilter::new());
        self.echo = rtt.or(self.echo);
    }

    /// Whether a path that was left was good for long enough. If it was not, it is watched for as long again.
    pub(crate) fn may_return(&mut self, now: Instant, flight: &Flight, is_near: bool) -> bool {
        let counts = self.counts(flight);
        let Some(left) = &mut self.left else { return true };
        if now < left.since + left.hold {
            return false;
        }
        let since = counts.since(left.at);
        let is_good = is_near && since.theirs + since.ours >= GOOD_PACKETS && since.all() <= GOOD_LOSS;
        if !is_good {
            (left.since, left.at) = (now, counts);
        }
        is_good
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Data that the peer sent before it heard of the change arrives just after the first ping.
    #[test]
    fn one_early_packet_is_no_round_trip() {
        let at = |ms: u64| Instant::from_micros(ms * 1_000);
        let rtt = |ms| Some(Duration::from_millis(ms));
        let mut quality = Quality::new(at(0));
        quality.note_validated(at(0), Duration::from_millis(230));
        quality.become_active(at(10));
        quality.become_backup(None);
        quality.note_ping(at(5_000));
        quality.note_received(at(5_020), 1, true);
        assert_eq!(quality.echo, rtt(230));
        for (n, sent) in [(2, 10_000), (3, 15_000)] {
            quality.note_ping(at(sent));
            quality.note_received(at(sent + 200), n, true);
        }
        assert_eq!(quality.echo, rtt(200));
        quality.become_backup(rtt(180));
        assert_eq!(quality.echo, rtt(180));
    }

    #[test]
    fn holds_add_up_to_the_promised_number_of_switches() {
        let (mut quality, flight) = (Quality::new(Instant::ZERO), Flight::default());
        let (mut now, mut switches) = (Instant::ZERO, 0);
        while now < Instant::ZERO + Duration::from_secs(3_600) {
            quality.leave(now, &flight);
            now += quality.left.map_or(Duration::ZERO, |left| left.hold);
            quality.become_active(now);
            switches += 2;
        }
        assert_eq!(switches, MOST_SWITCHES);
    }
}
