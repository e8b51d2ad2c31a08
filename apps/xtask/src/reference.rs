//! The independent implementation in `spec/reference`: an environment for it, and its run over the test vectors.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run;

/// What it runs with.
const PYTHON: &str = "python3";
/// Fails with a Python that is too old.
const NEW_ENOUGH: &str = "import sys; sys.exit(sys.version_info < (3, 11))";

/// Checks the vectors with it, then that it would notice changed ones.
pub(crate) fn run() -> Result<(), String> {
    let folder = run::root().join("spec/reference");
    let python = environment(&folder)?;
    let vectors = run::root().join("spec/vectors");
    start(&python, &folder, &["-m", "reference", &vectors.to_string_lossy()])?;
    start(&python, &folder, &["-m", "reference", "--selftest", &vectors.to_string_lossy()])
}

/// Makes the environment with the packages in `requirements.txt`, unless the one that is there has them; gives its
/// Python.
fn environment(folder: &Path) -> Result<PathBuf, String> {
    let venv = run::target_dir()?.join("reference");
    let python = venv.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let list = folder.join("requirements.txt");
    let wanted = fs::read_to_string(&list).map_err(|e| format!("cannot read {}: {e}", list.display()))?;
    let stamp = venv.join("installed.txt");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted)
        && answers(&python, &["--version"])
    {
        return Ok(python);
    }
    if !answers(Path::new(PYTHON), &["-c", NEW_ENOUGH]) {
        return Err(format!(
            "`{PYTHON}` is missing or older than 3.11, which spec/reference is written for; install a newer one"
        ));
    }
    let place = venv.to_string_lossy();
    start(Path::new(PYTHON), folder, &["-m", "venv", "--clear", &place])?;
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"];
    // What is installed was named beforehand, byte for byte, and nothing of it is built here.
    let what = ["--require-hashes", "--only-binary", ":all:", "-r", "requirements.txt"];
    start(&python, folder, &[&pip[..], &what].concat())?;
    // Last, so that a half-made environment is made anew.
    fs::write(&stamp, wanted).map_err(|e| format!("cannot write {}: {e}", stamp.display()))?;
    Ok(python)
}

fn answers(python: &Path, args: &[&str]) -> bool {
    Command::new(python).args(args).output().is_ok_and(|output| output.status.success())
}

fn start(program: &Path, folder: &Path, args: &[&str]) -> Result<(), String> {
    let what = format!("{} {}", program.display(), args.join(" "));
    eprintln!("+ {what}");
    // Nothing of ours goes beside the sources.
    let mut command = Command::new(program);
    command.args(args).current_dir(folder).env("PYTHONDONTWRITEBYTECODE", "1");
    run::finish(command.status(), &what)
}
