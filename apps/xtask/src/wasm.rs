//! The same simulated runs on 32-bit WebAssembly as here, packet for packet.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{run, setup};

const TARGET: &str = "wasm32-wasip1";
/// Sessions and scenarios that are compared.
const COUNT: &str = "40";
/// What is built.
const SIM: [&str; 6] =
    ["build", "--release", "--locked", "--package=deskwire-sim", "--bin=deskwire-sim", "--quiet"];
/// Where Debian's own compiler, which builds the standard library from source, puts its things.
const DEBIAN: [&str; 2] = ["/usr/bin/cargo", "/usr/bin/rustc"];
const DEBIAN_C_LIBRARY: &str = "/usr/lib/wasm32-wasi";

/// How this machine builds for [`TARGET`].
enum Toolchain {
    /// The usual one has the target.
    Usual,
    /// Debian's, with this linker.
    Debian { linker: PathBuf },
}

/// Runs sessions with this simulator and in node, and compares their hashes. Says so when it cannot.
pub(crate) fn same_hashes(simulator: &Path) -> Result<(), String> {
    let toolchain = match toolchain() {
        Ok(toolchain) => toolchain,
        Err(missing) => {
            eprintln!("xtask: SKIPPED: runs on {TARGET} are not compared, because {missing}");
            return Ok(());
        }
    };
    let programs = run::target_dir()?;
    let module = build(&toolchain, &programs)?;
    let args = ["--hashes", COUNT, "--seed", "2026"];
    let native = output(Command::new(simulator).args(args))?;
    let runner = run::root().join("fuzz/sim/wasi.mjs");
    let wasm = output(Command::new("node").arg("--no-warnings").arg(runner).arg(module).args(args))?;
    let count = native.lines().count();
    match native.lines().zip(wasm.lines()).find(|(here, there)| here != there) {
        None if count > 0 && count == wasm.lines().count() => {
            eprintln!("xtask: {count} sessions and {count} scenarios are the same here and on {TARGET}");
            Ok(())
        }
        None => Err(format!("{count} runs here, and {} on {TARGET}", wasm.lines().count())),
        Some((here, there)) => Err(format!("run {here} here is {there} on {TARGET}")),
    }
}

/// Builds the simulator's WebAssembly program.
fn build(toolchain: &Toolchain, programs: &Path) -> Result<PathBuf, String> {
    let built = |folder: &Path| folder.join(TARGET).join("release/deskwire-sim.wasm");
    let Toolchain::Debian { linker } = toolchain else {
        run::cargo(&[&SIM[..], &["--target", TARGET]].concat())?;
        return Ok(built(programs));
    };
    let [cargo, rustc] = DEBIAN;
    let folder = programs.join("web");
    eprintln!("+ {cargo} {} --target {TARGET} -Z build-std", SIM.join(" "));
    let status = Command::new(cargo)
        .current_dir(run::root())
        .args(SIM)
        .args([
            "--target",
            TARGET,
            "-Z",
            "build-std=std,panic_abort",
            "--config",
            "profile.release.opt-level=1",
        ])
        .arg("--target-dir")
        .arg(&folder)
        .env("RUSTC", rustc)
        .env_remove("LD_LIBRARY_PATH")
        // Lets a stable compiler build its standard library.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_WASM32_WASIP1_LINKER", linker)
        // Debian's C library has no threads; see wasi.mjs.
        .env(
            "CARGO_TARGET_WASM32_WASIP1_RUSTFLAGS",
            format!("-L{DEBIAN_C_LIBRARY} -Clink-arg=--allow-undefined"),
        )
        .status()
        .map_err(|e| format!("cannot start {cargo}: {e}"))?;
    if status.success() { Ok(built(&folder)) } else { Err(format!("{cargo} failed ({status})")) }
}

/// What can build it, or what is not here.
fn toolchain() -> Result<Toolchain, String> {
    if !run::has_program("node") && !setup::optional(&[("nodejs", "runs simulated sessions as WebAssembly")])
    {
        return Err("there is no node to run them".to_owned());
    }
    let libraries = ask(&["--print", "target-libdir", "--target", TARGET]);
    if libraries.is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(Toolchain::Usual);
    }
    let missing = format!("its standard library is missing (`rustup target add {TARGET}`)");
    let why = "builds the simulator for WebAssembly";
    let packages = [("rustc-web", why), ("cargo-web", why), ("rust-web-src", why), ("wasi-libc", why)];
    let linker = linker().ok_or_else(|| missing.clone())?;
    if !setup::optional(&packages) {
        return Err(missing);
    }
    Ok(Toolchain::Debian { linker })
}

/// The usual toolchain's linker for WebAssembly; Debian's has none.
fn linker() -> Option<PathBuf> {
    let about = ask(&["-vV"])?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: "))?;
    let linker =
        PathBuf::from(ask(&["--print", "sysroot"])?).join("lib/rustlib").join(host).join("bin/rust-lld");
    linker.is_file().then_some(linker)
}

/// What the usual compiler says.
fn ask(args: &[&str]) -> Option<String> {
    let output = Command::new("rustc").args(args).output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn output(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|e| format!("cannot start {command:?}: {e}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{command:?} failed ({}): {said}", output.status));
    }
    String::from_utf8(output.stdout).map_err(|e| format!("{command:?} printed no text: {e}"))
}
