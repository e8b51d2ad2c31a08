//! What `/metrics` says.

use std::fmt;

use deskwire_driver::HubStats;
use deskwire_relay::server::ServerStats as RelayStats;
use deskwire_rendezvous::server::ServerStats as RendezvousStats;
use deskwire_store::StoreStats;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Registry;

/// All figures at one moment. What a server does not do is not there.
#[derive(Clone, Default, Debug)]
pub(crate) struct Figures {
    pub(crate) rendezvous: Option<(RendezvousStats, HubStats)>,
    pub(crate) relay: Option<(RelayStats, HubStats)>,
    pub(crate) store: Option<StoreStats>,
}

impl Figures {
    /// In the OpenMetrics text format.
    pub(crate) fn text(self) -> Result<String, fmt::Error> {
        let mut registry = Registry::with_prefix("deskwire");
        registry.register_collector(Box::new(self));
        let mut text = String::new();
        encode(&mut text, &registry)?;
        Ok(text)
    }
}

impl Collector for Figures {
    fn encode(&self, encoder: DescriptorEncoder<'_>) -> Result<(), fmt::Error> {
        let mut out = Out(encoder);
        if let Some((stats, hub)) = &self.rendezvous {
            out.rendezvous(stats)?;
            out.driver(&RENDEZVOUS_DRIVER, hub)?;
        }
        if let Some((stats, hub)) = &self.relay {
            out.relay(stats)?;
            out.driver(&RELAY_DRIVER, hub)?;
        }
        if let Some(stats) = &self.store {
            out.store(stats)?;
        }
        Ok(())
    }
}

/// Names of one driver's figures.
struct DriverNames {
    links: &'static str,
    datagrams_in: &'static str,
    datagrams_out: &'static str,
    datagrams_dropped: &'static str,
    limits: &'static str,
}

const RENDEZVOUS_DRIVER: DriverNames = DriverNames {
    links: "rendezvous_links",
    datagrams_in: "rendezvous_datagrams_received",
    datagrams_out: "rendezvous_datagrams_sent",
    datagrams_dropped: "rendezvous_datagrams_unsent",
    limits: "rendezvous_links_over_bound",
};

const RELAY_DRIVER: DriverNames = DriverNames {
    links: "relay_links",
    datagrams_in: "relay_datagrams_received",
    datagrams_out: "relay_datagrams_sent",
    datagrams_dropped: "relay_datagrams_unsent",
    limits: "relay_links_over_bound",
};

struct Out<'a>(DescriptorEncoder<'a>);

impl Out<'_> {
    fn counter(&mut self, name: &'static str, help: &str, value: u64) -> fmt::Result {
        let encoder = self.0.encode_descriptor(name, help, None, MetricType::Counter)?;
        ConstCounter::new(value).encode(encoder)
    }

    fn gauge(&mut self, name: &'static str, help: &str, value: usize) -> fmt::Result {
        let encoder = self.0.encode_descriptor(name, help, None, MetricType::Gauge)?;
        ConstGauge::new(i64::try_from(value).unwrap_or(i64::MAX)).encode(encoder)
    }

    fn rendezvous(&mut self, stats: &RendezvousStats) -> fmt::Result {
        self.gauge("rendezvous_online", "Registered devices", stats.online)?;
        self.gauge("rendezvous_sessions", "Sessions of clients", stats.sessions)?;
        self.gauge("rendezvous_tcp_links", "TCP links of clients", stats.tcp_links)?;
        self.counter("rendezvous_hellos", "Hellos answered", stats.hellos)?;
        self.counter("rendezvous_sessions_opened", "Sessions opened", stats.opened)?;
        self.counter("rendezvous_registrations", "Registrations confirmed", stats.registered)?;
        self.counter("rendezvous_registrations_refused", "Registrations refused", stats.register_refused)?;
        self.counter(
            "rendezvous_reflected",
            "Questions of clients how they look from outside, answered at the second port or the other address",
            stats.reflected,
        )?;
        self.counter("rendezvous_beats", "Beats of registered devices", stats.beats)?;
        self.counter("rendezvous_dials", "Dials", stats.dials)?;
        self.counter("rendezvous_dials_refused", "Dials refused, for whatever cause", stats.dials_refused)?;
        self.counter("rendezvous_introductions", "Introductions made", stats.introduced)?;
        self.counter("rendezvous_rubbish", "Frames that were none or did not open", stats.rubbish)?;
        self.counter(
            "rendezvous_over_budget",
            "What was refused for its source's budget",
            stats.over_budget,
        )?;
        self.counter("rendezvous_shed", "What was dropped at a bound", stats.shed)
    }

    fn relay(&mut self, stats: &RelayStats) -> fmt::Result {
        self.gauge("relay_pairs", "Introductions with both sides", stats.paired)?;
        self.gauge("relay_waiting", "Introductions with one side", stats.waiting)?;
        self.gauge("relay_connections", "TCP connections", stats.connections)?;
        self.counter("relay_pairs_made", "Pairs made", stats.pairs_made)?;
        self.counter("relay_bytes", "Bytes of packets carried", stats.bytes)?;
        self.counter("relay_packets", "Packets carried", stats.packets)?;
        self.counter("relay_refused_forged", "Openings with a token of nobody known", stats.refused.forged)?;
        self.counter("relay_refused_expired", "Openings too early or too late", stats.refused.expired)?;
        self.counter("relay_refused_used", "Openings with a used token", stats.refused.used)?;
        self.counter("relay_refused_full", "Openings without a place left", stats.refused.full)?;
        self.counter("relay_dropped_rate", "Packets over the rate of their token", stats.dropped.over_rate)?;
        self.counter(
            "relay_dropped_unproven",
            "Packets for an address that had not proven itself",
            stats.dropped.unproven,
        )?;
        self.counter("relay_held", "Packets that waited for such a proof", stats.held)?;
        self.counter("relay_dropped_slow", "Packets whose receiver is too slow", stats.dropped.queue_full)?;
        self.counter("relay_shed", "Connections shed", stats.shed)
    }

    fn store(&mut self, stats: &StoreStats) -> fmt::Result {
        self.counter("store_changes", "Changes made durable", stats.changes)?;
        self.counter("store_transactions", "Transactions, failed ones included", stats.transactions)?;
        self.counter("store_failures", "Transactions that failed", stats.failures)?;
        self.counter("store_refused", "Changes refused because too many waited", stats.refused)
    }

    fn driver(&mut self, names: &DriverNames, stats: &HubStats) -> fmt::Result {
        self.gauge(names.links, "Open sockets", stats.links)?;
        self.counter(names.datagrams_in, "Datagrams received", stats.datagrams_in)?;
        self.counter(names.datagrams_out, "Datagrams sent", stats.datagrams_out)?;
        self.counter(names.datagrams_dropped, "Datagrams that could not be sent", stats.datagrams_dropped)?;
        self.counter(names.limits, "Links closed because a bound was reached", stats.limits_hit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_absent_roles_are_absent() {
        let store = Some(StoreStats::default());
        let text = Figures { store, ..Figures::default() }.text().unwrap();
        assert!(text.contains("deskwire_store_changes_total 0"), "{text}");
        assert!(!text.contains("deskwire_relay") && text.ends_with("# EOF\n"));
    }
}
