//! The tables of states, as a page with diagrams.

use std::fmt::Write as _;

use deskwire_machine::{StateRow, StateTable};

use crate::diagram::diagram;

/// A file of the book that is made from the tables.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BookFile {
    /// Where it lies in `spec/src`.
    pub path: String,
    /// What it holds.
    pub text: String,
}

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

/// The page of states, and the diagrams on it.
pub fn files() -> Vec<BookFile> {
    let page = BookFile { path: "states.md".into(), text: page() };
    let diagrams = tables().map(|table| BookFile {
        path: format!("states/{}.svg", name_of(table)),
        text: diagram(table, &starts(table)),
    });
    core::iter::once(page).chain(diagrams).collect()
}

/// The page. Each machine's part has an anchor, so that chapters of the book can include it.
fn page() -> String {
    let mut page = String::from(
        "# States\n\n\
         How far each machine can be, and what may follow. Made from the code (`cargo xtask codegen`); with debug\n\
         assertions a machine that moves any other way panics. A machine begins where an arrow comes from the dot; a\n\
         state with two edges is the last.\n",
    );
    for table in tables() {
        put_table(&mut page, table);
    }
    page
}

fn put_table(page: &mut String, table: &StateTable) {
    let (name, title) = (name_of(table), capitalised(table.machine));
    let _ = writeln!(page, "\n## {title}\n\n<!-- ANCHOR: {name} -->\n");
    page.push_str("| State | Meaning | Next |\n|---|---|---|\n");
    for StateRow { name, meaning, next } in table.states {
        let next = if next.is_empty() { "(the end)".to_owned() } else { next.join(", ") };
        let _ = writeln!(page, "| {name} | {} | {next} |", meaning.trim());
    }
    let _ = writeln!(page, "\n![{title}: states](states/{name}.svg)\n\n<!-- ANCHOR_END: {name} -->");
}

/// The states a machine can begin in: the first, and those that no other leads to.
pub fn starts(table: &StateTable) -> Vec<&'static str> {
    let reached = |name: &str| table.states.iter().any(|row| row.name != name && row.next.contains(&name));
    let names = table.states.iter().map(|row| row.name).enumerate();
    names.filter(|(n, name)| *n == 0 || !reached(name)).map(|(_, name)| name).collect()
}

/// A machine's name as files and anchors have it: `transport-a-path`.
pub fn name_of(table: &StateTable) -> String {
    let words = table.machine.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
