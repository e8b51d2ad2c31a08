//! The host's side of a login: nothing is answered before it is charged, nothing is refunded before it is proven.

use alloc::vec::Vec;

use deskwire_identity::{PublicKey, Secret64};
use deskwire_machine::{Instant, Rng, change};
use deskwire_wire::session::{LoginMethod, LoginRefusal, SessionMsg};

use super::{HostConfig, HostEvent, HostSession, State, Ticket};
use crate::channel::Fault;
use crate::ended::Ended;
use crate::pake::{self, Confirmations, Context};
use crate::{ChargeResult, Limits, OneTimeCode};

#[derive(Debug)]
enum Step {
    /// Nothing under way.
    Idle,
    /// The owner writes the attempt down.
    Charging { ticket: Ticket, share: [u8; 32] },
    /// The viewer has to prove that it knows the code.
    Proving { ticket: Ticket, proofs: Confirmations },
}

#[derive(Debug)]
pub(super) struct HostLogin {
    step: Step,
    code: Option<OneTimeCode>,
    rng: Rng,
    exporter: Secret64,
    viewer_key: PublicKey,
    host_key: PublicKey,
    limits: Limits,
    deadline: Instant,
    tries: u32,
    messages: u32,
    next_ticket: u64,
}

impl HostLogin {
    pub(super) fn new(now: Instant, config: HostConfig) -> Self {
        Self {
            step: Step::Idle,
            code: config.code,
            rng: config.seed.derive("login").secret(),
            exporter: config.exporter,
            viewer_key: config.viewer_key,
            host_key: config.host_key,
            deadline: now + config.limits.login,
            limits: config.limits,
            tries: 0,
            messages: 0,
            next_ticket: 0,
        }
    }

    pub(super) fn set_code(&mut self, code: Option<OneTimeCode>) {
        self.code = code;
    }

    pub(super) fn methods(&self) -> Vec<LoginMethod> {
        self.code.iter().map(|_| LoginMethod::OneTimeCode).collect()
    }

    pub(super) const fn deadline(&self) -> Instant {
        self.deadline
    }

    /// Strangers say little.
    pub(super) const fn count_message(&mut self) -> Result<(), Fault> {
        self.messages += 1;
        if self.messages > self.limits.messages_before_login {
            return Err("it sent too many messages before logging in");
        }
        Ok(())
    }

    fn respond(&mut self, share: &[u8; 32]) -> Option<([u8; 32], Confirmations)> {
        let context =
            Context { exporter: self.exporter.as_bytes(), viewer: &self.viewer_key, host: &self.host_key };
        let code = self.code.as_ref()?;
        pake::respond(&mut self.rng, code.digits().as_bytes(), share, context).ok()
    }
}

impl HostSession {
    pub(super) fn start_login(
        &mut self,
        now: Instant,
        method: LoginMethod,
        share: [u8; 32],
    ) -> Result<(), Fault> {
        if !matches!(self.login.step, Step::Idle) {
            return Err("it began a login within a login");
        }
        if method != LoginMethod::OneTimeCode || self.login.code.is_none() {
            self.refuse_login(now, LoginRefusal::NotOffered, None);
            return Ok(());
        }
        let ticket = Ticket(self.login.next_ticket);
        self.login.next_ticket += 1;
        self.login.step = Step::Charging { ticket, share };
        self.events.push_back(HostEvent::ChargeAttempt { ticket, method });
        Ok(())
    }

    pub(super) fn finish_charge(&mut self, now: Instant, ticket: Ticket, result: ChargeResult) {
        let share = match self.login.step {
            Step::Charging { ticket: awaited, share } if awaited == ticket && self.state == State::Login => {
                share
            }
            _ => return,
        };
        self.login.step = Step::Idle;
        match result {
            ChargeResult::Refused { retry_after_s: Some(seconds) } => {
                self.refuse_login(now, LoginRefusal::TryLater, Some(seconds));
            }
            ChargeResult::Refused { retry_after_s: None } => {
                self.refuse_login(now, LoginRefusal::Locked, None)
            }
            ChargeResult::Allowed => match self.login.respond(&share) {
                Some((share, proofs)) => {
                    self.login.step = Step::Proving { ticket, proofs };
                    self.send_control(&SessionMsg::LoginShare { share });
                }
                // The share is no element, or the code went away meanwhile: the charge stays.
                None => self.refuse_login(now, LoginRefusal::WrongSecret, None),
            },
        }
    }

    pub(super) fn confirm_login(&mut self, now: Instant, tag: &[u8; 32]) -> Result<(), Fault> {
        let Step::Proving { ticket, proofs } = core::mem::replace(&mut self.login.step, Step::Idle) else {
            return Err("it confirmed a login that it did not begin");
        };
        if !pake::proves(&proofs.viewer, tag) {
            self.refuse_login(now, LoginRefusal::WrongSecret, None);
            return Ok(());
        }
        self.events.push_back(HostEvent::RefundAttempt { ticket });
        let granted = self.granted;
        self.send_control(&SessionMsg::LoginAccepted { tag: *proofs.host.as_bytes(), granted });
        change(&mut self.state, State::Active);
        self.last_heard = now;
        self.timing.start(now);
        self.events.push_back(HostEvent::LoggedIn { granted });
        if granted.has(deskwire_wire::session::Scope::View) {
            self.send_displays();
        }
        self.send_ping(now);
        Ok(())
    }

    fn refuse_login(&mut self, now: Instant, why: LoginRefusal, retry_after_s: Option<u32>) {
        self.login.tries += 1;
        self.events.push_back(HostEvent::LoginRefused { why });
        self.send_control(&SessionMsg::LoginRefused { why, retry_after_s });
        if self.login.tries >= self.login.limits.tries {
            self.end(Ended::TooManyTries);
        } else {
            self.login.deadline = now + self.login.limits.login;
        }
    }
}
