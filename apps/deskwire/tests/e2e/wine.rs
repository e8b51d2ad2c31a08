//! A Linux host that is looked at and typed on by the Windows command line, through the Windows server: both under Wine.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use deskwire_kit::stack::{HostPlan, HostProcess, NO_SETTINGS, Programs, ServerProcess, bare_command};

use super::support::{PATIENCE, Site, desktop, eventually, folder, open};

/// Names the folder of the programs for Windows.
const VARIABLE: &str = "DESKWIRE_TEST_WINDOWS_PROGRAMS";

/// A program for Windows as one for this system: a script that starts Wine.
fn under_wine(folder: &Path, name: &str) -> PathBuf {
    let programs = std::env::var_os(VARIABLE).map(PathBuf::from);
    let program = programs.unwrap_or_else(|| panic!("{VARIABLE} is not set; run cargo xtask cross"));
    let program = program.join(format!("{name}.exe"));
    assert!(program.is_file(), "{} is not there; run cargo xtask cross", program.display());
    let script = folder.join(name);
    fs::write(&script, format!("#!/bin/sh\nexec wine '{}' \"$@\"\n", program.display())).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    script
}

/// What a program for Windows did.
struct Ran {
    exit: Option<i32>,
    said: String,
}

impl Ran {
    fn of(command: &mut Command) -> Self {
        // What is printed goes to a file: Wine's own servers, which stay for a while, would keep a pipe open.
        let output = tempfile::NamedTempFile::new().unwrap();
        let (out, err) = (output.reopen().unwrap(), Stdio::inherit());
        let status = command.stdin(Stdio::null()).stdout(out).stderr(err).status().unwrap();
        Self { exit: status.code(), said: fs::read_to_string(output.path()).unwrap() }
    }
}

#[test]
#[ignore = "needs the programs for Windows and Wine: cargo xtask cross runs it"]
fn a_linux_host_is_controlled_from_windows_through_a_windows_server() {
    let folder = folder();
    let deskwire = under_wine(folder.path(), "deskwire");
    under_wine(folder.path(), "deskwire-server");
    let wine = Programs::in_folder(folder.path());
    let data = folder.path().join("server");
    let server = ServerProcess::start(&wine, &data, &["--loopback", "--log", "warn"]).unwrap();
    let (state, typed, shot) =
        (folder.path().join("viewer"), folder.path().join("typed"), folder.path().join("shot.png"));
    let ready = folder.path().join("ready");
    // Not the usual site, which comes with a server for this system.
    let (desktop, screen) = desktop();
    let plan = HostPlan {
        display: desktop.display(),
        state: &folder.path().join("host"),
        server: server.rendezvous().unwrap(),
        key: server.key().unwrap(),
        args: &[],
    };
    let host = HostProcess::start(&Programs::beside_this().unwrap(), plan).unwrap();
    let mut site = Site { host, server, screen, desktop, folder };
    let script = r#"touch "$1"; exec cat > "$2""#;
    let terminal = ["-u8", "-geometry", "80x24+0+0", "-xrm", "XTerm*cursorBlink: false", "-e", "sh", "-c"];
    let words = [script, "sh", ready.to_str().unwrap(), typed.to_str().unwrap()];
    open(&mut site.desktop, "xterm", &[&terminal[..], &words].concat());
    eventually("the start of the terminal", PATIENCE, || ready.exists().then_some(()));
    site.screen.wait_windows(1);

    let command = || {
        let mut command = bare_command(&deskwire);
        command
            .args(["--json", "--server", &site.server.rendezvous().unwrap().to_string()])
            .args(["--key", site.server.key().unwrap(), "--state"])
            .arg(&state)
            .args(NO_SETTINGS)
            .env("DESKWIRE_CODE", site.host.code());
        command
    };
    let text = "typed on Windows, read on Linux: {[|]} ~ @ \\ Grüße";
    let typing = Ran::of(command().args(["type", site.host.id(), text, "--enter", "--click", "200,150"]));
    assert!(typing.exit == Some(0) && typing.said.contains("\"typed\""), "{}", typing.said);
    let expected = format!("{text}\n");
    eventually("the arrival of the line", PATIENCE, || {
        fs::read_to_string(&typed).is_ok_and(|have| have == expected).then_some(())
    });

    let screen = site.screen.still();
    let taken = Ran::of(command().args(["shot", site.host.id(), "--settle", "300", "-o"]).arg(&shot));
    assert!(taken.exit == Some(0) && taken.said.contains("\"width\":1280"), "{}", taken.said);
    assert_eq!(site.screen.grab(), screen, "the screen was not still");
    assert!(super::support::shot::pixels(&shot) == screen, "the picture differs from the screen");

    let watched = Ran::of(command().args(["watch", site.host.id(), "--for", "1", "--every", "0.2"]));
    assert!(watched.exit == Some(0) && watched.said.contains("\"figures\""), "{}", watched.said);

    let known = Ran::of(command().args(["trust", "list"]));
    assert!(known.exit == Some(0) && known.said.contains(site.host.id()), "{}", known.said);

    // A wrong code ends it as it does anywhere: the exit code crosses Wine.
    let wrong =
        Ran::of(command().args(["shot", site.host.id(), "-o"]).arg(&shot).env("DESKWIRE_CODE", "000000"));
    assert_eq!(wrong.exit, Some(6), "{}", wrong.said);
}
