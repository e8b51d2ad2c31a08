//! Finds what is missing on this machine, and installs it where we know how.

use std::fs;
use std::process::Command;

use crate::run::{self, has_program};

/// What somebody is about to do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Build and run the demo.
    Demo,
    /// Make the code of the schemas.
    Codegen,
    /// Build the book of the protocol.
    Book,
    /// Run the independent implementation of the protocol.
    Reference,
    /// Check what we depend on.
    Dependencies,
    /// Analyse the models of the handshake.
    Models,
    /// Test mutants.
    Mutants,
    /// All of it, tests and checks too.
    Everything,
}

/// A Debian package and why it is wanted.
struct Package {
    name: &'static str,
    why: &'static str,
    demo: bool,
    codegen: bool,
}

const fn package(name: &'static str, why: &'static str) -> Package {
    Package { name, why, demo: true, codegen: false }
}

const fn test_only(name: &'static str, why: &'static str) -> Package {
    Package { name, why, demo: false, codegen: false }
}

/// Environments for Python, and Python itself.
const PYTHON_VENV: &str = "python3-venv";

const PACKAGES: &[Package] = &[
    package("gcc", "links programs, compiles SQLite and zstd"),
    package("libc6-dev", "links programs"),
    package("pkg-config", "finds libraries while building"),
    package("cmake", "configures libaom (AV1)"),
    package("nasm", "assembles libaom and rav1d (AV1)"),
    package("libsvtav1enc-dev", "encodes recordings"),
    package("libclang-dev", "reads the headers of libraries while building"),
    package("clang", "the same"),
    test_only("ffmpeg", "plays recordings"),
    test_only("systemd", "checks the unit of the service"),
    package("libpipewire-0.3-dev", "hears what a desktop plays"),
    package("libasound2-dev", "plays sound where there is no PipeWire"),
    package("libxcb1-dev", "talks to the X server"),
    package("libxkbcommon-dev", "keyboard layouts for input (enigo)"),
    package("xvfb", "a desktop to share where there is none"),
    package("xterm", "a window on that desktop"),
    package("x11-apps", "more windows on that desktop"),
    package("openbox", "a window manager for that desktop"),
    package("fonts-dejavu-core", "text on that desktop"),
    package("libgl1", "the viewer window"),
    package("libxkbcommon-x11-0", "the viewer window"),
    package("libgl1-mesa-dri", "the viewer window without a graphics card"),
    package("x11-utils", "the window with a button on that desktop (xmessage)"),
    package("x11-xserver-utils", "the colour of that desktop; changes displays in tests"),
    test_only("pipewire", "a sound system for tests"),
    test_only("pipewire-bin", "plays and records on it"),
    test_only("wireplumber", "its session manager"),
    test_only("mutter", "a Wayland session for tests"),
    test_only("xdg-desktop-portal", "its portal"),
    test_only("foot", "a window in it"),
    test_only("xdotool", "finds and activates windows in tests"),
    test_only("xclip", "the other side of clipboard tests"),
    test_only("imagemagick", "screenshots beside ours in tests"),
    test_only("gnome-keyring", "a keystore for tests, on a bus of their own"),
    test_only("dbus-daemon", "that bus"),
    test_only("dbus-bin", "asks who is on that bus"),
    test_only("iproute2", "network namespaces of the tests on real networks (ip, tc)"),
    test_only("nftables", "routers of those networks"),
    test_only("miniupnpd-nftables", "routers of those networks that map ports on request"),
    test_only("conntrack", "routers that forget, in those networks"),
    test_only(PYTHON_VENV, "runs the independent implementation of the protocol"),
    Package { name: "capnproto", why: "makes the code of the schemas", demo: false, codegen: true },
];

/// The version of cargo-deny that CI runs.
const CARGO_DENY: &str = "cargo-deny@0.20.2";

/// The version of cargo-mutants that tests the tests; not in CI.
const CARGO_MUTANTS: &str = "cargo-mutants@27.1.0";

/// The version of mdBook that builds the book of the protocol. Its server and its watcher would double its build.
const MDBOOK: [&str; 4] = ["mdbook@0.5.4", "--no-default-features", "--features", "search"];
/// The version of Verifpal that CI runs. It says that it wants a newer Rust, and builds with ours.
const VERIFPAL: &str = "1.6.7";

/// Installs what `need` lacks.
pub(crate) fn run(need: Need) -> Result<(), String> {
    let wanted = PACKAGES.iter().filter(|p| match need {
        Need::Demo => p.demo,
        Need::Codegen => p.codegen,
        Need::Book => false,
        Need::Reference => p.name == PYTHON_VENV,
        Need::Models | Need::Dependencies | Need::Mutants => false,
        Need::Everything => true,
    });
    let missing: Vec<&Package> = wanted.filter(|p| !is_installed(p.name)).collect();
    if !missing.is_empty() {
        install(&missing)?;
    }
    if need == Need::Everything {
        tools_of_rust()?;
    }
    if matches!(need, Need::Dependencies | Need::Everything) && !has_program("cargo-deny") {
        eprintln!("setup: installing cargo-deny (checks what we depend on; takes some minutes)");
        run::cargo(&["install", "--locked", CARGO_DENY])?;
    }
    if matches!(need, Need::Book | Need::Everything) && !has_program("mdbook") {
        eprintln!("setup: installing mdbook (builds the book of the protocol; takes some minutes)");
        run::cargo(&[&["install", "--locked"], &MDBOOK[..]].concat())?;
    }
    if matches!(need, Need::Everything | Need::Models) && !is_verifpal() {
        eprintln!("setup: installing Verifpal (analyses the models of the handshake; takes some minutes)");
        let package = format!("verifpal@{VERIFPAL}");
        let args = ["install", "--locked", "--force", "--ignore-rust-version", &package];
        // Its own profile takes several times as long to build, and gains little.
        let profile = [("CARGO_PROFILE_RELEASE_LTO", "off"), ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")];
        run::cargo_with(&args, &profile)?;
    }
    if need == Need::Mutants && !has_program("cargo-mutants") {
        eprintln!("setup: installing cargo-mutants (changes code to test the tests; takes some minutes)");
        run::cargo(&["install", "--locked", CARGO_MUTANTS])?;
    }
    Ok(())
}

/// Whether the version of Verifpal that is wanted is on the path.
fn is_verifpal() -> bool {
    let output = Command::new("verifpal").arg("--version").output();
    output.is_ok_and(|output| {
        output.status.success()
            && String::from_utf8_lossy(&output.stdout).split_whitespace().any(|word| word == VERIFPAL)
    })
}

/// Whether `cargo fmt` and `cargo clippy` are there: a minimal toolchain comes without.
fn tools_of_rust() -> Result<(), String> {
    let missing: Vec<&str> = [("rustfmt", "rustfmt"), ("clippy", "cargo-clippy")]
        .into_iter()
        .filter(|(_, program)| !answers(program))
        .map(|(component, _)| component)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let words = [&["rustup", "component", "add"], &missing[..]].concat();
    if !has_program("rustup") {
        return Err(format!(
            "the Rust toolchain lacks {}; install them, then run this again",
            missing.join(" and ")
        ));
    }
    shell(&words)
}

/// Whether a program of the toolchain runs; what stands in for one that is missing only says so.
fn answers(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Installs packages that only make a check possible, if this system has them. Whether they are there then.
pub(crate) fn optional(packages: &[(&'static str, &'static str)]) -> bool {
    if !has_program("dpkg-query") || !has_program("apt-get") {
        return false;
    }
    let packages = packages.iter().map(|(name, why)| test_only(name, why));
    let missing: Vec<Package> = packages.filter(|package| !is_installed(package.name)).collect();
    let missing: Vec<&Package> = missing.iter().collect();
    missing.is_empty() || install(&missing).is_ok()
}

fn is_installed(package: &str) -> bool {
    // Without dpkg we cannot know by package, so look for the programs and assume the libraries.
    if !has_program("dpkg-query") {
        return match package {
            "xvfb" => has_program("Xvfb"),
            "capnproto" => has_program("capnp"),
            "gcc" => has_program("cc"),
            "xterm" | "openbox" | "xdotool" | "xclip" | "pkg-config" | "cmake" | "nasm" | "ffmpeg"
            | "conntrack" => has_program(package),
            "imagemagick" => has_program("import"),
            "gnome-keyring" => has_program("gnome-keyring-daemon"),
            "dbus-daemon" => has_program("dbus-daemon"),
            "dbus-bin" => has_program("dbus-send"),
            "iproute2" => has_program("ip"),
            "nftables" => has_program("nft"),
            PYTHON_VENV => has_program("python3"),
            "miniupnpd-nftables" => has_program("miniupnpd"),
            _ => true,
        };
    }
    Command::new("dpkg-query")
        .args(["-W", "-f=${Status}", package])
        .output()
        .is_ok_and(|out| String::from_utf8_lossy(&out.stdout).contains("install ok installed"))
}

fn install(missing: &[&Package]) -> Result<(), String> {
    eprintln!("setup: missing on this machine:");
    for package in missing {
        eprintln!("  {:<20} {}", package.name, package.why);
    }
    let names: Vec<&str> = missing.iter().map(|p| p.name).collect();
    if !has_program("apt-get") || !is_debian_like() {
        return Err(format!(
            "this is not Debian or Ubuntu; install what your system calls these, then run the command again: {}",
            names.join(" ")
        ));
    }
    let mut prefix: Vec<&str> = Vec::new();
    if !is_root() {
        if !has_program("sudo") {
            return Err(format!("there is no sudo; as root run: apt-get install {}", names.join(" ")));
        }
        prefix.push("sudo");
    }
    let wait = ["-o", "DPkg::Lock::Timeout=900"];
    let update = [&prefix[..], &["apt-get"], &wait, &["update", "-qq"]].concat();
    let install =
        [&prefix[..], &["apt-get"], &wait, &["install", "-y", "-qq", "--no-install-recommends"], &names]
            .concat();
    // A stale list may still do, so only the installation decides.
    let _ = shell(&update);
    shell(&install).map_err(|e| format!("{e}; try: {}", install.join(" ")))
}

fn shell(words: &[&str]) -> Result<(), String> {
    eprintln!("+ {}", words.join(" "));
    let (program, args) = words.split_first().ok_or("nothing to run")?;
    let status = Command::new(program).args(args).env("DEBIAN_FRONTEND", "noninteractive").status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{program}` failed ({status})")),
        Err(error) => Err(format!("cannot start `{program}`: {error}")),
    }
}

fn is_debian_like() -> bool {
    fs::read_to_string("/etc/os-release").is_ok_and(|text| {
        text.lines().any(|l| {
            (l.starts_with("ID=") || l.starts_with("ID_LIKE="))
                && (l.contains("debian") || l.contains("ubuntu"))
        })
    })
}

/// Whether this is root.
pub(crate) fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|out| out.stdout.starts_with(b"0\n"))
}
