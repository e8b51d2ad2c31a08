//! `deskwire demo`: the main job on one machine, for real, with figures.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use deskwire_core::wire::ids::DisplayId;
use deskwire_core::wire::picture::{Point, Rect};
use deskwire_core::wire::screen::{Button, InputEvent, Keysym};
use deskwire_kit::child::{Guarded, guarded_command};
use deskwire_kit::code::CODE_VARIABLE;
use deskwire_kit::viewer::Client;
use serde_json::json;

use crate::Outcome;
use crate::figures::table;
use crate::interrupt::Interrupt;
use crate::latency;
use crate::output::{Failure, Kind, Output};
use crate::stage::{Scene, Stage};

/// Options of `deskwire demo`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Where to save what the viewer saw, if there is no display to show it on
    #[arg(short, long, value_name = "FILE", default_value = "deskwire-demo.png")]
    output: PathBuf,
    /// Share a virtual desktop even if this machine has a display, and show no window
    #[arg(long)]
    headless: bool,
    /// How often the latency marker flips
    #[arg(long, value_name = "N", default_value_t = 120)]
    flips: usize,
}

/// The text that the viewer types.
const TEXT: &str = "hello from the viewer";
/// Where the button of the message window is on a desktop of our own.
const BUTTON: Point = Point { x: 85, y: 653 };
/// What the message window ends with when its button was clicked.
const CLICKED: i32 = 7;
/// A point inside the terminal on a desktop of our own.
const TERMINAL: Point = Point { x: 400, y: 400 };
/// How long windows may take to come up and react, on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(30);
/// Where the latency marker is.
const MARKER: Rect = Rect::new(1200, 660, 48, 32);

pub(crate) fn run(args: &Args, output: Output) -> Outcome {
    let interrupt = Interrupt::install()?;
    interrupt.explain(run_on_stage(args, output, interrupt.clone()))
}

fn run_on_stage(args: &Args, output: Output, interrupt: Interrupt) -> Outcome {
    let shown = !args.headless && std::env::var_os("DISPLAY").is_some_and(|d| !d.is_empty());
    output.note("Starting a server on loopback, a desktop and a host ...");
    let size = (!shown).then_some((1280, 720));
    let mut stage = Stage::set_up(Scene { size, windows: &WINDOWS }, interrupt)?;
    let typed = stage.folder().join("typed.txt");
    let mut button = open_windows(&mut stage, &typed)?;

    let (client, mut rows) = connect(&stage, output)?;
    if let Some(button) = &mut button {
        output.note("Typing and clicking on the host ...");
        type_and_click(&stage, &client, &typed, button)?;
        rows.push(("Typed on the host".into(), format!("\"{TEXT}\" arrived in its terminal")));
        rows.push(("Clicked on the host".into(), "the button was pressed".into()));
    }
    output.note("Measuring from a change on the host's screen to the viewer's pixels ...");
    let samples = latency::measure(&stage, &client, MARKER, args.flips)?;
    rows.push((
        "Glass-to-glass latency".into(),
        format!(
            "p50 {:.1} ms, p99 {:.1} ms over {} flips",
            samples.percentile_ms(50.0),
            samples.percentile_ms(99.0),
            samples.len()
        ),
    ));
    let stats = client.view().stats;
    rows.push(("Frames".into(), format!("{:.0} a second", stats.frames_per_second)));
    rows.push(("Bitrate".into(), format!("{:.2} Mbit/s", stats.bits_per_second / 1e6)));

    let picture = args.output.clone();
    if !shown {
        save(&client, &picture)?;
        rows.push(("What the viewer saw".into(), picture.display().to_string()));
    }
    client.disconnect();
    drop(client);
    report(output, &rows);
    if shown {
        show(&stage, output)?;
    }
    Ok(())
}

/// Windows of a desktop of our own, besides the terminal and the button.
const WINDOWS: [(&str, &[&str]); 4] = [
    ("openbox", &["--sm-disable"]),
    ("xsetroot", &["-solid", "#2e4a62"]),
    ("xclock", &["-geometry", "180x180+1060+30"]),
    ("xcalc", &["-geometry", "+870+270"]),
];

/// Opens the terminal that is typed into and the button that is clicked.
fn open_windows(stage: &mut Stage, typed: &Path) -> Result<Option<Guarded>, Failure> {
    let script = stage.folder().join("terminal.sh");
    fs::write(&script, TERMINAL_SCRIPT).map_err(Failure::other)?;
    let display = stage.display().to_owned();
    let Some(desktop) = stage.desktop() else { return Ok(None) };
    let (script, typed) = (script.to_string_lossy().into_owned(), typed.to_string_lossy().into_owned());
    let look = [
        "-geometry",
        "84x24+40+60",
        "-fa",
        "DejaVu Sans Mono",
        "-fs",
        "11",
        "-bg",
        "#101820",
        "-fg",
        "#d8e0e8",
    ];
    let run = ["-title", "Shared terminal", "-e", "sh", &script, &typed];
    desktop.open("xterm", &[&look[..], &run[..]].concat()).map_err(|e| Failure::new(Kind::NoDesktop, e))?;
    let mut message = guarded_command("xmessage");
    message
        .args([
            "-geometry",
            "260x90+40+560",
            "-buttons",
            &format!("Click me:{CLICKED}"),
            "A button on the host",
        ])
        .env("DISPLAY", display)
        .stderr(std::process::Stdio::null());
    Guarded::start("xmessage", &mut message).map(Some).map_err(|e| Failure::new(Kind::NoDesktop, e))
}

/// Shows each line and keeps it in the file that it is given.
const TERMINAL_SCRIPT: &str = r#"printf '\033[1;32mDeskwire demo\033[0m\n\nWhat the viewer types appears here:\n\n'
while IFS= read -r line; do
  printf '%s\n' "$line" >> "$1"
  printf 'you typed: \033[1;36m%s\033[0m\n' "$line"
done
"#;

/// Connects, waits for the first picture and the direct path, and gives the figures so far.
fn connect(stage: &Stage, output: Output) -> Result<(Client, Vec<(String, String)>), Failure> {
    output.note("Connecting through rendezvous and relay ...");
    let client = Client::start(stage.plan()?, || {}).map_err(Failure::other)?;
    let view = stage.wait(&client, "the first picture", Duration::from_secs(30), |view| {
        view.timeline.first_frame.is_some() && !view.stats.path.is_empty()
    })?;
    let timeline = view.timeline;
    let mut rows = vec![("Time to first frame".into(), milliseconds(timeline.first_frame))];
    rows.push(("  introduced after".into(), milliseconds(timeline.introduced)));
    rows.push(("  keys agreed after".into(), milliseconds(timeline.established)));
    rows.push(("  logged in after".into(), milliseconds(timeline.logged_in)));
    rows.push((
        "Path at first".into(),
        view.first_path.map_or_else(|| "not seen".into(), |path| path.to_string()),
    ));
    output.note("Looking for a direct path ...");
    let view = stage.wait(&client, "a direct path", Duration::from_secs(20), |view| {
        view.timeline.direct.is_some() && view.stats.path.starts_with("direct")
    })?;
    rows.push(("Path now".into(), format!("{}, {:.2} ms round trip", view.stats.path, ms(view.stats.rtt))));
    rows.push(("  direct after".into(), milliseconds(view.timeline.direct)));
    Ok((client, rows))
}

fn type_and_click(stage: &Stage, client: &Client, typed: &Path, button: &mut Guarded) -> Outcome {
    let display = client.view().displays.first().map(|d| d.id).ok_or_else(|| Failure::other("no display"))?;
    // A window that has not come up yet, or has no focus yet, gets its input again.
    let arrived = || fs::read_to_string(typed).is_ok_and(|text| text.lines().any(|line| line == TEXT));
    stage.insist(client, "the arrival of the typed text", PATIENCE, arrived, || {
        click(client, display, TERMINAL);
        client.input(vec![InputEvent::Text(TEXT.into())]);
        client.input(press(Keysym(0xff0d)));
    })?;
    let mut status = None;
    let clicked = || {
        status = button.ended();
        status.is_some()
    };
    stage.insist(client, "the arrival of the click", PATIENCE, clicked, || click(client, display, BUTTON))?;
    match status.and_then(|status| status.code()) {
        Some(CLICKED) => Ok(()),
        other => {
            Err(Failure::other(format!("the button's window ended with {other:?} instead of {CLICKED}")))
        }
    }
}

fn click(client: &Client, display: DisplayId, at: Point) {
    let button = |pressed| InputEvent::Button { button: Button::Left, pressed };
    client.input(vec![InputEvent::PointerMove { display, at }, button(true), button(false)]);
}

fn press(key: Keysym) -> Vec<InputEvent> {
    vec![InputEvent::Key { key, pressed: true }, InputEvent::Key { key, pressed: false }]
}

fn save(client: &Client, path: &Path) -> Outcome {
    let display = client.view().displays.first().map(|d| d.id).ok_or_else(|| Failure::other("no display"))?;
    let picture = client.picture(display).ok_or_else(|| Failure::other("there is no picture to save"))?;
    deskwire_kit::picture::save(path, &picture)
        .map_err(|e| Failure::other(format!("cannot save {}: {e}", path.display())))
}

/// Opens the viewer window on this display and waits until it is closed.
fn show(stage: &Stage, output: Output) -> Outcome {
    output.note("The viewer's window shows this desktop now; close it, or press Ctrl-C here.");
    let plan = stage.plan()?;
    let mut command = guarded_command(stage.programs().path("deskwire-viewer").map_err(Failure::other)?);
    command
        .args(["--server", &format!("{}:{}", plan.settings.host, plan.settings.port)])
        .args(["--key", plan.settings.key.as_deref().unwrap_or_default()])
        .arg("--state")
        .arg(stage.viewer_state())
        .arg(plan.id.to_string())
        .env(CODE_VARIABLE, plan.code.unwrap_or_default());
    let mut window = Guarded::start("deskwire-viewer", &mut command).map_err(Failure::other)?;
    while window.ended().is_none() {
        stage.check()?;
        std::thread::park_timeout(Duration::from_millis(50));
    }
    Ok(())
}

fn report(output: Output, rows: &[(String, String)]) {
    let value: serde_json::Map<String, serde_json::Value> = rows
        .iter()
        .map(|(name, value)| (name.trim().to_lowercase().replace(' ', "_"), json!(value)))
        .collect();
    output.say(&format!("\n{}", table(rows).trim_end()), &serde_json::Value::Object(value));
}

fn milliseconds(at: Option<Duration>) -> String {
    at.map_or_else(|| "not seen".into(), |at| format!("{:.1} ms", ms(at)))
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}
