//! Being registered: statements, epochs, beats.

use alloc::vec::Vec;
use core::time::Duration;

use deskwire_identity::IdCertificate;
use deskwire_machine::{Deadline, Instant};
use deskwire_wire::rendezvous::{RefuseReason, RegisterStatement, RendezvousMsg, address_bytes};
use deskwire_wire::{CapnProto, Codec};

use super::{Client, ClientEvent, Phase, Retry};
use crate::exchange::{REGISTER, register_parts};

/// How many epochs are reserved with one write to disk.
const EPOCHS: u64 = 8;
/// How long a registration may take: the server may wait for its store.
const REGISTER_PATIENCE: Duration = Duration::from_secs(14);
/// How long the server may be silent to beats.
const BEAT_PATIENCE: Duration = Duration::from_secs(5);

/// How far the registration is.
pub(super) enum Registration {
    /// Not wanted.
    Off,
    /// To be said, once a session exists and the time has come.
    Needed { not_before: Instant },
    /// The owner writes the next epoch.
    Persisting,
    /// Said; the answer is awaited.
    Sent { epoch: u64, statement: Vec<u8>, signature: [u8; 64], retry: Retry },
    /// Confirmed; beats keep it.
    Done { next_beat: Instant, beat: Option<(u32, Retry)>, interval: Duration },
}

impl Registration {
    pub(super) fn deadline(&self) -> Option<Deadline> {
        match self {
            Self::Off | Self::Persisting => None,
            Self::Needed { not_before } => {
                Some(Deadline::new(*not_before, "rendezvous client: register later"))
            }
            Self::Sent { retry, .. } => Some(Deadline::new(retry.at, "rendezvous client: register")),
            Self::Done { beat: Some((_, retry)), .. } => {
                Some(Deadline::new(retry.at, "rendezvous client: beat again"))
            }
            Self::Done { next_beat, .. } => Some(Deadline::new(*next_beat, "rendezvous client: beat")),
        }
    }
}

impl Client {
    pub(super) fn drive_registration(&mut self, now: Instant) {
        if let Registration::Needed { not_before } = self.registration
            && not_before <= now
        {
            self.state_registration(now);
        }
        match &mut self.registration {
            Registration::Sent { statement, signature, retry, .. } => {
                if retry.is_due(now) {
                    let message =
                        RendezvousMsg::Register { statement: statement.clone(), signature: *signature };
                    let sends = retry.sends;
                    self.say_or_give_up(now, &message, sends, REGISTER_PATIENCE);
                }
            }
            Registration::Done { next_beat, beat, .. } => {
                if beat.is_none() && *next_beat <= now {
                    self.beat_sequence = self.beat_sequence.wrapping_add(1);
                    *beat = Some((self.beat_sequence, Retry::new(now)));
                }
                if let Some((sequence, retry)) = beat
                    && retry.is_due(now)
                {
                    let rtts = if self.rtts_changed { self.rtts.clone() } else { Vec::new() };
                    let (message, sends) = (RendezvousMsg::Beat { sequence: *sequence, rtts }, retry.sends);
                    self.say_or_give_up(now, &message, sends, BEAT_PATIENCE);
                }
            }
            Registration::Off | Registration::Needed { .. } | Registration::Persisting => {}
        }
    }

    /// Sends, or starts over when the server has been silent for too long.
    pub(super) fn say_or_give_up(
        &mut self,
        now: Instant,
        message: &RendezvousMsg,
        sends: u32,
        patience: Duration,
    ) {
        let dead = match &self.phase {
            Phase::Connected(session) => session.is_dead(now, sends, patience),
            Phase::Idle | Phase::Waiting { .. } | Phase::Greeting(_) => return,
        };
        if dead {
            self.restart_session(now);
        } else {
            self.send(message);
        }
    }

    /// Writes and signs the statement, once its epoch may be used.
    fn state_registration(&mut self, now: Instant) {
        let Phase::Connected(session) = &self.phase else { return };
        let Some(server) = self.key else { return };
        let epoch = self.epoch.saturating_add(1);
        if epoch > self.reserved_epoch {
            let reserve = epoch.saturating_add(EPOCHS - 1);
            self.registration = if self.event(ClientEvent::PersistEpoch(reserve)) {
                Registration::Persisting
            } else {
                Registration::Needed { not_before: now + Duration::from_secs(1) }
            };
            return;
        }
        let statement = RegisterStatement {
            id: self.config.id,
            identity: *self.config.identity.public().as_bytes(),
            certificate: self.config.certificate.clone(),
            epoch,
            capabilities: self.config.capabilities,
            rtts: self.rtts.clone(),
            rotation: self.config.rotation.clone(),
        };
        let mut bytes = Vec::new();
        if CapnProto::encode(&statement, &mut bytes).is_err() {
            // A certificate or rotation record of impossible size was configured.
            self.registration = Registration::Off;
            self.event(ClientEvent::RegistrationRefused(RefuseReason::Signature));
            return;
        }
        let observed = address_bytes(session.observed);
        let fingerprint = server.fingerprint();
        let parts = register_parts(&fingerprint, &session.cookie, &observed, &bytes);
        let signature = self.config.identity.sign(REGISTER, &parts);
        self.epoch = epoch;
        self.registration = Registration::Sent { epoch, statement: bytes, signature, retry: Retry::new(now) };
    }

    pub(super) fn handle_registered(
        &mut self,
        now: Instant,
        certificate: Vec<u8>,
        beat_s: u16,
        answered: u64,
    ) {
        let Registration::Sent { epoch, .. } = &self.registration else { return };
        let (Some(key), true) = (self.key, *epoch == answered) else { return };
        // The server's word about itself, yet checked: what is stored must be good for others.
        let Some(read) = IdCertificate::verify(&certificate, &key)
            .ok()
            .filter(|c| c.device_key == self.config.identity.public())
        else {
            self.stats.rubbish += 1;
            return;
        };
        let interval = Duration::from_secs(u64::from(beat_s.clamp(5, 600)));
        let next_beat = now + self.beat_pause(interval);
        self.registration = Registration::Done { next_beat, beat: None, interval };
        self.rtts_changed = false;
        self.config.id = Some(read.id);
        self.config.certificate = Some(certificate.clone());
        self.config.rotation = None;
        self.stats.registered += 1;
        self.event(ClientEvent::Registered { id: read.id, certificate });
    }

    /// The server's interval, a quarter less or more: devices must not beat in step.
    fn beat_pause(&mut self, interval: Duration) -> Duration {
        self.jitter(interval * 3 / 4, interval * 5 / 4)
    }

    pub(super) fn handle_register_refused(
        &mut self,
        now: Instant,
        reason: RefuseReason,
        answered: u64,
        last: u64,
    ) {
        let Registration::Sent { epoch, .. } = &self.registration else { return };
        if *epoch != answered {
            return;
        }
        match reason {
            RefuseReason::Epoch => {
                self.epoch = self.epoch.max(last);
                let pause = self.jitter(Duration::from_millis(100), Duration::from_secs(1));
                self.registration = Registration::Needed { not_before: now + pause };
            }
            RefuseReason::NotOwner | RefuseReason::Revoked => {
                self.wants_registration = false;
                self.registration = Registration::Off;
                self.event(ClientEvent::RegistrationRefused(reason));
            }
            // The server, or its budget for this network, needs time.
            _ => {
                let pause = self.jitter(Duration::from_secs(5), Duration::from_secs(30));
                self.registration = Registration::Needed { not_before: now + pause };
            }
        }
    }

    pub(super) fn handle_beat_ack(&mut self, now: Instant, answered: u32) {
        let Registration::Done { beat: Some((sequence, _)), interval, .. } = &self.registration else {
            return;
        };
        if *sequence != answered {
            return;
        }
        let interval = *interval;
        let next_beat = now + self.beat_pause(interval);
        self.registration = Registration::Done { next_beat, beat: None, interval };
        self.rtts_changed = false;
        self.stats.beats += 1;
    }
}
