//! The viewer's side of a login.

use alloc::vec::Vec;

use deskwire_identity::{PublicKey, Secret64};
use deskwire_machine::{Instant, Rng, change};
use deskwire_wire::session::{ChannelHeader, LoginMethod, LoginRefusal, Scopes, SessionMsg};

use super::{State, ViewerConfig, ViewerEvent, ViewerSession};
use crate::channel::Fault;
use crate::ended::{Ended, Rejected};
use crate::pake::{self, Confirmations, Context, ViewerPake};
use crate::{Limits, OneTimeCode};

#[derive(Debug)]
enum Step {
    /// The host has not said what it offers; a code may be waiting for that.
    Greeting(Option<OneTimeCode>),
    /// The user is asked.
    Idle,
    /// The share is sent.
    Sharing(ViewerPake),
    /// The proof is sent.
    Proving(Confirmations),
}

#[derive(Debug)]
pub(super) struct ViewerLogin {
    step: Step,
    rng: Rng,
    exporter: Secret64,
    viewer_key: PublicKey,
    host_key: PublicKey,
    limits: Limits,
    /// When the host must have answered; none while the user is asked.
    deadline: Option<Instant>,
    messages: u32,
}

impl ViewerLogin {
    pub(super) fn new(now: Instant, config: ViewerConfig) -> Self {
        Self {
            step: Step::Greeting(None),
            rng: config.seed.derive("login").secret(),
            exporter: config.exporter,
            viewer_key: config.viewer_key,
            host_key: config.host_key,
            deadline: Some(now + config.limits.answer),
            limits: config.limits,
            messages: 0,
        }
    }

    pub(super) const fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    /// A host that this viewer does not trust yet says little.
    pub(super) const fn count_message(&mut self) -> Result<(), Fault> {
        self.messages += 1;
        if self.messages > self.limits.messages_before_login {
            return Err("it sent too many messages before the login");
        }
        Ok(())
    }
}

/// A macro because it borrows some fields of the login while others are changed.
macro_rules! context {
    ($login:expr) => {
        Context { exporter: $login.exporter.as_bytes(), viewer: &$login.viewer_key, host: &$login.host_key }
    };
}

impl ViewerSession {
    pub(super) fn start_login(&mut self, now: Instant, code: OneTimeCode) -> Result<(), Rejected> {
        if self.state != State::Login {
            return Err(Rejected::NotActive);
        }
        match &mut self.login.step {
            Step::Greeting(waiting) => {
                *waiting = Some(code);
                Ok(())
            }
            Step::Idle => {
                self.share_code(now, &code);
                Ok(())
            }
            Step::Sharing(_) | Step::Proving(_) => Err(Rejected::NotNow),
        }
    }

    fn share_code(&mut self, now: Instant, code: &OneTimeCode) {
        let login = &mut self.login;
        let context = context!(login);
        // It can fail only for a generator that is the identity: a code whose hash is that does not exist in practice.
        if let Ok((share, pake)) = ViewerPake::start(&mut login.rng, code.digits().as_bytes(), context) {
            login.step = Step::Sharing(pake);
            login.deadline = Some(now + login.limits.answer);
            self.send_control(&SessionMsg::LoginStart { method: LoginMethod::OneTimeCode, share });
        }
    }

    pub(super) fn take_methods(&mut self, now: Instant, methods: Vec<LoginMethod>) -> Result<(), Fault> {
        let Step::Greeting(code) = &mut self.login.step else { return Err("it offered logins twice") };
        let code = code.take();
        self.login.step = Step::Idle;
        self.login.deadline = None;
        match code {
            Some(code) if methods.contains(&LoginMethod::OneTimeCode) => self.share_code(now, &code),
            _ => self.events.push_back(ViewerEvent::LoginWanted { methods }),
        }
        Ok(())
    }

    pub(super) fn take_share(&mut self, share: &[u8; 32]) -> Result<(), Fault> {
        let login = &mut self.login;
        let Step::Sharing(pake) = core::mem::replace(&mut login.step, Step::Idle) else {
            return Err("it answered a login that was not begun");
        };
        let proofs =
            pake.finish(share, context!(login)).map_err(|_| "its share of the login is not valid")?;
        let tag = *proofs.viewer.as_bytes();
        login.step = Step::Proving(proofs);
        self.send_control(&SessionMsg::LoginConfirm { tag });
        Ok(())
    }

    pub(super) fn take_acceptance(
        &mut self,
        now: Instant,
        tag: &[u8; 32],
        granted: Scopes,
    ) -> Result<(), Fault> {
        let Step::Proving(proofs) = core::mem::replace(&mut self.login.step, Step::Idle) else {
            return Err("it accepted a login that was not made");
        };
        if !pake::proves(&proofs.host, tag) {
            self.end(Ended::NotProven);
            return Ok(());
        }
        self.login.deadline = None;
        self.granted = granted;
        change(&mut self.state, State::Active);
        if self.channels.open(ChannelHeader::Input).is_err() {
            self.end(Ended::NotReading);
            return Ok(());
        }
        self.events.push_back(ViewerEvent::LoggedIn { granted });
        self.timing.start(now);
        self.send_ping(now);
        self.send_watch();
        Ok(())
    }

    pub(super) fn take_refusal(
        &mut self,
        why: LoginRefusal,
        retry_after_s: Option<u32>,
    ) -> Result<(), Fault> {
        if !matches!(self.login.step, Step::Sharing(_) | Step::Proving(_)) {
            return Err("it refused a login that was not begun");
        }
        self.login.step = Step::Idle;
        self.login.deadline = None;
        self.events.push_back(ViewerEvent::LoginFailed { why, retry_after_s });
        Ok(())
    }
}
