//! Who may log in at a host. What cannot be read lets nobody in.

#[path = "../../../../apps/kit/src/access/kept.rs"]
mod kept;

use deskwire_identity::{IdentityKey, ServerKey};
use deskwire_wire::session::{LoginMethod, Scopes};
use kept::{Access, Method};

use super::hex;
use super::state::json;

/// The first byte says how much anybody may get at most.
pub(super) fn access(bytes: &[u8]) {
    let Some((most, rest)) = bytes.split_first() else { return };
    let viewer = IdentityKey::from_bytes(&[2; 32]).public();
    let text = String::from_utf8_lossy(rest).replace("@V", &ServerKey(viewer).to_string());
    let Some(mut access) = json::<Access>(text.as_bytes()) else { return };
    let most: Scopes =
        Scopes::ALL.iter().enumerate().filter(|(n, _)| most >> (n % 8) & 1 == 1).map(|(_, s)| s).collect();
    assert!(!format!("{access:?}").contains("salt"), "the form for logs has no password");
    let methods = [Method::Code, Method::Password, Method::Key, Method::Approval];
    match access.read(None, most) {
        Err(why) => assert!(!why.is_empty()),
        Ok(terms) => {
            for method in methods {
                let given = terms.grants.of(LoginMethod::from(method));
                assert!(given.iter().all(|scope| most.has(scope) && access.granted(method).has(scope)));
            }
            assert_eq!(terms.password.is_some(), access.has_password());
            if let Some(password) = &terms.password {
                assert!(password.params.is_allowed(), "a password that costs too much or too little");
                let mut same = Access::default();
                same.set_password(Some(password));
                assert_eq!(
                    same.read(None, most).expect("it was read once").password.as_ref(),
                    Some(password)
                );
            }
            // Whose keys are listed may come in, and nobody else; who is asked for a second factor is so unless trusted.
            assert_eq!(terms.allowed.len(), access.allowed().count());
            let for_viewer = terms.for_viewer(&viewer);
            assert_eq!(for_viewer.second_factor, terms.second_factor && !terms.trusted.contains(&viewer));
        }
    }
    // What its owner takes back is gone, whatever else is in the file.
    access.forbid(&viewer);
    access.set_password(None);
    if let Ok(terms) = access.read(None, most) {
        assert!(!terms.allowed.contains(&viewer) && !terms.trusted.contains(&viewer), "it is allowed still");
        assert!(terms.password.is_none());
    }
    for method in methods {
        access.grant(method, Some(&[]));
        assert_eq!(access.granted(method), Scopes::NONE);
    }
}
