//! What both sides compute: session keys, sealed frames, introduction ids.
//!
//! ```text
//! th  = H("rendezvous 1", e_client, client random, handle, cookie, observed address, server time, server key, certificate)
//! ck  = Ext(th, X25519(e_client, E_S))        keys = Exp(ck, "rendezvous c2s" | "rendezvous s2c", th, 32)
//! ciphertext = ChaCha20-Poly1305(key of the direction, nonce = 0^32 || counter, ad = handle || counter, message)
//! ```

use alloc::vec;
use alloc::vec::Vec;
use core::net::SocketAddr;

use deskwire_identity::{PublicKey, Secret, bmac, expand, extract, hash};
use deskwire_wire::ids::{IntroductionId, Role};
use deskwire_wire::rendezvous::{Cookie, Handle, Hello, Welcome, address_bytes};
use orion::hazardous::aead::chacha20poly1305::{ChaCha20Poly1305, Nonce, SecretKey};
use x25519_dalek::StaticSecret;

/// Bytes that sealing adds.
pub(crate) const TAG: usize = 16;
/// Label of the signature under a register statement.
pub(crate) const REGISTER: &str = "rendezvous register";
/// Label of the signature under a connect statement.
pub(crate) const CONNECT: &str = "rendezvous connect";

/// The keys of one session, one per direction.
pub(crate) struct Keys {
    pub(crate) c2s: Secret<32>,
    pub(crate) s2c: Secret<32>,
}

impl Keys {
    /// Derives them from one side's secret, the other's public key and all that was said in clear. `None` when the
    /// other side's key is one that makes the shared secret known to everybody.
    pub(crate) fn derive(
        own: &StaticSecret,
        other: [u8; 32],
        hello: &Hello,
        welcome: &Welcome,
    ) -> Option<Self> {
        let shared = own.diffie_hellman(&x25519_dalek::PublicKey::from(other));
        if !shared.was_contributory() {
            return None;
        }
        let th = hash(&[
            b"rendezvous 1",
            &hello.e_client,
            &hello.random,
            &welcome.handle.0,
            &welcome.cookie.0,
            &address_bytes(welcome.observed),
            &welcome.server_time.to_be_bytes(),
            &welcome.server_key,
            &welcome.certificate,
        ]);
        let ck = extract(&th, shared.as_bytes());
        Some(Self { c2s: expand(&ck, "rendezvous c2s", &th), s2c: expand(&ck, "rendezvous s2c", &th) })
    }
}

fn nonce(counter: u64) -> Nonce {
    let mut bytes = [0; 12];
    let (_, tail) = bytes.split_at_mut(4);
    tail.copy_from_slice(&counter.to_be_bytes());
    Nonce::from(bytes)
}

fn additional(handle: Handle, counter: u64) -> [u8; 16] {
    let mut ad = [0; 16];
    let (head, tail) = ad.split_at_mut(8);
    head.copy_from_slice(&handle.0);
    tail.copy_from_slice(&counter.to_be_bytes());
    ad
}

/// Seals `plain` as frame number `counter` of its direction. A number is used once.
pub(crate) fn seal(key: &Secret<32>, handle: Handle, counter: u64, plain: &[u8]) -> Vec<u8> {
    let mut out = vec![0; plain.len() + TAG];
    let sealed = SecretKey::try_from(&key.as_bytes()[..]).and_then(|key| {
        ChaCha20Poly1305::seal(&key, &nonce(counter), plain, Some(&additional(handle, counter)), &mut out)
    });
    sealed.expect("the key has 32 bytes and the buffer room for the tag");
    out
}

/// Opens a sealed frame; `None` unless the peer sealed exactly this.
pub(crate) fn open(key: &Secret<32>, handle: Handle, counter: u64, sealed: &[u8]) -> Option<Vec<u8>> {
    let mut out = vec![0; sealed.len().checked_sub(TAG)?];
    let key = SecretKey::try_from(&key.as_bytes()[..]).ok()?;
    ChaCha20Poly1305::open(&key, &nonce(counter), sealed, Some(&additional(handle, counter)), &mut out)
        .ok()?;
    Some(out)
}

/// Which counters of a direction were seen: the highest and 128 below it. Older ones count as seen.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Window {
    /// One more than the highest seen.
    next: u64,
    /// Bit i: `next - 1 - i` was seen.
    seen: u128,
}

impl Window {
    /// Counters end here, far beyond what any session sends.
    const END: u64 = 1 << 62;

    /// Whether `counter` was not seen yet.
    pub(crate) fn is_new(&self, counter: u64) -> bool {
        if counter >= Self::END {
            return false;
        }
        match self.next.checked_sub(counter) {
            None | Some(0) => true,
            Some(age @ 1..=128) => self.seen >> (age - 1) & 1 == 0,
            Some(_) => false,
        }
    }

    /// Marks `counter` as seen. Only after the frame was authenticated: a forged one must not shut out the real one.
    pub(crate) fn mark(&mut self, counter: u64) {
        match self.next.checked_sub(counter) {
            Some(age @ 1..=128) => self.seen |= 1 << (age - 1),
            Some(129..) => {}
            None | Some(0) => {
                let ahead = counter - self.next + 1;
                let kept = u32::try_from(ahead).ok().and_then(|n| self.seen.checked_shl(n)).unwrap_or(0);
                self.seen = kept | 1;
                self.next = counter.saturating_add(1);
            }
        }
    }
}

/// What a register signature covers besides its label.
pub(crate) fn register_parts<'a>(
    server: &'a [u8; 32],
    cookie: &'a Cookie,
    observed: &'a [u8; 18],
    statement: &'a [u8],
) -> [&'a [u8]; 4] {
    [server, &cookie.0, observed, statement]
}

/// What a connect signature covers besides its label.
pub(crate) fn connect_parts<'a>(
    server: &'a [u8; 32],
    cookie: &'a Cookie,
    statement: &'a [u8],
) -> [&'a [u8]; 3] {
    [server, &cookie.0, statement]
}

/// The cookie's MAC: 16 bytes over everything that it must belong to.
pub(crate) fn cookie_mac(
    key: &Secret<32>,
    observed: SocketAddr,
    hello: &Hello,
    handle: Handle,
    time: u64,
) -> Secret<16> {
    let address = address_bytes(observed);
    let parts = hash(&[b"cookie", &address, &hello.e_client, &hello.random, &handle.0, &time.to_be_bytes()]);
    let tag = bmac(key, &parts);
    let mut out = [0; 16];
    out.iter_mut().zip(tag.as_bytes()).for_each(|(to, from)| *to = *from);
    Secret::new(out)
}

/// The name of an introduction.
pub(crate) fn introduction_id(viewer: &[u8; 32], host: &[u8; 32], server: &[u8; 32]) -> IntroductionId {
    IntroductionId(first(&hash(&[b"introduction", viewer, host, server])))
}

/// What an asker for more tokens proves to know of the introduction secret.
pub(crate) fn tokens_proof(secret: &[u8; 32], introduction: IntroductionId, role: Role) -> Secret<32> {
    let role: &[u8] = match role {
        Role::Viewer => b"viewer",
        Role::Host => b"host",
    };
    bmac(&Secret::new(*secret), &hash(&[b"tokens", &introduction.0, role]))
}

/// The first `N` bytes of a hash.
pub(crate) fn first<const N: usize>(hash: &[u8; 64]) -> [u8; N] {
    const { assert!(N <= 64, "a hash has 64 bytes") };
    let mut out = [0; N];
    out.iter_mut().zip(hash).for_each(|(to, from)| *to = *from);
    out
}

/// A key that peers sent as bytes, if it is one.
pub(crate) fn key_from(bytes: [u8; 32]) -> Option<PublicKey> {
    PublicKey::from_bytes(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::collections::BTreeSet;
    use proptest::prelude::*;

    proptest! {
        // spec: RG-9
        #[test]
        fn a_window_takes_every_number_at_most_once(numbers in proptest::collection::vec(0u64..400, 1..300)) {
            let mut window = Window::default();
            let (mut taken, mut highest) = (BTreeSet::new(), 0);
            for n in numbers {
                let fresh = window.is_new(n);
                // Never twice; and always once, unless it is older than the window.
                prop_assert_eq!(fresh, !taken.contains(&n) && n + 128 >= highest);
                if fresh {
                    window.mark(n);
                    taken.insert(n);
                    highest = highest.max(n + 1);
                }
            }
        }
    }

    // spec: RG-10
    #[test]
    fn numbers_beyond_the_end_are_refused() {
        let mut window = Window::default();
        assert!(!window.is_new(u64::MAX) && !window.is_new(Window::END));
        window.mark(Window::END - 1);
        assert!(!window.is_new(Window::END - 1) && window.is_new(Window::END - 2) && !window.is_new(0));
    }

    fn greeting() -> (Hello, Welcome) {
        let hello = Hello { version: 1, e_client: [1; 32], random: [2; 32] };
        let welcome = Welcome {
            version: 1,
            random: [2; 32],
            handle: Handle([3; 8]),
            cookie: Cookie([4; 24]),
            observed: ([192, 0, 2, 1], 5).into(),
            server_time: 6,
            server_key: [7; 32],
            certificate: vec![8; 3],
        };
        (hello, welcome)
    }

    // spec: RG-6
    #[test]
    fn keys_are_of_all_that_was_said_in_clear() {
        let (hello, welcome) = greeting();
        let (client, server) = (StaticSecret::from([5; 32]), StaticSecret::from([6; 32]));
        let public = |secret| x25519_dalek::PublicKey::from(secret);
        let keys = Keys::derive(&client, public(&server).to_bytes(), &hello, &welcome).unwrap();
        let theirs = Keys::derive(&server, public(&client).to_bytes(), &hello, &welcome).unwrap();
        assert!(keys.c2s == theirs.c2s && keys.s2c == theirs.s2c);
        let observed = [&[0; 10][..], &[255, 255, 192, 0, 2, 1, 0, 5]].concat();
        let th = hash(&[
            b"rendezvous 1",
            &[1; 32],
            &[2; 32],
            &[3; 8],
            &[4; 24],
            &observed,
            &[0, 0, 0, 0, 0, 0, 0, 6],
            &[7; 32],
            &[8; 3],
        ]);
        let ck = extract(&th, client.diffie_hellman(&public(&server)).as_bytes());
        assert!(keys.c2s == expand(&ck, "rendezvous c2s", &th));
        assert!(keys.s2c == expand(&ck, "rendezvous s2c", &th));
        let key = SecretKey::try_from(&keys.c2s.as_bytes()[..]).unwrap();
        let nonce = Nonce::from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2]);
        let ad = [3, 3, 3, 3, 3, 3, 3, 3, 0, 0, 0, 0, 0, 0, 1, 2];
        let mut sealed = [0; 5 + TAG];
        ChaCha20Poly1305::seal(&key, &nonce, b"hello", Some(&ad), &mut sealed).unwrap();
        assert_eq!(seal(&keys.c2s, welcome.handle, 0x102, b"hello"), sealed);
    }

    // spec: IN-11
    #[test]
    fn a_proof_is_for_one_side_of_one_introduction() {
        let proof = |id, role| tokens_proof(&[1; 32], IntroductionId([id; 32]), role);
        for (role, name) in [(Role::Viewer, &b"viewer"[..]), (Role::Host, b"host")] {
            let expected = bmac(&Secret::new([1; 32]), &hash(&[b"tokens", &[2; 32], name]));
            assert!(proof(2, role) == expected && proof(3, role) != expected);
        }
        assert!(proof(2, Role::Viewer) != proof(2, Role::Host));
    }

    // spec: RG-7
    #[test]
    fn keys_of_small_order_make_no_session() {
        let (hello, welcome) = greeting();
        let own = StaticSecret::from([5; 32]);
        let one = core::array::from_fn(|at| u8::from(at == 0));
        for (other, good) in [([0; 32], false), (one, false), ([9; 32], true)] {
            assert_eq!(Keys::derive(&own, other, &hello, &welcome).is_some(), good);
        }
    }

    #[test]
    fn sealed_frames_open_only_as_they_were() {
        let (key, handle) = (Secret::new([1; 32]), Handle([2; 8]));
        let sealed = seal(&key, handle, 5, b"hello");
        assert_eq!(open(&key, handle, 5, &sealed).as_deref(), Some(&b"hello"[..]));
        assert_eq!(open(&key, handle, 6, &sealed), None);
        assert_eq!(open(&key, Handle([3; 8]), 5, &sealed), None);
        assert_eq!(open(&Secret::new([4; 32]), handle, 5, &sealed), None);
        for at in 0..sealed.len() {
            let mut bad = sealed.clone();
            bad[at] ^= 1;
            assert_eq!(open(&key, handle, 5, &bad), None);
        }
        assert_eq!(open(&key, handle, 5, &[]), None);
    }
}
