//! Looks at everything a session needs, from the configuration to the relays, and says what is wrong.

use std::net::SocketAddr;
use std::time::Duration;

use deskwire_core::identity::{PublicKey, ServerKey};
use deskwire_core::machine::{LinkSpec, WsUrl};
use deskwire_driver::{HubConfig, interface_addresses};

use crate::config::Settings;
use crate::names::{reflector, resolve};
use crate::net::{NO_ADDRESS, server_key, unix_time};
use crate::state::{KeyPlace, State};
use crate::why::LastSession;

pub(crate) mod ask;
mod nat;
mod probe;

use ask::{Heard, RelayPlace, Way, ask, knock, measure, tcp};
use nat::{filtering, nat};

/// How far this clock and the server's may differ before it is worth a word, in seconds.
const CLOCK_WORD: u64 = 60;

/// How serious a finding is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Grade {
    /// As it should be.
    Fine,
    /// Sessions work, but something is worse than it could be.
    Remark,
    /// Sessions cannot work.
    Wrong,
}

/// One thing that was looked at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// What was looked at, for scripts; does not change.
    pub name: &'static str,
    /// How it is.
    pub grade: Grade,
    /// What was found, and what to do about it, in a sentence.
    pub text: String,
}

impl Finding {
    fn fine(name: &'static str, text: impl Into<String>) -> Self {
        Self { name, grade: Grade::Fine, text: text.into() }
    }

    fn remark(name: &'static str, text: impl Into<String>) -> Self {
        Self { name, grade: Grade::Remark, text: text.into() }
    }

    fn wrong(name: &'static str, text: impl Into<String>) -> Self {
        Self { name, grade: Grade::Wrong, text: text.into() }
    }
}

/// Looks at what the settings lead to. Takes seconds where something does not answer. `tell` gets each finding at once.
pub fn examine(settings: &Settings, mut tell: impl FnMut(Finding)) {
    let state = match State::open(&settings.state, settings.keystore) {
        Ok(state) => state,
        Err(error) => return tell(Finding::wrong("state", error.to_string())),
    };
    tell(Finding::fine("state", format!("what this device keeps is in {}", settings.state.display())));
    tell(match state.key_place() {
        Ok(place @ KeyPlace::FileFor(_)) => Finding::remark("identity", place.to_string()),
        Ok(place) => Finding::fine("identity", place.to_string()),
        Err(error) => Finding::wrong("identity", error.to_string()),
    });
    if let Ok(Some(session)) = state.last_session() {
        tell(last_session(&session));
    }
    let key = match server_key(settings, &state) {
        Ok(key) => key,
        Err(error) => return tell(Finding::wrong("key", error.to_string())),
    };
    let (hub, websocket) = match ways_out(settings, &mut tell) {
        Ok(ways) => ways,
        Err(error) => return tell(Finding::wrong("links", error.to_string())),
    };
    let addresses = match resolve(&settings.host, settings.port) {
        Ok(addresses) => addresses,
        // Others look the name up, or another one.
        Err(error) if settings.links.knows_ways() && websocket.is_some() => {
            tell(Finding::remark("name", format!("{error}; only WebSocket is left")));
            vec![NO_ADDRESS]
        }
        Err(error) => return tell(Finding::wrong("name", error.to_string())),
    };
    let Some(&address) = addresses.first() else { return };
    let is_known = address != NO_ADDRESS;
    if is_known {
        let all: Vec<String> = addresses.iter().map(ToString::to_string).collect();
        tell(Finding::fine("name", format!("the server {} is at {}", settings.host, all.join(" and "))));
    }
    // All at once: each may take its whole time.
    let ask = |way: Option<Way>| way.map(|way| ask(address, key, way, hub.clone()));
    let udp = ask(is_known.then_some(Way::Udp));
    let tcp = ask(is_known.then_some(Way::Tcp));
    let web = ask(websocket.clone().map(Way::WebSocket));
    let [udp, tcp, web] =
        [udp, tcp, web].map(|told| told.and_then(|told| told.recv().ok()).unwrap_or_default());
    let heard = [&udp, &tcp, &web];
    tell(proof(key, heard));
    let any = heard.iter().find_map(|heard| heard.answered);
    if is_known {
        tell(reach("udp", "UDP", &address.to_string(), &udp, any.is_some()));
        tell(reach("tcp", "TCP", &address.to_string(), &tcp, any.is_some()));
    }
    if let Some(url) = &websocket {
        tell(reach("websocket", "WebSocket", &url.0, &web, any.is_some()));
    }
    if let Some((_, server_time)) = any {
        tell(clock(server_time, unix_time()));
    }
    if udp.answered.is_some() {
        tell(nat(udp.reflexive, &own_addresses()));
        tell(filtering(udp.filtering));
    }
    if let Some(second) = reflector(address).filter(|_| is_known) {
        reflectors(second, &udp, &hub, &mut tell);
    }
    if any.is_some() {
        relays(heard.into_iter().find_map(|heard| heard.relays.clone()), &hub, &mut tell);
    }
}

/// How connections get out, as the settings say.
fn ways_out(
    settings: &Settings,
    tell: &mut impl FnMut(Finding),
) -> Result<(HubConfig, Option<WsUrl>), crate::links::LinksError> {
    let hub = settings.links.hub_config()?;
    let websocket = settings.links.websocket(&settings.host, settings.port)?;
    if let Some(proxy) = &hub.proxy {
        tell(Finding::fine(
            "proxy",
            format!("TCP and WebSocket go through the proxy {proxy}; UDP does not go through proxies"),
        ));
    }
    Ok((hub, websocket))
}

/// Whether the server has the key that it should have.
fn proof(key: Option<PublicKey>, heard: [&Heard; 3]) -> Finding {
    if let Some(seen) = heard.iter().find_map(|heard| heard.wrong_key) {
        return Finding::wrong(
            "key",
            format!(
                "the server shows the key {}, which is not the configured one; do not go on unless its operator confirms \
                 it",
                ServerKey(seen)
            ),
        );
    }
    match (key, heard.iter().find_map(|heard| heard.key_seen)) {
        (None, Some(seen)) => Finding::remark(
            "key",
            format!(
                "no key is configured; the server shows {}, compare it with the operator's",
                ServerKey(seen)
            ),
        ),
        _ if heard.iter().any(|heard| heard.answered.is_some()) => {
            Finding::fine("key", "the server has proved the configured key")
        }
        _ => Finding::remark("key", "the server has not answered, so its key is not proved"),
    }
}

fn last_session(session: &LastSession) -> Finding {
    let minutes = unix_time().saturating_sub(session.at) / 60;
    let when = format!("the last session, with {} {minutes} minutes ago,", session.host);
    match (&session.direct, session.why()) {
        (Some(path), _) => Finding::fine("last-session", format!("{when} went {path}")),
        (None, why) => Finding::remark(
            "last-session",
            format!("{when} went through the relay: {}", why.unwrap_or("not known")),
        ),
    }
}

/// Whether the server answers over one of the protocols; `any` says whether it does over at least one.
fn reach(name: &'static str, word: &str, place: &str, heard: &Heard, any: bool) -> Finding {
    let why = heard.trouble.as_ref().map(|why| format!(" ({why})")).unwrap_or_default();
    match heard.answered {
        Some((after, _)) => Finding::fine(
            name,
            format!("the server answers over {word} after {:.1} ms", after.as_secs_f64() * 1e3),
        ),
        None if !any => Finding::wrong(
            name,
            format!(
                "the server does not answer over {word} at {place}{why}; check its address and that it runs"
            ),
        ),
        None if name == "udp" => Finding::remark(
            name,
            format!(
                "the server does not answer over UDP, so everything goes over TCP or WebSocket; a firewall between here \
                 and {place} drops UDP"
            ),
        ),
        None => Finding::remark(
            name,
            format!(
                "the server does not answer over {word} at {place}{why}; only networks without UDP need that"
            ),
        ),
    }
}

fn clock(server: u64, own: u64) -> Finding {
    let apart = server.abs_diff(own);
    if apart < CLOCK_WORD {
        Finding::fine("clock", "this clock and the server's agree")
    } else {
        let way = if own > server { "ahead of" } else { "behind" };
        Finding::remark(
            "clock",
            format!(
                "this clock is {apart} s {way} the server's; set it right, or certificates will look outdated"
            ),
        )
    }
}

fn own_addresses() -> Vec<std::net::IpAddr> {
    interface_addresses().into_iter().map(|addr| addr.addr).collect()
}

fn reflectors(second: SocketAddr, udp: &Heard, hub: &HubConfig, tell: &mut impl FnMut(Finding)) {
    if udp.answered.is_some() {
        tell(if matches!(udp.reflexive, Some((_, Some(_), _))) {
            Finding::fine("reflector-udp", format!("the second reflector port answers over UDP at {second}"))
        } else {
            Finding::remark(
                "reflector-udp",
                format!(
                    "the second reflector port does not answer over UDP at {second}; NATs cannot be classified"
                ),
            )
        });
    }
    tell(match knock(tcp(second), hub) {
        Ok(_) => Finding::fine("reflector-tcp", format!("the second reflector port takes TCP at {second}")),
        Err(why) => Finding::remark(
            "reflector-tcp",
            format!("the second reflector port takes no TCP at {second} ({why}); nothing depends on it"),
        ),
    });
}

fn relays(relays: Option<Vec<RelayPlace>>, hub: &HubConfig, tell: &mut impl FnMut(Finding)) {
    let Some(relays) = relays else {
        return tell(Finding::remark("relay", "the server did not name its relays"));
    };
    if relays.is_empty() {
        return tell(Finding::remark(
            "relay",
            "the server has no relay, so only direct paths work; where there is none, its operator has to add a relay",
        ));
    }
    let measured = measure(&relays);
    for relay in relays {
        let name = relay.addresses.first().map_or_else(String::new, ToString::to_string);
        let by_udp = measured.iter().find(|measured| measured.relay == relay.id);
        let by_udp = by_udp.map(|measured| measured.rtt).ok_or_else(|| "no answer in time".to_owned());
        let native = relay.addresses.iter().map(|at| ("TCP", at.to_string(), knock(tcp(*at), hub)));
        let web = relay
            .websockets
            .iter()
            .map(|url| ("WebSocket", url.0.clone(), knock(LinkSpec::WebSocket { url: url.clone() }, hub)));
        let doors: Vec<_> = std::iter::once(("UDP", name, by_udp)).chain(native).chain(web).collect();
        let is_reached = doors.iter().any(|(.., result)| result.is_ok());
        for (word, place, result) in &doors {
            tell(relay_door(word, place, result, is_reached));
        }
    }
}

/// What came of a knock at a relay; `is_reached` says whether one of its doors opened.
fn relay_door(word: &str, place: &str, result: &Result<Duration, String>, is_reached: bool) -> Finding {
    match result {
        Ok(after) => Finding::fine(
            "relay",
            format!("the relay at {place} takes {word} after {:.1} ms", after.as_secs_f64() * 1e3),
        ),
        Err(why) if is_reached => Finding::remark(
            "relay",
            format!("the relay at {place} cannot be reached over {word} ({why}); it can be in another way"),
        ),
        Err(why) => Finding::wrong(
            "relay",
            format!(
                "the relay at {place} cannot be reached over {word} ({why}); a firewall may be in between"
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_may_differ_a_little() {
        assert_eq!(clock(1_000, 1_030).grade, Grade::Fine);
        assert!(clock(1_000, 2_000).text.contains("ahead"));
        assert!(clock(2_000, 1_000).text.contains("behind"));
    }

    #[test]
    fn a_server_without_relays_is_a_remark() {
        let mut grades = Vec::new();
        relays(Some(Vec::new()), &HubConfig::default(), &mut |finding: Finding| grades.push(finding.grade));
        assert_eq!(grades, [Grade::Remark]);
    }

    #[test]
    fn a_server_that_is_silent_in_every_way_is_wrong_and_in_one_a_remark() {
        let answers = Heard { answered: Some((Duration::from_millis(3), 0)), ..Heard::default() };
        let why = Some("connection refused".to_owned());
        let silent = Heard { trouble: why, ..Heard::default() };
        let place = "192.0.2.1:21116";
        assert_eq!(reach("udp", "UDP", place, &answers, true).grade, Grade::Fine);
        assert_eq!(reach("udp", "UDP", place, &silent, true).grade, Grade::Remark);
        let wrong = reach("tcp", "TCP", place, &silent, false);
        assert!(wrong.grade == Grade::Wrong && wrong.text.contains("(connection refused)"), "{wrong:?}");
    }

    #[test]
    fn a_relay_with_one_open_door_can_be_used() {
        let [open, shut] = [Ok(Duration::from_millis(2)), Err("no answer in time".to_owned())];
        assert_eq!(relay_door("TCP", "192.0.2.1:21117", &open, true).grade, Grade::Fine);
        assert_eq!(relay_door("TCP", "192.0.2.1:21117", &shut, true).grade, Grade::Remark);
        let wrong = relay_door("TCP", "192.0.2.1:21117", &shut, false);
        assert!(wrong.grade == Grade::Wrong && wrong.text.contains("(no answer in time)"), "{wrong:?}");
    }
}
