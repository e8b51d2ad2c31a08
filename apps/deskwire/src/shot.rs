//! `deskwire shot`: one picture of another desktop as a PNG file.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use deskwire_core::wire::ids::DisplayId;
use deskwire_kit::config::Options;
use deskwire_kit::picture;
use deskwire_kit::viewer::{Client, View, ViewerSound};
use serde_json::{Value, json};

use crate::Outcome;
use crate::interrupt::Interrupt;
use crate::output::{Failure, Kind, Output};
use crate::session::{self, Target, check_end};

/// How often it is looked whether the user wants it to end.
const LOOK: Duration = Duration::from_millis(200);

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    target: Target,
    /// Where to save the picture
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Wait until the picture has been still for so long (milliseconds), at most until the time is up
    #[arg(long, value_name = "MS", default_value_t = 0)]
    settle: u64,
    /// Give up after this time (seconds)
    #[arg(long, value_name = "S", default_value_t = 30)]
    timeout: u64,
}

pub(crate) fn run(options: &Options, args: &Args, output: Output) -> Outcome {
    let interrupt = Interrupt::install()?;
    // Ctrl-C at the question for the code is no refused login.
    let client = interrupt.explain(args.target.dial(options, false, ViewerSound::default()))?;
    let end = Instant::now() + Duration::from_secs(args.timeout);
    let display = wait_for_picture(&client, &interrupt, end)?;
    let mut still = true;
    if args.settle > 0 {
        let left = end.saturating_duration_since(Instant::now());
        still = client.wait_still(Duration::from_millis(args.settle), left);
    }
    let view = client.view();
    check_end(&view)?;
    args.target.check_display(&view)?;
    let picture = client.picture(display).ok_or_else(|| Failure::new(Kind::Lost, "the picture is gone"))?;
    picture::save(&args.output, &picture)
        .map_err(|e| Failure::other(format!("cannot save {}: {e}", args.output.display())))?;
    if !still {
        output.note("The picture never came to rest; it was saved as it was when the time was up.");
    }
    let size = picture.size();
    let first_frame = view.timeline.first_frame.unwrap_or_default();
    let text = format!(
        "Saved {} ({}x{}); the first picture took {:.0} ms over {}.",
        args.output.display(),
        size.width,
        size.height,
        first_frame.as_secs_f64() * 1e3,
        if view.stats.path.is_empty() { "the relay" } else { &view.stats.path },
    );
    output.say(&text, &report(args, &view, (size.width, size.height), still));
    Ok(())
}

/// Waits until there is a whole picture; gives the display it is of.
fn wait_for_picture(client: &Client, interrupt: &Interrupt, end: Instant) -> Result<DisplayId, Failure> {
    loop {
        let view = client.wait_for(LOOK, |view| view.has_picture() || session::asks(view));
        if let Some(display) = session::picture_of(&view)? {
            return Ok(display);
        }
        interrupt.check()?;
        if Instant::now() >= end {
            return Err(session::took_too_long(&view));
        }
    }
}

fn report(args: &Args, view: &View, (width, height): (u32, u32), still: bool) -> Value {
    let ms = |at: Option<Duration>| at.map(|at| at.as_secs_f64() * 1e3);
    json!({
        "file": args.output,
        "width": width,
        "height": height,
        "still": still,
        "path": view.stats.path,
        "direct": view.stats.route.is_some_and(deskwire_core::Path::is_direct),
        "rtt_ms": view.stats.rtt.as_secs_f64() * 1e3,
        "frames": view.stats.frames,
        "video_bytes": view.stats.video_bytes,
        "safety_number": view.safety_number.as_ref().map(|number| number.digits()),
        "first_frame_ms": ms(view.timeline.first_frame),
        "timeline_ms": session::timeline(view),
    })
}
