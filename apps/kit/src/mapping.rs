//! A port of the home router, mapped to this device's UDP socket on request: peers then reach it whatever the router
//! does with other traffic.
//!
//! Asked for by PCP (RFC 6887), NAT-PMP (RFC 6886) and UPnP, in this order. Off unless the user wants it: whoever can
//! reach the port can talk to this device, which answers nobody whose packets it cannot authenticate.

mod answer;
mod error;
mod gateway;
mod pcp;
mod pmp;
mod upnp;

use std::net::{Ipv4Addr, SocketAddrV4, UdpSocket};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use deskwire_core::machine::Instant;
use deskwire_driver::Clock;

pub use error::{MappingError, Protocol};

/// The life of a mapping that is asked for; it is renewed at half of what is given.
const LIFETIME: Duration = Duration::from_secs(3_600);
/// How often the router and the time are looked at.
const TICK: Duration = Duration::from_secs(10);
/// After this long a router that gave nothing is asked again.
const RETRY: Duration = Duration::from_secs(600);
/// How long the end waits for the router to take the mapping back.
const FAREWELL: Duration = Duration::from_secs(2);
/// How long each try to ask waits; routers that speak the protocol answer at once. Tests lose one datagram at most, and
/// their router may have to wait for a busy machine.
const TRIES: &[Duration] = if cfg!(test) {
    &[Duration::from_millis(50), Duration::from_secs(60)]
} else {
    &[Duration::from_millis(250), Duration::from_millis(500), Duration::from_secs(1), Duration::from_secs(2)]
};
/// Where routers listen for PCP and NAT-PMP.
const PORT: u16 = 5_351;

/// A mapping that a router gave.
#[derive(Clone, Debug)]
pub struct Lease {
    /// Where peers reach the socket.
    pub external: SocketAddrV4,
    /// How it was asked for.
    pub protocol: Protocol,
    /// How long it lives; `None` until it is removed.
    pub lifetime: Option<Duration>,
    gateway: Ipv4Addr,
    port: u16,
    nonce: [u8; 12],
    upnp: Option<upnp::Service>,
}

/// Asks the default router for a mapping of a local UDP port, or to renew one it gave before, by the protocols in their
/// order. Takes up to some four seconds for each where the router is silent, and a dozen for UPnP.
///
/// # Errors
/// When there is no router, or it gives none in any way.
pub fn obtain(port: u16, protocols: &[Protocol], before: Option<&Lease>) -> Result<Lease, MappingError> {
    let gateway = gateway::default().ok_or(MappingError::NoGateway)?;
    obtain_from(gateway, port, protocols, before)
}

fn obtain_from(
    gateway: Ipv4Addr,
    port: u16,
    protocols: &[Protocol],
    before: Option<&Lease>,
) -> Result<Lease, MappingError> {
    let before = before.filter(|lease| (lease.gateway, lease.port) == (gateway, port));
    let mut tried = Vec::new();
    for protocol in protocols.iter().copied() {
        let before = before.filter(|lease| lease.protocol == protocol);
        let result = match protocol {
            Protocol::Pcp => pcp::map(gateway, port, before),
            Protocol::NatPmp => pmp::map(gateway, port, before),
            Protocol::Upnp => upnp::map(gateway, port, before),
        };
        match result {
            Ok(lease) => match answer::usable(lease.external, lease.lifetime) {
                Ok(()) => return Ok(lease),
                Err(error) => {
                    release(&lease);
                    tried.push((protocol, error));
                }
            },
            Err(error) => tried.push((protocol, error)),
        }
    }
    Err(MappingError::None(tried))
}

/// Gives a mapping back.
pub fn release(lease: &Lease) {
    let result = match lease.protocol {
        Protocol::Pcp => pcp::unmap(lease),
        Protocol::NatPmp => pmp::unmap(lease),
        Protocol::Upnp => upnp::unmap(lease),
    };
    if let Err(error) = result {
        tracing::debug!("the mapping of port {} could not be given back: {error}", lease.external.port());
    }
}

/// Keeps a port mapped on a thread of its own until it is dropped.
#[derive(Debug)]
pub struct PortMapping {
    stop: Option<Sender<()>>,
    done: Receiver<()>,
}

impl PortMapping {
    /// Begins to ask for a mapping of the local port that `port` gives (it is asked again until it knows), and tells
    /// every change of the outer address.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(
        port: impl Fn() -> Option<u16> + Send + 'static,
        tell: impl Fn(Option<SocketAddrV4>) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (stop, stopped) = mpsc::channel();
        let (done_tell, done) = mpsc::channel();
        thread::Builder::new().name("port mapping".into()).spawn(move || {
            let mut keeper = Keeper { lease: None, due: Instant::ZERO, gateway: None, expires: None };
            let clock = Clock::new();
            let wait = loop {
                let tick = match port() {
                    Some(port) => {
                        keeper.tick(
                            clock.now(),
                            gateway::default(),
                            |gateway, before| obtain_from(gateway, port, &Protocol::ALL, before),
                            &tell,
                        );
                        TICK
                    }
                    None => Duration::from_millis(200),
                };
                match stopped.recv_timeout(tick) {
                    Err(RecvTimeoutError::Timeout) => {}
                    Ok(()) | Err(RecvTimeoutError::Disconnected) => break keeper.lease.take(),
                }
            };
            if let Some(lease) = wait {
                release(&lease);
            }
            // Nobody waits any more if this fails.
            let _ = done_tell.send(());
        })?;
        Ok(Self { stop: Some(stop), done })
    }

    /// Ends it, and waits until the router has taken the mapping back, however long it takes: some seconds with one that
    /// is silent now. Who just drops it waits for two at most.
    pub fn finish(mut self) {
        self.stop = None;
        // An error says that the thread has ended.
        let _ = self.done.recv();
    }
}

impl Drop for PortMapping {
    fn drop(&mut self) {
        self.stop = None;
        // A router that is silent now forgets the mapping by itself.
        let _ = self.done.recv_timeout(FAREWELL);
    }
}

/// When to ask.
struct Keeper {
    lease: Option<Lease>,
    gateway: Option<Ipv4Addr>,
    due: Instant,
    expires: Option<Instant>,
}

impl Keeper {
    fn tick(
        &mut self,
        now: Instant,
        gateway: Option<Ipv4Addr>,
        obtain: impl FnOnce(Ipv4Addr, Option<&Lease>) -> Result<Lease, MappingError>,
        tell: &impl Fn(Option<SocketAddrV4>),
    ) {
        let moved = gateway != self.gateway;
        if !moved && now < self.due {
            return;
        }
        self.gateway = gateway;
        if moved {
            // What another network's router gave is of no use here.
            self.lose(tell);
        }
        match gateway.ok_or(MappingError::NoGateway).and_then(|gateway| obtain(gateway, self.lease.as_ref()))
        {
            Ok(lease) => {
                let known = self.lease.as_ref().map(|lease| lease.external);
                if known != Some(lease.external) {
                    tracing::info!("the router maps {} to this device ({})", lease.external, lease.protocol);
                    tell(Some(lease.external));
                }
                self.due = now + lease.lifetime.unwrap_or(LIFETIME).min(LIFETIME) / 2;
                self.expires = lease.lifetime.map(|lifetime| now + lifetime);
                self.lease = Some(lease);
            }
            Err(error) => {
                let left =
                    self.expires.filter(|_| self.lease.is_some()).map_or(Duration::ZERO, |at| at - now);
                if left < TICK {
                    tracing::info!("no mapped port: {error}");
                    self.lose(tell);
                    self.due = now + RETRY;
                } else {
                    self.due = now + left / 2;
                }
            }
        }
    }

    fn lose(&mut self, tell: &impl Fn(Option<SocketAddrV4>)) {
        self.expires = None;
        if self.lease.take().is_some() {
            tell(None);
        }
    }
}

/// Asks a router until it answers: `parse` gives `None` for datagrams that are no answer.
fn ask<T>(
    router: SocketAddrV4,
    request: &[u8],
    parse: impl Fn(&[u8]) -> Option<Result<T, MappingError>>,
) -> Result<T, MappingError> {
    let no_answer = |_| MappingError::NoAnswer;
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).map_err(no_answer)?;
    // From now on the system lets only this router's datagrams through.
    socket.connect(router).map_err(no_answer)?;
    for patience in TRIES.iter().copied() {
        socket.send(request).map_err(no_answer)?;
        let clock = Clock::new();
        let until = clock.now() + patience;
        loop {
            let left = until - clock.now();
            if left.is_zero() {
                break;
            }
            socket.set_read_timeout(Some(left)).map_err(no_answer)?;
            let mut answer = [0; 1_100];
            match socket.recv(&mut answer) {
                Ok(len) => {
                    if let Some(result) = answer.get(..len).and_then(&parse) {
                        return result;
                    }
                }
                // Its port is closed.
                Err(error) if error.kind() == std::io::ErrorKind::ConnectionRefused => {
                    return Err(MappingError::NoAnswer);
                }
                Err(_) => break,
            }
        }
    }
    Err(MappingError::NoAnswer)
}

/// This device's address as the router sees it.
fn own_address(gateway: Ipv4Addr) -> Result<Ipv4Addr, MappingError> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).map_err(|_| MappingError::NoGateway)?;
    socket.connect((gateway, PORT)).map_err(|_| MappingError::NoGateway)?;
    match socket.local_addr() {
        Ok(std::net::SocketAddr::V4(own)) => Ok(*own.ip()),
        _ => Err(MappingError::NoGateway),
    }
}

#[cfg(test)]
mod tests;
