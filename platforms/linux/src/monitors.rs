//! The monitors as displays.

use deskwire_platform::Error;
use deskwire_wire::ids::DisplayId;
use deskwire_wire::picture::{Rect, Size};
use deskwire_wire::screen::Display;
use x11rb::protocol::randr::ConnectionExt as _;
use x11rb::protocol::xproto::{AtomEnum, ConnectionExt as _};

use crate::connection::{OrLost, Server};

/// What X calls 100 %.
const BASE_DPI: u32 = 96;

/// Gives displays their ids: the same name keeps its id, a new one gets a new one.
#[derive(Debug, Default)]
pub(crate) struct Naming {
    names: Vec<String>,
}

impl Naming {
    fn id(&mut self, name: &str) -> DisplayId {
        let at = self.names.iter().position(|have| have == name).unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        });
        DisplayId(u32::try_from(at).unwrap_or(u32::MAX))
    }
}

/// The size of the desktop. Events carry the old size at times, so it is always asked for.
pub(crate) fn desktop(server: &Server) -> Result<Size, Error> {
    let geometry = server.conn.get_geometry(server.root).or_lost()?.reply().or_lost()?;
    Ok(Size { width: geometry.width.into(), height: geometry.height.into() })
}

/// The monitors, cut to the desktop; the desktop itself when there is none.
pub(crate) fn list(server: &Server, naming: &mut Naming, has_monitors: bool) -> Result<Vec<Display>, Error> {
    let desktop = Rect::of_size(desktop(server)?);
    let scale_percent = scale(server)?;
    let mut displays: Vec<Display> = Vec::new();
    if has_monitors {
        let monitors =
            server.conn.randr_get_monitors(server.root, true).or_lost()?.reply().or_lost()?.monitors;
        for monitor in monitors {
            let name = server.conn.get_atom_name(monitor.name).or_lost()?.reply().or_lost()?.name;
            let name = String::from_utf8_lossy(&name).into_owned();
            let corner = |n: i16| u32::try_from(n).unwrap_or(0);
            let area =
                Rect::new(corner(monitor.x), corner(monitor.y), monitor.width.into(), monitor.height.into());
            // A monitor can lie partly outside for a moment while the layout changes.
            let Some(area) = area.intersection(desktop).filter(|area| area.size().is_allowed()) else {
                continue;
            };
            displays.push(Display {
                id: naming.id(&name),
                name,
                area,
                scale_percent,
                primary: monitor.primary,
            });
        }
    }
    if displays.is_empty() {
        let name = "screen".to_owned();
        displays.push(Display { id: naming.id(&name), name, area: desktop, scale_percent, primary: true });
    }
    if !displays.iter().any(|display| display.primary)
        && let Some(first) = displays.first_mut()
    {
        first.primary = true;
    }
    Ok(displays)
}

/// The scale that programs take from the resource database (`Xft.dpi`).
fn scale(server: &Server) -> Result<u16, Error> {
    let cookie = server.conn.get_property(
        false,
        server.root,
        AtomEnum::RESOURCE_MANAGER,
        AtomEnum::STRING,
        0,
        1 << 16,
    );
    let text = cookie.or_lost()?.reply().or_lost()?.value;
    Ok(scale_of(&String::from_utf8_lossy(&text)))
}

fn scale_of(resources: &str) -> u16 {
    let dpi = resources.lines().find_map(|line| line.strip_prefix("Xft.dpi:")?.trim().parse::<u32>().ok());
    dpi.filter(|dpi| (48..=960).contains(dpi))
        .and_then(|dpi| u16::try_from(dpi * 100 / BASE_DPI).ok())
        .unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_comes_from_the_resources_when_it_is_sane() {
        assert_eq!(scale_of("Xft.antialias:\t1\nXft.dpi:\t192\n"), 200);
        assert_eq!(scale_of(""), 100);
        assert_eq!(scale_of("Xft.dpi: 0"), 100);
        assert_eq!(scale_of("Xft.dpi: many"), 100);
    }

    #[test]
    fn names_keep_their_ids() {
        let mut naming = Naming::default();
        assert_eq!(naming.id("LEFT"), DisplayId(0));
        assert_eq!(naming.id("RIGHT"), DisplayId(1));
        assert_eq!(naming.id("LEFT"), DisplayId(0));
    }
}
