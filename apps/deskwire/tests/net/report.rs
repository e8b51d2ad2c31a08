//! What was seen, as a table.

use std::fmt::Write as _;

use serde_json::Value;

/// What a scenario has seen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) path: String,
    pub(crate) first_frame_ms: Option<f64>,
    pub(crate) direct_ms: Option<f64>,
    pub(crate) rtt_ms: Option<f64>,
    /// The longest pause after each disturbance, in milliseconds.
    pub(crate) pauses: Vec<f64>,
    pub(crate) note: String,
    /// Whether it went as predicted.
    pub(crate) good: bool,
    pub(crate) took_s: f64,
}

impl Row {
    /// Keeps the last line of figures.
    pub(crate) fn note_figures(&mut self, line: &Value) {
        self.path = line["path"].as_str().unwrap_or_default().into();
        self.rtt_ms = line["rtt_ms"].as_f64();
        self.direct_ms = line["direct_after_ms"].as_f64();
    }
}

/// All rows below one another.
pub(crate) fn table(rows: &[Row]) -> String {
    let ms = |value: Option<f64>| value.map_or_else(|| "-".into(), |ms| format!("{ms:.0}"));
    let mut out = format!(
        "{:<44} {:<13} {:>8} {:>8} {:>7} {:>13} {:>6}  note\n",
        "scenario", "path", "first ms", "direct", "rtt ms", "pauses ms", "took s"
    );
    for row in rows {
        let pauses: Vec<String> = row.pauses.iter().map(|ms| format!("{ms:.0}")).collect();
        let path = if row.good { row.path.as_str() } else { "FAILED" };
        writeln!(
            out,
            "{:<44} {:<13} {:>8} {:>8} {:>7} {:>13} {:>6.1}  {}",
            row.name,
            path,
            ms(row.first_frame_ms),
            ms(row.direct_ms),
            ms(row.rtt_ms),
            pauses.join(" "),
            row.took_s,
            row.note
        )
        .unwrap();
    }
    out
}

/// The value that `percent` of the samples do not exceed (nearest rank).
pub(crate) fn percentile(samples: &[f64], percent: f64) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (percent / 100.0 * sorted.len() as f64).ceil().max(1.0) as usize;
    sorted.get(rank - 1).copied().unwrap_or(f64::NAN)
}
