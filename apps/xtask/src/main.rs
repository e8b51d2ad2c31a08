#![doc = include_str!("../README.md")]

mod advisories;
mod anchors;
mod book;
mod check;
mod cross;
mod elsewhere;
mod fuzz;
mod gates;
mod memory;
mod models;
mod mutants;
mod prose;
mod purity;
mod reference;
mod reproducible;
mod run;
mod runtimes;
mod sbom;
mod secrets;
mod setup;
mod t_rules;
mod test;
mod wasm;

use std::process::ExitCode;

use setup::Need;

const HELP: &str = "\
Usage: cargo xtask <command>

  setup     install what building, testing and the demo need (Debian, Ubuntu), or say what to install
  demo      share a real desktop through real servers and look at it in a viewer
  test      format, lint, document, check and test everything; ends with the number of tests
            (--only-tests: no format, lints and the like; --net: only the tests on real networks, as root)
  check     the house rules: crate arrows, pure core, architecture text, generated code, file sizes, names in the book
            (--untested: only list the sentences of the book that no test shows)
  cross     Windows: build the programs, and run them under Wine; macOS and Android: check the types
  t-rules   the rules of the threat model, the tests that hold each, and what is open
  advisories hold the lock files against what RustSec has published (.cargo/advisories.toml)
            (--update FOLDER: make that file anew from a clone of its database)
  reproducible build the programs that ship twice, in different folders, and compare them (words choose programs)
  sbom      write what is in each program that ships, as CycloneDX, to target/sbom
  models    analyse the models of the handshake and the login with Verifpal
            (--sessions N: that many runs of each side at once; other words choose models by their names)
  mutants   change the code that guards, one change at a time, and tell what no test notices; hours, or minutes a package
            (words choose packages: deskwire-handshake)
  miri      run unit tests of the core in Miri (words choose packages; a nightly toolchain with Miri, see fuzz/README.md)
  sanitize  address | leak | thread: run the tests of what calls C, opens sockets or shares memory under that sanitizer
            (words after it choose packages)
  fuzz      run every fuzz target for a minute from its corpus; a table of executions and edges
            (--seconds N: that long each; --jobs N: so many at once; --minimise: make the committed corpora anew;
            --coverage: how much of the core they reach; other words choose targets by their names)
  book      build the book of the protocol (spec) as web pages
  reference check the test vectors with the independent implementation in spec/reference
  codegen   make again: the Rust code of the Cap'n Proto schemas, the page of states
  bench     the figures: latency, idle cost, relay throughput, registrations, simulated sessions
            (`bench abuse`: instead, what 10,000 slow and flooding clients cost honest ones; takes half an hour;
            `bench sound`: instead, how much a session delays sound)

Arguments after `demo` and `bench` go to `deskwire demo` and `deskwire bench`, after `bench abuse` to
`deskwire-load abuse`.
";

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let command = args.next().unwrap_or_default();
    let rest: Vec<String> = args.collect();
    let result = match command.as_str() {
        "setup" => setup::run(Need::Everything),
        "demo" => demo(&rest),
        "test" => test::run(&rest),
        "check" if rest.iter().any(|arg| arg == "--untested") => anchors::list_untested(),
        "check" => check::run(),
        "cross" => cross::run(),
        "t-rules" => t_rules::run(),
        "book" => book::build(),
        "reference" => setup::run(Need::Reference).and_then(|()| reference::run()),
        "codegen" => codegen(),
        "bench" => bench(&rest),
        "models" => models::run(&rest),
        "reproducible" => reproducible::run(&rest),
        "sbom" => sbom::run(),
        "advisories" => setup::run(Need::Dependencies).and_then(|()| advisories::run(&rest)),
        "mutants" => mutants::run(&rest),
        "miri" => memory::miri(&rest),
        "sanitize" => memory::sanitize(&rest),
        "fuzz" => fuzz::run(&rest),
        "" | "help" | "-h" | "--help" => {
            print(HELP);
            Ok(())
        }
        other => Err(format!("there is no command `{other}`; `cargo xtask help` lists them")),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

/// Makes what is made from something else: the code of the schemas, and the page of states.
fn codegen() -> Result<(), String> {
    setup::run(Need::Codegen)?;
    run::cargo(&["run", "-q", "-p", "deskwire-spec-codegen"])?;
    run::cargo(&["run", "-q", "-p", "deskwire-spec", "--", "states", "spec/src"])
}

/// Builds the programs with optimisation and hands over to `deskwire demo`.
fn demo(rest: &[String]) -> Result<(), String> {
    setup::run(Need::Demo)?;
    let mut build = vec!["build", "--release", "-p", "deskwire", "-p", "deskwire-server"];
    // Without a display there is no window to show, and the window is a third of the build.
    if std::env::var_os("DISPLAY").is_some_and(|d| !d.is_empty()) {
        build.extend(["-p", "deskwire-viewer"]);
    }
    run::cargo(&build)?;
    let mut rest = rest.to_vec();
    if !rest.iter().any(|arg| arg.starts_with("-o") || arg.starts_with("--output")) {
        // Nothing of ours goes beside the sources.
        rest.extend(["--output".into(), run::target_dir()?.join("deskwire-demo.png").display().to_string()]);
    }
    run::replace(&run::target_dir()?.join("release/deskwire"), "demo", &rest)
}

/// Builds the programs with optimisation and measures: pictures, the servers, simulated sessions.
fn bench(rest: &[String]) -> Result<(), String> {
    if let Some(("abuse", rest)) = rest.split_first().map(|(first, rest)| (first.as_str(), rest)) {
        run::cargo(&["build", "--release", "-p", "deskwire-server", "-p", "deskwire-load"])?;
        return run::program(&run::target_dir()?.join("release/deskwire-load"), "abuse", rest);
    }
    if rest.first().is_some_and(|first| first == "sound") {
        setup::run(Need::Everything)?;
        let names = ["sound::the_delay_of_sound", "--exact", "--ignored", "--nocapture"];
        let build = ["test", "--release", "-p", "deskwire", "--test", "e2e", "--"];
        return run::cargo(&[&build[..], &names[..]].concat());
    }
    setup::run(Need::Demo)?;
    run::cargo(&[
        "build",
        "--release",
        "-p",
        "deskwire",
        "-p",
        "deskwire-server",
        "-p",
        "deskwire-load",
        "-p",
        "deskwire-sim",
    ])?;
    let programs = run::target_dir()?.join("release");
    run::program(&programs.join("deskwire"), "bench", rest)?;
    run::program(&programs.join("deskwire-load"), "all", &[])?;
    let sessions = ["2000", "--seed", "1"].map(String::from);
    run::program(&programs.join("deskwire-sim"), "--sessions", &sessions)?;
    run::program(&programs.join("deskwire-sim"), "--round-trips", &[])
}

pub(crate) fn print(text: &str) {
    use std::io::Write as _;
    // A closed pipe (`cargo xtask | head`) is no error worth a word.
    let _ = std::io::stdout().write_all(text.as_bytes());
}
