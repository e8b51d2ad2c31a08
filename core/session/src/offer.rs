//! What a host lets viewers log in with, and what they may do then.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use deskwire_identity::PublicKey;
use deskwire_wire::session::{LoginMethod, Scope, Scopes};

use crate::{OneTimeCode, StretchedPassword};

/// What a viewer may do, by the way it logged in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Grants {
    /// With the one-time code: somebody at the host told it.
    pub code: Scopes,
    /// With the permanent password.
    pub password: Scopes,
    /// With an identity key in the allow-list.
    pub identity: Scopes,
    /// With a click at the host.
    pub approval: Scopes,
}

impl Default for Grants {
    /// Whoever was let in for once sees, hears, talks, types, and shares the clipboard; the host's owner may do everything.
    fn default() -> Self {
        let guest =
            [Scope::View, Scope::Input, Scope::ClipboardIn, Scope::ClipboardOut, Scope::Audio, Scope::Chat];
        // A host that does not want to talk grants no voice to anybody.
        let guest = guest.into_iter().collect::<Scopes>().with(Scope::Voice);
        Self { code: guest, password: Scopes::ALL, identity: Scopes::ALL, approval: guest }
    }
}

impl Grants {
    /// The same for everybody.
    pub const fn all(scopes: Scopes) -> Self {
        Self { code: scopes, password: scopes, identity: scopes, approval: scopes }
    }

    /// What a login of this kind gives.
    pub const fn of(&self, method: LoginMethod) -> Scopes {
        match method {
            LoginMethod::OneTimeCode => self.code,
            LoginMethod::Password => self.password,
            LoginMethod::Identity => self.identity,
            LoginMethod::Approval => self.approval,
            _ => Scopes::NONE,
        }
    }
}

/// How viewers log in at a host. The default lets nobody in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LoginTerms {
    /// The one-time code; `None` while codes are not offered.
    pub code: Option<OneTimeCode>,
    /// The permanent password; `None` if there is none.
    pub password: Option<StretchedPassword>,
    /// Viewers that need no secret: their keys, which the transport proves.
    pub allowed: BTreeSet<PublicKey>,
    /// Whether somebody at the host can be asked.
    pub approval: bool,
    /// Whether a second factor is wanted after every method but approval.
    pub second_factor: bool,
    /// Viewers that are not asked for it.
    pub trusted: BTreeSet<PublicKey>,
    /// What they may do then.
    pub grants: Grants,
}

impl LoginTerms {
    /// What this viewer is offered.
    pub fn for_viewer(&self, viewer: &PublicKey) -> LoginOffer {
        LoginOffer {
            code: self.code.clone(),
            password: self.password.clone(),
            identity: self.allowed.contains(viewer),
            approval: self.approval,
            second_factor: self.second_factor && !self.trusted.contains(viewer),
            grants: self.grants,
        }
    }
}

/// How one viewer can log in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LoginOffer {
    /// The one-time code; `None` while codes are not offered.
    pub code: Option<OneTimeCode>,
    /// The permanent password; `None` if there is none.
    pub password: Option<StretchedPassword>,
    /// Whether it is in the allow-list.
    pub identity: bool,
    /// Whether somebody at the host can be asked.
    pub approval: bool,
    /// Whether a second factor is wanted after every method but approval.
    pub second_factor: bool,
    /// What it may do then.
    pub grants: Grants,
}

impl LoginOffer {
    /// The methods, as they are told.
    pub fn methods(&self) -> Vec<LoginMethod> {
        let all = [
            (self.identity, LoginMethod::Identity),
            (self.code.is_some(), LoginMethod::OneTimeCode),
            (self.password.is_some(), LoginMethod::Password),
            (self.approval, LoginMethod::Approval),
        ];
        all.into_iter().filter(|(offered, _)| *offered).map(|(_, method)| method).collect()
    }

    pub(crate) const fn offers(&self, method: LoginMethod) -> bool {
        match method {
            LoginMethod::OneTimeCode => self.code.is_some(),
            LoginMethod::Password => self.password.is_some(),
            LoginMethod::Identity => self.identity,
            LoginMethod::Approval => self.approval,
            _ => false,
        }
    }

    pub(crate) const fn wants_second_factor(&self, method: LoginMethod) -> bool {
        self.second_factor && !matches!(method, LoginMethod::Approval)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskwire_identity::IdentityKey;
    use deskwire_machine::Seed;

    #[test]
    fn only_listed_viewers_get_in_by_their_key_or_without_a_second_factor() {
        let mut rng = Seed::new([1; 32]).secret();
        let [known, stranger] = [0, 1].map(|_| IdentityKey::generate(&mut rng).public());
        let terms = LoginTerms {
            allowed: [known].into(),
            second_factor: true,
            trusted: [known].into(),
            ..LoginTerms::default()
        };
        assert_eq!(terms.for_viewer(&known).methods(), [LoginMethod::Identity]);
        assert!(!terms.for_viewer(&known).wants_second_factor(LoginMethod::Identity));
        assert_eq!(terms.for_viewer(&stranger).methods(), []);
        assert!(terms.for_viewer(&stranger).wants_second_factor(LoginMethod::Password));
        assert!(!terms.for_viewer(&stranger).wants_second_factor(LoginMethod::Approval));
    }

    #[test]
    fn each_method_is_offered_and_gives_by_itself() {
        let only = |scope| Scopes::NONE.with(scope);
        let grants = Grants {
            code: only(Scope::View),
            password: only(Scope::Input),
            identity: only(Scope::Audio),
            approval: only(Scope::Chat),
        };
        let params = deskwire_wire::session::PasswordParams { salt: [1; 16], memory_kib: 8, passes: 1 };
        let key = deskwire_identity::Secret::new([2; 32]);
        let none = LoginOffer::default();
        let offers = [
            (
                LoginMethod::OneTimeCode,
                Scope::View,
                LoginOffer { code: "123456".parse().ok(), ..none.clone() },
            ),
            (
                LoginMethod::Password,
                Scope::Input,
                LoginOffer { password: Some(StretchedPassword { params, key }), ..none.clone() },
            ),
            (LoginMethod::Identity, Scope::Audio, LoginOffer { identity: true, ..none.clone() }),
            (LoginMethod::Approval, Scope::Chat, LoginOffer { approval: true, ..none.clone() }),
        ];
        for (method, scope, offer) in &offers {
            assert_eq!(offer.methods(), [*method]);
            assert!(offer.offers(*method) && !none.offers(*method));
            assert_eq!(grants.of(*method), only(*scope));
            assert_eq!(Grants::all(only(Scope::Chat)).of(*method), only(Scope::Chat));
        }
        assert!(none.methods().is_empty());
    }

    #[test]
    fn terms_offer_what_they_hold() {
        let code: OneTimeCode = "123456".parse().unwrap();
        let params = deskwire_wire::session::PasswordParams { salt: [1; 16], memory_kib: 8, passes: 1 };
        let password = StretchedPassword { params, key: deskwire_identity::Secret::new([2; 32]) };
        let grants = Grants::all(Scopes::NONE.with(Scope::Chat));
        let viewer = IdentityKey::from_bytes(&[1; 32]).public();
        let terms = LoginTerms {
            code: Some(code.clone()),
            password: Some(password.clone()),
            approval: true,
            grants,
            ..LoginTerms::default()
        };
        let offer = LoginOffer {
            code: Some(code),
            password: Some(password),
            approval: true,
            grants,
            ..LoginOffer::default()
        };
        assert_eq!(terms.for_viewer(&viewer), offer);
    }

    #[test]
    fn a_guest_may_less_than_an_owner() {
        let usual = Grants::default();
        for guest in [usual.code, usual.approval] {
            assert!(guest.has(Scope::View) && guest.has(Scope::Input) && !guest.has(Scope::Terminal));
        }
        assert_eq!((usual.password, usual.identity), (Scopes::ALL, Scopes::ALL));
    }
}
