//! What each source of datagrams and links may still do.

use alloc::collections::{BTreeMap, BTreeSet};
use core::net::{IpAddr, SocketAddr};

use deskwire_machine::Instant;
use deskwire_wire::ids::DeviceId;

use super::config::Budget;

/// A source: an IPv4 address, or the first 64 bits of an IPv6 address.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Source(u128);

impl Source {
    pub(super) fn of(address: SocketAddr) -> Self {
        match address.ip().to_canonical() {
            IpAddr::V4(ip) => Self(ip.to_ipv6_mapped().to_bits()),
            IpAddr::V6(ip) => Self(ip.to_bits() >> 64 << 64),
        }
    }
}

/// A network, as one organisation or one rented handful of machines has it: the first 24 bits of an IPv4 address, the first
/// 48 of an IPv6 address.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Network(u128);

impl Network {
    pub(super) fn of(address: SocketAddr) -> Self {
        match address.ip().to_canonical() {
            IpAddr::V4(ip) => Self(ip.to_ipv6_mapped().to_bits() >> 8 << 8),
            IpAddr::V6(ip) => Self(ip.to_bits() >> 80 << 80),
        }
    }
}

/// A leaky bucket, kept as the time at which it will be empty (generic cell rate algorithm).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bucket(Instant);

impl Bucket {
    /// Whether there is one.
    pub(super) fn has(&self, now: Instant, budget: Budget) -> bool {
        self.0.saturating_duration_since(now) <= budget.every.saturating_mul(budget.burst.saturating_sub(1))
    }

    /// Takes one, if there is one.
    pub(super) fn take(&mut self, now: Instant, budget: Budget) -> bool {
        let has = self.has(now, budget);
        if has {
            self.0 = self.0.max(now) + budget.every;
        }
        has
    }
}

/// Which networks dialled which hosts lately: of what a host bears, one network gets its share only.
#[derive(Debug)]
pub(super) struct Diallers {
    entries: BTreeMap<(DeviceId, Network), (Instant, Bucket)>,
    by_use: BTreeSet<(Instant, DeviceId, Network)>,
    bound: usize,
}

impl Diallers {
    pub(super) const fn new(bound: usize) -> Self {
        Self { entries: BTreeMap::new(), by_use: BTreeSet::new(), bound }
    }

    /// Takes one of what `network` may have of `target`. At the bound the entry used longest ago is forgotten.
    pub(super) fn take(&mut self, now: Instant, target: DeviceId, network: Network, budget: Budget) -> bool {
        let key = (target, network);
        if let Some((used, _)) = self.entries.get(&key) {
            self.by_use.remove(&(*used, target, network));
        } else if self.entries.len() >= self.bound
            && let Some((_, target, network)) = self.by_use.pop_first()
        {
            self.entries.remove(&(target, network));
        }
        self.by_use.insert((now, target, network));
        let (used, bucket) = self.entries.entry(key).or_default();
        *used = now;
        bucket.take(now, budget)
    }

    /// Forgets what was not used for ten minutes, at most so many.
    pub(super) fn expire(&mut self, now: Instant, most: usize) {
        const AGE: core::time::Duration = core::time::Duration::from_secs(600);
        for _ in 0..most {
            match self.by_use.first() {
                Some(&(used, target, network)) if used + AGE <= now => {
                    self.by_use.pop_first();
                    self.entries.remove(&(target, network));
                }
                _ => return,
            }
        }
    }
}

/// What a budget is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Purpose {
    Hello,
    Opening,
    Reflect,
    Claim,
    Connect,
}

#[derive(Debug, Default)]
struct Entry {
    used: Instant,
    hello: Bucket,
    opening: Bucket,
    reflect: Bucket,
    claim: Bucket,
    connect: Bucket,
}

/// The budgets of the sources seen last.
#[derive(Debug)]
pub(super) struct Sources {
    entries: BTreeMap<Source, Entry>,
    by_use: BTreeSet<(Instant, Source)>,
    bound: usize,
}

impl Sources {
    pub(super) const fn new(bound: usize) -> Self {
        Self { entries: BTreeMap::new(), by_use: BTreeSet::new(), bound }
    }

    /// Takes one of `source`'s budget for `purpose`. At the bound the source used longest ago is forgotten.
    pub(super) fn take(&mut self, now: Instant, source: Source, purpose: Purpose, budget: Budget) -> bool {
        if let Some(entry) = self.entries.get(&source) {
            self.by_use.remove(&(entry.used, source));
        } else if self.entries.len() >= self.bound
            && let Some((_, oldest)) = self.by_use.pop_first()
        {
            self.entries.remove(&oldest);
        }
        self.by_use.insert((now, source));
        let entry = self.entries.entry(source).or_default();
        entry.used = now;
        let bucket = match purpose {
            Purpose::Hello => &mut entry.hello,
            Purpose::Opening => &mut entry.opening,
            Purpose::Reflect => &mut entry.reflect,
            Purpose::Claim => &mut entry.claim,
            Purpose::Connect => &mut entry.connect,
        };
        bucket.take(now, budget)
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Forgets sources that were not seen for an hour, at most so many; a few with every use of the table.
    pub(super) fn expire(&mut self, now: Instant, most: usize) {
        const AGE: core::time::Duration = core::time::Duration::from_secs(3600);
        for _ in 0..most {
            match self.by_use.first() {
                Some(&(used, source)) if used + AGE <= now => {
                    self.by_use.pop_first();
                    self.entries.remove(&source);
                }
                _ => return,
            }
        }
    }
}

/// How many of something each source holds.
#[derive(Debug, Default)]
pub(super) struct Counts(BTreeMap<Source, u32>);

impl Counts {
    /// Counts one more, unless `source` has `bound` already.
    pub(super) fn add(&mut self, source: Source, bound: u32) -> bool {
        let count = self.0.entry(source).or_default();
        if *count >= bound {
            return false;
        }
        *count += 1;
        true
    }

    pub(super) fn remove(&mut self, source: Source) {
        if let Some(count) = self.0.get_mut(&source) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                self.0.remove(&source);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::time::Duration;

    const BUDGET: Budget = Budget::new(3, Duration::from_secs(1));

    #[test]
    fn a_burst_then_one_at_a_time() {
        let mut bucket = Bucket::default();
        let mut now = Instant::from_micros(5);
        assert_eq!([(); 5].map(|()| bucket.take(now, BUDGET)), [true, true, true, false, false]);
        now += Duration::from_secs(1);
        assert_eq!([(); 2].map(|()| bucket.take(now, BUDGET)), [true, false]);
        now += Duration::from_secs(60);
        assert_eq!([(); 4].map(|()| bucket.take(now, BUDGET)), [true, true, true, false]);
    }

    #[test]
    fn hosts_of_one_64_share_and_mapped_addresses_are_ipv4() {
        let of = |text: &str| Source::of(text.parse().unwrap());
        assert_eq!(of("[2001:db8:1:2::1]:5"), of("[2001:db8:1:2:ffff::9]:7"));
        assert_ne!(of("[2001:db8:1:2::1]:5"), of("[2001:db8:1:3::1]:5"));
        assert_eq!(of("192.0.2.1:1"), of("[::ffff:192.0.2.1]:2"));
        assert_ne!(of("192.0.2.1:1"), of("192.0.2.2:1"));
    }

    #[test]
    fn t36_the_table_keeps_its_bound_and_forgets_the_oldest() {
        let mut sources = Sources::new(10);
        for i in 0..1000u32 {
            let source = Source::of(SocketAddr::from((i.to_be_bytes(), 1)));
            let now = Instant::from_micros(u64::from(i));
            assert!(sources.take(now, source, Purpose::Claim, BUDGET));
            assert!(sources.len() <= 10);
        }
        sources.expire(Instant::from_micros(4_000_000_000), 4);
        assert_eq!(sources.len(), 6);
    }

    #[test]
    fn t36_a_source_is_remembered_for_an_hour_and_no_longer() {
        let mut sources = Sources::new(10);
        let (source, hour) = (Source::of(SocketAddr::from(([1, 2, 3, 4], 5))), Duration::from_secs(3_600));
        let start = Instant::ZERO + hour;
        assert!((0..3).all(|_| sources.take(start, source, Purpose::Hello, BUDGET)));
        sources.expire(start + Duration::from_micros(3_599_999_999), 4);
        assert_eq!(sources.len(), 1);
        assert!(!sources.take(start, source, Purpose::Hello, BUDGET), "its budget is still used up");
        for purpose in [Purpose::Reflect, Purpose::Claim, Purpose::Connect] {
            assert!(sources.take(start, source, purpose, BUDGET), "{purpose:?} has a budget of its own");
        }
        sources.expire(start + hour, 4);
        assert_eq!((sources.len(), sources.by_use.len()), (0, 0));
    }

    #[test]
    fn t36_diallers_keep_their_bound_and_neighbours_share() {
        let mut diallers = Diallers::new(10);
        let (target, now) = (DeviceId::from_number(7), Instant::from_micros(5));
        let network = |a: u8, b: u8| Network::of(SocketAddr::from(([192, 0, a, b], 1)));
        assert_eq!(
            [1, 2, 3, 4].map(|b| diallers.take(now, target, network(1, b), BUDGET)),
            [true, true, true, false]
        );
        assert!(diallers.take(now, target, network(2, 1), BUDGET));
        assert!(diallers.take(now, DeviceId::from_number(8), network(1, 1), BUDGET));
        for n in 0..100 {
            diallers.take(now + Duration::from_secs(1), DeviceId::from_number(n), network(3, 1), BUDGET);
            assert!(diallers.entries.len() <= 10 && diallers.entries.len() == diallers.by_use.len());
        }
        diallers.expire(now + Duration::from_secs(700), 4);
        assert_eq!(diallers.entries.len(), 6);
        let v6 = |text: &str| Network::of(text.parse().unwrap());
        assert_eq!(v6("[2001:db8:1:2::1]:5"), v6("[2001:db8:1:3::1]:5"));
        assert_ne!(v6("[2001:db8:1::1]:5"), v6("[2001:db8:2::1]:5"));
    }

    #[test]
    fn counts_go_back_to_nothing() {
        let (mut counts, source) = (Counts::default(), Source::of(SocketAddr::from(([1, 2, 3, 4], 5))));
        assert!(counts.add(source, 2) && counts.add(source, 2) && !counts.add(source, 2));
        counts.remove(source);
        assert!(counts.add(source, 2) && !counts.add(source, 2), "one of two was given back");
        counts.remove(source);
        counts.remove(source);
        counts.remove(source);
        assert!(counts.0.is_empty());
    }
}
