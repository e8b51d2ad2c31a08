//! `deskwire demo`: the main job on one machine, for real, with figures.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use deskwire_core::wire::ids::DisplayId;
use deskwire_core::wire::picture::{Point, Rect};
use deskwire_core::wire::screen::{Button, InputEvent, Keysym};
use deskwire_kit::child::{Guarded, guarded_command};
use deskwire_kit::code::CODE_VARIABLE;
use deskwire_kit::stack::{NO_SETTINGS, bare_command};
use deskwire_kit::viewer::Client;
use serde_json::json;

use crate::Outcome;
use crate::figures::table;
use crate::interrupt::Interrupt;
use crate::latency;
use crate::output::{Failure, Kind, Output};
use crate::stage::{Scene, Stage};
use crate::windows;

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
/// The terminal's title, and a point inside it.
const TERMINAL: (&str, (i16, i16)) = ("Deskwire demo terminal", (200, 200));
/// The title of the window with the button, and where the button is in it.
const BUTTON: (&str, (i16, i16)) = ("Deskwire demo button", (44, 73));
/// What the message window ends with when its button was clicked.
const CLICKED: i32 = 7;
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
    let stage = Stage::set_up(Scene { size, windows: &WINDOWS }, interrupt)?;
    let typed = stage.folder().join("typed.txt");
    let (_terminal, mut button) = open_windows(&stage, &typed)?;

    let (client, mut rows) = connect(&stage, output)?;
    output.note("Typing and clicking on the host ...");
    type_and_click(&stage, &client, &typed, &mut button)?;
    rows.push(("Typed on the host".into(), format!("\"{TEXT}\" arrived in its terminal")));
    rows.push(("Clicked on the host".into(), "the button was pressed".into()));
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
fn open_windows(stage: &Stage, typed: &Path) -> Result<(Guarded, Guarded), Failure> {
    let script = stage.folder().join("terminal.sh");
    fs::write(&script, TERMINAL_SCRIPT).map_err(Failure::other)?;
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
    let run = ["-title", TERMINAL.0, "-e", "sh", &script, &typed];
    let terminal = open(stage, "xterm", &[&look[..], &run[..]].concat())?;
    let button = format!("Click me:{CLICKED}");
    let message =
        ["-title", BUTTON.0, "-geometry", "260x90+40+560", "-buttons", &button, "A button on the host"];
    Ok((terminal, open(stage, "xmessage", &message)?))
}

fn open(stage: &Stage, program: &str, args: &[&str]) -> Result<Guarded, Failure> {
    let mut command = guarded_command(program);
    command.args(args).env("DISPLAY", stage.display()).env("LC_ALL", "C.UTF-8").env_remove("WAYLAND_DISPLAY");
    // A terminal that is ended at its start leaves a temporary file; it goes with the folder.
    command.env("TMPDIR", stage.folder());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    Guarded::start(program, &mut command).map_err(|e| Failure::new(Kind::NoDesktop, e))
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
        let is_direct = view.timeline.direct.is_some() && view.stats.path.starts_with("direct");
        is_direct && !view.stats.rtt.is_zero()
    })?;
    rows.push(("Path now".into(), format!("{}, {:.2} ms round trip", view.stats.path, ms(view.stats.rtt))));
    rows.push(("  direct after".into(), milliseconds(view.timeline.direct)));
    Ok((client, rows))
}

fn type_and_click(stage: &Stage, client: &Client, typed: &Path, button: &mut Guarded) -> Outcome {
    // A window that has not come up yet, or has no focus yet, gets its input again.
    let arrived = || fs::read_to_string(typed).is_ok_and(|text| text.lines().any(|line| line == TEXT));
    stage.insist(client, "the arrival of the typed text", PATIENCE, arrived, || {
        if click_window(stage, client, TERMINAL) {
            client.input(vec![InputEvent::Text(TEXT.into())]);
            client.input(press(Keysym(0xff0d)));
        }
    })?;
    let mut status = None;
    let clicked = || {
        status = button.ended();
        status.is_some()
    };
    stage.insist(client, "the arrival of the click", PATIENCE, clicked, || {
        click_window(stage, client, BUTTON);
    })?;
    match status.and_then(|status| status.code()) {
        Some(CLICKED) => Ok(()),
        other => {
            Err(Failure::other(format!("the button's window ended with {other:?} instead of {CLICKED}")))
        }
    }
}

/// Clicks a point of a window of ours, wherever it is now; does nothing while it is not there.
fn click_window(stage: &Stage, client: &Client, (title, inside): (&str, (i16, i16))) -> bool {
    let found = windows::find(stage.display(), title, inside).ok().flatten();
    let displays = client.view().displays;
    // Input names a display and a point on it; windows lie on the whole desktop.
    let target = found.and_then(|at| {
        let display = displays.iter().find(|display| contains(display.area, at))?;
        let edge = |edge: u32| i32::try_from(edge).unwrap_or(0);
        Some((display.id, Point { x: at.x - edge(display.area.x), y: at.y - edge(display.area.y) }))
    });
    target.inspect(|(display, at)| click(client, *display, *at)).is_some()
}

fn contains(area: Rect, at: Point) -> bool {
    let within = |start: u32, end: u32, at: i32| u32::try_from(at).is_ok_and(|at| (start..end).contains(&at));
    within(area.x, area.right(), at.x) && within(area.y, area.bottom(), at.y)
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
    let mut command = bare_command(stage.programs().path("deskwire-viewer").map_err(Failure::other)?);
    command
        .args(NO_SETTINGS)
        .args(["--server", &format!("{}:{}", plan.settings.host, plan.settings.port)])
        .args(["--key", plan.settings.key.as_deref().unwrap_or_default()])
        .arg("--state")
        .arg(stage.viewer_state())
        .arg(plan.id.to_string())
        .env(CODE_VARIABLE, stage.code());
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
