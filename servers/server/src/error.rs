//! Why the server does not run, in one sentence each.

use std::fmt;
use std::net::SocketAddr;

use deskwire_driver::DriverError;
use deskwire_machine::CloseReason;
use deskwire_store::StoreError;

/// Why the server does not run.
#[derive(Debug)]
pub(crate) enum ServerError {
    /// A setting is wrong; the sentence says which and what to do.
    Setting(String),
    /// The data directory.
    Store(StoreError),
    /// A port that cannot be opened.
    Port {
        /// `UDP` or `TCP`.
        protocol: &'static str,
        /// Where.
        address: SocketAddr,
        /// The flag that changes it.
        flag: &'static str,
        /// Why.
        reason: CloseReason,
    },
    /// A machine's driver ended.
    Driver {
        /// Of which role.
        role: &'static str,
        /// Why.
        source: DriverError,
    },
    /// The system refused something else.
    System {
        /// What was tried.
        what: &'static str,
        /// What it said.
        source: std::io::Error,
    },
}

impl ServerError {
    /// The port that somebody else has.
    pub(crate) const fn taken_port(&self) -> Option<u16> {
        match self {
            Self::Port { reason: CloseReason::AddressInUse, address, .. } => Some(address.port()),
            _ => None,
        }
    }

    /// The process's exit code.
    pub(crate) const fn exit_code(&self) -> u8 {
        if matches!(self, Self::Setting(_)) { 2 } else { 1 }
    }
}

impl From<StoreError> for ServerError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl fmt::Display for ServerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Setting(sentence) => f.write_str(sentence),
            Self::Store(error) => error.fmt(f),
            Self::Port { protocol, address, flag, reason } => {
                let port = address.port();
                match reason {
                    CloseReason::AddressInUse => write!(
                        f,
                        "{protocol} port {port} on {} is taken by another program; stop that one, or choose another \
                         port with {flag}",
                        address.ip()
                    ),
                    CloseReason::NotPermitted => write!(
                        f,
                        "the system does not let this user open {protocol} port {port} on {}; choose a port above \
                         1023 with {flag}, or give the program the right to",
                        address.ip()
                    ),
                    other => write!(
                        f,
                        "{protocol} port {port} on {} cannot be opened ({other:?}); choose an address of this \
                         computer with {}",
                        address.ip(),
                        if *flag == "--alternate-address" { flag } else { "--bind" }
                    ),
                }
            }
            Self::Driver { role, source } => write!(f, "the {role} stopped: {source}"),
            Self::System { what, source } => write!(f, "{what} failed ({source}); see the system's log"),
        }
    }
}

impl std::error::Error for ServerError {}
