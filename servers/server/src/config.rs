//! Settings: flags over the environment over a file over defaults.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use deskwire_identity::{PublicKey, ServerKey};
use deskwire_machine::WsUrl;
use deskwire_rendezvous::server::{Alternate, RelayInfo};
use deskwire_wire::ids::RelayId;
use etcetera::BaseStrategy as _;
use serde::Deserialize;

use crate::addresses::{default_bind, parse_address};
use crate::alternate::{ALTERNATE_PORT, parse_alternate};
use crate::cli::{Flags, Role};
use crate::error::ServerError;
use crate::websocket::{FileTls, WebSockets, parse_url};

/// The settings file. Every name is optional; one that is not here is an error.
#[derive(Deserialize, Default, Debug)]
#[serde(deny_unknown_fields, default)]
struct File {
    data: Option<PathBuf>,
    roles: Option<Vec<Role>>,
    bind: Option<Vec<IpAddr>>,
    port: Option<u16>,
    reflector_port: Option<u16>,
    alternate_addresses: Option<Vec<String>>,
    relay_port: Option<u16>,
    public_address: Option<String>,
    relay_addresses: Option<Vec<String>>,
    websocket_port: Option<u16>,
    relay_websocket_port: Option<u16>,
    relay_url: Option<String>,
    web_origins: Vec<String>,
    trusted_proxies: Vec<IpAddr>,
    tls: Option<FileTls>,
    relay_id: Option<u32>,
    relay_rate: Option<u64>,
    relay_bytes: Option<u64>,
    relay_places: Option<usize>,
    drain: Option<u64>,
    report_to: Option<Vec<SocketAddr>>,
    control: Option<PathBuf>,
    relays: Vec<FileRelay>,
    server_key: Option<String>,
    admin: Option<String>,
    log: Option<String>,
}

/// A relay apart, in the file.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
struct FileRelay {
    id: u32,
    addresses: Vec<SocketAddr>,
    url: Option<String>,
    #[serde(default)]
    penalty_ms: u32,
    #[serde(default)]
    draining: bool,
    key: Option<String>,
}

/// All settings, checked.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) data: PathBuf,
    pub(crate) rendezvous: bool,
    pub(crate) relay: bool,
    pub(crate) bind: Vec<IpAddr>,
    pub(crate) port: u16,
    pub(crate) reflector_port: u16,
    /// Other addresses of this computer, for clients to learn their NAT from.
    pub(crate) alternates: Vec<Alternate>,
    pub(crate) relay_port: u16,
    /// For WebSockets, with and without TLS.
    pub(crate) websocket_port: u16,
    pub(crate) relay_websocket_port: u16,
    /// Where clients reach the own relay's WebSocket port, if not at its addresses.
    pub(crate) relay_url: Option<WsUrl>,
    pub(crate) websockets: WebSockets,
    pub(crate) public_address: Option<String>,
    /// Where clients reach the own relay; port 0 stands for the port it gets. Empty: to be found out.
    pub(crate) relay_addresses: Vec<SocketAddr>,
    pub(crate) relay_id: RelayId,
    /// Bytes a second that one side may send through the relay, if not the usual number.
    pub(crate) relay_rate: Option<u64>,
    /// Bytes that one side may send in all, if not the usual number.
    pub(crate) relay_bytes: Option<u64>,
    /// Sessions that the relay takes, if not the usual number.
    pub(crate) relay_places: Option<usize>,
    /// How long sessions have to leave after SIGTERM.
    pub(crate) drain: Duration,
    /// Where a relay apart tells how full it is.
    pub(crate) report_to: Vec<SocketAddr>,
    /// Where commands reach a running server.
    pub(crate) control: Option<PathBuf>,
    /// Relays apart.
    pub(crate) relays: Vec<RelayInfo>,
    /// Of the rendezvous server; told to a relay apart.
    pub(crate) server_key: Option<PublicKey>,
    pub(crate) admin: Option<SocketAddr>,
    pub(crate) log: String,
}

impl Settings {
    /// Puts the settings together.
    pub(crate) fn read(flags: &Flags) -> Result<Self, ServerError> {
        let file = match &flags.config {
            Some(path) => read_file(path)?,
            None => match default_config().filter(|path| path.exists()) {
                Some(path) => read_file(&path)?,
                None => File::default(),
            },
        };
        Self::join(flags.clone(), file)
    }

    fn join(flags: Flags, file: File) -> Result<Self, ServerError> {
        let loopback = flags.loopback;
        let roles = list_or(flags.roles, file.roles, || vec![Role::Rendezvous, Role::Relay]);
        let (rendezvous, relay) = (roles.contains(&Role::Rendezvous), roles.contains(&Role::Relay));
        if !rendezvous && !relay {
            return wrong("roles is empty; write rendezvous, relay or both".into());
        }
        let bind = list_or(flags.bind, file.bind, || {
            if loopback { vec![IpAddr::V4(Ipv4Addr::LOCALHOST)] } else { default_bind() }
        });
        let port = |flag: Option<u16>, file: Option<u16>, usual: u16| {
            flag.or(file).unwrap_or(if loopback { 0 } else { usual })
        };
        let admin = flags.admin.or(file.admin);
        let admin_default = SocketAddr::from(([127, 0, 0, 1], if loopback { 0 } else { 21_113 }));
        let server_key = flags.server_key.or(file.server_key).map(|text| parse_key(&text)).transpose()?;
        if relay && !rendezvous && server_key.is_none() {
            return wrong(
                "a relay apart needs its rendezvous server's key; print it there with `deskwire-server key` and give \
                 it with --server-key"
                    .into(),
            );
        }
        let mut relays: Vec<RelayInfo> =
            file.relays.into_iter().map(FileRelay::into_info).collect::<Result<_, _>>()?;
        for text in &flags.relays {
            add_relay(&mut relays, text)?;
        }
        for text in &flags.relay_keys {
            set_key(&mut relays, text)?;
        }
        let data = flags.data.or(file.data).map_or_else(default_data, Ok)?;
        let control = match flags.control.or(file.control) {
            Some(path) if path.as_os_str() == "off" => None,
            Some(path) => Some(path),
            None if cfg!(unix) => Some(data.join("control.sock")),
            None => None,
        };
        let relay_id = flags.relay_id.or(file.relay_id).unwrap_or(1);
        let settings = Self {
            data,
            rendezvous,
            relay,
            bind,
            port: port(flags.port, file.port, 21_116),
            reflector_port: port(flags.reflector_port, file.reflector_port, 21_115),
            alternates: list_or(flags.alternate_addresses, file.alternate_addresses, Vec::new)
                .iter()
                .map(|text| parse_alternate(text, if loopback { 0 } else { ALTERNATE_PORT }))
                .collect::<Result<_, _>>()?,
            relay_port: port(flags.relay_port, file.relay_port, 21_117),
            websocket_port: port(flags.websocket_port, file.websocket_port, 21_118),
            relay_websocket_port: port(flags.relay_websocket_port, file.relay_websocket_port, 21_119),
            relay_url: flags.relay_url.or(file.relay_url).map(|text| parse_url(&text)).transpose()?,
            websockets: WebSockets::read(file.tls.as_ref(), file.web_origins, file.trusted_proxies)?,
            public_address: flags.public_address.or(file.public_address),
            relay_addresses: list_or(flags.relay_addresses, file.relay_addresses, Vec::new)
                .iter()
                .map(|text| parse_relay_address(text))
                .collect::<Result<_, _>>()?,
            relay_id: RelayId(relay_id),
            relay_rate: flags.relay_rate.or(file.relay_rate),
            relay_bytes: flags.relay_bytes.or(file.relay_bytes),
            relay_places: flags.relay_places.or(file.relay_places),
            drain: Duration::from_secs(flags.drain.or(file.drain).unwrap_or(30)),
            report_to: list_or(flags.report_to, file.report_to, Vec::new),
            control,
            relays,
            server_key,
            admin: match admin.as_deref() {
                None => Some(admin_default),
                Some("off") => None,
                Some(text) => Some(parse_admin(text)?),
            },
            log: flags.log.or(file.log).unwrap_or_else(|| "info".into()),
        };
        settings.check()?;
        Ok(settings)
    }

    /// Whether somebody asked for this very port.
    pub(crate) fn names_port(&self, port: u16) -> bool {
        let native = [self.port, self.reflector_port, self.relay_port];
        self.alternates.iter().any(|one| one.listen.port() == port)
            || native.contains(&port)
            || [self.websocket_port, self.relay_websocket_port].contains(&port)
    }

    fn check(&self) -> Result<(), ServerError> {
        let mut ports = Vec::new();
        if self.rendezvous {
            ports.extend([self.port, self.reflector_port, self.websocket_port]);
        }
        if self.relay {
            ports.extend([self.relay_port, self.relay_websocket_port]);
        }
        ports.retain(|port| *port != 0);
        ports.sort_unstable();
        if let Some(pair) = ports.windows(2).find(|pair| pair[0] == pair[1]) {
            return wrong(format!("port {} is set twice; give every port a number of its own", pair[0]));
        }
        self.check_alternates()?;
        let mut ids: Vec<u32> = self.relays.iter().map(|relay| relay.id.0).collect();
        if self.rendezvous && self.relay {
            ids.push(self.relay_id.0);
        }
        ids.sort_unstable();
        if let Some(pair) = ids.windows(2).find(|pair| pair[0] == pair[1]) {
            return wrong(format!(
                "relay number {} is used twice; give every relay a number of its own",
                pair[0]
            ));
        }
        if let Some(relay) = self.relays.iter().find(|r| r.addresses.is_empty() || r.addresses.len() > 4) {
            return wrong(format!(
                "relay {} has {} addresses; give it 1 to 4",
                relay.id.0,
                relay.addresses.len()
            ));
        }
        if self.relay_rate == Some(0) {
            return wrong("relay_rate is 0; write bytes a second, or leave it out".into());
        }
        if self.relay_bytes == Some(0) {
            return wrong("relay_bytes is 0; write bytes, or leave it out".into());
        }
        if !self.report_to.is_empty() && (self.rendezvous || !self.relay) {
            return wrong("report_to is for a relay apart; a relay in the same program needs none".into());
        }
        if self.relay_addresses.len() > 4 {
            return wrong("more than 4 relay addresses; keep the best ones".into());
        }
        Ok(())
    }
}

impl FileRelay {
    fn into_info(self) -> Result<RelayInfo, ServerError> {
        let Self { id, addresses, url, penalty_ms, draining, key } = self;
        let url = url.map(|text| parse_url(&text)).transpose()?;
        let key = key.map(|text| parse_key(&text)).transpose()?;
        Ok(RelayInfo { id: RelayId(id), addresses, url, penalty_ms, draining, key })
    }
}

pub(crate) const fn wrong<T>(sentence: String) -> Result<T, ServerError> {
    Err(ServerError::Setting(sentence))
}

fn list_or<T>(flags: Vec<T>, file: Option<Vec<T>>, usual: impl FnOnce() -> Vec<T>) -> Vec<T> {
    if flags.is_empty() { file.unwrap_or_else(usual) } else { flags }
}

fn parse_key(text: &str) -> Result<PublicKey, ServerError> {
    text.parse::<ServerKey>().map(|key| key.0).or_else(|error| wrong(error.to_string()))
}

fn parse_relay_address(text: &str) -> Result<SocketAddr, ServerError> {
    parse_address(text, 0)
        .filter(|address| !address.ip().is_unspecified())
        .map_or_else(|| wrong(format!("{text:?} is no relay address; write an IP address, or IP:PORT")), Ok)
}

fn parse_admin(text: &str) -> Result<SocketAddr, ServerError> {
    text.parse().or_else(|_| wrong(format!("{text:?} is no admin address; write IP:PORT, or off")))
}

fn add_relay(relays: &mut Vec<RelayInfo>, text: &str) -> Result<(), ServerError> {
    let parsed = text.split_once('=').and_then(|(id, address)| {
        Some((RelayId(id.trim().parse().ok()?), address.trim().parse::<SocketAddr>().ok()?))
    });
    let Some((id, address)) = parsed else {
        return wrong(format!("{text:?} is no relay; write NUMBER=IP:PORT, such as 2=203.0.113.7:21117"));
    };
    match relays.iter_mut().find(|relay| relay.id == id) {
        Some(relay) => relay.addresses.push(address),
        None => relays.push(RelayInfo {
            id,
            addresses: vec![address],
            url: None,
            penalty_ms: 0,
            draining: false,
            key: None,
        }),
    }
    Ok(())
}

fn set_key(relays: &mut [RelayInfo], text: &str) -> Result<(), ServerError> {
    let parsed =
        text.split_once('=').and_then(|(id, key)| Some((RelayId(id.trim().parse().ok()?), key.trim())));
    let Some((id, key)) = parsed else {
        return wrong(format!(
            "{text:?} is no relay's key; write NUMBER=KEY, as `deskwire-server key` prints it there"
        ));
    };
    match relays.iter_mut().find(|relay| relay.id == id) {
        Some(relay) => relay.key = Some(parse_key(key)?),
        None => return wrong(format!("relay {} has a key but no address; give it one with --relay", id.0)),
    }
    Ok(())
}

fn read_file(path: &Path) -> Result<File, ServerError> {
    let text = std::fs::read_to_string(path).or_else(|error| {
        wrong(format!(
            "cannot read the settings file {} ({error}); check the path after --config",
            path.display()
        ))
    })?;
    parse_file(&text).or_else(|why| wrong(format!("{}, {why}", path.display())))
}

/// The file's settings, or the line and what is wrong with it.
fn parse_file(text: &str) -> Result<File, String> {
    toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        format!("line {line}: {}", error.message().replace('\n', ", "))
    })
}

/// Where the settings file is looked for.
fn default_config() -> Option<PathBuf> {
    if is_system_user() {
        return Some("/etc/deskwire/server.toml".into());
    }
    etcetera::choose_base_strategy().ok().map(|places| places.config_dir().join("deskwire/server.toml"))
}

/// Where the data goes: what systemd set up, the system's place for a service, or the user's own.
fn default_data() -> Result<PathBuf, ServerError> {
    if let Some(dir) = std::env::var_os("STATE_DIRECTORY").filter(|dir| !dir.is_empty()) {
        return Ok(dir.into());
    }
    if is_system_user() {
        return Ok("/var/lib/deskwire-server".into());
    }
    let places = etcetera::choose_base_strategy().ok();
    let dir =
        places.map(|places| places.state_dir().unwrap_or_else(|| places.data_dir()).join("deskwire/server"));
    dir.map_or_else(|| wrong("this user has no home directory; choose a directory with --data".into()), Ok)
}

fn is_system_user() -> bool {
    #[cfg(unix)]
    {
        rustix::process::geteuid().is_root()
    }
    #[cfg(not(unix))]
    {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn join(flags: Flags, file: &str) -> Result<Settings, String> {
        Settings::join(flags, parse_file(file)?).map_err(|error| error.to_string())
    }

    #[test]
    fn flags_win_over_the_file_and_the_file_over_defaults() {
        let flags = Flags { port: Some(1), data: Some("d".into()), ..Flags::default() };
        let settings = join(flags, "port = 2\nrelay_port = 3\n").unwrap();
        assert_eq!((settings.port, settings.relay_port, settings.reflector_port), (1, 3, 21_115));
        assert!(settings.rendezvous && settings.relay);
    }

    #[test]
    fn an_unknown_setting_is_told_with_its_line() {
        let why = join(Flags::default(), "port = 1\n\nrelay_prot = 3\n").unwrap_err();
        assert!(why.starts_with("line 3:") && why.contains("relay_prot"), "{why}");
        let why = join(Flags::default(), "port = 1\nbind = [\"here\"]\n").unwrap_err();
        assert!(why.starts_with("line 2:"), "{why}");
    }

    #[test]
    fn contradictions_are_found() {
        let data = || Flags { data: Some("d".into()), ..Flags::default() };
        for (file, word) in [
            ("roles = []", "roles"),
            ("roles = [\"relay\"]", "--server-key"),
            ("port = 5\nrelay_port = 5", "port 5"),
            ("relay_addresses = [\"0.0.0.0\"]", "relay address"),
            ("alternate_addresses = [\"here\"]", "\"here\" is no alternate address"),
            ("alternate_addresses = [\"0.0.0.0\"]", "no alternate address"),
            ("alternate_addresses = [\"192.0.2.2=::1\"]", "no alternate address"),
            (
                "bind = [\"192.0.2.1\"]\nalternate_addresses = [\"192.0.2.1\"]",
                "192.0.2.1 is the server's first",
            ),
            ("alternate_addresses = [\"192.0.2.1\", \"192.0.2.2\"]", "one per IP version"),
            ("alternate_addresses = [\"192.0.2.2:21115\"]", "port 21115"),
            (
                "roles = [\"relay\"]\nserver_key = \"KEY\"\nalternate_addresses = [\"192.0.2.2\"]",
                "for a rendezvous server",
            ),
            ("relay_rate = 0", "relay_rate"),
            ("websocket_port = 21117", "port 21117"),
            ("relay_url = \"https://relay.example/\"", "wss://"),
            ("web_origins = [\"*\"]", "web_origins"),
            ("[tls]\ncertificate = \"gone.pem\"\nkey = \"gone.pem\"", "gone.pem"),
            ("[tls]\ncertificate = \"gone.pem\"", "key"),
            ("relay_bytes = 0", "relay_bytes"),
            ("report_to = [\"192.0.2.1:1\"]", "report_to"),
            ("admin = \"here\"", "admin"),
            ("server_key = \"dwk1\"", "server key"),
            ("[[relays]]\nid = 1\naddresses = [\"192.0.2.1:1\"]", "relay number 1"),
            ("[[relays]]\nid = 2\naddresses = []", "relay 2"),
        ] {
            let key = deskwire_identity::IdentityKey::from_bytes(&[1; 32]).public();
            let file = file.replace("KEY", &ServerKey(key).to_string());
            let why = join(data(), &file).unwrap_err();
            assert!(why.contains(word), "{file}: {why}");
        }
    }

    #[test]
    fn alternate_addresses_come_with_and_without_ports_and_local_ones() {
        let alternates = |flags: &[&str], file: &str| {
            let alternate_addresses = flags.iter().map(ToString::to_string).collect();
            let flags = Flags { alternate_addresses, data: Some("d".into()), ..Flags::default() };
            let all = join(flags, file).unwrap().alternates;
            all.iter().map(|one| format!("{}={}", one.public, one.listen)).collect::<Vec<_>>()
        };
        let file = "alternate_addresses = [\"192.0.2.9\"]";
        assert_eq!(alternates(&[], file), ["192.0.2.9:21112=192.0.2.9:21112"]);
        assert_eq!(
            alternates(&["198.51.100.2:7=10.0.0.2:8", "2001:db8::2"], file),
            ["198.51.100.2:7=10.0.0.2:8", "[2001:db8::2]:21112=[2001:db8::2]:21112"]
        );
        assert!(alternates(&[], "").is_empty());
    }

    #[test]
    fn relays_come_from_both() {
        let relays = vec!["2=192.0.2.1:7".into(), "2=[2001:db8::1]:7".into(), "3=192.0.2.3:7".into()];
        let flags = Flags { relays, data: Some("d".into()), ..Flags::default() };
        let file = "[[relays]]\nid = 4\naddresses = [\"192.0.2.4:7\"]\npenalty_ms = 5\n";
        let told: Vec<(u32, usize)> =
            join(flags, file).unwrap().relays.iter().map(|r| (r.id.0, r.addresses.len())).collect();
        assert_eq!(told, [(4, 1), (2, 2), (3, 1)]);
    }
}
