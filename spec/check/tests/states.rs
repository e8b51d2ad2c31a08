//! `spec/states.md` is what the machines' tables say, and the tables make sense.

use std::collections::BTreeSet;

use deskwire_spec::states::{page, starts, tables};

#[test]
fn the_page_is_current() {
    let stored = include_str!("../../states.md");
    assert!(stored == page(), "spec/states.md is not what the machines say; run `cargo xtask codegen`");
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
