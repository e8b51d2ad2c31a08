//! What the commands do.

use std::io::Write as _;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use async_signal::{Signal, Signals};
use deskwire_driver::interface_addresses;
use deskwire_identity::{PublicKey, ServerKey, ServerLink};
use deskwire_machine::WsUrl;
use deskwire_relay::server::Report;
use deskwire_relay::{ServerConfig as RelayConfig, ServerLimits as RelayLimits};
use deskwire_rendezvous::server::{RelayInfo, ServerConfig as RendezvousConfig};
use deskwire_store::{Store, open_key, open_or_create_key, try_dir};
use deskwire_wire::relay::RelayState;
use serde_json::json;
use smol::channel::{Receiver, bounded, unbounded};
use smol::future::FutureExt;

use crate::addresses::reachable;
use crate::admin::{Admin, listen, serve};
use crate::config::Settings;
use crate::control::{self, Control, Socket};
use crate::drain::{self, End};
use crate::error::ServerError;
use crate::files;
use crate::nodes::{Base, Listening, News, Node, What, start_relay, start_rendezvous};
use crate::ports::{choose, choose_pair, is_free_everywhere};

/// The usual rendezvous port, which links leave out.
const USUAL_PORT: u16 = 21_116;

/// How often a relay apart says how full it is.
const REPORT_EVERY: Duration = Duration::from_secs(5);

/// How often free ports are looked for again when somebody else took one of them first.
const PORT_TRIES: u32 = 8;

/// Runs the server until a signal ends it.
pub(crate) fn run(wanted: Settings, json: bool) -> Result<(), ServerError> {
    // Before anything listens, so that a signal is never missed.
    let signals = signals()?;
    let mut tries = 0;
    loop {
        let mut settings = wanted.clone();
        choose_ports(&mut settings)?;
        let (tell, news) = unbounded();
        let mut server = Server { rendezvous: None, relay: None, store: None, key: settings.server_key };
        let listening =
            server.start(&settings, tell).and_then(|()| smol::block_on(server.listening(&settings, &news)));
        let ended = match listening {
            Ok(listening) => smol::block_on(server.serve(&settings, json, &listening, &news, signals)),
            Err(error) => {
                server.stop();
                tries += 1;
                // Chosen by this program, and then taken by another one first.
                let ours = error.taken_port().is_some_and(|port| !wanted.names_port(port));
                if ours && tries < PORT_TRIES {
                    continue;
                }
                return Err(error);
            }
        };
        server.stop();
        return ended;
    }
}

/// Checks settings and key; says so.
pub(crate) fn check(settings: &Settings) -> Result<(), ServerError> {
    // A relay apart has a key of its own there if it reports.
    if settings.rendezvous || !settings.report_to.is_empty() {
        try_dir(&settings.data)?;
        open_key(&settings.data)?;
    }
    say(&format!("the settings are right; data in {}", settings.data.display()));
    Ok(())
}

/// Prints the server key and the link for users.
pub(crate) fn print_key(settings: &Settings, json: bool) -> Result<(), ServerError> {
    let key = open_or_create_key(&settings.data)?.public();
    let link = link(settings, key).to_string();
    let key = ServerKey(key).to_string();
    if json {
        say(&json!({ "key": key, "link": link }).to_string());
    } else {
        say(&key);
        say(&link);
    }
    Ok(())
}

/// What runs.
struct Server {
    rendezvous: Option<Node<deskwire_rendezvous::Server>>,
    relay: Option<Node<deskwire_relay::Server>>,
    store: Option<Arc<Store>>,
    /// The rendezvous server's key.
    key: Option<PublicKey>,
}

impl Server {
    fn start(&mut self, settings: &Settings, news: smol::channel::Sender<News>) -> Result<(), ServerError> {
        let links = files::links(usize::from(settings.rendezvous) + usize::from(settings.relay));
        if settings.rendezvous {
            self.start_rendezvous(settings, Base::new(links)?, news.clone())?;
        }
        if settings.relay {
            self.start_relay(settings, Base::new(links)?, news)?;
        }
        Ok(())
    }

    fn start_rendezvous(
        &mut self,
        settings: &Settings,
        base: Base,
        news: smol::channel::Sender<News>,
    ) -> Result<(), ServerError> {
        let store = Arc::new(Store::open(&settings.data)?);
        let identity = open_or_create_key(&settings.data)?;
        self.key = Some(identity.public());
        let mut config = RendezvousConfig::new(base.seed.clone(), identity, base.unix_time);
        config.ids = base.ids.clone();
        config.main = on(&settings.bind, settings.port);
        config.reflector = on(&settings.bind, settings.reflector_port);
        config.alternate.clone_from(&settings.alternates);
        config.websocket = on(&settings.bind, settings.websocket_port);
        config.relays = relays(settings);
        config.limits.tcp_links = config.limits.tcp_links.min(files::known(base.links));
        config.terms.rate_bytes_per_s = settings.relay_rate.unwrap_or(config.terms.rate_bytes_per_s);
        config.terms.byte_cap = settings.relay_bytes.unwrap_or(config.terms.byte_cap);
        config.minimum_generations.clone_from(store.minimum_generations());
        tracing::info!(devices = store.peers(), relays = config.relays.len(), "the registry is open");
        let machine = deskwire_rendezvous::Server::new(base.now, config);
        self.store = Some(Arc::clone(&store));
        self.rendezvous = Some(start_rendezvous(machine, base.driven(&settings.websockets), store, news)?);
        Ok(())
    }

    fn start_relay(
        &mut self,
        settings: &Settings,
        base: Base,
        news: smol::channel::Sender<News>,
    ) -> Result<(), ServerError> {
        let Some(server_key) = self.key else {
            return Err(ServerError::Setting("a relay apart needs --server-key".into()));
        };
        let mut limits = RelayLimits::default();
        limits.connections = limits.connections.min(files::known(base.links));
        limits.rate = settings.relay_rate.unwrap_or(limits.rate);
        limits.bytes = settings.relay_bytes.unwrap_or(limits.bytes);
        limits.pairs = settings.relay_places.unwrap_or(limits.pairs);
        let report = if settings.report_to.is_empty() {
            None
        } else {
            let identity = open_or_create_key(&settings.data)?;
            Some(Report { to: settings.report_to.clone(), identity, every: REPORT_EVERY })
        };
        let config = RelayConfig {
            udp: on(&settings.bind, settings.relay_port),
            tcp: on(&settings.bind, settings.relay_port),
            websocket: on(&settings.bind, settings.relay_websocket_port),
            relay: settings.relay_id,
            server_key,
            unix_s: base.unix_time,
            report,
            limits,
            seed: base.seed.clone(),
            ids: base.ids.clone(),
        };
        let machine = deskwire_relay::Server::new(base.now, config);
        self.relay = Some(start_relay(machine, base.driven(&settings.websockets), news)?);
        Ok(())
    }

    /// Says that everything listens, and serves until a signal or a failure.
    async fn serve(
        &self,
        settings: &Settings,
        json: bool,
        listening: &[Listening],
        news: &Receiver<News>,
        mut signals: Signals,
    ) -> Result<(), ServerError> {
        let admin = settings.admin.map(listen).transpose()?;
        let control = self.open_control(settings)?;
        self.say_ready(settings, json, listening, admin.as_ref().map(|(_, local)| *local));
        let (ask_to_drain, drain_asked) = bounded(1);
        let answers = async {
            match admin {
                Some((listener, _)) => serve(listener, Arc::new(self.admin())).await,
                None => std::future::pending().await,
            }
        };
        let commands = async {
            let rendezvous = self.rendezvous.as_ref().map(|node| node.handle().clone());
            let told = Control { rendezvous, drain: ask_to_drain, has_relay: self.relay.is_some() };
            match control {
                Some(socket) => control::serve(socket, Arc::new(told)).await,
                None => std::future::pending().await,
            }
        };
        let loads = async {
            match (&self.relay, &self.rendezvous) {
                (Some(relay), Some(rendezvous)) => {
                    let (relay, rendezvous) = (relay.handle().clone(), rendezvous.handle().clone());
                    drain::keep_told(settings.relay_id, relay, rendezvous).await;
                }
                _ => std::future::pending().await,
            }
        };
        let life = async {
            let end = drain::wait(&mut signals, news, &drain_asked).await?;
            match &self.relay {
                Some(relay) if end == End::Drained && !settings.drain.is_zero() => {
                    let handle = relay.handle();
                    if let Some(rendezvous) = &self.rendezvous {
                        let id = settings.relay_id;
                        let state = RelayState::Draining;
                        // Before the sessions ask for other relays.
                        let _ = rendezvous
                            .handle()
                            .send(move |server, now| server.set_relay_load(now, id, state, 100));
                    }
                    drain::drain(handle, settings.drain, &mut signals, news).await
                }
                _ => Ok(()),
            }
        };
        let work = async {
            answers.or(commands).or(loads).await;
            Ok(())
        };
        let ended = life.or(work).await;
        tracing::info!("the server ends");
        ended
    }

    /// The control socket; a relay apart without a data directory has none.
    fn open_control(&self, settings: &Settings) -> Result<Option<Socket>, ServerError> {
        let there = |path: &std::path::PathBuf| path.parent().is_some_and(std::path::Path::is_dir);
        settings.control.as_ref().filter(|path| there(path)).map(|path| control::listen(path)).transpose()
    }

    async fn listening(
        &self,
        settings: &Settings,
        news: &Receiver<News>,
    ) -> Result<Vec<Listening>, ServerError> {
        // On every address: native ports over UDP and TCP, and one for WebSockets per role.
        let (rendezvous, relay) = (usize::from(settings.rendezvous), usize::from(settings.relay));
        let alternates = settings.alternates.len() * rendezvous;
        let expected = (5 * rendezvous + 3 * relay) * settings.bind.len() + alternates;
        let mut listening = Vec::with_capacity(expected);
        while listening.len() < expected {
            match news.recv().await {
                Ok(News::Listening(one)) => listening.push(one),
                Ok(News::Failed(error) | News::Ended(error)) => return Err(error),
                Ok(News::Drained) => {}
                Err(_) => break,
            }
        }
        Ok(listening)
    }

    fn admin(&self) -> Admin {
        Admin {
            rendezvous: self.rendezvous.as_ref().map(|node| node.handle().clone()),
            relay: self.relay.as_ref().map(|node| node.handle().clone()),
            store: self.store.clone(),
        }
    }

    fn say_ready(&self, settings: &Settings, json: bool, listening: &[Listening], admin: Option<SocketAddr>) {
        for one in listening {
            tracing::info!(what = one.what.name(), protocol = one.protocol, address = %one.address, "listening");
        }
        if let Some(address) = admin {
            tracing::info!(%address, "/livez and /metrics");
        }
        let key = self.key.map(|key| ServerKey(key).to_string());
        let link = self.key.filter(|_| settings.rendezvous).map(|key| link(settings, key).to_string());
        if !json {
            if let Some(link) = link {
                say(&format!("ready; users connect with {link}"));
            }
            return;
        }
        let first =
            |what: What| listening.iter().find(|one| one.what == what).map(|one| one.address.to_string());
        let line = json!({
            "event": "ready",
            "rendezvous": first(What::Rendezvous),
            "reflector": first(What::Reflector),
            "alternate": first(What::Alternate),
            "relay": first(What::Relay),
            "rendezvous_websocket": first(What::RendezvousWebSocket),
            "relay_websocket": first(What::RelayWebSocket),
            "admin": admin.map(|address| address.to_string()),
            "key": key,
            "link": link,
        });
        say(&line.to_string());
    }

    /// Ends in order: links first, so that nothing new is promised, then what was promised is written.
    fn stop(self) {
        if let Some(node) = self.relay {
            node.stop(|relay, now| relay.stop(now));
        }
        if let Some(node) = self.rendezvous {
            node.stop(|_, _| ());
        }
        if let Some(store) = self.store {
            store.close();
        }
        tracing::info!("stopped");
    }
}

fn choose_ports(settings: &mut Settings) -> Result<(), ServerError> {
    let failed = |source| ServerError::System { what: "looking for a free port", source };
    if settings.rendezvous {
        // The relay's port is not to be taken when somebody asked for it.
        let relay = if settings.relay { settings.relay_port } else { 0 };
        (settings.port, settings.reflector_port) =
            choose_pair(settings.port, settings.reflector_port, &settings.bind, &[relay]).map_err(failed)?;
    }
    if settings.relay {
        let taken = [settings.port, settings.reflector_port];
        settings.relay_port = choose(settings.relay_port, &settings.bind, &taken).map_err(failed)?;
    }
    let native = [settings.port, settings.reflector_port, settings.relay_port];
    // Clients that know only the native port look two above it.
    let beside = |native: u16, wanted: u16, taken: &[u16]| {
        let above = native.checked_add(2).filter(|above| *above != 0 && !taken.contains(above));
        match above.filter(|above| wanted == 0 && is_free_everywhere(&settings.bind, *above)) {
            Some(above) => Ok(above),
            None => choose(wanted, &settings.bind, taken),
        }
    };
    let websocket = beside(settings.port, settings.websocket_port, &native).map_err(failed)?;
    let taken = [native.as_slice(), &[websocket]].concat();
    let relay = beside(settings.relay_port, settings.relay_websocket_port, &taken).map_err(failed)?;
    (settings.websocket_port, settings.relay_websocket_port) = (websocket, relay);
    Ok(())
}

/// The relay map: the own relay, if there is one, and those apart.
fn relays(settings: &Settings) -> Vec<RelayInfo> {
    let mut relays = settings.relays.clone();
    if settings.relay {
        let mut addresses = settings.relay_addresses.clone();
        if addresses.is_empty() {
            addresses = on(&reachable(&settings.bind, &interface_addresses()), settings.relay_port);
            tracing::info!(
                "clients are told this computer's addresses for the relay; --relay-address changes that"
            );
        }
        for address in &mut addresses {
            if address.port() == 0 {
                address.set_port(settings.relay_port);
            }
        }
        let url = settings.relay_url.clone().or_else(|| {
            // Two ports above the native one is what clients expect.
            let port = Some(settings.relay_websocket_port);
            let usual = addresses.iter().all(|address| address.port().checked_add(2) == port);
            let first = addresses.first().filter(|_| !usual)?;
            Some(WsUrl::plain(SocketAddr::new(first.ip(), settings.relay_websocket_port)))
        });
        relays.push(RelayInfo {
            id: settings.relay_id,
            addresses,
            url,
            penalty_ms: 0,
            draining: false,
            key: None,
        });
    }
    relays
}

fn on(ips: &[IpAddr], port: u16) -> Vec<SocketAddr> {
    ips.iter().map(|ip| SocketAddr::new(*ip, port)).collect()
}

fn link(settings: &Settings, key: PublicKey) -> ServerLink {
    let host = settings.public_address.clone().unwrap_or_else(|| {
        let ips = reachable(&settings.bind, &interface_addresses());
        ips.first().map_or_else(|| "localhost".into(), ToString::to_string)
    });
    let port = (settings.port != USUAL_PORT && settings.port != 0).then_some(settings.port);
    ServerLink { host, port, key: Some(ServerKey(key)), id: None }
}

fn signals() -> Result<Signals, ServerError> {
    #[cfg(unix)]
    let wanted = [Signal::Term, Signal::Int];
    #[cfg(not(unix))]
    let wanted = [Signal::Int];
    Signals::new(wanted).map_err(|source| ServerError::System { what: "listening for signals", source })
}

/// Prints what a command was asked for. Whoever has closed the pipe wants no more of it.
pub(crate) fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}
