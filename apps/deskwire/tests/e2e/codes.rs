//! Wrong codes are refused, counted, and stop code logins in the end, whatever happens to the host meanwhile.

use std::fs;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use super::support::shot::Shot;
use super::support::{Site, eventually};

/// A code that is not `right`.
fn wrong(right: &str) -> String {
    let first = if right.starts_with('1') { '2' } else { '1' };
    format!("{first}{}", &right[1..])
}

/// The wrong codes that the host has written down, and whether it accepts no more.
fn charged(site: &Site) -> (usize, bool) {
    let text = fs::read(site.host_state().join("logins.json")).unwrap_or_else(|_| b"{}".to_vec());
    let kept: Value = serde_json::from_slice(&text).unwrap();
    (kept["codes"].as_array().map_or(0, Vec::len), kept["locked"] == true)
}

/// Gives a wrong code as soon as one may be given.
fn give_wrong(site: &Site) -> Shot {
    eventually("the chance to give a wrong code", Duration::from_secs(20), || {
        let shot = Shot::of(site, &wrong(site.host.code()), &[]);
        assert_eq!(shot.exit, Some(6), "{shot:?}");
        (!shot.said.contains("too many wrong codes lately")).then_some(shot)
    })
}

#[test]
fn t26_wrong_codes_count_also_after_the_host_was_killed() {
    let mut site = Site::new();
    assert_eq!(charged(&site), (0, false));
    let shot = give_wrong(&site);
    shot.assert(6, &["the code is wrong", "read it again from the host"]);
    assert!(!shot.file.exists());
    assert_eq!(charged(&site), (1, false));

    site.crash_host(&[]);
    give_wrong(&site).assert(6, &["the code is wrong"]);
    assert_eq!(charged(&site), (2, false));
    // Who comes too soon is told, and is not let in with the right code either.
    let shot = Shot::of(&site, site.host.code(), &[]);
    if shot.exit != Some(0) {
        shot.assert(6, &["too many wrong codes lately", "try again in"]);
    }

    // As if nine had been given over the last hour.
    site.host.process().kill().unwrap();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let times: Vec<u64> = (0..9).map(|n| now - 3_600 + 300 * n).collect();
    let kept = json!({ "codes": times, "locked": false });
    fs::write(site.host_state().join("logins.json"), kept.to_string()).unwrap();
    site.crash_host(&[]);
    give_wrong(&site).assert(6, &["the code is wrong"]);
    assert_eq!(charged(&site), (10, false));
    // That was the last one.
    Shot::of(&site, site.host.code(), &[]).assert(6, &["too many wrong codes today", "--unlock"]);
    site.crash_host(&[]);
    Shot::of(&site, site.host.code(), &[]).assert(6, &["too many wrong codes today", "--unlock"]);
    assert!(charged(&site).1);

    // Somebody at the host acts.
    site.crash_host(&["--unlock"]);
    Shot::of(&site, site.host.code(), &[]).assert(0, &["Saved"]);
    assert_eq!(charged(&site), (0, false));
}

#[test]
fn what_cannot_be_a_code_is_told_and_not_counted() {
    let site = Site::new();
    let shot = Shot::of(&site, "not a code", &[]);
    assert_eq!(shot.exit, Some(6), "{shot:?}");
    assert_eq!(charged(&site), (0, false));
}
