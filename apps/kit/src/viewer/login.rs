//! Logging in, with what the user gave and the host offers.

use std::sync::Arc;
use std::thread;

use deskwire_core::machine::Instant;
use deskwire_core::sessions::{Credential, OneTimeCode, Rejected, stretch};
use deskwire_core::wire::ids::Private;
use deskwire_core::wire::session::{LoginMethod, LoginRefusal, PasswordParams};
use deskwire_core::{ConnectionId, Node};
use deskwire_driver::Handle;

use super::Stage;
use super::shared::Shared;

/// With what to log in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LoginWith {
    /// The code that the host shows.
    Code(OneTimeCode),
    /// The host's permanent password.
    Password(Private<String>),
    /// This device's key, which the host allows.
    Key,
    /// Somebody at the host is asked.
    Approval,
}

impl LoginWith {
    /// A code as somebody typed it.
    ///
    /// # Errors
    /// When it is none; the text says why.
    pub fn code(text: &str) -> Result<Self, String> {
        text.parse().map(Self::Code).map_err(|e: deskwire_core::sessions::CodeError| e.to_string())
    }

    /// A password.
    pub fn password(text: &str) -> Self {
        Self::Password(Private(text.to_owned()))
    }

    const fn method(&self) -> LoginMethod {
        match self {
            Self::Code(_) => LoginMethod::OneTimeCode,
            Self::Password(_) => LoginMethod::Password,
            Self::Key => LoginMethod::Identity,
            Self::Approval => LoginMethod::Approval,
        }
    }
}

/// How a host lets viewers in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Offer {
    /// The methods.
    pub(super) methods: Vec<LoginMethod>,
    /// How its password is stretched.
    pub(super) password: Option<PasswordParams>,
}

/// What is needed to log in on a connection.
#[derive(Clone)]
pub(super) struct Door {
    pub(super) handle: Handle<Node>,
    pub(super) shared: Arc<Shared>,
    pub(super) connection: ConnectionId,
}

impl Door {
    /// Logs in; or says why that cannot be, and asks the user.
    pub(super) fn enter(&self, node: &mut Node, now: Instant, with: LoginWith) {
        let Self { shared, .. } = self;
        let offer = shared.offer();
        let method = with.method();
        if let Some(offer) = offer.as_ref().filter(|offer| !offer.methods.contains(&method)) {
            return shared.ask(Some(not_offered(method, offer)));
        }
        if !proves_host(method) && !shared.may_trust() {
            return shared.ask(Some(
                "nothing proves yet that this is the right host: log in with a code or the password once, or compare \
                 the safety number with the one shown there and then use --accept-unverified"
                    .into(),
            ));
        }
        match with {
            LoginWith::Code(code) => self.log_in(node, now, Credential::Code(code)),
            LoginWith::Key => self.log_in(node, now, Credential::Identity),
            LoginWith::Approval => {
                shared.set_stage(Stage::Connecting("Waiting for somebody at the host".into()));
                self.log_in(node, now, Credential::Approval);
            }
            LoginWith::Password(password) => {
                // If the host has not said yet how to stretch it, it is tried again when it has.
                if let Some(params) = offer.and_then(|offer| offer.password) {
                    self.stretch(password, params);
                }
            }
        }
    }

    fn log_in(&self, node: &mut Node, now: Instant, credential: Credential) {
        let method = credential.method();
        let done = node.with_viewer(now, self.connection, |now, session| session.log_in(now, credential));
        match done {
            // Only a try that was taken counts: what another one proves must not be said of this one.
            Some(Ok(())) => self.shared.note_try(method),
            None | Some(Err(Rejected::NotNow)) => {}
            Some(Err(refused)) => self.shared.ask(Some(refused.to_string())),
        }
    }

    /// Stretches the password on a thread of its own, because that takes a while.
    fn stretch(&self, password: Private<String>, params: PasswordParams) {
        let door = self.clone();
        let started = thread::Builder::new().name("password".into()).spawn(move || {
            match stretch(&password.0, &params) {
                Ok(key) => {
                    let handle = door.handle.clone();
                    // An error says that the node has stopped.
                    let _ = handle.send(move |node, now| door.log_in(node, now, Credential::Password(key)));
                }
                Err(error) => door.shared.ask(Some(error.to_string())),
            }
        });
        if let Err(error) = started {
            let hint = format!("no thread can be started ({error}); close some programs, and try again");
            self.shared.ask(Some(hint));
        }
    }
}

fn not_offered(method: LoginMethod, offer: &Offer) -> String {
    let what = match method {
        LoginMethod::OneTimeCode => "the host accepts no codes at the moment",
        LoginMethod::Password => "the host has no password",
        LoginMethod::Identity => "this device's key is not in the host's list",
        _ => "nobody at the host can be asked",
    };
    let others: Vec<&str> = offer.methods.iter().map(|method| name(*method)).collect();
    if others.is_empty() {
        format!("{what}, and nothing else either; ask its owner")
    } else {
        format!("{what}; it accepts: {}", others.join(", "))
    }
}

const fn name(method: LoginMethod) -> &'static str {
    match method {
        LoginMethod::OneTimeCode => "the one-time code",
        LoginMethod::Password => "its password",
        LoginMethod::Identity => "this device's key",
        LoginMethod::Approval => "a yes of somebody there",
        _ => "something newer",
    }
}

/// Whether such a login proves that the host is the right one: it must know the secret too.
pub(super) const fn proves_host(method: LoginMethod) -> bool {
    matches!(method, LoginMethod::OneTimeCode | LoginMethod::Password)
}

/// Why a login of this kind was refused, and what to do.
pub(super) fn refusal(method: Option<LoginMethod>, why: LoginRefusal, retry_after_s: Option<u32>) -> String {
    let secret = if method == Some(LoginMethod::Password) { "password" } else { "code" };
    match (why, retry_after_s) {
        (LoginRefusal::WrongSecret, None) => format!("the {secret} is wrong; read it again from the host"),
        (LoginRefusal::WrongSecret, Some(seconds)) => {
            format!("the {secret} is wrong; read it again from the host, and try again in {seconds} s")
        }
        (LoginRefusal::TryLater, seconds) if method == Some(LoginMethod::Approval) => format!(
            "whoever sits at the host is being asked or was asked a moment ago; try again in {} s",
            seconds.unwrap_or(1)
        ),
        (LoginRefusal::TryLater, seconds) => {
            format!("too many wrong {secret}s lately; try again in {} s", seconds.unwrap_or(1))
        }
        (LoginRefusal::Locked, _) => {
            "too many wrong codes today: somebody at the host has to allow codes again (deskwire host --unlock)".into()
        }
        (LoginRefusal::Denied, _) => "nobody at the host said yes; talk to somebody there, and try again".into(),
        _ => "the host does not accept that login at the moment".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_offered_is_said_with_what_is() {
        let offer = Offer { methods: vec![LoginMethod::OneTimeCode, LoginMethod::Approval], password: None };
        let said = not_offered(LoginMethod::Password, &offer);
        assert_eq!(said, "the host has no password; it accepts: the one-time code, a yes of somebody there");
        assert!(not_offered(LoginMethod::Identity, &Offer::default()).contains("nothing else"));
    }

    #[test]
    fn t47_a_password_is_not_shown() {
        assert!(!format!("{:?}", LoginWith::password("correct horse")).contains("horse"));
    }
}
