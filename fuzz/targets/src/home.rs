//! What a home router and its kernel say, and what people write or others are called.

#![allow(clippy::unwrap_used, dead_code, unreachable_pub, reason = "taken in from programs")]

#[path = "../../../apps/kit/src/mapping/answer.rs"]
mod answer;
#[path = "../../../apps/kit/src/mapping/error.rs"]
mod error;
#[path = "../../../apps/kit/src/config/place.rs"]
mod place;
#[path = "../../../apps/kit/src/text.rs"]
mod text;

use core::fmt::Debug;
use core::net::{Ipv4Addr, SocketAddrV4};
use core::time::Duration;

use deskwire_conformance::FuzzTarget;
use error::MappingError;

use crate::frugal::{frugal, told};

pub(crate) const TARGETS: &[FuzzTarget] =
    &[("pcp", pcp), ("nat_pmp", nat_pmp), ("routes", routes), ("place", a_place), ("name", a_name)];

/// The port that was asked for, and what makes an answer ours.
const PORT: u16 = 0x5001;
const NONCE: [u8; 12] = *b"only for us!";

/// An answer that counts says yes with a place that peers can reach, or no with a reason.
fn judge<T: Debug>(
    answered: Option<Result<T, MappingError>>,
    place: impl Fn(&T) -> (SocketAddrV4, Duration),
) {
    let Some(Some(given)) = answered.map(told) else { return };
    let (external, lifetime) = place(&given);
    match told(answer::usable(external, Some(lifetime))) {
        Some(()) => assert!(
            external.port() != 0 && answer::is_public(*external.ip()) && !lifetime.is_zero(),
            "{external} for {lifetime:?}"
        ),
        None => assert!(external.port() == 0 || !answer::is_public(*external.ip()) || lifetime.is_zero()),
    }
    // A place that no stranger can be at.
    assert!(answer::usable(SocketAddrV4::new(Ipv4Addr::LOCALHOST, 1), Some(lifetime)).is_err());
}

/// The first byte says whether the rest is whole, or what follows the port in an answer that is right up to there.
fn pcp(bytes: &[u8]) {
    let Some((how, rest)) = bytes.split_first() else { return };
    let mut whole = rest.to_vec();
    if how % 2 == 1 {
        // What the router chooses: code, lifetime, outer port and address.
        let Some((head, tail)) = rest.split_first_chunk::<5>() else { return };
        whole = [&[2, 0x81, 0], &head[..], &[0; 16], &NONCE, &[17, 0, 0, 0]].concat();
        whole.extend(PORT.to_be_bytes());
        whole.extend(tail);
    }
    let read = frugal(whole.len(), || answer::pcp(&whole, NONCE, PORT));
    judge(read.clone(), |given| *given);
    // Nobody who does not know the nonce is believed, nor an answer about another port.
    for other in [answer::pcp(&whole, *b"only for me!", PORT), answer::pcp(&whole, NONCE, PORT + 1)] {
        assert!(read.as_ref().is_none_or(Result::is_err) || other.is_none(), "an answer for two");
    }
}

fn nat_pmp(bytes: &[u8]) {
    let address = answer::pmp_address(bytes).and_then(told);
    let mapped = frugal(bytes.len(), || answer::pmp_map(bytes, PORT));
    let given = mapped.clone().and_then(told);
    assert!(address.is_none() || given.is_none(), "one answer to two questions");
    let address = address.unwrap_or(Ipv4Addr::new(203, 0, 113, 7));
    judge(mapped, |(port, lifetime)| (SocketAddrV4::new(address, *port), *lifetime));
    let other = answer::pmp_map(bytes, PORT + 1);
    assert!(given.is_none() || other.is_none(), "an answer for two");
}

/// The kernel's table of routes.
fn routes(bytes: &[u8]) {
    let table = String::from_utf8_lossy(bytes);
    let Some(router) = answer::default_router(&table) else { return };
    // Lines that say nothing change nothing, and its head is no route.
    assert_eq!(answer::default_router(&format!("{table}\nrubbish\n0 0\n")), Some(router));
    assert_eq!(answer::default_router(&table.lines().next().unwrap_or_default().repeat(2)), None);
}

/// A server as people write it.
fn a_place(bytes: &[u8]) {
    let Ok(text) = core::str::from_utf8(bytes) else { return };
    if let Some((host, port)) = place::split_host_port(text) {
        assert!(!host.is_empty() && !host.contains(char::is_whitespace) && text.contains(&host));
        assert_ne!(port, 0, "nothing listens at port 0");
        let shown = if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") };
        assert_eq!(place::split_host_port(&shown), Some((host, port)), "{shown} is another place");
        assert!(!text.contains('+') || text.matches('+').count() <= shown.matches('+').count(), "{text:?}");
    }
    if let Some((server, key)) = place::split_link(text) {
        let (host, _) = server.as_deref().and_then(place::split_host_port).expect("a link has a place");
        assert!(!host.is_empty());
        if let Some(key) = key {
            assert!(key.parse::<deskwire_identity::ServerKey>().is_ok(), "{key} is no key");
        }
    }
}

/// A name that somebody else chose, in a line for people.
fn a_name(bytes: &[u8]) {
    let name = String::from_utf8_lossy(bytes);
    let shown = frugal(name.len(), || text::name(&name));
    assert!(shown.chars().count() <= 65, "too long");
    let moves = |c: char| {
        c.is_control()
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}'..='\u{200f}')
    };
    assert!(!shown.contains(moves), "{shown:?} moves what stands around it");
    assert_eq!(text::name(&shown), shown, "what is shown is shown as something else");
}
