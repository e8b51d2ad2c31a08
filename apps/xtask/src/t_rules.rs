//! `cargo xtask t-rules`: the rules T1 to T50 of the threat model, and what holds each of them.
//!
//! A rule is held by tests whose names begin with its number (`t07_relay_never_dials`; a name may begin with several).
//! Where there is none, or where tests show only a part, the table on the page says what is missing and why.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::run;

/// The page with the table.
const PAGE: &str = "spec/src/security.md";

/// There are this many rules.
const RULES: u8 = 50;

/// Where sources are.
const FOLDERS: &[&str] = &["core", "io", "platforms", "servers", "apps", "fuzz", "spec"];

/// A reason has at least so many words: fewer say nothing.
const LEAST_WORDS: usize = 4;

/// What a row says of its rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    /// Tests show all of it.
    Held,
    /// Tests show a part, the row says what is missing.
    Part,
    /// Nothing shows it yet, the row says why.
    Open,
    /// There is nothing in Deskwire that it is about, the row says why.
    Absent,
}

impl State {
    fn read(word: &str) -> Option<Self> {
        match word {
            "held" => Some(Self::Held),
            "in part" => Some(Self::Part),
            "open" => Some(Self::Open),
            "does not apply" => Some(Self::Absent),
            _ => None,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Part => "in part",
            Self::Open => "open",
            Self::Absent => "does not apply",
        }
    }
}

/// A row of the table.
#[derive(Debug)]
struct Row {
    rule: u8,
    says: String,
    state: State,
    /// What is missing, and why; or a remark.
    why: String,
}

/// A test: where it is and its name.
type Test = (String, String);

/// Prints the table, and fails when it does not hold.
pub(crate) fn run() -> Result<(), String> {
    let root = run::root();
    let (rows, mut breaches) = table(&fs::read_to_string(root.join(PAGE)).unwrap_or_default());
    let tests = tests(&root);
    breaches.extend(judge(&rows, &tests));
    crate::print(&shown(&rows, &tests));
    if breaches.is_empty() {
        return Ok(());
    }
    for breach in &breaches {
        eprintln!("t-rules: {breach}");
    }
    Err(format!("{} faults in the table of rules in {PAGE}", breaches.len()))
}

/// What is wrong, for `cargo xtask check`.
pub(crate) fn breaches(root: &Path) -> Vec<String> {
    let (rows, mut breaches) = table(&fs::read_to_string(root.join(PAGE)).unwrap_or_default());
    breaches.extend(judge(&rows, &tests(root)));
    breaches
}

/// The rows on the page, and what cannot be read as one.
fn table(page: &str) -> (Vec<Row>, Vec<String>) {
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    for line in page.lines().filter(|line| line.starts_with("| T")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let read = match cells[..] {
            [rule, says, state, why] => {
                let rule = rule.strip_prefix('T').and_then(|number| number.parse().ok());
                rule.zip(State::read(state)).map(|(rule, state)| Row {
                    rule,
                    says: says.into(),
                    state,
                    why: why.into(),
                })
            }
            _ => None,
        };
        match read {
            Some(row) => rows.push(row),
            None => faults.push(format!("{PAGE}: `{line}` is no row; write | T7 | rule | state | why |")),
        }
    }
    (rows, faults)
}

/// Tests by rule, from all sources below `root`.
fn tests(root: &Path) -> BTreeMap<u8, Vec<Test>> {
    let mut found: BTreeMap<u8, Vec<Test>> = BTreeMap::new();
    for (path, text) in sources(root, FOLDERS) {
        for name in names(&text) {
            for rule in rules_of(name) {
                found.entry(rule).or_default().push((path.clone(), name.to_owned()));
            }
        }
    }
    found
}

/// All Rust sources in these folders, with their paths below `root`, in order; generated code aside.
pub(crate) fn sources(root: &Path, folders: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders: Vec<_> = folders.iter().map(|name| root.join(name)).collect();
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() && !["generated", "target", "corpus"].contains(&name.as_str()) {
                folders.push(path);
            } else if name.ends_with(".rs") {
                let shown = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                found.push((shown, fs::read_to_string(&path).unwrap_or_default()));
            }
        }
    }
    found.sort();
    found
}

/// Names of tests in a source: functions with an attribute that makes them one, and cases of a suite that every adapter
/// runs (these have a type parameter). A test that is left out of runs shows nothing.
fn names(text: &str) -> Vec<&str> {
    let mut attributes = String::new();
    let mut found = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with('#') {
            attributes.push_str(line);
        } else if let Some((_, rest)) = line.split_once("fn ").filter(|(before, _)| is_visibility(before)) {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            let (name, rest) = rest.split_at(end);
            let case = rest.starts_with('<') && rest.ends_with("() {");
            if (attributes.contains("test]") || case) && !attributes.contains("#[ignore") {
                found.push(name);
            }
            attributes.clear();
        } else if !line.starts_with("//") {
            attributes.clear();
        }
    }
    found
}

fn is_visibility(before: &str) -> bool {
    matches!(before, "" | "pub " | "async " | "pub(crate) " | "pub(super) ")
}

/// The rules that a name begins with: `t06_t29_nobody_is_flooded` is of two.
fn rules_of(name: &str) -> BTreeSet<u8> {
    let number = |part: &str| {
        let digits = part.strip_prefix('t')?;
        (digits.len() == 2).then(|| digits.parse().ok())?
    };
    name.split('_').map_while(number).collect()
}

/// What is wrong with the table.
fn judge(rows: &[Row], tests: &BTreeMap<u8, Vec<Test>>) -> Vec<String> {
    let mut faults = Vec::new();
    let known: BTreeSet<&str> = tests.values().flatten().map(|(_, name)| name.as_str()).collect();
    for rule in 1..=RULES {
        match rows.iter().filter(|row| row.rule == rule).count() {
            1 => {}
            0 => faults.push(format!("T{rule} has no row in {PAGE}")),
            many => faults.push(format!("T{rule} has {many} rows in {PAGE}")),
        }
    }
    for row in rows {
        let Row { rule, state, why, .. } = row;
        let has_tests = tests.contains_key(rule);
        let has_reason = why.split_whitespace().count() >= LEAST_WORDS;
        if !(1..=RULES).contains(rule) {
            faults.push(format!("there is no rule T{rule}"));
        }
        match state {
            State::Held if !has_tests => {
                faults.push(format!("T{rule} is said to be held, but no test is named t{rule:02}_…"));
            }
            State::Part if !has_tests => {
                faults.push(format!("T{rule} is said to be held in part, but no test is named t{rule:02}_…"));
            }
            State::Open | State::Absent if has_tests => {
                let word = state.word();
                faults.push(format!("T{rule} has tests: it is held, or held in part, not `{word}`"));
            }
            _ => {}
        }
        if *state != State::Held && !has_reason {
            faults.push(format!("T{rule} is `{}`, and its row does not say why", state.word()));
        }
        for name in why.split('`').skip(1).step_by(2).filter(|name| !rules_of(name).is_empty()) {
            if !known.contains(name) {
                faults.push(format!("T{rule} names the test `{name}`, which is not there"));
            }
        }
    }
    for (rule, tests) in tests.iter().filter(|(rule, _)| !(1..=RULES).contains(*rule)) {
        let names: Vec<&str> = tests.iter().map(|(_, name)| name.as_str()).collect();
        faults.push(format!("there is no rule T{rule}, but tests of it: {}", names.join(", ")));
    }
    faults
}

/// The table for people: rule, state, statement; below it its tests, and what is missing.
fn shown(rows: &[Row], tests: &BTreeMap<u8, Vec<Test>>) -> String {
    let mut text = String::new();
    for row in rows {
        text.push_str(&format!("T{:<3}{:<15} {}\n", row.rule, row.state.word(), row.says));
        for (path, name) in tests.get(&row.rule).into_iter().flatten() {
            text.push_str(&format!("      + {name}  {path}\n"));
        }
        if !row.why.is_empty() {
            text.push_str(&format!("      - {}\n", row.why));
        }
    }
    let count = |state| rows.iter().filter(|row| row.state == state).count();
    let all: BTreeSet<&Test> = tests.values().flatten().collect();
    text.push_str(&format!(
        "{} rules held, {} in part, {} open, {} do not apply; {} tests\n",
        count(State::Held),
        count(State::Part),
        count(State::Open),
        count(State::Absent),
        all.len()
    ));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table in which all is well.
    fn page() -> String {
        (1..=50).map(|n| format!("| T{n} | rule {n} | held | |\n")).collect()
    }

    fn all_tests() -> BTreeMap<u8, Vec<Test>> {
        (1..=50).map(|n| (n, vec![("a.rs".into(), format!("t{n:02}_holds"))])).collect()
    }

    fn faults(page: &str, tests: &BTreeMap<u8, Vec<Test>>) -> Vec<String> {
        let (rows, mut faults) = table(page);
        faults.extend(judge(&rows, tests));
        faults
    }

    #[test]
    fn a_table_that_holds_has_no_faults() {
        assert_eq!(faults(&page(), &all_tests()), [""; 0]);
        let (rows, _) = table(&page());
        let text = shown(&rows, &all_tests());
        assert!(
            text.contains("t07_holds  a.rs")
                && text.ends_with("50 rules held, 0 in part, 0 open, 0 do not apply; 50 tests\n")
        );
    }

    #[test]
    fn every_fault_of_the_table_is_found() {
        let mut without = all_tests();
        without.remove(&7);
        let row = |with: &str| page().replace("| T7 | rule 7 | held | |", with);
        for (page, tests, word) in [
            (page(), &without, "no test is named t07_"),
            (row("| T7 | rule 7 | in part | the other half is missing |"), &without, "held in part"),
            (row("| T7 | rule 7 | open | |"), &without, "does not say why"),
            (row("| T7 | rule 7 | does not apply | todo |"), &without, "does not say why"),
            (row("| T7 | rule 7 | open | not done as of today |"), &all_tests(), "has tests"),
            (row("| T7 | rule 7 | in part | |"), &all_tests(), "does not say why"),
            (row("| T7 | rule 7 | held | see `t08_is_gone` |"), &all_tests(), "`t08_is_gone`, which is not"),
            (row("| T7 | rule 7 | perhaps | |"), &all_tests(), "is no row"),
            (row(""), &all_tests(), "T7 has no row"),
            (row("| T8 | again | held | |"), &all_tests(), "T8 has 2 rows"),
            (format!("{}| T51 | more | held | |\n", page()), &all_tests(), "no rule T51"),
        ] {
            let found = faults(&page, tests);
            assert!(found.iter().any(|fault| fault.contains(word)), "{word}: {found:?}");
        }
        let mut more = all_tests();
        more.insert(99, vec![("a.rs".into(), "t99_what".into())]);
        assert!(faults(&page(), &more)[0].contains("t99_what"));
    }

    #[test]
    fn tests_are_told_from_other_functions() {
        let text = "
            #[test]
            fn t06_t29_two_rules() {}
            fn t08_a_helper(message: Message) {}
            #[test]
            #[ignore = \"slow\"]
            fn t09_left_out() {}
            #[cfg(unix)]
            #[test]
            // A remark between.
            fn t10_with_more() {}
            const X: u8 = 0;
            pub fn t12_for_every_adapter<A: Adapter>() {
            pub fn t13_generic_helper<A: Adapter>(a: A) {
            #[test]
            fn no_rule() {}
        ";
        assert_eq!(names(text), ["t06_t29_two_rules", "t10_with_more", "t12_for_every_adapter", "no_rule"]);
        assert_eq!(Vec::from_iter(rules_of("t06_t29_two_rules")), [6, 29]);
        assert_eq!(rules_of("told_t06").len() + rules_of("t6_x").len() + rules_of("t006_x").len(), 0);
    }
}
