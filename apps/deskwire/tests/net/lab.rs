//! Network namespaces: made with unique names, configured with `ip`, `nft` and files below `/proc/sys`, and removed.

use std::cell::RefCell;
use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use deskwire_kit::child::{guarded_command, on_path};

/// What all our namespaces are called; then come the process id, the lab's number and what it is.
const PREFIX: &str = "deskwire-";

/// A set of namespaces that go away together. Those of a process that was killed are removed by the next one.
pub(crate) struct Lab {
    prefix: String,
    names: RefCell<Vec<String>>,
}

impl Lab {
    pub(crate) fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        Self { prefix: format!("{PREFIX}{}-{number}-", std::process::id()), names: RefCell::default() }
    }

    /// A namespace with loopback and nothing else.
    pub(crate) fn space(&self, what: &str) -> Space {
        let name = format!("{}{what}", self.prefix);
        self.names.borrow_mut().push(name.clone());
        run(Command::new("ip").args(["netns", "add", &name]));
        let space = Space { name };
        // Addresses are usable at once, and only we give them.
        space.set("net.ipv6.conf.default.accept_dad", 0);
        space.set("net.ipv6.conf.all.accept_dad", 0);
        space.set("net.ipv6.conf.default.accept_ra", 0);
        space.ip("link set lo up");
        space
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        for name in self.names.borrow().iter() {
            // One that could not be made cannot be removed.
            let _ = Command::new("ip").args(["netns", "del", name]).stderr(Stdio::null()).status();
        }
    }
}

/// Removes the namespaces of processes that are gone.
pub(crate) fn remove_stale() {
    let Ok(entries) = fs::read_dir("/run/netns") else { return };
    for name in entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()) {
        let pid = name.strip_prefix(PREFIX).and_then(|rest| rest.split('-').next());
        if pid.is_some_and(|pid| pid.parse::<u32>().is_ok() && !Path::new("/proc").join(pid).exists()) {
            let _ = Command::new("ip").args(["netns", "del", &name]).stderr(Stdio::null()).status();
        }
    }
}

/// What this machine lacks for labs, if anything.
pub(crate) fn missing() -> Option<String> {
    if !rustix::process::geteuid().is_root() {
        return Some("network namespaces need root".into());
    }
    let programs = ["ip", "tc", "nft", "conntrack", "setpriv", "Xvfb"];
    if let Some(program) = programs.into_iter().find(|program| !on_path(program)) {
        return Some(format!("there is no {program}; `cargo xtask setup` installs it"));
    }
    if !Path::new("/dev/net/tun").exists() {
        return Some("there is no /dev/net/tun, which lines with a delay need".into());
    }
    let name = format!("{PREFIX}{}-probe", std::process::id());
    let tries: [(&str, &[&str]); 4] = [
        ("network namespaces", &["ip", "netns", "add", &name]),
        ("veth devices", &["ip", "-n", &name, "link", "add", "name", "ve0", "type", "veth"]),
        ("network bridges", &["ip", "-n", &name, "link", "add", "name", "br0", "type", "bridge"]),
        ("address translation", &["ip", "netns", "exec", &name, "nft", NAT_PROBE]),
    ];
    let failed = tries.into_iter().find_map(|(what, words)| {
        let out = Command::new(words[0]).args(&words[1..]).output().ok()?;
        let why = String::from_utf8_lossy(&out.stderr).trim().replace('\n', ", ");
        (!out.status.success()).then(|| format!("this kernel or container gives no {what} ({why})"))
    });
    let _ = Command::new("ip").args(["netns", "del", &name]).stderr(Stdio::null()).status();
    failed
}

const NAT_PROBE: &str = "add table ip t; add chain ip t c { type nat hook postrouting priority 100; }; \
                         add rule ip t c oifname \"b\" masquerade random,fully-random";

/// A namespace.
#[derive(Clone, Debug)]
pub(crate) struct Space {
    name: String,
}

impl Space {
    /// Its file, to enter it.
    pub(crate) fn file(&self) -> PathBuf {
        Path::new("/run/netns").join(&self.name)
    }

    /// Runs commands of `ip`, one a line.
    pub(crate) fn ip(&self, commands: &str) {
        feed(Command::new("ip").args(["-n", &self.name, "-batch", "-"]), commands);
    }

    /// Runs commands of `nft`, one a line.
    pub(crate) fn nft(&self, commands: &str) {
        feed(Command::new("ip").args(["netns", "exec", &self.name, "nft", "-f", "-"]), commands);
    }

    /// Runs a program to its end.
    pub(crate) fn run(&self, program: &str, args: &[&str]) {
        run(Command::new("ip").args(["netns", "exec", &self.name, program]).args(args));
    }

    /// Sets a kernel parameter.
    pub(crate) fn set(&self, name: &str, value: u32) {
        let path = format!("/proc/sys/{}", name.replace('.', "/"));
        self.run("sh", &["-c", &format!("echo {value} > {path}")]);
    }

    /// A command that runs in it and ends with this process.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = guarded_command("ip");
        command.args(["netns", "exec", &self.name]).arg(program);
        command
    }

    /// Links an interface of this namespace with one of another, with nothing in between.
    pub(crate) fn link(&self, own: &str, other: &Self, others: &str) {
        let peer = &other.name;
        self.ip(&format!("link add name {own} type veth peer name {others} netns {peer}\nlink set {own} up"));
        other.ip(&format!("link set {others} up"));
    }
}

fn run(command: &mut Command) {
    let out = command.stdin(Stdio::null()).output().unwrap();
    assert!(out.status.success(), "{command:?}: {}", String::from_utf8_lossy(&out.stderr));
}

fn feed(command: &mut Command, text: &str) {
    let mut child = command.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that ends early says why.
    let _ = child.stdin.take().unwrap().write_all(format!("{text}\n").as_bytes());
    let out = child.wait_with_output().unwrap();
    assert!(out.status.success(), "{command:?} with\n{text}\n{}", String::from_utf8_lossy(&out.stderr));
}
