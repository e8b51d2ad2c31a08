//! The sentences of the book that bind (MUST, SHOULD, MAY), and the tests that show them.
//!
//! A sentence has a name, which is also its anchor: `<a id="HS-12" href="#HS-12">HS-12</a>`. A test cites it in a comment,
//! `spec: HS-12` or `spec: HS-12, HS-13`. Names without a sentence, sentences without a name and names given twice are
//! breaches of the house rules; sentences that no test cites are counted, and listed on request, some of them with why
//! no test can show them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::{prose, run};

/// Where the book's text is.
const BOOK: &str = "spec/src";

/// Words that make a sentence bind (RFC 2119).
const BINDING: [&str; 3] = ["MUST", "SHOULD", "MAY"];

/// What a name begins with, and what it ends with.
const OPEN: &str = "<a id=\"";
const CLOSE: &str = "</a>";

/// Sentences that no test can show, and why.
const BEYOND_TESTS: [(&str, &str); 3] = [
    (
        "CV-3",
        "how long a comparison takes is a matter of the compiled program and its processor; secrets compare by the \
         constant-time equality of one type, `Secret`",
    ),
    ("VX-1", "what was once used is known from history, and every test runs in one version"),
    ("VX-4", "it binds who adds a message, and none was added since version 1"),
];

/// Folders whose tests may cite, and languages that they are written in.
const TESTS: [&str; 7] = ["core", "io", "platforms", "servers", "apps", "fuzz", "spec"];
const LANGUAGES: [&str; 2] = ["rs", "py"];

/// A sentence that binds.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Sentence {
    page: String,
    line: usize,
    text: String,
}

/// What there is to say about the book.
#[derive(Debug, Default)]
pub(crate) struct Book {
    /// What is wrong.
    pub(crate) breaches: Vec<String>,
    sentences: BTreeMap<String, Sentence>,
    /// Names that tests cite.
    cited: BTreeSet<String>,
}

impl Book {
    /// Reads the book and the citations of the tests.
    pub(crate) fn read(root: &Path) -> Self {
        let mut book = Self::default();
        let mut pages = BTreeMap::new();
        for path in files(&root.join(BOOK), &["md"]) {
            let name = shown(&path, &root.join(BOOK));
            pages.insert(name, fs::read_to_string(&path).unwrap_or_default());
        }
        if pages.is_empty() {
            book.breaches.push(format!("{BOOK} has no pages"));
        }
        for (name, text) in &pages {
            book.add_page(name, text);
        }
        book.breaches.extend(prose::dead_links(&pages));
        for folder in TESTS {
            for path in files(&root.join(folder), &LANGUAGES) {
                book.add_citations(&shown(&path, root), &fs::read_to_string(&path).unwrap_or_default());
            }
        }
        book.judge_excuses(&BEYOND_TESTS);
        book
    }

    /// Only a sentence that is there, and that no test shows, has an excuse.
    fn judge_excuses(&mut self, excuses: &[(&str, &str)]) {
        for (name, _) in excuses {
            if !self.sentences.contains_key(*name) {
                self.breaches.push(format!("the book has no sentence {name}, which no test is said to show"));
            } else if self.cited.contains(*name) {
                self.breaches.push(format!("{name} is said to be shown by no test, and one cites it"));
            }
        }
    }

    /// How many sentences there are, and how many of them a test shows.
    pub(crate) fn summary(&self) -> String {
        let shown = self.sentences.keys().filter(|name| self.cited.contains(*name)).count();
        let beyond = self.sentences.keys().filter(|name| excuse(name).is_some()).count();
        format!(
            "{} sentences of the book bind; tests show {shown}, and cannot show {beyond} (`cargo xtask check --untested` \
             lists the others)",
            self.sentences.len()
        )
    }

    fn add_page(&mut self, page: &str, text: &str) {
        for (line, block) in prose::blocks(text) {
            for sentence in prose::sentences(&block) {
                self.add_sentence(page, line, sentence);
            }
        }
    }

    fn add_sentence(&mut self, page: &str, line: usize, sentence: &str) {
        let at = format!("{BOOK}/{page}:{line}");
        let (names, plain) = match names_in(sentence) {
            Ok(found) => found,
            Err(what) => return self.breaches.push(format!("{at}: {what}")),
        };
        let binds = prose::words(&prose::without_code(&plain)).any(|word| BINDING.contains(&word));
        let short: String = plain.chars().take(60).collect();
        match (names.as_slice(), binds) {
            ([], false) => {}
            ([], true) => self.breaches.push(format!("{at}: a sentence that binds has no name: {short}")),
            ([name], true) => {
                let sentence = Sentence { page: page.into(), line, text: plain.trim().into() };
                let chapter = name.split('-').next().unwrap_or_default();
                let stranger = self
                    .sentences
                    .iter()
                    .find(|(other, known)| other.split('-').next() == Some(chapter) && known.page != page);
                if let Some((other, known)) = stranger {
                    self.breaches.push(format!("{at}: {name} begins like {other} of {}", known.page));
                }
                if self.sentences.insert(name.clone(), sentence).is_some() {
                    self.breaches.push(format!("{at}: the name {name} is given twice"));
                }
            }
            (names, true) => self.breaches.push(format!("{at}: one sentence has the names {names:?}")),
            (names, false) => {
                self.breaches
                    .push(format!("{at}: {names:?} is the name of a sentence that binds nobody: {short}"));
            }
        }
    }

    fn add_citations(&mut self, file: &str, text: &str) {
        let is_test = file.ends_with(".py")
            || file.contains("/tests/")
            || file.ends_with("tests.rs")
            || text.contains("#[test]");
        for (number, line) in text.lines().enumerate() {
            for name in citations(line) {
                let at = format!("{file}:{}", number + 1);
                if !self.sentences.contains_key(name) {
                    self.breaches.push(format!("{at}: the book has no sentence {name}"));
                } else if !is_test {
                    self.breaches.push(format!("{at}: {name} is cited where there is no test"));
                }
                self.cited.insert(name.into());
            }
        }
    }
}

/// Prints the sentences that no test shows.
pub(crate) fn list_untested() -> Result<(), String> {
    let book = Book::read(&run::root());
    let mut untested: Vec<_> =
        book.sentences.iter().filter(|(name, _)| !book.cited.contains(*name)).collect();
    // As in the book: AB-2 before AB-10.
    untested.sort_by_key(|(name, _)| (name.get(..2), name.len(), *name));
    for (name, sentence) in untested {
        println_quietly(&format!("{name:7} {}:{}  {}", sentence.page, sentence.line, sentence.text));
        if let Some(why) = excuse(name) {
            println_quietly(&format!("        no test can show it: {why}"));
        }
    }
    println_quietly(&book.summary());
    if book.breaches.is_empty() { Ok(()) } else { Err(book.breaches.join("\n")) }
}

/// Why no test can show a sentence.
fn excuse(name: &str) -> Option<&'static str> {
    BEYOND_TESTS.iter().find(|(beyond, _)| *beyond == name).map(|(_, why)| *why)
}

fn println_quietly(line: &str) {
    use std::io::Write as _;
    // A closed pipe is no error worth a word.
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// The names in a sentence, and the sentence without them.
fn names_in(sentence: &str) -> Result<(Vec<String>, String), String> {
    let (mut names, mut plain) = (Vec::new(), String::new());
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once(OPEN) {
        plain.push_str(before);
        let name = after.split('"').next().unwrap_or_default();
        let expected = format!("{name}\" href=\"#{name}\">{name}{CLOSE}");
        rest = after.strip_prefix(expected.as_str()).filter(|_| is_name(name)).ok_or_else(|| {
            format!("write a name as {OPEN}AB-1\" href=\"#AB-1\">AB-1{CLOSE}, not `{name}`")
        })?;
        names.push(name.to_owned());
    }
    plain.push_str(rest);
    Ok((names, plain))
}

/// Two capitals, a dash, a number from 1 on without leading zeros.
fn is_name(text: &str) -> bool {
    let Some((chapter, number)) = text.split_once('-') else { return false };
    chapter.len() == 2
        && chapter.bytes().all(|c| c.is_ascii_uppercase())
        && number.bytes().all(|c| c.is_ascii_digit())
        && !number.starts_with('0')
        && !number.is_empty()
}

/// The names that a line of a program cites, in a comment.
fn citations(line: &str) -> Vec<&str> {
    let comment = line.trim_start();
    if !(comment.starts_with("//") || comment.starts_with('#')) {
        return Vec::new();
    }
    let Some((_, list)) = comment.split_once("spec: ") else { return Vec::new() };
    list.split([',', ' ', '.']).filter(|word| !word.is_empty()).take_while(|word| is_name(word)).collect()
}

/// All files under a folder with one of these endings, in order; what is made elsewhere aside.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_path_buf()]);
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() {
                if !["generated", "target", "corpus"].contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|ending| endings.iter().any(|known| ending == *known)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn shown(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> String {
        format!("<a id=\"{text}\" href=\"#{text}\">{text}</a>")
    }

    fn book(page: &str) -> Book {
        let mut book = Book::default();
        book.add_page("a.md", page);
        book
    }

    #[test]
    fn a_sentence_that_binds_has_one_name_and_no_other_has_any() {
        let good = format!("It is so. {} A side MUST\nnot care. So it is, `MUST` or not.", name("AB-1"));
        let book = book(&good);
        assert_eq!((book.breaches, book.sentences.len()), (vec![], 1));
        assert_eq!(book.sentences["AB-1"].text, "A side MUST not care.");
        for bad in [
            "A side MUST care.".to_owned(),
            format!("{} A side cares.", name("AB-1")),
            format!("{} A side MUST {} care.", name("AB-1"), name("AB-2")),
            format!("{} A side MAY care. {} And SHOULD.", name("AB-1"), name("AB-1")),
            format!("{} A side MAY care.", name("ab-1")),
            "<a id=\"AB-1\"></a> A side MAY care.".to_owned(),
            format!("| a | {} MUST |\n| b | MUST |", name("AB-1")),
        ] {
            assert_eq!(self::book(&bad).breaches.len(), 1, "{bad}");
        }
        assert_eq!(self::book("```\nA side MUST care.\n```").breaches, Vec::<String>::new());
    }

    #[test]
    fn a_chapter_keeps_its_letters_to_itself() {
        let mut book = book(&format!("{} A side MAY.", name("AB-1")));
        book.add_page("b.md", &format!("{} A side MAY.", name("AB-2")));
        assert_eq!(book.breaches.len(), 1);
    }

    #[test]
    fn tests_cite_what_there_is() {
        let mut book = book(&format!("{} A side MAY. {} It MUST.", name("AB-1"), name("AB-2")));
        book.add_citations(
            "core/x/tests/y.rs",
            "/// spec: AB-1\n    // Both. spec: AB-1, AB-2.\nlet x = \"spec: AB-3\";",
        );
        assert_eq!((book.breaches.len(), book.cited.len()), (0, 2));
        assert!(book.summary().starts_with("2 sentences of the book bind; tests show 2, and cannot show 0 "));
        book.add_citations("core/x/src/y.rs", "// spec: AB-1\n");
        book.add_citations("core/x/tests/y.rs", "// spec: AB-3\n");
        assert_eq!(book.breaches.len(), 2);
    }

    #[test]
    fn who_is_excused_is_there_and_not_shown() {
        let mut book = book(&format!("{} A side MAY. {} It MUST.", name("AB-1"), name("AB-2")));
        book.add_citations("core/x/tests/y.rs", "// spec: AB-1");
        book.judge_excuses(&[("AB-2", "nobody sees it")]);
        assert_eq!(book.breaches, Vec::<String>::new());
        book.judge_excuses(&[("AB-1", "a test shows it"), ("AB-3", "it is not there")]);
        assert_eq!(book.breaches.len(), 2);
        assert!(BEYOND_TESTS.iter().all(|(_, why)| why.split(' ').count() > 5));
    }

    #[test]
    fn the_book_of_this_tree_keeps_the_rules() {
        assert_eq!(Book::read(&run::root()).breaches, Vec::<String>::new());
    }
}
