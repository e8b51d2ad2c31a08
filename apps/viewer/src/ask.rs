//! `deskwire-viewer ask`: the question to whoever sits at a host, in a window of its own, so that a host needs none.
//!
//! `deskwire host` starts it, and reads `allow` or `refuse` from its output. Nothing typed lets anybody in, for the window
//! may come up under somebody's hands: `Allow` is for the pointer only, and in the first second nothing does anything.

use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use clap::Parser;
use deskwire_core::identity::ServerKey;
use deskwire_kit::{exit, text};
use eframe::egui::{self, Button, Color32, Key, RichText, Sense, ViewportCommand};

/// For so long nothing that is clicked or typed counts.
const CALM: Duration = Duration::from_secs(1);
/// What can be clicked.
const ALLOW: Color32 = Color32::from_rgb(0x1b, 0x6e, 0x35);
const REFUSE: Color32 = Color32::from_rgb(0x9c, 0x27, 0x1e);
/// Digits of a safety number, of a group of them, and groups in a line.
const DIGITS: usize = 60;
const GROUP: usize = 5;
const GROUPS: usize = 4;

/// Ask whether a viewer may come in; prints `allow` or `refuse`.
#[derive(Debug, Parser)]
#[command(name = "deskwire-viewer ask")]
pub(crate) struct Cli {
    /// What the viewer is called here, if it is known
    #[arg(long)]
    name: Option<String>,
    /// The viewer's key
    #[arg(long)]
    key: ServerKey,
    /// The safety number that the viewer shows too
    #[arg(long, value_parser = number)]
    safety_number: String,
    /// After so many seconds the answer is no
    #[arg(long, value_parser = clap::value_parser!(u64).range(2..=600))]
    seconds: u64,
}

/// A safety number in lines.
fn number(text: &str) -> Result<String, String> {
    if text.len() != DIGITS || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!("a safety number has {DIGITS} digits"));
    }
    let groups: Vec<&str> = (0..DIGITS).step_by(GROUP).filter_map(|at| text.get(at..at + GROUP)).collect();
    Ok(groups.chunks(GROUPS).map(|line| line.join(" ")).collect::<Vec<_>>().join("\n"))
}

/// Asks, and prints the answer.
pub(crate) fn run(cli: Cli) -> ExitCode {
    let allowed = Arc::new(AtomicBool::new(false));
    let question = Question { cli, shown: None, allowed: Arc::clone(&allowed) };
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_inner_size([460.0, 300.0])
            .with_resizable(false)
            .with_always_on_top()
            .with_title("Deskwire: let a viewer in?"),
        centered: true,
        ..Default::default()
    };
    let done = eframe::run_native("deskwire-ask", options, Box::new(move |_| Ok(Box::new(question))));
    if let Err(error) = done {
        eprintln!(
            "deskwire-viewer: cannot open a window ({error}); check that DISPLAY names a display with OpenGL"
        );
        return ExitCode::from(exit::NO_DESKTOP);
    }
    // A host that has ended wants no answer.
    let answer = if allowed.load(Ordering::Relaxed) { "allow" } else { "refuse" };
    let _ = writeln!(std::io::stdout(), "{answer}");
    ExitCode::SUCCESS
}

struct Question {
    cli: Cli,
    /// Since when the window is there.
    shown: Option<Instant>,
    allowed: Arc<AtomicBool>,
}

impl Question {
    fn is_calm(&self) -> bool {
        self.shown.is_none_or(|shown| shown.elapsed() < CALM)
    }

    fn show(&self, ui: &mut egui::Ui, left: Duration) {
        let name = self.cli.name.as_deref().filter(|name| !name.is_empty());
        ui.add_space(12.0);
        ui.heading(match name {
            Some(name) => format!("{} asks to be let in", text::name(name)),
            None => "A viewer that is not known here asks to be let in".into(),
        });
        ui.weak(self.cli.key.to_string());
        ui.add_space(10.0);
        ui.label("Let it in only if it shows the same number:");
        ui.add_space(4.0);
        ui.label(RichText::new(&self.cli.safety_number).monospace().size(18.0));
        ui.add_space(14.0);
        let calm = self.is_calm();
        ui.horizontal(|ui| {
            ui.add_space(ui.available_width() / 2.0 - 150.0);
            // They take no keyboard focus, so that no key can press them.
            let mut button = |text: &str, colour| {
                let text = RichText::new(text).size(16.0).color(Color32::WHITE);
                let button =
                    Button::new(text).fill(colour).sense(Sense::CLICK).min_size([140.0, 36.0].into());
                ui.add_enabled(!calm, button).clicked()
            };
            let (refused, allowed) = (button("Refuse", REFUSE), button("Allow", ALLOW));
            if allowed {
                self.allowed.store(true, Ordering::Relaxed);
            }
            if allowed || refused {
                ui.ctx().send_viewport_cmd(ViewportCommand::Close);
            }
        });
        ui.add_space(8.0);
        ui.weak(format!("Without an answer it is refused in {} s", left.as_secs()));
    }
}

impl eframe::App for Question {
    fn raw_input_hook(&mut self, _: &egui::Context, input: &mut egui::RawInput) {
        if self.is_calm() {
            input
                .events
                .retain(|event| matches!(event, egui::Event::PointerMoved(_) | egui::Event::PointerGone));
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
        let shown = *self.shown.get_or_insert_with(Instant::now);
        let left = Duration::from_secs(self.cli.seconds).saturating_sub(shown.elapsed());
        let ctx = ui.ctx().clone();
        if left.is_zero() || ui.input(|input| input.key_pressed(Key::Escape)) {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
        egui::CentralPanel::default().show(ui, |ui| ui.vertical_centered(|ui| self.show(ui, left)));
        ctx.request_repaint_after(Duration::from_millis(100));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_in_lines() {
        let digits: String = (0..60).map(|n| char::from(b'0' + n % 10)).collect();
        assert_eq!(number(&digits).unwrap().lines().count(), 3);
        assert!(number(&digits[1..]).is_err() && number(&digits.replace('3', "x")).is_err());
    }
}
