//! A device: the node that viewers and hosts are, and what is on its disk.

use std::net::SocketAddr;

use deskwire_core::transport::TimeBase;
use deskwire_core::{Config, Host, Limits, Node, OfferToAll, Offers};
use deskwire_identity::IdentityKey;
use deskwire_machine::WsUrl;
use deskwire_session::{Grants, LoginTerms, OneTimeCode};
use deskwire_wire::ids::DeviceId;
use deskwire_wire::session::Scopes;

use super::CODE;
use super::servers::{RENDEZVOUS, RENDEZVOUS_V6, server_key, unix_time};
use crate::Boot;

/// What survives a restart.
#[derive(Clone, Debug)]
pub(crate) struct Disk {
    pub(crate) identity: IdentityKey,
    pub(crate) id: Option<DeviceId>,
    pub(crate) certificate: Option<Vec<u8>>,
    pub(crate) epoch: u64,
}

impl Disk {
    /// That of a device which was never started before.
    pub(crate) fn new(boot: &Boot) -> Self {
        let identity = IdentityKey::generate(&mut boot.seed.derive("identity").secret());
        Self { identity, id: None, certificate: None, epoch: 0 }
    }
}

/// Who a device is in a session.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    Viewer,
    Host,
}

/// How direct paths are looked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Punching {
    pub(crate) enabled: bool,
    /// Ports that may be guessed.
    pub(crate) guesses: u32,
    /// When addresses are given away through the server.
    pub(crate) offers: OfferToAll,
}

pub(crate) fn code() -> OneTimeCode {
    CODE.parse().expect("six digits")
}

/// The engine wants one instant of the system's clock to count from; which one makes no difference.
pub(crate) fn time_base() -> TimeBase {
    TimeBase::new(std::time::Instant::now())
}

pub(crate) fn node(boot: &Boot, role: Role, punching: Punching, time_base: TimeBase, disk: &Disk) -> Node {
    let host = || Host {
        id: disk.id,
        certificate: disk.certificate.clone(),
        epoch: disk.epoch,
        login: LoginTerms { code: Some(code()), grants: Grants::all(Scopes::ALL), ..LoginTerms::default() },
        max_viewers: 4,
    };
    let mut limits = Limits::default();
    limits.punch.guesses = punching.guesses;
    let config = Config {
        seed: boot.seed.derive("node"),
        identity: disk.identity.clone(),
        server: deskwire_core::Server {
            others: vec![(
                SocketAddr::from((RENDEZVOUS_V6, 21_116)),
                Some(SocketAddr::from((RENDEZVOUS_V6, 21_115))),
            )],
            address: SocketAddr::from((RENDEZVOUS, 21_116)),
            reflector: Some(SocketAddr::from((RENDEZVOUS, 21_115))),
            websocket: Some(WsUrl::plain(SocketAddr::from((RENDEZVOUS, 21_118)))),
            key: Some(server_key().public()),
        },
        host: (role == Role::Host).then(host),
        time_base,
        unix_time: unix_time(boot),
        punch: punching.enabled,
        offers: Offers { to_all: punching.offers, known_viewers: Vec::new() },
        relay_rtts: Vec::new(),
        limits,
    };
    Node::new(boot.now, config)
}
