//! Every type that holds a secret, in one place: silent when shown, wiped when dropped. `cargo xtask check` holds that no
//! type that wipes itself is missing here, and that no field named like a secret is of a type that does not.

use deskwire_core::identity::{IdentityKey, Secret};
use deskwire_core::machine::Seed;
use deskwire_core::sessions::{Credential, LoginOffer, LoginTerms, OneTimeCode, StretchedPassword};
use deskwire_core::wire::ids::Private;
use deskwire_core::wire::session::{PasswordParams, SessionMsg};
use zeroize::ZeroizeOnDrop;

use crate::access::{Access, Kept, KeptPassword, NewFactor};
use crate::links::Links;
use crate::viewer::LoginWith;

/// Compiles only for types that are wiped when dropped.
const fn wiped<T: ZeroizeOnDrop>() {}

/// The types that hold secrets themselves.
const _: fn() = || {
    wiped::<Seed>();
    wiped::<Secret<32>>();
    wiped::<IdentityKey>();
    wiped::<OneTimeCode>();
    wiped::<StretchedPassword>();
    wiped::<Private<String>>();
    wiped::<KeptPassword>();
    wiped::<Kept>();
    wiped::<NewFactor>();
};

/// Of these the crate that has them says the same, for nobody else sees them.
#[expect(dead_code, reason = "read by `cargo xtask check`")]
const ELSEWHERE: [&str; 1] = ["Credentials"];

const fn is_wiped<T: ZeroizeOnDrop>(_: &T) {}

/// The types that hold secrets in parts of them. A part that is added must be named here.
#[expect(dead_code, reason = "it need only compile")]
const fn parts(
    credential: &Credential,
    with: &LoginWith,
    offer: &LoginOffer,
    terms: &LoginTerms,
    links: &Links,
) {
    match credential {
        Credential::Code(code) => is_wiped(code),
        Credential::Password(key) => is_wiped(key),
        Credential::Identity | Credential::Approval => {}
    }
    match with {
        LoginWith::Code(code) => is_wiped(code),
        LoginWith::Password(password) => is_wiped(password),
        LoginWith::Key | LoginWith::Approval => {}
    }
    let LoginOffer { code, password, identity: _, approval: _, second_factor: _, grants: _ } = offer;
    if let (Some(code), Some(password)) = (code, password) {
        is_wiped(code);
        is_wiped(password);
    }
    let LoginTerms { code, password, allowed: _, approval: _, second_factor: _, trusted: _, grants: _ } =
        terms;
    if let (Some(code), Some(password)) = (code, password) {
        is_wiped(code);
        is_wiped(password);
    }
    let Links { proxy, websocket: _, no_proxy: _, certificates: _ } = links;
    if let Some(proxy) = proxy {
        is_wiped(proxy);
    }
}

/// Whatever is formatted, in whichever form a secret could be seen.
fn silent(shown: &[String], secret: &[u8]) {
    let text = String::from_utf8_lossy(secret).into_owned();
    let decimal = secret.iter().take(4).map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let hex = crate::state::to_hex(&secret[..4]);
    for shown in shown {
        for form in [&text, &decimal, &hex, &hex.to_uppercase()] {
            assert!(!shown.contains(form.as_str()), "{shown} shows {form}");
        }
    }
}

fn both<T: std::fmt::Debug>(value: &T) -> [String; 2] {
    [format!("{value:?}"), format!("{value:#?}")]
}

#[test]
fn t47_no_secret_is_shown_by_any_type_that_holds_one() {
    let bytes = [0xa7; 32];
    silent(&both(&Seed::new(bytes)), &bytes);
    silent(&both(&Secret::new(bytes)), &bytes);
    silent(&both(&IdentityKey::from_bytes(&bytes)), &bytes);
    let password = "correct horse";
    silent(&both(&Private(password.to_owned())), password.as_bytes());
    silent(&both(&LoginWith::password(password)), password.as_bytes());
    let (code, digits) = ("918273".parse::<OneTimeCode>().unwrap(), b"918273");
    silent(&both(&code), digits);
    silent(&both(&LoginWith::Code(code.clone())), digits);
    silent(&both(&Credential::Code(code.clone())), digits);
    silent(&both(&Credential::Password(Secret::new(bytes))), &bytes);
    let params = PasswordParams { salt: [1; 16], memory_kib: 8, passes: 1 };
    let stretched = StretchedPassword { params, key: Secret::new(bytes) };
    let terms = LoginTerms { code: Some(code), password: Some(stretched.clone()), ..LoginTerms::default() };
    let offer = terms.for_viewer(&IdentityKey::from_bytes(&bytes).public());
    for shown in [both(&stretched), both(&terms), both(&offer)] {
        silent(&shown, &bytes);
        silent(&shown, digits);
    }
    let factor = SessionMsg::LoginSecondFactor { code: Private("918273".into()), trust: true };
    silent(&both(&factor), digits);
    let mut access = Access::default();
    access.set_password(Some(&stretched));
    let new = access.begin_second();
    for shown in [both(&access), both(&new)] {
        silent(&shown, &bytes);
        silent(&shown, new.secret().as_bytes());
        silent(&shown, new.url().as_bytes());
        for code in new.recovery() {
            silent(&shown, code.as_bytes());
        }
    }
    let proxy = "socks5://me:pass@proxy";
    let links = Links { proxy: Some(Private(proxy.into())), ..Links::default() };
    for shown in [both(&links).to_vec(), both(&links.hub_config().unwrap().proxy).to_vec()] {
        silent(&shown, b"me:pass");
        silent(&shown, b"pass");
    }
}
