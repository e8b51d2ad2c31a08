//! Makes `core/wire/src/generated` and the table of session messages from `spec/schema`, or with `--check` says whether
//! they are current.
//!
//! It needs the `capnp` tool (Debian package `capnproto`); users of the crates do not, since its output is checked in.

mod table;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

/// What the `capnp` tool says of the schemas, in the scratch folder.
const REQUEST: &str = "request";

fn main() -> ExitCode {
    let check = env::args().any(|arg| arg == "--check");
    match run(check) {
        Ok(stale) if stale.is_empty() => ExitCode::SUCCESS,
        Ok(stale) => {
            for file in stale {
                eprintln!("{} is not what its schema makes; run `cargo xtask codegen`", file.display());
            }
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("cannot make the code of the schemas: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Makes every file and gives those that differed.
fn run(check: bool) -> io::Result<Vec<PathBuf>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let (schemas, target) = (root.join("spec/schema"), root.join("core/wire/src/generated"));
    let scratch = env::temp_dir().join(format!("deskwire-codegen-{}", std::process::id()));
    fs::create_dir_all(&scratch)?;
    let made = make(&schemas, &scratch, &target, check).and_then(|mut stale| {
        let request = fs::read(scratch.join(REQUEST))?;
        for (name, text) in table::make(&request).map_err(io::Error::other)? {
            put(root.join(name), &text, check, &mut stale)?;
        }
        Ok(stale)
    });
    fs::remove_dir_all(&scratch)?;
    Ok(if check { made? } else { made.map(|_| Vec::new())? })
}

/// Writes a file unless it says that already, which is all that a check looks at.
fn put(path: PathBuf, text: &str, check: bool, stale: &mut Vec<PathBuf>) -> io::Result<()> {
    if fs::read_to_string(&path).ok().as_deref() != Some(text) {
        if !check {
            fs::create_dir_all(path.parent().unwrap_or(&path))?;
            fs::write(&path, text)?;
        }
        stale.push(path);
    }
    Ok(())
}

fn make(schemas: &Path, scratch: &Path, target: &Path, check: bool) -> io::Result<Vec<PathBuf>> {
    let mut command = capnpc::CompilerCommand::new();
    command.src_prefix(schemas).output_path(scratch).default_parent_module(vec!["generated".into()]);
    command.raw_code_generator_request_path(scratch.join(REQUEST));
    let mut names = Vec::new();
    for entry in fs::read_dir(schemas)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "capnp") {
            names.push(path.file_stem().unwrap_or_default().to_string_lossy().into_owned());
            command.file(path);
        }
    }
    names.sort();
    command
        .run()
        .map_err(|e| io::Error::other(format!("the capnp tool failed (is capnproto installed?): {e}")))?;
    let mut stale = Vec::new();
    let wanted: Vec<String> = names.iter().map(|name| format!("{name}_capnp.rs")).collect();
    for path in fs::read_dir(target)?.map(|entry| entry.map(|entry| entry.path())) {
        let path = path?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // Of a schema that is no more.
        if name.ends_with("_capnp.rs") && !wanted.iter().any(|wanted| *wanted == name) {
            if !check {
                fs::remove_file(&path)?;
            }
            stale.push(path);
        }
    }
    for file in wanted {
        let text = fs::read_to_string(scratch.join(&file))?;
        // The header names the tool's version, which must not decide whether the code is current.
        let body: String =
            text.lines().filter(|line| !line.starts_with("// ")).flat_map(|l| [l, "\n"]).collect();
        put(target.join(&file), &body, check, &mut stale)?;
    }
    Ok(stale)
}
