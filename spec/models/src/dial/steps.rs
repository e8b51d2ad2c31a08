//! What server, host and viewers do.

use super::{
    Action, Attempt, AttemptState, Connection, Dial, HostAttempt, Introduction, Link, Message, Mistake,
    Party, RELAYS, RelayState, Role, State, Token, Told, Viewer, relay,
};

impl Message {
    const fn is_of(&self, attempt: Attempt) -> bool {
        let Attempt(viewer, number) = match self {
            Self::Connect(a) | Self::Incoming(a, _) | Self::Answer(a, _) | Self::Refused(a) => *a,
            Self::Introduced(introduction, _) => introduction.0,
            Self::Open(token, _) | Self::Told(token, ..) => token.introduction.0,
        };
        viewer == attempt.0 && number == attempt.1
    }
}

impl State {
    fn connection_mut(&mut self, party: Party, viewer: Viewer) -> Option<&mut Connection> {
        match party {
            Party::Viewer(_) => self.viewers[usize::from(viewer)].as_mut(),
            Party::Host => self.host[usize::from(viewer)].as_mut(),
        }
    }

    fn attempt(&self, viewer: Viewer) -> Attempt {
        Attempt(viewer, self.dials[usize::from(viewer)])
    }

    fn token(&self, party: Party, viewer: Viewer, relay: usize) -> Option<Token> {
        let role = if party == Party::Host { Role::Host } else { Role::Viewer };
        self.connection(party, viewer).map(|connection| Token {
            relay,
            introduction: connection.introduction,
            role,
            number: connection.links[relay].1,
        })
    }

    /// Whether words of the dial itself are under way (not those with relays).
    fn is_dialling(&self, attempt: Attempt) -> bool {
        let of_relays = |message: &Message| matches!(message, Message::Open(..) | Message::Told(..));
        self.network.iter().any(|message| message.is_of(attempt) && !of_relays(message))
    }

    fn is_opening(&self, token: Token) -> bool {
        self.network.iter().any(|message| match message {
            Message::Open(other, _) | Message::Told(other, ..) => *other == token,
            _ => false,
        })
    }

    fn is_hopeless(&self, viewer: Viewer) -> bool {
        let Some(own) = self.viewers[usize::from(viewer)] else { return false };
        let attempt = self.attempt(viewer);
        let host_will_know = self.host_attempts.get(&attempt) == Some(&HostAttempt::Answered)
            && self.attempts.get(&attempt) == Some(&AttemptState::Introduced(own.introduction))
            || self.is_dialling(attempt);
        let host_knows =
            self.host[usize::from(viewer)].is_some_and(|host| host.introduction == own.introduction);
        !host_knows && !host_will_know
    }
}

impl Dial {
    pub(super) fn network_actions(&self, state: &State, actions: &mut Vec<Action>) {
        for message in &state.network {
            actions.push(Action::Deliver(*message));
            if state.faults.network > 0 {
                actions.extend([Action::DeliverTwice(*message), Action::Lose(*message)]);
            }
        }
    }

    pub(super) fn server_actions(&self, state: &State, actions: &mut Vec<Action>) {
        if state.presence != Some(state.host_session) {
            actions.push(Action::Register);
        }
        if state.faults.moves > 0 {
            actions.push(Action::Move);
        }
        if state.faults.restarts > 0 {
            actions.push(Action::Restart);
        }
        for (attempt, known) in &state.attempts {
            if *known == AttemptState::Asking {
                if !state.is_dialling(*attempt) && state.presence.is_some() {
                    actions.push(Action::Ask(*attempt));
                }
                if state.faults.impatience > 0 {
                    actions.push(Action::Refuse(*attempt));
                }
            }
        }
        for (attempt, known) in &state.host_attempts {
            let newest = state.attempt(attempt.0) == *attempt;
            if *known == HostAttempt::Answered && newest && !state.is_dialling(*attempt) {
                actions.push(Action::Answer(*attempt));
            }
        }
    }

    pub(super) fn side_actions(
        &self,
        state: &State,
        party: Party,
        viewer: Viewer,
        actions: &mut Vec<Action>,
    ) {
        let Some(connection) = state.connection(party, viewer) else {
            if party != Party::Host && !state.is_dialling(state.attempt(viewer)) {
                actions.push(Action::Say(viewer));
            }
            return;
        };
        if party != Party::Host && state.is_hopeless(viewer) {
            actions.push(Action::Redial(viewer));
        }
        for relay in 0..self.relays {
            let Some(token) = state.token(party, viewer, relay) else { continue };
            let place = state.relays[relay].place(token);
            let other = connection.links[1 - relay].0;
            match connection.links[relay].0 {
                // The second relay is opened when the first is slow, is over, or carries the session already.
                Link::Spare if relay == 0 || other != Link::Spare => {
                    actions.push(Action::Open(party, viewer, relay));
                }
                Link::Opening if !state.is_opening(token) => actions.push(Action::Open(party, viewer, relay)),
                Link::Waiting | Link::Paired if place.is_none() && !state.is_opening(token) => {
                    actions.push(Action::Notice(party, viewer, relay));
                }
                // The other side came, and the word of it was lost: the next pong says it.
                Link::Waiting
                    if place.is_some_and(|name| state.relays[relay].pairs[&name].is_complete())
                        && !state.is_opening(token) =>
                {
                    actions.push(Action::Open(party, viewer, relay));
                }
                Link::Waiting if state.faults.impatience > 0 => {
                    actions.push(Action::GiveUp(party, viewer, relay));
                }
                Link::Paired
                    if state.relays[relay].state == RelayState::Draining && other == Link::Paired =>
                {
                    actions.push(Action::Leave(party, viewer, relay));
                }
                _ => {}
            }
        }
        let lost = |relay: usize| {
            connection.links[relay].0 == Link::Closed && state.relays[relay].state == RelayState::Serving
        };
        if (0..self.relays).any(lost) && self.mistake != Some(Mistake::NeverAsksAgain) {
            actions.push(Action::AskTokens(party, viewer));
        }
    }

    pub(super) fn relay_actions(&self, state: &State, actions: &mut Vec<Action>) {
        let serving =
            state.relays[..self.relays].iter().filter(|relay| relay.state == RelayState::Serving).count();
        for relay in 0..self.relays {
            if state.faults.drains > 0 && serving > 1 {
                actions.push(Action::Drain(relay));
            }
            if state.faults.deaths > 0 {
                actions.push(Action::Die(relay));
            }
        }
    }

    pub(super) fn step(&self, state: &mut State, action: Action) {
        match action {
            Action::Deliver(message) => {
                state.network.remove(&message);
                self.deliver(state, message);
            }
            Action::DeliverTwice(message) => {
                state.faults.network -= 1;
                self.deliver(state, message);
            }
            Action::Lose(message) => {
                state.faults.network -= 1;
                state.network.remove(&message);
            }
            Action::Register => state.presence = Some(state.host_session),
            Action::Move => {
                state.faults.moves -= 1;
                state.host_session += 1;
            }
            Action::Restart => {
                state.faults.restarts -= 1;
                state.presence = None;
                state.attempts.clear();
            }
            Action::Say(viewer) => {
                state.network.insert(Message::Connect(state.attempt(viewer)));
            }
            Action::Ask(attempt) => self.ask(state, attempt),
            Action::Answer(attempt) => {
                state.network.insert(Message::Answer(attempt, true));
            }
            Action::Refuse(attempt) => {
                state.faults.impatience -= 1;
                state.attempts.insert(attempt, AttemptState::Refused);
                state.network.insert(Message::Refused(attempt));
            }
            Action::Redial(viewer) => {
                state.dials[usize::from(viewer)] += 1;
                state.viewers[usize::from(viewer)] = None;
            }
            Action::Open(party, viewer, relay) => {
                if let Some(token) = state.token(party, viewer, relay) {
                    state.network.insert(Message::Open(token, party));
                }
                if let Some(connection) = state.connection_mut(party, viewer)
                    && connection.links[relay].0 == Link::Spare
                {
                    connection.links[relay].0 = Link::Opening;
                }
            }
            Action::Notice(party, viewer, relay) => self.set_link(state, party, viewer, relay, Link::Closed),
            Action::GiveUp(party, viewer, relay) => {
                state.faults.impatience -= 1;
                self.leave(state, party, viewer, relay);
            }
            Action::Leave(party, viewer, relay) => self.leave(state, party, viewer, relay),
            Action::AskTokens(party, viewer) => {
                let serving = state.relays.each_ref().map(|relay| relay.state == RelayState::Serving);
                if let Some(connection) = state.connection_mut(party, viewer) {
                    for (link, serving) in connection.links.iter_mut().zip(serving) {
                        if link.0 == Link::Closed && serving {
                            *link = (Link::Spare, link.1 + 1);
                        }
                    }
                }
            }
            Action::Drain(relay) => {
                state.faults.drains -= 1;
                state.relays[relay].state = RelayState::Draining;
            }
            Action::Die(relay) => {
                state.faults.deaths -= 1;
                // Who was there finds out by asking; what it had used may be used again.
                state.relays[relay].pairs.clear();
                state.relays[relay].spent.clear();
            }
        }
    }

    fn leave(&self, state: &mut State, party: Party, viewer: Viewer, at: usize) {
        if let Some(token) = state.token(party, viewer, at)
            && let Some(name) = state.relays[at].place(token)
        {
            relay::close(state, at, name, Some(token));
        }
        self.set_link(state, party, viewer, at, Link::Closed);
    }

    fn set_link(&self, state: &mut State, party: Party, viewer: Viewer, relay: usize, link: Link) {
        if self.mistake == Some(Mistake::StaysOnDeadRelay) && link == Link::Closed {
            return;
        }
        if let Some(connection) = state.connection_mut(party, viewer) {
            connection.links[relay].0 = link;
        }
    }

    fn ask(&self, state: &mut State, attempt: Attempt) {
        let first = *state.introductions.entry(attempt).or_insert(0) == 0;
        let session = match self.mistake {
            Some(Mistake::AsksOnce) if first => Some(1),
            _ => state.presence,
        };
        if let Some(session) = session {
            state.network.insert(Message::Incoming(attempt, session));
        }
    }

    fn deliver(&self, state: &mut State, message: Message) {
        match message {
            Message::Connect(attempt) => match state.attempts.get(&attempt) {
                None => {
                    state.attempts.insert(attempt, AttemptState::Asking);
                    self.ask(state, attempt);
                }
                Some(AttemptState::Asking) => {}
                Some(AttemptState::Introduced(introduction)) => {
                    state.network.insert(Message::Introduced(*introduction, Role::Viewer));
                }
                Some(AttemptState::Refused) => {
                    state.network.insert(Message::Refused(attempt));
                }
            },
            Message::Incoming(attempt, session) if session == state.host_session => {
                let known = *state.host_attempts.entry(attempt).or_insert(HostAttempt::Answered);
                // What is over is declined: a dial is answered once.
                state.network.insert(Message::Answer(attempt, known == HostAttempt::Answered));
            }
            Message::Incoming(..) => {}
            Message::Answer(attempt, accept) if state.presence == Some(state.host_session) => {
                self.handle_answer(state, attempt, accept);
            }
            Message::Answer(..) => {}
            Message::Introduced(introduction, role) => handle_introduced(state, introduction, role),
            Message::Refused(attempt) => {
                let viewer = usize::from(attempt.0);
                if state.dials[viewer] == attempt.1 && state.viewers[viewer].is_none() {
                    state.dials[viewer] += 1;
                }
            }
            Message::Open(token, from) => self.handle_open(state, token, from),
            Message::Told(token, to, told) => self.handle_told(state, token, to, told),
        }
    }

    fn handle_answer(&self, state: &mut State, attempt: Attempt, accept: bool) {
        match state.attempts.get(&attempt).copied() {
            Some(AttemptState::Asking) if accept => {
                let made = state.introductions.entry(attempt).or_insert(0);
                *made += 1;
                let introduction = Introduction(attempt, *made);
                state.attempts.insert(attempt, AttemptState::Introduced(introduction));
                state.network.insert(Message::Introduced(introduction, Role::Viewer));
                state.network.insert(Message::Introduced(introduction, Role::Host));
            }
            Some(AttemptState::Asking) => {
                state.attempts.insert(attempt, AttemptState::Refused);
                state.network.insert(Message::Refused(attempt));
            }
            Some(AttemptState::Introduced(introduction)) => {
                state.network.insert(Message::Introduced(introduction, Role::Host));
            }
            Some(AttemptState::Refused) | None => {}
        }
    }

    fn handle_told(&self, state: &mut State, token: Token, to: Party, told: Told) {
        let viewer = token.introduction.0.0;
        if state.token(to, viewer, token.relay) != Some(token) {
            return;
        }
        let Some(link) = state.connection(to, viewer).map(|connection| connection.links[token.relay].0)
        else {
            return;
        };
        let next = match (link, told) {
            (Link::Opening, Told::Refused) => Link::Closed,
            (Link::Opening, Told::Waiting) => Link::Waiting,
            // The place, and at once that the other side is there.
            (Link::Opening | Link::Waiting, Told::Paired) => Link::Paired,
            // Before its acknowledgement nothing names a client's place to it.
            (Link::Waiting | Link::Paired, Told::Closed) => Link::Closed,
            _ => return,
        };
        self.set_link(state, to, viewer, token.relay, next);
    }
}

fn handle_introduced(state: &mut State, introduction: Introduction, role: Role) {
    let Introduction(attempt, _) = introduction;
    let viewer = usize::from(attempt.0);
    let fresh = Connection { introduction, links: [(Link::Spare, 1); RELAYS] };
    match role {
        Role::Viewer => {
            if state.dials[viewer] == attempt.1 && state.viewers[viewer].is_none() {
                state.viewers[viewer] = Some(fresh);
            }
        }
        Role::Host => {
            if state.host_attempts.get(&attempt) == Some(&HostAttempt::Answered) {
                state.host_attempts.insert(attempt, HostAttempt::Over);
                let newer = state.host[viewer].is_none_or(|old| old.introduction < introduction);
                if newer {
                    state.host[viewer] = Some(fresh);
                }
            }
        }
    }
}
