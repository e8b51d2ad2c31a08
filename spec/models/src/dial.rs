//! From a dial to a session, and from relay to relay: two viewers dial one host through a server that restarts, over relays
//! that drain and die, while the host moves.
//!
//! The steps mirror `server/connect.rs` and `client/requests.rs` of `deskwire-rendezvous`, `server/opening.rs` of
//! `deskwire-relay`, and `connection/relaying.rs` of `deskwire-core`. States have the names they have there; the moves of the
//! relay's sides are checked against the tables in the code.
//!
//! A message under way may arrive at any time and in any order; it may be lost or arrive twice as often as the faults say.
//! Whoever waits says its word again once nothing of it is under way any more.

use std::collections::{BTreeMap, BTreeSet};

use stateright::{Model, Property};

mod relay;
mod steps;

pub use relay::{Link, Pair, Relay, RelayState, Side, Token};

/// A viewer: 0 or 1.
pub type Viewer = u8;
/// Relays at most, in the order in which both sides try them.
pub const RELAYS: usize = 2;

/// A dial: whose, and its how-manieth.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Attempt(pub Viewer, pub u8);

/// An introduction: of which dial, and its how-manieth (a server that restarted may make another).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Introduction(pub Attempt, pub u8);

/// The side of a session.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Role {
    /// Who dialled.
    Viewer,
    /// Who was dialled.
    Host,
}

/// Who is who.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Party {
    /// A viewer.
    Viewer(Viewer),
    /// The host.
    Host,
}

/// What the server knows of a dial.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum AttemptState {
    /// The host is asked.
    Asking,
    /// Both sides have their answers.
    Introduced(Introduction),
    /// The viewer has its refusal.
    Refused,
}

/// What the host knows of a dial.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum HostAttempt {
    /// The answer is said until the introduction comes.
    Answered,
    /// Introduced.
    Over,
}

/// A message.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Message {
    /// A viewer dials.
    Connect(Attempt),
    /// The server asks the host, in one of its sessions.
    Incoming(Attempt, u8),
    /// The host's answer.
    Answer(Attempt, bool),
    /// The server's word to one side.
    Introduced(Introduction, Role),
    /// The server's word to the viewer.
    Refused(Attempt),
    /// A side wants its place at a relay.
    Open(Token, Party),
    /// The relay's word to the holder of a place.
    Told(Token, Party, Told),
}

/// What a relay says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Told {
    /// The place is there, the other side is not.
    Waiting,
    /// Both are there.
    Paired,
    /// There is no place.
    Refused,
    /// The place is over.
    Closed,
}

/// A side's connection.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Connection {
    /// Of which introduction.
    pub introduction: Introduction,
    /// Its way over each relay, with how-manieth token.
    pub links: [(Link, u8); RELAYS],
}

/// A known mistake, put in to see that the checker finds what it leads to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mistake {
    /// A relay puts the holder of a token on whichever side is free.
    TokensNotBoundToSide,
    /// A relay makes pairs of whoever wants to talk to the same host.
    PairsByHost,
    /// A side does not notice that its place at a relay is gone.
    StaysOnDeadRelay,
    /// A side that lost its way does not ask for new tokens.
    NeverAsksAgain,
    /// The server sends a question to the session in which the host was when the viewer dialled, only.
    AsksOnce,
}

/// How often things go wrong.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Faults {
    /// The server restarts.
    pub restarts: u8,
    /// The host gets another session with the server.
    pub moves: u8,
    /// A relay drains.
    pub drains: u8,
    /// A relay dies, and forgets all places.
    pub deaths: u8,
    /// Messages are lost, or come twice.
    pub network: u8,
    /// Somebody loses patience early: the server with the host, or a side with a relay.
    pub impatience: u8,
}

/// The model.
#[derive(Clone, Debug)]
pub struct Dial {
    /// What is wrong with it.
    pub mistake: Option<Mistake>,
    /// What happens to it.
    pub faults: Faults,
    /// How many viewers dial.
    pub viewers: u8,
    /// How many relays there are.
    pub relays: usize,
}

/// One state of everything.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct State {
    /// The host's session with the server.
    pub host_session: u8,
    /// In which session the server sees the host, if it does.
    pub presence: Option<u8>,
    /// What the server knows of dials.
    pub attempts: BTreeMap<Attempt, AttemptState>,
    /// How many introductions were made of a dial; chance makes them different, not memory.
    pub introductions: BTreeMap<Attempt, u8>,
    /// What the host knows of dials.
    pub host_attempts: BTreeMap<Attempt, HostAttempt>,
    /// The viewers' dials.
    pub dials: Vec<u8>,
    /// The viewers' connections.
    pub viewers: Vec<Option<Connection>>,
    /// The host's connections with the viewers.
    pub host: Vec<Option<Connection>>,
    /// The relays.
    pub relays: [Relay; RELAYS],
    /// What is under way.
    pub network: BTreeSet<Message>,
    /// What may still go wrong.
    pub faults: Faults,
}

/// What may happen next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Action {
    /// A message arrives.
    Deliver(Message),
    /// A message arrives, and will arrive again.
    DeliverTwice(Message),
    /// A message is lost.
    Lose(Message),
    /// The host registers, in its session.
    Register,
    /// The host gets another session.
    Move,
    /// The server restarts.
    Restart,
    /// A viewer says its dial (again).
    Say(Viewer),
    /// The server asks the host (again).
    Ask(Attempt),
    /// The host answers (again).
    Answer(Attempt),
    /// The server refuses a dial, for the host did not answer in time.
    Refuse(Attempt),
    /// A viewer gives its dial up and dials anew.
    Redial(Viewer),
    /// A side asks a relay for its place (again).
    Open(Party, Viewer, usize),
    /// A side notices that a relay does not know its place.
    Notice(Party, Viewer, usize),
    /// A side gives up a relay that does not bring the other side.
    GiveUp(Party, Viewer, usize),
    /// A side leaves a relay that drains, for it has another.
    Leave(Party, Viewer, usize),
    /// A side gets new tokens from the server, for relays that it has no way over.
    AskTokens(Party, Viewer),
    /// A relay drains.
    Drain(usize),
    /// A relay dies and comes back empty.
    Die(usize),
}

impl State {
    /// A party's connection with or of a viewer.
    pub fn connection(&self, party: Party, viewer: Viewer) -> Option<&Connection> {
        match party {
            Party::Viewer(_) => self.viewers[usize::from(viewer)].as_ref(),
            Party::Host => self.host[usize::from(viewer)].as_ref(),
        }
    }

    /// Whether a viewer and the host talk, over a relay that will not go away.
    pub fn has_session(&self, viewer: Viewer) -> bool {
        let (Some(own), Some(host)) = (&self.viewers[usize::from(viewer)], &self.host[usize::from(viewer)])
        else {
            return false;
        };
        own.introduction == host.introduction
            && (0..RELAYS).any(|relay| {
                let at = &self.relays[relay];
                at.state == RelayState::Serving
                    && own.links[relay].0 == Link::Paired
                    && host.links[relay].0 == Link::Paired
                    && at.pairs.get(&own.introduction).is_some_and(Pair::is_complete)
            })
    }

    /// Whether all viewers have their sessions.
    pub fn all_have_sessions(&self) -> bool {
        (0..self.viewers.len())
            .all(|viewer| u8::try_from(viewer).is_ok_and(|viewer| self.has_session(viewer)))
    }

    /// Whether all pairs at all relays are of a viewer and the host that it dialled, for the same dial.
    pub fn pairs_are_right(&self) -> bool {
        self.relays.iter().flat_map(|relay| &relay.pairs).all(|(introduction, pair)| {
            let viewer = Party::Viewer(introduction.0.0);
            let right = |side: &Option<Side>, party: Party, role: Role| {
                side.is_none_or(|side| {
                    side.holder == party
                        && side.token.introduction == *introduction
                        && side.token.role == role
                })
            };
            right(&pair.viewer, viewer, Role::Viewer) && right(&pair.host, Party::Host, Role::Host)
        })
    }
}

impl Model for Dial {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        let viewers = usize::from(self.viewers);
        vec![State {
            host_session: 1,
            presence: Some(1),
            attempts: BTreeMap::new(),
            introductions: BTreeMap::new(),
            host_attempts: BTreeMap::new(),
            dials: vec![0; viewers],
            viewers: vec![None; viewers],
            host: vec![None; viewers],
            relays: [Relay::default(), Relay::default()],
            network: BTreeSet::new(),
            faults: self.faults,
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        self.network_actions(state, actions);
        self.server_actions(state, actions);
        for viewer in 0..self.viewers {
            self.side_actions(state, Party::Viewer(viewer), viewer, actions);
            self.side_actions(state, Party::Host, viewer, actions);
        }
        self.relay_actions(state, actions);
    }

    fn next_state(&self, last: &State, action: Action) -> Option<State> {
        let mut state = last.clone();
        self.step(&mut state, action);
        (state != *last).then_some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("no session with the wrong peer", |_, state: &State| state.pairs_are_right()),
            Property::always("a token has one place", |_, state: &State| {
                let sides = state.relays.iter().flat_map(|relay| relay.pairs.values()).flat_map(Pair::sides);
                let mut seen = BTreeSet::new();
                sides.into_iter().all(|side| seen.insert(side.token))
            }),
            Property::sometimes("all have sessions", |_, state: &State| state.all_have_sessions()),
            Property::sometimes("a session is on the last relay alone", |model: &Self, state: &State| {
                let last = model.relays - 1;
                state.all_have_sessions() && state.relays[..last].iter().all(|relay| relay.pairs.is_empty())
            }),
        ]
    }
}
