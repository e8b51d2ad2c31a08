//! `cargo xtask check`: what a program of ours may do only in places that are known and were thought about.

use std::path::Path;

use crate::t_rules::sources;

/// Words in sources, and the only files that may have them.
struct Gate {
    /// What it is about, for the one who meets it.
    what: &'static str,
    words: &'static [&'static str],
    places: &'static [&'static str],
}

/// T4: programs that are started. None of these takes a name, a path or an argument from a peer or a server.
const PROGRAMS: Gate = Gate {
    what: "starts a program",
    words: &["Command::new", "CommandExt", "execvp", "posix_spawn"],
    places: &[
        // The demo's own programs, found beside this one.
        "apps/kit/src/child.rs",
        // The viewer's window, found beside this one.
        "apps/deskwire/src/connect.rs",
        // The server under load; an operator's tool.
        "servers/load/src/process.rs",
        // The bad clients beside it: this program itself.
        "servers/load/src/abuse.rs",
    ],
};

/// T12: who is trusted under TLS is decided in one place.
const TRUST: Gate = Gate {
    what: "decides for itself whom TLS trusts",
    words: &["danger", "accept_invalid", "ServerCertVerified", "with_custom_certificate_verifier"],
    places: &["io/driver/src/tls.rs"],
};

/// T19: files that are written, none of which is named by a peer.
const FILES: Gate = Gate {
    what: "writes files",
    words: &[
        "File::create",
        "OpenOptions",
        "fs::write",
        "fs::rename",
        "fs::create_dir",
        "fs::copy",
        "fs::hard_link",
    ],
    places: &[
        // Whole and private files, for the state below.
        "apps/kit/src/files.rs",
        // This device's own state: identity, registrations, pins.
        "apps/kit/src/state.rs",
        "apps/kit/src/state/identity.rs",
        // The picture that the user asked for, under the name that the user gave.
        "apps/kit/src/picture.rs",
        // Recordings, under the name or in the folder that the user gave.
        "apps/kit/src/record.rs",
        "apps/deskwire/src/tape/own.rs",
        "platforms/sound/src/wav.rs",
        // The unit of the service, where systemd looks for it.
        "apps/deskwire/src/service/systemd.rs",
        // The secret of a screen that we make, in its temporary folder.
        "apps/kit/src/desktop.rs",
        // The demo's own folder.
        "apps/kit/src/stack.rs",
        "apps/deskwire/src/demo.rs",
    ],
};

/// Folders of what runs at a user's. Servers write their own store.
const CLIENTS: &[&str] = &["core", "io", "platforms", "apps"];
const ALL: &[&str] = &["core", "io", "platforms", "servers", "apps"];

/// What stands where it must not.
pub(crate) fn breaches(root: &Path) -> Vec<String> {
    let all = sources(root, ALL);
    [PROGRAMS.breaches(&all), TRUST.breaches(&all), FILES.breaches(&sources(root, CLIENTS))].concat()
}

impl Gate {
    fn breaches(&self, sources: &[(String, String)]) -> Vec<String> {
        let mut found = Vec::new();
        for (path, text) in sources.iter().filter(|(path, _)| is_program(path)) {
            if self.places.contains(&path.as_str()) {
                continue;
            }
            let lines =
                text.lines().take_while(|line| *line != "#[cfg(test)]").filter(|line| !is_remark(line));
            if let Some(word) =
                lines.flat_map(|line| self.words.iter().filter(|word| line.contains(**word))).next()
            {
                found.push(format!(
                    "{path} {} (`{word}`); if it must, apps/xtask/src/gates.rs says where",
                    self.what
                ));
            }
        }
        found
    }
}

/// Whether a source is of a program: not of tests, examples and builds.
fn is_program(path: &str) -> bool {
    let of_tests =
        path.split('/').any(|part| ["tests", "testing", "examples", "benches", "contract"].contains(&part));
    !of_tests && !path.ends_with("tests.rs") && !path.starts_with("apps/xtask/")
}

fn is_remark(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run;

    /// The gate is open for nobody else, and it would find whoever came.
    fn holds(gate: &Gate, folders: &[&str], line: &str) {
        let mut all = sources(&run::root(), folders);
        assert!(all.len() > 100, "the sources are not here");
        assert_eq!(gate.breaches(&all), [""; 0]);
        for place in gate.places {
            assert!(all.iter().any(|(path, _)| path == place), "{place} is gone: take it off the list");
        }
        all.push(("apps/kit/src/new.rs".into(), format!("fn f() {{\n    {line};\n}}\n")));
        assert_eq!(gate.breaches(&all).len(), 1);
    }

    #[test]
    fn t04_no_program_is_started_but_our_own() {
        holds(&PROGRAMS, ALL, "Command::new(name)");
    }

    #[test]
    fn t12_one_place_decides_whom_tls_trusts() {
        holds(&TRUST, ALL, "config.dangerous()");
    }

    #[test]
    fn t19_nothing_is_written_but_what_this_device_or_its_user_named() {
        holds(&FILES, CLIENTS, "std::fs::write(name, bytes)");
    }

    #[test]
    fn tests_and_remarks_are_not_meant() {
        let source = |path: &str, text: &str| (path.to_owned(), text.to_owned());
        let sources = [
            source("apps/kit/tests/a.rs", "Command::new(x)"),
            source("apps/kit/src/a.rs", "// Command::new(x)\n#[cfg(test)]\nmod tests { Command::new(x) }"),
        ];
        assert_eq!(PROGRAMS.breaches(&sources), [""; 0]);
    }
}
