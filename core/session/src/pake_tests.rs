//! CPace against a second implementation, written from the draft on curve25519-dalek alone.

use super::{
    Context, CpaceMode, CpaceOutput, PublicKey, Purpose, ViewerPake, confirmations, proves, respond,
};
use alloc::vec::Vec;
use curve25519_dalek::ristretto::{CompressedRistretto, RistrettoPoint};
use curve25519_dalek::scalar::Scalar;
use deskwire_identity::IdentityKey;
use deskwire_machine::{Rng, Seed};
use orion::hazardous::hash::sha2::sha512::Sha512;
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

fn with_length(out: &mut Vec<u8>, part: &[u8]) {
    let mut n = part.len();
    loop {
        let low = u8::try_from(n & 0x7f).unwrap();
        n >>= 7;
        out.push(if n == 0 { low } else { low | 0x80 });
        if n == 0 {
            break;
        }
    }
    out.extend_from_slice(part);
}

fn lv_cat(parts: &[&[u8]]) -> Vec<u8> {
    let mut out = Vec::new();
    for part in parts {
        with_length(&mut out, part);
    }
    out
}

fn sha512(bytes: &[u8]) -> [u8; 64] {
    Sha512::digest(bytes).unwrap().as_ref().try_into().unwrap()
}

/// calculate_generator of the draft, section on ristretto255.
fn generator(secret: &[u8], sid: &[u8]) -> RistrettoPoint {
    let dsi = b"CPaceRistretto255";
    let used = 1 + lv_cat(&[secret]).len() + lv_cat(&[dsi]).len();
    let pad = alloc::vec![0; 128usize.saturating_sub(used)];
    let string = lv_cat(&[dsi, secret, &pad, Purpose::Code.channel_identifier(), sid]);
    RistrettoPoint::from_uniform_bytes(&sha512(&string))
}

fn scalar(rng: &mut Rng) -> Scalar {
    Scalar::from_bytes_mod_order_wide(&rng.bytes())
}

fn isk(sid: &[u8], k: RistrettoPoint, ya: &[u8], ada: &[u8], yb: &[u8], adb: &[u8]) -> [u8; 64] {
    let mut string = lv_cat(&[b"CPaceRistretto255_ISK", sid, k.compress().as_bytes()]);
    string.extend(lv_cat(&[ya, ada]));
    string.extend(lv_cat(&[yb, adb]));
    sha512(&string)
}

struct Ends {
    exporter: [u8; 64],
    viewer: PublicKey,
    host: PublicKey,
}

impl Ends {
    fn new(seed: u8) -> Self {
        let mut rng = Seed::new([seed; 32]).secret();
        let key = |rng: &mut Rng| IdentityKey::generate(rng).public();
        Self { exporter: rng.bytes(), viewer: key(&mut rng), host: key(&mut rng) }
    }

    fn context(&self) -> Context<'_> {
        Context { exporter: &self.exporter, viewer: &self.viewer, host: &self.host }
    }
}

fn decompress(share: &[u8; 32]) -> RistrettoPoint {
    CompressedRistretto(*share).decompress().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Our host against the second implementation as viewer.
    // spec: LG-8
    #[test]
    fn the_host_agrees_with_a_second_implementation(seed: u8, secret in "[0-9]{6,32}") {
        let ends = Ends::new(seed);
        let mut rng = Seed::new([seed ^ 0xff; 32]).secret();
        let ya = scalar(&mut rng);
        let share = (generator(secret.as_bytes(), &ends.exporter) * ya).compress().to_bytes();
        let (yb, proofs) = respond(&mut rng, Purpose::Code, secret.as_bytes(), &share, ends.context()).unwrap();
        let key = isk(
            &ends.exporter, decompress(&yb) * ya, &share, ends.viewer.as_bytes(), &yb, ends.host.as_bytes(),
        );
        let mut sid = b"CPaceSidOutput".to_vec();
        sid.extend(lv_cat(&[&share, ends.viewer.as_bytes()]));
        sid.extend(lv_cat(&[&yb, ends.host.as_bytes()]));
        let session_id = sha512(&sid).to_vec();
        let output = CpaceOutput { isk: pakery_core::SharedSecret::new(key.to_vec()), session_id };
        let expected = confirmations(&output, ends.context());
        prop_assert!(expected.viewer == proofs.viewer && expected.host == proofs.host);
    }

    /// Our viewer against the second implementation as host.
    // spec: LG-8
    #[test]
    fn the_viewer_agrees_with_a_second_implementation(seed: u8, secret in "[0-9]{6,32}") {
        let ends = Ends::new(seed);
        let mut rng = Seed::new([seed ^ 0x55; 32]).secret();
        let (ya, viewer) = ViewerPake::start(&mut rng, Purpose::Code, secret.as_bytes(), ends.context()).unwrap();
        let yb_scalar = scalar(&mut rng);
        let yb = (generator(secret.as_bytes(), &ends.exporter) * yb_scalar).compress().to_bytes();
        let output =
            viewer.0.finish(&yb, ends.host.as_bytes(), CpaceMode::InitiatorResponder).unwrap();
        let key = isk(
            &ends.exporter, decompress(&ya) * yb_scalar, &ya, ends.viewer.as_bytes(), &yb, ends.host.as_bytes(),
        );
        prop_assert_eq!(output.isk.as_bytes(), key.as_slice());
    }
}

fn run(viewer: (&Ends, &str), host: (&Ends, &str)) -> bool {
    let mut rng = Seed::new([1; 32]).secret();
    let (share, state) =
        ViewerPake::start(&mut rng, Purpose::Code, viewer.1.as_bytes(), viewer.0.context()).unwrap();
    let (reply, at_host) =
        respond(&mut rng, Purpose::Code, host.1.as_bytes(), &share, host.0.context()).unwrap();
    let at_viewer = state.finish(&reply, viewer.0.context()).unwrap();
    assert!(at_viewer.viewer != at_viewer.host, "one proof must not pass for the other");
    let proven = proves(&at_host.viewer, at_viewer.viewer.as_bytes());
    assert_eq!(proven, proves(&at_viewer.host, at_host.host.as_bytes()));
    proven
}

#[test]
fn t27_only_the_same_secret_transport_and_identities_agree() {
    let ends = Ends::new(1);
    assert!(run((&ends, "123456"), (&ends, "123456")));
    assert!(!run((&ends, "123456"), (&ends, "123457")));
    let other = |change: fn(&mut Ends, Ends)| {
        let mut other = Ends::new(1);
        change(&mut other, Ends::new(2));
        other
    };
    assert!(!run((&ends, "123456"), (&other(|e, o| e.exporter = o.exporter), "123456")));
    assert!(!run((&ends, "123456"), (&other(|e, o| e.viewer = o.viewer), "123456")));
    assert!(!run((&ends, "123456"), (&other(|e, o| e.host = o.host), "123456")));
}

/// The viewer's proof for a shared point and the shares that were said.
fn proof_of(ends: &Ends, k: RistrettoPoint, ya: &[u8; 32], yb: &[u8; 32]) -> [u8; 32] {
    let (viewer, host) = (ends.viewer.as_bytes(), ends.host.as_bytes());
    let mut sid = b"CPaceSidOutput".to_vec();
    sid.extend(lv_cat(&[ya, viewer]));
    sid.extend(lv_cat(&[yb, host]));
    let key = isk(&ends.exporter, k, ya, viewer, yb, host);
    let output =
        CpaceOutput { isk: pakery_core::SharedSecret::new(key.to_vec()), session_id: sha512(&sid).to_vec() };
    *confirmations(&output, ends.context()).viewer.as_bytes()
}

/// A host in the middle guesses a code, makes its share of it, and has the viewer's proof then. Whether any code of a list,
/// the right one among them, explains that proof by what it knows: its scalar, both shares, and the generator of each code.
fn finds_the_code(guess: &str, code: &str) -> bool {
    let ends = Ends::new(1);
    let mut rng = Seed::new([3; 32]).secret();
    let (ya, viewer) = ViewerPake::start(&mut rng, Purpose::Code, code.as_bytes(), ends.context()).unwrap();
    let own = scalar(&mut rng);
    let yb = (generator(guess.as_bytes(), &ends.exporter) * own).compress().to_bytes();
    let proof = *viewer.finish(&yb, ends.context()).unwrap().viewer.as_bytes();
    (123_000..124_000).any(|tried: u32| {
        let generator = generator(alloc::format!("{tried}").as_bytes(), &ends.exporter);
        let (viewers, owns) = (decompress(&ya), decompress(&yb));
        // With its own scalar; or, like one who only listened, with points alone.
        let points =
            [viewers * own, generator * own, generator, viewers, owns, viewers + owns, viewers - owns];
        let shares = [yb, (generator * own).compress().to_bytes()];
        points.iter().any(|k| shares.iter().any(|share| proof_of(&ends, *k, &ya, share) == proof))
    })
}

#[test]
fn t27_a_wrong_guess_leaves_nothing_to_try_the_others_on() {
    assert!(finds_the_code("123456", "123456"), "a right guess shows at once");
    assert!(!finds_the_code("123457", "123456"), "and a wrong one tells nothing of the right one");
}

// spec: LG-9
#[test]
fn shares_that_are_no_elements_are_refused() {
    let ends = Ends::new(1);
    let mut rng = Seed::new([1; 32]).secret();
    for share in [[0; 32], [0xff; 32]] {
        assert!(respond(&mut rng, Purpose::Code, b"123456", &share, ends.context()).is_err());
        let (_, viewer) = ViewerPake::start(&mut rng, Purpose::Code, b"123456", ends.context()).unwrap();
        assert!(viewer.finish(&share, ends.context()).is_err());
    }
}
