//! `deskwire host`: shares this desktop until it is told to stop.

use std::time::Duration;

use deskwire_core::ServerProblem;
use deskwire_core::identity::{PublicKey, ServerKey};
use deskwire_core::wire::ids::DeviceId;
use deskwire_core::wire::session::{LoginMethod, LoginRefusal, Scope};
use deskwire_kit::access::Access;
use deskwire_kit::config::Options;
use deskwire_kit::host::{Desktop, Event, Host, HostError, HostPlan, HostSound, System, Wishes};
use deskwire_kit::sound;
use deskwire_kit::state::{State, to_hex};
use deskwire_kit::why;
use serde_json::{Value, json};

use crate::Outcome;
use crate::gate::{AskOn, Gate};
#[cfg(target_os = "linux")]
use crate::headless::{self, ScreenSize};
use crate::interrupt::Interrupt;
use crate::output::{Failure, Kind, Output};
use crate::tape::Tape;

/// How often it is looked whether the user wants it to end.
const LOOK: Duration = Duration::from_millis(200);

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Let viewers look, but not use keyboard, pointer and clipboard
    #[arg(long)]
    view_only: bool,
    /// Allow code logins again after too many wrong codes
    #[arg(long)]
    unlock: bool,
    /// Do not look for direct paths: all data goes through the relay
    #[arg(long)]
    relay_only: bool,
    /// Do not let viewers hear what this desktop plays
    #[arg(long)]
    no_sound: bool,
    /// Talk with viewers that may: this desktop's microphone is open while one listens, and their voices are heard here
    #[arg(long)]
    voice: bool,
    /// Most viewers at a time
    #[arg(long, value_name = "N", default_value_t = 8)]
    max_viewers: usize,
    /// How to ask whoever sits here (`deskwire access ask on`) [default: terminal if there is one, else window]
    #[arg(long, value_name = "HOW")]
    ask_on: Option<AskOn>,
    /// Record what is shown while anybody is logged in, to WebM files in this folder
    #[cfg(feature = "recording")]
    #[arg(long, value_name = "FOLDER")]
    record: Option<std::path::PathBuf>,
    /// Make a screen of this size and share that: for computers without one (Xvfb)
    #[cfg(target_os = "linux")]
    #[arg(long = "virtual", value_name = "WxH")]
    screen: Option<ScreenSize>,
    /// What runs on the screen that --virtual makes [default: this computer's session, or openbox with a terminal]
    #[cfg(target_os = "linux")]
    #[arg(long, value_name = "COMMAND", requires = "screen")]
    session: Option<String>,
}

pub(crate) fn run(options: &Options, args: &Args, output: Output) -> Outcome {
    #[cfg(target_os = "linux")]
    if let Some(size) = args.screen {
        return headless::run(size, args.session.as_deref(), output);
    }
    let interrupt = Interrupt::install()?;
    let settings = options.settings().map_err(|e| Failure::new(Kind::Settings, e))?;
    // The host itself says what is wrong with it.
    let state = State::open(&settings.state, settings.keystore).ok();
    let desktop = open_desktop(args, state.as_ref(), &interrupt, output)?;
    #[cfg(feature = "recording")]
    let folder = args.record.clone();
    #[cfg(not(feature = "recording"))]
    let folder = None;
    let mut tape = Tape::new(folder, output)?;
    let ask_on = args.ask_on.unwrap_or_else(AskOn::usual);
    let mut plan = HostPlan::new(settings, desktop);
    plan.view_only = args.view_only;
    plan.unlock = args.unlock;
    plan.punch = !args.relay_only;
    plan.max_viewers = args.max_viewers;
    plan.sound = HostSound {
        played: if args.no_sound { None } else { sound::listener() },
        microphone: if args.voice { sound::microphone() } else { None },
        speaker: if args.voice { sound::speaker() } else { None },
    };
    let host = Host::start(plan).map_err(|error| match error {
        HostError::State(_) => Failure::new(Kind::Settings, error),
        HostError::Net(_) => Failure::new(Kind::Server, error),
        _ => Failure::other(error),
    })?;
    if host.is_locked() {
        output.note(
            "Too many wrong codes were given, so nobody can log in by code. Start with --unlock to allow it again.",
        );
    }
    let mut ready = false;
    let mut gate = Gate::start(ask_on, output)?;
    while interrupt.check().is_ok() {
        gate.answer(&host);
        tape.look()?;
        let Some(event) = host.next_event(LOOK) else { continue };
        tape.note(&event)?;
        gate.note(&event, |key| state.as_ref().and_then(|state| called(state, key)));
        if let Event::Registered(id) = event {
            // Registrations are renewed; only the first is news.
            if !std::mem::replace(&mut ready, true) {
                say_ready(&host, id, output);
            }
            continue;
        }
        tell(event, ask_on, output)?;
    }
    host.stop("the host stopped sharing");
    tape.stop()?;
    output.note("Stopped sharing.");
    Ok(())
}

fn open_desktop(
    args: &Args,
    state: Option<&State>,
    interrupt: &Interrupt,
    output: Output,
) -> Result<Desktop, Failure> {
    let system = System::here();
    output.note(&format!("{}.", system.why()));
    // A token that cannot be read costs one question.
    let kept = state.filter(|_| system.asks()).and_then(|state| state.restore_token().ok().flatten());
    if system.asks() && kept.is_none() {
        output.note("Whoever sits there is asked now.");
    }
    let wishes = Wishes {
        input: !args.view_only,
        restore_token: kept.as_deref(),
        go_on: &|| interrupt.check().is_ok(),
    };
    let opened = Desktop::open(&wishes).map_err(|e| Failure::new(Kind::NoDesktop, e));
    let desktop = interrupt.explain(opened)?;
    if system.asks()
        && desktop.restore_token != kept
        && let Some(state) = state
    {
        let token = desktop.restore_token.as_deref();
        state.set_restore_token(token).map_err(|e| Failure::new(Kind::Settings, e))?;
    }
    if !args.view_only && desktop.input.is_none() {
        output.note("This desktop lets viewers look only: it grants no keyboard and pointer.");
    }
    Ok(desktop)
}

/// What the owner calls a viewer, if its key is in the list.
fn called(state: &State, key: &PublicKey) -> Option<String> {
    let (key, access) = (ServerKey(*key).to_string(), Access::load(state).ok()?);
    access.allowed().find(|(listed, _)| *listed == key).map(|(_, name)| name.to_owned())
}

fn say_ready(host: &Host, id: DeviceId, output: Output) {
    let digits = format!("{:012}", id.as_digits());
    let code = host.code();
    let shown = code.as_bytes().chunks(3).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ");
    let text = format!(
        "This desktop is shared.\n\n    Id    {id}\n    Code  {shown}\n\nTo see it from another computer: deskwire \
         connect {digits}\nThe code is good until the host stops; Ctrl-C stops it."
    );
    let key = host.identity().map(|key| to_hex(&key.fingerprint()));
    let ready = json!({ "event": "ready", "id": digits, "code": code, "fingerprint": key });
    output.say(&text, &ready);
}

/// What happened, for people or scripts; an error if the host cannot go on.
fn tell(event: Event, ask_on: AskOn, output: Output) -> Outcome {
    let (text, value): (String, Value) = match event {
        Event::Registered(_) => return Ok(()),
        Event::ServerProblem(problem @ (ServerProblem::KeyMismatch | ServerProblem::Refused(_))) => {
            return Err(Failure::new(Kind::Server, problem));
        }
        Event::ServerProblem(problem) => (
            format!("{problem}; trying again"),
            json!({ "event": "problem", "message": problem.to_string() }),
        ),
        Event::NameTrouble(why) => {
            (format!("{why}; trying again"), json!({ "event": "problem", "message": why }))
        }
        Event::ServerKeySeen(key) => {
            let key = ServerKey(key);
            (
                format!("The server's key is {key}; it was accepted and is pinned."),
                json!({ "event": "server-key", "key": key.to_string() }),
            )
        }
        Event::Connected { viewer, key, safety_number } => {
            let key = ServerKey(key).to_string();
            (
                format!("A viewer is connecting. Its key: {key}\nSafety number:\n{safety_number}"),
                json!({ "event": "connected", "viewer": viewer.0, "key": key,
                        "safety_number": safety_number.digits() }),
            )
        }
        Event::ApprovalWanted { viewer, .. } => (
            match ask_on {
                AskOn::Terminal => {
                    "A viewer asks to be let in. Compare the safety number with the one shown there, and type yes or no:"
                }
                AskOn::Window => "A viewer asks to be let in; a window asks whoever sits here.",
            }
            .into(),
            json!({ "event": "approval-wanted", "viewer": viewer.0 }),
        ),
        Event::ApprovalOver { viewer, .. } => (
            "Nobody answered, so the viewer was not let in.".into(),
            json!({ "event": "approval-over", "viewer": viewer.0 }),
        ),
        Event::LoggedIn { viewer, method, granted } => (
            format!(
                "A viewer is logged in {}{}.",
                way(method),
                if granted.has(Scope::Input) { " and may use this desktop" } else { " and may look" }
            ),
            json!({ "event": "logged-in", "viewer": viewer.0, "method": way(method),
                    "input": granted.has(Scope::Input),
                    "granted": granted.iter().map(Scope::name).collect::<Vec<_>>() }),
        ),
        Event::LoginRefused { viewer, why } => (
            format!("A viewer was refused: {}.", refusal(why)),
            json!({ "event": "refused", "viewer": viewer.0, "why": refusal(why) }),
        ),
        Event::PathChanged { viewer, path, rtt } => {
            let rtt_ms = rtt.as_secs_f64() * 1e3;
            (
                format!("Data goes over: {path}, {rtt_ms:.1} ms there and back."),
                json!({ "event": "path", "viewer": viewer.0, "path": path.to_string(), "direct": path.is_direct(),
                        "rtt_ms": rtt_ms }),
            )
        }
        Event::PunchFailed { viewer, report } => (
            format!("No direct path was found, so data goes through the relay ({report})."),
            json!({ "event": "no-direct-path", "viewer": viewer.0, "report": why::to_json(&report) }),
        ),
        Event::Recording { viewer, on } => (
            format!("A viewer {} this session.", if on { "records" } else { "no longer records" }),
            json!({ "event": "recording", "viewer": viewer.0, "on": on }),
        ),
        Event::Left { viewer, reason } => (
            format!("A viewer has left: {reason}."),
            json!({ "event": "left", "viewer": viewer.0, "reason": reason }),
        ),
        Event::DesktopLost(error) => return Err(Failure::new(Kind::NoDesktop, error)),
        Event::StateFailed(why) => return Err(Failure::new(Kind::Settings, why)),
        _ => return Ok(()),
    };
    if output.is_json() {
        output.say("", &value)
    } else {
        output.note(&text)
    }
    Ok(())
}

const fn way(method: LoginMethod) -> &'static str {
    match method {
        LoginMethod::OneTimeCode => "with the code",
        LoginMethod::Password => "with the password",
        LoginMethod::Identity => "with its key",
        LoginMethod::Approval => "because somebody here said yes",
        _ => "in a new way",
    }
}

const fn refusal(why: LoginRefusal) -> &'static str {
    match why {
        LoginRefusal::WrongSecret => "wrong code, password or second factor",
        LoginRefusal::TryLater => "too soon after another try",
        LoginRefusal::Denied => "nobody here said yes",
        LoginRefusal::Locked => "too many wrong codes; --unlock allows codes again",
        _ => "that login is not offered",
    }
}
