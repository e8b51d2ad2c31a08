//! Looks at everything a session needs, from the configuration to the relays, and says what is wrong.

use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use deskwire_core::identity::{IdentityKey, PublicKey, ServerKey};
use deskwire_core::machine::Seed;
use deskwire_driver::{Clock, Handle, HubConfig, interface_addresses};
use deskwire_io_smol::Driver;
use deskwire_rendezvous::client::{ClientConfig, ClientEvent, ServerAddress, Trust};

use crate::config::Settings;
use crate::names::{reflector, resolve};
use crate::net::{server_key, unix_time};
use crate::state::State;
use crate::why::LastSession;

mod probe;

use probe::Probe;

/// How long the server may take to answer.
const PATIENCE: Duration = Duration::from_secs(8);
/// How long a TCP connection may take.
const TCP_PATIENCE: Duration = Duration::from_secs(3);
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

/// What a server told over one transport.
#[derive(Debug, Default)]
struct Heard {
    answered: Option<(Duration, u64)>,
    over_tcp: bool,
    wrong_key: Option<PublicKey>,
    key_seen: Option<PublicKey>,
    reflexive: Option<(SocketAddr, Option<SocketAddr>)>,
    relays: Option<Vec<Vec<SocketAddr>>>,
    gave_up: bool,
}

/// Looks at what the settings lead to. Takes seconds where something does not answer. `tell` gets each finding at once.
pub fn examine(settings: &Settings, mut tell: impl FnMut(Finding)) {
    let state = match State::open(&settings.state) {
        Ok(state) => state,
        Err(error) => return tell(Finding::wrong("state", error.to_string())),
    };
    tell(Finding::fine("state", format!("what this device keeps is in {}", settings.state.display())));
    if let Ok(Some(session)) = state.last_session() {
        tell(last_session(&session));
    }
    let key = match server_key(settings, &state) {
        Ok(key) => key,
        Err(error) => return tell(Finding::wrong("key", error.to_string())),
    };
    let addresses = match resolve(&settings.host, settings.port) {
        Ok(addresses) => addresses,
        Err(error) => return tell(Finding::wrong("name", error.to_string())),
    };
    let Some(&address) = addresses.first() else { return };
    let all: Vec<String> = addresses.iter().map(ToString::to_string).collect();
    tell(Finding::fine("name", format!("the server {} is at {}", settings.host, all.join(" and "))));
    // Both at once: each may take its whole time.
    let (udp, tcp) = (ask(address, key, true), ask(address, key, false));
    let udp = udp.recv().unwrap_or_default();
    let tcp = tcp.recv().unwrap_or_default();
    let answers = |heard: &Heard, over_tcp| heard.answered.filter(|_| heard.over_tcp == over_tcp);
    let (by_udp, by_tcp) = (answers(&udp, false), answers(&tcp, true));
    if let Some(seen) = udp.wrong_key.or(tcp.wrong_key) {
        tell(Finding::wrong(
            "key",
            format!(
                "the server shows the key {}, which is not the configured one; do not go on unless its operator confirms \
                 it",
                ServerKey(seen)
            ),
        ));
    } else if let (None, Some(seen)) = (key, udp.key_seen.or(tcp.key_seen)) {
        tell(Finding::remark(
            "key",
            format!(
                "no key is configured; the server shows {}, compare it with the operator's",
                ServerKey(seen)
            ),
        ));
    } else if by_udp.or(by_tcp).is_some() {
        tell(Finding::fine("key", "the server has proved the configured key"));
    }
    tell(reach("udp", "UDP", address, by_udp, by_tcp));
    tell(reach("tcp", "TCP", address, by_tcp, by_udp));
    if let Some((_, server_time)) = by_udp.or(by_tcp) {
        tell(clock(server_time, unix_time()));
    }
    if by_udp.is_some() {
        tell(nat(udp.reflexive, &own_addresses()));
    }
    if let Some(second) = reflector(address) {
        reflectors(second, udp.reflexive, by_udp.is_some(), &mut tell);
    }
    if by_udp.or(by_tcp).is_some() {
        relays(udp.relays.or(tcp.relays), &mut tell);
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

/// Asks the server over UDP, or over TCP alone, on a thread.
fn ask(address: SocketAddr, key: Option<PublicKey>, udp: bool) -> Receiver<Heard> {
    let (tell, told) = mpsc::sync_channel(1);
    // If there is no thread, nothing is told: the server then counts as silent.
    let _ = thread::Builder::new().name("doctor".into()).spawn(move || {
        let heard = listen(address, key, udp);
        let _ = tell.send(heard);
    });
    told
}

fn listen(address: SocketAddr, key: Option<PublicKey>, udp: bool) -> Heard {
    let clock = Clock::new();
    let start = clock.now();
    let seed = Seed::new(crate::random_bytes());
    // A key of its own: nothing about this device is told.
    let identity = IdentityKey::from_bytes(&crate::random_bytes());
    let server = ServerAddress { main: address, reflector: reflector(address).filter(|_| udp) };
    let mut config =
        ClientConfig::new(seed, identity, server, key.map_or(Trust::FirstUse, Trust::Key), unix_time());
    config.udp = udp;
    let ids = config.ids.clone();
    let probe = Probe::new(start, config, udp);
    let (driver, handle) = Driver::new(probe, ids, clock, HubConfig::default());
    stop_in(PATIENCE, handle.clone());
    let mut heard = Heard::default();
    let ran = smol::block_on(driver.run(|_, now, event| {
        match event {
            ClientEvent::Connected { over, server_time } => {
                heard.answered.get_or_insert((now - start, server_time));
                heard.over_tcp = over.is_stream();
            }
            ClientEvent::Reflexive { main, second } => heard.reflexive = Some((main, second)),
            ClientEvent::Relays(relays) => {
                heard.relays = Some(relays.into_iter().map(|relay| relay.addresses).collect());
            }
            ClientEvent::ServerKeyMismatch { seen } => heard.wrong_key = Some(seen),
            ClientEvent::ServerKeySeen(key) => heard.key_seen = Some(key),
            ClientEvent::Unreachable { .. } => heard.gave_up = true,
            _ => {}
        }
        let nat_known = !udp || heard.over_tcp || matches!(heard.reflexive, Some((_, Some(_))));
        if heard.gave_up || heard.wrong_key.is_some() || (heard.relays.is_some() && nat_known) {
            handle.stop();
        }
    }));
    if let Err(error) = ran {
        tracing::error!("{error}");
    }
    heard
}

fn stop_in(patience: Duration, handle: Handle<Probe>) {
    // If there is no thread, the question goes on until the server answers.
    let _ = thread::Builder::new().name("doctor-clock".into()).spawn(move || {
        let end = Instant::now() + patience;
        while Instant::now() < end && !handle.is_stopped() {
            thread::park_timeout(Duration::from_millis(50));
        }
        handle.stop();
    });
}

fn reach(
    name: &'static str,
    word: &str,
    address: SocketAddr,
    this: Option<(Duration, u64)>,
    other: Option<(Duration, u64)>,
) -> Finding {
    match (this, other) {
        (Some((after, _)), _) => Finding::fine(
            name,
            format!("the server answers over {word} after {:.1} ms", after.as_secs_f64() * 1e3),
        ),
        (None, Some(_)) if name == "udp" => Finding::remark(
            name,
            format!(
                "the server does not answer over UDP, so everything goes over TCP and the relay; a firewall between here \
                 and {address} drops UDP"
            ),
        ),
        (None, Some(_)) => Finding::remark(
            name,
            format!(
                "the server does not answer over TCP port {}; only networks without UDP need that",
                address.port()
            ),
        ),
        (None, None) => Finding::wrong(
            name,
            format!(
                "the server does not answer over {word} at {address}; check its address and that it runs"
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

/// How the network in front of this device maps its address, in the words of RFC 4787.
fn nat(seen: Option<(SocketAddr, Option<SocketAddr>)>, own: &[std::net::IpAddr]) -> Finding {
    match seen {
        None => Finding::remark("nat", "the server did not say how this device looks from outside"),
        Some((main, _)) if own.contains(&main.ip()) => Finding::fine(
            "nat",
            format!("no NAT: the server sees this device's own address {}; direct paths are easy", main.ip()),
        ),
        Some((main, None)) => Finding::remark(
            "nat",
            format!(
                "there is a NAT (seen as {main}), but its kind is not known, because the second reflector port did not \
                 answer"
            ),
        ),
        Some((main, Some(second))) if main == second => Finding::fine(
            "nat",
            format!(
                "endpoint-independent mapping (EIM, RFC 4787), seen as {main}: peers can be told where to send, so \
                 direct paths are likely"
            ),
        ),
        Some((main, Some(second))) => Finding::remark(
            "nat",
            format!(
                "endpoint-dependent mapping (EDM, RFC 4787), seen as {main} and {second}: each peer sees another \
                 address, so direct paths work only with peers that have an easy NAT, and others go through the relay"
            ),
        ),
    }
}

fn reflectors(
    second: SocketAddr,
    seen: Option<(SocketAddr, Option<SocketAddr>)>,
    has_udp: bool,
    tell: &mut impl FnMut(Finding),
) {
    if has_udp {
        tell(if matches!(seen, Some((_, Some(_)))) {
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
    tell(match tcp_connect(second) {
        Ok(_) => Finding::fine("reflector-tcp", format!("the second reflector port takes TCP at {second}")),
        Err(error) => Finding::remark(
            "reflector-tcp",
            format!("the second reflector port takes no TCP at {second} ({error}); nothing depends on it"),
        ),
    });
}

fn relays(relays: Option<Vec<Vec<SocketAddr>>>, tell: &mut impl FnMut(Finding)) {
    let Some(relays) = relays else {
        return tell(Finding::remark("relay", "the server did not name its relays"));
    };
    if relays.is_empty() {
        return tell(Finding::remark(
            "relay",
            "the server has no relay, so only direct paths work; where there is none, its operator has to add a relay",
        ));
    }
    for address in relays.into_iter().flatten() {
        tell(match tcp_connect(address) {
            Ok(after) => Finding::fine(
                "relay",
                format!("the relay at {address} takes TCP after {:.1} ms", after.as_secs_f64() * 1e3),
            ),
            Err(error) => Finding::wrong(
                "relay",
                format!(
                    "the relay at {address} cannot be reached over TCP ({error}); a firewall may be in between"
                ),
            ),
        });
    }
}

fn tcp_connect(address: SocketAddr) -> std::io::Result<Duration> {
    let start = Instant::now();
    TcpStream::connect_timeout(&address, TCP_PATIENCE).map(|_| start.elapsed())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nats_are_named_by_what_two_ports_see() {
        let [one, two]: [SocketAddr; 2] =
            ["198.51.100.7:4000", "198.51.100.7:4001"].map(|a| a.parse().unwrap());
        let own = ["10.0.0.2".parse().unwrap()];
        assert!(nat(Some((one, Some(one))), &own).text.contains("EIM"));
        let hard = nat(Some((one, Some(two))), &own);
        assert!(hard.text.contains("EDM") && hard.grade == Grade::Remark);
        assert!(nat(Some((one, None)), &own).text.contains("not known"));
        assert!(nat(Some((one, None)), &[one.ip()]).text.contains("no NAT"));
    }

    #[test]
    fn clocks_may_differ_a_little() {
        assert_eq!(clock(1_000, 1_030).grade, Grade::Fine);
        assert!(clock(1_000, 2_000).text.contains("ahead"));
        assert!(clock(2_000, 1_000).text.contains("behind"));
    }

    #[test]
    fn a_server_without_relays_is_a_remark() {
        let mut grades = Vec::new();
        relays(Some(Vec::new()), &mut |finding: Finding| grades.push(finding.grade));
        assert_eq!(grades, [Grade::Remark]);
    }

    #[test]
    fn a_server_that_is_silent_both_ways_is_wrong_and_one_way_a_remark() {
        let address = "192.0.2.1:21116".parse().unwrap();
        let fine = Some((Duration::from_millis(3), 0));
        assert_eq!(reach("udp", "UDP", address, fine, None).grade, Grade::Fine);
        assert_eq!(reach("udp", "UDP", address, None, fine).grade, Grade::Remark);
        assert_eq!(reach("tcp", "TCP", address, None, None).grade, Grade::Wrong);
    }
}
