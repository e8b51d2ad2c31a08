//! The viewer's side of a login.

use alloc::string::String;
use alloc::vec::Vec;

use deskwire_identity::{PublicKey, Secret64};
use deskwire_machine::{Instant, Rng, change};
use deskwire_wire::ids::Private;
use deskwire_wire::session::{
    ChannelHeader, LoginMethod, LoginRefusal, MAX_SECOND_FACTOR, PasswordParams, Scopes, SessionMsg,
};

use super::{State, ViewerConfig, ViewerEvent, ViewerSession};
use crate::channel::Fault;
use crate::ended::{Ended, Rejected};
use crate::pake::{self, Confirmations, Context, Purpose, ViewerPake};
use crate::{Limits, OneTimeCode, PasswordKey};

/// What a viewer logs in with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Credential {
    /// The code that the host shows.
    Code(OneTimeCode),
    /// What [`crate::stretch`] made of the password, with the parameters of [`ViewerEvent::LoginWanted`].
    Password(PasswordKey),
    /// This viewer's identity, which the transport has proven. The host proves nothing in return: only for a host whose
    /// key is known to be the right one.
    Identity,
    /// Somebody at the host is asked. The host proves nothing in return: only for a host whose key is known to be the
    /// right one.
    Approval,
}

impl Credential {
    /// The method it is for.
    pub const fn method(&self) -> LoginMethod {
        match self {
            Self::Code(_) => LoginMethod::OneTimeCode,
            Self::Password(_) => LoginMethod::Password,
            Self::Identity => LoginMethod::Identity,
            Self::Approval => LoginMethod::Approval,
        }
    }
}

#[derive(Debug)]
enum Step {
    /// The host has not said what it offers; a credential may be waiting for that.
    Greeting(Option<Credential>),
    /// The user is asked.
    Idle,
    /// The share is sent.
    Sharing(ViewerPake),
    /// The proof is sent.
    Proving(Confirmations),
    /// A method without a secret was named.
    Naming,
    /// The user is asked for the second factor.
    FactorWanted,
    /// The second factor is sent.
    FactorSent,
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
    pub(super) fn start_login(&mut self, now: Instant, credential: Credential) -> Result<(), Rejected> {
        if self.state != State::Login {
            return Err(Rejected::NotActive);
        }
        match &mut self.login.step {
            Step::Greeting(waiting) => {
                *waiting = Some(credential);
                Ok(())
            }
            Step::Idle => {
                self.begin(now, &credential);
                Ok(())
            }
            Step::Sharing(_) | Step::Proving(_) | Step::Naming | Step::FactorWanted | Step::FactorSent => {
                Err(Rejected::NotNow)
            }
        }
    }

    pub(super) fn send_factor(&mut self, now: Instant, code: &str, trust: bool) -> Result<(), Rejected> {
        if self.state != State::Login {
            return Err(Rejected::NotActive);
        }
        if !matches!(self.login.step, Step::FactorWanted) {
            return Err(Rejected::NotNow);
        }
        if code.len() > MAX_SECOND_FACTOR {
            return Err(Rejected::Invalid);
        }
        self.login.step = Step::FactorSent;
        self.login.deadline = Some(now + self.login.limits.answer);
        self.send_control(&SessionMsg::LoginSecondFactor { code: Private(String::from(code)), trust });
        Ok(())
    }

    fn begin(&mut self, now: Instant, credential: &Credential) {
        let (purpose, secret) = match credential {
            Credential::Code(code) => (Purpose::Code, code.digits().as_bytes()),
            Credential::Password(key) => (Purpose::Password, key.as_bytes().as_slice()),
            Credential::Identity | Credential::Approval => return self.name_method(now, credential.method()),
        };
        let login = &mut self.login;
        let context = context!(login);
        // It can fail only for a generator that is the identity: a secret whose hash is that does not exist in practice.
        if let Ok((share, pake)) = ViewerPake::start(&mut login.rng, purpose, secret, context) {
            login.step = Step::Sharing(pake);
            login.deadline = Some(now + login.limits.answer);
            let (method, share) = (credential.method(), Some(share));
            self.send_control(&SessionMsg::LoginStart { method, share });
        }
    }

    fn name_method(&mut self, now: Instant, method: LoginMethod) {
        let limits = &self.login.limits;
        let person = if method == LoginMethod::Approval { limits.person } else { core::time::Duration::ZERO };
        self.login.deadline = Some(now + limits.answer + person);
        self.login.step = Step::Naming;
        self.send_control(&SessionMsg::LoginStart { method, share: None });
    }

    pub(super) fn take_methods(
        &mut self,
        now: Instant,
        methods: Vec<LoginMethod>,
        password: Option<PasswordParams>,
    ) -> Result<(), Fault> {
        let Step::Greeting(waiting) = &mut self.login.step else { return Err("it offered logins twice") };
        let waiting = waiting.take();
        self.login.step = Step::Idle;
        self.login.deadline = None;
        match waiting {
            Some(credential) if methods.contains(&credential.method()) => self.begin(now, &credential),
            _ => self.events.push_back(ViewerEvent::LoginWanted { methods, password }),
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

    /// Whether the host has proven what it had to, at this step. A fault if this is not the step for it.
    fn is_proven(&mut self, tag: Option<&[u8; 32]>) -> Result<bool, Fault> {
        match (core::mem::replace(&mut self.login.step, Step::Idle), tag) {
            (Step::Proving(proofs), tag) => Ok(tag.is_some_and(|tag| pake::proves(&proofs.host, tag))),
            (Step::Naming | Step::FactorSent, None) => Ok(true),
            _ => Err("it accepted a login that was not made"),
        }
    }

    pub(super) fn take_factor_wish(&mut self, tag: Option<&[u8; 32]>) -> Result<(), Fault> {
        if matches!(self.login.step, Step::FactorSent) {
            return Err("it asked for a second factor twice");
        }
        if !self.is_proven(tag)? {
            self.end(Ended::NotProven);
            return Ok(());
        }
        self.login.step = Step::FactorWanted;
        self.login.deadline = None;
        self.events.push_back(ViewerEvent::SecondFactorWanted);
        Ok(())
    }

    pub(super) fn take_acceptance(
        &mut self,
        now: Instant,
        tag: Option<&[u8; 32]>,
        granted: Scopes,
    ) -> Result<(), Fault> {
        if !self.is_proven(tag)? {
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
        self.send_wishes(Scopes::NONE);
        Ok(())
    }

    pub(super) fn take_refusal(
        &mut self,
        why: LoginRefusal,
        retry_after_s: Option<u32>,
    ) -> Result<(), Fault> {
        let step = core::mem::replace(&mut self.login.step, Step::Idle);
        let is_factor = match step {
            Step::Sharing(_) | Step::Proving(_) | Step::Naming => false,
            Step::FactorSent => true,
            Step::Greeting(_) | Step::Idle | Step::FactorWanted => {
                return Err("it refused a login that was not begun");
            }
        };
        self.login.deadline = None;
        self.events.push_back(ViewerEvent::LoginFailed { why, retry_after_s });
        if is_factor && why == LoginRefusal::WrongSecret {
            self.login.step = Step::FactorWanted;
            self.events.push_back(ViewerEvent::SecondFactorWanted);
        }
        Ok(())
    }
}
