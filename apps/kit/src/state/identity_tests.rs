use std::cell::RefCell;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::*;

/// A keystore of our own: no test of this crate touches the machine's.
#[derive(Default)]
struct Fake {
    keys: RefCell<BTreeMap<String, Secret<32>>>,
    trouble: RefCell<Option<Trouble>>,
    /// After so many calls the program is killed.
    calls_left: RefCell<Option<usize>>,
}

impl Fake {
    fn with(trouble: Trouble) -> Self {
        Self { trouble: RefCell::new(Some(trouble)), ..Self::default() }
    }

    fn call(&self) -> Result<(), Trouble> {
        self.trouble.borrow().clone().map_or(Ok(()), Err)
    }

    /// Where a program is killed that called: what the keystore did is done.
    fn killed(&self) {
        if let Some(left) = &mut *self.calls_left.borrow_mut() {
            assert!(*left > 0, "killed");
            *left -= 1;
        }
    }
}

impl Vault for Fake {
    fn get(&self, name: &str) -> Result<Option<Secret<32>>, Trouble> {
        self.call()?;
        let key = self.keys.borrow().get(name).cloned();
        self.killed();
        Ok(key)
    }

    fn put(&self, name: &str, key: &Secret<32>) -> Result<(), Trouble> {
        self.call()?;
        self.keys.borrow_mut().insert(name.into(), key.clone());
        self.killed();
        Ok(())
    }

    fn remove(&self, name: &str) -> Result<(), Trouble> {
        self.call()?;
        self.keys.borrow_mut().remove(name);
        self.killed();
        Ok(())
    }
}

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn state(&self, keystore: Keystore) -> State {
        State::open(self.folder.path(), keystore).unwrap()
    }

    fn text(&self) -> String {
        fs::read_to_string(self.folder.path().join(FILE)).unwrap()
    }

    fn find(&self, keystore: Keystore, vault: &Fake) -> (PublicKey, KeyPlace) {
        let (key, place) = self.state(keystore).find_identity(vault).unwrap();
        (key.public(), place)
    }
}

#[test]
fn t50_a_new_key_is_in_the_keystore_and_not_in_the_file() {
    let (place, vault) = (Place::new(), Fake::default());
    let (key, lies) = place.find(Keystore::System, &vault);
    assert_eq!(lies, KeyPlace::Keystore);
    assert_eq!(place.text(), format!("keystore {}\n", to_hex(key.as_bytes())));
    assert_eq!(place.find(Keystore::System, &vault), (key, KeyPlace::Keystore));
    assert_eq!(place.state(Keystore::System).public_key().unwrap(), key);
    let keys = vault.keys.borrow();
    let (name, seed) = keys.iter().next().unwrap();
    assert_eq!((keys.len(), name), (1, &entry(&key)));
    assert_eq!(IdentityKey::from_bytes(seed.as_bytes()).public(), key);
}

#[test]
fn without_a_keystore_the_file_does_and_says_why() {
    let (place, vault) = (Place::new(), Fake::with(Trouble::Absent("no session bus".into())));
    let (key, lies) = place.find(Keystore::System, &vault);
    let KeyPlace::FileFor(why) = &lies else { panic!("{lies:?}") };
    assert!(why.contains("no session bus"), "{why}");
    assert_eq!(place.find(Keystore::File, &Fake::default()), (key, KeyPlace::File));
    // Later there is one.
    let vault = Fake::default();
    assert_eq!(place.find(Keystore::System, &vault), (key, KeyPlace::Keystore));
    assert!(place.text().starts_with("keystore "));
}

#[test]
fn t50_nothing_is_lost_wherever_the_move_is_killed() {
    for to in [Keystore::System, Keystore::File] {
        let mut kills = 0;
        for calls in 0.. {
            let (place, vault) = (Place::new(), Fake::default());
            let from = if to == Keystore::File { Keystore::System } else { Keystore::File };
            let (key, _) = place.find(from, &vault);
            *vault.calls_left.borrow_mut() = Some(calls);
            let state = place.state(to);
            let died = catch_unwind(AssertUnwindSafe(|| state.find_identity(&vault).map(|_| ()))).is_err();
            *vault.calls_left.borrow_mut() = None;
            // Whatever the settings say then, it is the same device, and the move is made good.
            assert_eq!(place.find(to, &vault).0, key, "killed after {calls} calls");
            assert_eq!(place.find(from, &vault).0, key, "killed after {calls} calls");
            if !died {
                break;
            }
            kills += 1;
        }
        assert_eq!(kills, 2, "put and get, or get and remove");
    }
}

#[test]
fn a_keystore_that_does_not_give_back_what_it_was_given_gets_nothing() {
    struct Forgetful;
    impl Vault for Forgetful {
        fn get(&self, _: &str) -> Result<Option<Secret<32>>, Trouble> {
            Ok(None)
        }
        fn put(&self, _: &str, _: &Secret<32>) -> Result<(), Trouble> {
            Ok(())
        }
        fn remove(&self, _: &str) -> Result<(), Trouble> {
            Ok(())
        }
    }
    let place = Place::new();
    let (key, lies) = place.state(Keystore::System).find_identity(&Forgetful).unwrap();
    assert!(matches!(lies, KeyPlace::FileFor(_)), "{lies:?}");
    assert_eq!(place.find(Keystore::File, &Fake::default()).0, key.public());
}

#[test]
fn a_key_that_the_keystore_withholds_is_not_made_anew() {
    let (place, vault) = (Place::new(), Fake::default());
    let (key, _) = place.find(Keystore::System, &vault);
    let before = place.text();
    let name = entry(&key);
    let seed = vault.keys.borrow()[&name].clone();
    let fails = |vault: &Fake, words: &[&str]| {
        for keystore in [Keystore::System, Keystore::File] {
            let error = place.state(keystore).find_identity(vault).unwrap_err().to_string();
            assert!(words.iter().all(|word| error.contains(word)), "{error}");
            assert!(error.contains("unlock") && error.contains(FILE), "{error}");
        }
        assert_eq!(place.text(), before);
    };
    fails(&Fake::with(Trouble::Locked("prompt dismissed".into())), &["is locked (prompt dismissed)"]);
    fails(&Fake::with(Trouble::Silent), &["gave no answer"]);
    fails(&Fake::with(Trouble::Absent("no bus".into())), &["cannot be reached (no bus)"]);
    fails(&Fake::default(), &["has no entry", &name]);
    vault.keys.borrow_mut().insert(name.clone(), Secret::new([7; 32]));
    fails(&vault, &["holds another key", &name]);
    // Who only wants to know the public half is not kept waiting.
    assert_eq!(place.state(Keystore::System).public_key().unwrap(), key);
    vault.keys.borrow_mut().insert(name, seed);
    assert_eq!(place.find(Keystore::System, &vault).0, key);
}

#[test]
fn the_key_is_written_over_when_it_leaves_the_file() {
    let (place, vault) = (Place::new(), Fake::default());
    place.find(Keystore::File, &vault);
    let path = place.folder.path().join(FILE);
    // A second name of the file shows what is left of it.
    let left = place.folder.path().join("left");
    fs::hard_link(&path, &left).unwrap();
    assert_eq!(place.find(Keystore::System, &vault).1, KeyPlace::Keystore);
    assert!(fs::read(left).unwrap().iter().all(|byte| *byte == 0));
}

#[test]
fn the_identity_is_made_once_and_kept() {
    let place = Place::new();
    let first = place.state(Keystore::File).identity().unwrap().public();
    assert_eq!(place.state(Keystore::File).identity().unwrap().public(), first);
    for text in ["nonsense", "keystore nonsense", "keystore "] {
        fs::write(place.folder.path().join(FILE), text).unwrap();
        assert!(matches!(place.state(Keystore::File).identity(), Err(StateError::Corrupt(..))), "{text}");
    }
}
