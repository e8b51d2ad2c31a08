//! The same simulated runs on 32-bit WebAssembly as here, packet for packet.

use std::path::Path;
use std::process::Command;

use crate::run;

const TARGET: &str = "wasm32-wasip1";
/// Sessions and cases that are compared.
const COUNT: &str = "40";

/// Runs sessions natively and in node, and compares their hashes. Says so when it cannot.
pub(crate) fn same_hashes() -> Result<(), String> {
    if let Some(missing) = missing() {
        eprintln!("xtask: SKIPPED: runs on {TARGET} are not compared, because {missing}");
        return Ok(());
    }
    let build = ["build", "--profile", "demo", "--locked", "-p", "deskwire-sim", "--bin", "deskwire-sim"];
    run::cargo(&build)?;
    run::cargo(&[&build[..], &["--target", TARGET]].concat())?;
    let programs = run::target_dir()?;
    let args = ["--hashes", COUNT, "--seed", "2026"];
    let native = output(Command::new(programs.join("demo/deskwire-sim")).args(args))?;
    let module = programs.join(TARGET).join("demo/deskwire-sim.wasm");
    let runner = run::root().join("fuzz/sim/wasi.mjs");
    let wasm = output(Command::new("node").arg("--no-warnings").arg(runner).arg(module).args(args))?;
    let count = native.lines().count();
    match native.lines().zip(wasm.lines()).find(|(here, there)| here != there) {
        None if count > 0 && count == wasm.lines().count() => {
            eprintln!("xtask: {count} sessions and {count} cases are the same here and on {TARGET}");
            Ok(())
        }
        None => Err(format!("{count} runs here, and {} on {TARGET}", wasm.lines().count())),
        Some((here, there)) => Err(format!("run {here} here is {there} on {TARGET}")),
    }
}

/// What is not here.
fn missing() -> Option<String> {
    let libraries = Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]).output();
    let there = libraries.is_ok_and(|output| {
        output.status.success() && Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir()
    });
    if !there {
        return Some(format!("its standard library is missing (`rustup target add {TARGET}`)"));
    }
    (!run::has_program("node")).then(|| "there is no node to run them".to_owned())
}

fn output(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|e| format!("cannot start {command:?}: {e}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{command:?} failed ({}): {said}", output.status));
    }
    String::from_utf8(output.stdout).map_err(|e| format!("{command:?} printed no text: {e}"))
}
