//! Text of others, where it is shown.

/// Most characters of a name that are shown.
const MOST: usize = 64;

/// A name that somebody else gave, as it can stand in a line: nothing in it moves what stands around it, and it is not too
/// long.
pub fn name(text: &str) -> String {
    let mut shown = String::new();
    for c in text.chars() {
        let escaped = c.escape_debug();
        // Quotes are no danger here.
        let plain = matches!(c, '"' | '\'' | '\\');
        if shown.chars().count() + if plain { 1 } else { escaped.clone().count() } > MOST {
            shown.push('…');
            return shown;
        }
        if plain { shown.push(c) } else { shown.extend(escaped) }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t47_names_of_others_are_escaped_and_short() {
        assert_eq!(name("HDMI-1 \"left\""), "HDMI-1 \"left\"");
        assert_eq!(name("Bildschirm für Änne"), "Bildschirm für Änne");
        for (bad, shown) in [
            ("a\nb\u{1b}[2J", "a\\nb\\u{1b}[2J"),
            ("a\u{202e}b", "a\\u{202e}b"),
            ("a\u{2066}b\u{200b}", "a\\u{2066}b\\u{200b}"),
            ("a\u{85}b\u{0}", "a\\u{85}b\\0"),
        ] {
            assert_eq!(name(bad), shown);
        }
        for long in ["x".repeat(64), "x".repeat(65), "\u{202e}".repeat(50)] {
            let shown = name(&long);
            assert!(shown.chars().count() <= MOST + 1 && !shown.contains('\u{202e}'), "{shown}");
            assert_eq!(shown.ends_with('…'), long.chars().count() != 64, "{shown}");
        }
    }
}
