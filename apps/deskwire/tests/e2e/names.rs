//! A server known by a name: programs that start before the name has an address, and a name that gets another one.
//!
//! Each test has a `/etc/hosts` of its own, in a mount namespace, so it needs root.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use deskwire_kit::child::{Guarded, on_path};
use deskwire_kit::stack::{NO_SETTINGS, Programs, ServerProcess, bare_command};
use deskwire_kit::viewer::{Client, LoginWith, View};
use serde_json::Value;

use super::support::{PATIENCE, desktop, eventually, folder, programs, settings};

/// The server's name, which nobody else knows.
const NAME: &str = "server.deskwire.test";

/// What the system is told about names.
struct Names {
    hosts: PathBuf,
    servers: PathBuf,
}

impl Names {
    /// No name has an address. `None` where namespaces are not to be had.
    fn new(folder: &Path) -> Option<Self> {
        if !rustix::process::geteuid().is_root() || !on_path("unshare") {
            eprintln!("skipped: mount namespaces need root and `unshare`");
            return None;
        }
        let names = Self { hosts: folder.join("hosts"), servers: folder.join("resolv.conf") };
        fs::write(&names.hosts, "").unwrap();
        // Nobody answers there, and that shows at once.
        fs::write(&names.servers, "nameserver 127.0.0.1\noptions attempts:1 timeout:1\n").unwrap();
        Some(names)
    }

    /// From now on the server's name has this address.
    fn lead_to(&self, address: &str) {
        // Written in place: it is the file itself that is mounted.
        fs::write(&self.hosts, format!("{address} {NAME}\n")).unwrap();
    }

    /// Starts `deskwire host`, which knows no other names; gives what it says.
    fn host(&self, display: &str, state: &Path, port: u16, key: &str) -> (Guarded, Receiver<Value>) {
        const INSIDE: &str = "mount --bind \"$1\" /etc/hosts && mount --bind \"$2\" /etc/resolv.conf && \
                              shift 2 && exec \"$@\"";
        let mut command = bare_command("unshare");
        command.args(["--mount", "--", "sh", "-ec", INSIDE, "sh"]).args([&self.hosts, &self.servers]);
        command.arg(Programs::beside_this().unwrap().path("deskwire").unwrap()).args(NO_SETTINGS);
        command.args(["--json", "--server", &format!("{NAME}:{port}"), "--key", key, "--state"]).arg(state);
        command.arg("host").env("DISPLAY", display).env_remove("WAYLAND_DISPLAY").stdout(Stdio::piped());
        let mut process = Guarded::start("deskwire host", &mut command).unwrap();
        let (tell, told) = channel();
        let said = BufReader::new(process.stdout().unwrap());
        thread::spawn(move || {
            for line in said.lines().map_while(Result::ok) {
                // Nobody listens any more when the test is over.
                let _ = tell.send(serde_json::from_str(&line).unwrap_or(Value::String(line)));
            }
        });
        (process, told)
    }
}

/// Waits for what a host says; the rest is passed over.
fn wait(said: &Receiver<Value>, event: &str) -> Value {
    let end = Instant::now() + PATIENCE;
    loop {
        let left = end.saturating_duration_since(Instant::now());
        let line = said.recv_timeout(left).unwrap_or_else(|why| panic!("no `{event}`: {why}"));
        if line["event"] == event {
            return line;
        }
    }
}

/// A server on one address of loopback; with a port, on that one.
fn server(data: &Path, address: &str, port: u16) -> ServerProcess {
    let port = port.to_string();
    let rest = ["--reflector-port", "0", "--relay-port", "0", "--websocket-port", "0"];
    let rest = [&rest[..], &["--relay-websocket-port", "0", "--admin", "off", "--log", "warn"]].concat();
    let args = [&["--bind", address, "--port", &port], &rest[..]].concat();
    ServerProcess::start(&programs(), data, &args).unwrap()
}

/// Waits until the host that said `ready` can be seen.
fn see(server: &ServerProcess, state: &Path, ready: &Value) -> Duration {
    let start = Instant::now();
    eventually("a picture", PATIENCE, || {
        let id = ready["id"].as_str().unwrap().parse().unwrap();
        let mut plan = deskwire_kit::viewer::Plan::new(settings(server, state), id);
        plan.login = LoginWith::code(ready["code"].as_str().unwrap()).ok();
        let client = Client::start(plan, || {}).unwrap();
        client.wait_for(PATIENCE, View::has_picture).has_picture().then(|| start.elapsed())
    })
}

#[test]
fn a_host_that_starts_before_its_servers_name_has_an_address_comes_up_when_it_has_one() {
    let folder = folder();
    let Some(names) = Names::new(folder.path()) else { return };
    let server = server(&folder.path().join("server"), "127.0.0.1", 0);
    let (desktop, _screen) = desktop();
    let (port, key) = (server.rendezvous().unwrap().port(), server.key().unwrap());
    let (_host, said) = names.host(desktop.display(), &folder.path().join("host"), port, key);
    let problem = wait(&said, "problem");
    let text = problem["message"].as_str().unwrap();
    assert!(text.contains(NAME) && text.contains("cannot be resolved"), "{text}");
    names.lead_to("127.0.0.1");
    let start = Instant::now();
    let ready = wait(&said, "ready");
    eprintln!("registered {:?} after the name had an address", start.elapsed());
    see(&server, &folder.path().join("viewer"), &ready);
}

#[test]
fn a_server_that_moved_is_found_under_its_name() {
    let folder = folder();
    let Some(names) = Names::new(folder.path()) else { return };
    let data = folder.path().join("server");
    let mut old = server(&data, "127.0.0.1", 0);
    let (desktop, _screen) = desktop();
    let (port, key) = (old.rendezvous().unwrap().port(), old.key().unwrap());
    names.lead_to("127.0.0.1");
    let (_host, said) = names.host(desktop.display(), &folder.path().join("host"), port, key);
    let ready = wait(&said, "ready");
    old.process().stop(PATIENCE);
    names.lead_to("127.0.0.2");
    let new = server(&data, "127.0.0.2", port);
    let took = see(&new, &folder.path().join("viewer"), &ready);
    eprintln!("seen at the new address after {took:?}");
}
