//! Who gets a place: token checks, the memory of used tokens, and the budget of checks.

use alloc::collections::{BTreeMap, BTreeSet};
use core::net::{IpAddr, SocketAddr};
use core::time::Duration;

use deskwire_identity::{PublicKey, RelayToken};
use deskwire_machine::Instant;
use deskwire_wire::ids::RelayId;
use deskwire_wire::relay::RefuseReason;

/// Names a token: the first half of its signature, which no two tokens share.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct TokenId([u8; 32]);

impl TokenId {
    /// The name of the token in `bytes`, verified or not.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.len() != RelayToken::SIZE {
            return None;
        }
        let (_, signature) = bytes.split_last_chunk::<64>()?;
        signature.first_chunk().copied().map(Self)
    }
}

/// Where a source of traffic is: one IPv4 address, or one IPv6 network of 64 bits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Prefix(u128);

impl Prefix {
    pub(super) fn of(address: SocketAddr) -> Self {
        match address.ip().to_canonical() {
            IpAddr::V4(ip) => Self(u128::from(ip.to_bits())),
            IpAddr::V6(ip) => Self(ip.to_bits() >> 64 << 64),
        }
    }
}

/// Bounds signature checks per second: they are the dearest thing a stranger can ask for.
#[derive(Debug)]
pub(super) struct CheckBudget {
    window: Option<Instant>,
    total: u32,
    prefixes: BTreeMap<Prefix, u32>,
    per_s: u32,
    per_prefix: u32,
}

impl CheckBudget {
    pub(super) const fn new(per_s: u32, per_prefix: u32) -> Self {
        Self { window: None, total: 0, prefixes: BTreeMap::new(), per_s, per_prefix }
    }

    /// Forgets who asked in a second that is over.
    pub(super) fn forget(&mut self, now: Instant) {
        if self.window.is_some_and(|start| now - start >= Duration::from_secs(1)) {
            (self.window, self.total) = (None, 0);
            self.prefixes.clear();
        }
    }

    /// Takes one check for `from`, if there is one left in this second. The table holds at most `per_s` prefixes.
    pub(super) fn take(&mut self, now: Instant, from: SocketAddr) -> bool {
        self.forget(now);
        self.window = self.window.or(Some(now));
        if self.total >= self.per_s {
            return false;
        }
        let count = self.prefixes.entry(Prefix::of(from)).or_insert(0);
        if *count >= self.per_prefix {
            return false;
        }
        *count += 1;
        self.total += 1;
        true
    }
}

/// How many used tokens are forgotten at a time: a fraction of a millisecond.
const FORGET: usize = 1_000;

/// Tokens that were used, until they would be refused as expired anyway.
#[derive(Debug)]
pub(super) struct Spent {
    by_id: BTreeSet<TokenId>,
    by_expiry: BTreeSet<(u64, TokenId)>,
    bound: usize,
    /// When some were forgotten and others left (Unix seconds): they follow a second later.
    left_at: Option<u64>,
}

impl Spent {
    pub(super) const fn new(bound: usize) -> Self {
        Self { by_id: BTreeSet::new(), by_expiry: BTreeSet::new(), bound, left_at: None }
    }

    pub(super) fn contains(&self, id: TokenId) -> bool {
        self.by_id.contains(&id)
    }

    pub(super) fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Remembers a token that expires at `expires` (Unix seconds); refuses at the bound, since forgetting another one
    /// would let that be replayed.
    pub(super) fn insert(&mut self, id: TokenId, expires: u64, unix_s: u64) -> bool {
        self.forget_expired(unix_s);
        if self.by_id.len() >= self.bound {
            return false;
        }
        self.by_id.insert(id);
        self.by_expiry.insert((expires, id));
        true
    }

    /// When the next ones are forgotten (Unix seconds).
    pub(super) fn next_end(&self) -> Option<u64> {
        let end = self.first_end()?;
        Some(self.left_at.map_or(end, |left| end.max(left.saturating_add(1))))
    }

    fn first_end(&self) -> Option<u64> {
        let (expires, _) = self.by_expiry.first()?;
        Some(expires.saturating_add(RelayToken::CLOCK_ALLOWANCE_S).saturating_add(1))
    }

    /// Forgets some of those that expired, so that nobody pays for all.
    pub(super) fn forget_expired(&mut self, unix_s: u64) {
        self.left_at = None;
        for _ in 0..FORGET {
            if self.first_end().is_none_or(|end| end > unix_s) {
                return;
            }
            if let Some((_, id)) = self.by_expiry.pop_first() {
                self.by_id.remove(&id);
            }
        }
        self.left_at = Some(unix_s);
    }
}

/// Why a token gets no place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Rejection {
    /// Nobody we know signed it: silence.
    Forged,
    /// Say so.
    Refused(RefuseReason),
}

/// Checks signature, relay and time.
pub(super) fn check(
    bytes: &[u8],
    key: &PublicKey,
    relay: RelayId,
    unix_s: u64,
) -> Result<RelayToken, Rejection> {
    let token = RelayToken::verify(bytes, key).map_err(|_| Rejection::Forged)?;
    if token.relay != relay {
        return Err(Rejection::Refused(RefuseReason::OtherRelay));
    }
    token.check_time(unix_s).map_err(|_| Rejection::Refused(RefuseReason::Expired))?;
    Ok(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> TokenId {
        TokenId([n; 32])
    }

    // spec: RL-7
    #[test]
    fn t36_used_tokens_are_forgotten_only_after_they_expired() {
        let mut spent = Spent::new(2);
        assert!(spent.insert(id(1), 100, 50) && spent.insert(id(2), 200, 50));
        assert!(!spent.insert(id(3), 300, 130), "30 s of clock allowance are not over");
        assert!(spent.insert(id(3), 300, 131));
        assert!(!spent.contains(id(1)) && spent.contains(id(2)) && spent.contains(id(3)));
        assert_eq!(spent.len(), 2);
        assert_eq!(spent.next_end(), Some(200 + 30 + 1));
        spent.forget_expired(230);
        assert_eq!(spent.len(), 2);
        spent.forget_expired(231);
        assert_eq!((spent.len(), spent.next_end()), (1, Some(300 + 30 + 1)));
        assert_eq!(Spent::new(2).next_end(), None);
    }

    #[test]
    fn all_prefixes_together_get_no_more_checks_than_there_are() {
        let mut budget = CheckBudget::new(10, 3);
        let at = |n: u8| SocketAddr::from(([192, 0, 2, n], 1));
        assert_eq!((0..20).filter(|n| budget.take(Instant::ZERO, at(*n))).count(), 10);
        assert_eq!(budget.prefixes.len(), 10, "who gets none is not remembered");
        budget.forget(Instant::ZERO + Duration::from_micros(999_999));
        assert!(!budget.take(Instant::ZERO, at(1)));
        budget.forget(Instant::ZERO + Duration::from_secs(1));
        assert!(budget.prefixes.is_empty());
    }

    #[test]
    fn a_token_is_named_by_its_signature_if_it_has_the_length_of_one() {
        let mut bytes = alloc::vec![0; RelayToken::SIZE];
        let from = RelayToken::SIZE - 64;
        bytes[from..from + 32].fill(7);
        assert_eq!(TokenId::of(&bytes), Some(id(7)));
        bytes.push(0);
        assert_eq!(TokenId::of(&bytes), None);
        assert_eq!(TokenId::of(&bytes[2..]), None);
    }

    #[test]
    fn t36_used_tokens_are_forgotten_some_at_a_time_and_make_room() {
        const ALL: usize = 2 * FORGET + 500;
        let number = |n: usize| {
            let mut bytes = [0; 32];
            bytes[..8].copy_from_slice(&n.to_be_bytes());
            TokenId(bytes)
        };
        let mut spent = Spent::new(ALL);
        assert!((0..ALL).all(|n| spent.insert(number(n), 100, 50)));
        assert!(!spent.insert(number(ALL), 500, 50), "the bound");
        assert!(spent.insert(number(ALL), 500, 200));
        assert_eq!((spent.len(), spent.next_end()), (ALL + 1 - FORGET, Some(201)));
        spent.forget_expired(201);
        assert_eq!((spent.len(), spent.next_end()), (ALL + 1 - 2 * FORGET, Some(202)));
        spent.forget_expired(202);
        assert_eq!((spent.len(), spent.by_expiry.len()), (1, 1));
        assert_eq!(spent.next_end(), Some(500 + RelayToken::CLOCK_ALLOWANCE_S + 1));
    }

    #[test]
    fn one_prefix_cannot_use_up_all_checks() {
        let mut budget = CheckBudget::new(10, 3);
        let (a, b) = (SocketAddr::from(([192, 0, 2, 1], 1)), SocketAddr::from(([192, 0, 2, 2], 1)));
        let now = Instant::ZERO;
        assert_eq!((0..5).filter(|_| budget.take(now, a)).count(), 3);
        assert!(budget.take(now, b));
        assert!(budget.take(now + Duration::from_secs(1), a));
    }

    #[test]
    fn hosts_of_one_ipv6_network_share_a_prefix() {
        let prefix = |text: &str| Prefix::of(text.parse().unwrap());
        assert_eq!(prefix("[2001:db8::1]:1"), prefix("[2001:db8::ffff:2]:9"));
        assert_ne!(prefix("[2001:db8::1]:1"), prefix("[2001:db8:0:1::1]:1"));
        assert_ne!(prefix("192.0.2.1:1"), prefix("192.0.2.2:1"));
        assert_eq!(prefix("192.0.2.1:1"), prefix("[::ffff:192.0.2.1]:7"));
    }
}
