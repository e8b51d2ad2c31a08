//! Bad clients of all kinds beside honest ones, against a real server: everybody honest gets in. How fast is for
//! `cargo xtask bench abuse`, which takes fifty times as many.

use std::process::Command;

use serde_json::Value;

use super::support::{program, programs};

/// Bad clients; each kind gets its share of them.
const BAD: &str = "260";

#[test]
fn t34_two_hundred_bad_clients_keep_no_honest_one_out() {
    program("deskwire-server");
    program("deskwire-load");
    let output = Command::new(programs().path("deskwire-load").unwrap())
        .args(["abuse", "--json", "--bad", BAD, "--pairs", "4", "--seconds", "6"])
        .args(["--kinds", "mixed", "--sources", "many"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let rows: Value = serde_json::from_slice(&output.stdout).unwrap();
    let row = &rows[0];
    assert!(row["done"]["acts"].as_u64() > Some(1_000), "{row}");
    for phase in ["quiet", "loud"] {
        assert!(row[phase]["connects"].as_u64() >= Some(8), "{phase}: {row}");
        assert_eq!(row[phase]["failures"], Value::Array(Vec::new()), "{phase}: {row}");
    }
}
