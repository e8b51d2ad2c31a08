#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
// A window has no terminal to speak to; what users must read is in the window.

mod cursor;
mod input;
mod keys;
mod window;

use std::process::ExitCode;

use clap::Parser;
use deskwire_core::wire::ids::DeviceId;
use deskwire_kit::code::CodeOptions;
use deskwire_kit::config::Options;
use deskwire_kit::viewer::{Client, Plan};
use eframe::egui;

use crate::window::Window;

/// Open a window on another desktop.
#[derive(Debug, Parser)]
#[command(name = "deskwire-viewer", version)]
struct Cli {
    #[command(flatten)]
    options: Options,
    #[command(flatten)]
    code: CodeOptions,
    /// The host's id: twelve digits, spaces and dashes do not count
    id: DeviceId,
    /// Accept that the host has a new key, if it knows the code
    #[arg(long)]
    accept_new_key: bool,
    /// Do not look for direct paths: all data goes through the relay
    #[arg(long)]
    relay_only: bool,
    /// Save what the window shows to this PNG file and end, once a picture is there (for scripts)
    #[arg(long, value_name = "FILE", hide = true)]
    screenshot: Option<std::path::PathBuf>,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    deskwire_kit::log::init(0);
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("deskwire-viewer: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Result<(), String> {
    let settings = cli.options.settings().map_err(|e| e.to_string())?;
    // A code from file or environment logs in at once; otherwise the window asks.
    let has_code =
        cli.code.code_file.is_some() || std::env::var_os(deskwire_kit::code::CODE_VARIABLE).is_some();
    let code = if has_code { Some(cli.code.read().map_err(|e| e.to_string())?) } else { None };
    let mut plan = Plan::new(settings, cli.id);
    plan.code = code;
    plan.accept_new_key = cli.accept_new_key;
    plan.punch = !cli.relay_only;
    plan.clipboard = deskwire_kit::viewer::system_clipboard();
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_inner_size([1320.0, 800.0])
            .with_title(format!("Deskwire: {}", cli.id)),
        ..Default::default()
    };
    let id = cli.id;
    let screenshot = cli.screenshot;
    eframe::run_native(
        "deskwire-viewer",
        options,
        Box::new(move |creation| {
            let context = creation.egui_ctx.clone();
            let client = Client::start(plan, move || context.request_repaint())?;
            Ok(Box::new(Window::new(client, id, screenshot)))
        }),
    )
    .map_err(|e| format!("cannot open a window: {e}; is there a display with OpenGL?"))
}
