//! Which relays a session uses.

use alloc::vec::Vec;
use core::cmp::Reverse;

use deskwire_identity::hash;
use deskwire_wire::ids::{IntroductionId, RelayId};
use deskwire_wire::rendezvous::RelayRtt;

use super::config::RelayInfo;
use crate::exchange::first;

/// Relays in one introduction.
const CHOSEN: usize = 3;
/// What a side that did not measure a relay counts as, in milliseconds.
const UNKNOWN_MS: u32 = 250;
/// Differences below this do not matter, in milliseconds.
const HYSTERESIS_MS: u32 = 10;

/// The best relays for two sides, best first: the smallest sum of both round trips plus the relay's penalty. Relays
/// that are as good as each other are spread over the introductions. A draining relay only comes when there is nothing
/// else.
pub(super) fn choose<'a>(
    relays: &'a [RelayInfo],
    introduction: IntroductionId,
    viewer: &[RelayRtt],
    host: &[RelayRtt],
    avoid: &[RelayId],
) -> Vec<&'a RelayInfo> {
    let measured = |side: &[RelayRtt], id| {
        side.iter().find(|rtt| rtt.relay == id).map_or(UNKNOWN_MS, |rtt| u32::from(rtt.millis))
    };
    let mut ranked: Vec<_> = relays
        .iter()
        .filter(|relay| !avoid.contains(&relay.id) && !relay.addresses.is_empty())
        .map(|relay| {
            let sum = measured(viewer, relay.id) + measured(host, relay.id);
            let cost = sum.saturating_add(relay.penalty_ms) / HYSTERESIS_MS;
            let spread: [u8; 8] = first(&hash(&[b"relay", &introduction.0, &relay.id.0.to_be_bytes()]));
            ((relay.draining, cost, Reverse(spread)), relay)
        })
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().take(CHOSEN).map(|(_, relay)| relay).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;
    use core::net::SocketAddr;

    fn relay(id: u32, penalty_ms: u32, draining: bool) -> RelayInfo {
        let addresses = vec![SocketAddr::from(([192, 0, 2, 1], 21_117))];
        RelayInfo { id: RelayId(id), addresses, url: None, penalty_ms, draining }
    }

    fn rtts(list: &[(u32, u16)]) -> Vec<RelayRtt> {
        list.iter().map(|&(id, millis)| RelayRtt { relay: RelayId(id), millis }).collect()
    }

    fn ids(chosen: &[&RelayInfo]) -> Vec<u32> {
        chosen.iter().map(|relay| relay.id.0).collect()
    }

    #[test]
    fn the_smallest_sum_wins_and_draining_comes_last() {
        let relays = [relay(1, 0, false), relay(2, 0, false), relay(3, 100, false), relay(4, 0, true)];
        let viewer = rtts(&[(1, 10), (2, 80), (3, 10), (4, 1)]);
        let host = rtts(&[(1, 150), (2, 20), (3, 20), (4, 1)]);
        let intro = IntroductionId([1; 32]);
        assert_eq!(ids(&choose(&relays, intro, &viewer, &host, &[])), [2, 3, 1]);
        assert_eq!(ids(&choose(&relays, intro, &viewer, &host, &[RelayId(2)])), [3, 1, 4]);
        assert!(choose(&relays, intro, &viewer, &host, &[1, 2, 3, 4].map(RelayId)).is_empty());
    }

    #[test]
    fn equals_are_spread_over_introductions() {
        let relays: Vec<_> = (1..=4).map(|id| relay(id, 0, false)).collect();
        let mut firsts = [0; 5];
        for i in 0..100u8 {
            let chosen = choose(&relays, IntroductionId([i; 32]), &[], &[], &[]);
            firsts[ids(&chosen)[0] as usize] += 1;
        }
        assert!(firsts[1..].iter().all(|n| *n > 5), "{firsts:?}");
    }
}
