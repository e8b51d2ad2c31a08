//! The bad clients: a process of their own, so that its CPU time can be told from the server's and the honest devices',
//! and so that it can have a core of its own.

use std::io::{BufRead as _, Read as _};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use clap::ValueEnum;
use rustix::process::{Resource, getrlimit, setpriority_process, setrlimit};
use rustix::thread::{CpuSet, sched_setaffinity};
use serde_json::{Value, json};

use super::{crowd, floods, streams};
use crate::error::Failure;

/// How bad clients are bad.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Kind {
    /// TCP connections on which a byte a second comes
    SlowTcp,
    /// The same on the WebSocket ports: half an upgrade, half a TLS hello
    SlowWebsocket,
    /// TCP connections that are reset as soon as they stand
    Resets,
    /// TCP connections that ask and never read the answers
    NeverRead,
    /// Datagrams of noise to all UDP ports, the honest hosts' too
    Garbage,
    /// Hellos, and QUIC first packets to the honest hosts, each from a fresh port
    FirstPackets,
    /// Openings with a genuine cookie that do not open: each costs a key agreement
    Openings,
    /// Requests for relay places with tokens that nobody made: each costs a signature check
    ForgedTokens,
    /// New devices, one after another
    Registrations,
    /// Dials of ids that do not exist
    Lookups,
    /// Relay places to which the other side never comes
    LonelyPlaces,
    /// Relay tokens shown again and again
    Replays,
    /// Dials of the honest hosts that go no further than the introduction
    DialsOfHosts,
    /// All of the above at once
    Mixed,
}

impl Kind {
    /// What is a kind of its own.
    pub(crate) fn single() -> impl Iterator<Item = Self> {
        Self::value_variants().iter().copied().filter(|kind| *kind != Self::Mixed)
    }

    /// As it is written on the command line.
    pub(crate) fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

/// Where bad clients are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Sources {
    /// Each at an address of its own
    Many,
    /// All in one network of 250 addresses
    One24,
}

impl Sources {
    /// The address of a bad client.
    pub(crate) fn of(self, number: usize) -> Ipv4Addr {
        let number = u32::try_from(number).unwrap_or(0);
        match self {
            // Each in a /24 of its own, from 127.64.0.1 on; 16,000 of them.
            Self::Many => {
                Ipv4Addr::from_bits(Ipv4Addr::new(127, 64, 0, 1).to_bits() + ((number % 16_000) << 8))
            }
            Self::One24 => Ipv4Addr::from_bits(Ipv4Addr::new(127, 32, 0, 1).to_bits() + number % 250),
        }
    }
}

/// Whom the bad clients meet.
#[derive(Clone, Debug)]
pub(crate) struct Ground {
    pub(crate) rendezvous: SocketAddr,
    pub(crate) relay: SocketAddr,
    pub(crate) rendezvous_websocket: SocketAddr,
    pub(crate) relay_websocket: SocketAddr,
    pub(crate) key: deskwire_identity::PublicKey,
    /// The honest hosts' ids.
    pub(crate) ids: Vec<deskwire_wire::ids::DeviceId>,
    /// The honest hosts' sockets.
    pub(crate) hosts: Vec<SocketAddr>,
    pub(crate) sources: Sources,
    /// How many bad clients.
    pub(crate) bad: usize,
    /// What each does in a second.
    pub(crate) rate: f64,
}

impl Ground {
    /// For the bad clients' process.
    pub(crate) fn to_json(&self) -> Value {
        let texts = |addresses: &[SocketAddr]| addresses.iter().map(ToString::to_string).collect::<Vec<_>>();
        json!({
            "rendezvous": self.rendezvous.to_string(),
            "relay": self.relay.to_string(),
            "rendezvous_websocket": self.rendezvous_websocket.to_string(),
            "relay_websocket": self.relay_websocket.to_string(),
            "key": deskwire_identity::ServerKey(self.key).to_string(),
            "ids": self.ids.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "hosts": texts(&self.hosts),
            "one24": self.sources == Sources::One24,
            "bad": self.bad,
            "rate": self.rate,
        })
    }

    fn from_json(value: &Value) -> Option<Self> {
        let address = |name: &str| value[name].as_str()?.parse().ok();
        let list = |name: &str| value[name].as_array().map(|all| all.iter().filter_map(Value::as_str));
        Some(Self {
            rendezvous: address("rendezvous")?,
            relay: address("relay")?,
            rendezvous_websocket: address("rendezvous_websocket")?,
            relay_websocket: address("relay_websocket")?,
            key: value["key"].as_str()?.parse::<deskwire_identity::ServerKey>().ok()?.0,
            ids: list("ids")?.filter_map(|id| id.parse().ok()).collect(),
            hosts: list("hosts")?.filter_map(|address| address.parse().ok()).collect(),
            sources: if value["one24"].as_bool()? { Sources::One24 } else { Sources::Many },
            bad: usize::try_from(value["bad"].as_u64()?).ok()?,
            rate: value["rate"].as_f64()?,
        })
    }
}

/// What bad clients have done.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Done {
    /// Acts: datagrams, bytes on slow connections, connections.
    pub(crate) acts: u64,
    /// Answers, where they are looked at; connections that the server closed.
    pub(crate) answers: u64,
}

/// Spreads acts of many over time: `step` is called so often a second, with the numbers of the bad clients in turn.
/// Whoever is late makes up for it, up to a second.
pub(crate) struct Pace {
    per_s: f64,
    begun: Instant,
    done: f64,
    next: usize,
    of: usize,
}

impl Pace {
    pub(crate) fn new(of: usize, each_per_s: f64) -> Self {
        Self { per_s: of as f64 * each_per_s, begun: Instant::now(), done: 0.0, next: 0, of }
    }

    /// Does what is due.
    pub(crate) fn due(&mut self, mut step: impl FnMut(usize)) {
        let due = self.begun.elapsed().as_secs_f64() * self.per_s;
        self.done = self.done.max(due - self.per_s);
        while self.done < due {
            self.done += 1.0;
            let number = self.next;
            self.next = (self.next + 1) % self.of.max(1);
            step(number);
        }
    }
}

/// A rest between steps: acts come in small bunches, as they do from a network.
pub(crate) const REST: Duration = Duration::from_millis(2);

/// Runs bad clients as the parent process says on standard input, until that is closed.
pub(crate) fn run(kind: Kind) -> Result<(), Failure> {
    let mut line = String::new();
    let stdin = std::io::stdin();
    stdin.lock().read_line(&mut line).map_err(Failure::system("reading what to attack"))?;
    let told: Value = serde_json::from_str(&line).unwrap_or_default();
    let ground = Ground::from_json(&told).ok_or_else(|| Failure("this part is started by `abuse`".into()))?;
    raise_files();
    step_aside();
    let over = Arc::new(AtomicBool::new(false));
    let told_over = Arc::clone(&over);
    let watch = std::thread::Builder::new().spawn(move || {
        // The parent says nothing more: this ends when it closes the pipe, or dies.
        let _ = std::io::stdin().read(&mut [0]);
        told_over.store(true, Ordering::Relaxed);
    });
    watch.map_err(Failure::system("starting a thread"))?;
    let done = if kind == Kind::Mixed { mixed(&ground, &over)? } else { single(kind, &ground, &over)? };
    #[expect(clippy::print_stdout, reason = "what the parent process waits for")]
    {
        println!("{}", json!({ "acts": done.acts, "answers": done.answers }));
    }
    Ok(())
}

fn single(kind: Kind, ground: &Ground, over: &AtomicBool) -> Result<Done, Failure> {
    match kind {
        Kind::SlowTcp | Kind::SlowWebsocket | Kind::Resets | Kind::NeverRead => {
            streams::run(kind, ground, over)
        }
        Kind::Garbage | Kind::FirstPackets | Kind::Openings | Kind::ForgedTokens => {
            floods::run(kind, ground, over)
        }
        _ => crowd::run(kind, ground, over),
    }
}

/// All kinds, each with its share of the bad clients.
fn mixed(ground: &Ground, over: &AtomicBool) -> Result<Done, Failure> {
    let share = Ground { bad: (ground.bad / Kind::single().count()).max(1), ..ground.clone() };
    std::thread::scope(|scope| {
        let run = |kind| {
            let share = &share;
            scope.spawn(move || single(kind, share, over))
        };
        let running: Vec<_> = Kind::single().map(run).collect();
        running.into_iter().try_fold(Done::default(), |sum, thread| {
            let done = thread.join().unwrap_or_else(|_| Err(Failure("a thread panicked".into())))?;
            Ok(Done { acts: sum.acts + done.acts, answers: sum.answers + done.answers })
        })
    })
}

/// As many sockets as the system allows.
pub(crate) fn raise_files() -> u64 {
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    // What is missing then is told by who needs it.
    let _ = setrlimit(Resource::Nofile, limit);
    getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX)
}

/// Keeps to the last core, and lets everybody else have it first: what slows the honest is to be the server's work, not
/// this process's.
fn step_aside() {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    let mut set = CpuSet::new();
    set.set(cores - 1);
    // Where it is not allowed, it runs where it may.
    let _ = sched_setaffinity(None, &set);
    let _ = setpriority_process(None, 15);
}
