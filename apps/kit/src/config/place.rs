//! Where a server is, as people write it.

use deskwire_identity::ServerLink;

/// The port of a rendezvous server when none is given.
pub const DEFAULT_PORT: u16 = 21_116;

/// Host and port of a server as people write them.
pub(super) fn split_host_port(text: &str) -> Option<(String, u16)> {
    let named =
        |host: &str| (!host.is_empty() && !host.contains(char::is_whitespace)).then(|| host.to_owned());
    if let Some(rest) = text.strip_prefix('[') {
        let (host, rest) = rest.split_once(']')?;
        let port = if rest.is_empty() { DEFAULT_PORT } else { port(rest.strip_prefix(':')?)? };
        return Some((named(host)?, port));
    }
    match text.matches(':').count() {
        0 => Some((named(text)?, DEFAULT_PORT)),
        1 => {
            let (host, number) = text.split_once(':')?;
            Some((named(host)?, port(number)?))
        }
        // More than one colon without brackets is a bare IPv6 address.
        _ => text.parse::<std::net::Ipv6Addr>().ok().map(|_| (text.to_owned(), DEFAULT_PORT)),
    }
}

/// A port that something can listen at, in digits only: a number may begin with a plus.
fn port(text: &str) -> Option<u16> {
    text.parse().ok().filter(|port| *port != 0 && !text.starts_with('+'))
}

/// Server and key of a link, each as people write them alone; `None` if it is no link.
pub(super) fn split_link(link: &str) -> Option<(Option<String>, Option<String>)> {
    let parsed: ServerLink = link.parse().ok()?;
    let host = if parsed.host.contains(':') { format!("[{}]", parsed.host) } else { parsed.host };
    let server = parsed.port.map_or_else(|| host.clone(), |port| format!("{host}:{port}"));
    Some((Some(server), parsed.key.map(|key| key.to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_are_split_into_host_and_port() {
        let split = |text| split_host_port(text).map(|(host, port)| format!("{host} {port}"));
        assert_eq!(split("example.org").as_deref(), Some("example.org 21116"));
        assert_eq!(split("example.org:7").as_deref(), Some("example.org 7"));
        assert_eq!(split("[::1]:7").as_deref(), Some("::1 7"));
        assert_eq!(split("::1").as_deref(), Some("::1 21116"));
        for bad in [
            "",
            ":7",
            "a b",
            "example.org:",
            "example.org:70000",
            "example.org:+7",
            "example.org:0",
            "[::1]:+7",
            "a:b:c",
            "[::1]7",
        ] {
            assert_eq!(split(bad), None, "{bad}");
        }
    }
}
