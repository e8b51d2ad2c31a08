//! What the window shows while the host wants a login, and the safety number.

use deskwire_core::wire::session::LoginMethod;
use deskwire_kit::qr;
use deskwire_kit::viewer::{Client, LoginWith, View};
use eframe::egui;
use zeroize::Zeroizing;

/// Room for what is typed: a growing string would leave parts of it behind in freed memory.
const ROOM: usize = 512;

/// What the user has typed so far. It has no debug form.
pub(crate) struct Form {
    text: Zeroizing<String>,
    /// Whether the text is the password, not the code.
    is_password: bool,
    trust: bool,
    problem: Option<String>,
}

impl Default for Form {
    fn default() -> Self {
        Self { text: empty(), is_password: false, trust: false, problem: None }
    }
}

fn empty() -> Zeroizing<String> {
    Zeroizing::new(String::with_capacity(ROOM))
}

impl Form {
    /// Asks for code or password, or for a wish to be let in.
    pub(crate) fn login(
        &mut self,
        ui: &mut egui::Ui,
        client: &Client,
        view: &View,
        hint: Option<&String>,
        methods: &[LoginMethod],
    ) {
        let offers = |method| methods.is_empty() || methods.contains(&method);
        let (code, password) = (offers(LoginMethod::OneTimeCode), methods.contains(&LoginMethod::Password));
        if code || password {
            self.is_password = password && (self.is_password || !code);
            if code && password {
                ui.horizontal(|ui| {
                    ui.add_space(ui.available_width() / 2.0 - 110.0);
                    ui.selectable_value(&mut self.is_password, false, "One-time code");
                    ui.selectable_value(&mut self.is_password, true, "Password");
                });
            } else {
                ui.heading(if self.is_password { "Password" } else { "One-time code" });
            }
        } else {
            ui.heading("The host takes no code and no password");
        }
        self.complain(ui, hint);
        if (code || password) && self.field(ui, "Log in") {
            let text = self.take();
            let with =
                if self.is_password { Ok(LoginWith::password(&text)) } else { LoginWith::code(text.trim()) };
            match with {
                Ok(with) => {
                    self.problem = None;
                    client.login(with, false);
                }
                Err(why) => self.problem = Some(why),
            }
        }
        // Neither of these proves that the host is the right one, so its number is shown beside.
        for (method, with, label) in [
            (LoginMethod::Identity, LoginWith::Key, "Log in with this device's key"),
            (LoginMethod::Approval, LoginWith::Approval, "Ask whoever sits at the host"),
        ] {
            if methods.contains(&method) {
                ui.add_space(12.0);
                if ui.button(label).clicked() {
                    self.problem = None;
                    client.login(with, true);
                }
                ui.weak("This does not prove that it is the right host. Compare the safety number first:");
                safety_number(ui, view);
            }
        }
    }

    /// Asks for the second factor.
    pub(crate) fn second_factor(&mut self, ui: &mut egui::Ui, client: &Client, hint: Option<&String>) {
        ui.heading("Second factor");
        ui.label("The six digits that your app shows, or a recovery code");
        self.complain(ui, hint);
        let entered = self.field(ui, "Go on");
        ui.checkbox(&mut self.trust, "Do not ask this device again");
        if entered {
            let text = self.take();
            client.second_factor(text.trim(), self.trust);
        }
    }

    /// What was typed; the form is empty then.
    fn take(&mut self) -> Zeroizing<String> {
        std::mem::replace(&mut self.text, empty())
    }

    fn complain(&self, ui: &mut egui::Ui, hint: Option<&String>) {
        if let Some(hint) = self.problem.as_ref().or(hint) {
            ui.colored_label(ui.visuals().error_fg_color, hint);
        }
    }

    /// One line for a secret; whether it was entered.
    fn field(&mut self, ui: &mut egui::Ui, button: &str) -> bool {
        let field = ui.add(egui::TextEdit::singleline(&mut *self.text).password(true).desired_width(160.0));
        let entered = field.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
        // Only while it has not got it: every request restarts the input method, which calls for another
        // frame at once, and then the window has no time for keys. (`Response::has_focus` is also
        // false while another window has the focus, so it will not do.)
        if !entered && !ui.memory(|memory| memory.has_focus(field.id)) {
            field.request_focus();
        }
        let entered = (ui.button(button).clicked() || entered) && !self.text.trim().is_empty();
        if entered {
            // It remembers what was typed, to undo it.
            egui::text_edit::TextEditState::default().store(ui.ctx(), field.id);
        }
        entered
    }
}

/// The number that both sides can compare, in digits and as a QR code.
pub(crate) fn safety_number(ui: &mut egui::Ui, view: &View) {
    let Some(number) = &view.safety_number else { return };
    ui.monospace(number.to_string());
    let Some(code) = qr::Code::of(&number.digits()) else { return };
    const MODULE: f32 = 4.0;
    const QUIET: f32 = 4.0;
    let side = (code.side() as f32 + 2.0 * QUIET) * MODULE;
    let (response, painter) = ui.allocate_painter(egui::Vec2::splat(side), egui::Sense::hover());
    painter.rect_filled(response.rect, 0.0, egui::Color32::WHITE);
    for (x, y) in code.dark() {
        let at = response.rect.min + (egui::vec2(x as f32, y as f32) + egui::Vec2::splat(QUIET)) * MODULE;
        let module = egui::Rect::from_min_size(at, egui::Vec2::splat(MODULE));
        painter.rect_filled(module, 0.0, egui::Color32::BLACK);
    }
}
