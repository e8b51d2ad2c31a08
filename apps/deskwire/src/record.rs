//! `deskwire record`: a session as a video file.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use deskwire_core::wire::ids::DisplayId;
use deskwire_core::wire::session::Scope;
use deskwire_kit::config::Options;
use deskwire_kit::record::{Part, Plan, Recording};
use deskwire_kit::viewer::{Client, ViewerSound};

use crate::Outcome;
use crate::interrupt::Interrupt;
use crate::output::{Failure, Kind, Output};
use crate::session::{self, Target, check_end};
use crate::tape::own::{failure, say};

/// How often it is looked whether the user wants it to end.
const LOOK: Duration = Duration::from_millis(200);

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    target: Target,
    /// Where to record to: a WebM file that is not there yet
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// End after this time (seconds, from the first picture on); otherwise Ctrl-C ends it
    #[arg(long = "for", value_name = "S")]
    duration: Option<f64>,
    /// Pictures in a second
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=60))]
    fps: u32,
    /// Connect again if the session is lost, for 30 s
    #[arg(long)]
    reconnect: bool,
    /// Give up if there is no picture after this time (seconds)
    #[arg(long, value_name = "S", default_value_t = 30)]
    timeout: u64,
}

pub(crate) fn run(options: &Options, args: &Args, output: Output) -> Outcome {
    let interrupt = Interrupt::install()?;
    let plan = Plan { frames_per_second: args.fps, sound: false };
    // Before the host is asked for anything: a wrong name shows at once.
    let recording = Recording::begin(args.output.clone(), plan).map_err(failure)?;
    let client = match interrupt.explain(args.target.dial(options, args.reconnect, ViewerSound::default())) {
        Ok(client) => client,
        Err(why) => return Err(forget(recording, why)),
    };
    let end = Instant::now() + Duration::from_secs(args.timeout);
    let display = match wait_until_allowed(&client, args, &interrupt, end) {
        Ok(display) => display,
        Err(why) => return Err(forget(recording, why)),
    };
    client.announce_recording(true);
    output.note("Recording; the host shows that it is recorded. Ctrl-C ends it.");
    let lasts = args.duration.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let (parts, result) = go_on(recording, &client, display, &interrupt, args.fps, lasts);
    say(&parts, output);
    result
}

/// An empty recording leaves no file behind; gives the reason for it.
fn forget(recording: Recording, why: Failure) -> Failure {
    // That the empty file stays is the smaller trouble.
    let _ = recording.finish(Duration::ZERO);
    why
}

fn wait_until_allowed(
    client: &Client,
    args: &Args,
    interrupt: &Interrupt,
    end: Instant,
) -> Result<DisplayId, Failure> {
    loop {
        let view = client.wait_for(LOOK, |view| view.has_picture() || session::asks(view));
        if let Some(display) = session::picture_of(&view)? {
            args.target.check_display(&view)?;
            if !view.granted.has(Scope::Recording) {
                let why = "the host does not permit recordings: allow them there with `deskwire access`";
                return Err(Failure::new(Kind::Login, why));
            }
            return Ok(display);
        }
        interrupt.check()?;
        if Instant::now() >= end {
            return Err(session::took_too_long(&view));
        }
    }
}

/// Records until it is over; what was recorded is kept however it ends.
fn go_on(
    mut recording: Recording,
    client: &Client,
    display: DisplayId,
    interrupt: &Interrupt,
    fps: u32,
    lasts: Option<Duration>,
) -> (Vec<Part>, Outcome) {
    let step = Duration::from_secs(1) / fps;
    let start = Instant::now();
    let mut count = 0_u32;
    let result = loop {
        let at = start.elapsed();
        if interrupt.check().is_err() || lasts.is_some_and(|lasts| at >= lasts) {
            break Ok(());
        }
        let view = client.view();
        if let Err(why) = check_end(&view) {
            break Err(why);
        }
        if !view.granted.has(Scope::Recording) {
            break Err(Failure::new(
                Kind::Login,
                "the host permits recordings no more; what was recorded is kept",
            ));
        }
        if let Some(picture) = client.picture_with_cursor(display)
            && let Err(why) = recording.picture(&picture, at)
        {
            break Err(failure(why));
        }
        // A slow computer leaves pictures out rather than fall behind.
        let passed = start.elapsed();
        count = u32::try_from(passed.as_nanos() / step.as_nanos().max(1)).unwrap_or(count) + 1;
        client.wait_for((step * count).saturating_sub(passed), |_| false);
    };
    match recording.finish(start.elapsed()) {
        Ok(parts) => (parts, result),
        Err(why) => (Vec::new(), result.and_then(|()| Err(failure(why)))),
    }
}
