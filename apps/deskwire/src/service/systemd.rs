//! Where systemd looks after services: the host starts with the user's session.

use std::fs;
use std::path::PathBuf;
use std::process::Command as Process;

use deskwire_kit::config::Options;
use serde_json::json;

use crate::Outcome;
use crate::output::{Failure, Kind, Output};

/// The name of the unit.
const UNIT: &str = "deskwire.service";

pub(super) fn install(options: &Options, arguments: &[String], output: Output) -> Outcome {
    let path = unit_path()?;
    let program = super::this_program()?;
    super::warn_without_login(options, output)?;
    let mut words = vec![program.to_string_lossy().into_owned()];
    words.extend(super::options_given("install", std::env::args().skip(1)));
    words.push("host".to_owned());
    let text = unit(words.iter().chain(arguments));
    let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, text));
    written.map_err(|error| Failure::other(format!("cannot write {}: {error}", path.display())))?;
    systemctl(&["daemon-reload"]).and_then(|_| systemctl(&["enable", "--now", UNIT])).map_err(|why| {
        Failure::other(format!("{} was written, but systemd could not start it: {why}", path.display()))
    })?;
    let text = format!("Installed as {}; it runs, and starts with your session.", path.display());
    output.say(&text, &json!({ "event": "installed", "unit": path }));
    output.note("To have it run without anybody logged in there: loginctl enable-linger");
    Ok(())
}

pub(super) fn status(output: Output) -> Outcome {
    let path = unit_path()?;
    let installed = path.is_file();
    // `is-active` and `is-enabled` tell by what they print; their exit codes only repeat it.
    let ask = |what: &str| systemctl(&[what, UNIT]).unwrap_or_else(|why| why);
    let (active, enabled) = match installed {
        true => (ask("is-active"), ask("is-enabled")),
        false => ("not installed".to_owned(), "not installed".to_owned()),
    };
    let text = match installed {
        true => {
            format!("Installed as {}. Running: {active}. Starts with the session: {enabled}.", path.display())
        }
        false => "Not installed; `deskwire service install` does it.".to_owned(),
    };
    output.say(&text, &json!({ "installed": installed, "unit": path, "active": active, "enabled": enabled }));
    Ok(())
}

pub(super) fn remove(output: Output) -> Outcome {
    let path = unit_path()?;
    if !path.is_file() {
        output.say("Not installed.", &json!({ "event": "not-installed" }));
        return Ok(());
    }
    // Where systemd does not answer nothing runs that would have to be stopped.
    let stopped = systemctl(&["disable", "--now", UNIT]);
    fs::remove_file(&path)
        .map_err(|error| Failure::other(format!("cannot remove {}: {error}", path.display())))?;
    match stopped.and_then(|_| systemctl(&["daemon-reload"])) {
        Ok(_) => output.say("Stopped and removed.", &json!({ "event": "removed" })),
        Err(why) => {
            output.say("Removed.", &json!({ "event": "removed" }));
            output.note(&format!("systemd could not be told: {why}"));
        }
    }
    Ok(())
}

/// Where units of this user are.
fn unit_path() -> Result<PathBuf, Failure> {
    let named = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder =
        named("XDG_CONFIG_HOME").or_else(|| Some(named("HOME")?.join(".config"))).ok_or_else(|| {
            Failure::new(
                Kind::Settings,
                "it is not known where your settings are: set HOME or XDG_CONFIG_HOME",
            )
        })?;
    Ok(folder.join("systemd/user").join(UNIT))
}

/// The unit that runs these words (systemd.service(5)).
fn unit<'a>(words: impl Iterator<Item = &'a String>) -> String {
    let quoted = |word: &String| {
        let safe = word.replace('\\', "\\\\").replace('"', "\\\"").replace('%', "%%").replace('$', "$$");
        format!("\"{safe}\"")
    };
    let command: Vec<String> = words.map(quoted).collect();
    // Wrong settings and a missing desktop do not become right by another start.
    format!(
        "[Unit]\nDescription=Deskwire host\nAfter=graphical-session.target network-online.target\n\n[Service]\n\
         ExecStart={}\nRestart=on-failure\nRestartSec=10\nRestartPreventExitStatus=2 3\n\n[Install]\n\
         WantedBy=default.target\n",
        command.join(" ")
    )
}

/// Asks systemd; what it prints, or why it did not do it.
fn systemctl(arguments: &[&str]) -> Result<String, String> {
    let result = Process::new("systemctl").arg("--user").args(arguments).output();
    let done = result.map_err(|error| format!("systemctl cannot be started ({error})"))?;
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    match (done.status.success(), said(&done.stdout), said(&done.stderr)) {
        (true, printed, _) => Ok(printed),
        (false, printed, why) if why.is_empty() => Err(printed),
        (false, _, why) => Err(why),
    }
}

#[cfg(test)]
mod tests {
    use super::unit;

    #[test]
    fn words_stay_words_whatever_is_in_them() {
        let words = ["/a b/deskwire", "host", "--session", "echo \"100%\" $HOME \\"].map(str::to_owned);
        let text = unit(words.iter());
        let line = text.lines().find(|line| line.starts_with("ExecStart=")).unwrap();
        let expected = r#"ExecStart="/a b/deskwire" "host" "--session" "echo \"100%%\" $$HOME \\""#;
        assert_eq!(line, expected);
    }
}
