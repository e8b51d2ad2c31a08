//! What is said to a proxy, and what it answers. No I/O.
//!
//! ```text
//! SOCKS 5   methods -> choice [-> user, password -> verdict] -> connect -> reply      then bytes
//! HTTP      CONNECT and header -> status and header                                    then bytes
//! ```

use core::fmt;
use std::net::SocketAddr;

use super::{Credentials, Kind, Proxy, Target};

/// The longest header of an HTTP answer.
const MAX_HEADER: usize = 8 * 1_024;

/// Why a proxy did not let a connection through.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum ProxyFailure {
    /// It wants a password, and none is configured.
    WantsPassword,
    /// It does not accept the password.
    WrongPassword,
    /// It does not allow this target.
    NotAllowed,
    /// It cannot reach the target.
    Unreachable,
    /// It refused otherwise; its own words or number.
    Refused(String),
    /// It is no such proxy.
    Rubbish,
    /// The target's name does not fit.
    Name,
}

impl fmt::Display for ProxyFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WantsPassword => f.write_str(
                "wants a user and a password; write them into its address, socks5://USER:PASSWORD@HOST:PORT",
            ),
            Self::WrongPassword => f.write_str("does not accept the user or the password; correct them"),
            Self::NotAllowed => f.write_str("does not allow this connection; ask who runs it"),
            Self::Unreachable => f.write_str("cannot reach that place; check the server's address"),
            Self::Refused(why) => write!(f, "refused ({why}); ask who runs it"),
            Self::Rubbish => f.write_str("does not answer as such a proxy; check its address, port and kind"),
            Self::Name => f.write_str("cannot be told a name this long; use the server's IP address"),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Step {
    Method,
    Password,
    Reply,
    Header,
}

/// One negotiation.
#[derive(Debug)]
pub(crate) struct Negotiation {
    step: Step,
    credentials: Option<Credentials>,
    target: Target,
    heard: Vec<u8>,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials")
    }
}

impl Negotiation {
    pub(crate) fn new(proxy: &Proxy, target: Target) -> Self {
        let step = match proxy.kind {
            Kind::Socks5 => Step::Method,
            Kind::Http => Step::Header,
        };
        Self { step, credentials: proxy.credentials.clone(), target, heard: Vec::new() }
    }

    /// The first words.
    pub(crate) fn start(&self, out: &mut Vec<u8>) {
        match (self.step, &self.credentials) {
            (Step::Header, credentials) => {
                let target = &self.target;
                out.extend_from_slice(format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n").as_bytes());
                if let Some(Credentials { user, password }) = credentials {
                    let secret = base64(format!("{user}:{password}").as_bytes());
                    out.extend_from_slice(format!("Proxy-Authorization: Basic {secret}\r\n").as_bytes());
                }
                out.extend_from_slice(b"\r\n");
            }
            // No password, or one.
            (_, Some(_)) => out.extend_from_slice(&[5, 2, 0, 2]),
            (_, None) => out.extend_from_slice(&[5, 1, 0]),
        }
    }

    /// Takes what the proxy said. `Some` when the way is open: bytes that came from beyond it already.
    ///
    /// # Errors
    /// When it does not let the connection through.
    pub(crate) fn receive(
        &mut self,
        data: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<Option<Vec<u8>>, ProxyFailure> {
        self.heard.extend_from_slice(data);
        loop {
            let before = (self.step, self.heard.len());
            let done = match self.step {
                Step::Method => self.method(out)?,
                Step::Password => self.verdict(out)?,
                Step::Reply => self.reply()?,
                Step::Header => self.header()?,
            };
            if done {
                return Ok(Some(core::mem::take(&mut self.heard)));
            }
            if before == (self.step, self.heard.len()) {
                return Ok(None);
            }
        }
    }

    fn method(&mut self, out: &mut Vec<u8>) -> Result<bool, ProxyFailure> {
        let (choice, credentials) = match self.heard.as_slice() {
            [] | [5] => return Ok(false),
            [5, choice, ..] => (*choice, &self.credentials),
            _ => return Err(ProxyFailure::Rubbish),
        };
        match (choice, credentials) {
            (0, _) => self.connect(out)?,
            (2, Some(Credentials { user, password })) => {
                out.push(1);
                for part in [user, password] {
                    out.push(u8::try_from(part.len()).unwrap_or(u8::MAX));
                    out.extend_from_slice(part.as_bytes());
                }
                self.step = Step::Password;
            }
            (2 | 0xff, None) => return Err(ProxyFailure::WantsPassword),
            (0xff, Some(_)) => return Err(ProxyFailure::NotAllowed),
            _ => return Err(ProxyFailure::Rubbish),
        }
        self.heard.drain(..2);
        Ok(false)
    }

    fn verdict(&mut self, out: &mut Vec<u8>) -> Result<bool, ProxyFailure> {
        match self.heard.as_slice() {
            [] | [1] => return Ok(false),
            [1, 0, ..] => {}
            [1, ..] => return Err(ProxyFailure::WrongPassword),
            _ => return Err(ProxyFailure::Rubbish),
        }
        self.heard.drain(..2);
        self.connect(out)?;
        Ok(false)
    }

    fn connect(&mut self, out: &mut Vec<u8>) -> Result<(), ProxyFailure> {
        out.extend_from_slice(&[5, 1, 0]);
        let port = match &self.target {
            Target::Address(SocketAddr::V4(four)) => {
                out.push(1);
                out.extend_from_slice(&four.ip().octets());
                four.port()
            }
            Target::Address(SocketAddr::V6(six)) => {
                out.push(4);
                out.extend_from_slice(&six.ip().octets());
                six.port()
            }
            Target::Name(name, port) => {
                out.push(3);
                out.push(u8::try_from(name.len()).map_err(|_| ProxyFailure::Name)?);
                out.extend_from_slice(name.as_bytes());
                *port
            }
        };
        out.extend_from_slice(&port.to_be_bytes());
        self.step = Step::Reply;
        Ok(())
    }

    fn reply(&mut self) -> Result<bool, ProxyFailure> {
        match self.heard.as_slice() {
            [] | [5] => return Ok(false),
            [5, 0, ..] => {}
            [5, 2, ..] => return Err(ProxyFailure::NotAllowed),
            [5, 3..=6, ..] => return Err(ProxyFailure::Unreachable),
            [5, code, ..] => return Err(ProxyFailure::Refused(format!("SOCKS error {code}"))),
            _ => return Err(ProxyFailure::Rubbish),
        }
        // The address that the proxy uses follows; it means nothing to us.
        let address = match self.heard.get(2..5) {
            Some([_, 1, _]) => 4,
            Some([_, 4, _]) => 16,
            Some([_, 3, len]) => 1 + usize::from(*len),
            Some(_) => return Err(ProxyFailure::Rubbish),
            None => return Ok(false),
        };
        let len = 4 + address + 2;
        if self.heard.len() < len {
            return Ok(false);
        }
        self.heard.drain(..len);
        Ok(true)
    }

    fn header(&mut self) -> Result<bool, ProxyFailure> {
        let begins = b"HTTP/1.";
        if !self.heard.iter().zip(begins).all(|(heard, wanted)| heard == wanted) {
            return Err(ProxyFailure::Rubbish);
        }
        let Some(end) = self.heard.windows(4).position(|four| four == b"\r\n\r\n") else {
            return if self.heard.len() > MAX_HEADER { Err(ProxyFailure::Rubbish) } else { Ok(false) };
        };
        let line = self.heard.split(|byte| *byte == b'\r').next().unwrap_or_default();
        let status = line.get(9..12).and_then(|code| std::str::from_utf8(code).ok()?.parse::<u16>().ok());
        match status {
            Some(200..=299) => {}
            Some(407) if self.credentials.is_none() => return Err(ProxyFailure::WantsPassword),
            Some(407) => return Err(ProxyFailure::WrongPassword),
            Some(403 | 405) => return Err(ProxyFailure::NotAllowed),
            Some(502..=504) => return Err(ProxyFailure::Unreachable),
            Some(code) => return Err(ProxyFailure::Refused(format!("HTTP status {code}"))),
            None => return Err(ProxyFailure::Rubbish),
        }
        self.heard.drain(..end + 4);
        Ok(true)
    }
}

/// Base 64 as Basic authentication wants it (RFC 4648, padded).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let at = |index: usize| u32::from(three.get(index).copied().unwrap_or_default());
        let value = at(0) << 16 | at(1) << 8 | at(2);
        for (digit, shift) in [18, 12, 6, 0].into_iter().enumerate() {
            let index = (value >> shift) as usize & 63;
            out.push(if digit <= three.len() { char::from(DIGITS[index]) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a negotiation came to so far.
    type End = Result<Option<Vec<u8>>, ProxyFailure>;

    fn talk(proxy: &str, target: Target, answers: &[&[u8]]) -> (Vec<Vec<u8>>, End) {
        let mut negotiation = Negotiation::new(&proxy.parse().unwrap(), target);
        let mut said = vec![Vec::new()];
        negotiation.start(&mut said[0]);
        let mut last = Ok(None);
        for answer in answers {
            let mut out = Vec::new();
            last = negotiation.receive(answer, &mut out);
            said.push(out);
            if last != Ok(None) {
                break;
            }
        }
        (said, last)
    }

    fn far() -> Target {
        Target::of("192.0.2.7", 443)
    }

    #[test]
    fn socks_goes_through_with_a_password_and_a_name() {
        let target = Target::of("far.example", 21_117);
        let reply = [5, 0, 0, 1, 1, 2, 3, 4, 0, 80, b'h', b'i'];
        let (said, end) = talk("socks5://me:secret@p", target, &[&[5, 2], &[1, 0], &reply]);
        assert_eq!(said[0], [5, 2, 0, 2]);
        assert_eq!(said[1], b"\x01\x02me\x06secret");
        assert_eq!(said[2], b"\x05\x01\x00\x03\x0bfar.example\x52\x7d");
        assert_eq!(end, Ok(Some(b"hi".to_vec())));
    }

    #[test]
    fn socks_goes_through_in_single_bytes() {
        let answer = [5, 0, 5, 0, 0, 3, 2, b'a', b'b', 0, 80];
        let bytes: Vec<&[u8]> = answer.chunks(1).collect();
        let (said, end) = talk("socks5://p", far(), &bytes);
        assert_eq!(said.concat(), [&[5, 1, 0][..], &[5, 1, 0, 1, 192, 0, 2, 7, 1, 187]].concat());
        assert_eq!(end, Ok(Some(Vec::new())));
    }

    #[test]
    fn http_goes_through() {
        let answer = b"HTTP/1.1 200 Connection established\r\nX: y\r\n\r\nhello";
        let (said, end) = talk("http://Aladdin:open%20sesame@p", far(), &[answer]);
        let wanted = "CONNECT 192.0.2.7:443 HTTP/1.1\r\nHost: 192.0.2.7:443\r\n\
                      Proxy-Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n\r\n";
        assert_eq!(String::from_utf8(said[0].clone()).unwrap(), wanted);
        assert_eq!(end, Ok(Some(b"hello".to_vec())));
    }

    #[test]
    fn refusals_have_reasons() {
        let (with, without) = ("socks5://u:p@p", "socks5://p");
        for (proxy, answers, why) in [
            (without, &[&[5, 0xff][..]][..], ProxyFailure::WantsPassword),
            (without, &[&[5, 2]], ProxyFailure::WantsPassword),
            (with, &[&[5, 0xff]], ProxyFailure::NotAllowed),
            (with, &[&[5, 2], &[1, 1]], ProxyFailure::WrongPassword),
            (with, &[&[5, 0], &[5, 2]], ProxyFailure::NotAllowed),
            (with, &[&[5, 0], &[5, 5]], ProxyFailure::Unreachable),
            (with, &[&[5, 0], &[5, 1]], ProxyFailure::Refused("SOCKS error 1".into())),
            (with, &[&[5, 1]], ProxyFailure::Rubbish),
            (with, &[b"HTTP/1.1 400"], ProxyFailure::Rubbish),
            ("http://p", &[b"HTTP/1.1 407 no\r\n\r\n"], ProxyFailure::WantsPassword),
            ("http://u:p@p", &[b"HTTP/1.0 407 no\r\n\r\n"], ProxyFailure::WrongPassword),
            ("http://p", &[b"HTTP/1.1 403 no\r\n\r\n"], ProxyFailure::NotAllowed),
            ("http://p", &[b"HTTP/1.1 502 no\r\n\r\n"], ProxyFailure::Unreachable),
            ("http://p", &[b"HTTP/1.1 500 no\r\n\r\n"], ProxyFailure::Refused("HTTP status 500".into())),
            ("http://p", &[b"HTTP/1.1 2"], ProxyFailure::Rubbish),
            ("http://p", &[&[5, 0]], ProxyFailure::Rubbish),
        ] {
            let mut answers = answers.to_vec();
            if why == ProxyFailure::Rubbish && answers[0].starts_with(b"HTTP/1.1 2") {
                answers.push(&[b'x'; MAX_HEADER]);
            }
            let (_, end) = talk(proxy, far(), &answers);
            assert_eq!(end, Err(why), "{proxy} {answers:?}");
        }
    }

    #[test]
    fn rubbish_never_goes_through_and_is_never_kept() {
        let mut state = 1_u64;
        for round in 0..10_000_u32 {
            let proxy = if round % 2 == 0 { "socks5://u:p@p" } else { "http://p" };
            let mut negotiation = Negotiation::new(&proxy.parse().unwrap(), far());
            for _ in 0..4 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let bytes = state.to_be_bytes();
                match negotiation.receive(&bytes[..1 + round as usize % 8], &mut Vec::new()) {
                    Ok(None) => assert!(negotiation.heard.len() <= MAX_HEADER + 8),
                    // Four right bytes by chance do not come up with this generator.
                    Ok(Some(_)) => panic!("rubbish opened the way"),
                    Err(_) => break,
                }
            }
        }
    }

    #[test]
    fn base64_is_padded() {
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")]
        {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }
}
