//! Where the settings come from: flags, then the environment, then the configuration file.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use deskwire_core::wire::ids::Private;
use etcetera::BaseStrategy;
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::keystore::Keystore;
use crate::links::Links;
use crate::search::{GiveAddresses, Search};

mod place;

pub use place::DEFAULT_PORT;
use place::{split_host_port, split_link};

/// What the user gave on the command line or in the environment; all optional.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Server and settings")]
pub struct Options {
    // The environment of these three is read below: each may stand where another is a flag, which then wins.
    /// Rendezvous server, `host[:port]` [env: DESKWIRE_SERVER]
    #[arg(long, value_name = "HOST[:PORT]", global = true)]
    pub server: Option<String>,
    /// The server's key, as `deskwire-server key` prints it [env: DESKWIRE_KEY]
    #[arg(long, value_name = "KEY", global = true)]
    pub key: Option<String>,
    /// Server and key in one link, `deskwire://host/?key=...` [env: DESKWIRE_LINK]
    #[arg(long, value_name = "LINK", conflicts_with_all = ["server", "key"], global = true)]
    pub link: Option<String>,
    /// Accept the server's key at first contact and pin it
    #[arg(long, global = true)]
    pub trust_on_first_use: bool,
    /// Where the server takes WebSockets, `wss://HOST/` or `off` [default: two ports above its own, without TLS]
    #[arg(long, env = "DESKWIRE_WEBSOCKET", value_name = "URL", global = true)]
    pub websocket: Option<String>,
    /// Certificates to trust besides the system's, for `wss://`
    #[arg(long, env = "DESKWIRE_CERTIFICATES", value_name = "PEM", global = true)]
    pub certificates: Option<PathBuf>,
    /// Ask the home router to map a port to this device, by PCP, NAT-PMP or UPnP
    #[arg(long, env = "DESKWIRE_PORT_MAPPING", global = true)]
    pub port_mapping: bool,
    /// Traffic costs money here: ports are not guessed by the hundred where both routers give random ones
    #[arg(long, env = "DESKWIRE_METERED", global = true)]
    pub metered: bool,
    /// When the server is given this device's addresses for the other side, so that both find a direct path without a
    /// relay [default: without-relay]
    #[arg(long, env = "DESKWIRE_GIVE_ADDRESSES", value_name = "WHEN", global = true)]
    pub give_addresses: Option<GiveAddresses>,
    /// Configuration file
    #[arg(long, env = "DESKWIRE_CONFIG", value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// Folder for identity, pins and counters
    #[arg(long, env = "DESKWIRE_STATE", value_name = "DIR", global = true)]
    pub state: Option<PathBuf>,
    /// Where this device's key lies [default: system]
    #[arg(long, env = "DESKWIRE_KEYSTORE", value_name = "WHERE", global = true)]
    pub keystore: Option<Keystore>,
}

/// The configuration file. It has no debug form: the proxy's address may hold a password.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Rendezvous server, `host[:port]`.
    pub server: Option<String>,
    /// The server's key in its text form.
    pub key: Option<String>,
    /// Where the server takes WebSockets.
    pub websocket: Option<String>,
    /// A proxy for connections, `socks5://user:password@host:port` or `http://…`. Never a flag: other users see those.
    pub proxy: Option<String>,
    /// What is reached without the proxy, separated by commas.
    pub no_proxy: Option<String>,
    /// PEM file with certificates to trust besides the system's.
    pub certificates: Option<PathBuf>,
    /// Whether to ask the home router to map a port to this device; not unless it is true.
    pub port_mapping: Option<bool>,
    /// Whether traffic costs money here.
    pub metered: Option<bool>,
    /// When the server is given this device's addresses.
    pub give_addresses: Option<GiveAddresses>,
    /// Where this device's key lies.
    pub keystore: Option<Keystore>,
}

/// Settings, complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Host name or address of the server.
    pub host: String,
    /// Its rendezvous port.
    pub port: u16,
    /// Its key in its text form; `None` only when the user chose to trust what he sees first.
    pub key: Option<String>,
    /// Folder for identity, pins and counters.
    pub state: PathBuf,
    /// Where this device's key lies.
    pub keystore: Keystore,
    /// How connections get out.
    pub links: Links,
    /// How direct paths are looked for.
    pub search: Search,
}

/// Why there are no settings.
#[derive(Debug)]
#[non_exhaustive]
pub enum ConfigError {
    /// The file cannot be read.
    Read(PathBuf, std::io::Error),
    /// The file is not what it should be; the text names line and key.
    Parse(PathBuf, String),
    /// No server is known.
    NoServer(PathBuf),
    /// No key is known.
    NoKey,
    /// `host[:port]` is not that.
    Server(String),
    /// The link is not one.
    Link(String),
    /// The environment has a link, and also what it contains.
    Twice,
    /// The system names no folder for it.
    NoHome,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(path, error) => write!(f, "cannot read {}: {error}", path.display()),
            Self::Parse(path, text) => write!(f, "{} is not a valid configuration: {text}", path.display()),
            Self::NoServer(path) => write!(
                f,
                "no rendezvous server is configured; give --server and --key, or --link, or write them to {}",
                path.display()
            ),
            Self::NoKey => f.write_str(
                "the server's key is not configured; get it with `deskwire-server key`, or accept what the server \
                 shows with --trust-on-first-use",
            ),
            Self::Server(text) => write!(f, "`{text}` is not a server; write host, host:port or [address]:port"),
            Self::Link(text) => write!(f, "`{text}` is not a deskwire link; it looks like deskwire://host/?key=..."),
            Self::Twice => f.write_str(
                "DESKWIRE_LINK names a server and its key; unset DESKWIRE_SERVER and DESKWIRE_KEY, or the link",
            ),
            Self::NoHome => f.write_str("this system names no home folder; give --config and --state"),
        }
    }
}

impl std::error::Error for ConfigError {}

impl Options {
    /// Completes the options from the configuration file.
    pub fn settings(&self) -> Result<Settings, ConfigError> {
        let path = self.config_path()?;
        let mut file = read_file(&path, self.config.is_some())?;
        let links = self.links(&mut file);
        let variable = |name: &str| std::env::var(name).ok();
        let (server, key) = self.server_and_key(file.server, file.key, variable)?;
        let server = server.ok_or(ConfigError::NoServer(path))?;
        if key.is_none() && !self.trust_on_first_use {
            return Err(ConfigError::NoKey);
        }
        let (host, port) = split_host_port(&server).ok_or_else(|| ConfigError::Server(server.clone()))?;
        let search = Search {
            port_mapping: self.port_mapping || file.port_mapping.unwrap_or(false),
            metered: self.metered || file.metered.unwrap_or(false),
            give_addresses: self.give_addresses.or(file.give_addresses).unwrap_or_default(),
        };
        let keystore = self.keystore.or(file.keystore).unwrap_or_default();
        Ok(Settings { host, port, key, state: self.state_folder()?, keystore, links, search })
    }

    /// Flags over the environment over the file.
    fn server_and_key(
        &self,
        server: Option<String>,
        key: Option<String>,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<(Option<String>, Option<String>), ConfigError> {
        let flags = (self.link.clone(), self.server.clone(), self.key.clone());
        let environment = (variable("DESKWIRE_LINK"), variable("DESKWIRE_SERVER"), variable("DESKWIRE_KEY"));
        let mut found = (None, None);
        for layer in [flags, environment, (None, server, key)] {
            let (server, key) = match layer {
                (Some(link), None, None) => {
                    split_link(&link).ok_or_else(|| ConfigError::Link(link.chars().take(80).collect()))?
                }
                (None, server, key) => (server, key),
                // Of flags the command line says so already.
                (Some(_), ..) => return Err(ConfigError::Twice),
            };
            found = (found.0.or(server), found.1.or(key));
        }
        Ok(found)
    }

    /// Flags over the program's own variables over the file over the usual variables.
    fn links(&self, file: &mut File) -> Links {
        let variable = |name: &str| std::env::var(name).ok();
        let links = Links {
            websocket: self.websocket.clone().or_else(|| file.websocket.clone()),
            proxy: variable("DESKWIRE_PROXY").or_else(|| file.proxy.take()).map(Private),
            no_proxy: variable("DESKWIRE_NO_PROXY").or_else(|| file.no_proxy.clone()),
            certificates: self.certificates.clone().or_else(|| file.certificates.clone()),
        };
        links.or_environment(variable)
    }

    /// Where the configuration file lies.
    pub fn config_path(&self) -> Result<PathBuf, ConfigError> {
        if let Some(path) = &self.config {
            return Ok(path.clone());
        }
        Ok(places()?.config_dir().join(FOLDER).join("config.toml"))
    }

    /// Where this device's key lies, for commands that need no server.
    pub fn keystore(&self) -> Result<Keystore, ConfigError> {
        if let Some(keystore) = self.keystore {
            return Ok(keystore);
        }
        Ok(read_file(&self.config_path()?, self.config.is_some())?.keystore.unwrap_or_default())
    }

    /// Where identity, pins and counters lie.
    pub fn state_folder(&self) -> Result<PathBuf, ConfigError> {
        if let Some(path) = &self.state {
            return Ok(path.clone());
        }
        let places = places()?;
        Ok(places.state_dir().unwrap_or_else(|| places.data_dir()).join(FOLDER))
    }
}

/// Our folder in each of the system's places.
const FOLDER: &str = "deskwire";

fn places() -> Result<impl BaseStrategy, ConfigError> {
    etcetera::choose_base_strategy().map_err(|_| ConfigError::NoHome)
}

fn read_file(path: &Path, must_exist: bool) -> Result<File, ConfigError> {
    match fs::read_to_string(path) {
        Ok(text) => {
            let text = Zeroizing::new(text);
            toml::from_str(&text).map_err(|error: toml::de::Error| {
                // Its own words show the line, which may have the proxy's password in it.
                let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
                let line = before.matches('\n').count() + 1;
                ConfigError::Parse(
                    path.into(),
                    format!("line {line}: {}", error.message().replace('\n', ", ")),
                )
            })
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !must_exist => Ok(File::default()),
        Err(error) => Err(ConfigError::Read(path.into(), error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_win_over_the_file_and_typos_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("config.toml");
        fs::write(&config, "server = \"one.example\"\nkey = \"k\"\n").unwrap();
        let mut options =
            Options { config: Some(config.clone()), state: Some(folder.path().into()), ..Options::default() };
        assert_eq!(options.settings().unwrap().host, "one.example");
        options.server = Some("two.example:9".into());
        let settings = options.settings().unwrap();
        assert_eq!((settings.host.as_str(), settings.port), ("two.example", 9));
        assert_eq!(settings.search, Search::default(), "nobody asked for anything");
        let all = "key = \"k\"\nport_mapping = true\nmetered = true\ngive_addresses = \"if-relays-fail\"\n";
        fs::write(&config, all).unwrap();
        let give_addresses = GiveAddresses::IfRelaysFail;
        let search = Search { port_mapping: true, metered: true, give_addresses };
        assert_eq!(options.settings().unwrap().search, search);
        options.give_addresses = Some(GiveAddresses::Never);
        assert_eq!(options.settings().unwrap().search.give_addresses, GiveAddresses::Never);
        fs::write(&config, "key = \"k\"\ngive_addresses = \"always\"\n").unwrap();
        let error = options.settings().unwrap_err().to_string();
        assert!(error.contains("always") && error.contains("without-relay"), "{error}");
        fs::write(&config, "sever = \"one.example\"\n").unwrap();
        let error = options.settings().unwrap_err().to_string();
        assert!(error.contains("sever") && error.contains("line 1"), "{error}");
    }

    #[test]
    fn flags_win_over_the_environment_whatever_form_each_has() {
        let key = deskwire_identity::ServerKey(deskwire_identity::IdentityKey::from_bytes(&[1; 32]).public());
        let link = |host: &str| format!("deskwire://{host}/?key={key}");
        let read = |options: &Options, variables: &[(&str, String)]| {
            let variable =
                |name: &str| variables.iter().find(|(n, _)| *n == name).map(|(_, value)| value.clone());
            options.server_and_key(Some("file.example".into()), Some("file".into()), variable)
        };
        let [given, linked] = [
            Options { server: Some("flag.example".into()), key: Some("flag".into()), ..Options::default() },
            Options { link: Some(link("flag.example")), ..Options::default() },
        ];
        let both = |server: &str, key: &str| (Some(server.to_owned()), Some(key.to_owned()));
        let in_environment =
            [("DESKWIRE_SERVER", "variable.example".to_owned()), ("DESKWIRE_KEY", "variable".to_owned())];
        let as_link = [("DESKWIRE_LINK", link("variable.example"))];
        let key = key.to_string();
        for variables in [&in_environment[..], &as_link] {
            assert_eq!(read(&given, variables).unwrap(), both("flag.example", "flag"));
            assert_eq!(read(&linked, variables).unwrap(), both("flag.example", &key));
        }
        let nothing = Options::default();
        assert_eq!(read(&nothing, &as_link).unwrap(), both("variable.example", &key));
        assert_eq!(read(&nothing, &in_environment).unwrap(), both("variable.example", "variable"));
        assert_eq!(read(&nothing, &[]).unwrap(), both("file.example", "file"));
        let twice = [&in_environment[..], &as_link].concat();
        assert!(matches!(read(&nothing, &twice), Err(ConfigError::Twice)));
    }

    #[test]
    fn t47_a_mistake_in_the_file_is_told_without_the_password_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("config.toml");
        let options = Options { config: Some(config.clone()), ..Options::default() };
        for line in [
            "proxy = \"socks5://user:secret@proxy:1\" x",
            "proxy = [\"socks5://user:secret@proxy:1\"]",
            "prxy = \"socks5://user:secret@proxy:1\"",
        ] {
            fs::write(&config, format!("key = \"k\"\n{line}\n")).unwrap();
            let error = options.settings().unwrap_err().to_string();
            assert!(error.contains("line 2") && !error.contains("secret"), "{error}");
        }
    }

    #[test]
    fn without_a_key_nothing_is_trusted() {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("config.toml");
        fs::write(&config, "server = \"one.example\"\n").unwrap();
        let mut options =
            Options { config: Some(config), state: Some(folder.path().into()), ..Options::default() };
        assert!(matches!(options.settings(), Err(ConfigError::NoKey)));
        options.trust_on_first_use = true;
        assert_eq!(options.settings().unwrap().key, None);
    }
}
