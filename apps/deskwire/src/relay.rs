//! `deskwire relay`: which relays sessions use, and why.

use std::str::FromStr;

use clap::Subcommand;
use deskwire_control::table;
use deskwire_core::wire::ids::{DeviceId, DeviceIdError};
use deskwire_kit::config::{Options, Settings};
use deskwire_kit::exit;
use deskwire_kit::net::{NetError, server_key};
use deskwire_kit::relays::{Choice, ChoiceError, choice};
use deskwire_kit::state::State;
use serde_json::{Value, json};

use crate::Outcome;
use crate::output::{Failure, Kind, Output};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show which relays a session between two devices uses, and why
    ///
    /// With `me` (or this device's own id) for the one that dials, the server is asked as `deskwire connect` asks it, and the
    /// way to each relay is measured from here. The host takes it for a dial that was given up. What else the server
    /// weighs (the way from the host to each relay, load, penalties) it tells its operator only: on the server's
    /// computer, --control asks it for everything, about any two devices.
    #[command(after_help = exit::LIST)]
    Explain(Explain),
}

#[derive(Debug, clap::Args)]
pub(crate) struct Explain {
    /// The device that dials: `me`, or an id
    viewer: Viewer,
    /// The device that is dialled
    host: DeviceId,
    /// Ask the server that runs on this computer, over its control socket (`control.sock` in its data directory)
    #[cfg(unix)]
    #[arg(long, value_name = "PATH")]
    control: Option<std::path::PathBuf>,
}

/// Who dials.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Viewer {
    Me,
    Other(DeviceId),
}

impl FromStr for Viewer {
    type Err = DeviceIdError;

    fn from_str(text: &str) -> Result<Self, DeviceIdError> {
        if text == "me" { Ok(Self::Me) } else { text.parse().map(Self::Other) }
    }
}

pub(crate) fn run(options: &Options, command: &Command, output: Output) -> Outcome {
    let Command::Explain(args) = command;
    #[cfg(unix)]
    if let Some(socket) = &args.control {
        return ask_server(socket, args, output);
    }
    let settings = options.settings().map_err(|e| Failure::new(Kind::Settings, e))?;
    let own = own_id(&settings)?;
    if let Viewer::Other(id) = args.viewer
        && own != Some(id)
    {
        return Err(Failure::new(
            Kind::Settings,
            format!(
                "{id} is not this device, and how far others are from relays the server tells its operator only; write \
                 `me` for this device, or give --control on the server's computer"
            ),
        ));
    }
    let found = choice(&settings, args.host).map_err(|error| Failure::new(kind_of(&error), error))?;
    let value = value(&found, own, args.host);
    output.say(table(&value).trim_end(), &value);
    Ok(())
}

/// The server knows more than it tells devices.
#[cfg(unix)]
fn ask_server(socket: &std::path::Path, args: &Explain, output: Output) -> Outcome {
    use deskwire_control::{Question, ask};

    let Viewer::Other(viewer) = args.viewer else {
        return Err(Failure::new(
            Kind::Settings,
            "--control takes two ids; `deskwire id` prints this device's",
        ));
    };
    let question = Question::Explain { viewer, host: args.host };
    let answer = ask(socket, question).map_err(|error| Failure::new(Kind::Server, error))?;
    let value: Value = serde_json::from_str(&answer).map_err(|error| {
        Failure::new(Kind::Server, format!("the server's answer cannot be read ({error})"))
    })?;
    output.say(table(&value).trim_end(), &value);
    Ok(())
}

/// The id that this device has at the server, if it has one.
fn own_id(settings: &Settings) -> Result<Option<DeviceId>, Failure> {
    let missing = |error: &dyn std::fmt::Display| Failure::new(Kind::Settings, error);
    let state = State::open(&settings.state, settings.keystore).map_err(|e| missing(&e))?;
    let server = server_key(settings, &state).map_err(|e| missing(&e))?;
    let registration = server.map(|key| state.registration(&key)).transpose().map_err(|e| missing(&e))?;
    Ok(registration.and_then(|registration| registration.device_id()))
}

/// What a device knows of a choice, in the form in which servers tell theirs.
fn value(found: &Choice, own: Option<DeviceId>, host: DeviceId) -> Value {
    let relays: Vec<Value> = found
        .relays
        .iter()
        .map(|relay| {
            let addresses: Vec<String> = relay.addresses.iter().map(ToString::to_string).collect();
            json!({ "relay": relay.relay.0, "viewer_ms": relay.millis, "addresses": addresses })
        })
        .collect();
    json!({
        "viewer": { "id": own.map(|id| id.to_string()) },
        "host": { "id": host.to_string() },
        "chosen": found.chosen,
        "relays": relays,
    })
}

const fn kind_of(error: &ChoiceError) -> Kind {
    match error {
        ChoiceError::Net(NetError::State(_) | NetError::Key(_)) => Kind::Settings,
        ChoiceError::NotThere => Kind::NotThere,
        _ => Kind::Server,
    }
}
