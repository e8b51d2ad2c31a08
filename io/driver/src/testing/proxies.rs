//! Two small real proxies on loopback, with passwords, and a certificate of one's own.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use super::loopback;

/// The user that the proxies know.
pub const USER: &str = "worker";
/// The user's password.
pub const PASSWORD: &str = "p@ss:word";

/// A proxy that runs until the program ends.
#[derive(Clone, Debug)]
pub struct TestProxy {
    /// Where it listens.
    pub address: SocketAddr,
    carried: Arc<AtomicU64>,
}

impl TestProxy {
    /// A SOCKS 5 proxy that wants [`USER`] and [`PASSWORD`] (RFC 1928, RFC 1929).
    pub fn socks5() -> Self {
        Self::start(socks5)
    }

    /// An HTTP proxy that wants [`USER`] and [`PASSWORD`] and knows CONNECT.
    pub fn http() -> Self {
        Self::start(http)
    }

    /// Connections that it carried.
    pub fn carried(&self) -> u64 {
        self.carried.load(Ordering::SeqCst)
    }

    fn start(shake: fn(&mut TcpStream) -> io::Result<TcpStream>) -> Self {
        let listener = TcpListener::bind(loopback()).expect("a port");
        let address = listener.local_addr().expect("a bound socket");
        let carried = Arc::new(AtomicU64::new(0));
        let count = Arc::clone(&carried);
        thread::spawn(move || {
            for near in listener.incoming().flatten() {
                let count = Arc::clone(&count);
                thread::spawn(move || {
                    let mut near = near;
                    if let Ok(far) = shake(&mut near) {
                        count.fetch_add(1, Ordering::SeqCst);
                        carry(&near, &far);
                    }
                });
            }
        });
        Self { address, carried }
    }
}

fn carry(near: &TcpStream, far: &TcpStream) {
    thread::scope(|scope| {
        scope.spawn(|| one_way(near, far));
        one_way(far, near);
    });
}

fn one_way(mut from: &TcpStream, mut to: &TcpStream) {
    // Either side may cut it; then the other is told.
    let _ = io::copy(&mut from, &mut to);
    let _ = to.shutdown(Shutdown::Write);
}

fn bytes<const N: usize>(from: &mut TcpStream) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn text(from: &mut TcpStream) -> io::Result<String> {
    let [len] = bytes(from)?;
    let mut text = vec![0; usize::from(len)];
    from.read_exact(&mut text)?;
    String::from_utf8(text).map_err(io::Error::other)
}

fn socks5(near: &mut TcpStream) -> io::Result<TcpStream> {
    let [5, methods] = bytes(near)? else { return Err(io::Error::other("not SOCKS 5")) };
    let mut offered = vec![0; usize::from(methods)];
    near.read_exact(&mut offered)?;
    if !offered.contains(&2) {
        near.write_all(&[5, 0xff])?;
        return Err(io::Error::other("no password"));
    }
    near.write_all(&[5, 2])?;
    let [1] = bytes(near)? else { return Err(io::Error::other("not RFC 1929")) };
    if (text(near)?.as_str(), text(near)?.as_str()) != (USER, PASSWORD) {
        near.write_all(&[1, 1])?;
        return Err(io::Error::other("wrong password"));
    }
    near.write_all(&[1, 0])?;
    let [5, 1, 0, kind] = bytes(near)? else { return Err(io::Error::other("not CONNECT")) };
    let host = match kind {
        1 => std::net::Ipv4Addr::from(bytes::<4>(near)?).to_string(),
        4 => std::net::Ipv6Addr::from(bytes::<16>(near)?).to_string(),
        _ => text(near)?,
    };
    let port = u16::from_be_bytes(bytes(near)?);
    match connect((host.as_str(), port)) {
        Ok(far) => near.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).map(|()| far),
        Err(error) => near.write_all(&[5, 5, 0, 1, 0, 0, 0, 0, 0, 0]).and(Err(error)),
    }
}

fn http(near: &mut TcpStream) -> io::Result<TcpStream> {
    let mut lines = Vec::new();
    // One byte at a time: what follows the header is not the proxy's.
    let mut reader = BufReader::with_capacity(1, near.try_clone()?);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        if line.trim().is_empty() {
            break;
        }
        lines.push(line.trim().to_owned());
    }
    // "worker:p@ss:word", computed elsewhere.
    if !lines.iter().any(|line| line == "Proxy-Authorization: Basic d29ya2VyOnBAc3M6d29yZA==") {
        near.write_all(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")?;
        return Err(io::Error::other("no password"));
    }
    let target = lines.first().and_then(|line| line.strip_prefix("CONNECT ")?.split(' ').next());
    match connect(target.unwrap_or_default()) {
        Ok(far) => near.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").map(|()| far),
        Err(error) => near.write_all(b"HTTP/1.1 502 Bad Gateway\r\n\r\n").and(Err(error)),
    }
}

fn connect(target: impl ToSocketAddrs) -> io::Result<TcpStream> {
    TcpStream::connect(target)
}

/// A fresh certificate for localhost and 127.0.0.1, and its key, as PEM texts.
pub fn certificate() -> (String, String) {
    let names = ["localhost", "127.0.0.1"].map(String::from).to_vec();
    let made = rcgen::generate_simple_self_signed(names).expect("names that certificates can have");
    (made.cert.pem(), made.signing_key.serialize_pem())
}
