//! `deskwire trust`: the hosts that this device knows, and this device's own key.

use deskwire_core::identity::{PublicKey, SafetyNumber, ServerKey};
use deskwire_core::wire::ids::DeviceId;
use deskwire_kit::config::Options;
use deskwire_kit::net::server_key;
use deskwire_kit::qr;
use deskwire_kit::state::{KeyPlace, State, from_hex, to_hex};
use serde_json::json;

use crate::Outcome;
use crate::output::{Failure, Kind, Output};

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// List the hosts that this device knows at the configured server
    List,
    /// Show a host's safety number, to be compared with the one that the host shows; or say that it was
    Verify {
        /// The host's id
        id: DeviceId,
        /// The number as the host showed it: if it is the same, the host counts as verified
        number: Option<String>,
    },
    /// Forget a host's key: the next login may show any
    Remove {
        /// The host's id
        id: DeviceId,
    },
    /// Show this device's own key, for `deskwire access allow` at a host
    Me,
}

pub(crate) fn run(options: &Options, command: &Command, output: Output) -> Outcome {
    let folder = options.state_folder().map_err(|e| failed(&e))?;
    let keystore = options.keystore().map_err(|e| failed(&e))?;
    let state = State::open(&folder, keystore).map_err(|e| failed(&e))?;
    if let Command::Me = command {
        return me(&state, output);
    }
    let own = state.public_key().map_err(|e| failed(&e))?;
    let settings = options.settings().map_err(|e| failed(&e))?;
    let server = server_key(&settings, &state).map_err(|e| failed(&e))?.ok_or_else(|| {
        failed(&format!("the key of {} is not known yet; connect to a host there first", settings.host))
    })?;
    match command {
        Command::Me => Ok(()),
        Command::List => list(&state, &server, output),
        Command::Verify { id, number } => verify(&state, (&server, *id, &own), number.as_deref(), output),
        Command::Remove { id } => {
            if state.remove_pin(&server, *id).map_err(|e| failed(&e))? {
                let text = format!("The key of {id} is forgotten.");
                output.say(&text, &json!({ "removed": format!("{:012}", id.as_digits()) }));
                Ok(())
            } else {
                Err(unknown(*id))
            }
        }
    }
}

/// Shows this device's key, and where its secret half lies.
fn me(state: &State, output: Output) -> Outcome {
    // Where the key is comes first: a new one is made there.
    let place = state.key_place();
    let own = state.public_key().map_err(|e| failed(&e))?;
    let (name, text) = match &place {
        Ok(place @ KeyPlace::Keystore) => ("keystore", place.to_string()),
        Ok(place) => ("file", place.to_string()),
        Err(error) => ("unreachable", error.to_string()),
    };
    let key = ServerKey(own).to_string();
    let fingerprint = to_hex(&own.fingerprint());
    output.say(&key, &json!({ "key": key, "fingerprint": fingerprint, "lies_in": name, "where": text }));
    output.note(&text);
    Ok(())
}

fn failed(error: &dyn std::fmt::Display) -> Failure {
    Failure::new(Kind::Settings, error)
}

fn unknown(id: DeviceId) -> Failure {
    failed(&format!(
        "this device does not know {id} at this server; `deskwire trust list` shows those it knows"
    ))
}

fn list(state: &State, server: &PublicKey, output: Output) -> Outcome {
    let pins = state.pins(server).map_err(|e| failed(&e))?;
    let mut text = String::new();
    for (id, pin) in &pins {
        let how = if pin.verified { "verified" } else { "not verified" };
        text.push_str(&format!("{id}  {how:<12}  {}\n", pin.key));
    }
    if pins.is_empty() {
        text.push_str("This device knows no host at this server yet.");
    }
    let hosts: Vec<_> = pins
        .iter()
        .map(|(id, pin)| {
            json!({ "id": format!("{:012}", id.as_digits()), "key": pin.key, "verified": pin.verified,
                    "generation": pin.generation })
        })
        .collect();
    output.say(text.trim_end(), &json!({ "hosts": hosts }));
    Ok(())
}

fn verify(
    state: &State,
    (server, id, own): (&PublicKey, DeviceId, &PublicKey),
    number: Option<&str>,
    output: Output,
) -> Outcome {
    let mut pin = state.pin(server, id).map_err(|e| failed(&e))?.ok_or_else(|| unknown(id))?;
    let key = from_hex(&pin.key).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    let key = key.and_then(|bytes| PublicKey::from_bytes(bytes).ok());
    let key =
        key.ok_or_else(|| failed(&"pins.json is damaged; remove the host with `deskwire trust remove`"))?;
    let safety = SafetyNumber::of(own, &key);
    let Some(number) = number else {
        let code = qr::Code::of(&safety.digits()).map(|code| code.to_text()).unwrap_or_default();
        let digits = format!("{:012}", id.as_digits());
        let text = format!(
            "{safety}\n\n{code}\n{id} is {}. It shows the same number when this device connects; if it does, say so: \
             deskwire trust verify {digits} NUMBER",
            if pin.verified { "verified" } else { "not verified" },
        );
        output.say(&text, &json!({ "safety_number": safety.digits(), "verified": pin.verified }));
        return Ok(());
    };
    let typed: String = number.chars().filter(char::is_ascii_digit).collect();
    if typed != safety.digits() {
        return Err(Failure::new(
            Kind::Login,
            format!(
                "that is not the safety number of {id}: one was mistyped, or somebody is between you and the host; \
                 do not use it before both show the same"
            ),
        ));
    }
    pin.verified = true;
    state.set_pin(server, id, pin).map_err(|e| failed(&e))?;
    output.say(&format!("{id} is verified."), &json!({ "verified": true }));
    Ok(())
}
