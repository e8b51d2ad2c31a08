//! Where Windows looks after services: the host starts with the computer.

use std::ffi::OsString;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use deskwire_kit::child::{Guarded, guarded_command};
use deskwire_kit::config::Options;
use deskwire_windows::service::{self, Standing};
use serde_json::json;

use crate::Outcome;
use crate::output::{Failure, Output};

/// So long after its end a host is started again.
const AGAIN: Duration = Duration::from_secs(10);
/// How often it is looked whether the host has ended.
const LOOK: Duration = Duration::from_millis(500);

pub(super) fn install(options: &Options, arguments: &[String], output: Output) -> Outcome {
    let program = super::this_program()?;
    super::warn_without_login(options, output)?;
    let mut words: Vec<OsString> =
        super::options_given("install", std::env::args().skip(1)).into_iter().map(OsString::from).collect();
    words.extend(["service", "run", "--"].map(OsString::from));
    words.extend(arguments.iter().map(OsString::from));
    service::install(program, words).map_err(Failure::other)?;
    output.say(
        "Installed as the service Deskwire; it runs, and starts with the computer.",
        &json!({ "event": "installed", "service": "Deskwire" }),
    );
    output.note(
        "A service has no desktop of its own, and does not yet share that of whoever is logged in: until then start \
         `deskwire host` there.",
    );
    Ok(())
}

pub(super) fn status(output: Output) -> Outcome {
    let standing = service::standing().map_err(Failure::other)?;
    let (installed, active, text) = match standing {
        Standing::Missing => {
            (false, "not installed", "Not installed; `deskwire service install` does it, as administrator.")
        }
        Standing::Stopped => (true, "inactive", "Installed as the service Deskwire. Running: no."),
        _ => (true, "active", "Installed as the service Deskwire. Running: yes."),
    };
    output.say(text, &json!({ "installed": installed, "active": active }));
    Ok(())
}

pub(super) fn remove(output: Output) -> Outcome {
    if service::remove().map_err(Failure::other)? {
        output.say("Stopped and removed.", &json!({ "event": "removed" }));
    } else {
        output.say("Not installed.", &json!({ "event": "not-installed" }));
    }
    Ok(())
}

/// What Windows starts: a host, again and again until Windows wants the end.
pub(super) fn serve(arguments: &[String]) -> Outcome {
    let program = super::this_program()?;
    let options = super::options_given("run", std::env::args().skip(1));
    let arguments = arguments.to_vec();
    let body = move |stop: Receiver<()>| loop {
        let mut command = guarded_command(&program);
        command.args(&options).arg("host").args(&arguments);
        let mut host = Guarded::start("deskwire host", &mut command).map_err(|error| error.to_string())?;
        while host.ended().is_none() {
            if stop.recv_timeout(LOOK) != Err(RecvTimeoutError::Timeout) {
                // It ends with the guard.
                return Ok(());
            }
        }
        if stop.recv_timeout(AGAIN) != Err(RecvTimeoutError::Timeout) {
            return Ok(());
        }
    };
    service::run(body).map_err(Failure::other)
}
