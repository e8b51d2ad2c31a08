//! What a server promised is there after it died, and nothing else is.
#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail like tests")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use deskwire_identity::{IdentityKey, PublicKey};
use deskwire_rendezvous::server::{StoreRequest, StoreResult, StoreTicket};
use deskwire_store::Store;
use deskwire_wire::ids::DeviceId;
use rustix::process::{Resource, Rlimit, setrlimit};

/// Set for the process that claims: the directory.
const DIR: &str = "DESKWIRE_STORE_TEST_DIR";
/// Claims that wait at a time.
const WINDOW: u64 = 40;

fn key(n: u64) -> PublicKey {
    let bytes: Vec<u8> = [n.to_le_bytes(), [1; 8], [2; 8], [3; 8]].concat();
    IdentityKey::from_bytes(&bytes.try_into().unwrap()).public()
}

fn request(n: u64) -> StoreRequest {
    StoreRequest::Claim { ticket: StoreTicket(n), id: DeviceId::from_number(n), key: key(n), epoch: 1 }
}

/// The process that claims: says a line for each answer, until `goes_on` says no or it is killed.
fn claim_forever(dir: &str, mut goes_on: impl FnMut(StoreResult) -> bool) {
    let store = Store::open(Path::new(dir)).unwrap();
    let (tell, told) = std::sync::mpsc::channel();
    for n in 0.. {
        let tell = tell.clone();
        store.submit(request(n), move |result| {
            // The other end goes away when the last answer was taken.
            let _ = tell.send((n, result));
        });
        if n < WINDOW {
            continue;
        }
        let (answered, result) = told.recv().unwrap();
        match result {
            StoreResult::Owned { .. } => println!("owned {answered}"),
            other => println!("not {answered} {other:?}"),
        }
        if !goes_on(result) {
            return;
        }
    }
}

/// Runs the test of this name again as the process that claims.
fn child(test: &str, dir: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture", "--test-threads=1"])
        .env(DIR, dir)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// The numbers of the lines that begin with `word`.
fn number(line: &str, word: &str) -> Option<u64> {
    // The harness may have begun the first line.
    line[line.find(word)?..].split(' ').nth(1)?.parse().ok()
}

/// Every claim that was acknowledged is there; what is there beyond was asked for, with the right key.
fn check(dir: &Path, acknowledged: &[u64]) {
    let rows: BTreeMap<i64, Vec<u8>> = smol::block_on(async {
        use sqlx::{ConnectOptions, Row};
        // Opening it as a server does repairs it first.
        drop(Store::open(dir).unwrap());
        let path = dir.join("registry.sqlite3");
        let mut connection =
            sqlx::sqlite::SqliteConnectOptions::new().filename(path).connect().await.unwrap();
        let intact: String =
            sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut connection).await.unwrap();
        assert_eq!(intact, "ok");
        let rows = sqlx::query("SELECT id, key FROM peers").fetch_all(&mut connection).await.unwrap();
        rows.iter().map(|row| (row.get("id"), row.get("key"))).collect()
    });
    let id = |n: u64| DeviceId::from_number(n).as_digits().cast_signed();
    for n in acknowledged {
        assert_eq!(rows.get(&id(*n)).map(Vec::as_slice), Some(&key(*n).as_bytes()[..]), "claim {n} is lost");
    }
    let last = acknowledged.last().copied().unwrap_or_default();
    let asked: BTreeMap<i64, u64> = (0..=last + 2 * WINDOW + 2).map(|n| (id(n), n)).collect();
    for (row, owner) in &rows {
        let n = asked.get(row).unwrap_or_else(|| panic!("{row} was never asked for"));
        assert_eq!(owner.as_slice(), key(*n).as_bytes(), "claim {n} has another owner");
    }
    assert!(rows.len() >= acknowledged.len());
}

#[test]
fn acknowledged_claims_survive_kill() {
    if let Ok(dir) = std::env::var(DIR) {
        return claim_forever(&dir, |_| true);
    }
    for stop_after in [1, 57, 400] {
        let dir = tempfile::tempdir().unwrap();
        let mut child = child("acknowledged_claims_survive_kill", dir.path());
        let mut acknowledged = Vec::new();
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            acknowledged.extend(number(&line.unwrap(), "owned "));
            if acknowledged.len() == stop_after {
                // SIGKILL, in the middle of whatever it does; what it said until then is still read.
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
        assert!(acknowledged.len() >= stop_after, "the child ended by itself");
        check(dir.path(), &acknowledged);
    }
}

#[test]
fn a_disk_that_takes_no_more_acknowledges_nothing() {
    if let Ok(dir) = std::env::var(DIR) {
        // The system then refuses to let any file grow above this, and the signal for it is not to end the process.
        signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::new(AtomicBool::new(false))).unwrap();
        let limit = Some(256 * 1024);
        setrlimit(Resource::Fsize, Rlimit { current: limit, maximum: limit }).unwrap();
        let mut failures = 0;
        return claim_forever(&dir, move |result| {
            failures += u64::from(result == StoreResult::Unavailable);
            failures < 100
        });
    }
    let dir = tempfile::tempdir().unwrap();
    let mut child = child("a_disk_that_takes_no_more_acknowledges_nothing", dir.path());
    let (mut acknowledged, mut refused) = (Vec::new(), Vec::new());
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        acknowledged.extend(number(&line, "owned "));
        refused.extend(number(&line, "not "));
    }
    child.wait().unwrap();
    assert!(!acknowledged.is_empty(), "there was room at first");
    assert!(refused.len() >= 100, "{} refused", refused.len());
    check(dir.path(), &acknowledged);
}
