//! Links through proxies.

use std::net::{SocketAddr, TcpListener};
use std::sync::mpsc::{Receiver, channel};

use deskwire_machine::{CloseReason, LinkSpec};

use super::websockets::{ask, echoes, listen, opened, with_tls};
use super::{Adapter, Mode, Node, PASSWORD, TestProxy, USER, loopback};
use crate::{HubConfig, OnTrouble, Proxy};

/// The client's configuration: everything goes through the proxy, this computer too.
fn through(config: HubConfig, scheme: &str, password: &str, at: SocketAddr) -> (HubConfig, Receiver<String>) {
    let escaped = password.replace('@', "%40").replace(':', "%3A");
    let proxy: Proxy = format!("{scheme}://{USER}:{escaped}@{at}").parse().expect("a proxy");
    let (tell, told) = channel();
    let on_trouble = OnTrouble::new(move |trouble| drop(tell.send(trouble.to_string())));
    let proxy = Some(proxy.with_bypass(Vec::new()));
    (HubConfig { proxy, on_trouble: Some(on_trouble), ..config }, told)
}

/// TCP and WebSockets go through both kinds of proxy.
pub fn proxies_carry_tcp_and_websockets<A: Adapter>() {
    for (scheme, proxy) in [("socks5", TestProxy::socks5()), ("http", TestProxy::http())] {
        let (server, client) = with_tls();
        let echo = Node::start_with::<A>(Mode::Echo, server);
        let (client, _) = through(client, scheme, PASSWORD, proxy.address);
        let asker = Node::start_with::<A>(Mode::Report, client);
        let remote = echo.listen();
        let tcp = asker.open(LinkSpec::TcpConnect { local: None, reuse: false, remote }).0;
        let far = echo.accepted();
        echoes(&asker, tcp);
        let to = listen(&echo);
        for url in [format!("ws://{to}/"), format!("wss://localhost:{}/", to.port())] {
            let link = ask(&asker, url);
            opened(&asker, link);
            echoes(&asker, link);
        }
        assert_eq!(proxy.carried(), 3, "{scheme}");
        // Ends go through, too.
        echo.call(move |probe, _| probe.close(far));
        assert_eq!(asker.closed(tcp), CloseReason::Finished, "{scheme}");
    }
}

/// A proxy is not used for this computer, unless it is said to be, nor for links with a local port of their own.
pub fn a_proxy_is_passed_by_where_it_should<A: Adapter>() {
    let proxy = TestProxy::socks5();
    let there: Proxy = format!("socks5://{}", proxy.address).parse().expect("a proxy");
    let echo = Node::start::<A>(Mode::Echo);
    let near =
        Node::start_with::<A>(Mode::Report, HubConfig { proxy: Some(there.clone()), ..HubConfig::default() });
    let strict = HubConfig { proxy: Some(there.with_bypass(Vec::new())), ..HubConfig::default() };
    let punching = Node::start_with::<A>(Mode::Report, strict);
    let (remote, websocket) = (echo.listen(), listen(&echo));
    echoes(&near, near.open(LinkSpec::TcpConnect { local: None, reuse: false, remote }).0);
    let link = ask(&near, format!("ws://localhost:{}/", websocket.port()));
    opened(&near, link);
    let spec = LinkSpec::TcpConnect { local: Some(loopback()), reuse: true, remote };
    echoes(&punching, punching.open(spec).0);
    assert_eq!(proxy.carried(), 0);
}

/// What a proxy refuses has a reason, and words that say what to do.
pub fn refusals_of_proxies_have_reasons<A: Adapter>() {
    let gone = TcpListener::bind(loopback()).expect("a port");
    let nobody = gone.local_addr().expect("a bound socket");
    drop(gone);
    let echo = Node::start::<A>(Mode::Ignore);
    let remote = echo.listen();
    let mute = echo.listen();
    let (socks, http) = (TestProxy::socks5().address, TestProxy::http().address);
    for (scheme, password, at, to, reason, word) in [
        ("socks5", "wrong", socks, remote, CloseReason::ProxyRefused, "password"),
        ("http", "wrong", http, remote, CloseReason::ProxyRefused, "password"),
        ("socks5", PASSWORD, socks, nobody, CloseReason::Unreachable, "cannot reach"),
        ("http", PASSWORD, http, nobody, CloseReason::Unreachable, "cannot reach"),
        ("socks5", PASSWORD, nobody, remote, CloseReason::Refused, "cannot be reached"),
        ("http", PASSWORD, socks, remote, CloseReason::Reset, "kind"),
        ("socks5", PASSWORD, mute, remote, CloseReason::TimedOut, "in time"),
    ] {
        let mut config = HubConfig::default();
        if at == mute {
            config.handshake = std::time::Duration::from_millis(50);
        }
        let (config, told) = through(config, scheme, password, at);
        let asker = Node::start_with::<A>(Mode::Report, config);
        let spec = LinkSpec::TcpConnect { local: None, reuse: false, remote: to };
        let link = asker.call(move |probe, _| probe.open(spec));
        assert_eq!(asker.closed(link), reason, "{scheme} {password} {at}");
        let words = told.recv().expect("words");
        assert!(words.contains(word) && words.contains(&at.to_string()), "{words}");
        assert!(!words.contains(PASSWORD) && !words.contains(USER), "{words}");
    }
}
