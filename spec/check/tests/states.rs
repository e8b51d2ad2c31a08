//! `spec/src/states.md` and its diagrams are what the machines' tables say, and the tables make sense.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use deskwire_spec::states::{files, starts, tables};

#[test]
fn the_page_and_its_diagrams_are_current() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src");
    let made = files();
    for file in &made {
        let stored = fs::read_to_string(folder.join(&file.path)).unwrap_or_default();
        assert!(
            stored == file.text,
            "spec/src/{} is not what the machines say; run `cargo xtask codegen`",
            file.path
        );
    }
    let drawn = fs::read_dir(folder.join("states")).unwrap().count();
    assert_eq!(drawn + 1, made.len(), "spec/src/states holds a diagram of no machine");
}

#[test]
fn every_state_and_every_move_is_drawn() {
    let made = files();
    for table in tables() {
        let path = format!("states/{}.svg", deskwire_spec::states::name_of(table));
        let drawn = &made.iter().find(|file| file.path == path).expect("each table has a diagram").text;
        let moves: usize = table.states.iter().map(|row| row.next.len()).sum();
        let arrows = drawn.matches("marker-end").count();
        assert_eq!(arrows, moves + starts(table).len(), "{}", table.machine);
        for row in table.states {
            assert!(drawn.contains(&format!(">{}</text>", row.name)), "{}: {}", table.machine, row.name);
        }
    }
}

#[test]
fn every_move_leads_to_a_state_and_every_state_is_reached() {
    let mut seen = BTreeSet::new();
    for table in tables() {
        assert!(seen.insert(table.machine), "two machines are called {}", table.machine);
        let names: BTreeSet<_> = table.states.iter().map(|row| row.name).collect();
        assert_eq!(names.len(), table.states.len(), "{}", table.machine);
        let mut reached: BTreeSet<&str> = starts(table).into_iter().collect();
        loop {
            let more: BTreeSet<&str> = table
                .states
                .iter()
                .filter(|row| reached.contains(row.name))
                .flat_map(|row| row.next.iter().copied())
                .collect();
            assert!(more.is_subset(&names), "{}: {more:?} are not all states", table.machine);
            if more.is_subset(&reached) {
                break;
            }
            reached.extend(more);
        }
        assert_eq!(reached, names, "{}", table.machine);
        for row in table.states {
            assert!(
                !row.meaning.trim().is_empty() && row.meaning.trim().ends_with('.'),
                "{}: {}",
                table.machine,
                row.name
            );
        }
    }
    assert!(seen.len() >= 15, "only {} machines", seen.len());
}
