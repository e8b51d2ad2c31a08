//! What bad clients cost honest ones, and the server.

mod at;
pub(crate) mod attack;
mod crowd;
mod floods;
mod honest;
mod streams;

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use self::attack::{Ground, Kind, Sources};
use self::honest::{Around, Honest, Taken};
use crate::error::Failure;
use crate::process::{Server, Usage, usage};

/// How long bad clients get to come up before it is measured what they do.
const RAMP: Duration = Duration::from_secs(3);
/// How long the server gets to be rid of them: longer than a connection may take to say what it wants.
const REST: Duration = Duration::from_secs(12);

/// What to measure.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// How many bad clients.
    pub(crate) bad: usize,
    /// What each does in a second.
    pub(crate) rate: f64,
    /// Of which kinds, one after another.
    pub(crate) kinds: Vec<Kind>,
    /// Where they are, one after another.
    pub(crate) sources: Vec<Sources>,
    /// How many honest hosts, and devices that dial them.
    pub(crate) pairs: u32,
    /// How long with bad clients; and half as long without them, before and after.
    pub(crate) time: Duration,
}

/// What one kind did.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) kind: Kind,
    pub(crate) sources: Sources,
    bad: usize,
    quiet: Taken,
    loud: Taken,
    took: Duration,
    before: Usage,
    server: Usage,
    most: Usage,
    attackers: Duration,
    done: Value,
}

/// Measures all that was asked for; tells each row as soon as it is there.
pub(crate) fn measure(program: &Path, plan: &Plan, mut tell: impl FnMut(&Row)) -> Result<Vec<Row>, Failure> {
    let files = attack::raise_files();
    let needed = plan.bad as u64 + 512;
    if files < needed {
        return Err(Failure(format!(
            "{} bad clients need {needed} open files, and this process may have {files}; raise the limit (ulimit -n), or \
             take fewer (--bad)",
            plan.bad
        )));
    }
    let server = Server::start(program, &[])?;
    let around = Around { server: server.address("rendezvous")?, key: server.key()?.0 };
    let honest = Honest::start(around, plan.pairs)?;
    let mut rows = Vec::new();
    let (mut before, _) = phase(&server, &honest, plan.time / 2)?;
    for sources in &plan.sources {
        for kind in &plan.kinds {
            let ground = Ground {
                rendezvous: around.server,
                relay: server.address("relay")?,
                rendezvous_websocket: server.address("rendezvous_websocket")?,
                relay_websocket: server.address("relay_websocket")?,
                key: around.key,
                ids: honest.ids(),
                hosts: honest.sockets(),
                sources: *sources,
                bad: plan.bad,
                rate: plan.rate,
            };
            let usage_before = server.usage()?;
            let attack = Attack::start(*kind, &ground)?;
            phase(&server, &honest, RAMP)?;
            let (cpu, begun) = ((server.usage()?, attack.cpu()?), Instant::now());
            let (loud, most) = phase(&server, &honest, plan.time)?;
            let (now, took) = ((server.usage()?, attack.cpu()?), begun.elapsed());
            let done = attack.end()?;
            phase(&server, &honest, REST)?;
            let (after, _) = phase(&server, &honest, plan.time / 2)?;
            let mut quiet = before;
            quiet.add(&after);
            before = after;
            let row = Row {
                kind: *kind,
                sources: *sources,
                bad: plan.bad,
                quiet,
                loud,
                took,
                before: usage_before,
                server: Usage { cpu: now.0.cpu.saturating_sub(cpu.0.cpu), ..now.0 },
                most,
                attackers: now.1.saturating_sub(cpu.1),
                done,
            };
            tell(&row);
            rows.push(row);
        }
    }
    Ok(rows)
}

/// Lets the honest go on for a while; what they got done, and the most that the server held meanwhile.
fn phase(server: &Server, honest: &Honest, time: Duration) -> Result<(Taken, Usage), Failure> {
    honest.take();
    let end = Instant::now() + time;
    let mut most = Usage::default();
    while Instant::now() < end {
        std::thread::sleep(Duration::from_millis(250).min(time));
        let usage = server.usage()?;
        (most.resident, most.files) = (most.resident.max(usage.resident), most.files.max(usage.files));
    }
    Ok((honest.take(), most))
}

/// The bad clients' process.
struct Attack {
    process: Child,
}

impl Attack {
    fn start(kind: Kind, ground: &Ground) -> Result<Self, Failure> {
        let this = std::env::current_exe().map_err(Failure::system("looking for this program"))?;
        let mut process = Command::new(this)
            .args(["attack", &kind.name()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(Failure::system("starting the bad clients"))?;
        if let Some(input) = &mut process.stdin {
            writeln!(input, "{}", ground.to_json()).map_err(Failure::system("telling the bad clients"))?;
        }
        Ok(Self { process })
    }

    fn cpu(&self) -> Result<Duration, Failure> {
        Ok(usage(self.process.id())?.cpu)
    }

    /// Ends them; what they say they did.
    fn end(mut self) -> Result<Value, Failure> {
        drop(self.process.stdin.take());
        let mut line = String::new();
        if let Some(output) = self.process.stdout.take() {
            BufReader::new(output).read_line(&mut line).map_err(Failure::system("asking the bad clients"))?;
        }
        self.process.wait().map_err(Failure::system("waiting for the bad clients"))?;
        serde_json::from_str(&line).map_err(|_| Failure("the bad clients failed; they said why above".into()))
    }
}

impl Drop for Attack {
    fn drop(&mut self) {
        // They may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Row {
    /// The slowest hundredth, against the same without bad clients.
    fn ratio(&self) -> f64 {
        self.loud.quantile(0.99).as_secs_f64() / self.quiet.quantile(0.99).as_secs_f64().max(1e-9)
    }

    fn cores(&self, used: Duration) -> f64 {
        used.as_secs_f64() / self.took.as_secs_f64().max(1e-9)
    }

    /// The columns' names.
    pub(crate) fn head() -> String {
        format!(
            "{:<14} {:<6} {:>6} {:>7}   {:>5} {:>4} {:>7} {:>7}   {:>5} {:>4} {:>7} {:>7} {:>6}   {:>7} {:>7} {:>6} {:>5} {:>5}",
            "kind",
            "from",
            "bad",
            "acts/s",
            "quiet",
            "bad",
            "p50 ms",
            "p99 ms",
            "loud",
            "bad",
            "p50 ms",
            "p99 ms",
            "ratio",
            "MiB",
            "before",
            "files",
            "CPU",
            "CPU'"
        )
    }

    /// For a table.
    pub(crate) fn line(&self) -> String {
        let millis = |time: Duration| time.as_secs_f64() * 1e3;
        let (quiet, loud) = (&self.quiet, &self.loud);
        let from = if self.sources == Sources::Many { "many" } else { "a /24" };
        let mut line = format!(
            "{:<14} {from:<6} {:>6} {:>7.0}   {:>5} {:>4} {:>7.1} {:>7.1}   {:>5} {:>4} {:>7.1} {:>7.1} {:>6.2}   {:>7.1} {:>7.1} {:>6} {:>5.2} {:>5.2}",
            self.kind.name(),
            self.bad,
            self.done["acts"].as_f64().unwrap_or_default() / (self.took + RAMP).as_secs_f64(),
            quiet.times.len(),
            quiet.failures.len(),
            millis(quiet.quantile(0.5)),
            millis(quiet.quantile(0.99)),
            loud.times.len(),
            loud.failures.len(),
            millis(loud.quantile(0.5)),
            millis(loud.quantile(0.99)),
            self.ratio(),
            self.most.resident as f64 / f64::from(1 << 20),
            self.before.resident as f64 / f64::from(1 << 20),
            self.most.files,
            self.cores(self.server.cpu),
            self.cores(self.attackers),
        );
        if let Some(why) = loud.failures.first() {
            line.push_str("   e.g. ");
            line.push_str(why);
        }
        line
    }

    /// For programs.
    pub(crate) fn value(&self) -> Value {
        let taken = |taken: &Taken| {
            json!({
                "connects": taken.times.len(),
                "failures": taken.failures,
                "p50_ms": taken.quantile(0.5).as_secs_f64() * 1e3,
                "p99_ms": taken.quantile(0.99).as_secs_f64() * 1e3,
            })
        };
        json!({
            "kind": self.kind.name(),
            "sources": if self.sources == Sources::Many { "many" } else { "one24" },
            "bad": self.bad,
            "done": self.done,
            "seconds": self.took.as_secs_f64(),
            "quiet": taken(&self.quiet),
            "loud": taken(&self.loud),
            "p99_ratio": self.ratio(),
            "server_resident_bytes": self.most.resident,
            "server_resident_bytes_before": self.before.resident,
            "server_files": self.most.files,
            "server_cores": self.cores(self.server.cpu),
            "bad_clients_cores": self.cores(self.attackers),
        })
    }
}
