//! Bad clients that speak with the server as they should, and more than they should.

use std::cell::RefCell;
use std::collections::HashMap;
use std::net::{SocketAddr, UdpSocket};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use deskwire_driver::Clock;
use deskwire_identity::IdentityKey;
use deskwire_machine::{Ecn, Input, Instant, LinkId, LinkIds, Machine as _, Output, Seed};
use deskwire_rendezvous::Client;
use deskwire_rendezvous::client::{
    ClientConfig, ClientEvent, DialRequest, Introduction, ServerAddress, Trust,
};
use deskwire_wire::ids::DeviceId;
use deskwire_wire::relay::{Open, RelayMsg};
use smol::future::FutureExt as _;
use smol::{Async, LocalExecutor, Timer};

use super::attack::{Done, Ground, Kind};
use super::floods::{Dice, relay_control};
use crate::error::Failure;

/// The largest UDP payload on an Ethernet.
const MAX_DATAGRAM: usize = 1_472;
/// How often it is looked whether all is over.
const LOOK: Duration = Duration::from_millis(50);
/// Tokens that are enough to be shown again and again.
const SPENT: usize = 256;

/// Runs them until told otherwise.
pub(super) fn run(kind: Kind, ground: &Ground, over: &AtomicBool) -> Result<Done, Failure> {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let crowd = Rc::new(Crowd {
        kind,
        ground: ground.clone(),
        clock: Clock::new(),
        unix_time: since.as_secs(),
        shared: RefCell::new(Shared {
            dice: Dice(0x5851_f42d_4c95_7f2d),
            ids: HashMap::new(),
            spent: Vec::new(),
            done: Done::default(),
            made: 0,
        }),
    });
    let executor = LocalExecutor::new();
    for number in 0..ground.bad {
        executor.spawn(live(Rc::clone(&crowd), number)).detach();
    }
    let until_over = async {
        while !over.load(Ordering::Relaxed) {
            Timer::after(LOOK).await;
        }
    };
    smol::block_on(executor.run(until_over));
    let done = crowd.shared.borrow().done;
    Ok(done)
}

/// All bad clients of a kind.
struct Crowd {
    kind: Kind,
    ground: Ground,
    clock: Clock,
    unix_time: u64,
    shared: RefCell<Shared>,
}

/// What they share.
struct Shared {
    dice: Dice,
    /// Of those that registered.
    ids: HashMap<usize, DeviceId>,
    /// Requests for places whose tokens were used, and for which relay.
    spent: Vec<(SocketAddr, Vec<u8>)>,
    done: Done,
    made: u64,
}

/// One device after another at a bad client's address.
async fn live(crowd: Rc<Crowd>, number: usize) {
    let each = Duration::from_secs_f64(1.0 / crowd.ground.rate.max(0.001));
    Timer::after(each.mul_f64(number as f64 / crowd.ground.bad.max(1) as f64)).await;
    loop {
        if let Some(mut member) = Member::new(&crowd, number) {
            member.run(&crowd, each).await;
        }
        Timer::after(each).await;
    }
}

struct Member {
    number: usize,
    client: Client,
    link: LinkId,
    socket: Async<UdpSocket>,
    /// Another one takes its place.
    over: bool,
}

impl Member {
    fn new(crowd: &Crowd, number: usize) -> Option<Self> {
        let socket = Async::<UdpSocket>::bind((crowd.ground.sources.of(number), 0)).ok()?;
        let local = socket.get_ref().local_addr().ok()?;
        let mut bytes = [0xcd; 32];
        {
            let shared = &mut *crowd.shared.borrow_mut();
            shared.made += 1;
            bytes[..8].copy_from_slice(&shared.made.to_be_bytes());
        }
        bytes[8..12].copy_from_slice(&std::process::id().to_be_bytes());
        bytes[12] = crowd.kind as u8;
        let identity = IdentityKey::from_bytes(&bytes);
        let address = ServerAddress { main: crowd.ground.rendezvous, reflector: None };
        let now = crowd.clock.now();
        let unix_time = crowd.unix_time + now.as_micros() / 1_000_000;
        let config =
            ClientConfig::new(Seed::new(bytes), identity, address, Trust::Key(crowd.ground.key), unix_time);
        let link = LinkIds::allocate(&config.ids);
        let mut client = Client::new(now, config);
        client.handle_input(now, Input::Opened { link, local, max_datagram: MAX_DATAGRAM });
        Some(Self { number, client, link, socket, over: false })
    }

    /// Whether it waits to be dialled.
    const fn is_dialled(&self, kind: Kind) -> bool {
        matches!(kind, Kind::LonelyPlaces | Kind::Replays) && self.number.is_multiple_of(2)
    }

    async fn run(&mut self, crowd: &Crowd, each: Duration) {
        let mut next = crowd.clock.now();
        if crowd.kind == Kind::Registrations || self.is_dialled(crowd.kind) {
            self.client.register(next);
        }
        let mut buf = [0; 2_048];
        loop {
            self.settle(crowd);
            if self.over {
                return;
            }
            let now = crowd.clock.now();
            if next <= now {
                // Who is late does not do it all at once.
                next = (next + each).max(now);
                self.act(crowd, now);
                continue;
            }
            let due = self.client.poll_timeout().map_or(next, |due| due.at.min(next));
            let heard = async { self.socket.recv_from(&mut buf).await.ok() };
            let late = async {
                Timer::after(due.saturating_duration_since(now)).await;
                None
            };
            let heard = heard.or(late).await;
            let now = crowd.clock.now();
            match heard {
                Some((len, from)) => {
                    let data = buf.get_mut(..len).unwrap_or_default();
                    let input = Input::Datagram { link: self.link, from, ecn: Ecn::NotEct, data };
                    self.client.handle_input(now, input);
                }
                None => self.client.handle_timeout(now),
            }
        }
    }

    /// What it does again and again.
    fn act(&mut self, crowd: &Crowd, now: Instant) {
        let shared = &mut *crowd.shared.borrow_mut();
        let drawn = shared.dice.next();
        let target = match crowd.kind {
            Kind::Lookups => Some(DeviceId::from_number(1 + drawn % (DeviceId::COUNT - 1))),
            Kind::DialsOfHosts => {
                crowd.ground.ids.get(drawn as usize % crowd.ground.ids.len().max(1)).copied()
            }
            Kind::LonelyPlaces if !self.is_dialled(crowd.kind) => shared.ids.get(&(self.number - 1)).copied(),
            Kind::Replays if !self.is_dialled(crowd.kind) => {
                let at = drawn as usize % shared.spent.len().max(1);
                if let Some((relay, open)) = shared.spent.get(at) {
                    shared.done.acts += u64::from(send(crowd, self.number, open, *relay));
                }
                shared.ids.get(&(self.number - 1)).copied().filter(|_| shared.spent.len() < SPENT)
            }
            _ => None,
        };
        if let Some(target) = target {
            // Those that are under way are enough for a while, if there are so many.
            shared.done.acts += u64::from(self.client.connect(now, DialRequest::new(target)).is_ok());
        }
    }

    /// Sends what is to be sent, and reacts to what the server says.
    fn settle(&mut self, crowd: &Crowd) {
        let mut buf = Vec::new();
        loop {
            let now = crowd.clock.now();
            while let Some(output) = self.client.poll_output(now, &mut buf) {
                if let Output::Datagram { to, .. } = output {
                    // What has no room is lost, as on any network.
                    let _ = self.socket.get_ref().send_to(&buf, to);
                }
                buf.clear();
            }
            let Some(event) = self.client.poll_event() else { return };
            let shared = &mut *crowd.shared.borrow_mut();
            match event {
                ClientEvent::PersistEpoch(epoch) => self.client.epoch_persisted(now, epoch),
                ClientEvent::Registered { id, .. } => {
                    shared.done.answers += 1;
                    shared.ids.insert(self.number, id);
                    if crowd.kind == Kind::Registrations {
                        shared.done.acts += 1;
                        self.over = true;
                    }
                }
                ClientEvent::RegistrationRefused(_) => self.over = true,
                ClientEvent::Incoming { attempt, .. } => self.client.answer(now, attempt, true, Vec::new()),
                ClientEvent::Introduced { introduction, .. } => {
                    shared.done.answers += 1;
                    if matches!(crowd.kind, Kind::LonelyPlaces | Kind::Replays) {
                        take_place(crowd, shared, self.number, introduction);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Takes the place at the first relay, and is heard of no more.
fn take_place(crowd: &Crowd, shared: &mut Shared, number: usize, introduction: Introduction) {
    let Some(relay) = introduction.relays.into_iter().next() else { return };
    let Some(address) = relay.addresses.first().copied() else { return };
    let nonce = shared.dice.next();
    let open = RelayMsg::Open(Open { token: relay.token, nonce, resume: None, padding: 128 });
    let Some(bytes) = relay_control(&open) else { return };
    shared.done.acts += u64::from(send(crowd, number, &bytes, address));
    if crowd.kind == Kind::Replays && shared.spent.len() < SPENT {
        shared.spent.push((address, bytes));
    }
}

/// Sends from a fresh port.
fn send(crowd: &Crowd, number: usize, bytes: &[u8], to: SocketAddr) -> bool {
    let socket = UdpSocket::bind((crowd.ground.sources.of(number), 0));
    socket.and_then(|socket| socket.send_to(bytes, to)).is_ok()
}
