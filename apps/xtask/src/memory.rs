//! `cargo xtask miri` and `cargo xtask sanitize`: tests under tools that watch memory and threads.

use std::process::Command;

use crate::run;

/// The processor and system that the sanitizers are for.
const TARGET: &str = "x86_64-unknown-linux-gnu";

/// Crates of the core that use nothing but Rust, and so can be interpreted, with words that leave out tests which would take
/// Miri longer than an hour or read files.
const INTERPRETED: &[Interpreted] = &[
    Interpreted { package: "deskwire-machine", skip: &[] },
    Interpreted { package: "deskwire-wire", skip: &[] },
    Interpreted { package: "deskwire-identity", skip: &[] },
    Interpreted { package: "deskwire-handshake", skip: &[] },
    Interpreted { package: "deskwire-transport", skip: &[] },
    Interpreted { package: "deskwire-session", skip: &[] },
    Interpreted { package: "deskwire-rendezvous", skip: &[] },
    Interpreted { package: "deskwire-relay", skip: &[] },
    Interpreted { package: "deskwire-punch", skip: &[] },
];

struct Interpreted {
    package: &'static str,
    skip: &'static [&'static str],
}

/// What each sanitizer looks at if nobody says otherwise: what opens sockets, calls C, or shares memory with another
/// program.
const SANITIZED: &[&str] = &[
    "deskwire-driver",
    "deskwire-io-blocking",
    "deskwire-io-smol",
    "deskwire-io-tokio",
    "deskwire-picture",
    "deskwire-linux",
    "deskwire-store",
    "deskwire-control",
    "deskwire-server",
];

/// Runs the unit tests of the core in Miri; words choose packages. The toolchain is the one that `DESKWIRE_NIGHTLY`
/// names, or `nightly`.
pub(crate) fn miri(rest: &[String]) -> Result<(), String> {
    let toolchain = nightly();
    let plus = format!("+{toolchain}");
    let there = Command::new("cargo").args([&plus, "miri", "--version"]).output();
    if !there.is_ok_and(|output| output.status.success()) {
        return Err(format!(
            "the toolchain `{toolchain}` has no Miri; run `rustup toolchain install nightly -c miri -c rust-src`, or name \
             another toolchain in DESKWIRE_NIGHTLY"
        ));
    }
    for crate_ in INTERPRETED {
        if !chosen(rest, crate_.package) {
            continue;
        }
        let mut args = vec!["miri", "test", "--locked", "--lib", "-p", crate_.package, "--"];
        args.extend(crate_.skip.iter().flat_map(|word| ["--skip", word]));
        // Proptest looks for its file of failures, which isolation would refuse.
        let env = [("MIRIFLAGS", "-Zmiri-disable-isolation"), ("PROPTEST_CASES", "4")];
        run::cargo_of(&toolchain, &args, &env)?;
    }
    Ok(())
}

/// Runs tests under a sanitizer: `address`, `leak` or `thread`; words after it choose packages.
pub(crate) fn sanitize(rest: &[String]) -> Result<(), String> {
    let (sanitizer, words) = rest.split_first().ok_or("name a sanitizer: address, leak or thread")?;
    if !["address", "leak", "thread"].contains(&sanitizer.as_str()) {
        return Err(format!("there is no sanitizer `{sanitizer}`; name address, leak or thread"));
    }
    let folder = run::target_dir()?.join(format!("sanitize-{sanitizer}"));
    let folder = folder.to_string_lossy();
    let mut args = vec!["test", "--locked", "--target", TARGET, "--target-dir", &folder];
    let packages: Vec<&str> = SANITIZED.iter().copied().filter(|package| chosen(words, package)).collect();
    if packages.is_empty() {
        return Err(format!("no package is called so; there are {}", SANITIZED.join(", ")));
    }
    args.extend(packages.iter().flat_map(|package| ["-p", package]));
    args.extend(["--lib", "--bins", "--tests", "--no-fail-fast"]);
    let flags = format!("-Zsanitizer={sanitizer} -Cforce-frame-pointers=yes");
    let env = [("RUSTFLAGS", flags.as_str()), ("RUSTC_BOOTSTRAP", "1")];
    if sanitizer == "thread" {
        // A lock of an uninstrumented standard library is not seen, and every use of it looks like a race.
        args.push("-Zbuild-std");
        return run::cargo_of(&nightly(), &args, &env);
    }
    run::cargo_with(&args, &env)
}

/// The toolchain for what no stable one has.
fn nightly() -> String {
    std::env::var("DESKWIRE_NIGHTLY").unwrap_or_else(|_| "nightly".into())
}

/// Whether words choose a package: all are if there are none.
fn chosen(words: &[String], package: &str) -> bool {
    words.is_empty() || words.iter().any(|word| package.contains(word.as_str()))
}
