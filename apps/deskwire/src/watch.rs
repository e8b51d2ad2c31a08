//! `deskwire watch`: looks at a host without a window and prints how well that goes.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use deskwire_core::Path;
use deskwire_kit::config::Options;
use deskwire_kit::sound;
use deskwire_kit::viewer::{Client, View, ViewerSound};
use deskwire_kit::why;
use serde_json::{Value, json};

use crate::Outcome;
use crate::interrupt::Interrupt;
use crate::output::{Failure, Kind, Output};
use crate::session::{self, Target, check_end};

/// How often it is looked whether the user wants it to end.
const LOOK: Duration = Duration::from_millis(200);

/// The shortest and the longest time between two lines of figures, in seconds.
const EVERY: (f64, f64) = (0.05, 86_400.0);

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    target: Target,
    /// Print figures so often (seconds)
    #[arg(long, value_name = "S", default_value_t = 1.0)]
    every: f64,
    /// End after this time (seconds, from the first picture on); otherwise Ctrl-C ends it
    #[arg(long = "for", value_name = "S")]
    duration: Option<f64>,
    /// Connect again if the session is lost, for 30 s
    #[arg(long)]
    reconnect: bool,
    /// Write what the host plays to this WAV file, as it is heard
    #[arg(long, value_name = "FILE")]
    sound: Option<PathBuf>,
    /// Give up if there is no picture after this time (seconds)
    #[arg(long, value_name = "S", default_value_t = 30)]
    timeout: u64,
}

pub(crate) fn run(options: &Options, args: &Args, output: Output) -> Outcome {
    let interrupt = Interrupt::install()?;
    let start = Instant::now();
    // Ctrl-C at the question for the code is no refused login.
    let speaker = args.sound.as_deref().map(sound::file).transpose();
    let speaker = speaker.map_err(|error| Failure::new(Kind::Settings, error))?;
    let sound = ViewerSound { speaker, microphone: None };
    let client = interrupt.explain(args.target.dial(options, args.reconnect, sound))?;
    let gaps = Gaps::of(&client);
    let mut watch = Watch { start, output, gaps, every: every(args.every), said: Said::default() };
    let first = watch.wait_for_picture(&client, &interrupt, start + Duration::from_secs(args.timeout))?;
    args.target.check_display(&first)?;
    let lasts = args.duration.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let end = lasts.and_then(|lasts| Instant::now().checked_add(lasts));
    let result = watch.go_on(&client, &interrupt, end);
    // What came since the last line is not lost, however it ended.
    watch.say_figures(&client.view());
    result
}

fn every(seconds: f64) -> Duration {
    // In this order nonsense becomes the shortest.
    Duration::from_secs_f64(seconds.max(EVERY.0).min(EVERY.1))
}

/// A session that is looked at.
struct Watch {
    start: Instant,
    output: Output,
    gaps: Arc<Gaps>,
    every: Duration,
    said: Said,
}

/// What was said already.
#[derive(Default)]
struct Said {
    route: Option<Path>,
    no_direct_path: bool,
}

impl Said {
    /// Whether a view has more to tell.
    fn is_behind(&self, view: &View) -> bool {
        self.route != view.stats.route || (view.no_direct_path.is_some() && !self.no_direct_path)
    }
}

impl Watch {
    fn wait_for_picture(
        &mut self,
        client: &Client,
        interrupt: &Interrupt,
        end: Instant,
    ) -> Result<View, Failure> {
        loop {
            let view = client.wait_for(LOOK, |view| {
                view.has_picture() || session::asks(view) || self.said.is_behind(view)
            });
            self.say_news(&view);
            if session::picture_of(&view)?.is_some() {
                self.say_picture(&view);
                return Ok(view);
            }
            interrupt.check()?;
            if Instant::now() >= end {
                return Err(session::took_too_long(&view));
            }
        }
    }

    /// Says what happens until it ends, which is good when the time is up or the user wants it.
    fn go_on(&mut self, client: &Client, interrupt: &Interrupt, end: Option<Instant>) -> Outcome {
        let mut next = Instant::now() + self.every;
        loop {
            let until = end.map_or(next, |end| end.min(next));
            let longest = until.saturating_duration_since(Instant::now()).min(LOOK);
            let view = client.wait_for(longest, |view| self.said.is_behind(view));
            self.say_news(&view);
            check_end(&view)?;
            let now = Instant::now();
            if interrupt.check().is_err() || end.is_some_and(|end| now >= end) {
                return Ok(());
            }
            if now >= next {
                self.say_figures(&view);
                next = now + self.every;
            }
        }
    }

    fn say_news(&mut self, view: &View) {
        if let Some(route) = view.stats.route.filter(|route| self.said.route != Some(*route)) {
            self.said.route = Some(route);
            let rtt_ms = view.stats.rtt.as_secs_f64() * 1e3;
            self.say(
                &format!("Data goes over: {route}, {rtt_ms:.1} ms there and back."),
                json!({ "event": "path", "path": route.to_string(), "direct": route.is_direct(), "rtt_ms": rtt_ms }),
            );
        }
        if let Some(report) = view.no_direct_path.as_ref().filter(|_| !self.said.no_direct_path) {
            self.said.no_direct_path = true;
            self.say(
                &format!("No direct path was found, so data goes through the relay ({report})."),
                json!({ "event": "no-direct-path", "report": why::to_json(report) }),
            );
        }
    }

    fn say_picture(&self, view: &View) {
        let first_frame = view.timeline.first_frame.unwrap_or_default();
        self.say(
            &format!("The first picture took {:.0} ms.", first_frame.as_secs_f64() * 1e3),
            json!({
                "event": "picture",
                "safety_number": view.safety_number.as_ref().map(|number| number.digits()),
                "timeline_ms": session::timeline(view),
            }),
        );
    }

    fn say_figures(&self, view: &View) {
        let stats = &view.stats;
        let pause = self.gaps.take_longest();
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        let text = format!(
            "{:>7.1} s  {}  {:.1} ms  {:.0} frames/s  {:.2} Mbit/s  longest pause {:.0} ms",
            self.start.elapsed().as_secs_f64(),
            stats.path,
            ms(stats.rtt),
            stats.frames_per_second,
            stats.bits_per_second / 1e6,
            ms(pause),
        );
        self.say(
            &text,
            json!({
                "event": "figures",
                "path": stats.path,
                "direct": stats.route.is_some_and(Path::is_direct),
                "rtt_ms": ms(stats.rtt),
                "latency_ms": ms(stats.latency),
                "frames": stats.frames,
                "frames_per_second": stats.frames_per_second,
                "bits_per_second": stats.bits_per_second,
                "moving_frames": stats.moving_frames,
                "broken_frames": stats.broken_frames,
                "video_bytes": stats.video_bytes,
                "wire_bytes": stats.wire_bytes,
                "pause_ms": ms(pause),
                "sound_packets": view.sound.figures.stats.datagrams,
                "sound_latency_ms": f64::from(view.sound.figures.stats.latency_us) / 1e3,
                "sound_made_up": view.sound.figures.stats.concealed,
                "direct_after_ms": view.timeline.direct.map(ms),
            }),
        );
    }

    /// One line, with the time since the dial.
    fn say(&self, text: &str, mut value: Value) {
        value["at_ms"] = json!(self.start.elapsed().as_secs_f64() * 1e3);
        self.output.say(text, &value);
    }
}

/// Times without a new frame.
#[derive(Debug)]
struct Gaps(Mutex<GapsInner>);

#[derive(Debug, Default)]
struct GapsInner {
    /// When the last frame came.
    last: Option<Instant>,
    longest: Duration,
}

impl Gaps {
    /// Follows the frames of a client.
    fn of(client: &Client) -> Arc<Self> {
        let gaps = Arc::new(Self(Mutex::default()));
        let noted = Arc::clone(&gaps);
        client.on_frame(move |_| noted.note(Instant::now()));
        gaps
    }

    fn note(&self, now: Instant) {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = inner.last.replace(now) {
            inner.longest = inner.longest.max(now.saturating_duration_since(last));
        }
    }

    /// The longest since this was last asked. A pause that goes on counts as long as it is by now, and again when it
    /// is over.
    fn take_longest(&self) -> Duration {
        self.take_longest_at(Instant::now())
    }

    fn take_longest_at(&self, now: Instant) -> Duration {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let open = inner.last.map_or(Duration::ZERO, |last| now.saturating_duration_since(last));
        std::mem::take(&mut inner.longest).max(open)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_gap_is_told_once_and_an_open_one_again() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let gaps = Gaps(Mutex::default());
        assert_eq!(gaps.take_longest_at(at(500)), Duration::ZERO, "nothing has begun");
        [0, 30, 90, 100].into_iter().for_each(|ms| gaps.note(at(ms)));
        assert_eq!(gaps.take_longest_at(at(110)), Duration::from_millis(60));
        assert_eq!(gaps.take_longest_at(at(1_100)), Duration::from_secs(1), "it goes on");
        gaps.note(at(2_100));
        assert_eq!(gaps.take_longest_at(at(2_110)), Duration::from_secs(2), "it is over");
        assert_eq!(gaps.take_longest_at(at(2_110)), Duration::from_millis(10));
    }

    #[test]
    fn intervals_cannot_be_nonsense() {
        assert_eq!(every(0.0), Duration::from_millis(50));
        assert_eq!(every(f64::NAN), Duration::from_millis(50));
        assert_eq!(every(f64::INFINITY), Duration::from_secs(86_400));
    }
}
