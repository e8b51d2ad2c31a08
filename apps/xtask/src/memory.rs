//! `cargo xtask miri` and `cargo xtask sanitize`: tests under tools that watch memory and threads.

use std::process::Command;

use crate::run;

/// The processor and system that the sanitizers are for.
const TARGET: &str = "x86_64-unknown-linux-gnu";

/// Crates of the core whose unit tests Miri can interpret: nothing they use calls C, and no test sees a file or a socket.
const INTERPRETED: &[&str] = &[
    "deskwire-machine",
    "deskwire-wire",
    "deskwire-identity",
    "deskwire-handshake",
    "deskwire-session",
    "deskwire-rendezvous",
    "deskwire-relay",
    "deskwire-punch",
];

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
    let packages = packages(INTERPRETED, rest)?;
    let args = [&["miri", "test", "--locked", "--lib"], &packages[..]].concat();
    // Proptest looks for its file of failures, which isolation would refuse; and Miri is a thousand times slower.
    run::cargo_of(&toolchain, &args, &[("MIRIFLAGS", "-Zmiri-disable-isolation"), ("PROPTEST_CASES", "4")])
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
    args.extend(packages(SANITIZED, words)?);
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

/// The packages of `all` that one of the words is a part of, or all if there are no words, as cargo takes them.
fn packages<'a>(all: &[&'a str], words: &[String]) -> Result<Vec<&'a str>, String> {
    let chosen = |package: &str| words.is_empty() || words.iter().any(|word| package.contains(word.as_str()));
    let packages: Vec<&str> =
        all.iter().filter(|package| chosen(package)).flat_map(|package| ["--package", package]).collect();
    if packages.is_empty() {
        return Err(format!("none of these packages is called {}: {}", words.join(" or "), all.join(", ")));
    }
    Ok(packages)
}

#[cfg(test)]
mod tests {
    use super::packages;

    #[test]
    fn words_choose_packages() {
        let all = ["deskwire-wire", "deskwire-relay"];
        assert_eq!(
            packages(&all, &[]).unwrap(),
            ["--package", "deskwire-wire", "--package", "deskwire-relay"]
        );
        assert_eq!(packages(&all, &["relay".into()]).unwrap(), ["--package", "deskwire-relay"]);
        assert!(packages(&all, &["viewer".into()]).is_err());
    }
}
