//! Finds a direct path.

mod exchange;
mod extras;
mod measure;
mod probing;
mod reporting;
mod streams;
mod sweep;
mod target;
mod tcp;

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::net::{IpAddr, SocketAddr};
use core::time::Duration;

use deskwire_machine::{
    BoundedQueue, Clock, Deadline, IfAddr, Input, Instant, LinkId, Machine, Outbox, Output, Rng, State as _,
    StateTable, change, earliest,
};
use deskwire_wire::ids::Role;
use deskwire_wire::punch::{CandidateKind, Candidates, Filtering, Forecast, Strategy};

use self::extras::{Extra, Purpose};
use self::measure::Measure;
use self::sweep::Sweep;
use self::target::{Ledger, Target};
use self::tcp::Tcp;
use crate::candidate::gather;
use crate::config::{PunchConfig, PunchEvent, PunchStats};
use crate::filter::{Forbidden, Situation, is_same_public};
use crate::nat::classify;
use crate::pace::Pace;
use crate::probe::Keys;
use crate::report::TcpReport;
use crate::{Candidate, Observation, Reflexive, Verdict};

/// Most forbidden addresses named in a report.
const REFUSED: usize = 16;

/// From one search to the next while nothing changed on this device, because this side looks different from outside or
/// because of bad luck: the many ports that a search uses may themselves make a small gateway forget others. Doubles up
/// to the last.
const LOOK_AGAIN: Duration = Duration::from_secs(60);
const LOOK_AGAIN_MOST: Duration = Duration::from_secs(3_600);

/// Bytes of probes on their way out: a blocked socket gets no more.
const OUTBOX: usize = 16 << 10;

/// One side's search for a direct path to its peer, for one session.
///
/// Its owner opens the UDP sockets and tells it of each with [`Input::Opened`], of interfaces with
/// [`Input::NetworkChanged`], and gives it the datagrams that [`Puncher::owns`]. It opens more of them itself when a NAT
/// has to be outwitted; what concerns [those](Puncher::owns_link) goes to it, too.
#[derive(Debug)]
pub struct Puncher {
    config: PunchConfig,
    clock: Clock,
    state: PunchState,
    keys: Keys,
    rng: Rng,
    outbox: Outbox,
    events: BoundedQueue<PunchEvent>,
    sockets: Vec<(LinkId, SocketAddr)>,
    interfaces: Vec<IfAddr>,
    seen: Reflexive,
    mapped: Option<SocketAddr>,
    look: Look,
    own: Vec<Candidate>,
    generation: u32,
    /// The viewer's measure of the path in use.
    rtt: Duration,
    peer: Option<Candidates>,
    /// Viewer: the host has this generation of ours.
    ready: Option<u32>,
    targets: Vec<Target>,
    refused: Vec<(SocketAddr, Forbidden)>,
    ledger: Ledger,
    pace: Pace,
    probes_left: u32,
    rounds: u8,
    /// When the state ends by itself.
    deadline: Option<Instant>,
    /// Viewer: when the best answer so far is taken.
    nominate_at: Option<Instant>,
    /// The path that the viewer chose: where it is, and when (viewer) the request that says so goes again.
    nominated: Option<Nominated>,
    stats: PunchStats,
    /// Whom this side's NAT lets in, as far as seen, and as the server found out.
    filtering: Filtering,
    told_filtering: Filtering,
    strategy: Strategy,
    strategies: Vec<Strategy>,
    /// Sockets of its own, and the one among them that the path uses.
    extras: Vec<Extra>,
    kept: Option<LinkId>,
    measure: Option<Measure>,
    /// The ports that the NATs give next, and in which try that was found out.
    own_forecast: Option<(u8, Forecast)>,
    peer_forecast: Option<(u8, Forecast)>,
    sweep: Option<Sweep>,
    sockets_opened: u32,
    guesses: u32,
    verdict: Verdict,
    /// The search over TCP, what was tried in it, and the stream that it found.
    tcp: Option<Tcp>,
    tcp_report: Option<TcpReport>,
    kept_stream: Option<LinkId>,
}

/// New searches while nothing changed on this device.
#[derive(Clone, Copy, Debug, Default)]
struct Look {
    /// The next may not begin earlier, and the pause after it is so long.
    pause: Option<(Instant, Duration)>,
    /// One waits for that, because of the look.
    due: bool,
    /// One waits for that, because the last was unlucky.
    failed: bool,
}

#[derive(Clone, Copy, Debug)]
struct Nominated {
    link: LinkId,
    addr: SocketAddr,
    again: Option<Instant>,
    attempts: u8,
}

/// For [`crate::STATES`].
pub(crate) const STATES: [StateTable; 3] = [PunchState::TABLE, measure::Stage::TABLE, tcp::Stage::TABLE];

deskwire_machine::states! {
    "punching";
    /// How far a [`Puncher`] is.
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    pub enum PunchState {
        /// It was not started, or it is over with the session.
        Idle => [Exchanging],
        /// It waits for the peer's addresses, or for its word to begin.
        Exchanging => [Probing, Found, Failed, Idle],
        /// It probes.
        Probing {
            /// Which try.
            round: u8,
        } => [Exchanging, Probing, Found, Failed, Idle],
        /// It found a path. It answers the peer's probes still.
        Found => [Exchanging, Idle],
        /// It found none.
        Failed => [Exchanging, Idle],
    }
}

impl Puncher {
    /// A puncher that waits for [`Puncher::start`].
    pub fn new(now: Instant, config: PunchConfig) -> Self {
        let limits = config.limits;
        Self {
            clock: Clock::new(now),
            state: PunchState::Idle,
            keys: Keys::new(config.role, &config.exporter),
            rng: config.seed.public(),
            outbox: Outbox::new(OUTBOX),
            events: BoundedQueue::new(limits.events),
            sockets: Vec::new(),
            interfaces: Vec::new(),
            seen: Reflexive::default(),
            mapped: None,
            look: Look::default(),
            own: Vec::new(),
            generation: 0,
            rtt: Duration::ZERO,
            peer: None,
            ready: None,
            targets: Vec::new(),
            refused: Vec::new(),
            ledger: Ledger::default(),
            pace: Pace::new(limits.probes_per_s, now),
            probes_left: limits.probes,
            rounds: 0,
            deadline: None,
            nominate_at: None,
            nominated: None,
            stats: PunchStats::default(),
            filtering: Filtering::Unknown,
            told_filtering: Filtering::Unknown,
            strategy: Strategy::Timed,
            strategies: Vec::new(),
            extras: Vec::new(),
            kept: None,
            measure: None,
            own_forecast: None,
            peer_forecast: None,
            sweep: None,
            sockets_opened: 0,
            guesses: 0,
            verdict: Verdict::Idle,
            tcp: None,
            tcp_report: None,
            kept_stream: None,
            config,
        }
    }

    /// What the rendezvous server's ports and its other address saw of the shared socket. Told before [`Puncher::start`]; a later change
    /// begins a new generation, the first at once and others after growing pauses.
    pub fn set_reflexive(&mut self, now: Instant, seen: Reflexive) {
        let before = core::mem::replace(&mut self.seen, seen);
        // A NAT that maps per destination may show the second port another port each time it is asked.
        let kind = |seen| core::mem::discriminant(&classify(seen));
        if before.main != seen.main || kind(before) != kind(seen) {
            self.look.due = self.state != PunchState::Idle;
            self.look_again(now);
        }
    }

    /// Whom this side's NAT lets in, as found out with the rendezvous server's other address; not known without one. It
    /// is told to the peer with the next addresses, and changes nothing in how paths are looked for.
    pub const fn set_filtering(&mut self, told: Filtering) {
        self.told_filtering = told;
    }

    /// Begins anew with the new look if it is time.
    fn look_again(&mut self, now: Instant) {
        let Some((_, pause)) = self.look_at().filter(|(at, _)| *at <= now) else { return };
        self.look = Look { pause: Some((now + pause, (pause * 2).min(LOOK_AGAIN_MOST))), ..Look::default() };
        self.renew(now);
    }

    /// When that is, and the pause after it.
    fn look_at(&self) -> Option<(Instant, Duration)> {
        (self.look.due || self.look.failed).then(|| self.look.pause.unwrap_or((Instant::ZERO, LOOK_AGAIN)))
    }

    /// The port that a router mapped to the shared socket on request, if one did.
    pub fn set_mapped(&mut self, now: Instant, mapped: Option<SocketAddr>) {
        if core::mem::replace(&mut self.mapped, mapped) != mapped {
            self.renew(now);
        }
    }

    /// Begins, after login: tells the peer this side's addresses. `rtt` is the round trip of the path in use; only the
    /// viewer's counts. Also begins anew after a path was lost.
    pub fn start(&mut self, now: Instant, rtt: Duration) {
        self.rtt = rtt;
        (self.look.due, self.look.failed) = (false, false);
        self.begin_generation(now);
    }

    /// The round trip of the path in use by now. What fills the queue before a slow line delays this search, too.
    pub const fn set_rtt(&mut self, rtt: Duration) {
        self.rtt = rtt;
    }

    /// Takes a message of the peer's puncher.
    pub fn handle_message(&mut self, now: Instant, bytes: &[u8]) {
        let now = self.clock.tell(now);
        self.handle_peer_message(now, bytes);
        self.pump(now);
    }

    /// Whether a datagram on a shared socket is a probe of this session's peer, by its tag. Only [`Puncher`] itself
    /// tells a forged one.
    pub fn owns(&self, data: &[u8]) -> bool {
        self.keys.is_tagged(data)
    }

    /// How far it is.
    pub const fn state(&self) -> PunchState {
        self.state
    }

    /// This side's addresses as last told to the peer.
    pub fn candidates(&self) -> &[Candidate] {
        &self.own
    }

    /// What it counted.
    pub const fn stats(&self) -> PunchStats {
        PunchStats { events_lost: self.events.dropped(), ..self.stats }
    }

    fn emit(&mut self, event: PunchEvent) {
        // The queue counts what does not fit.
        let _ = self.events.push(event);
    }

    /// The network changed: what was found or tried is void.
    fn renew(&mut self, now: Instant) {
        if self.state != PunchState::Idle {
            self.begin_generation(now);
        }
    }

    fn situation(&self) -> Situation<'_> {
        let public = |observation| match observation {
            Observation::Seen(addr) => Some(addr.ip()),
            _ => None,
        };
        let own = public(self.seen.main);
        let theirs = self.peer.iter().flat_map(|peer| &peer.candidates);
        let mut theirs = theirs.filter(|c| c.kind == CandidateKind::ServerReflexive).map(|c| c.addr.ip());
        let same = |a: IpAddr, b: IpAddr| is_same_public(a, b);
        let same_public = own.is_some_and(|own| theirs.any(|ip| same(own, ip)));
        Situation { same_public, local: &self.interfaces, server: self.config.server }
    }

    fn gather(&mut self) {
        self.own = gather(&self.sockets, &self.interfaces, self.seen, self.mapped, self.config.server);
    }

    fn fail(&mut self, now: Instant, verdict: Verdict) {
        self.verdict = verdict;
        // The viewer begins it for both sides. What gateways rule out, and what takes many ports, is not repeated.
        if self.config.role == Role::Viewer && verdict.is_bad_luck() {
            self.look.failed = true;
            self.look.pause.get_or_insert((now + LOOK_AGAIN, LOOK_AGAIN * 2));
        }
        self.stop(PunchState::Failed);
        self.close_extras();
        let report = Box::new(self.report());
        self.emit(PunchEvent::Failed { report });
    }

    fn handle_opened(&mut self, link: LinkId, local: SocketAddr, max_datagram: usize) {
        match self.extras.iter_mut().find(|extra| extra.link == link) {
            None => self.sockets.push((link, local)),
            Some(extra) => {
                extra.opened = Some((local, max_datagram));
                match extra.purpose {
                    Purpose::Sample | Purpose::Bait => self.measure_sockets(),
                    Purpose::Sweep => self.sweep_opened(link),
                }
            }
        }
    }

    fn handle_closed(&mut self, now: Instant, link: LinkId) {
        self.tcp_closed(now, link);
        self.sockets.retain(|(other, _)| *other != link);
        self.targets.retain(|target| target.link != link);
        if self.extras.iter().any(|extra| extra.link == link) {
            self.extras.retain(|extra| extra.link != link);
            self.kept.take_if(|kept| *kept == link);
            self.measure_sockets();
            self.sweep_closed(link);
        }
    }

    /// Ends probing.
    fn stop(&mut self, state: PunchState) {
        self.look.failed &= state != PunchState::Found;
        (self.deadline, self.nominate_at) = (None, None);
        for target in &mut self.targets {
            target.due = None;
        }
        if let Some(nominated) = &mut self.nominated {
            nominated.again = None;
        }
        self.end_measure();
        self.end_sweep();
        self.end_tcp(None);
        if self.state != state {
            change(&mut self.state, state);
        }
    }
}

impl Machine for Puncher {
    type Event = PunchEvent;

    fn handle_input(&mut self, now: Instant, input: Input<'_>) {
        let now = self.clock.tell(now);
        self.outbox.note(&input);
        match input {
            Input::Opened { link, local, max_datagram } if max_datagram > 0 => {
                self.handle_opened(link, local, max_datagram);
            }
            Input::Opened { link, local, .. } => self.tcp_opened(now, link, local),
            Input::Accepted { link, remote, .. } => self.tcp_accepted(link, remote),
            Input::Stream { link, data } => self.handle_tcp_stream(now, link, data),
            Input::Closed { link, .. } => self.handle_closed(now, link),
            Input::NetworkChanged { addrs } if self.interfaces != addrs => {
                self.interfaces = addrs.to_vec();
                (self.filtering, self.told_filtering) = (Filtering::Unknown, Filtering::Unknown);
                self.look = Look::default();
                self.renew(now);
            }
            Input::Datagram { link, from, data, .. } => self.handle_datagram(now, link, from, data),
            _ => {}
        }
        self.pump(now);
    }

    fn handle_timeout(&mut self, now: Instant) {
        let now = self.clock.tell(now);
        if self.deadline.is_some_and(|at| at <= now) {
            self.deadline = None;
            self.handle_deadline(now);
        }
        self.look_again(now);
        self.drive_measure(now);
        self.pump(now);
    }

    fn poll_output(&mut self, _: Instant, buf: &mut Vec<u8>) -> Option<Output> {
        self.outbox.poll(buf)
    }

    fn poll_event(&mut self) -> Option<PunchEvent> {
        self.events.pop()
    }

    fn poll_timeout(&self) -> Option<Deadline> {
        let named = |at: Option<Instant>, reason| at.map(|at| Deadline::new(at, reason));
        earliest([
            named(self.deadline, "punch deadline"),
            named(self.look_at().map(|(at, _)| at), "punch anew"),
            named(self.nominate_at, "punch nomination"),
            named(self.next_probe(), "punch probe"),
            named(self.next_sweep(), "punch sweep"),
            named(self.measure_deadline(), "punch reflections"),
            self.tcp_deadline(),
        ])
    }
}
