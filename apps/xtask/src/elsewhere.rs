//! Building for other systems: by the usual toolchain where it has their standard library, else by Debian's own compiler,
//! which builds that library from source.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{run, setup};

/// Debian's own cargo and compiler.
const DEBIAN: [&str; 2] = ["/usr/bin/cargo", "/usr/bin/rustc"];

/// How this machine builds for a target.
pub(crate) struct Elsewhere {
    target: &'static str,
    /// Whether it is Debian's compiler.
    pub(crate) is_debian: bool,
    folder: PathBuf,
}

impl Elsewhere {
    /// What can build for `target`, or what is not here. `packages` are what Debian's compiler needs beside itself.
    pub(crate) fn find(target: &'static str, packages: &[&'static str]) -> Result<Self, String> {
        let libraries = ask(&["--print", "target-libdir", "--target", target]);
        let is_debian = !libraries.is_some_and(|folder| Path::new(&folder).is_dir());
        let mut folder = run::target_dir()?;
        if is_debian {
            let own = ["rustc-web", "cargo-web", "rust-web-src"];
            let packages: Vec<_> =
                own.iter().chain(packages).map(|name| (*name, "builds for other systems")).collect();
            if !setup::optional(&packages) {
                return Err(format!("its standard library is missing (`rustup target add {target}`)"));
            }
            // Another compiler's, so that the two do not build over each other.
            folder.push("elsewhere");
        }
        Ok(Self { target, is_debian, folder })
    }

    /// For what it builds.
    pub(crate) const fn target(&self) -> &str {
        self.target
    }

    /// Where programs of a profile are.
    pub(crate) fn programs(&self, profile: &str) -> PathBuf {
        self.folder.join(self.target).join(profile)
    }

    /// Runs cargo for the target.
    pub(crate) fn cargo<V: AsRef<OsStr>>(&self, args: &[&str], env: &[(&str, V)]) -> Result<(), String> {
        let mut command = if self.is_debian { Command::new(DEBIAN[0]) } else { run::cargo_command() };
        let (first, rest) = args.split_first().ok_or("nothing to run")?;
        command.current_dir(run::root()).args([first, "--target", self.target, "--target-dir"]);
        command.arg(&self.folder);
        if self.is_debian {
            command.args(["-Z", "build-std=std,panic_abort"]);
            // A stable compiler builds its standard library only if it is told that it may.
            command.env("RUSTC", DEBIAN[1]).env("RUSTC_BOOTSTRAP", "1");
            command.env_remove("LD_LIBRARY_PATH").env_remove("RUSTUP_TOOLCHAIN");
        }
        command.args(rest).envs(env.iter().map(|(name, value)| (name, value.as_ref())));
        eprintln!(
            "+ {}cargo {} (for {})",
            if self.is_debian { "/usr/bin/" } else { "" },
            args.join(" "),
            self.target
        );
        run::finish(command.status(), &format!("cargo {first} for {}", self.target))
    }
}

/// What the usual compiler says.
pub(crate) fn ask(args: &[&str]) -> Option<String> {
    let output = Command::new("rustc").args(args).output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
