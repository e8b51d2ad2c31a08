//! The tables of states, as a page with diagrams.

use std::fmt::Write as _;

use deskwire_machine::{StateRow, StateTable};

/// The tables of all machines, in the order in which a session meets them.
pub fn tables() -> impl Iterator<Item = &'static StateTable> {
    let crates = [
        deskwire_rendezvous::STATES,
        deskwire_relay::STATES,
        deskwire_handshake::STATES,
        deskwire_transport::STATES,
        deskwire_punch::STATES,
        deskwire_session::STATES,
        deskwire_core::STATES,
    ];
    crates.into_iter().flatten()
}

/// The page (`spec/states.md`).
pub fn page() -> String {
    let mut page = String::from(
        "# States\n\n\
         How far each machine can be, and what may follow. Made from the code (`cargo xtask codegen`); with debug\n\
         assertions a machine that moves any other way panics. A machine begins where an arrow comes from the dot.\n",
    );
    for table in tables() {
        put_table(&mut page, table);
    }
    page
}

fn put_table(page: &mut String, table: &StateTable) {
    let _ =
        writeln!(page, "\n## {}\n\n| State | Meaning | Next |\n|---|---|---|", capitalised(table.machine));
    for StateRow { name, meaning, next } in table.states {
        let next = if next.is_empty() { "(the end)".to_owned() } else { next.join(", ") };
        let _ = writeln!(page, "| {name} | {} | {next} |", meaning.trim());
    }
    page.push_str("\n```mermaid\nstateDiagram-v2\n");
    for name in starts(table) {
        let _ = writeln!(page, "    [*] --> {name}");
    }
    for StateRow { name, next, .. } in table.states {
        for next in *next {
            let _ = writeln!(page, "    {name} --> {next}");
        }
        if next.is_empty() {
            let _ = writeln!(page, "    {name} --> [*]");
        }
    }
    page.push_str("```\n");
}

/// The states a machine can begin in: the first, and those that no other leads to.
pub fn starts(table: &StateTable) -> Vec<&'static str> {
    let reached = |name: &str| table.states.iter().any(|row| row.name != name && row.next.contains(&name));
    let names = table.states.iter().map(|row| row.name).enumerate();
    names.filter(|(n, name)| *n == 0 || !reached(name)).map(|(_, name)| name).collect()
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
