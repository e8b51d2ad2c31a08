//! The same simulated runs on 32-bit WebAssembly as here, packet for packet.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::elsewhere::{Elsewhere, ask};
use crate::{run, setup};

const TARGET: &str = "wasm32-wasip1";
/// Sessions and scenarios that are compared.
const COUNT: &str = "40";
/// What is built.
const SIM: [&str; 6] =
    ["build", "--release", "--locked", "--package=deskwire-sim", "--bin=deskwire-sim", "--quiet"];
/// Where Debian's C library for it is.
const DEBIAN_C_LIBRARY: &str = "/usr/lib/wasm32-wasi";

/// Runs sessions with this simulator and in node, and compares their hashes. Says so when it cannot.
pub(crate) fn same_hashes(simulator: &Path) -> Result<(), String> {
    let toolchain = match toolchain() {
        Ok(toolchain) => toolchain,
        Err(missing) => {
            eprintln!("xtask: SKIPPED: runs on {TARGET} are not compared, because {missing}");
            return Ok(());
        }
    };
    let module = build(&toolchain)?;
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
fn build(toolchain: &Elsewhere) -> Result<PathBuf, String> {
    let module = toolchain.programs("release").join("deskwire-sim.wasm");
    if !toolchain.is_debian {
        toolchain.cargo::<&str>(&SIM, &[])?;
        return Ok(module);
    }
    let linker = linker().ok_or("the usual toolchain has no rust-lld")?;
    // Debian's C library has no threads; see wasi.mjs.
    let flags = format!("-L{DEBIAN_C_LIBRARY} -Clink-arg=--allow-undefined");
    let environment = [
        ("CARGO_TARGET_WASM32_WASIP1_LINKER", linker.into_os_string()),
        ("CARGO_TARGET_WASM32_WASIP1_RUSTFLAGS", flags.into()),
    ];
    toolchain.cargo(&[&SIM[..], &["--config", "profile.release.opt-level=1"]].concat(), &environment)?;
    Ok(module)
}

/// What can build it, or what is not here.
fn toolchain() -> Result<Elsewhere, String> {
    if !run::has_program("node") && !setup::optional(&[("nodejs", "runs simulated sessions as WebAssembly")])
    {
        return Err("there is no node to run them".to_owned());
    }
    let toolchain = Elsewhere::find(TARGET, &["wasi-libc"])?;
    if toolchain.is_debian && linker().is_none() {
        return Err(format!("its standard library is missing (`rustup target add {TARGET}`)"));
    }
    Ok(toolchain)
}

/// The usual toolchain's linker for WebAssembly; Debian's has none.
fn linker() -> Option<PathBuf> {
    let about = ask(&["-vV"])?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: "))?;
    let linker =
        PathBuf::from(ask(&["--print", "sysroot"])?).join("lib/rustlib").join(host).join("bin/rust-lld");
    linker.is_file().then_some(linker)
}

fn output(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|e| format!("cannot start {command:?}: {e}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{command:?} failed ({}): {said}", output.status));
    }
    String::from_utf8(output.stdout).map_err(|e| format!("{command:?} printed no text: {e}"))
}
