//! What the command line says.

use std::path::PathBuf;
use std::time::Duration;

use deskwire_sim::sessions::{Meeting, nth_seed, threads};
use deskwire_sim::{Access, Line};

const HELP: &str = "\
Runs whole sessions in a simulated network: two devices, a rendezvous server, a relay.

Usage: deskwire-sim [options]

  --sessions N     sessions in all; they take turns through the pairs (490)
  --seed S         where everything random comes from (1)
  --at-most S      begin no more sessions after so many seconds
  --hashes N       print the hashes of N sessions and N scenarios, one after the other, and nothing else
  --threads N      how many run side by side; it changes nothing but the time (one for each core)
  --pair A:B       only viewers at A and hosts at B; kinds: open, cone, restricted, port, sequential, random,
                   blocked
  --loss P         all lines of devices lose so much, in percent; without this option lines follow from the seed
  --latency MS     all lines of devices have this one-way delay, in milliseconds
  --no-punch       look for no direct path: then sessions end where they should not, and this fails
  --guesses N      ports that may be guessed where one gateway gives them at random (2048)
  --cells N        N sessions for each of the 49 pairs, over lines that lose nothing: how often they end on a direct
                   path, against how often they should
  --chance         with --cells: only pairs whose ports have to be foretold or guessed
  --exact          the seed is that of one session, as a failure printed it
  --clean          lines lose nothing; their delay follows from the seed, as with --cells
  --trace          with --exact: print what happened to every packet
  --round-trips    one session on a perfect network: what it takes until the first frame

  --random N       instead of sessions: N scenarios decoded from random bytes, with all that can go wrong
  --adversary N    instead of sessions: N scenarios with somebody on a line, and nothing else that goes wrong
  --scenario HEX   one scenario: its bytes, as a failure printed them
  --fuzz-bytes F   one scenario: a file of bytes, as a fuzzer writes it
  --save DIR       with --random or --adversary: write the bytes of failures, and of one scenario of each end, here
";

pub(crate) struct Options {
    pub(crate) sessions: u64,
    pub(crate) seed: u64,
    pub(crate) threads: usize,
    pub(crate) pair: Option<(Access, Access)>,
    pub(crate) loss: Option<f64>,
    pub(crate) latency: Option<f64>,
    pub(crate) punch: bool,
    pub(crate) guesses: u32,
    pub(crate) cells: Option<u64>,
    pub(crate) chance: bool,
    pub(crate) exact: bool,
    pub(crate) clean: bool,
    pub(crate) trace: bool,
    pub(crate) round_trips: bool,
    pub(crate) at_most: Option<u64>,
    pub(crate) hashes: Option<u64>,
    pub(crate) random: Option<u64>,
    pub(crate) adversary: Option<u64>,
    pub(crate) scenario: Option<Vec<u8>>,
    pub(crate) save: Option<PathBuf>,
}

pub(crate) fn options(mut args: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options {
        sessions: 490,
        seed: 1,
        threads: threads(),
        pair: None,
        loss: None,
        latency: None,
        punch: true,
        guesses: 2_048,
        cells: None,
        chance: false,
        exact: false,
        clean: false,
        trace: false,
        round_trips: false,
        at_most: None,
        hashes: None,
        random: None,
        adversary: None,
        scenario: None,
        save: None,
    };
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--sessions" => options.sessions = number(&value()?)?,
            "--seed" => options.seed = number(&value()?)?,
            "--at-most" => options.at_most = Some(number(&value()?)?),
            "--hashes" => options.hashes = Some(number(&value()?)?),
            "--threads" => options.threads = number(&value()?)?,
            "--pair" => {
                let text = value()?;
                let (a, b) = text.split_once(':').ok_or("a pair is written A:B")?;
                options.pair = Some((a.parse()?, b.parse()?));
            }
            "--loss" => options.loss = Some(number(&value()?)?),
            "--latency" => options.latency = Some(number(&value()?)?),
            "--no-punch" => options.punch = false,
            "--guesses" => options.guesses = number(&value()?)?,
            "--cells" => options.cells = Some(number(&value()?)?),
            "--exact" => options.exact = true,
            "--chance" => options.chance = true,
            "--clean" => options.clean = true,
            "--trace" => options.trace = true,
            "--round-trips" => options.round_trips = true,
            "--random" => options.random = Some(number(&value()?)?),
            "--adversary" => options.adversary = Some(number(&value()?)?),
            "--scenario" => options.scenario = Some(from_hex(&value()?)?),
            "--fuzz-bytes" => {
                let file = value()?;
                let bytes = std::fs::read(&file).map_err(|e| format!("cannot read {file}: {e}"))?;
                options.scenario = Some(bytes);
            }
            "--save" => options.save = Some(PathBuf::from(value()?)),
            "--help" | "-h" => return Err(HELP.to_owned()),
            other => return Err(format!("what is {other}?\n\n{HELP}")),
        }
    }
    if options.exact && options.pair.is_none() {
        return Err("--exact also needs the --pair that was printed with the seed".to_owned());
    }
    Ok(options)
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("{text:?} is no number that fits here"))
}

fn from_hex(text: &str) -> Result<Vec<u8>, String> {
    let digits: Vec<u8> = text
        .chars()
        .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect::<Option<_>>()
        .ok_or_else(|| format!("{text:?} is not made of hexadecimal digits"))?;
    Ok(digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect())
}

impl Options {
    /// The `n`th session.
    pub(crate) fn meeting(&self, n: u64) -> Meeting {
        let (viewer, host) = self.pair.unwrap_or_else(|| {
            let all = Access::ALL;
            let at = |n: u64| usize::try_from(n).ok().and_then(|n| all.get(n % all.len())).copied();
            let count = all.len() as u64;
            (at(n / count).unwrap_or(Access::Open), at(n).unwrap_or(Access::Open))
        });
        let seed = if self.exact { self.seed } else { nth_seed(self.seed, n) };
        let (punch, guesses) = (self.punch, self.guesses);
        let made = if self.clean { Meeting::clean } else { Meeting::varied };
        let meeting = Meeting { punch, guesses, ..made(seed, viewer, host) };
        if self.loss.is_none() && self.latency.is_none() {
            return meeting;
        }
        let latency = self.latency.map(|ms| Duration::from_secs_f64(ms.clamp(0.0, 60_000.0) / 1_000.0));
        let plain = Line::default();
        let loss = self.loss.unwrap_or(0.0) / 100.0;
        meeting.over(Line { loss, latency: latency.unwrap_or(plain.latency), ..plain })
    }

    /// The command that runs a session again.
    pub(crate) fn replay(&self, meeting: &Meeting) -> String {
        let mut replay = meeting.replay();
        if self.clean || self.cells.is_some() {
            replay.push_str(" --clean");
        }
        for (name, value) in [("--loss", self.loss), ("--latency", self.latency)] {
            replay.extend(value.map(|value| format!(" {name} {value}")));
        }
        replay
    }
}
