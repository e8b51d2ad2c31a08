//! Settings of the QUIC engine, all of them derived from our configuration and the seed.

use std::sync::Arc;

use deskwire_handshake::{HostConfig, ViewerConfig};
use deskwire_identity::Secret;
use deskwire_machine::Seed;
use noq_proto::{
    ClientConfig, ConnectionId, EndpointConfig, IdleTimeout, MtuDiscoveryConfig, NoneTokenLog,
    NoneTokenStore, ServerConfig, TransportConfig, ValidationTokenConfig, VarInt,
};

use crate::config::Config;
use crate::crypto::{Common, Start, VERSION};
use crate::entropy::{Cids, ResetKey, RetryTag, TokenKey};
use crate::keys::KeyMaker;
use crate::meter::{MeteredConfig, Seals};
use crate::time::NoWallClock;

/// What both roles give to their cryptographic session.
pub(crate) fn common(config: &Config, introduction_secret: Option<Secret<32>>, seals: &Arc<Seals>) -> Common {
    // The engine replaces keys 10,000 packets before this.
    let limit = config.limits.key_packets.max(20_000);
    Common {
        keys: KeyMaker { aead: config.aead, seals: Arc::clone(seals), limit },
        retry: RetryTag::new(introduction_secret.as_ref()),
        introduction_secret,
    }
}

/// Settings of the endpoint.
pub(crate) fn endpoint(config: &Config) -> Arc<EndpointConfig> {
    let secret = |label: &str| Secret::new(config.seed.derive(label).secret().bytes());
    let mut out = EndpointConfig::new(Arc::new(ResetKey(secret("reset key"))));
    let cids = config.seed.derive("connection ids");
    out.cid_generator(Arc::new(move || Box::new(Cids::new(&cids))))
        .supported_versions(vec![VERSION])
        // The first bits tell our packets from everything else on the same socket.
        .grease_quic_bit(false)
        .rng_seed(Some(config.seed.derive("engine").secret().bytes()));
    // INVARIANT: `max_packet` is held within the engine's bounds.
    let _ = out.max_udp_payload_size(65_527);
    Arc::new(out)
}

/// Settings of the connection.
fn transport(config: &Config) -> Arc<TransportConfig> {
    let (timing, limits) = (&config.timing, &config.limits);
    let mut mtu = MtuDiscoveryConfig::default();
    mtu.upper_bound(limits.max_packet.max(1_200));
    let mut out = TransportConfig::default();
    // Our own watch notices death first; the engine's is the backstop.
    let idle = IdleTimeout::try_from(timing.handshake.max(timing.dead_after * 2)).ok();
    out.max_idle_timeout(idle)
        .max_concurrent_bidi_streams(limits.channels.into())
        .max_concurrent_uni_streams(limits.channels.into())
        .stream_receive_window(limits.channel_receive.into())
        .receive_window(limits.receive.into())
        .send_window(u64::from(limits.send))
        .initial_rtt(timing.initial_rtt)
        .mtu_discovery_config(Some(mtu))
        .datagram_receive_buffer_size(Some(limits.datagrams))
        // Older ones are dropped: a sound that waits longer than this takes comes too late.
        .datagram_send_buffer_size(DATAGRAMS)
        .congestion_controller_factory(Arc::new(MeteredConfig::new(config.time_base, limits.initial_window)))
        // We ask for one datagram at a time; only a farewell may need more (see `packets`).
        .enable_segmentation_offload(true)
        .allow_spin(false)
        .max_concurrent_multipath_paths(limits.paths.max(1))
        .default_path_max_idle_timeout(None)
        .default_path_keep_alive_interval(None);
    Arc::new(out)
}

/// Bytes of datagrams that wait for the congestion window: the sound of some 100 ms.
const DATAGRAMS: usize = 4 << 10;

/// Settings of the dialling side.
pub(crate) fn client(
    config: &Config,
    handshake: ViewerConfig,
    seals: &Arc<Seals>,
) -> (ClientConfig, Arc<Start<ViewerConfig>>) {
    let common = common(config, handshake.introduction_secret.clone(), seals);
    let start = Arc::new(Start::new(common, handshake));
    let mut out = ClientConfig::new(start.clone());
    let cid = ConnectionId::new(&config.seed.derive("first connection id").public().bytes::<16>());
    out.transport_config(transport(config))
        .token_store(Arc::new(NoneTokenStore))
        .initial_dst_cid_provider(Arc::new(move || cid))
        .version(VERSION);
    (out, start)
}

/// Settings of the answering side, and the one start it has.
pub(crate) fn server(
    config: &Config,
    handshake: HostConfig,
    seals: &Arc<Seals>,
) -> (Arc<ServerConfig>, Arc<Start<HostConfig>>) {
    let common = common(config, handshake.introduction_secret.clone(), seals);
    let start = Arc::new(Start::new(common, handshake));
    let token_key = token_key(&config.seed);
    let mut out = ServerConfig::new(start.clone(), Arc::new(token_key));
    let mut tokens = ValidationTokenConfig::default();
    tokens.sent(0).log(Arc::new(NoneTokenLog));
    out.transport_config(transport(config))
        .validation_token_config(tokens)
        // Paths have synthetic addresses that never change; what moves is below (see `paths`).
        .migration(false)
        .max_incoming(1)
        .incoming_buffer_size(16 << 10)
        .incoming_buffer_size_total(16 << 10)
        .time_source(Arc::new(NoWallClock));
    (Arc::new(out), start)
}

fn token_key(seed: &Seed) -> TokenKey {
    TokenKey(Secret::new(seed.derive("token key").secret().bytes()))
}

/// A code as the engine counts: 62 bits.
pub(crate) fn code(code: u64) -> VarInt {
    VarInt::from_u64(code).unwrap_or(VarInt::MAX)
}
