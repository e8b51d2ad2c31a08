//! `deskwire id`: this device's id at the configured server.

use deskwire_kit::config::Options;
use deskwire_kit::net::server_key;
use deskwire_kit::state::{State, to_hex};
use serde_json::json;

use crate::Outcome;
use crate::output::{Failure, Kind, Output};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

pub(crate) fn run(options: &Options, _: &Args, output: Output) -> Outcome {
    let missing = |error: &dyn std::fmt::Display| Failure::new(Kind::Settings, error);
    let settings = options.settings().map_err(|e| missing(&e))?;
    let state = State::open(&settings.state, settings.keystore).map_err(|e| missing(&e))?;
    let server = server_key(&settings, &state).map_err(|e| missing(&e))?;
    let registration = server.map(|key| state.registration(&key)).transpose().map_err(|e| missing(&e))?;
    let id = registration.and_then(|registration| registration.device_id()).ok_or_else(|| {
        missing(&format!(
            "this device has no id at {} yet; `deskwire host` gets one the first time it runs",
            settings.host
        ))
    })?;
    let identity = state.public_key().map_err(|e| missing(&e))?;
    let digits = format!("{:012}", id.as_digits());
    let value =
        json!({ "id": digits, "server": settings.host, "fingerprint": to_hex(&identity.fingerprint()) });
    output.say(&id.to_string(), &value);
    Ok(())
}
