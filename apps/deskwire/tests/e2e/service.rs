//! `deskwire service` as far as a machine without a running systemd goes: its unit, and what is said.

use std::process::{Command, Output};

use deskwire_kit::stack::NO_SETTINGS;
use tempfile::TempDir;

use super::support::folder;
use super::support::shot::deskwire;

fn service(folder: &TempDir, words: &[&str]) -> Output {
    let config = folder.path().join("config");
    deskwire()
        .args(["--server", "127.0.0.1", "--state"])
        .arg(folder.path().join("state"))
        .args(NO_SETTINGS)
        .arg("service")
        .args(words)
        .env("XDG_CONFIG_HOME", &config)
        .env("XDG_RUNTIME_DIR", folder.path())
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned()
}

#[test]
fn the_unit_is_one_that_systemd_takes_and_goes_again() {
    let folder = folder();
    let path = folder.path().join("config/systemd/user/deskwire.service");
    assert!(said(&service(&folder, &["status"])).contains("Not installed"));
    let installed =
        service(&folder, &["install", "--", "--virtual", "800x600", "--session", "xterm -e 'top'"]);
    // Nobody can log in yet, and no systemd answers here: both are said.
    let words = said(&installed);
    assert!(words.contains("deskwire access password"), "{words}");
    assert!(words.contains("systemd could not start it") && !installed.status.success(), "{words}");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(r#""host" "--virtual" "800x600" "--session" "xterm -e 'top'""#), "{text}");

    let verify = |path: &std::path::Path| {
        let mut command = Command::new("systemd-analyze");
        command.args(["--user", "verify"]).arg(path).env("XDG_RUNTIME_DIR", folder.path());
        command.output().expect("systemd-analyze cannot be started; `cargo xtask setup` installs it")
    };
    let good = verify(&path);
    assert!(good.status.success() && good.stderr.is_empty(), "{}", said(&good));
    // It would notice.
    let broken = folder.path().join("broken.service");
    std::fs::write(&broken, text.replace("ExecStart=", "ExecStrat=")).unwrap();
    assert!(!verify(&broken).stderr.is_empty());

    assert!(said(&service(&folder, &["status"])).contains("Installed as"));
    let removed = service(&folder, &["remove"]);
    assert!(removed.status.success() && !path.exists(), "{}", said(&removed));
    assert!(said(&service(&folder, &["remove"])).contains("Not installed"));
}
