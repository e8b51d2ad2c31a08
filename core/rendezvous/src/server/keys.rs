//! Exchange keys of the day, and handles that are used up.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::time::Duration;

use deskwire_identity::EphemeralCertificate;
use deskwire_machine::{Instant, Rng};
use deskwire_wire::rendezvous::Handle;
use x25519_dalek::StaticSecret;

use super::ROTATE;
use super::config::ServerConfig;

/// How long the exchange key before the current one is kept.
const OVERLAP: Duration = Duration::from_secs(3600);

/// The server's exchange keys: today's, and for an hour yesterday's.
pub(super) struct Exchange {
    pub(super) current: ExchangeKey,
    previous: Option<ExchangeKey>,
}

impl Exchange {
    pub(super) fn new(now: Instant, config: &ServerConfig, secrets: &mut Rng) -> Self {
        Self { current: ExchangeKey::new(now, config, config.unix_time, secrets), previous: None }
    }

    pub(super) fn rotate(&mut self, now: Instant, config: &ServerConfig, unix_time: u64, secrets: &mut Rng) {
        let fresh = ExchangeKey::new(now, config, unix_time, secrets);
        self.previous = Some(core::mem::replace(&mut self.current, fresh));
    }

    /// The key that a welcome of `time` named.
    pub(super) fn at(&self, now: Instant, time: Instant) -> Option<&ExchangeKey> {
        if time >= self.current.since {
            return Some(&self.current);
        }
        let kept = now.saturating_duration_since(self.current.since) < OVERLAP;
        self.previous.as_ref().filter(|key| kept && time >= key.since)
    }
}

pub(super) struct ExchangeKey {
    pub(super) secret: StaticSecret,
    pub(super) certificate: Vec<u8>,
    since: Instant,
}

impl ExchangeKey {
    fn new(now: Instant, config: &ServerConfig, unix_time: u64, secrets: &mut Rng) -> Self {
        let secret = StaticSecret::from(secrets.bytes::<32>());
        let certificate = EphemeralCertificate {
            x25519: x25519_dalek::PublicKey::from(&secret).to_bytes(),
            not_before: unix_time,
            not_after: unix_time.saturating_add(ROTATE.as_secs()).saturating_add(OVERLAP.as_secs()),
        };
        Self { secret, certificate: certificate.sign(&config.identity), since: now }
    }
}

/// How many used handles an opening forgets at most.
const EXPIRE: usize = 4;

/// Sessions that ended before their cookie: a copy of the opening must not bring them back to life.
pub(super) struct Spent {
    handles: BTreeSet<Handle>,
    by_time: BTreeSet<(Instant, Handle)>,
    bound: usize,
}

impl Spent {
    pub(super) const fn new(bound: usize) -> Self {
        Self { handles: BTreeSet::new(), by_time: BTreeSet::new(), bound }
    }

    pub(super) fn insert(&mut self, handle: Handle, until: Instant) {
        if self.bound == 0 {
            return;
        }
        if self.handles.len() >= self.bound
            && let Some((_, oldest)) = self.by_time.pop_first()
        {
            self.handles.remove(&oldest);
        }
        self.handles.insert(handle);
        self.by_time.insert((until, handle));
    }

    pub(super) fn contains(&self, handle: Handle) -> bool {
        self.handles.contains(&handle)
    }

    /// Forgets some of those whose cookie is over. Called with every opening, of which each adds one at most: so they are
    /// forgotten faster than they come, and no opening pays for all.
    pub(super) fn expire(&mut self, now: Instant) {
        for _ in 0..EXPIRE {
            match self.by_time.first() {
                Some(&(until, handle)) if until < now => {
                    self.by_time.pop_first();
                    self.handles.remove(&handle);
                }
                _ => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t36_used_handles_are_forgotten_a_few_at_a_time() {
        let (mut spent, start) = (Spent::new(100), Instant::ZERO);
        let handle = |n: u8| Handle([n; 8]);
        for n in 0..200 {
            spent.insert(handle(n), start + Duration::from_secs(n.into()));
        }
        assert_eq!(spent.handles.len(), 100, "the bound");
        spent.expire(start + Duration::from_secs(150));
        assert_eq!(spent.handles.len(), 100 - EXPIRE);
        assert!(!spent.contains(handle(100)) && spent.contains(handle(160)));
        for _ in 0..100 {
            spent.expire(start + Duration::from_secs(150));
        }
        assert_eq!((spent.handles.len(), spent.by_time.len()), (50, 50));
    }
}
