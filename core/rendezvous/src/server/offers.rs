//! Addresses that the two sides of an introduction give each other through the server, because no relay is left.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use core::time::Duration;

use deskwire_machine::Instant;
use deskwire_wire::ids::{IntroductionId, Role};
use deskwire_wire::rendezvous::Handle;

/// How long an offer waits for the other side's.
const LIFE: Duration = Duration::from_secs(30);

/// A side's session, and what it offers.
type Offer = (Handle, Vec<u8>);

/// Offers under way. The server does not read them, and forgets them soon.
#[derive(Debug)]
pub(super) struct Offers {
    by_introduction: BTreeMap<IntroductionId, (Instant, [Option<Offer>; 2])>,
    by_age: BTreeSet<(Instant, IntroductionId)>,
    bound: usize,
}

impl Offers {
    pub(super) const fn new(bound: usize) -> Self {
        Self { by_introduction: BTreeMap::new(), by_age: BTreeSet::new(), bound }
    }

    /// Takes a side's offer. Gives both, viewer first, once there are two.
    pub(super) fn put(
        &mut self,
        now: Instant,
        id: IntroductionId,
        role: Role,
        handle: Handle,
        offer: Vec<u8>,
    ) -> Option<[Offer; 2]> {
        while let Some(&(at, oldest)) = self.by_age.first()
            && (at + LIFE <= now
                || (self.by_age.len() >= self.bound && !self.by_introduction.contains_key(&id)))
        {
            self.by_age.pop_first();
            self.by_introduction.remove(&oldest);
        }
        if self.bound == 0 {
            return None;
        }
        let (at, sides) = self.by_introduction.entry(id).or_insert_with(|| (now, [None, None]));
        self.by_age.insert((*at, id));
        let slot = usize::from(role == Role::Host);
        if let Some(side) = sides.get_mut(slot) {
            *side = Some((handle, offer));
        }
        let [Some(viewer), Some(host)] = sides else { return None };
        Some([viewer.clone(), host.clone()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offers_wait_for_each_other_and_not_for_long() {
        let mut offers = Offers::new(2);
        let now = Instant::ZERO;
        let (a, b) = (Handle([1; 8]), Handle([2; 8]));
        let id = |n| IntroductionId([n; 32]);
        assert_eq!(offers.put(now, id(1), Role::Viewer, a, Vec::from([1])), None);
        assert_eq!(offers.put(now, id(1), Role::Viewer, a, Vec::from([2])), None, "one side alone");
        let both = [(a, Vec::from([2])), (b, Vec::from([3]))];
        assert_eq!(offers.put(now, id(1), Role::Host, b, Vec::from([3])), Some(both));
        let later = now + LIFE;
        assert_eq!(
            offers.put(later, id(1), Role::Host, b, Vec::from([3])),
            None,
            "the viewer's is forgotten"
        );
        for n in 2..20 {
            assert_eq!(offers.put(later, id(n), Role::Host, b, Vec::from([3])), None);
            assert!(offers.by_introduction.len() <= 2 && offers.by_age.len() <= 2);
        }
    }
}
