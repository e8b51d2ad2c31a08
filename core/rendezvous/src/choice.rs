//! Which relays a session uses, and in which order.
//!
//! A pure function: the same relays, round trips and introduction give the same order, so both sides of a session are
//! told the same. What counts, in this order:
//!
//! 1. [`Standing`]: whether the relay takes sessions at all, as far as is known.
//! 2. The sum of both sides' round trips, plus the operator's penalty, plus one for its load.
//! 3. Below a difference of [`HYSTERESIS_MS`], a hash of relay and introduction: equals share the sessions.

use alloc::vec::Vec;

use deskwire_identity::hash;
use deskwire_wire::ids::{IntroductionId, RelayId};
use deskwire_wire::rendezvous::RelayRtt;

use crate::exchange::first;

/// Relays in one introduction.
pub const CHOSEN: usize = 3;
/// What a relay counts as for a side that measured none, in milliseconds: the same for all, so the other side decides.
pub const UNKNOWN_MS: u32 = 250;
/// What a relay counts as for a side that measured others but not this one, which is probably out of its reach.
pub const UNREACHED_MS: u32 = 500;
/// Differences below this do not matter, in milliseconds.
pub const HYSTERESIS_MS: u32 = 10;
/// What a relay's last place costs, in milliseconds; half-empty relays cost nothing.
pub const FULL_LOAD_MS: u32 = 100;

/// Whether a relay takes sessions, as far as is known; the first is the best.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Standing {
    /// It does.
    Serving,
    /// It used to report, and does not any more.
    Silent,
    /// One side of this session could not use it.
    Avoided,
    /// All its places are taken.
    Full,
    /// It is about to go.
    Draining,
}

/// A relay to choose from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Choice {
    /// Which.
    pub relay: RelayId,
    /// What the operator adds to its round trips, in milliseconds.
    pub penalty_ms: u32,
    /// How many of its places are taken, in percent.
    pub load_percent: u8,
    /// Whether it takes sessions.
    pub standing: Standing,
}

/// A relay in the order of a session, and why it stands there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ranked {
    /// The relay.
    pub choice: Choice,
    /// The viewer's round trip, if it measured it.
    pub viewer_ms: Option<u16>,
    /// The host's round trip, if it measured it.
    pub host_ms: Option<u16>,
    /// What its load costs.
    pub load_ms: u32,
    /// Everything together.
    pub cost_ms: u32,
}

/// What a load costs: nothing up to a half, then in proportion up to [`FULL_LOAD_MS`].
pub fn load_penalty_ms(percent: u8) -> u32 {
    u32::from(percent.min(100)).saturating_sub(50).saturating_mul(FULL_LOAD_MS) / 50
}

/// All relays in the order of a session, best first.
pub fn rank(
    relays: &[Choice],
    introduction: IntroductionId,
    viewer: &[RelayRtt],
    host: &[RelayRtt],
    avoid: &[RelayId],
) -> Vec<Ranked> {
    let measured = |side: &[RelayRtt], id| side.iter().find(|rtt| rtt.relay == id).map(|rtt| rtt.millis);
    let counted = |side: &[RelayRtt], millis: Option<u16>| match millis {
        Some(millis) => u32::from(millis),
        None if side.is_empty() => UNKNOWN_MS,
        None => UNREACHED_MS,
    };
    let mut left: Vec<(Ranked, [u8; 8])> = relays
        .iter()
        .map(|choice| {
            let (viewer_ms, host_ms) = (measured(viewer, choice.relay), measured(host, choice.relay));
            let load_ms = load_penalty_ms(choice.load_percent);
            let sum = counted(viewer, viewer_ms) + counted(host, host_ms);
            let cost_ms = sum.saturating_add(choice.penalty_ms).saturating_add(load_ms);
            let standing = if avoid.contains(&choice.relay) {
                choice.standing.max(Standing::Avoided)
            } else {
                choice.standing
            };
            let choice = Choice { standing, ..*choice };
            let lot = first(&hash(&[b"relay", &introduction.0, &choice.relay.0.to_be_bytes()]));
            (Ranked { choice, viewer_ms, host_ms, load_ms, cost_ms }, lot)
        })
        .collect();
    // Sorted once, so that the order of the map does not matter where lots are equal.
    left.sort_by_key(|(ranked, lot)| (ranked.choice.standing, ranked.cost_ms, *lot, ranked.choice.relay));
    let mut order = Vec::with_capacity(left.len());
    while let Some((best, _)) = left.first().copied() {
        let equal = |ranked: &Ranked| {
            ranked.choice.standing == best.choice.standing && ranked.cost_ms - best.cost_ms < HYSTERESIS_MS
        };
        let equals = left.iter().take_while(|(ranked, _)| equal(ranked)).count();
        let lots = left.iter().take(equals).enumerate();
        let drawn = lots.max_by_key(|(_, (_, lot))| *lot).map_or(0, |(index, _)| index);
        order.push(left.remove(drawn).0);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;
    use proptest::prelude::*;

    fn relay(id: u32) -> Choice {
        Choice { relay: RelayId(id), penalty_ms: 0, load_percent: 0, standing: Standing::Serving }
    }

    fn rtts(list: &[(u32, u16)]) -> Vec<RelayRtt> {
        list.iter().map(|&(id, millis)| RelayRtt { relay: RelayId(id), millis }).collect()
    }

    fn ids(order: &[Ranked]) -> Vec<u32> {
        order.iter().map(|ranked| ranked.choice.relay.0).collect()
    }

    const INTRO: IntroductionId = IntroductionId([1; 32]);

    #[test]
    fn the_smallest_sum_wins_and_who_takes_none_comes_last() {
        let standing = Standing::Draining;
        let relays =
            [relay(1), relay(2), Choice { penalty_ms: 100, ..relay(3) }, Choice { standing, ..relay(4) }];
        let viewer = rtts(&[(1, 10), (2, 80), (3, 10), (4, 1)]);
        let host = rtts(&[(1, 150), (2, 20), (3, 20), (4, 1)]);
        assert_eq!(ids(&rank(&relays, INTRO, &viewer, &host, &[])), [2, 3, 1, 4]);
        assert_eq!(ids(&rank(&relays, INTRO, &viewer, &host, &[RelayId(2)])), [3, 1, 2, 4]);
    }

    #[test]
    fn load_moves_sessions_away_before_a_relay_is_full() {
        let busy = |load_percent| [Choice { load_percent, ..relay(1) }, relay(2)];
        let rtts = rtts(&[(1, 20), (2, 50)]);
        let first = |load| ids(&rank(&busy(load), INTRO, &rtts, &rtts, &[]))[0];
        assert_eq!((first(0), first(50), first(75), first(85)), (1, 1, 1, 2));
    }

    #[test]
    fn a_relay_out_of_reach_of_one_side_comes_after_those_in_reach_of_both() {
        let viewer = rtts(&[(1, 100), (2, 5)]);
        let host = rtts(&[(1, 100)]);
        assert_eq!(ids(&rank(&[relay(1), relay(2)], INTRO, &viewer, &host, &[])), [1, 2]);
        // A side that measured nothing leaves the choice to the other.
        assert_eq!(ids(&rank(&[relay(1), relay(2)], INTRO, &viewer, &[], &[])), [2, 1]);
    }

    #[test]
    fn equals_are_spread_over_introductions() {
        let relays: Vec<_> = (1..=4).map(relay).collect();
        let mut firsts = [0; 5];
        for i in 0..100u8 {
            firsts[ids(&rank(&relays, IntroductionId([i; 32]), &[], &[], &[]))[0] as usize] += 1;
        }
        assert!(firsts[1..].iter().all(|n| *n > 5), "{firsts:?}");
    }

    fn standing() -> impl Strategy<Value = Standing> {
        prop_oneof![
            5 => Just(Standing::Serving),
            1 => Just(Standing::Silent),
            1 => Just(Standing::Full),
            1 => Just(Standing::Draining),
        ]
    }

    fn relays() -> impl Strategy<Value = Vec<Choice>> {
        let one = (0..200u32, 0..=100u8, standing());
        proptest::collection::vec(one, 0..8).prop_map(|list| {
            let choice = |(id, (penalty_ms, load_percent, standing)): (u32, _)| Choice {
                relay: RelayId(id),
                penalty_ms,
                load_percent,
                standing,
            };
            (1..).zip(list).map(choice).collect()
        })
    }

    fn vector() -> impl Strategy<Value = Vec<RelayRtt>> {
        let one = (1..8u32, 0..400u16).prop_map(|(id, millis)| RelayRtt { relay: RelayId(id), millis });
        proptest::collection::vec(one, 0..8)
    }

    proptest! {
        /// All relays are there once; standing comes first; nobody stands before one that is better by the hysteresis.
        #[test]
        fn the_order_is_one_of_all_relays_by_standing_and_cost(
            relays in relays(), viewer in vector(), host in vector(), intro in any::<[u8; 32]>(),
            avoid in proptest::collection::vec((1..8u32).prop_map(RelayId), 0..3),
        ) {
            let order = rank(&relays, IntroductionId(intro), &viewer, &host, &avoid);
            let mut seen = ids(&order);
            seen.sort_unstable();
            prop_assert_eq!(seen, relays.iter().map(|r| r.relay.0).collect::<Vec<_>>());
            for (n, a) in order.iter().enumerate() {
                for b in &order[n + 1..] {
                    prop_assert!(a.choice.standing <= b.choice.standing);
                    if a.choice.standing == b.choice.standing {
                        prop_assert!(a.cost_ms < b.cost_ms + HYSTERESIS_MS);
                    }
                }
                if avoid.contains(&a.choice.relay) {
                    prop_assert!(a.choice.standing >= Standing::Avoided);
                }
            }
        }

        /// It matters neither who dials whom nor how the map is written down.
        #[test]
        fn both_directions_get_the_same(
            relays in relays(), viewer in vector(), host in vector(), intro in any::<[u8; 32]>(),
        ) {
            let intro = IntroductionId(intro);
            let order = ids(&rank(&relays, intro, &viewer, &host, &[]));
            prop_assert_eq!(&order, &ids(&rank(&relays, intro, &host, &viewer, &[])));
            let mut turned = relays;
            turned.reverse();
            prop_assert_eq!(order, ids(&rank(&turned, intro, &viewer, &host, &[])));
        }

        /// A relay does not come to stand better by being farther away.
        #[test]
        fn a_worse_relay_never_gains(
            relays in relays(), viewer in vector(), worse in 20..500u32, which in any::<prop::sample::Index>(),
        ) {
            prop_assume!(!relays.is_empty());
            let index = which.index(relays.len());
            let id = relays[index].relay;
            let place = |relays: &[Choice]| {
                rank(relays, INTRO, &viewer, &viewer, &[]).iter().position(|r| r.choice.relay == id).unwrap()
            };
            let before = place(&relays);
            let mut changed = relays.clone();
            changed[index].penalty_ms += worse;
            prop_assert!(place(&changed) >= before, "{} -> {}", before, place(&changed));
        }
    }

    #[test]
    fn without_relays_there_is_no_order() {
        assert_eq!(rank(&[], INTRO, &[], &[], &[]), vec![]);
    }
}
