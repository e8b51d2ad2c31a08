//! QR codes, for the terminal and for windows.

use qrcode::{Color, EcLevel, QrCode};

/// A QR code.
#[derive(Clone, Debug)]
pub struct Code {
    side: usize,
    dark: Vec<bool>,
}

impl Code {
    /// The code of a text; `None` if it is too long for one (over about 2,000 characters).
    pub fn of(text: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
        let dark = code.to_colors().into_iter().map(|color| color == Color::Dark).collect();
        Some(Self { side: code.width(), dark })
    }

    /// Modules on a side.
    pub const fn side(&self) -> usize {
        self.side
    }

    /// Where dark modules are: column and row.
    pub fn dark(&self) -> impl Iterator<Item = (usize, usize)> {
        (0..self.side * self.side)
            .filter(|at| self.dark.get(*at) == Some(&true))
            .map(|at| (at % self.side, at / self.side))
    }

    fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.side && y < self.side && self.dark.get(y * self.side + x) == Some(&true)
    }

    /// Lines for a terminal with light letters on a dark ground, two modules to a letter, with the quiet zone.
    pub fn to_text(&self) -> String {
        const QUIET: usize = 2;
        let size = self.side + 2 * QUIET;
        // Beyond the quiet zone subtraction wraps, and is not dark.
        let light = |x: usize, y: usize| !self.is_dark(x.wrapping_sub(QUIET), y.wrapping_sub(QUIET));
        let mut text = String::new();
        for y in (0..size).step_by(2) {
            for x in 0..size {
                text.push(match (light(x, y), y + 1 < size && light(x, y + 1)) {
                    (true, true) => '\u{2588}',
                    (true, false) => '\u{2580}',
                    (false, true) => '\u{2584}',
                    (false, false) => ' ',
                });
            }
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners() {
        let code = Code::of("123456789012345678901234567890123456789012345678901234567890").unwrap();
        let last = code.side() - 1;
        for corner in [(0, 0), (last, 0), (0, last)] {
            assert!(code.dark().any(|at| at == corner), "{corner:?}");
        }
        let text = code.to_text();
        assert_eq!(text.lines().count(), (code.side() + 4).div_ceil(2));
        assert!(text.lines().next().unwrap().chars().all(|c| c == '\u{2588}'), "a quiet zone");
        assert!(Code::of(&"x".repeat(5_000)).is_none());
    }
}
