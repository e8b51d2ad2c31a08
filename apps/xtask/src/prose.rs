//! Markdown as far as the checks of the book need it: blocks, sentences, links.

use std::collections::{BTreeMap, BTreeSet};

/// Paragraphs, list items, table rows and headings, each with the number of its first line. Code is left out.
pub(crate) fn blocks(text: &str) -> Vec<(usize, String)> {
    let mut blocks: Vec<(usize, String)> = Vec::new();
    let (mut fenced, mut open) = (false, false);
    for (number, line) in text.lines().enumerate() {
        let trimmed = line.trim();
        if trimmed.starts_with("```") {
            (fenced, open) = (!fenced, false);
            continue;
        }
        if fenced || trimmed.is_empty() {
            open = false;
            continue;
        }
        let alone = trimmed.starts_with(['|', '#']) || trimmed.starts_with("{{");
        let item = trimmed.starts_with("- ") || is_numbered(trimmed);
        match blocks.last_mut().filter(|_| open && !alone && !item) {
            Some((_, block)) => {
                block.push(' ');
                block.push_str(trimmed);
            }
            None => blocks.push((number + 1, trimmed.to_owned())),
        }
        open = !alone;
    }
    blocks
}

fn is_numbered(line: &str) -> bool {
    line.split_once(". ").is_some_and(|(number, _)| number.bytes().all(|c| c.is_ascii_digit()))
}

/// The sentences of a block: each ends where a full stop is followed by a blank and a new beginning.
pub(crate) fn sentences(block: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, _) in block.match_indices(". ").chain(block.match_indices(".) ")).collect::<BTreeMap<_, _>>() {
        let end = at + block[at..].find(' ').unwrap_or(0) + 1;
        let begins = block[end..].starts_with(|c: char| c.is_uppercase() || matches!(c, '<' | '`' | '('));
        if begins {
            found.push(block[start..end].trim());
            start = end;
        }
    }
    found.push(block[start..].trim());
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// Words made of letters.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
}

/// Text without what stands between backticks.
pub(crate) fn without_code(text: &str) -> String {
    text.split('`').step_by(2).collect::<Vec<_>>().join(" ")
}

/// Links to pages or parts of pages that are not there. The summary is the book builder's to check.
pub(crate) fn dead_links(pages: &BTreeMap<String, String>) -> Vec<String> {
    let mut breaches = Vec::new();
    for (name, text) in pages.iter().filter(|(name, _)| name.as_str() != "SUMMARY.md") {
        for (line, block) in blocks(text) {
            for target in targets(&block) {
                if target.contains("://") || target.ends_with(".svg") {
                    continue;
                }
                let (page, part) = target.split_once('#').unwrap_or((target, ""));
                let page = if page.is_empty() { name.as_str() } else { page };
                let there = pages.get(page).is_some_and(|text| part.is_empty() || parts(text).contains(part));
                if !there {
                    breaches.push(format!("spec/src/{name}:{line}: the link to {target} leads nowhere"));
                }
            }
        }
    }
    breaches
}

fn targets(block: &str) -> impl Iterator<Item = &str> {
    block.split("](").skip(1).filter_map(|rest| rest.split(')').next())
}

/// What can be linked to on a page: headings, as the book builder names them, and names of sentences.
fn parts(text: &str) -> BTreeSet<String> {
    let headings = blocks(text).into_iter().filter_map(|(_, block)| {
        let heading = block.trim_start_matches('#');
        (heading.len() < block.len()).then(|| slug(heading.trim()))
    });
    let names = text.split("<a id=\"").skip(1).filter_map(|rest| rest.split('"').next().map(Into::into));
    headings.chain(names).collect()
}

fn slug(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_falls_into_blocks_and_these_into_sentences() {
        let page = "# A\n\nOne. Two\nlines (RFC 1, 2.3). `Three`.\n- an item.\n  goes on\n- another\n\n```\ncode\n```\n| a | b |\n| c | d |\n";
        let found = blocks(page);
        let texts: Vec<&str> = found.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "# A",
                "One. Two lines (RFC 1, 2.3). `Three`.",
                "- an item. goes on",
                "- another",
                "| a | b |",
                "| c | d |"
            ]
        );
        assert_eq!(found[2].0, 5);
        assert_eq!(sentences(texts[1]), ["One.", "Two lines (RFC 1, 2.3).", "`Three`."]);
        assert_eq!(sentences("(So it is.) Then this: e.g. that."), ["(So it is.)", "Then this: e.g. that."]);
        assert_eq!(without_code("a `MUST` b"), "a   b");
    }

    #[test]
    fn links_lead_somewhere() {
        let pages = |text: &str| {
            BTreeMap::from([
                ("a.md".to_owned(), text.to_owned()),
                (
                    "b.md".to_owned(),
                    "## Cap'n Proto\n\n<a id=\"AB-1\" href=\"#AB-1\">AB-1</a> It MAY.".to_owned(),
                ),
            ])
        };
        let good = "[x](b.md) [x](b.md#capn-proto) [x](b.md#AB-1) [x](https://example.org/) ![x](y.svg) [x](#here)\n# Here";
        assert_eq!(dead_links(&pages(good)), Vec::<String>::new());
        assert_eq!(dead_links(&pages("[x](c.md) [x](b.md#other) [x](#there)")).len(), 3);
    }
}
