//! `deskwire connect`: starts the window, a program of its own.

use std::process::Command;

use clap::ValueEnum as _;
use deskwire_core::wire::ids::DeviceId;
use deskwire_kit::code::LoginOptions;
use deskwire_kit::config::Options;
use deskwire_kit::stack::Programs;

use crate::Outcome;
use crate::output::{Failure, Kind, Output};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The host's id: twelve digits, dashes and spaces do not count
    id: DeviceId,
    #[command(flatten)]
    login: LoginOptions,
    /// Accept that the host has a new key, if it knows the code
    #[arg(long)]
    accept_new_key: bool,
    /// Do not look for direct paths: all data goes through the relay
    #[arg(long)]
    relay_only: bool,
}

pub(crate) fn run(options: &Options, args: &Args, output: Output, verbose: u8) -> Outcome {
    if output.is_json() {
        return Err(Failure::other(
            "a window prints no JSON; `deskwire watch --json` looks at a desktop without a window",
        ));
    }
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
    command.args(arguments(options, args, verbose));
    start(command)
}

/// The same options once more, for the window: all that there are.
fn arguments(options: &Options, args: &Args, verbose: u8) -> Vec<std::ffi::OsString> {
    let Options {
        server,
        key,
        link,
        trust_on_first_use,
        websocket,
        certificates,
        port_mapping,
        metered,
        give_addresses,
        config,
        state,
        keystore,
    } = options;
    let Args { id, login, accept_new_key, relay_only } = args;
    let LoginOptions {
        code_file,
        password_file,
        use_key,
        ask,
        second_factor_file,
        trust_this_device,
        accept_unverified,
    } = login;
    let mut out: Vec<std::ffi::OsString> = Vec::new();
    for (name, value) in [("--server", server), ("--key", key), ("--link", link), ("--websocket", websocket)]
    {
        if let Some(value) = value {
            out.extend([name.into(), value.into()]);
        }
    }
    if let Some(when) = give_addresses.and_then(|when| when.to_possible_value()) {
        out.extend(["--give-addresses".into(), when.get_name().into()]);
    }
    if let Some(keystore) = keystore.and_then(|keystore| keystore.to_possible_value()) {
        out.extend(["--keystore".into(), keystore.get_name().into()]);
    }
    let paths = [
        ("--certificates", certificates),
        ("--config", config),
        ("--state", state),
        ("--code-file", code_file),
        ("--password-file", password_file),
        ("--second-factor-file", second_factor_file),
    ];
    for (name, path) in paths {
        if let Some(path) = path {
            out.extend([name.into(), path.into()]);
        }
    }
    let flags = [
        ("--trust-on-first-use", trust_on_first_use),
        ("--port-mapping", port_mapping),
        ("--metered", metered),
        ("--accept-new-key", accept_new_key),
        ("--relay-only", relay_only),
        ("--use-key", use_key),
        ("--ask", ask),
        ("--trust-this-device", trust_this_device),
        ("--accept-unverified", accept_unverified),
    ];
    out.extend(flags.iter().filter(|(_, is)| **is).map(|(name, _)| name.into()));
    out.extend((0..verbose).map(|_| "--verbose".into()));
    out.push(format!("{:012}", id.as_digits()).into());
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
            key: Some("key".into()),
            link: Some("link".into()),
            trust_on_first_use: true,
            websocket: Some("off".into()),
            certificates: Some("/pem".into()),
            port_mapping: true,
            metered: true,
            give_addresses: Some(deskwire_kit::search::GiveAddresses::IfRelaysFail),
            config: Some("/config".into()),
            state: Some("/state".into()),
            keystore: Some(deskwire_kit::keystore::Keystore::File),
        };
        let login = LoginOptions {
            code_file: Some("/code".into()),
            password_file: Some("/password".into()),
            use_key: true,
            ask: true,
            second_factor_file: Some("/second".into()),
            trust_this_device: true,
            accept_unverified: true,
        };
        let id = DeviceId::from_number(1);
        let args = Args { id, login, accept_new_key: true, relay_only: true };
        let expected = format!(
            "--server example.org --key key --link link --websocket off --give-addresses if-relays-fail --keystore file --certificates \
             /pem --config /config --state /state --code-file /code --password-file /password --second-factor-file /second --trust-on-first-use --port-mapping --metered \
             --accept-new-key --relay-only --use-key --ask --trust-this-device --accept-unverified --verbose --verbose {:012}",
            id.as_digits()
        );
        assert_eq!(arguments(&options, &args, 2).join(std::ffi::OsStr::new(" ")), *expected);
    }
}
