//! The host's pointer, drawn over its picture.

use std::sync::Arc;

use deskwire_core::wire::picture::Point;
use deskwire_core::wire::screen::CursorShape;
use deskwire_kit::viewer::Cursor;
use eframe::egui::{self, Color32, ColorImage, Pos2, Rect, TextureHandle, TextureOptions, Vec2};

use crate::input::Placement;

/// The pointer's picture as a texture.
#[derive(Default)]
pub(crate) struct Pointer {
    texture: Option<(Arc<CursorShape>, TextureHandle)>,
}

impl Pointer {
    /// Draws the host's pointer at `own`, or else where the host says it is; gives whether there is one to draw.
    pub(crate) fn draw(
        &mut self,
        ui: &egui::Ui,
        cursor: &Cursor,
        placement: &Placement,
        own: Option<Pos2>,
    ) -> bool {
        let (Some(shape), Some(position)) = (&cursor.shape, cursor.position) else { return false };
        if !position.visible || (own.is_none() && position.display != placement.display) {
            return false;
        }
        let at = own.unwrap_or_else(|| on_window(position.at, placement));
        // As large as the picture around it, but never so small that it is lost.
        let scale = (placement.shown.width() / placement.size.width.max(1) as f32).max(0.5);
        let hot_spot = Vec2::new(shape.hot_spot.0.into(), shape.hot_spot.1.into()) * scale;
        let size = Vec2::new(shape.width.into(), shape.height.into()) * scale;
        let texture = self.texture(ui.ctx(), shape);
        let whole = Rect::from_min_max(Pos2::ZERO, Pos2::new(1.0, 1.0));
        let painter = ui.painter().with_clip_rect(placement.shown);
        painter.image(texture, Rect::from_min_size(at - hot_spot, size), whole, Color32::WHITE);
        true
    }

    fn texture(&mut self, ctx: &egui::Context, shape: &Arc<CursorShape>) -> egui::TextureId {
        if let Some((known, texture)) = &self.texture
            && Arc::ptr_eq(known, shape)
        {
            return texture.id();
        }
        let size = [usize::from(shape.width), usize::from(shape.height)];
        let image = ColorImage::from_rgba_premultiplied(size, &shape.rgba);
        let texture = ctx.load_texture("pointer", image, TextureOptions::LINEAR);
        let id = texture.id();
        self.texture = Some((Arc::clone(shape), texture));
        id
    }
}

/// Where a pixel of the host is in the window.
fn on_window(at: Point, placement: &Placement) -> Pos2 {
    let part = Vec2::new(
        at.x as f32 / placement.size.width.max(1) as f32,
        at.y as f32 / placement.size.height.max(1) as f32,
    );
    placement.shown.min + part * placement.shown.size()
}
