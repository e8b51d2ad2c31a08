//! Many sockets to one port, and one socket to many ports.
//!
//! A NAT that maps per destination hides its port from the peer, and a NAT that filters by port lets nobody in whom
//! its side has not sent to. So the hard side opens many sockets that all send to the other, and the other guesses:
//! the first guess that is one of the ports is let in by both.

use alloc::vec;
use alloc::vec::Vec;
use core::net::{IpAddr, SocketAddr};
use core::time::Duration;

use deskwire_machine::{Instant, LinkId, Rng};
use deskwire_wire::ids::Role;
use deskwire_wire::punch::{CandidateKind, Strategy};

use super::Puncher;
use super::extras::Purpose;
use crate::filter::check_address;
use crate::odds::{FIRST_PORT, PORTS};
use crate::ports::nth;

/// Sockets on their way to be open.
const OPENING: u16 = 8;
/// How often both sides go through foretold ports: the first time may be too early, and probes get lost.
const PASSES: u8 = 3;

/// Many probes, each to be sent once or a few times.
#[derive(Debug)]
pub(super) struct Sweep {
    course: Course,
    /// Own sockets that are open.
    links: Vec<LinkId>,
    /// How many more are wanted, and how many are asked for.
    wanted: u16,
    opening: u16,
    /// The next probe of this pass, and further passes.
    cursor: u16,
    passes: u8,
    /// Not before.
    due: Instant,
}

#[derive(Debug)]
enum Course {
    /// From each socket to this address.
    Sockets(SocketAddr),
    /// From the only socket to each of these.
    Ports { first: SocketAddr, step: i16, count: u16 },
    /// From the shared socket to ports nobody knows.
    Guesses { link: LinkId, ip: IpAddr, left: u32, drawn: Drawn },
}

/// Ports in random order, none twice.
#[derive(Debug)]
struct Drawn(Vec<u64>);

impl Drawn {
    fn draw(&mut self, rng: &mut Rng) -> Option<u16> {
        // At most a small part of all ports is drawn, so that a free one is found soon.
        for _ in 0..1_000 {
            let n = rng.below(PORTS.into());
            let (word, bit) = (usize::try_from(n / 64).ok()?, 1 << (n % 64));
            let word = self.0.get_mut(word)?;
            if *word & bit == 0 {
                *word |= bit;
                return u16::try_from(n + u64::from(FIRST_PORT)).ok();
            }
        }
        None
    }
}

impl Sweep {
    fn new(course: Course, wanted: u16, passes: u8, due: Instant) -> Self {
        Self { course, links: Vec::new(), wanted, opening: 0, cursor: 0, passes: passes - 1, due }
    }

    /// When something can be sent; `None` while there is nothing to send.
    pub(super) fn due(&self) -> Option<Instant> {
        let has = match &self.course {
            Course::Sockets(_) => usize::from(self.cursor) < self.links.len() || self.is_turning(),
            Course::Ports { count, .. } => {
                !self.links.is_empty() && (self.cursor < *count || self.passes > 0)
            }
            Course::Guesses { left, .. } => *left > 0,
        };
        has.then_some(self.due)
    }

    /// All sockets have sent once, and shall do so again.
    fn is_turning(&self) -> bool {
        self.passes > 0 && self.wanted == 0 && self.opening == 0 && !self.links.is_empty()
    }

    /// The next probe.
    fn next(&mut self, rng: &mut Rng) -> Option<(LinkId, SocketAddr)> {
        let end = match &self.course {
            Course::Sockets(_) => u16::try_from(self.links.len()).unwrap_or(u16::MAX),
            Course::Ports { count, .. } => *count,
            Course::Guesses { .. } => u16::MAX,
        };
        if self.cursor >= end {
            self.passes = self.passes.checked_sub(1)?;
            self.cursor = 0;
        }
        let at = self.cursor;
        let probe = match &mut self.course {
            Course::Sockets(remote) => (*self.links.get(usize::from(at))?, *remote),
            Course::Ports { first, step, .. } => (*self.links.first()?, nth(*first, *step, at)),
            Course::Guesses { link, ip, left, drawn } => {
                *left = left.checked_sub(1)?;
                return Some((*link, SocketAddr::new(*ip, drawn.draw(rng)?)));
            }
        };
        self.cursor += 1;
        Some(probe)
    }
}

impl Puncher {
    /// Between two probes at full pace.
    fn interval(&self) -> Duration {
        Duration::from_secs(1) / self.config.limits.probes_per_s.max(1)
    }

    /// How long birthday probing takes: the sockets, and the guesses.
    pub(super) fn birthday_times(&self) -> [Duration; 2] {
        // Pacing leaves a tenth to bursts.
        let each = self.interval() * 10 / 9;
        [each * u32::from(self.config.limits.sockets), each * self.config.limits.guesses]
    }

    /// Whether many sockets and guesses are wanted on this side.
    pub(super) fn is_frugal(&self) -> bool {
        let limits = self.config.limits;
        !self.config.birthday
            || limits.sockets == 0
            || limits.guesses == 0
            || self.interfaces.iter().any(|interface| interface.metered)
    }

    /// Begins birthday probing, as the side that opens sockets or as the one that guesses.
    pub(super) fn begin_birthday(&mut self, start: Instant, hard: Role) {
        let candidates = self.peer.iter().flat_map(|peer| &peer.candidates);
        let public = candidates.filter(|c| c.kind == CandidateKind::ServerReflexive && c.addr.is_ipv4());
        let public: Vec<SocketAddr> = public.map(|candidate| candidate.addr).collect();
        let allowed = |addr: &&SocketAddr| check_address(**addr, &self.situation()).is_ok();
        let Some(remote) = public.iter().find(allowed).copied().filter(|_| !self.is_frugal()) else { return };
        let limits = self.config.limits;
        self.sweep = if hard == self.config.role {
            Some(Sweep::new(Course::Sockets(remote), limits.sockets, 1, start))
        } else {
            self.socket_for(remote).map(|link| {
                let drawn = Drawn(vec![0; usize::try_from(PORTS.div_ceil(64)).unwrap_or(0)]);
                let course = Course::Guesses { link, ip: remote.ip(), left: limits.guesses, drawn };
                let [sockets, _] = self.birthday_times();
                Sweep::new(course, 0, 1, start + sockets)
            })
        };
    }

    /// Both NATs count, and the peer's gives these ports next. The viewer's sockets all send to one of them, which is
    /// then the source of one of the host's probes; whichever that is, it goes to a port that one of the viewer's
    /// sockets has.
    pub(super) fn sweep_both(&mut self, now: Instant, count: u16, first: SocketAddr, step: i16) {
        if self.sweep.is_some() || count == 0 || check_address(first, &self.situation()).is_err() {
            return;
        }
        self.sweep = Some(match self.config.role {
            Role::Viewer => Sweep::new(Course::Sockets(nth(first, step, count / 2)), count, PASSES, now),
            Role::Host => Sweep::new(Course::Ports { first, step, count }, 1, PASSES, now),
        });
    }

    /// Ends the sweep; its sockets stay until the search is over.
    pub(super) fn end_sweep(&mut self) {
        self.sweep = None;
    }

    /// One of the sweep's sockets is open.
    pub(super) fn sweep_opened(&mut self, link: LinkId) {
        match &mut self.sweep {
            Some(sweep) => {
                sweep.opening = sweep.opening.saturating_sub(1);
                sweep.links.push(link);
            }
            None => self.close_extra(link),
        }
    }

    /// One of the sweep's sockets did not open, or is gone: the system may have no more of them.
    pub(super) fn sweep_closed(&mut self, link: LinkId) {
        if let Some(sweep) = self.sweep.as_mut().filter(|sweep| !sweep.links.contains(&link)) {
            sweep.opening = sweep.opening.saturating_sub(1);
            sweep.wanted = 0;
        }
    }

    /// Opens sockets and sends one probe, if it is time.
    pub(super) fn drive_sweep(&mut self, now: Instant) {
        self.open_more(now);
        let interval = self.interval();
        let Some(sweep) = self.sweep.as_mut().filter(|sweep| sweep.due().is_some_and(|due| due <= now))
        else {
            return;
        };
        sweep.due = now + interval;
        let guesses = matches!(sweep.course, Course::Guesses { .. });
        let Some((link, to)) = sweep.next(&mut self.rng) else { return self.end_sweep() };
        self.guesses += u32::from(guesses);
        if check_address(to, &self.situation()).is_ok() {
            self.request(now, link, to, false);
        }
        self.open_more(now);
    }

    fn open_more(&mut self, now: Instant) {
        let Some(sweep) = self.sweep.as_ref().filter(|sweep| sweep.due <= now || sweep.cursor > 0) else {
            return;
        };
        let unsent = u16::try_from(sweep.links.len()).unwrap_or(u16::MAX).saturating_sub(sweep.cursor);
        let more = OPENING.saturating_sub(sweep.opening + unsent).min(sweep.wanted);
        for _ in 0..more {
            self.open_extra(Purpose::Sweep);
        }
        if let Some(sweep) = &mut self.sweep {
            (sweep.opening, sweep.wanted) = (sweep.opening + more, sweep.wanted - more);
        }
    }

    /// When the sweep wants to do something next.
    pub(super) fn sweep_due(&self) -> Option<Instant> {
        let sweep = self.sweep.as_ref()?;
        let begins = (sweep.cursor == 0 && sweep.wanted > 0 && sweep.opening == 0).then_some(sweep.due);
        sweep.due().or(begins)
    }

    /// The viewer's choice for a try.
    pub(super) fn plan(&self, round: u8) -> Strategy {
        let known = |forecast: Option<(u8, crate::Forecast)>| forecast.map(|(_, forecast)| forecast);
        let counts = |forecast| matches!(forecast, Some(crate::Forecast::Ports { .. }));
        let Some(peer) = &self.peer else { return Strategy::Timed };
        let (own, theirs) = (known(self.own_forecast), known(self.peer_forecast));
        let (here, there) = (self.is_hard(), peer.mapping.is_per_destination());
        let easy = |mapping| matches!(mapping, crate::Mapping::EndpointIndependent);
        let last = round >= self.config.limits.rounds;
        let birthday = |hard: Role, forecast: Option<crate::Forecast>| {
            // A NAT that counts gets another forecast first.
            let worth = round > 1 && (last || forecast == Some(crate::Forecast::NoRule));
            let allowed = !peer.frugal && !self.is_frugal();
            if worth && allowed { Strategy::Birthday { hard } } else { Strategy::Timed }
        };
        match (here, there) {
            (true, true) if round > 1 && counts(own) && counts(theirs) => Strategy::BothCount,
            (true, false) if easy(peer.mapping) => birthday(Role::Viewer, own),
            (false, true) if easy(self.mapping()) => birthday(Role::Host, theirs),
            _ => Strategy::Timed,
        }
    }
}
