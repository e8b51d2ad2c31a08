//! Registration: who owns which id, and who is online.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::time::Duration;

use deskwire_identity::{IdCertificate, PublicKey, RotationRecord, hash};
use deskwire_machine::Instant;
use deskwire_wire::ids::DeviceId;
use deskwire_wire::rendezvous::{
    Handle, RefuseReason, RegisterStatement, RelayRtt, RendezvousMsg, address_bytes,
};
use deskwire_wire::{CapnProto, Codec};

use super::budget::{Bucket, Purpose};
use super::config::{Protocol, ServerEvent, StoreRequest, StoreResult, StoreTicket};
use super::{Server, Timer};
use crate::exchange::{REGISTER, key_from, register_parts};

/// How long the store may take.
const STORE_PATIENCE: Duration = Duration::from_secs(10);
/// How many ids are proposed before the store is said to be full of bad luck.
const CLAIM_TRIES: u8 = 16;
/// A certificate with less time than this is renewed through the store.
const RENEW_BELOW_S: u64 = IdCertificate::LIFETIME_S / 2;

/// What a session's registration has come to.
pub(super) enum Registration {
    None,
    /// The store works on the statement with this hash.
    Pending([u8; 64]),
    /// The statement with this hash was answered so.
    Done([u8; 64], Box<RendezvousMsg>),
}

/// A registration that waits for the store.
pub(super) struct PendingRegister {
    handle: Handle,
    digest: [u8; 64],
    statement: RegisterStatement,
    key: PublicKey,
    proposed: Option<DeviceId>,
    tries: u8,
    /// A certificate that is still good if the store does not answer.
    fallback: Option<IdCertificate>,
    /// The store was asked to move the id to this key. Once is enough.
    transferred: bool,
}

/// A registered device.
pub(super) struct Presence {
    pub(super) handle: Handle,
    pub(super) key: PublicKey,
    pub(super) generation: u32,
    epoch: u64,
    pub(super) certificate: Vec<u8>,
    pub(super) rtts: Vec<RelayRtt>,
    pub(super) dials: Bucket,
}

impl Server {
    pub(super) fn handle_register(
        &mut self,
        now: Instant,
        handle: Handle,
        bytes: &[u8],
        signature: &[u8; 64],
    ) {
        let Some(session) = self.sessions.get(&handle) else { return };
        let (via, cookie) = (session.via, session.cookie);
        let digest = hash(&[b"statement", bytes]);
        match &session.registration {
            Registration::Pending(before) if *before == digest => return,
            Registration::Done(before, answer) if *before == digest => {
                let answer = answer.as_ref().clone();
                self.send(handle, &answer);
                return;
            }
            // One at a time: the client is answered first.
            Registration::Pending(_) => return,
            Registration::None | Registration::Done(..) => {}
        }
        let statement: RegisterStatement = match CapnProto::decode(bytes) {
            Ok(statement) => statement,
            Err(_) => {
                self.stats.rubbish += 1;
                return;
            }
        };
        if !self.charge(now, via, Purpose::Hello) {
            return;
        }
        let observed = address_bytes(via.remote);
        let parts = register_parts(&self.fingerprint, &cookie, &observed, bytes);
        let epoch = statement.epoch;
        let Some(key) =
            key_from(statement.identity).filter(|key| key.verify(REGISTER, &parts, signature).is_ok())
        else {
            self.refuse(handle, RefuseReason::Signature, epoch, 0);
            return;
        };
        if let Some(present) = statement.id.and_then(|id| self.presence.get(&id))
            && present.key == key
            && epoch <= present.epoch
        {
            // The same statement in another session is a repeat too, but it is signed anew with a higher epoch by
            // every honest client.
            let last = present.epoch;
            self.refuse(handle, RefuseReason::Epoch, epoch, last);
            return;
        }
        self.start_register(now, handle, digest, statement, key);
    }

    /// Decides whether the store is needed, and asks it.
    fn start_register(
        &mut self,
        now: Instant,
        handle: Handle,
        digest: [u8; 64],
        statement: RegisterStatement,
        key: PublicKey,
    ) {
        let Some(via) = self.sessions.get(&handle).map(|s| s.via) else { return };
        let unix = self.unix_time();
        // An expired certificate still proves that the id was this key's; a valid one makes the store optional.
        let certificate = statement
            .certificate
            .as_deref()
            .and_then(|bytes| IdCertificate::verify(bytes, &self.key).ok())
            .filter(|c| Some(c.id) == statement.id && c.device_key == key);
        if let Some(c) = &certificate
            && c.generation < self.minimum_generation(c.id)
        {
            self.refuse(handle, RefuseReason::Revoked, statement.epoch, 0);
            return;
        }
        let valid = certificate.filter(|c| c.check_time(unix).is_ok());
        // Two keys with valid certificates for one id: only the store knows whose it is.
        let disputed =
            statement.id.and_then(|id| self.presence.get(&id)).is_some_and(|present| present.key != key);
        if let Some(c) = valid
            && !disputed
            && c.expires.saturating_sub(unix) > RENEW_BELOW_S
        {
            let bytes = statement.certificate.clone().unwrap_or_default();
            self.finish_register(handle, digest, &statement, key, c.id, c.generation, Some(bytes));
            return;
        }
        if statement.id.is_none() && !self.charge(now, via, Purpose::Claim) {
            self.refuse(handle, RefuseReason::Busy, statement.epoch, 0);
            return;
        }
        let pending = PendingRegister {
            handle,
            digest,
            key,
            proposed: None,
            tries: 0,
            fallback: valid.filter(|_| !disputed),
            transferred: false,
            statement,
        };
        match pending.statement.id {
            Some(id) => {
                let epoch = pending.statement.epoch;
                self.ask_store(now, pending, |ticket| StoreRequest::Renew { ticket, id, key, epoch });
            }
            None => self.claim(now, pending),
        }
    }

    /// Proposes an id to the store.
    fn claim(&mut self, now: Instant, mut pending: PendingRegister) {
        // The number 0 means "no id" in messages.
        let id = DeviceId::from_number(1 + self.rng.below(DeviceId::COUNT - 1));
        pending.tries += 1;
        pending.proposed = Some(id);
        let (key, epoch) = (pending.key, pending.statement.epoch);
        self.ask_store(now, pending, |ticket| StoreRequest::Claim { ticket, id, key, epoch });
    }

    fn ask_store(
        &mut self,
        now: Instant,
        pending: PendingRegister,
        request: impl FnOnce(StoreTicket) -> StoreRequest,
    ) {
        // A quarter is for devices that have an id: a flood of new ones must not keep them from being confirmed.
        let all = self.config.limits.store_pending;
        let room = if pending.proposed.is_some() { all - all / 4 } else { all };
        if self.pending.len() >= room {
            self.stats.shed += 1;
            self.refuse(pending.handle, RefuseReason::Store, pending.statement.epoch, 0);
            return;
        }
        if let Some(session) = self.sessions.get_mut(&pending.handle) {
            session.registration = Registration::Pending(pending.digest);
        }
        let ticket = StoreTicket(self.next_ticket);
        self.next_ticket += 1;
        self.pending.insert(ticket, pending);
        self.timers.set(Timer::Store(ticket), now + STORE_PATIENCE);
        self.event(ServerEvent::Store(request(ticket)));
    }

    /// The store answered. Answers to tickets that are not waited for any more are ignored.
    pub fn store_done(&mut self, now: Instant, ticket: StoreTicket, result: StoreResult) {
        let now = self.clock.tell(now);
        self.finish_store(now, ticket, result);
        self.drive_timers(now);
    }

    pub(super) fn finish_store(&mut self, now: Instant, ticket: StoreTicket, result: StoreResult) {
        let Some(pending) = self.pending.remove(&ticket) else { return };
        self.timers.cancel(Timer::Store(ticket));
        let PendingRegister { handle, digest, key, .. } = pending;
        let epoch = pending.statement.epoch;
        match result {
            StoreResult::Owned { id, generation } => {
                if generation < self.minimum_generation(id) {
                    self.refuse(handle, RefuseReason::Revoked, epoch, 0);
                    return;
                }
                if generation > self.minimum_generation(id) {
                    // Certificates of former keys end here (the store tells it again at the next start). Not only with
                    // the answer to the transfer itself: that may have come too late to be heard.
                    self.set_minimum_generation(id, generation);
                }
                self.finish_register(handle, digest, &pending.statement, key, id, generation, None);
            }
            StoreResult::Taken if pending.tries < CLAIM_TRIES => self.claim(now, pending),
            StoreResult::NotOwner { owner, generation } => {
                match self.checked_rotation(&pending, owner, generation) {
                    Some(record) => {
                        let mut pending = pending;
                        pending.transferred = true;
                        let (id, to, generation) = (record.id, key, record.generation);
                        self.ask_store(now, pending, |ticket| StoreRequest::Transfer {
                            ticket,
                            id,
                            from: owner,
                            to,
                            generation,
                            epoch,
                        });
                    }
                    None => self.refuse(handle, RefuseReason::NotOwner, epoch, 0),
                }
            }
            StoreResult::EpochTooLow { last } => self.refuse(handle, RefuseReason::Epoch, epoch, last),
            // The store lost the id, or never had it. It belongs to nobody, so the device gets a new one.
            StoreResult::Unknown if pending.tries == 0 => {
                let via = self.sessions.get(&handle).map(|s| s.via);
                if via.is_some_and(|via| self.charge(now, via, Purpose::Claim)) {
                    self.claim(now, pending);
                } else {
                    self.refuse(handle, RefuseReason::Busy, epoch, 0);
                }
            }
            StoreResult::Taken | StoreResult::Unknown => {
                self.refuse(handle, RefuseReason::Store, epoch, 0);
            }
            StoreResult::Unavailable => match pending.fallback {
                // The id may have changed hands while the store was waited for.
                Some(c) if c.generation < self.minimum_generation(c.id) => {
                    self.refuse(handle, RefuseReason::Revoked, epoch, 0);
                }
                Some(c) => {
                    let bytes = pending.statement.certificate.clone();
                    self.finish_register(handle, digest, &pending.statement, key, c.id, c.generation, bytes);
                }
                None => self.refuse(handle, RefuseReason::Store, epoch, 0),
            },
        }
    }

    /// The rotation record of a registration, if it moves the id from its owner to the registering key.
    fn checked_rotation(
        &self,
        pending: &PendingRegister,
        owner: PublicKey,
        generation: u32,
    ) -> Option<RotationRecord> {
        let record = RotationRecord::verify(pending.statement.rotation.as_deref()?, &owner).ok()?;
        // Asked once: a second NotOwner, after a transfer, is final.
        let fits = !pending.transferred
            && record.server == self.fingerprint
            && Some(record.id) == pending.statement.id
            && record.new_key == pending.key
            && record.generation > generation;
        fits.then_some(record)
    }

    fn minimum_generation(&self, id: DeviceId) -> u32 {
        self.config.minimum_generations.get(&id).copied().unwrap_or(0)
    }

    /// Confirms a registration whose claim is durable, or proven by a valid certificate.
    #[expect(clippy::too_many_arguments, reason = "what one registration is made of")]
    fn finish_register(
        &mut self,
        handle: Handle,
        digest: [u8; 64],
        statement: &RegisterStatement,
        key: PublicKey,
        id: DeviceId,
        generation: u32,
        certificate: Option<Vec<u8>>,
    ) {
        let unix = self.unix_time();
        let Some(session) = self.sessions.get(&handle) else { return };
        let via = session.via;
        // A later statement may have been answered while the store was waited for: a store that is full answers the next
        // request before the last. The same epoch in the same session is a repeat whose answer was forgotten.
        if let Some(present) = self.presence.get(&id).filter(|present| present.key == key)
            && (statement.epoch < present.epoch
                || (statement.epoch == present.epoch && present.handle != handle))
        {
            let last = present.epoch;
            self.refuse(handle, RefuseReason::Epoch, statement.epoch, last);
            return;
        }
        let beat_interval_s = match via.protocol {
            Protocol::Udp => self.config.beat_udp_s,
            Protocol::Tcp | Protocol::WebSocket => self.config.beat_tcp_s,
        };
        let certificate = certificate.unwrap_or_else(|| {
            IdCertificate {
                id,
                device_key: key,
                generation,
                issued: unix,
                expires: unix.saturating_add(IdCertificate::LIFETIME_S),
                key_id: self.config.key_id,
            }
            .sign(&self.config.identity)
        });
        let answer = RendezvousMsg::Registered {
            certificate: certificate.clone(),
            beat_interval_s,
            server_time: unix,
            epoch: statement.epoch,
        };
        // A device has one session, a session one device.
        let before = self.presence.get(&id).map(|p| p.handle).filter(|before| *before != handle);
        if let Some(before) = before {
            self.close_session(before);
        }
        if let Some(other) = self.sessions.get(&handle).and_then(|s| s.device).filter(|other| *other != id) {
            self.presence.remove(&other);
            self.event(ServerEvent::Offline { id: other });
        }
        let presence = Presence {
            handle,
            key,
            generation,
            epoch: statement.epoch,
            certificate,
            rtts: statement.rtts.clone(),
            dials: Bucket::default(),
        };
        self.presence.insert(id, presence);
        self.set_device(handle, Some(id));
        if let Some(session) = self.sessions.get_mut(&handle) {
            session.registration = Registration::Done(digest, Box::new(answer.clone()));
        }
        self.stats.registered += 1;
        self.event(ServerEvent::Online { id, address: via.remote });
        self.send(handle, &answer);
    }

    fn refuse(&mut self, handle: Handle, reason: RefuseReason, epoch: u64, last_epoch: u64) {
        self.stats.register_refused += 1;
        if let Some(session) = self.sessions.get_mut(&handle) {
            // A repeat is looked at again: the cause may be gone.
            session.registration = Registration::None;
        }
        self.send(handle, &RendezvousMsg::RegisterRefused { reason, epoch, last_epoch });
    }

    pub(super) fn handle_beat(&mut self, handle: Handle, sequence: u32, rtts: Vec<RelayRtt>) {
        let Some(session) = self.sessions.get(&handle) else { return };
        let Some(id) = session.device else {
            self.stats.rubbish += 1;
            return;
        };
        let observed = session.via.remote;
        self.stats.beats += 1;
        if !rtts.is_empty()
            && let Some(presence) = self.presence.get_mut(&id)
        {
            presence.rtts = rtts;
        }
        self.send(handle, &RendezvousMsg::BeatAck { sequence, observed });
    }
}
