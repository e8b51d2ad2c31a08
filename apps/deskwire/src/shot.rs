//! `deskwire shot`: one picture of another desktop as a PNG file.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use deskwire_core::wire::ids::{DeviceId, DisplayId};
use deskwire_kit::code::CodeOptions;
use deskwire_kit::config::Options;
use deskwire_kit::net::NetError;
use deskwire_kit::picture;
use deskwire_kit::viewer::{Client, EndKind, Plan, Stage, View};
use serde_json::{Value, json};

use crate::Outcome;
use crate::interrupt::Interrupt;
use crate::output::{Failure, Kind, Output};

/// How often it is looked whether the user wants it to end.
const LOOK: Duration = Duration::from_millis(200);

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The host's id: twelve digits, dashes and spaces do not count
    id: DeviceId,
    /// Where to save the picture
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    code: CodeOptions,
    /// Which display, counted from 0; the primary one by default
    #[arg(long, value_name = "N")]
    display: Option<usize>,
    /// Wait until the picture has been still for so long (milliseconds), at most until the time is up
    #[arg(long, value_name = "MS", default_value_t = 0)]
    settle: u64,
    /// Give up after this time (seconds)
    #[arg(long, value_name = "S", default_value_t = 30)]
    timeout: u64,
    /// Accept that the host has a new key, if it knows the code
    #[arg(long)]
    accept_new_key: bool,
    /// Do not look for direct paths: all data goes through the relay
    #[arg(long)]
    relay_only: bool,
}

pub(crate) fn run(options: &Options, args: &Args, output: Output) -> Outcome {
    let interrupt = Interrupt::install()?;
    let settings = options.settings().map_err(|e| Failure::new(Kind::Settings, e))?;
    let code = args.code.read().map_err(|e| Failure::new(Kind::Login, e))?;
    let mut plan = Plan::new(settings, args.id);
    plan.code = Some(code);
    plan.display = args.display;
    plan.punch = !args.relay_only;
    plan.accept_new_key = args.accept_new_key;
    let client = Client::start(plan, || {}).map_err(|error| match error {
        NetError::State(_) | NetError::Key(_) => Failure::new(Kind::Settings, error),
        _ => Failure::new(Kind::Server, error),
    })?;
    let end = Instant::now() + Duration::from_secs(args.timeout);
    let display = wait_for_picture(&client, &interrupt, end)?;
    let mut still = true;
    if args.settle > 0 {
        let left = end.saturating_duration_since(Instant::now());
        still = client.wait_still(Duration::from_millis(args.settle), left);
    }
    let view = client.view();
    check_end(&view)?;
    if let Some(number) = args.display.filter(|number| *number >= view.displays.len()) {
        let count = view.displays.len();
        return Err(Failure::other(format!(
            "the host has no display {number}; it has {count}, counted from 0"
        )));
    }
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
        let asks = |view: &View| matches!(view.stage, Stage::NeedsCode { .. });
        let view = client.wait_for(LOOK, |view| view.has_picture() || asks(view));
        if let Stage::NeedsCode { hint } = &view.stage {
            let hint = hint.clone().unwrap_or_else(|| "the host wants another code".into());
            return Err(Failure::new(Kind::Login, hint));
        }
        if let Some(display) = view.watched.filter(|_| view.has_picture()) {
            return Ok(display);
        }
        check_end(&view)?;
        interrupt.check()?;
        if Instant::now() >= end {
            let doing = match view.stage {
                Stage::Connecting(what) => what,
                _ => "waiting for the first picture".into(),
            };
            return Err(Failure::new(Kind::Lost, format!("it took too long; it stopped at: {doing}")));
        }
    }
}

/// An error if the session is over.
fn check_end(view: &View) -> Outcome {
    let (Some(end), Stage::Ended(why)) = (view.end, &view.stage) else { return Ok(()) };
    let kind = match end {
        EndKind::Server => Kind::Server,
        EndKind::NotThere => Kind::NotThere,
        EndKind::HostKey | EndKind::Login => Kind::Login,
        _ => Kind::Lost,
    };
    Err(Failure::new(kind, why))
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
        "timeline_ms": {
            "introduced": ms(view.timeline.introduced),
            "established": ms(view.timeline.established),
            "logged_in": ms(view.timeline.logged_in),
            "first_frame": ms(view.timeline.first_frame),
            "direct": ms(view.timeline.direct),
        },
    })
}
