//! A UDP proxy that keeps what passes.

use std::collections::BTreeMap;
use std::net::{SocketAddr, UdpSocket};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Datagrams that are kept of each direction of each client.
const KEPT: usize = 200;
/// How long a thread waits before it looks whether it is to end.
const LOOK: Duration = Duration::from_millis(50);

/// A proxy in front of one UDP port; ends when dropped.
pub(crate) struct Tap {
    address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Seen {
    clients: BTreeMap<SocketAddr, usize>,
    datagrams: Vec<Vec<u8>>,
}

impl Seen {
    fn keep(&mut self, client: SocketAddr, data: &[u8]) {
        let count = self.clients.entry(client).or_default();
        *count += 1;
        if *count <= 2 * KEPT {
            self.datagrams.push(data.to_vec());
        }
    }
}

impl Tap {
    /// A proxy on `socket`; where it leads to may be known later.
    pub(crate) fn start(socket: UdpSocket, to: SocketAddr) -> Self {
        let (seen, over) = (Arc::new(Mutex::new(Seen::default())), Arc::new(AtomicBool::new(false)));
        let address = socket.local_addr().unwrap();
        let thread = {
            let (seen, over) = (Arc::clone(&seen), Arc::clone(&over));
            thread::spawn(move || forward(&socket, to, &seen, &over))
        };
        Self { address, seen, over, thread: Some(thread) }
    }

    pub(crate) const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The addresses of its clients.
    pub(crate) fn clients(&self) -> Vec<SocketAddr> {
        self.seen.lock().unwrap().clients.keys().copied().collect()
    }

    /// What passed, both ways.
    pub(crate) fn datagrams(&self) -> Vec<Vec<u8>> {
        self.seen.lock().unwrap().datagrams.clone()
    }
}

impl Drop for Tap {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        // A panic of the thread has failed the test by what did not arrive.
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

/// Carries what clients send; each client has a socket, and a thread for what comes back.
fn forward(socket: &UdpSocket, to: SocketAddr, seen: &Mutex<Seen>, over: &AtomicBool) {
    socket.set_read_timeout(Some(LOOK)).unwrap();
    thread::scope(|scope| {
        let mut ways: BTreeMap<SocketAddr, Arc<UdpSocket>> = BTreeMap::new();
        let mut buffer = vec![0; 65_536];
        while !over.load(Ordering::Relaxed) {
            let Ok((length, client)) = socket.recv_from(&mut buffer) else { continue };
            seen.lock().unwrap().keep(client, &buffer[..length]);
            let way = ways.entry(client).or_insert_with(|| {
                let way = Arc::new(UdpSocket::bind("127.0.0.1:0").unwrap());
                way.connect(to).unwrap();
                way.set_read_timeout(Some(LOOK)).unwrap();
                let back = Arc::clone(&way);
                scope.spawn(move || {
                    let mut buffer = vec![0; 65_536];
                    while !over.load(Ordering::Relaxed) {
                        let Ok(length) = back.recv(&mut buffer) else { continue };
                        seen.lock().unwrap().keep(client, &buffer[..length]);
                        // The network may lose datagrams, and so may this.
                        let _ = socket.send_to(&buffer[..length], client);
                    }
                });
                way
            });
            let _ = way.send(&buffer[..length]);
        }
    });
}
