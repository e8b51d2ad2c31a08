//! Who owns an id, and who is online under it: the registration of `deskwire-rendezvous`, with a server that restarts, a
//! store that is slow or full, a network that loses, repeats and reorders, and devices that move.
//!
//! Three keys take part. [`OLD`] and [`OTHER`] are two devices without an id; the server draws ids from a very small
//! range, so they collide. Once `OLD` has an id it may be rotated to the key [`NEW`], as on a new machine; the old machine
//! goes on trying with what it has.
//!
//! The actions mirror `server/register.rs` and `client/registration.rs`; sealed sessions, cookies and signatures are
//! taken for granted, so a message is always from whom it says.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use stateright::{Model, Property};

mod device;
mod message;
mod server;

pub use device::{Device, Phase};
pub use message::{Certificate, Handle, Id, Key, Message, Reason};
pub use server::{Answer, Pending, Request, Result, Row, Server, Session, Store};

/// The first device.
pub const OLD: Key = 0;
/// A second device that wants an id at the same time.
pub const OTHER: Key = 1;
/// The key that the first device's id is rotated to.
pub const NEW: Key = 2;
const KEYS: [Key; 3] = [OLD, OTHER, NEW];

/// Messages under way; more are lost.
const IN_FLIGHT: usize = 3;

/// A known mistake, put in to see that the checker finds what it leads to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mistake {
    /// The answer to a claim does not wait for the store.
    AnswersBeforeDurable,
    /// A statement is taken whatever its epoch.
    EpochNotChecked,
    /// The epoch is looked at when a statement comes, but not again when the store has answered.
    EpochNotCheckedAgain,
    /// Certificates of the old key end only with the answer to the transfer itself, which may come too late.
    OnlyTransferRevokes,
    /// A certificate that stands in for a silent store is not checked again against revocations.
    FallbackNotChecked,
    /// The store does not tell revocations at the next start.
    RevocationsForgotten,
}

/// How often things go wrong.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Faults {
    /// The server restarts.
    pub restarts: u8,
    /// A device appears at another address, or restarts.
    pub moves: u8,
    /// The store answers too late, or says at once that it cannot.
    pub store: u8,
    /// Messages are lost, or come twice.
    pub network: u8,
}

/// The model.
#[derive(Clone, Debug)]
pub struct Registration {
    /// What is wrong with it.
    pub mistake: Option<Mistake>,
    /// What happens to it.
    pub faults: Faults,
    /// Who takes part.
    pub cast: Cast,
}

/// Who takes part.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cast {
    /// One device.
    One,
    /// Two devices, whose ids may collide.
    Two,
    /// A device whose key is rotated once it has an id.
    Rotated,
}

/// One state of everything.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct State {
    /// What the server has in memory.
    pub server: Server,
    /// What is on disk, and on its way there.
    pub store: Store,
    /// The devices by key.
    pub devices: [Device; 3],
    /// Messages under way; any of them may be the next that arrives.
    pub network: BTreeSet<Message>,
    /// What may still go wrong.
    pub faults: Faults,
    /// All certificates that were ever signed.
    pub issued: BTreeSet<Certificate>,
    /// The highest epoch that was accepted of a key since it came online.
    pub accepted: BTreeMap<Key, u8>,
    /// The highest generation that an owner was told of, by id.
    pub told: BTreeMap<Id, u8>,
}

/// What may happen next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Action {
    /// A message arrives. For statements: the id that the server draws if it has to, and whether the certificate is past
    /// half its life.
    Deliver(Message, Id, bool),
    /// A message arrives twice: it stays under way, and the next is another one.
    DeliverTwice(Message, Id, bool),
    /// A message is lost.
    Lose(Message),
    /// A device says hello and has a session.
    Greet(Key),
    /// A device makes a statement.
    State(Key),
    /// A device repeats its statement.
    Repeat(Key),
    /// A device sends a beat in a session that the server does not know (any more).
    BeatIntoNothing(Key),
    /// A device appears at another address.
    Move(Key),
    /// The server gives up a session that no device uses any more.
    Expire(Handle),
    /// The store carries out its oldest request.
    Commit,
    /// The store's oldest answer arrives; with the id that the server draws if it has to.
    Tell(Id),
    /// The store says at once that it cannot carry out its newest request.
    Full,
    /// The server gives up waiting for the store.
    TimeOut(u8),
    /// The server restarts.
    Restart,
    /// The old device's key is rotated.
    Rotate,
}

impl State {
    fn send(&mut self, message: Message) {
        if self.network.len() < IN_FLIGHT {
            self.network.insert(message);
        }
    }

    /// Whether a device is registered, and the server sees it so.
    pub fn is_online(&self, key: Key) -> bool {
        let device = &self.devices[usize::from(key)];
        device.phase == Phase::Done
            && device.certificate.is_some_and(|own| {
                self.server.presence.get(&own.id).is_some_and(|present| {
                    present.key == key && Some(present.session) == device.session.map(|n| Handle(key, n))
                })
            })
    }

    /// Whether everybody is online who should be: the old device only if its id was not rotated away from it.
    pub fn all_online(&self) -> bool {
        let [_, other, new] = self.devices.map(|device| device.exists);
        self.is_online(if new { NEW } else { OLD }) && (!other || self.is_online(OTHER))
    }
}

impl Model for Registration {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        vec![State {
            server: Server::default(),
            store: Store::default(),
            devices: [
                Device::new(),
                Device { exists: self.cast == Cast::Two, ..Device::new() },
                Device { exists: false, ..Device::new() },
            ],
            network: BTreeSet::new(),
            faults: self.faults,
            issued: BTreeSet::new(),
            accepted: BTreeMap::new(),
            told: BTreeMap::new(),
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        for message in &state.network {
            let ways = match message {
                Message::Register { id: None, .. } => self.draws().map(|id| (id, false)).collect(),
                Message::Register { certificate: Some(_), .. } => vec![(0, false), (0, true)],
                _ => vec![(0, false)],
            };
            for (draw, old) in ways {
                actions.push(Action::Deliver(*message, draw, old));
                if state.faults.network > 0 {
                    actions.push(Action::DeliverTwice(*message, draw, old));
                }
            }
            if state.faults.network > 0 {
                actions.push(Action::Lose(*message));
            }
        }
        for key in KEYS {
            let device = &state.devices[usize::from(key)];
            if device.exists {
                device.actions(key, state, actions);
            }
        }
        let used = |handle: &Handle| state.devices[usize::from(handle.0)].session == Some(handle.1);
        actions.extend(state.server.sessions.keys().filter(|h| !used(h)).map(|h| Action::Expire(*h)));
        if !state.store.requests.is_empty() {
            actions.push(Action::Commit);
        }
        match state.store.answers.front() {
            Some(Answer { result: Result::Taken, .. }) => actions.extend(self.draws().map(Action::Tell)),
            Some(_) => actions.push(Action::Tell(0)),
            None => {}
        }
        if state.faults.store > 0 {
            if !state.store.requests.is_empty() {
                actions.push(Action::Full);
            }
            actions.extend(state.server.pending.keys().map(|ticket| Action::TimeOut(*ticket)));
        }
        if state.faults.restarts > 0 {
            actions.push(Action::Restart);
        }
        let old = &state.devices[usize::from(OLD)];
        if self.cast == Cast::Rotated && !state.devices[usize::from(NEW)].exists && old.phase == Phase::Done {
            actions.push(Action::Rotate);
        }
    }

    fn next_state(&self, last: &State, action: Action) -> Option<State> {
        let mut state = last.clone();
        match action {
            Action::Deliver(message, draw, old) => {
                state.network.remove(&message);
                self.deliver(&mut state, message, draw, old);
            }
            Action::DeliverTwice(message, draw, old) => {
                state.faults.network -= 1;
                self.deliver(&mut state, message, draw, old);
            }
            Action::Lose(message) => {
                state.faults.network -= 1;
                state.network.remove(&message);
            }
            Action::Greet(key) => state.greet(key),
            Action::State(key) => state.state_registration(key),
            Action::Repeat(key) => state.repeat(key),
            Action::BeatIntoNothing(key) => state.devices[usize::from(key)].restart_session(),
            Action::Move(key) => {
                state.devices[usize::from(key)].restart_session();
                state.faults.moves -= 1;
            }
            Action::Expire(handle) => {
                state.server.close(handle);
                // Who is not online has no newest statement.
                let online: BTreeSet<Key> =
                    state.server.presence.values().map(|present| present.key).collect();
                state.accepted.retain(|key, _| online.contains(key));
            }
            Action::Commit => state.store.commit(),
            Action::Tell(draw) => {
                let answer = state.store.answers.pop_front()?;
                self.finish_store(&mut state, answer.ticket, answer.result, draw);
            }
            Action::Full => {
                let (ticket, _) = state.store.requests.pop_back()?;
                state.faults.store -= 1;
                self.finish_store(&mut state, ticket, Result::Unavailable, 0);
            }
            Action::TimeOut(ticket) => {
                state.faults.store -= 1;
                self.finish_store(&mut state, ticket, Result::Unavailable, 0);
            }
            Action::Restart => {
                state.faults.restarts -= 1;
                self.restart(&mut state);
            }
            Action::Rotate => {
                let id = state.devices[usize::from(OLD)].id;
                state.devices[usize::from(NEW)] = Device { id, rotation: true, ..Device::new() };
            }
        }
        (state != *last).then_some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("an id has one owner", |_, state: &State| {
                let mut owners = BTreeMap::new();
                state.issued.iter().all(|c| *owners.entry((c.id, c.generation)).or_insert(c.key) == c.key)
            }),
            Property::always("a key has one id", |_, state: &State| {
                let mut ids = BTreeMap::new();
                state.issued.iter().all(|c| *ids.entry(c.key).or_insert(c.id) == c.id)
            }),
            Property::always("what was promised is on disk", |_, state: &State| {
                state
                    .issued
                    .iter()
                    .all(|c| state.store.rows.get(&c.id).is_some_and(|row| row.generation >= c.generation))
            }),
            Property::always("a former key stays out", |_, state: &State| {
                state.told.iter().all(|(id, told)| {
                    state
                        .server
                        .presence
                        .get(id)
                        .is_none_or(|present| present.certificate.generation >= *told)
                })
            }),
            Property::always("the newest statement counts", |_, state: &State| {
                state.server.presence.values().all(|present| {
                    state.accepted.get(&present.key).is_none_or(|accepted| present.epoch >= *accepted)
                })
            }),
            Property::sometimes("all are online", |_, state: &State| state.all_online()),
            Property::sometimes("the unlikely happens", |model: &Self, state: &State| match model.cast {
                Cast::One => state.devices[0].sessions > 1,
                Cast::Two => state.store.answers.iter().any(|answer| answer.result == Result::Taken),
                Cast::Rotated => state.told.values().any(|generation| *generation > 0),
            }),
        ]
    }
}

impl Registration {
    /// The ids that the server may draw: as many as there are devices that want one.
    fn draws(&self) -> std::ops::Range<Id> {
        if self.cast == Cast::Two { 0..2 } else { 0..1 }
    }

    fn deliver(&self, state: &mut State, message: Message, draw: Id, old: bool) {
        match message {
            Message::Register { session, id, certificate, epoch, rotation } => {
                let pending =
                    Pending { session, id, certificate, epoch, rotation, proposed: None, fallback: None };
                self.handle_register(state, pending, draw, old);
            }
            Message::Registered { session, epoch, certificate } => {
                if state.devices[usize::from(session.0)].handle_registered(session, epoch, certificate) {
                    let told = state.told.entry(certificate.id).or_insert(0);
                    *told = certificate.generation.max(*told);
                }
            }
            Message::Refused { session, epoch, reason } => {
                state.devices[usize::from(session.0)].handle_refused(session, epoch, reason);
            }
            Message::Stale(session) => {
                let device = &mut state.devices[usize::from(session.0)];
                if device.session == Some(session.1) {
                    device.restart_session();
                }
            }
        }
    }
}

/// Requests in the order in which they were made, and answers in the order in which they were given.
pub type Queue<T> = VecDeque<T>;
