//! The machines, each on a thread and a driver of its own.

use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime};

use deskwire_driver::{Clock, CommandError, DriverError, Handle, HubConfig, HubStats};
use deskwire_io_smol::Driver;
use deskwire_machine::{CloseReason, Instant, LinkIds, Machine};
use deskwire_relay::Over;
use deskwire_rendezvous::server::{Port, Protocol};
use deskwire_store::{Store, fresh_seed};
use smol::channel::{Sender, bounded};
use smol::future::FutureExt;

use crate::error::ServerError;
use crate::websocket::WebSockets;

/// How long a machine may take to answer a question before it counts as stuck.
const ANSWER: Duration = Duration::from_secs(2);

/// What a machine's thread tells the main one.
pub(crate) enum News {
    /// A port is open.
    Listening(Listening),
    /// A port could not be opened, or was lost.
    Failed(ServerError),
    /// The driver ended by itself.
    Ended(ServerError),
    /// The relay drains, and nobody is left.
    Drained,
}

/// An open port.
pub(crate) struct Listening {
    pub(crate) what: What,
    pub(crate) protocol: &'static str,
    pub(crate) address: SocketAddr,
}

/// What a port is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum What {
    Rendezvous,
    Reflector,
    Alternate,
    Relay,
    RendezvousWebSocket,
    RelayWebSocket,
}

impl What {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Rendezvous => "rendezvous",
            Self::Reflector => "reflector",
            Self::Alternate => "alternate address",
            Self::Relay => "relay",
            Self::RendezvousWebSocket => "rendezvous by WebSocket",
            Self::RelayWebSocket => "relay by WebSocket",
        }
    }

    const fn flag(self) -> &'static str {
        match self {
            Self::Rendezvous => "--port",
            Self::Reflector => "--reflector-port",
            Self::Alternate => "--alternate-address",
            Self::Relay => "--relay-port",
            Self::RendezvousWebSocket => "--websocket-port",
            Self::RelayWebSocket => "--relay-websocket-port",
        }
    }

    const fn of(port: Port, protocol: Protocol) -> Self {
        match port {
            Port::Main if matches!(protocol, Protocol::WebSocket) => Self::RendezvousWebSocket,
            Port::Main => Self::Rendezvous,
            Port::Reflector => Self::Reflector,
            Port::Alternate => Self::Alternate,
        }
    }

    fn failed(self, protocol: &'static str, address: SocketAddr, reason: CloseReason) -> News {
        News::Failed(ServerError::Port { protocol, address, flag: self.flag(), reason })
    }

    const fn listening(self, protocol: &'static str, address: SocketAddr) -> News {
        News::Listening(Listening { what: self, protocol, address })
    }
}

/// A machine that runs.
pub(crate) struct Node<M> {
    handle: Handle<M>,
    thread: JoinHandle<()>,
}

impl<M> Node<M> {
    pub(crate) const fn handle(&self) -> &Handle<M> {
        &self.handle
    }

    /// Has a last command done, ends the run, and waits for it.
    pub(crate) fn stop(self, last: impl FnOnce(&mut M, Instant) + Send + 'static) {
        // It may have ended by itself.
        let _ = self.handle.send(last);
        self.handle.stop();
        if self.thread.join().is_err() {
            tracing::error!("a machine's thread panicked");
        }
    }
}

/// Asks a machine something; `None` if it has ended or does not answer in time.
pub(crate) async fn ask<M, R: Send + 'static>(
    handle: &Handle<M>,
    question: impl FnOnce(&mut M) -> R + Send + 'static,
) -> Option<(R, HubStats)> {
    let (tell, told) = bounded(1);
    let sent: Result<(), CommandError> =
        handle.send(move |machine, _| drop(tell.try_send(question(machine))));
    sent.ok()?;
    let answer = async { told.recv().await.ok() }.or(async {
        smol::Timer::after(ANSWER).await;
        None
    });
    Some((answer.await?, handle.stats()))
}

/// What both machines are made with.
pub(crate) struct Base {
    /// How many links its driver may have.
    pub(crate) links: usize,
    pub(crate) clock: Clock,
    pub(crate) now: Instant,
    pub(crate) ids: LinkIds,
    pub(crate) seed: deskwire_machine::Seed,
    pub(crate) unix_time: u64,
}

/// What a machine is driven with.
pub(crate) struct Driven<'a> {
    links: usize,
    ids: LinkIds,
    clock: Clock,
    websockets: &'a WebSockets,
}

impl Base {
    /// What the machine's driver takes of it.
    pub(crate) fn driven(self, websockets: &WebSockets) -> Driven<'_> {
        Driven { links: self.links, ids: self.ids, clock: self.clock, websockets }
    }

    pub(crate) fn new(links: usize) -> Result<Self, ServerError> {
        let clock = Clock::new();
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Ok(Self {
            links,
            now: clock.now(),
            clock,
            ids: LinkIds::new(),
            seed: fresh_seed()?,
            unix_time: since.as_secs(),
        })
    }
}

/// Runs the rendezvous machine with its store.
pub(crate) fn start_rendezvous(
    machine: deskwire_rendezvous::Server,
    driven: Driven<'_>,
    store: Arc<Store>,
    news: Sender<News>,
) -> Result<Node<deskwire_rendezvous::Server>, ServerError> {
    use deskwire_rendezvous::server::ServerEvent as Event;
    start("rendezvous", machine, driven, news, move |event, handle, news| match event {
        Event::Store(request) => {
            let handle = handle.clone();
            store.submit(request, move |result| {
                // The machine has a time-out of its own for answers that do not come.
                let _ = handle.send(move |server, now| server.store_done(now, request.ticket(), result));
            });
        }
        Event::Listening { port, protocol, address } => {
            tell(news, What::of(port, protocol).listening(name(protocol), address));
        }
        Event::ListenFailed { port, protocol, address, reason } => {
            tell(news, What::of(port, protocol).failed(name(protocol), address, reason));
        }
        Event::Online { id, address } => tracing::debug!(%id, %address, "online"),
        Event::Offline { id } => tracing::debug!(%id, "offline"),
        Event::Introduced { target, viewer } => tracing::debug!(%target, %viewer, "introduced"),
        _ => {}
    })
}

/// Runs the relay machine.
pub(crate) fn start_relay(
    machine: deskwire_relay::Server,
    driven: Driven<'_>,
    news: Sender<News>,
) -> Result<Node<deskwire_relay::Server>, ServerError> {
    use deskwire_relay::ServerEvent as Event;
    let protocol = |over| if over == Over::Udp { "UDP" } else { "TCP" };
    let what = |over| if over == Over::WebSocket { What::RelayWebSocket } else { What::Relay };
    start("relay", machine, driven, news, move |event, _, news| match event {
        Event::Listening { local, over, .. } => tell(news, what(over).listening(protocol(over), local)),
        Event::ListenerLost { address, over, reason } => {
            tell(news, what(over).failed(protocol(over), address, reason));
        }
        Event::Drained => tell(news, News::Drained),
        Event::PairOpened { .. } => tracing::debug!("a pair opened"),
        Event::PairClosed { reason, bytes, lasted, .. } => {
            tracing::debug!(?reason, bytes, seconds = lasted.as_secs(), "a pair closed");
        }
        _ => {}
    })
}

const fn name(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Udp => "UDP",
        Protocol::Tcp | Protocol::WebSocket => "TCP",
    }
}

fn tell(news: &Sender<News>, what: News) {
    // Nobody listens any more while the server ends.
    let _ = news.try_send(what);
}

fn start<M>(
    role: &'static str,
    machine: M,
    driven: Driven<'_>,
    news: Sender<News>,
    mut on_event: impl FnMut(M::Event, &Handle<M>, &Sender<News>) + Send + 'static,
) -> Result<Node<M>, ServerError>
where
    M: Machine + Send + 'static,
{
    let Driven { links, ids, clock, websockets } = driven;
    let mut config = HubConfig::default();
    config.max_links = links;
    // A server's addresses do not matter to its machines; its sockets serve everybody.
    config.network_interval = None;
    config.udp_buffer = 8 * 1024 * 1024;
    config.max_commands = 65_536;
    websockets.apply(&mut config);
    let (driver, handle) = Driver::new(machine, ids, clock, config);
    let own = handle.clone();
    let body = move || {
        let run = driver.run(|_, _, event| on_event(event, &own, &news));
        let ended: Result<M, DriverError> = smol::block_on(run);
        if let Err(source) = ended {
            tell(&news, News::Ended(ServerError::Driver { role, source }));
        }
    };
    let thread = std::thread::Builder::new()
        .name(role.into())
        .spawn(body)
        .map_err(|source| ServerError::System { what: "starting a thread", source })?;
    Ok(Node { handle, thread })
}
