#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
// A window has no terminal to speak to; what users must read is in the window.

mod ask;
mod cursor;
mod input;
mod interrupt;
mod keys;
mod login;
mod window;

use std::process::ExitCode;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, OnceLock};

use clap::Parser;
use deskwire_core::wire::ids::DeviceId;
use deskwire_kit::code::LoginOptions;
use deskwire_kit::config::Options;
use deskwire_kit::exit;
use deskwire_kit::net::NetError;
use deskwire_kit::sound;
use deskwire_kit::viewer::{Client, Plan, ViewerSound};
use eframe::egui;

use crate::window::Window;

/// Open a window on another desktop.
#[derive(Debug, Parser)]
#[command(name = "deskwire-viewer", version, after_help = exit::LIST)]
struct Cli {
    #[command(flatten)]
    options: Options,
    #[command(flatten)]
    login: LoginOptions,
    /// The host's id: twelve digits, spaces and dashes do not count
    id: DeviceId,
    /// Accept that the host has a new key, if it knows the code
    #[arg(long)]
    accept_new_key: bool,
    /// Do not look for direct paths: all data goes through the relay
    #[arg(long)]
    relay_only: bool,
    /// Do not play what the host plays (it can be turned on in the window)
    #[arg(long)]
    mute: bool,
    /// Say more about what happens, on the terminal (twice: much more)
    #[arg(short, long, action = clap::ArgAction::Count)]
    verbose: u8,
    /// Save what the window shows to this PNG file and end, once a picture is there (for scripts)
    #[arg(long, value_name = "FILE", hide = true)]
    screenshot: Option<std::path::PathBuf>,
}

fn main() -> ExitCode {
    // What `deskwire host` starts, so it is not in the help.
    let mut words = std::env::args_os().skip(1);
    if words.next().is_some_and(|word| word == "ask") {
        return ask::run(ask::Cli::parse_from(std::env::args_os().skip(1)));
    }
    let cli = Cli::parse();
    deskwire_kit::log::init(cli.verbose);
    match run(cli) {
        Ok(code) => ExitCode::from(code),
        Err((code, message)) => {
            eprintln!("deskwire-viewer: {message}");
            ExitCode::from(code)
        }
    }
}

/// Shows the window until it is closed; gives the exit code, with a message for the terminal if there was no window.
fn run(cli: Cli) -> Result<u8, (u8, String)> {
    let settings = cli.options.settings().map_err(|e| (exit::SETTINGS, e.to_string()))?;
    let mut plan = Plan::new(settings, cli.id);
    // What is not said here the window asks for.
    cli.login.apply(&mut plan, false).map_err(|e| (exit::LOGIN, e.to_string()))?;
    plan.accept_new_key = cli.accept_new_key;
    plan.punch = !cli.relay_only;
    plan.reconnect = true;
    plan.clipboard = deskwire_kit::viewer::system_clipboard();
    plan.sound = ViewerSound { speaker: sound::speaker(), microphone: sound::microphone() };
    let context: Arc<OnceLock<egui::Context>> = Arc::default();
    let interrupted = interrupt::install(&context).map_err(|e| (exit::FAILED, e))?;
    let wakes = Arc::clone(&context);
    // It dials while the window comes up.
    let client = Client::start(plan, move || {
        if let Some(context) = wakes.get() {
            context.request_repaint();
        }
    })
    .map_err(|error| {
        let is_ours = matches!(error, NetError::State(_) | NetError::Key(_));
        (if is_ours { exit::SETTINGS } else { exit::SERVER }, error.to_string())
    })?;
    if cli.mute {
        client.set_sound(false);
    }
    let outcome = Arc::new(AtomicU8::new(0));
    let window = Window::new(client, cli.id, cli.screenshot, Arc::clone(&outcome));
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_inner_size([1320.0, 800.0])
            .with_title(format!("Deskwire: {}", cli.id)),
        ..Default::default()
    };
    eframe::run_native(
        "deskwire-viewer",
        options,
        Box::new(move |creation| {
            // The only place that sets it.
            let _ = context.set(creation.egui_ctx.clone());
            Ok(Box::new(window))
        }),
    )
    .map_err(|e| {
        let message = format!("cannot open a window ({e}); check that DISPLAY names a display with OpenGL");
        (exit::NO_DESKTOP, message)
    })?;
    let interrupted = interrupted.load(Ordering::Relaxed);
    Ok(if interrupted { exit::INTERRUPTED } else { outcome.load(Ordering::Relaxed) })
}
