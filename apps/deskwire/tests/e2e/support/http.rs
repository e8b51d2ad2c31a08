//! The server's admin pages.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use deskwire_kit::stack::ServerProcess;

use super::PATIENCE;

/// The body of an admin page.
pub(crate) fn get(server: &ServerProcess, path: &str) -> String {
    let mut stream = TcpStream::connect(server.address("admin").unwrap()).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    body.into()
}

/// A figure of `/metrics`.
pub(crate) fn counter(server: &ServerProcess, name: &str) -> u64 {
    let text = get(server, "/metrics");
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("no {name} in {text}")).parse().unwrap()
}
