//! Commands to a server that runs: over its control socket.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use deskwire_rendezvous::choice::{HYSTERESIS_MS, UNKNOWN_MS, UNREACHED_MS};
use serde_json::Value;

use crate::cli::RelayCommand;
use crate::config::Settings;
use crate::error::ServerError;

/// How long a server may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Has a relay command done, and prints what came of it.
pub(crate) fn relay(settings: &Settings, command: RelayCommand, json: bool) -> Result<(), ServerError> {
    let (method, path) = match command {
        RelayCommand::Explain { viewer, host } => {
            let digits = |id: deskwire_wire::ids::DeviceId| id.to_string().replace(' ', "");
            ("GET", format!("/relays/explain/{}/{}", digits(viewer), digits(host)))
        }
        RelayCommand::List => ("GET", "/relays".to_owned()),
        RelayCommand::Drain => ("POST", "/drain".to_owned()),
    };
    let answer = ask(settings, method, &path)?;
    if json {
        return say(answer.trim_end());
    }
    let value: Value = serde_json::from_str(&answer)
        .map_err(|error| ServerError::Setting(format!("the server's answer cannot be read ({error})")))?;
    match command {
        RelayCommand::Drain => say(
            "the relay takes no more sessions; the server ends when the last one has left, or at its deadline",
        ),
        RelayCommand::List | RelayCommand::Explain { .. } => say(table(&value).trim_end()),
    }
}

/// The order and its reasons, for people.
fn table(value: &Value) -> String {
    let mut text = String::new();
    let explained = value["viewer"].is_object();
    for (side, name) in [("viewer", "dials"), ("host", "is dialled")] {
        let id = &value[side]["id"];
        if let (Some(id), Some(online)) = (id.as_str(), value[side]["online"].as_bool()) {
            let known =
                if online { "registered here" } else { "not registered here: its round trips are not known" };
            text.push_str(&format!("{id} {name}: {known}\n"));
        }
    }
    let chosen = value["chosen"].as_u64().unwrap_or(u64::MAX);
    let empty = Vec::new();
    let relays = value["relays"].as_array().unwrap_or(&empty);
    if relays.is_empty() {
        text.push_str("the server has no relay: sessions are direct or do not come about\n");
        return text;
    }
    if explained {
        text.push_str("\n   relay  state     load  viewer    host  penalty  for load     sum\n");
    } else {
        text.push_str("relay  state     load  penalty  for load\n");
    }
    for (place, relay) in (1..).zip(relays) {
        let number = |name: &str| relay[name].as_u64().unwrap_or_default();
        let ms = |name: &str| relay[name].as_u64().map_or_else(|| "?".to_owned(), |ms| format!("{ms} ms"));
        let state = relay["standing"].as_str().unwrap_or("?");
        let (id, load, penalty, for_load) =
            (number("relay"), number("load_percent"), ms("penalty_ms"), ms("load_ms"));
        if explained {
            let mark = if place <= chosen { format!("{place}.") } else { String::new() };
            text.push_str(&format!(
                "{mark:<3}{id:<6} {state:<8} {load:>4} % {:>7} {:>7} {penalty:>8} {for_load:>9} {:>7}\n",
                ms("viewer_ms"),
                ms("host_ms"),
                ms("cost_ms"),
            ));
        } else {
            text.push_str(&format!("{id:<6} {state:<8} {load:>4} % {penalty:>8} {for_load:>9}\n"));
        }
    }
    if explained {
        text.push_str(&format!(
            "\nfirst who takes sessions, then the smaller sum; below {HYSTERESIS_MS} ms of difference each session draws \
             lots.\n? is not measured: {UNKNOWN_MS} ms if that device measured none, {UNREACHED_MS} ms if it measured \
             others.\n"
        ));
    }
    text
}

fn ask(settings: &Settings, method: &str, path: &str) -> Result<String, ServerError> {
    let Some(socket) = &settings.control else {
        return Err(ServerError::Setting(
            "the control socket is off; start the server with --control PATH".into(),
        ));
    };
    let failed = |source: std::io::Error| {
        ServerError::Setting(format!(
            "no server answers at {} ({source}); does it run on this computer, as this user, with this data directory? \
             --data or --control say where",
            socket.display()
        ))
    };
    let mut stream = UnixStream::connect(socket).map_err(failed)?;
    stream.set_read_timeout(Some(PATIENCE)).map_err(failed)?;
    write!(stream, "{method} {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").map_err(failed)?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).map_err(failed)?;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_default();
    if head.split(' ').nth(1) == Some("200") {
        return Ok(body.to_owned());
    }
    let why = if body.trim().is_empty() { "the server gave no answer; see its log" } else { body.trim() };
    Err(ServerError::Setting(why.to_owned()))
}

#[expect(
    clippy::print_stdout,
    clippy::unnecessary_wraps,
    reason = "what a command was asked to print, its last act"
)]
fn say(text: &str) -> Result<(), ServerError> {
    println!("{text}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_table_says_what_counts() {
        let relay = |id: u32, ms: Option<u32>, cost: u32| {
            json!({
                "relay": id, "standing": "serving", "load_percent": 80, "viewer_ms": 12, "host_ms": ms,
                "penalty_ms": 0, "load_ms": 60, "cost_ms": cost,
            })
        };
        let side = |online: bool| json!({ "id": "123 456 789 012", "online": online });
        let relays = [relay(7, Some(30), 102), relay(9, None, 322)];
        let text =
            table(&json!({ "viewer": side(true), "host": side(false), "chosen": 1, "relays": relays }));
        assert!(
            text.contains("1. 7      serving    80 %   12 ms   30 ms     0 ms     60 ms  102 ms"),
            "{text}"
        );
        assert!(text.contains("   9      serving    80 %   12 ms       ?"), "{text}");
        assert!(text.contains("not registered here"), "{text}");
        assert!(table(&json!({ "relays": [] })).contains("no relay"));
    }
}
