//! Where a server is: its name looked up, once and again, and the ports beside its main one.

use std::collections::VecDeque;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs as _};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::net::NetError;

/// Most addresses of a server that are tried.
const ADDRESSES: usize = 4;
/// The first pause after a look-up that failed; it doubles up to [`PAUSE_MOST`].
const PAUSE: Duration = Duration::from_secs(1);
const PAUSE_MOST: Duration = Duration::from_secs(30);

/// The addresses of a server, the one to try first at the front: IPv4 and IPv6 in turn, beginning with IPv4, which is what
/// servers listen on most. Never empty.
///
/// # Errors
/// When there is none.
pub fn resolve(host: &str, port: u16) -> Result<Vec<SocketAddr>, NetError> {
    let failed = |why: String| NetError::Resolve(host.into(), why);
    let found = (host, port).to_socket_addrs().map_err(|error| failed(error.to_string()))?;
    let found = in_turn(found.collect());
    if found.is_empty() { Err(failed("it has no address".into())) } else { Ok(found) }
}

fn in_turn(found: Vec<SocketAddr>) -> Vec<SocketAddr> {
    let (mut v4, mut v6): (VecDeque<_>, VecDeque<_>) = found.into_iter().partition(SocketAddr::is_ipv4);
    let mut turns = Vec::new();
    while turns.len() < ADDRESSES && !(v4.is_empty() && v6.is_empty()) {
        turns.extend(v4.pop_front());
        turns.extend(v6.pop_front());
    }
    turns.dedup();
    turns.truncate(ADDRESSES);
    turns
}

/// The second reflector port is the one below the main port.
pub fn reflector(main: SocketAddr) -> Option<SocketAddr> {
    let port = main.port().checked_sub(1).filter(|port| *port != 0)?;
    Some(SocketAddr::new(main.ip(), port))
}

/// Looks a server's name up again when it is asked to, on a thread of its own, because the system's call blocks. What
/// fails is tried again until it succeeds: a network that has just come has an address before it has a name server.
pub(crate) struct LookUp {
    asks: SyncSender<()>,
    trouble: Trouble,
}

/// Why the name had no address when it was looked up last; `None` if it had one.
pub(crate) type Trouble = Arc<Mutex<Option<String>>>;

impl LookUp {
    /// `tell` gets the addresses of each look-up that succeeds. An address that is not a name is never looked up.
    pub(crate) fn start(
        host: &str,
        port: u16,
        tell: impl Fn(Vec<SocketAddr>) + Send + 'static,
    ) -> std::io::Result<Self> {
        // One question that waits is as good as many.
        let (asks, asked) = sync_channel(1);
        let trouble = Trouble::default();
        if host.parse::<IpAddr>().is_err() {
            let (host, trouble) = (host.to_owned(), Arc::clone(&trouble));
            // Nobody waits for its end: the system may take its time with the last question.
            thread::Builder::new().name("names".into()).spawn(move || {
                answer(&asked, || match resolve(&host, port) {
                    Ok(found) => {
                        set(&trouble, None);
                        tell(found);
                        true
                    }
                    Err(error) => {
                        set(&trouble, Some(error.to_string()));
                        false
                    }
                });
            })?;
        }
        Ok(Self { asks, trouble })
    }

    /// Has the name looked up soon.
    pub(crate) fn ask(&self) {
        // If one waits already, or there is no name, there is nothing to do.
        let _ = self.asks.try_send(());
    }

    /// What went wrong last.
    pub(crate) fn trouble(&self) -> Trouble {
        Arc::clone(&self.trouble)
    }
}

pub(crate) fn set(trouble: &Trouble, why: Option<String>) {
    *trouble.lock().unwrap_or_else(PoisonError::into_inner) = why;
}

/// Looks up for each question, and after a failure at growing intervals too, until nobody can ask any more.
fn answer(asked: &Receiver<()>, mut look_up: impl FnMut() -> bool) {
    let mut pause = None;
    loop {
        let waited = match pause {
            None => asked.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(pause) => asked.recv_timeout(pause),
        };
        let next = match (waited, pause) {
            (Err(RecvTimeoutError::Disconnected), _) => return,
            (Err(RecvTimeoutError::Timeout), Some(pause)) => (pause * 2).min(PAUSE_MOST),
            // What is asked for may have a reason: the pauses begin anew.
            _ => PAUSE,
        };
        pause = (!look_up()).then_some(next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_versions_of_a_name_have_their_turn() {
        let all = |text: &str| -> Vec<SocketAddr> {
            text.split(' ').filter(|part| !part.is_empty()).map(|part| part.parse().unwrap()).collect()
        };
        let found = all("[2001:db8::1]:9 [2001:db8::2]:9 192.0.2.1:9 192.0.2.2:9 192.0.2.3:9");
        assert_eq!(in_turn(found), all("192.0.2.1:9 [2001:db8::1]:9 192.0.2.2:9 [2001:db8::2]:9"));
        assert_eq!(in_turn(all("[2001:db8::1]:9")), all("[2001:db8::1]:9"));
        assert_eq!(in_turn(Vec::new()), []);
    }

    #[test]
    fn what_fails_is_looked_up_until_it_succeeds_and_then_when_somebody_asks() {
        let (ask, asked) = sync_channel(1);
        let (tell, told) = std::sync::mpsc::channel();
        thread::spawn(move || {
            let mut count = 0;
            answer(&asked, || {
                count += 1;
                tell.send(count).unwrap();
                count != 1
            });
        });
        let longest = Duration::from_secs(30);
        ask.send(()).unwrap();
        // The second comes by itself, the third when it is asked for.
        assert_eq!((told.recv_timeout(longest), told.recv_timeout(longest)), (Ok(1), Ok(2)));
        ask.send(()).unwrap();
        assert_eq!(told.recv_timeout(longest), Ok(3));
        drop(ask);
        assert!(told.recv_timeout(longest).is_err(), "the thread ends");
    }
}
