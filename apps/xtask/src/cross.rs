//! `cargo xtask cross`: other systems. The programs for Windows are built and run under Wine; for macOS and Android types
//! are checked, because nothing here can link or run for them.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::elsewhere::Elsewhere;
use crate::{run, setup};

const WINDOWS: &str = "x86_64-pc-windows-gnu";
const MACOS: &str = "aarch64-apple-darwin";
const ANDROID: &str = "aarch64-linux-android";
/// Builds what has to run, not what is to be fast.
const PROFILE: &str = "cross";
/// The linker for Windows, and its compiler for C.
const MINGW: &str = "x86_64-w64-mingw32-gcc";
/// What is built for Windows: without AV1 and sound, whose libraries are not tried there.
const PROGRAMS: [&str; 6] = ["-p", "deskwire-server", "-p", "deskwire", "--no-default-features", "--bins"];
/// What is checked for Android: the core, and how it is driven.
const FOR_ANDROID: [&str; 6] =
    ["-p", "deskwire-core", "-p", "deskwire-io-smol", "-p", "deskwire-io-blocking"];
/// What is checked for macOS: the same, and what is its own.
const FOR_MACOS: [&str; 8] =
    ["-p", "deskwire-macos", "-p", "deskwire-core", "-p", "deskwire-io-smol", "-p", "deskwire-io-blocking"];
/// Packages of Debian for Windows.
const FOR_WINDOWS: [(&str, &str); 5] = [
    ("gcc-mingw-w64-x86-64", "links programs for Windows"),
    ("wine", "runs programs for Windows"),
    ("wine64", "the same"),
    ("xvfb", "a desktop for them"),
    ("xauth", "the same"),
];

/// All of it; what cannot be done here is an error.
pub(crate) fn run() -> Result<(), String> {
    windows(&find(WINDOWS)?)?;
    check(&find(MACOS)?, &FOR_MACOS)?;
    check(&find(ANDROID)?, &FOR_ANDROID)
}

/// What can build for a target, or what is not here.
fn find(target: &'static str) -> Result<Elsewhere, String> {
    if target == WINDOWS && !setup::optional(&FOR_WINDOWS) {
        let wanted = [MINGW, "wine", "wineserver", "xvfb-run"];
        if let Some(missing) = wanted.iter().find(|name| !run::has_program(name)) {
            return Err(format!("there is no {missing} (MinGW-w64 links for Windows, Wine runs it)"));
        }
    }
    Elsewhere::find(target, &[])
}

/// Checks types. No compiler for C is needed for that: one that does nothing stands in.
fn check(toolchain: &Elsewhere, packages: &[&str]) -> Result<(), String> {
    let start = Instant::now();
    let mut environment = vec![("SDKROOT", "/")];
    for name in ["CC_aarch64_apple_darwin", "AR_aarch64_apple_darwin"] {
        environment.push((name, "true"));
    }
    for name in ["CC_aarch64_linux_android", "AR_aarch64_linux_android"] {
        environment.push((name, "true"));
    }
    toolchain.cargo(&[&["check", "--locked", "--profile", PROFILE], packages].concat(), &environment)?;
    eprintln!("xtask: types are right for {} in {:.0?}", toolchain.target(), start.elapsed());
    Ok(())
}

/// Builds the programs for Windows, runs what can be tested of them under Wine, and a session through them.
fn windows(toolchain: &Elsewhere) -> Result<(), String> {
    let start = Instant::now();
    let build = ["build", "--locked", "--profile", PROFILE];
    toolchain.cargo::<&str>(&[&build[..], &PROGRAMS].concat(), &[])?;
    let wine = Wine::set_up()?;
    // Not what is in comments: rustdoc is not Debian's.
    let tests =
        ["test", "--locked", "--profile", PROFILE, "-p", "deskwire-windows", "--lib", "--test", "system"];
    // A desktop of its own for each, since the clipboard and the pointer are the desktop's.
    let runner = ("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER", OsString::from("xvfb-run -a wine"));
    let mut environment = wine.environment.clone();
    environment.push(runner);
    toolchain.cargo(&tests, &environment)?;
    let mut environment = wine.environment.clone();
    environment.push(("DESKWIRE_TEST_WINDOWS_PROGRAMS", toolchain.programs(PROFILE).into_os_string()));
    // Of the whole workspace, as other tests are run: of one package much would be built again with other features.
    let session = ["test", "--locked", "--workspace", "--test", "e2e", "wine::", "--", "--ignored"];
    eprintln!("+ cargo {}", session.join(" "));
    let tested = run::cargo_command().args(session).envs(environment).status();
    run::finish(tested, "cargo test of a session through Windows programs")?;
    eprintln!("xtask: Windows programs ran under Wine; {:.0?} in all", start.elapsed());
    Ok(())
}

/// A Wine of our own, ended when dropped.
struct Wine {
    environment: Vec<(&'static str, OsString)>,
}

impl Wine {
    /// In a folder beside what is built.
    fn set_up() -> Result<Self, String> {
        let folder = run::target_dir()?.join("wine");
        let libraries = folder.join("libraries");
        std::fs::create_dir_all(&libraries)
            .map_err(|e| format!("cannot make {}: {e}", libraries.display()))?;
        stand_in(&libraries)?;
        let environment = vec![
            ("WINEPREFIX", folder.join("prefix").into_os_string()),
            ("WINEPATH", windows_path(&libraries)),
            ("WINEDEBUG", "-all".into()),
            // Neither .NET nor a browser engine is wanted, or offered to be fetched.
            ("WINEDLLOVERRIDES", "mscoree,mshtml=".into()),
        ];
        Ok(Self { environment })
    }
}

impl Drop for Wine {
    fn drop(&mut self) {
        // Its servers would stay for a while; that none runs is no error.
        let _ = Command::new("wineserver").arg("-k").envs(self.environment.clone()).status();
    }
}

/// What a program under Wine calls a folder of this system.
fn windows_path(path: &Path) -> OsString {
    format!("Z:{}", path.display().to_string().replace('/', "\\")).into()
}

/// Builds the libraries that old Wines lack: one for both names.
fn stand_in(folder: &Path) -> Result<(), String> {
    let source = run::root().join("apps/xtask/src/cross/stand-in.c");
    for name in ["bcryptprimitives.dll", "coremessaging.dll"] {
        let mut compiler = Command::new(MINGW);
        compiler.args(["-shared", "-Wall", "-o"]).arg(folder.join(name)).arg(&source).arg("-ladvapi32");
        run::finish(compiler.status(), MINGW)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_have_names_under_wine() {
        assert_eq!(windows_path(Path::new("/a/b c")), "Z:\\a\\b c");
    }
}
