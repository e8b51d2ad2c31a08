//! A server process, and a device that registers with it.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail like tests")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::Sender;
use std::time::{Duration, SystemTime};

use deskwire_driver::{Clock, Handle, HubConfig};
use deskwire_identity::{IdentityKey, ServerKey};
use deskwire_io_blocking::Driver;
use deskwire_machine::{Deadline, Input, Instant, LinkId, LinkIds, LinkSpec, Machine, Output, Seed};
use deskwire_rendezvous::Client;
use deskwire_rendezvous::client::{ClientConfig, ClientEvent, ServerAddress, Trust};
use deskwire_wire::ids::DeviceId;
use serde_json::Value;

/// After this long a test has failed. It is never waited for when all is well.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// The program, with a clean environment.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_deskwire-server"));
    for name in ["CONFIG", "DATA", "LOG", "ALTERNATE_ADDRESS"] {
        command.env_remove(format!("DESKWIRE_SERVER_{name}"));
    }
    command.env_remove("STATE_DIRECTORY").env("HOME", "/nonexistent").env("XDG_CONFIG_HOME", "/nonexistent");
    command
}

/// Runs the program to its end: exit code, standard output, standard error.
pub(crate) fn run(args: &[&str]) -> (Option<i32>, String, String) {
    let output = program().args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// A server that runs; killed when dropped.
pub(crate) struct Server {
    process: Child,
    ready: Value,
}

impl Server {
    /// Starts one and waits until it is ready.
    pub(crate) fn start(data: &Path, args: &[&str]) -> Self {
        let mut process = program()
            .arg("--data")
            .arg(data)
            .args(["--json", "--loopback"])
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready = serde_json::from_str(&line).expect("the line of a server that is ready");
        Self { process, ready }
    }

    /// A text from what it said when it was ready.
    pub(crate) fn said(&self, name: &str) -> &str {
        self.ready[name].as_str().unwrap_or_else(|| panic!("no {name} in {}", self.ready))
    }

    /// Whether it said something by that name.
    pub(crate) fn said_nothing(&self, name: &str) -> bool {
        self.ready[name].is_null()
    }

    /// An address from what it said when it was ready.
    pub(crate) fn address(&self, name: &str) -> SocketAddr {
        self.said(name).parse().unwrap()
    }

    /// Its key.
    pub(crate) fn key(&self) -> ServerKey {
        self.said("key").parse().unwrap()
    }

    /// Its process id.
    pub(crate) fn pid(&self) -> u32 {
        self.process.id()
    }

    /// SIGKILL.
    pub(crate) fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Waits for its end.
    pub(crate) fn wait(&mut self) -> Option<i32> {
        self.process.wait().unwrap().code()
    }

    /// Status line and body of an admin page.
    pub(crate) fn get(&self, path: &str) -> (String, String) {
        let mut stream = TcpStream::connect(self.address("admin")).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.lines().next().unwrap().to_owned(), body.to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A device: the rendezvous client with a UDP socket of its own.
pub(crate) struct Device {
    client: Client,
    udp: LinkId,
    open: Option<SocketAddr>,
}

impl Machine for Device {
    type Event = ClientEvent;

    fn handle_input(&mut self, now: Instant, input: Input<'_>) {
        self.client.handle_input(now, input);
    }

    fn handle_timeout(&mut self, now: Instant) {
        self.client.handle_timeout(now);
    }

    fn poll_output(&mut self, now: Instant, buf: &mut Vec<u8>) -> Option<Output> {
        if let Some(local) = self.open.take() {
            return Some(Output::Open { link: self.udp, spec: LinkSpec::Udp { local: Some(local) } });
        }
        self.client.poll_output(now, buf)
    }

    fn poll_event(&mut self) -> Option<ClientEvent> {
        self.client.poll_event()
    }

    fn poll_timeout(&self) -> Option<Deadline> {
        self.client.poll_timeout()
    }

    fn wants_input(&self, link: LinkId) -> bool {
        self.client.wants_input(link)
    }
}

/// What a registered device holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Registered {
    /// Which device.
    pub(crate) n: u8,
    /// Its id.
    pub(crate) id: DeviceId,
    /// Its certificate.
    pub(crate) certificate: Vec<u8>,
}

/// The key of device `n`.
pub(crate) fn device_key(n: u8) -> IdentityKey {
    IdentityKey::from_bytes(&[n; 32])
}

/// Runs device `n` in a thread of its own; it registers from an address of its own as a new device, or under `id`, and
/// tells when it is.
pub(crate) fn register(
    server: &Server,
    n: u8,
    id: Option<DeviceId>,
    told: Sender<Registered>,
) -> Handle<Device> {
    let address = ServerAddress { main: server.address("rendezvous"), reflector: None };
    let unix_time = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    let mut seed = [0; 32];
    // Another start is another randomness.
    seed[..2].copy_from_slice(&[n, u8::from(id.is_some())]);
    let trust = Trust::Key(server.key().0);
    let mut config = ClientConfig::new(Seed::new(seed), device_key(n), address, trust, unix_time);
    config.id = id;
    config.epoch = if id.is_some() { 100 } else { 0 };
    let (ids, clock) = (config.ids.clone(), Clock::new());
    let mut client = Client::new(clock.now(), config);
    client.register(clock.now());
    let (udp, open) = (LinkIds::allocate(&ids), Some(SocketAddr::from(([127, 0, 1, n], 0))));
    let device = Device { client, udp, open };
    let (driver, handle) = Driver::new(device, ids, clock, HubConfig::default()).unwrap();
    std::thread::spawn(move || {
        let run = driver.run(|device, now, event| match event {
            ClientEvent::PersistEpoch(epoch) => device.client.epoch_persisted(now, epoch),
            // Nobody listens any more when the test has seen enough.
            ClientEvent::Registered { id, certificate } => drop(told.send(Registered { n, id, certificate })),
            _ => {}
        });
        run.map(drop).unwrap();
    });
    handle
}
