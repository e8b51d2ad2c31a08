//! Where a device's key lies: in the system's keystore where one answers, else in a file; with a real Secret Service.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use deskwire_kit::stack::NO_SETTINGS;
use rustix::process::Signal;
use serde_json::Value;

use super::support::keyring::Keyring;
use super::support::shot::deskwire;
use super::support::{PATIENCE, desktop, eventually, folder, server};

/// A device with a keystore.
struct Device {
    state: PathBuf,
    bus: String,
}

impl Device {
    fn command(&self, keystore: &str) -> Command {
        let mut command = deskwire();
        command
            .args(["--json", "--state"])
            .arg(&self.state)
            .args(NO_SETTINGS)
            .env("DESKWIRE_KEYSTORE", keystore)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus);
        command
    }

    /// What `deskwire trust me` says: the key, where it lies, and that in words.
    fn me(&self, keystore: &str) -> (String, String, String) {
        let output = self.command(keystore).args(["trust", "me"]).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        let said: Value = serde_json::from_slice(&output.stdout).unwrap();
        let text = |name: &str| said[name].as_str().unwrap().to_owned();
        (text("key"), text("lies_in"), text("where"))
    }

    fn file(&self) -> String {
        fs::read_to_string(self.state.join("identity.key")).unwrap()
    }
}

fn device(folder: &Path, keyring: &Keyring) -> Device {
    Device { state: folder.join("device"), bus: keyring.address().to_owned() }
}

#[test]
fn t50_the_key_moves_into_the_keystore_and_back_and_a_host_runs_with_it() {
    let folder = folder();
    let mut keyring = Keyring::new(folder.path());
    let device = device(folder.path(), &keyring);
    // A bus without a keystore, as a service may have it.
    let (key, lies, text) = device.me("system");
    assert!(lies == "file" && text.contains("cannot be reached"), "{lies}: {text}");
    let seed = device.file();
    assert_eq!(seed.trim().len(), 64);
    keyring.start(true);
    assert_eq!(device.me("system"), (key.clone(), "keystore".into(), device.me("system").2));
    let marker = device.file();
    assert!(marker.starts_with("keystore ") && !marker.contains(seed.trim()), "{marker}");
    for file in fs::read_dir(&device.state).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(64).any(|part| part == seed.trim().as_bytes()));
    }
    // A host has the same key.
    let server = server(&folder.path().join("server"), &[]);
    let (desktop, _screen) = desktop();
    let mut host = device.command("system");
    host.args([
        "--server",
        &server.rendezvous().unwrap().to_string(),
        "--key",
        server.key().unwrap(),
        "host",
    ])
    .env("DISPLAY", desktop.display())
    .stdin(Stdio::null())
    .stdout(Stdio::piped());
    let mut host = host.spawn().unwrap();
    let line = BufReader::new(host.stdout.take().unwrap()).lines().next().unwrap().unwrap();
    host.kill().unwrap();
    host.wait().unwrap();
    let ready: Value = serde_json::from_str(&line).unwrap();
    let me = device.command("system").args(["trust", "me"]).output().unwrap().stdout;
    let me: Value = serde_json::from_slice(&me).unwrap();
    assert_eq!((&ready["event"], &ready["fingerprint"]), (&Value::from("ready"), &me["fingerprint"]));
    // And back.
    let (same, lies, _) = device.me("file");
    assert_eq!((same, lies.as_str(), device.file()), (key, "file", seed));
}

#[test]
fn a_keystore_that_is_locked_or_gone_is_said_and_no_other_key_is_made() {
    let folder = folder();
    let mut keyring = Keyring::new(folder.path());
    keyring.start(true);
    let device = device(folder.path(), &keyring);
    let (key, lies, _) = device.me("system");
    assert_eq!(lies, "keystore");
    let marker = device.file();
    let fails = |words: &str| {
        let (same, lies, text) = device.me("system");
        assert_eq!((same, lies.as_str()), (key.clone(), "unreachable"), "{text}");
        assert!(text.contains(words) && text.contains("unlock or start"), "{text}");
        // What needs the secret half does not start.
        let mut host = device.command("system");
        let (desktop, _screen) = desktop();
        host.args(["--server", "127.0.0.1:9", "--key", &key, "host"]).env("DISPLAY", desktop.display());
        let output = host.stdin(Stdio::null()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.code() == Some(3) && said.contains(words), "{output:?}");
        assert_eq!(device.file(), marker);
    };
    keyring.end();
    fails("cannot be reached");
    keyring.start(false);
    fails("is locked");
    keyring.end();
    keyring.start(true);
    assert_eq!(device.me("system").1, "keystore");
    // The entry is removed by somebody.
    keyring.end();
    fs::remove_dir_all(folder.path().join("keyring/data")).unwrap();
    keyring.start(true);
    fails("has no entry");
}

#[test]
fn t50_a_move_that_is_killed_in_the_middle_loses_nothing() {
    let folder = folder();
    let mut keyring = Keyring::new(folder.path());
    keyring.start(true);
    let device = device(folder.path(), &keyring);
    let (key, ..) = device.me("file");
    let seed = device.file();
    keyring.signal(Signal::STOP);
    let mut moving = device.command("system");
    let mut moving = moving.args(["trust", "me"]).stdout(Stdio::null()).spawn().unwrap();
    eventually("the beginning of the move", PATIENCE, || {
        let lock = File::open(device.state.join("identity.lock")).ok()?;
        lock.try_lock().is_err().then_some(())
    });
    moving.kill().unwrap();
    moving.wait().unwrap();
    assert_eq!(device.file(), seed);
    keyring.signal(Signal::CONT);
    let (same, lies, _) = device.me("system");
    assert_eq!((same, lies.as_str()), (key, "keystore"));
}
