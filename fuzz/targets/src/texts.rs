//! What people type, scan and paste.

use core::fmt::{Debug, Display};
use core::str::FromStr;

use deskwire_conformance::FuzzTarget;
use deskwire_driver::Proxy;
use deskwire_identity::{IdentityKey, SafetyNumber, ServerKey, ServerLink};
use deskwire_machine::WsUrl;
use deskwire_session::OneTimeCode;
use deskwire_wire::ids::DeviceId;
use deskwire_wire::session::{Scope, Scopes};

use crate::frugal::told;

pub(crate) const TARGETS: &[FuzzTarget] = &[
    ("device_id", round_trip::<DeviceId>),
    ("server_key", round_trip::<ServerKey>),
    ("server_link", round_trip::<ServerLink>),
    ("websocket_url", websocket_url),
    ("words", words),
];

/// What is read is written, and read as the same.
fn round_trip<T: FromStr<Err: Debug + Display> + Display + PartialEq + Debug>(bytes: &[u8]) {
    let Ok(text) = core::str::from_utf8(bytes) else { return };
    let Some(read) = told(text.parse::<T>()) else { return };
    let written = read.to_string();
    assert_eq!(written.parse::<T>().as_ref().ok(), Some(&read), "{written:?} reads as something else");
    assert!(format!(" {written}\n").parse::<T>().is_ok(), "{written:?} may not have spaces around");
}

fn websocket_url(bytes: &[u8]) {
    let Ok(text) = core::str::from_utf8(bytes) else { return };
    let url = WsUrl(text.to_owned());
    let Some(parts) = url.parts() else { return };
    assert!(text.len() <= WsUrl::MAX && parts.port != 0 && text.contains(parts.host));
    // Nothing that could end a line of a header, or name somebody.
    assert!(!parts.host.is_empty() && !parts.host.contains(['@', '/', '\r', '\n', ' ', '#', '?']));
    let authority = text.split_once("//").and_then(|(_, rest)| rest.split(['/', '?', '#']).next());
    assert!(authority.is_some_and(|authority| !authority.contains('+')), "a port has digits only");
    if let Some(address) = parts.address() {
        assert_eq!(WsUrl::plain(address).parts().and_then(|parts| parts.address()), Some(address));
    }
}

/// Short words: codes, scopes, safety numbers, the address of a proxy.
fn words(bytes: &[u8]) {
    let Ok(text) = core::str::from_utf8(bytes) else { return };
    if let Some(code) = told(text.parse::<OneTimeCode>()) {
        assert!((6..=32).contains(&code.digits().len()) && code.digits().bytes().all(|c| c.is_ascii_digit()));
        assert_eq!(code.digits().parse().as_ref(), Ok(&code));
    }
    if let Some(scope) = told(text.parse::<Scope>()) {
        assert_eq!(scope.name(), text);
        let only = Scopes::NONE.with(scope);
        assert!(only.has(scope) && only.iter().eq([scope]) && only.without(scope) == Scopes::NONE);
    }
    let [a, b] = [1, 2].map(|n| IdentityKey::from_bytes(&[n; 32]).public());
    let number = SafetyNumber::of(&a, &b);
    let digits = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>();
    assert_eq!(number.matches(text), digits == number.digits());
    if let Some(proxy) = told(text.parse::<Proxy>()) {
        // It is shown in messages: host and port, and neither user nor password.
        let shown = proxy.to_string();
        let same = format!("socks5://{shown}").parse::<Proxy>().expect("what is shown is a place");
        assert_eq!(same.to_string(), shown);
    }
}
