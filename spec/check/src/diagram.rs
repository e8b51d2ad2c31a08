//! A table of states as a picture (SVG), because a book that is made without other tools draws nothing by itself.
//!
//! The states stand below each other in the order of the table. Moves forward go down, or around on the right; moves
//! back go around on the left. So the same table always gives the same picture, and a small change of it a small one.

use std::fmt::Write as _;

use deskwire_machine::StateTable;

/// Width of a character, and what a box has around its text.
const CHARACTER: usize = 9;
const BOX_MARGIN: usize = 14;
const BOX_HEIGHT: usize = 30;
/// From one box to the next.
const STEP: usize = 58;
/// How far each further state that a move passes by pushes it out.
const BULGE: usize = 20;
/// Around everything.
const MARGIN: usize = 24;

/// The picture of a table; a machine begins in one of `starts`.
pub(crate) fn diagram(table: &StateTable, starts: &[&str]) -> String {
    let longest = table.states.iter().map(|row| row.name.len()).max().unwrap_or(0);
    let width = longest * CHARACTER + 2 * BOX_MARGIN;
    let moves: Vec<(usize, usize)> = table
        .states
        .iter()
        .enumerate()
        .flat_map(|(from, row)| row.next.iter().filter_map(move |next| Some((from, place(table, next)?))))
        .collect();
    let reach = |is_side: &dyn Fn(usize, usize) -> bool| {
        let side = moves.iter().filter(|(from, to)| is_side(*from, *to));
        side.map(|(from, to)| from.abs_diff(*to).max(1) * BULGE).max().unwrap_or(0)
    };
    // The dot of a start stands left of its box, further out than any move back.
    let left = MARGIN + reach(&|from, to| to < from) + 30;
    let right = MARGIN + reach(&|from, to| to == from || to > from + 1);
    let height = 2 * MARGIN + (table.states.len().saturating_sub(1)) * STEP + BOX_HEIGHT;
    let total = left + width + right;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {total} {height}\" width=\"{total}\" height=\"{height}\" \
         font-family=\"sans-serif\" font-size=\"14\">\n\
         <defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\">\
         <path d=\"M0 0L8 4L0 8z\" fill=\"#333\"/></marker></defs>\n\
         <rect width=\"{total}\" height=\"{height}\" rx=\"6\" fill=\"#fff\"/>\n"
    );
    let top = |n: usize| MARGIN + n * STEP;
    for (from, to) in moves {
        let path = if to == from + 1 {
            let x = left + width / 2;
            format!("M{x} {}V{}", top(from) + BOX_HEIGHT, top(to))
        } else {
            // Moves leave below and arrive above the middle, so that they do not run into each other.
            let out_of = top(from) + BOX_HEIGHT * 2 / 3;
            let into = top(to) + BOX_HEIGHT / 3;
            let far = from.abs_diff(to).max(1) * BULGE;
            let (x, bend) = if to < from { (left, left - far) } else { (left + width, left + width + far) };
            format!("M{x} {out_of}C{bend} {out_of} {bend} {into} {x} {into}")
        };
        let _ = writeln!(
            out,
            "<path d=\"{path}\" fill=\"none\" stroke=\"#333\" stroke-width=\"1.3\" marker-end=\"url(#tip)\"/>"
        );
    }
    for (n, row) in table.states.iter().enumerate() {
        let (y, middle) = (top(n), top(n) + BOX_HEIGHT / 2);
        if starts.contains(&row.name) {
            let _ = writeln!(
                out,
                "<circle cx=\"14\" cy=\"{middle}\" r=\"5\" fill=\"#333\"/>\
                 <path d=\"M19 {middle}H{left}\" stroke=\"#333\" stroke-width=\"1.3\" marker-end=\"url(#tip)\"/>"
            );
        }
        put_box(&mut out, (left, y, width, BOX_HEIGHT), "#eef2f7");
        if row.next.is_empty() {
            put_box(&mut out, (left + 3, y + 3, width - 6, BOX_HEIGHT - 6), "none");
        }
        let _ = writeln!(
            out,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" fill=\"#111\">{}</text>",
            left + width / 2,
            middle + 5,
            row.name
        );
    }
    out.push_str("</svg>\n");
    out
}

fn place(table: &StateTable, name: &str) -> Option<usize> {
    table.states.iter().position(|row| row.name == name)
}

fn put_box(out: &mut String, (x, y, width, height): (usize, usize, usize, usize), fill: &str) {
    let _ = writeln!(
        out,
        "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"6\" fill=\"{fill}\" stroke=\"#333\"/>"
    );
}
