//! The host's side of a login: nothing is answered before it is charged, nothing is refunded before it is proven.

use alloc::string::String;

use deskwire_identity::{PublicKey, Secret64};
use deskwire_machine::{Instant, Rng, change};
use deskwire_wire::ids::Private;
use deskwire_wire::session::{LoginMethod, LoginRefusal, Scope, SessionMsg};

use super::{HostConfig, HostEvent, HostSession, State, Ticket};
use crate::channel::Fault;
use crate::ended::Ended;
use crate::pake::{self, Confirmations, Context, Purpose};
use crate::{ChargeResult, Limits, LoginOffer, SecondFactorResult};

#[derive(Debug)]
enum Step {
    /// Nothing under way.
    Idle,
    /// The owner writes the attempt down.
    Charging { ticket: Ticket, method: LoginMethod, share: Option<[u8; 32]> },
    /// The viewer has to prove that it knows the secret.
    Proving { ticket: Ticket, method: LoginMethod, proofs: Confirmations },
    /// Somebody at the host is asked.
    Asking { ticket: Ticket },
    /// The viewer's user is asked for the second factor.
    AwaitingFactor { method: LoginMethod },
    /// The owner looks at the second factor.
    CheckingFactor { ticket: Ticket, method: LoginMethod },
}

#[derive(Debug)]
pub(super) struct HostLogin {
    step: Step,
    pub(super) offer: LoginOffer,
    /// How the viewer logged in, once it has.
    pub(super) method: Option<LoginMethod>,
    rng: Rng,
    exporter: Secret64,
    pub(super) viewer_key: PublicKey,
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
            offer: config.login,
            method: None,
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

    pub(super) fn message(&self) -> SessionMsg {
        SessionMsg::LoginMethods {
            methods: self.offer.methods(),
            password: self.offer.password.as_ref().map(|password| password.params),
        }
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

    const fn ticket(&mut self) -> Ticket {
        let ticket = Ticket(self.next_ticket);
        self.next_ticket += 1;
        ticket
    }

    fn respond(&mut self, method: LoginMethod, share: &[u8; 32]) -> Option<([u8; 32], Confirmations)> {
        let context =
            Context { exporter: self.exporter.as_bytes(), viewer: &self.viewer_key, host: &self.host_key };
        let (purpose, secret) = match method {
            LoginMethod::OneTimeCode => (Purpose::Code, self.offer.code.as_ref()?.digits().as_bytes()),
            LoginMethod::Password => {
                (Purpose::Password, self.offer.password.as_ref()?.key.as_bytes().as_slice())
            }
            _ => return None,
        };
        pake::respond(&mut self.rng, purpose, secret, share, context).ok()
    }
}

impl HostSession {
    pub(super) fn start_login(
        &mut self,
        now: Instant,
        method: LoginMethod,
        share: Option<[u8; 32]>,
    ) -> Result<(), Fault> {
        if !matches!(self.login.step, Step::Idle) {
            return Err("it began a login within a login");
        }
        if !self.login.offer.offers(method) {
            self.refuse_login(now, LoginRefusal::NotOffered, None);
            return Ok(());
        }
        match (method, share) {
            // A question costs the time of whoever sits there, so it is charged like a guess.
            (LoginMethod::OneTimeCode | LoginMethod::Password, Some(_)) | (LoginMethod::Approval, None) => {
                let ticket = self.login.ticket();
                self.login.step = Step::Charging { ticket, method, share };
                self.events.push_back(HostEvent::ChargeAttempt { ticket, method });
            }
            // The transport has proven the key. Nobody else's mistakes can lock such a viewer out.
            (LoginMethod::Identity, None) => self.pass_first(now, method, None),
            _ => return Err("its login has a share where none belongs, or none where one does"),
        }
        Ok(())
    }

    pub(super) fn finish_charge(&mut self, now: Instant, ticket: Ticket, result: ChargeResult) {
        let (method, share) = match self.login.step {
            Step::Charging { ticket: awaited, method, share }
                if awaited == ticket && self.state == State::Login =>
            {
                (method, share)
            }
            _ => return,
        };
        self.login.step = Step::Idle;
        match result {
            ChargeResult::Refused { retry_after_s } => self.refuse_charge(now, retry_after_s),
            ChargeResult::Allowed => match share {
                Some(share) => self.answer_share(now, ticket, method, &share),
                None => {
                    self.login.step = Step::Asking { ticket };
                    self.login.deadline = now + self.limits.person;
                    self.events.push_back(HostEvent::ApprovalWanted { ticket });
                }
            },
        }
    }

    fn answer_share(&mut self, now: Instant, ticket: Ticket, method: LoginMethod, share: &[u8; 32]) {
        match self.login.respond(method, share) {
            Some((share, proofs)) => {
                self.login.step = Step::Proving { ticket, method, proofs };
                self.send_control(&SessionMsg::LoginShare { share });
            }
            // The share is no element, or the secret went away meanwhile: the charge stays.
            None => self.refuse_login(now, LoginRefusal::WrongSecret, None),
        }
    }

    pub(super) fn confirm_login(&mut self, now: Instant, tag: &[u8; 32]) -> Result<(), Fault> {
        let Step::Proving { ticket, method, proofs } = core::mem::replace(&mut self.login.step, Step::Idle)
        else {
            return Err("it confirmed a login that it did not begin");
        };
        if !pake::proves(&proofs.viewer, tag) {
            self.refuse_login(now, LoginRefusal::WrongSecret, None);
            return Ok(());
        }
        self.events.push_back(HostEvent::RefundAttempt { ticket, method });
        self.pass_first(now, method, Some(*proofs.host.as_bytes()));
        Ok(())
    }

    pub(super) fn finish_approval(&mut self, now: Instant, ticket: Ticket, allowed: bool) {
        match self.login.step {
            Step::Asking { ticket: awaited } if awaited == ticket && self.state == State::Login => {}
            _ => return,
        }
        self.login.step = Step::Idle;
        if allowed {
            self.events.push_back(HostEvent::RefundAttempt { ticket, method: LoginMethod::Approval });
            self.pass_first(now, LoginMethod::Approval, None);
        } else {
            self.refuse_login(now, LoginRefusal::Denied, None);
        }
    }

    /// Whether somebody at the host did not answer in time; the viewer is told so then.
    pub(super) fn nobody_answered(&mut self, now: Instant) -> bool {
        let Step::Asking { ticket } = self.login.step else { return false };
        self.events.push_back(HostEvent::ApprovalOver { ticket });
        self.login.step = Step::Idle;
        self.refuse_login(now, LoginRefusal::Denied, None);
        true
    }

    /// The method has succeeded; `tag` proves that this host knows the secret too.
    fn pass_first(&mut self, now: Instant, method: LoginMethod, tag: Option<[u8; 32]>) {
        if self.login.offer.wants_second_factor(method) {
            self.login.step = Step::AwaitingFactor { method };
            self.login.deadline = now + self.limits.person;
            self.send_control(&SessionMsg::LoginSecondFactorWanted { tag });
        } else {
            self.accept(now, method, tag);
        }
    }

    pub(super) fn take_factor(&mut self, code: Private<String>, trust: bool) -> Result<(), Fault> {
        let Step::AwaitingFactor { method } = self.login.step else {
            return Err("it sent a second factor that was not asked for");
        };
        let ticket = self.login.ticket();
        self.login.step = Step::CheckingFactor { ticket, method };
        self.events.push_back(HostEvent::SecondFactor { ticket, code, trust });
        Ok(())
    }

    pub(super) fn finish_factor(&mut self, now: Instant, ticket: Ticket, result: SecondFactorResult) {
        let method = match self.login.step {
            Step::CheckingFactor { ticket: awaited, method }
                if awaited == ticket && self.state == State::Login =>
            {
                method
            }
            _ => return,
        };
        self.login.step = Step::Idle;
        match result {
            SecondFactorResult::Right => self.accept(now, method, None),
            SecondFactorResult::Wrong => {
                self.refuse_login(now, LoginRefusal::WrongSecret, None);
                // Only the second factor is asked for again.
                if self.state == State::Login {
                    self.login.step = Step::AwaitingFactor { method };
                    self.login.deadline = now + self.limits.person;
                }
            }
            SecondFactorResult::Refused { retry_after_s } => self.refuse_charge(now, retry_after_s),
        }
    }

    fn accept(&mut self, now: Instant, method: LoginMethod, tag: Option<[u8; 32]>) {
        self.login.method = Some(method);
        self.granted = self.login.offer.grants.of(method);
        let granted = self.granted;
        self.send_control(&SessionMsg::LoginAccepted { tag, granted });
        if self.state != State::Login {
            return;
        }
        change(&mut self.state, State::Active);
        self.last_heard = now;
        self.timing.start(now);
        self.events.push_back(HostEvent::LoggedIn { method, granted });
        if granted.has(Scope::Voice) {
            self.send_voice_wish();
        }
        if granted.has(Scope::View) {
            self.send_displays();
        }
        self.send_ping(now);
    }

    fn refuse_charge(&mut self, now: Instant, retry_after_s: Option<u32>) {
        let why = if retry_after_s.is_some() { LoginRefusal::TryLater } else { LoginRefusal::Locked };
        self.refuse_login(now, why, retry_after_s);
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
