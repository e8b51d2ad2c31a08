//! `deskwire-spec check [folder]`: replays the test vectors.

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let command = arguments.next();
    if command.as_deref() != Some("check".as_ref()) {
        eprintln!("usage: deskwire-spec check [folder of vectors]");
        return ExitCode::from(2);
    }
    let folder = arguments.next().map_or_else(default_folder, PathBuf::from);
    let mut failed = false;
    for file in deskwire_spec::FILES {
        match deskwire_spec::check_file(file, &folder) {
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
