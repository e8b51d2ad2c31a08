//! `deskwire connect`: starts the window, a program of its own.

use std::process::Command;

use deskwire_core::wire::ids::DeviceId;
use deskwire_kit::code::CodeOptions;
use deskwire_kit::config::Options;
use deskwire_kit::stack::Programs;

use crate::Outcome;
use crate::output::{Failure, Kind, Output};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The host's id: twelve digits, dashes and spaces do not count
    id: DeviceId,
    #[command(flatten)]
    code: CodeOptions,
    /// Accept that the host has a new key, if it knows the code
    #[arg(long)]
    accept_new_key: bool,
    /// Do not look for direct paths: all data goes through the relay
    #[arg(long)]
    relay_only: bool,
}

pub(crate) fn run(options: &Options, args: &Args, _: Output) -> Outcome {
    // Found out here, because here is a terminal to say it.
    options.settings().map_err(|e| Failure::new(Kind::Settings, e))?;
    let has = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if cfg!(all(unix, not(target_os = "macos"))) && !has("DISPLAY") && !has("WAYLAND_DISPLAY") {
        return Err(Failure::new(
            Kind::NoDesktop,
            "there is no display for the window (neither DISPLAY nor WAYLAND_DISPLAY is set); `deskwire shot` needs none",
        ));
    }
    let viewer = Programs::beside_this()
        .and_then(|programs| programs.path("deskwire-viewer"))
        .map_err(Failure::other)?;
    let mut command = Command::new(viewer);
    command.args(arguments(options, args));
    start(command)
}

/// The same options once more, for the window.
fn arguments(options: &Options, args: &Args) -> Vec<std::ffi::OsString> {
    let mut out: Vec<std::ffi::OsString> = Vec::new();
    let mut text = |name: &str, value: &Option<String>| {
        if let Some(value) = value {
            out.extend([name.into(), value.into()]);
        }
    };
    text("--server", &options.server);
    text("--key", &options.key);
    text("--link", &options.link);
    let paths =
        [("--config", &options.config), ("--state", &options.state), ("--code-file", &args.code.code_file)];
    for (name, path) in paths {
        if let Some(path) = path {
            out.extend([name.into(), path.into()]);
        }
    }
    let flags = [
        ("--trust-on-first-use", options.trust_on_first_use),
        ("--accept-new-key", args.accept_new_key),
        ("--relay-only", args.relay_only),
    ];
    out.extend(flags.iter().filter(|(_, is)| *is).map(|(name, _)| name.into()));
    out.push(format!("{:012}", args.id.as_digits()).into());
    out
}

/// Becomes the window, so that signals and the exit code are its own.
#[cfg(unix)]
fn start(mut command: Command) -> Outcome {
    use std::os::unix::process::CommandExt as _;
    let error = command.exec();
    Err(Failure::other(format!("the window program cannot be started: {error}")))
}

#[cfg(not(unix))]
fn start(mut command: Command) -> Outcome {
    let status =
        command.status().map_err(|e| Failure::other(format!("the window program cannot be started: {e}")))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::other(format!("the window program ended with {status}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_gets_all_options() {
        let options = Options {
            server: Some("example.org".into()),
            trust_on_first_use: true,
            state: Some("/state".into()),
            ..Options::default()
        };
        let code = CodeOptions { code_file: Some("/code".into()) };
        let id = DeviceId::from_number(1);
        let args = Args { id, code, accept_new_key: false, relay_only: true };
        let id = format!("{:012}", id.as_digits());
        let expected = [
            "--server",
            "example.org",
            "--state",
            "/state",
            "--code-file",
            "/code",
            "--trust-on-first-use",
            "--relay-only",
            &id,
        ];
        assert_eq!(arguments(&options, &args), expected);
    }
}
