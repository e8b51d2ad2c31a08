//! A relay, and a side's way over it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Dial, Introduction, Message, Mistake, Party, Role, State, Told};

/// A token: a relay takes only its own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Token {
    /// For which relay.
    pub relay: usize,
    /// For which introduction.
    pub introduction: Introduction,
    /// For which side.
    pub role: Role,
    /// Its how-manieth.
    pub number: u8,
}

/// How far a side is with a relay: `RelayClient`'s states, and before them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Link {
    /// Not tried yet.
    Spare,
    /// It asks for its place.
    Opening,
    /// It has its place.
    Waiting,
    /// Packets flow.
    Paired,
    /// It is over.
    Closed,
}

impl Link {
    /// The name of the state in the code's table.
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Spare => None,
            Self::Opening => Some("Opening"),
            Self::Waiting => Some("Waiting"),
            Self::Paired => Some("Paired"),
            Self::Closed => Some("Closed"),
        }
    }

    /// Whether it may still become, or is, a way.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Opening | Self::Waiting | Self::Paired)
    }
}

/// Whether a relay takes new pairs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum RelayState {
    /// It does.
    #[default]
    Serving,
    /// It does not; those that are there are told to move.
    Draining,
}

/// A place that is taken.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Side {
    /// By whom.
    pub holder: Party,
    /// With which token.
    pub token: Token,
}

/// The two places of an introduction.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Pair {
    /// The viewer's.
    pub viewer: Option<Side>,
    /// The host's.
    pub host: Option<Side>,
}

impl Pair {
    /// Whether both are taken.
    pub const fn is_complete(&self) -> bool {
        self.viewer.is_some() && self.host.is_some()
    }

    /// Those that are taken.
    pub fn sides(&self) -> Vec<Side> {
        self.viewer.iter().chain(&self.host).copied().collect()
    }

    const fn slot(&mut self, role: Role) -> &mut Option<Side> {
        match role {
            Role::Viewer => &mut self.viewer,
            Role::Host => &mut self.host,
        }
    }
}

/// A relay.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Relay {
    /// Whether it takes new pairs.
    pub state: RelayState,
    /// Its pairs.
    pub pairs: BTreeMap<Introduction, Pair>,
    /// Tokens that had a place which is over.
    pub spent: BTreeSet<Token>,
}

impl Relay {
    /// Where a token has its place.
    pub(super) fn place(&self, token: Token) -> Option<Introduction> {
        let has = |pair: &Pair| pair.sides().iter().any(|side| side.token == token);
        self.pairs.iter().find(|(_, pair)| has(pair)).map(|(introduction, _)| *introduction)
    }
}

impl Dial {
    /// `handle_open` of the relay: a repeat is answered again, a side that lost its way comes back with a newer token.
    pub(super) fn handle_open(&self, state: &mut State, token: Token, from: Party) {
        let relay = &mut state.relays[token.relay];
        let say = |told| Message::Told(token, from, told);
        if let Some(place) = relay.place(token) {
            let told = if relay.pairs[&place].is_complete() { Told::Paired } else { Told::Waiting };
            state.network.insert(say(told));
            return;
        }
        if relay.spent.contains(&token) {
            state.network.insert(say(Told::Refused));
            return;
        }
        let mut name = token.introduction;
        if self.mistake == Some(Mistake::PairsByHost) {
            let waits = relay.pairs.iter().find(|(_, pair)| !pair.is_complete());
            name = waits.map_or(name, |(name, _)| *name);
        }
        let role = match (self.mistake, relay.pairs.get(&name)) {
            (Some(Mistake::TokensNotBoundToSide), Some(pair)) if pair.viewer.is_none() => Role::Viewer,
            (Some(Mistake::TokensNotBoundToSide), Some(_)) => Role::Host,
            _ => token.role,
        };
        let taken = relay.pairs.get_mut(&name).and_then(|pair| *pair.slot(role));
        match taken {
            Some(old) if old.token.number < token.number => close(state, token.relay, name, Some(old.token)),
            Some(_) => {
                state.network.insert(say(Told::Refused));
                return;
            }
            None => {}
        }
        let relay = &mut state.relays[token.relay];
        if !relay.pairs.contains_key(&name) && relay.state != RelayState::Serving {
            state.network.insert(say(Told::Refused));
            return;
        }
        let pair = relay.pairs.entry(name).or_default();
        *pair.slot(role) = Some(Side { holder: from, token });
        let pair = *pair;
        let told = if pair.is_complete() { Told::Paired } else { Told::Waiting };
        for side in pair.sides() {
            if side.token == token || told == Told::Paired {
                state.network.insert(Message::Told(side.token, side.holder, told));
            }
        }
    }
}

/// Ends a pair; all but the side that left are told.
pub(super) fn close(state: &mut State, relay: usize, name: Introduction, left: Option<Token>) {
    let Some(pair) = state.relays[relay].pairs.remove(&name) else { return };
    for side in pair.sides() {
        state.relays[relay].spent.insert(side.token);
        if Some(side.token) != left {
            state.network.insert(Message::Told(side.token, side.holder, Told::Closed));
        }
    }
}
