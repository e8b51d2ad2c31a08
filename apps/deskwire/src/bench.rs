//! `deskwire bench`: the figures that we publish, on this machine.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use deskwire_core::wire::picture::Rect;
use deskwire_kit::viewer::Client;
use serde_json::json;

use crate::Outcome;
use crate::figures::table;
use crate::interrupt::Interrupt;
use crate::latency;
use crate::output::{Failure, Output};
use crate::stage::{Scene, Stage};

/// Options of `deskwire bench`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Flips of the marker per case
    #[arg(long, value_name = "N", default_value_t = 240)]
    flips: usize,
    /// Save what the viewer saw at the end of each case to this folder
    #[arg(long, value_name = "DIR")]
    pictures: Option<PathBuf>,
    /// Seconds that an idle session is watched
    #[arg(long, value_name = "S", default_value_t = 20)]
    idle: u64,
}

/// Terminal output without an end, as a build prints it.
const SCROLLING: &str = "i=0; while :; do i=$((i+1)); printf '\\033[3%dm   Compiling\\033[0m crate-%d v0.%d.0 (line %d)\\n' \
     $((i%7+1)) $i $((i%90)) $i; sleep 0.02; done";

/// A screen to measure on: its name, its size, and whether a terminal scrolls on it.
struct Case {
    name: &'static str,
    size: (u32, u32),
    scrolling: bool,
}

const CASES: [Case; 4] = [
    Case { name: "typing, 1280x720", size: (1280, 720), scrolling: false },
    Case { name: "scrolling terminal, 1280x720", size: (1280, 720), scrolling: true },
    Case { name: "typing, 1920x1080", size: (1920, 1080), scrolling: false },
    Case { name: "scrolling terminal, 1920x1080", size: (1920, 1080), scrolling: true },
];

pub(crate) fn run(args: &Args, output: Output) -> Outcome {
    let interrupt = Interrupt::install()?;
    interrupt.explain(run_cases(args, output, interrupt.clone()))
}

fn run_cases(args: &Args, output: Output, interrupt: Interrupt) -> Outcome {
    let mut rows = Vec::new();
    for case in &CASES {
        output.note(&format!("Glass-to-glass latency: {} ...", case.name));
        let (first_frame, figure) = one_case(case, args.flips, args.pictures.as_deref(), interrupt.clone())?;
        rows.push((format!("time to first frame, {}", case.name), first_frame));
        rows.push((format!("glass to glass, {}", case.name), figure));
    }
    output.note(&format!("An idle session for {} s ...", args.idle));
    rows.extend(idle(Duration::from_secs(args.idle), interrupt)?);
    let value: serde_json::Map<String, serde_json::Value> =
        rows.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    output.say(table(&rows).trim_end(), &serde_json::Value::Object(value));
    Ok(())
}

fn one_case(
    case: &Case,
    flips: usize,
    pictures: Option<&Path>,
    interrupt: Interrupt,
) -> Result<(String, String), Failure> {
    let (width, height) = case.size;
    let geometry = format!("{}x{}+0+60", width / 10, height / 24);
    let terminal =
        ["-geometry", geometry.as_str(), "-fa", "DejaVu Sans Mono", "-fs", "9", "-e", "sh", "-c", SCROLLING];
    // No window manager: one that starts at the same moment may miss the window.
    let still: [(&str, &[&str]); 1] = [("xclock", &["-geometry", "180x180+40+80"])];
    let moving: [(&str, &[&str]); 1] = [("xterm", &terminal)];
    let windows = if case.scrolling { &moving } else { &still };
    let stage = Stage::set_up(Scene { size: Some(case.size), windows }, interrupt)?;
    let client = connect(&stage)?;
    let first_frame = client.view().timeline.first_frame.unwrap_or_default();
    if case.scrolling {
        stage.wait(&client, "a terminal that scrolls", Duration::from_secs(120), |view| {
            view.stats.bits_per_second > 10_000.0 && view.stats.frames > 60
        })?;
    } else {
        client.wait_still(Duration::from_secs(1), Duration::from_secs(10));
    }
    // A character cell for typing; the marker lies above the terminal, so that it is never scrolled.
    let samples = latency::measure(&stage, &client, Rect::new(width - 40, 20, 12, 20), flips)?;
    let view = client.view();
    if let Some(folder) = pictures {
        let path = folder.join(format!("{}.png", case.name.replace([' ', ','], "-")));
        let picture = view.displays.first().and_then(|display| client.picture(display.id));
        let picture = picture.ok_or_else(|| Failure::other("there is no picture to save"))?;
        deskwire_kit::picture::save(&path, &picture)
            .map_err(|e| Failure::other(format!("cannot save {}: {e}", path.display())))?;
    }
    let figure = format!(
        "p50 {:6.2} ms   p99 {:6.2} ms   max {:6.2} ms   {} flips   {:3.0} fps   {:6.2} Mbit/s   {}",
        samples.percentile_ms(50.0),
        samples.percentile_ms(99.0),
        samples.percentile_ms(100.0),
        samples.len(),
        view.stats.frames_per_second,
        view.stats.bits_per_second / 1e6,
        view.stats.path,
    );
    Ok((format!("{:.1} ms", first_frame.as_secs_f64() * 1e3), figure))
}

fn connect(stage: &Stage) -> Result<Client, Failure> {
    let client = Client::start(stage.plan()?, || {}).map_err(Failure::other)?;
    stage.wait(&client, "a picture over a direct path", Duration::from_secs(30), |view| {
        view.timeline.first_frame.is_some() && view.timeline.direct.is_some()
    })?;
    Ok(client)
}

/// What a session costs on which nothing happens: the screen is black, the pointer rests.
fn idle(watched: Duration, interrupt: Interrupt) -> Result<Vec<(String, String)>, Failure> {
    let mut stage = Stage::set_up(Scene { size: Some((1920, 1080)), windows: &[] }, interrupt)?;
    let client = connect(&stage)?;
    // What is left of the beginning has to settle first.
    pause(&stage, &client, Duration::from_secs(10))?;
    let host = stage.host().process().id();
    let before = (Instant::now(), cpu_time(host)?, cpu_time(std::process::id())?, bytes(&stage, &client)?);
    pause(&stage, &client, watched)?;
    let after = (Instant::now(), cpu_time(host)?, cpu_time(std::process::id())?, bytes(&stage, &client)?);
    let seconds = (after.0 - before.0).as_secs_f64();
    let percent = |from: Duration, to: Duration| {
        format!("{:.2} % of a core", (to - from).as_secs_f64() / seconds * 100.0)
    };
    let bits = (after.3 - before.3) as f64 * 8.0 / seconds;
    Ok(vec![
        ("idle session, host".into(), percent(before.1, after.1)),
        ("idle session, viewer".into(), percent(before.2, after.2)),
        ("idle session, both directions".into(), format!("{:.2} kbit/s (UDP payload)", bits / 1e3)),
    ])
}

fn pause(stage: &Stage, client: &Client, length: Duration) -> Outcome {
    let end = Instant::now() + length;
    stage.wait_beside(client, "a pause", length + Duration::from_secs(5), || Instant::now() >= end)
}

/// Bytes that the viewer's transport has sent and received.
fn bytes(stage: &Stage, client: &Client) -> Result<u64, Failure> {
    // The figure is asked for by looking; the second look has the answer to the first.
    client.view();
    pause(stage, client, Duration::from_millis(600))?;
    Ok(client.view().stats.wire_bytes)
}

/// User and system time that a process has used (Linux: `/proc/PID/stat`, proc(5)).
fn cpu_time(process: u32) -> Result<Duration, Failure> {
    let path = format!("/proc/{process}/stat");
    let text = fs::read_to_string(&path).map_err(|e| Failure::other(format!("cannot read {path}: {e}")))?;
    // The name in parentheses may hold spaces; fields are counted from behind it.
    let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |index: usize| fields.get(index).and_then(|field| field.parse::<u64>().ok()).unwrap_or(0);
    let per_second = rustix::param::clock_ticks_per_second();
    Ok(Duration::from_millis((ticks(11) + ticks(12)) * 1000 / per_second))
}
