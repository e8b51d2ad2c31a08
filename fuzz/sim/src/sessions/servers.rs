//! The servers of a session: a rendezvous server with its store, and relays.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::OnceLock;

use deskwire_identity::{IdentityKey, PublicKey};
use deskwire_machine::Instant;
use deskwire_rendezvous::server::{Alternate, StoreRequest, StoreResult};
use deskwire_rendezvous::{Server, ServerEvent};
use deskwire_wire::ids::{DeviceId, RelayId};

use super::UNIX;
use crate::{Application, Boot};

/// Where the rendezvous server is.
pub(crate) const RENDEZVOUS: [u8; 4] = [198, 51, 100, 1];

/// The same over IPv6.
pub(crate) const RENDEZVOUS_V6: [u16; 8] = [0x2001, 0xdb8, 0xff, 0, 0, 0, 0, 1];

/// Its other address.
pub(crate) const ALTERNATE: [u8; 4] = [198, 51, 100, 200];

/// The key of all servers.
pub(crate) fn server_key() -> IdentityKey {
    // Making it takes as long as a signature, and every host of every world asks for it.
    static KEY: OnceLock<IdentityKey> = OnceLock::new();
    KEY.get_or_init(|| IdentityKey::from_bytes(&[9; 32])).clone()
}

/// A rendezvous server with its store in memory.
pub(crate) struct Rendezvous {
    pub(crate) server: Server,
    /// What would be on its disk: who owns an id.
    pub(crate) owners: BTreeMap<DeviceId, (PublicKey, u32, u64)>,
}

impl Application for Rendezvous {
    type Machine = Server;

    fn machine(&self) -> &Server {
        &self.server
    }

    fn machine_mut(&mut self) -> &mut Server {
        &mut self.server
    }

    fn happened(&mut self, now: Instant, event: ServerEvent) {
        if let ServerEvent::Store(request) = event {
            let result = self.store(&request);
            self.server.store_done(now, request.ticket(), result);
        }
    }
}

impl Rendezvous {
    fn store(&mut self, request: &StoreRequest) -> StoreResult {
        match *request {
            StoreRequest::Claim { id, key, epoch, .. } => {
                if let Some((id, (_, generation, _))) =
                    self.owners.iter().find(|(_, (owner, ..))| *owner == key)
                {
                    return StoreResult::Owned { id: *id, generation: *generation };
                }
                if self.owners.contains_key(&id) {
                    return StoreResult::Taken;
                }
                self.owners.insert(id, (key, 1, epoch));
                StoreResult::Owned { id, generation: 1 }
            }
            StoreRequest::Renew { id, key, epoch, .. } => match self.owners.get_mut(&id) {
                None => StoreResult::Unknown,
                Some((owner, generation, _)) if *owner != key => {
                    StoreResult::NotOwner { owner: *owner, generation: *generation }
                }
                Some((_, _, last)) if *last > epoch => StoreResult::EpochTooLow { last: *last },
                Some((_, generation, last)) => {
                    *last = epoch;
                    StoreResult::Owned { id, generation: *generation }
                }
            },
            _ => StoreResult::Unavailable,
        }
    }
}

/// Over IPv4 and IPv6.
pub(crate) fn relay_addresses(n: u8) -> [SocketAddr; 2] {
    let v6 = [0x2001, 0xdb8, 0xff, 0, 0, 0, 0, 1 + u16::from(n)];
    [SocketAddr::from(([198, 51, 100, 1 + n], 21_117)), SocketAddr::from((v6, 21_117))]
}

/// All addresses of a server.
fn any(port: u16) -> Vec<SocketAddr> {
    vec![SocketAddr::from(([0; 4], port)), SocketAddr::from(([0_u16; 8], port))]
}

pub(crate) fn start_rendezvous(boot: Boot, relays: u8, byte_cap: u64, alternate: bool) -> Rendezvous {
    let unix_time = unix_time(&boot);
    let mut config = deskwire_rendezvous::server::ServerConfig::new(
        boot.seed.derive("rendezvous"),
        server_key(),
        unix_time,
    );
    config.ids = boot.ids;
    config.terms.byte_cap = byte_cap;
    let relay = |n: u8| deskwire_rendezvous::server::RelayInfo {
        id: RelayId(u32::from(n)),
        addresses: relay_addresses(n).to_vec(),
        url: None,
        penalty_ms: 0,
        draining: false,
        key: None,
    };
    (config.main, config.reflector, config.websocket) = (any(21_116), any(21_115), any(21_118));
    if alternate {
        let listen = SocketAddr::from((ALTERNATE, 21_112));
        config.alternate = vec![Alternate { listen, public: listen }];
    }
    config.relays = (1..=relays).map(relay).collect();
    let kept = boot.previous.and_then(|old| old.downcast::<Rendezvous>().ok());
    let owners = kept.map_or_else(BTreeMap::new, |old| old.owners);
    Rendezvous { server: Server::new(boot.now, config), owners }
}

pub(crate) fn start_relay(boot: &Boot, n: u8, places: usize) -> deskwire_relay::Server {
    let config = deskwire_relay::ServerConfig {
        udp: any(21_117),
        tcp: any(21_117),
        websocket: any(21_119),
        relay: RelayId(u32::from(n)),
        server_key: server_key().public(),
        unix_s: unix_time(boot),
        report: None,
        limits: deskwire_relay::ServerLimits { pairs: places, ..deskwire_relay::ServerLimits::default() },
        seed: boot.seed.derive("relay"),
        ids: boot.ids.clone(),
    };
    deskwire_relay::Server::new(boot.now, config)
}

/// What a host's clock on the wall says when a program starts.
pub(crate) fn unix_time(boot: &Boot) -> u64 {
    UNIX + boot.now.as_micros() / 1_000_000
}
