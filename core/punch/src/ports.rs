//! How a NAT that maps per destination picks its outside ports, and which it picks next.
//!
//! Fresh sockets ask a reflector one right after the other; each gets a port of its own. Between them one more socket,
//! the bait, sends to the peer: its port is told to nobody, but it lies among the others when the NAT counts, whatever
//! else goes through it meanwhile.

use alloc::vec::Vec;
use core::net::SocketAddr;

use deskwire_wire::punch::{Forecast, MAX_FORECAST};

/// Fewer samples say nothing.
const SAMPLES: usize = 3;
/// Ports further apart than this were not counted.
const SPREAD: i32 = 2_000;
/// Ports added on both sides: packets overtake each other, and questions get lost.
const SLACK: i32 = 6;

/// What a reflector saw of one fresh socket.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Sample {
    /// The local port.
    pub(crate) local: u16,
    /// The outside address.
    pub(crate) seen: SocketAddr,
    /// Whether it asked before the bait was laid.
    pub(crate) before: bool,
}

/// Where the ports of a NAT are, seen from the first sample.
struct Spread {
    first: SocketAddr,
    offsets: Vec<i32>,
    low: i32,
    high: i32,
    /// The NAT counts in steps of this (positive).
    step: i32,
    down: bool,
}

impl Spread {
    /// `None` if there is no order in the ports.
    fn of(samples: &[Sample]) -> Option<Self> {
        let first = samples.first()?.seen;
        if samples.iter().any(|sample| sample.seen.ip() != first.ip()) {
            return None;
        }
        let offset = |sample: &Sample| i32::from(sample.seen.port().wrapping_sub(first.port()).cast_signed());
        let offsets: Vec<i32> = samples.iter().map(offset).collect();
        let (low, high) = (*offsets.iter().min()?, *offsets.iter().max()?);
        let mut sorted = offsets.clone();
        sorted.sort_unstable();
        let gaps = || sorted.iter().zip(sorted.iter().skip(1)).map(|(a, b)| b - a);
        let common = gaps().fold(0, gcd).max(1);
        // All the same but for the bait's place: nobody else was there to make a pattern by chance.
        let odd = gaps().filter(|gap| *gap != common).fold(0, |odd, gap| odd + gap / common - 1);
        let step = if odd <= 1 { common } else { 1 };
        let down = offsets.last() < offsets.first();
        (high - low <= SPREAD).then_some(Self { first, offsets, low, high, step, down })
    }

    fn ports(&self, low: i32, high: i32, step: i32) -> Forecast {
        let most = i32::from(MAX_FORECAST);
        let count = (high - low) / step + 1;
        // Too many: those in the middle.
        let left_out = (count - most).max(0);
        let low = low + left_out / 2 * step;
        let narrow = |n: i32| u16::try_from(n).unwrap_or(0);
        Forecast::Ports {
            first: at(self.first, low),
            step: i16::try_from(step).unwrap_or(1),
            count: narrow(count.clamp(0, most)),
        }
    }
}

/// The ports among which the bait's is. `bait` is its local port. `None` if too little is known.
pub(crate) fn around_bait(samples: &[Sample], bait: u16) -> Option<Forecast> {
    if samples.len() < SAMPLES {
        return None;
    }
    if samples.iter().any(|sample| Some(sample.seen.ip()) != samples.first().map(|first| first.seen.ip())) {
        return Some(Forecast::NoRule);
    }
    if samples.iter().all(|sample| sample.seen.port() == sample.local) {
        // Ports are kept where they are free: the bait's was not used before.
        let ip = samples.first()?.seen.ip();
        return Some(Forecast::Ports { first: SocketAddr::new(ip, bait), step: 1, count: 4 });
    }
    // RFC 4787, section 4.2.2: even ports stay even; such a NAT may count both kinds apart.
    let parity = samples.iter().all(|sample| sample.seen.port() % 2 == sample.local % 2)
        && samples.iter().any(|sample| sample.local % 2 == 0)
        && samples.iter().any(|sample| sample.local % 2 == 1);
    let alike: Vec<Sample> =
        samples.iter().filter(|sample| parity && sample.local % 2 == bait % 2).copied().collect();
    let (samples, spread) = match Spread::of(samples) {
        Some(spread) => (samples, spread),
        None => match Spread::of(&alike).filter(|_| alike.len() > 1) {
            Some(spread) => (alike.as_slice(), spread),
            None => return Some(Forecast::NoRule),
        },
    };
    let (step, slack) = (spread.step, SLACK * spread.step);
    let (low, high) = (spread.low - slack, spread.high + slack);
    if (high - low) / step < i32::from(MAX_FORECAST) {
        return Some(spread.ports(low, high, step));
    }
    // Much else goes on: only what lies between the two groups.
    let group = |before: bool| {
        samples
            .iter()
            .zip(&spread.offsets)
            .filter(move |(s, _)| s.before == before)
            .map(|(_, offset)| *offset)
    };
    let between = match spread.down {
        false => group(true).max().zip(group(false).min()),
        true => group(false).max().zip(group(true).min()),
    };
    let (low, high) = between.filter(|(low, high)| low + 1 < *high).unwrap_or((low, high));
    // That so many agree by chance is not rare enough to leave out half where all can be named.
    if parity && step == 1 && high - low - 1 > i32::from(MAX_FORECAST) {
        let odd = at(spread.first, low + 1).port() % 2 != bait % 2;
        return Some(spread.ports(low + 1 + i32::from(odd), high - 1, 2));
    }
    Some(spread.ports(low + step, high - step, step))
}

/// The ports that come after those seen. `None` if too little is known.
pub(crate) fn next(samples: &[Sample]) -> Option<Forecast> {
    if samples.len() < SAMPLES {
        return None;
    }
    let kept = samples.iter().all(|sample| sample.seen.port() == sample.local);
    let Some(spread) = Spread::of(samples).filter(|_| !kept) else { return Some(Forecast::NoRule) };
    let (from, step) = if spread.down { (spread.low, -spread.step) } else { (spread.high, spread.step) };
    let first = at(spread.first, from + step);
    Some(Forecast::Ports { first, step: i16::try_from(step).unwrap_or(1), count: MAX_FORECAST })
}

/// The `n`th address of a forecast.
pub(crate) fn nth(first: SocketAddr, step: i16, n: u16) -> SocketAddr {
    at(first, i32::from(step) * i32::from(n))
}

fn at(first: SocketAddr, offset: i32) -> SocketAddr {
    let port = (i32::from(first.port()) + offset).rem_euclid(1 << 16);
    SocketAddr::new(first.ip(), u16::try_from(port).unwrap_or(0))
}

const fn gcd(a: i32, b: i32) -> i32 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three samples before the bait and two after, at these outside ports.
    fn samples(ports: [u16; 5]) -> Vec<Sample> {
        let one = |(i, port): (usize, u16)| Sample {
            local: 40_000 + 3 * u16::try_from(i).unwrap(),
            seen: SocketAddr::from(([203, 0, 113, 1], port)),
            before: i < 3,
        };
        ports.into_iter().enumerate().map(one).collect()
    }

    fn listed(forecast: Option<Forecast>) -> Vec<u16> {
        let Some(Forecast::Ports { first, step, count }) = forecast else { return Vec::new() };
        (0..count).map(|n| nth(first, step, n).port()).collect()
    }

    #[test]
    fn a_bait_among_counted_ports_is_found() {
        for (ports, bait) in [
            ([5_000, 5_001, 5_002, 5_004, 5_005], 5_003),
            ([5_005, 5_004, 5_003, 5_001, 5_000], 5_002),
            ([5_000, 5_002, 5_004, 5_008, 5_010], 5_006),
            ([5_000, 5_016, 5_032, 5_064, 5_080], 5_048),
            ([5_000, 5_003, 5_004, 5_020, 5_021], 5_010),
            // Overtaken by what was sent after it, or by everything.
            ([5_000, 5_001, 5_002, 5_003, 5_004], 5_005),
            // The counter goes round.
            ([65_533, 65_534, 65_535, 1, 2], 0),
        ] {
            let found = listed(around_bait(&samples(ports), 7));
            assert!(found.contains(&bait) && found.len() <= 64, "{ports:?}: {found:?}");
        }
    }

    #[test]
    fn with_much_other_traffic_only_the_ports_between_are_named() {
        let found = listed(around_bait(&samples([5_000, 5_033, 5_067, 5_121, 5_190]), 7));
        assert_eq!(found, (5_068..=5_120).collect::<Vec<_>>());
        let found = listed(around_bait(&samples([5_000, 5_033, 5_067, 5_268, 5_290]), 7));
        assert_eq!((found.len(), found[0]), (64, 5_068 + 68));
    }

    #[test]
    fn parity_that_is_kept_halves_the_ports() {
        // The locals are 40,000, 40,003, 40,006, 40,009 and 40,012.
        let found = listed(around_bait(&samples([5_000, 5_033, 5_066, 5_165, 5_190]), 41_001));
        assert_eq!(found, (5_067..=5_163).step_by(2).collect::<Vec<_>>());
        // Odd and even ports are counted apart.
        let found = listed(around_bait(&samples([5_000, 30_033, 5_002, 30_035, 5_006]), 41_000));
        assert!(found.contains(&5_004) && found.len() < 30, "{found:?}");
    }

    #[test]
    fn kept_ports_are_kept() {
        let found = listed(around_bait(&samples([40_000, 40_003, 40_006, 40_009, 40_012]), 41_001));
        assert_eq!(found[0], 41_001);
    }

    #[test]
    fn no_order_is_no_forecast() {
        let wild = samples([5_000, 40_001, 1_200, 60_000, 33_333]);
        assert_eq!(around_bait(&wild, 7), Some(Forecast::NoRule));
        assert_eq!(next(&wild), Some(Forecast::NoRule));
        let mut pool = samples([5_000, 5_001, 5_002, 5_003, 5_004]);
        pool[2].seen = "203.0.113.2:5002".parse().unwrap();
        assert_eq!(around_bait(&pool, 7), Some(Forecast::NoRule));
        assert_eq!(around_bait(&wild[..2], 7), None);
    }

    #[test]
    fn what_comes_next_follows_the_last() {
        assert_eq!(listed(next(&samples([5_000, 5_001, 5_002, 5_003, 5_004])))[..2], [5_005, 5_006]);
        assert_eq!(listed(next(&samples([5_004, 5_003, 5_002, 5_001, 5_000])))[..2], [4_999, 4_998]);
        assert_eq!(listed(next(&samples([5_000, 5_002, 5_004, 5_006, 5_008])))[..2], [5_010, 5_012]);
    }
}
