//! Running cargo and other programs.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The workspace's folder.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// Cargo, to be run in the workspace.
pub(crate) fn cargo_command() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    // What `cargo run` tells of this program is none of the build scripts' business: one that asks for such a name (ring's
    // does) would run again, and all that is above it would be built again.
    for name in std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()) {
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(name);
        }
    }
    command
}

/// Runs cargo in the workspace, showing what it prints.
pub(crate) fn cargo(args: &[&str]) -> Result<(), String> {
    cargo_with(args, &[])
}

/// Runs cargo with environment variables.
pub(crate) fn cargo_with(args: &[&str], env: &[(&str, &str)]) -> Result<(), String> {
    eprintln!("+ cargo {}", args.join(" "));
    let mut command = cargo_command();
    command.args(args).envs(env.iter().copied());
    finish(command.status(), &format!("cargo {}", args.first().unwrap_or(&"")))
}

/// Runs cargo with its target folder where it is if nobody says otherwise.
pub(crate) fn cargo_with_own_target(args: &[&str]) -> Result<(), String> {
    eprintln!("+ cargo {}", args.join(" "));
    let status = cargo_command().args(args).env_remove("CARGO_TARGET_DIR").status();
    finish(status, &format!("cargo {}", args.first().unwrap_or(&"")))
}

/// Runs the cargo of another toolchain, with environment variables.
pub(crate) fn cargo_of(toolchain: &str, args: &[&str], env: &[(&str, &str)]) -> Result<(), String> {
    eprintln!("+ cargo +{toolchain} {}", args.join(" "));
    // Not the `CARGO` that runs this, which knows no other toolchain.
    let mut command = Command::new("cargo");
    command.env_remove("CARGO").env_remove("RUSTUP_TOOLCHAIN").current_dir(root());
    command.arg(format!("+{toolchain}")).args(args).envs(env.iter().copied());
    finish(command.status(), &format!("cargo {}", args.first().unwrap_or(&"")))
}

/// Runs cargo and gives its standard output.
pub(crate) fn cargo_output(args: &[&str]) -> Result<String, String> {
    let output = cargo_command()
        .args(args)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|e| format!("cannot start cargo: {e}"))?;
    if !output.status.success() {
        return Err(format!("`cargo {}` failed", args.join(" ")));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Cargo, not started yet, for callers that read its output as it comes.
pub(crate) fn cargo_piped(args: &[&str]) -> Command {
    eprintln!("+ cargo {}", args.join(" "));
    let mut command = cargo_command();
    command.args(args).stdout(Stdio::piped());
    command
}

/// Where cargo puts what it builds.
pub(crate) fn target_dir() -> Result<PathBuf, String> {
    let text = cargo_output(&["metadata", "--format-version", "1", "--no-deps"])?;
    let metadata: serde_json::Value =
        serde_json::from_str(&text).map_err(|e| format!("cargo metadata: {e}"))?;
    metadata["target_directory"]
        .as_str()
        .map(PathBuf::from)
        .ok_or_else(|| "cargo names no target folder".into())
}

/// Runs one of our programs with a subcommand.
pub(crate) fn program(path: &Path, subcommand: &str, rest: &[String]) -> Result<(), String> {
    finish(
        Command::new(path).arg(subcommand).args(rest).status(),
        &format!("{} {subcommand}", path.display()),
    )
}

/// Runs a tool that set-up installs, showing what it prints.
pub(crate) fn tool(name: &str, args: &[&str]) -> Result<(), String> {
    eprintln!("+ {name} {}", args.join(" "));
    finish(Command::new(name).args(args).current_dir(root()).status(), name)
}

/// Goes on as one of our programs, so that Ctrl-C and other signals are its own and it can clean up.
#[cfg(unix)]
pub(crate) fn replace(path: &Path, subcommand: &str, rest: &[String]) -> Result<(), String> {
    use std::os::unix::process::CommandExt as _;
    let error = Command::new(path).arg(subcommand).args(rest).exec();
    Err(format!("cannot start `{}`: {error}", path.display()))
}

/// Runs one of our programs to its end.
#[cfg(not(unix))]
pub(crate) fn replace(path: &Path, subcommand: &str, rest: &[String]) -> Result<(), String> {
    program(path, subcommand, rest)
}

/// Whether a program is on the path.
pub(crate) fn has_program(name: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|dir| dir.join(name).is_file()))
}

/// Turns how a program ended into what is to be said of it.
pub(crate) fn finish(status: std::io::Result<std::process::ExitStatus>, what: &str) -> Result<(), String> {
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{what}` failed ({status})")),
        Err(error) => Err(format!("cannot start `{what}`: {error}")),
    }
}
