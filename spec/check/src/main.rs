//! `deskwire-spec check [folder]` replays the test vectors; `deskwire-spec states FOLDER` writes the page of states and its
//! diagrams into a folder.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    match arguments.next().as_deref().and_then(std::ffi::OsStr::to_str) {
        Some("check") => check(&arguments.next().map_or_else(default_folder, PathBuf::from)),
        Some("states") if let Some(folder) = arguments.next() => states(Path::new(&folder)),
        _ => {
            eprintln!("usage: deskwire-spec check [folder of vectors] | deskwire-spec states FOLDER");
            ExitCode::from(2)
        }
    }
}

/// Writes what is made from the tables of states; diagrams of machines that are no more go.
fn states(folder: &Path) -> ExitCode {
    let write = || {
        let diagrams = folder.join("states");
        if diagrams.is_dir() {
            std::fs::remove_dir_all(&diagrams)?;
        }
        std::fs::create_dir_all(&diagrams)?;
        let mut files = deskwire_spec::states::files().into_iter();
        files.try_for_each(|file| std::fs::write(folder.join(file.path), file.text))
    };
    match write() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the page of states could not be written into {}: {error}", folder.display());
            ExitCode::FAILURE
        }
    }
}

fn check(folder: &Path) -> ExitCode {
    let mut failed = false;
    for file in deskwire_spec::FILES {
        match deskwire_spec::check_file(file, folder) {
            Ok(cases) => println!("{:28} {cases:4} cases agree", file.name),
            Err(error) => {
                failed = true;
                println!("{:28} {error}", file.name);
            }
        }
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// The vectors of the source tree: cargo says where the package is, otherwise the tree's root is the working folder.
fn default_folder() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from("spec/vectors"), |package| PathBuf::from(package).join("../vectors"))
}
