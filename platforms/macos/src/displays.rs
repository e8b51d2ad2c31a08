//! The displays.

use core_graphics::display::CGDisplay;
use deskwire_platform::{Error, ErrorKind};
use deskwire_wire::ids::DisplayId;
use deskwire_wire::picture::Rect;
use deskwire_wire::screen::Display;

/// A display as the system has it.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Screen {
    /// The system's number for it.
    pub(crate) id: u32,
    /// Where it lies, in points.
    pub(crate) left: f64,
    pub(crate) top: f64,
    /// Pixels of a point.
    pub(crate) scale: f64,
}

/// The displays of this session, as they are now.
///
/// # Errors
/// `Unavailable` when there is none.
pub fn displays() -> Result<Vec<Display>, Error> {
    Ok(list()?.into_iter().map(|(display, _)| display).collect())
}

/// The displays, each with what the system has of it.
pub(crate) fn list() -> Result<Vec<(Display, Screen)>, Error> {
    let ids = CGDisplay::active_displays().unwrap_or_default();
    let all: Vec<CGDisplay> = ids.into_iter().map(CGDisplay::new).collect();
    // Displays left of the main one have negative places on a Mac, ours have none.
    let least = |of: fn(&CGDisplay) -> f64| all.iter().map(of).fold(0.0, f64::min);
    let (left, top) =
        (least(|display| display.bounds().origin.x), least(|display| display.bounds().origin.y));
    let displays: Vec<_> = all
        .iter()
        .filter_map(|display| {
            let bounds = display.bounds();
            let mode = display.display_mode()?;
            let (width, height) = (mode.pixel_width(), mode.pixel_height());
            let scale = if bounds.size.width >= 1.0 { width as f64 / bounds.size.width } else { 1.0 };
            // A cast of a float stays within the bounds of the whole number.
            let place = |at: f64, origin: f64| ((at - origin) * scale).round() as u32;
            let area = Rect::new(
                place(bounds.origin.x, left),
                place(bounds.origin.y, top),
                u32::try_from(width).ok()?,
                u32::try_from(height).ok()?,
            );
            let name = if display.is_builtin() {
                "Built-in".to_owned()
            } else {
                format!("Display {}", display.unit_number())
            };
            let scale_percent = (scale * 100.0).round().clamp(1.0, 1000.0) as u16;
            let screen = Screen { id: display.id, left: bounds.origin.x, top: bounds.origin.y, scale };
            let (id, primary) = (DisplayId(display.id), display.is_main());
            area.size().is_allowed().then_some((Display { id, name, area, scale_percent, primary }, screen))
        })
        .collect();
    if displays.is_empty() {
        return Err(Error::new(
            ErrorKind::Unavailable,
            "this session of macOS has no display",
            "run this in the session of a user who is logged in, with a display that is awake",
        ));
    }
    Ok(displays)
}
