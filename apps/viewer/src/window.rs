//! The window: a toolbar, and the host's picture below it.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use deskwire_core::wire::ids::{DeviceId, DisplayId};
use deskwire_core::wire::picture::{Rect, Size};
use deskwire_core::wire::session::Scope;
use deskwire_kit::exit;
use deskwire_kit::picture::Picture;
use deskwire_kit::text;
use deskwire_kit::viewer::{Client, EndKind, Stage, View};
use eframe::egui::{self, Color32, ColorImage, Sense, TextureHandle, TextureOptions, Vec2};

use crate::cursor::Pointer;
use crate::input::{Placement, Translator};
use crate::login::{self, Form};

/// Frames of the window before its picture is taken.
const SCREENSHOT_AFTER: u32 = 60;

/// The whole window.
pub(crate) struct Window {
    client: Client,
    id: DeviceId,
    display: Option<DisplayId>,
    texture: Option<(TextureHandle, Size)>,
    pointer: Pointer,
    translator: Translator,
    form: Form,
    actual_size: bool,
    /// Where to save a picture of the window, and the frames until then.
    screenshot: Option<(PathBuf, u32)>,
    /// The exit code if the window is closed now.
    outcome: Arc<AtomicU8>,
    /// What the terminal was told last.
    told: Option<String>,
}

impl Window {
    pub(crate) fn new(
        client: Client,
        id: DeviceId,
        screenshot: Option<PathBuf>,
        outcome: Arc<AtomicU8>,
    ) -> Self {
        Self {
            client,
            id,
            display: None,
            texture: None,
            pointer: Pointer::default(),
            translator: Translator::default(),
            form: Form::default(),
            actual_size: false,
            screenshot: screenshot.map(|path| (path, SCREENSHOT_AFTER)),
            outcome,
            told: None,
        }
    }

    fn toolbar(&mut self, ui: &mut egui::Ui, view: &View) {
        ui.horizontal(|ui| {
            ui.strong(self.id.to_string());
            ui.separator();
            if view.displays.len() > 1 {
                for display in &view.displays {
                    let chosen = self.display == Some(display.id);
                    if ui.selectable_label(chosen, text::name(&display.name)).clicked() && !chosen {
                        self.display = Some(display.id);
                        self.client.watch(display.id);
                    }
                }
                ui.separator();
            }
            ui.toggle_value(&mut self.actual_size, "1:1")
                .on_hover_text("Show every pixel of the host as one pixel");
            if let Stage::Active = view.stage {
                let stats = &view.stats;
                ui.separator();
                ui.label(format!(
                    "{}   {:.1} ms   {:.0} fps   {:.2} Mbit/s   latency {:.1} ms",
                    stats.path,
                    stats.rtt.as_secs_f64() * 1e3,
                    stats.frames_per_second,
                    stats.bits_per_second / 1e6,
                    stats.latency.as_secs_f64() * 1e3,
                ));
                if let Some(report) = view.no_direct_path.as_ref().filter(|_| !stats.is_direct()) {
                    ui.weak("why relayed?").on_hover_text(format!("There is no direct path: {report}."));
                }
            }
            self.sound(ui, view);
            if view.safety_number.is_some() {
                ui.menu_button("Safety number", |ui| {
                    ui.label("The host shows the same number if nobody is in between:");
                    login::safety_number(ui, view);
                });
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui.button("Disconnect").clicked() {
                    self.client.disconnect();
                    ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
                }
            });
        });
    }

    /// Turns sound and microphone on and off, as far as there are any.
    fn sound(&self, ui: &mut egui::Ui, view: &View) {
        let sound = &view.sound;
        if sound.is_there && view.granted.has(Scope::Audio) {
            let mut on = sound.is_on;
            let stats = &sound.figures.stats;
            let figures = format!(
                "Hear the host. Latency {:.0} ms, {} of {} packets made up",
                f64::from(stats.latency_us) / 1e3,
                stats.concealed,
                stats.played,
            );
            if ui.toggle_value(&mut on, "Sound").on_hover_text(figures).changed() {
                self.client.set_sound(on);
            }
        }
        if sound.has_microphone && sound.host_listens && view.granted.has(Scope::Voice) {
            let mut on = sound.microphone_is_on;
            let hint = "Let the host hear this microphone";
            if ui.toggle_value(&mut on, "Microphone").on_hover_text(hint).changed() {
                self.client.set_microphone(on);
            }
        }
    }

    /// What stands in place of the picture while there is none.
    fn message(&mut self, ui: &mut egui::Ui, view: &View) {
        ui.vertical_centered(|ui| {
            ui.add_space(ui.available_height() / 3.0);
            match &view.stage {
                Stage::Connecting(what) => {
                    ui.spinner();
                    ui.label(what);
                }
                Stage::NeedsLogin { hint, methods } => {
                    self.form.login(ui, &self.client, view, hint.as_ref(), methods);
                }
                Stage::NeedsSecondFactor { hint } => {
                    self.form.second_factor(ui, &self.client, hint.as_ref());
                }
                Stage::Active => {
                    ui.spinner();
                    ui.label("Waiting for the first picture");
                }
                Stage::Ended(why) => {
                    ui.heading("The session has ended");
                    ui.label(why);
                }
            }
        });
    }

    /// Brings the texture up to date with what the client has painted since the last time.
    fn refresh_texture(&mut self, ctx: &egui::Context) {
        let Some(display) = self.display else { return };
        let texture = &mut self.texture;
        self.client.with_changes(display, |picture, changed| {
            let size = picture.size();
            match texture {
                Some((handle, known)) if *known == size => {
                    let image = color_image(picture, changed);
                    handle.set_partial(
                        [changed.x as usize, changed.y as usize],
                        image,
                        TextureOptions::LINEAR,
                    );
                }
                _ => {
                    let image = color_image(picture, picture.rect());
                    *texture = Some((ctx.load_texture("host", image, TextureOptions::LINEAR), size));
                }
            }
        });
    }

    fn picture(&mut self, ui: &mut egui::Ui, view: &View) {
        let (Some((texture, size)), Some(display)) = (&self.texture, self.display) else { return };
        let room = ui.available_size();
        let pixels = Vec2::new(size.width as f32, size.height as f32) / ui.ctx().pixels_per_point();
        let scale = if self.actual_size { 1.0 } else { (room.x / pixels.x).min(room.y / pixels.y) };
        let (texture, size) = (texture.id(), *size);
        let show = |ui: &mut egui::Ui| {
            let image = egui::Image::new((texture, pixels * scale)).sense(Sense::click_and_drag());
            ui.centered_and_justified(|ui| ui.add(image)).inner
        };
        let response =
            if self.actual_size { egui::ScrollArea::both().show(ui, show).inner } else { show(ui) };
        let shown = egui::Rect::from_center_size(response.rect.center(), pixels * scale);
        let placement = Placement { display, shown, size };
        let over = ui.ctx().pointer_latest_pos().is_some_and(|at| shown.contains(at));
        let events = ui.input(|input| input.events.clone());
        let host_input = self.translator.translate(&events, &placement, over);
        if !host_input.is_empty() {
            self.client.input(host_input);
        }
        // Where the user may move the host's pointer it is drawn where his own is, without waiting for the host.
        let own = ui.ctx().pointer_latest_pos().filter(|_| over && view.granted.has(Scope::Input));
        if self.pointer.draw(ui, &view.cursor, &placement, own) && own.is_some() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::None);
        }
    }

    /// Says on the terminal, if there is one, what is in the way, and keeps the exit code for when the window is closed.
    fn note_outcome(&mut self, view: &View) {
        let (code, says) = match (&view.stage, view.end) {
            (Stage::Ended(why), Some(end)) => (exit::code_of(end), (end != EndKind::Asked).then_some(why)),
            (Stage::NeedsLogin { hint, .. } | Stage::NeedsSecondFactor { hint }, _) => {
                (exit::LOGIN, hint.as_ref())
            }
            _ => (0, None),
        };
        self.outcome.store(code, Ordering::Relaxed);
        if let Some(says) = says
            && self.told.as_ref() != Some(says)
        {
            eprintln!("deskwire-viewer: {says}");
        }
        self.told = says.cloned();
    }

    /// For scripts: asks for a picture of the window once the host's is shown, saves it and ends.
    fn take_screenshot(&mut self, ctx: &egui::Context) {
        if self.texture.is_none() {
            return;
        }
        // A few frames first, so that figures and the host's pointer are there.
        let Some((path, frames_left)) = &mut self.screenshot else { return };
        *frames_left -= 1;
        ctx.request_repaint();
        if *frames_left > 0 {
            return;
        }
        let path = std::mem::take(path);
        self.screenshot = None;
        let close = ctx.clone();
        ctx.request_screenshot(move |image| {
            let bytes: Vec<u8> = image.pixels.iter().flat_map(|p| [p.r(), p.g(), p.b()]).collect();
            let size = (image.size[0] as u32, image.size[1] as u32);
            if let Err(error) = deskwire_kit::picture::save_rgb(&path, size, &bytes) {
                eprintln!("deskwire-viewer: cannot save {}: {error}", path.display());
            }
            close.send_viewport_cmd(egui::ViewportCommand::Close);
            close.request_repaint();
        });
    }
}

impl eframe::App for Window {
    fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
        let view = self.client.view();
        self.note_outcome(&view);
        if self.display.is_none_or(|id| view.displays.iter().all(|d| d.id != id)) {
            self.display =
                view.displays.iter().find(|d| d.primary).or_else(|| view.displays.first()).map(|d| d.id);
            self.texture = None;
        }
        let ctx = ui.ctx().clone();
        self.refresh_texture(&ctx);
        egui::Panel::top("toolbar").show(ui, |ui| self.toolbar(ui, &view));
        egui::CentralPanel::default().frame(egui::Frame::NONE.fill(Color32::from_gray(24))).show(ui, |ui| {
            let live = matches!(view.stage, Stage::Active) && self.texture.is_some();
            if live { self.picture(ui, &view) } else { self.message(ui, &view) }
        });
        self.take_screenshot(&ctx);
        // Figures change even when the picture does not.
        ctx.request_repaint_after(std::time::Duration::from_millis(500));
    }

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        self.client.disconnect();
    }
}

fn color_image(picture: &Picture, part: Rect) -> ColorImage {
    let mut pixels = Vec::with_capacity(part.width as usize * part.height as usize);
    for y in part.y..part.bottom() {
        pixels.extend(picture.row(part, y).chunks_exact(4).map(|p| Color32::from_rgb(p[2], p[1], p[0])));
    }
    ColorImage::new([part.width as usize, part.height as usize], pixels)
}
