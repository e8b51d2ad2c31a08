//! Devices that register.

use std::collections::VecDeque;
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::path::Path;
use std::time::{Duration, SystemTime};

use deskwire_driver::Clock;
use deskwire_identity::IdentityKey;
use deskwire_machine::{Ecn, Input, Instant, LinkId, LinkIds, Machine as _, Output, Seed};
use deskwire_rendezvous::Client;
use deskwire_rendezvous::client::{ClientConfig, ClientEvent, ServerAddress, Trust};
use deskwire_wire::ids::DeviceId;
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::error::Failure;
use crate::process::Server;

/// The largest UDP payload on an Ethernet.
const MAX_DATAGRAM: usize = 1_472;
/// A server that registers nobody for so long is stuck.
const PATIENCE: Duration = Duration::from_secs(20);

/// Both measurements.
pub(crate) struct Rates {
    /// Devices without an id.
    pub(crate) new: Rate,
    /// The same devices, as after a restart.
    pub(crate) again: Rate,
}

/// One measurement.
pub(crate) struct Rate {
    pub(crate) registered: u32,
    pub(crate) took: Duration,
    /// CPU time of the server.
    pub(crate) cpu: Duration,
    /// From the first datagram to the certificate, sorted.
    latencies: Vec<Duration>,
}

impl Rate {
    /// The latency that a share of the devices stayed below.
    pub(crate) fn quantile(&self, share: f64) -> Duration {
        let last = self.latencies.len().saturating_sub(1);
        self.latencies.get((last as f64 * share).round() as usize).copied().unwrap_or_default()
    }
}

/// What a registered device keeps.
struct Known {
    number: u32,
    id: DeviceId,
    certificate: Vec<u8>,
}

/// A device that registers.
struct Device {
    number: u32,
    client: Client,
    link: LinkId,
    socket: UdpSocket,
    begun: Instant,
}

/// What devices need to know.
struct Around {
    clock: Clock,
    server: SocketAddr,
    trust: Trust,
    unix_time: u64,
}

/// Registers new devices for some time, and then all of them again.
pub(crate) fn measure(program: &Path, in_flight: usize, time: Duration) -> Result<Rates, Failure> {
    let server = Server::start(program, &["--role", "rendezvous"])?;
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let around = Around {
        clock: Clock::new(),
        server: server.address("rendezvous")?,
        trust: Trust::Key(server.key()?.0),
        unix_time: since.as_secs(),
    };
    let mut numbers = 1..;
    let end = around.clock.now() + time;
    let (new, known) = run(&server, &around, in_flight, || {
        if around.clock.now() >= end {
            return None;
        }
        numbers.next().map(|number| (number, None))
    })?;
    let mut known = VecDeque::from(known);
    let (again, _) =
        run(&server, &around, in_flight, || known.pop_front().map(|known| (known.number, Some(known))))?;
    Ok(Rates { new, again })
}

/// Keeps `in_flight` devices busy until `next` has no more.
fn run(
    server: &Server,
    around: &Around,
    in_flight: usize,
    mut next: impl FnMut() -> Option<(u32, Option<Known>)>,
) -> Result<(Rate, Vec<Known>), Failure> {
    let (begun, cpu) = (around.clock.now(), server.cpu()?);
    let mut devices: Vec<Device> = Vec::new();
    let (mut known, mut latencies) = (Vec::new(), Vec::new());
    let mut heard = begun;
    loop {
        while devices.len() < in_flight {
            let Some((number, before)) = next() else { break };
            devices.push(Device::start(around, number, before)?);
        }
        if devices.is_empty() {
            break;
        }
        wait(around, &devices)?;
        let mut at = 0;
        while let Some(device) = devices.get_mut(at) {
            match device.turn(around)? {
                Some(registered) => {
                    heard = around.clock.now();
                    latencies.push(heard - device.begun);
                    known.push(registered);
                    devices.swap_remove(at);
                }
                None => at += 1,
            }
        }
        if around.clock.now() - heard > PATIENCE {
            return Err(Failure(format!("the server has registered no device for {PATIENCE:?}")));
        }
    }
    latencies.sort_unstable();
    let rate = Rate {
        registered: u32::try_from(known.len()).unwrap_or(u32::MAX),
        took: around.clock.now() - begun,
        cpu: server.cpu()?.saturating_sub(cpu),
        latencies,
    };
    Ok((rate, known))
}

/// Waits until a device has something to read or to do.
fn wait(around: &Around, devices: &[Device]) -> Result<(), Failure> {
    let due = devices.iter().filter_map(|device| device.client.poll_timeout()).map(|due| due.at).min();
    let left = due.map_or(Duration::from_secs(1), |at| at.saturating_duration_since(around.clock.now()));
    let timeout =
        Timespec { tv_sec: i64::try_from(left.as_secs()).unwrap_or(1), tv_nsec: left.subsec_nanos().into() };
    let mut sockets: Vec<PollFd<'_>> =
        devices.iter().map(|device| PollFd::new(&device.socket, PollFlags::IN)).collect();
    match poll(&mut sockets, Some(&timeout)) {
        Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
        Err(error) => Err(Failure::system("waiting for the server")(error.into())),
    }
}

impl Device {
    fn start(around: &Around, number: u32, before: Option<Known>) -> Result<Self, Failure> {
        // Budgets are per address: 127.16.0.0 and up, a device each.
        let ip = Ipv4Addr::from_bits(Ipv4Addr::new(127, 16, 0, 0).to_bits() + number);
        let socket = UdpSocket::bind((ip, 0)).map_err(Failure::system("opening a socket"))?;
        socket.set_nonblocking(true).map_err(Failure::system("setting up a socket"))?;
        let local = socket.local_addr().map_err(Failure::system("asking for a socket's address"))?;
        let mut bytes = [0; 32];
        bytes[..4].copy_from_slice(&number.to_be_bytes());
        let identity = IdentityKey::from_bytes(&bytes);
        bytes[4] = 1 + u8::from(before.is_some());
        let address = ServerAddress { main: around.server, reflector: None };
        let mut config =
            ClientConfig::new(Seed::new(bytes), identity, address, around.trust, around.unix_time);
        if let Some(known) = before {
            (config.id, config.certificate, config.epoch) = (Some(known.id), Some(known.certificate), 1);
        }
        let link = LinkIds::allocate(&config.ids);
        let begun = around.clock.now();
        let mut client = Client::new(begun, config);
        client.handle_input(begun, Input::Opened { link, local, max_datagram: MAX_DATAGRAM });
        client.register(begun);
        let mut device = Self { number, client, link, socket, begun };
        device.settle(around)?;
        Ok(device)
    }

    /// Reads, does what is due and sends; what it keeps once it is registered.
    fn turn(&mut self, around: &Around) -> Result<Option<Known>, Failure> {
        let now = around.clock.now();
        if self.client.poll_timeout().is_some_and(|due| due.at <= now) {
            self.client.handle_timeout(now);
        }
        let mut buf = [0; 2_048];
        while let Ok((len, from)) = self.socket.recv_from(&mut buf) {
            let data = buf.get_mut(..len).unwrap_or_default();
            let now = around.clock.now();
            self.client.handle_input(now, Input::Datagram { link: self.link, from, ecn: Ecn::NotEct, data });
            if let Some(known) = self.settle(around)? {
                return Ok(Some(known));
            }
        }
        self.settle(around)
    }

    fn settle(&mut self, around: &Around) -> Result<Option<Known>, Failure> {
        let mut buf = Vec::new();
        loop {
            let now = around.clock.now();
            while let Some(output) = self.client.poll_output(now, &mut buf) {
                if let Output::Datagram { to, .. } = output {
                    // What has no room is lost, as on any network.
                    let _ = self.socket.send_to(&buf, to);
                }
                buf.clear();
            }
            match self.client.poll_event() {
                None => return Ok(None),
                Some(ClientEvent::PersistEpoch(epoch)) => self.client.epoch_persisted(now, epoch),
                Some(ClientEvent::Registered { id, certificate }) => {
                    return Ok(Some(Known { number: self.number, id, certificate }));
                }
                Some(ClientEvent::RegistrationRefused(reason)) => {
                    return Err(Failure(format!("the server refused device {} ({reason:?})", self.number)));
                }
                Some(_) => {}
            }
        }
    }
}
