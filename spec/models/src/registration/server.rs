//! The server and its store: `server/register.rs` and `servers/store`.

use std::collections::BTreeMap;

use super::{Certificate, Handle, Id, Key, Message, Mistake, Queue, Reason, Registration, State};

/// A session.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Session {
    /// The statement that the store works on.
    pub pending: Option<u8>,
    /// The statement that was answered, and how.
    pub done: Option<(u8, Certificate)>,
    /// The id that is registered in it.
    pub device: Option<Id>,
}

/// A registered device.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Presence {
    /// In which session.
    pub session: Handle,
    /// Whose key.
    pub key: Key,
    /// The epoch of its statement.
    pub epoch: u8,
    /// What viewers are told.
    pub certificate: Certificate,
}

/// A statement that waits for the store.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Pending {
    /// In which session it came.
    pub session: Handle,
    /// The id it names.
    pub id: Option<Id>,
    /// The certificate it shows.
    pub certificate: Option<Certificate>,
    /// Its epoch.
    pub epoch: u8,
    /// Whether a rotation record is with it.
    pub rotation: bool,
    /// The id that was drawn for it.
    pub proposed: Option<Id>,
    /// The certificate that is good if the store does not answer.
    pub fallback: Option<Certificate>,
}

/// What a server has in memory.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Server {
    /// Sessions.
    pub sessions: BTreeMap<Handle, Session>,
    /// Who is online.
    pub presence: BTreeMap<Id, Presence>,
    /// Statements that wait for the store, by ticket; and whether a transfer was asked for.
    pub pending: BTreeMap<u8, (Pending, bool)>,
    /// Certificates of lower generations are refused.
    pub minimum: BTreeMap<Id, u8>,
}

impl Server {
    pub(super) fn close(&mut self, handle: Handle) {
        if let Some(id) = self.sessions.remove(&handle).and_then(|session| session.device)
            && self.presence.get(&id).is_some_and(|present| present.session == handle)
        {
            self.presence.remove(&id);
        }
    }

    fn minimum(&self, id: Id) -> u8 {
        self.minimum.get(&id).copied().unwrap_or(0)
    }

    fn set_minimum(&mut self, id: Id, generation: u8) {
        if generation > self.minimum(id) {
            self.minimum.insert(id, generation);
        }
        if let Some(present) = self.presence.get(&id).filter(|p| p.certificate.generation < generation) {
            self.close(present.session);
        }
    }
}

/// A row of the registry.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Row {
    /// The owner.
    pub key: Key,
    /// How often the id changed hands.
    pub generation: u8,
    /// The last epoch.
    pub epoch: u8,
}

/// What the store is asked.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Request {
    /// The id for the key, if it is free; the key's own id, if it has one.
    Claim(Id, Key, u8),
    /// Whether the id is the key's.
    Renew(Id, Key, u8),
    /// The id from its owner to the key.
    Transfer(Id, Key, Key, u8),
}

/// What it answers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Result {
    /// The id is the key's.
    Owned(Id, u8),
    /// The id is another's.
    Taken,
    /// The id is this key's, in that generation.
    NotOwner(Key, u8),
    /// A later statement was seen.
    EpochTooLow(u8),
    /// There is no such id.
    Unknown,
    /// It cannot say.
    Unavailable,
}

/// An answer of the store.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Answer {
    /// To which request.
    pub ticket: u8,
    /// What it is.
    pub result: Result,
}

/// What is on disk, and on its way there and back.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Store {
    /// The registry.
    pub rows: BTreeMap<Id, Row>,
    /// Requests that are not carried out yet.
    pub requests: Queue<(u8, Request)>,
    /// Answers that are not heard yet.
    pub answers: Queue<Answer>,
}

impl Store {
    /// Carries out the oldest request.
    pub(super) fn commit(&mut self) {
        let Some((ticket, request)) = self.requests.pop_front() else { return };
        let result = self.apply(request);
        self.answers.push_back(Answer { ticket, result });
    }

    fn apply(&mut self, request: Request) -> Result {
        let of = |key: Key| self.rows.iter().find(|(_, row)| row.key == key).map(|(id, row)| (*id, *row));
        match request {
            Request::Claim(id, key, epoch) => {
                if let Some((own, row)) = of(key) {
                    self.rows.insert(own, Row { epoch: epoch.max(row.epoch), ..row });
                    return Result::Owned(own, row.generation);
                }
                if self.rows.contains_key(&id) {
                    return Result::Taken;
                }
                self.rows.insert(id, Row { key, generation: 0, epoch });
                Result::Owned(id, 0)
            }
            Request::Renew(id, key, epoch) => match self.rows.get_mut(&id) {
                None => Result::Unknown,
                Some(row) if row.key != key => Result::NotOwner(row.key, row.generation),
                Some(row) if epoch < row.epoch => Result::EpochTooLow(row.epoch),
                Some(row) => {
                    row.epoch = epoch;
                    Result::Owned(id, row.generation)
                }
            },
            Request::Transfer(id, from, to, epoch) => {
                let to_has_one = of(to).is_some();
                match self.rows.get_mut(&id) {
                    None => Result::Unknown,
                    Some(row) if row.key == to => Result::Owned(id, row.generation),
                    Some(row) if row.key != from || to_has_one => Result::NotOwner(row.key, row.generation),
                    Some(row) => {
                        *row = Row { key: to, generation: row.generation + 1, epoch };
                        Result::Owned(id, row.generation)
                    }
                }
            }
        }
    }
}

impl Registration {
    pub(super) fn handle_register(&self, state: &mut State, pending: Pending, draw: Id, old: bool) {
        let Pending { session, id, epoch, certificate, .. } = pending;
        let key = session.0;
        let Some(known) = state.server.sessions.get(&session) else {
            state.send(Message::Stale(session));
            return;
        };
        match (known.pending, known.done) {
            (Some(_), _) => return,
            (None, Some((before, certificate))) if before == epoch => {
                state.send(Message::Registered { session, epoch, certificate });
                return;
            }
            _ => {}
        }
        let present = id.and_then(|id| state.server.presence.get(&id).copied());
        if let Some(present) = present.filter(|present| present.key == key && epoch <= present.epoch)
            && self.mistake != Some(Mistake::EpochNotChecked)
        {
            self.refuse(state, &pending, Reason::Epoch(present.epoch));
            return;
        }
        if let Some(certificate) = certificate
            && certificate.generation < state.server.minimum(certificate.id)
        {
            self.refuse(state, &pending, Reason::Revoked);
            return;
        }
        let disputed = present.is_some_and(|present| present.key != key);
        match (id, certificate) {
            (_, Some(certificate)) if !disputed && !old => {
                self.finish_register(state, &pending, certificate);
            }
            (Some(id), certificate) => {
                let fallback = certificate.filter(|_| !disputed);
                let pending = Pending { fallback, ..pending };
                self.ask_store(state, pending, false, Request::Renew(id, key, epoch));
            }
            (None, _) => self.claim(state, pending, draw),
        }
    }

    fn claim(&self, state: &mut State, mut pending: Pending, draw: Id) {
        pending.proposed = Some(draw);
        let key = pending.session.0;
        if self.mistake == Some(Mistake::AnswersBeforeDurable) {
            let queued =
                |id| state.store.requests.iter().any(|(_, r)| matches!(r, Request::Claim(i, ..) if *i == id));
            let free = |id: &Id| !state.store.rows.contains_key(id) && !queued(*id);
            let own = state.store.rows.iter().find(|(_, row)| row.key == key).map(|(id, _)| *id);
            if let Some(id) = own.or_else(|| std::iter::once(draw).chain(self.draws()).find(free)) {
                // The ticket is nobody's: the answer is not waited for.
                state.store.requests.push_back((u8::MAX, Request::Claim(id, key, pending.epoch)));
                self.finish_register(state, &pending, Certificate { id, generation: 0, key });
            }
            return;
        }
        let request = Request::Claim(draw, key, pending.epoch);
        self.ask_store(state, pending, false, request);
    }

    fn ask_store(&self, state: &mut State, pending: Pending, transfer: bool, request: Request) {
        if let Some(session) = state.server.sessions.get_mut(&pending.session) {
            session.pending = Some(pending.epoch);
        }
        let used = |ticket: u8| {
            state.server.pending.contains_key(&ticket)
                || state.store.requests.iter().any(|(other, _)| *other == ticket)
                || state.store.answers.iter().any(|answer| answer.ticket == ticket)
        };
        // Really a counter; the smallest that is free makes fewer states, and as little can be mistaken for another.
        let Some(ticket) = (0..u8::MAX).find(|ticket| !used(*ticket)) else { return };
        state.server.pending.insert(ticket, (pending, transfer));
        state.store.requests.push_back((ticket, request));
    }

    pub(super) fn finish_store(&self, state: &mut State, ticket: u8, result: Result, draw: Id) {
        let Some((pending, transferred)) = state.server.pending.remove(&ticket) else { return };
        let key = pending.session.0;
        match result {
            Result::Owned(id, generation) => {
                if generation < state.server.minimum(id) {
                    self.refuse(state, &pending, Reason::Revoked);
                    return;
                }
                if transferred || self.mistake != Some(Mistake::OnlyTransferRevokes) {
                    state.server.set_minimum(id, generation);
                }
                self.finish_register(state, &pending, Certificate { id, generation, key });
            }
            Result::Taken => self.claim(state, pending, draw),
            Result::NotOwner(owner, _) => match pending.id {
                Some(id) if pending.rotation && !transferred && owner == super::OLD => {
                    let request = Request::Transfer(id, owner, key, pending.epoch);
                    self.ask_store(state, pending, true, request);
                }
                _ => self.refuse(state, &pending, Reason::NotOwner),
            },
            Result::EpochTooLow(last) => self.refuse(state, &pending, Reason::Epoch(last)),
            Result::Unknown if pending.proposed.is_none() => self.claim(state, pending, draw),
            Result::Unknown => self.refuse(state, &pending, Reason::Store),
            Result::Unavailable => match pending.fallback {
                Some(fallback)
                    if fallback.generation >= state.server.minimum(fallback.id)
                        || self.mistake == Some(Mistake::FallbackNotChecked) =>
                {
                    self.finish_register(state, &pending, fallback);
                }
                Some(_) => self.refuse(state, &pending, Reason::Revoked),
                None => self.refuse(state, &pending, Reason::Store),
            },
        }
    }

    fn finish_register(&self, state: &mut State, pending: &Pending, certificate: Certificate) {
        let Pending { session, epoch, .. } = *pending;
        let key = session.0;
        if !state.server.sessions.contains_key(&session) {
            return;
        }
        let present = state.server.presence.get(&certificate.id).copied();
        let unchecked =
            [Some(Mistake::EpochNotChecked), Some(Mistake::EpochNotCheckedAgain)].contains(&self.mistake);
        // The same statement in the same session is a repeat whose answer was forgotten.
        let newer = |present: &Presence| {
            epoch < present.epoch || (epoch == present.epoch && session != present.session)
        };
        if let Some(present) = present.filter(|present| present.key == key && newer(present))
            && !unchecked
        {
            self.refuse(state, pending, Reason::Epoch(present.epoch));
            return;
        }
        if let Some(before) = present.map(|present| present.session).filter(|before| *before != session) {
            state.server.close(before);
        }
        if let Some(former) = present.map(|present| present.key).filter(|former| *former != key) {
            state.accepted.remove(&former);
        }
        let presence = Presence { session, key, epoch, certificate };
        state.server.presence.insert(certificate.id, presence);
        if let Some(session) = state.server.sessions.get_mut(&session) {
            *session =
                Session { pending: None, done: Some((epoch, certificate)), device: Some(certificate.id) };
        }
        state.issued.insert(certificate);
        let accepted = state.accepted.entry(key).or_insert(0);
        *accepted = epoch.max(*accepted);
        state.send(Message::Registered { session, epoch, certificate });
    }

    fn refuse(&self, state: &mut State, pending: &Pending, reason: Reason) {
        let Pending { session, epoch, .. } = *pending;
        if let Some(session) = state.server.sessions.get_mut(&session) {
            // A repeat is looked at again: the cause may be gone.
            (session.pending, session.done) = (None, None);
        }
        state.send(Message::Refused { session, epoch, reason });
    }

    pub(super) fn restart(&self, state: &mut State) {
        let revoked = state.store.rows.iter().filter(|(_, row)| row.generation > 0);
        let minimum = revoked.map(|(id, row)| (*id, row.generation)).collect();
        let forgotten = self.mistake == Some(Mistake::RevocationsForgotten);
        state.server =
            Server { minimum: if forgotten { BTreeMap::new() } else { minimum }, ..Server::default() };
        state.store.requests.clear();
        state.store.answers.clear();
        state.accepted.clear();
    }
}
