//! The monitors as displays.

use deskwire_platform::{Error, ErrorKind};
use deskwire_wire::ids::DisplayId;
use deskwire_wire::picture::Rect;
use deskwire_wire::screen::Display;

use crate::sys::{self, Monitor};

/// What Windows calls 100 %.
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

/// The displays of this session, as they are now.
///
/// # Errors
/// `Unavailable` when the session has none, as that of a service.
pub fn displays() -> Result<Vec<Display>, Error> {
    Ok(list(&mut Naming::default())?.into_iter().map(|(display, _)| display).collect())
}

/// The displays, each with its monitor.
pub(crate) fn list(naming: &mut Naming) -> Result<Vec<(Display, Monitor)>, Error> {
    let monitors = sys::monitors();
    let (left, top) = origin(&monitors);
    let displays: Vec<_> = monitors
        .into_iter()
        .filter_map(|monitor| {
            let side = |from: i32, to: i32| u32::try_from(i64::from(to) - i64::from(from)).ok();
            let area = Rect::new(
                side(left, monitor.left)?,
                side(top, monitor.top)?,
                side(monitor.left, monitor.right)?,
                side(monitor.top, monitor.bottom)?,
            );
            let scale_percent = u16::try_from(monitor.dpi * 100 / BASE_DPI).ok().filter(|scale| *scale > 0);
            area.size().is_allowed().then(|| {
                let id = naming.id(&monitor.name);
                let name = monitor.name.trim_start_matches(r"\\.\").to_owned();
                let primary = monitor.primary;
                (Display { id, name, area, scale_percent: scale_percent.unwrap_or(100), primary }, monitor)
            })
        })
        .collect();
    if displays.is_empty() {
        return Err(Error::new(
            ErrorKind::Unavailable,
            "this session of Windows has no display",
            "run this in the session of a user who is logged in",
        ));
    }
    Ok(displays)
}

/// Where the desktop begins: monitors left of the primary one have negative places on Windows, displays have none.
pub(crate) fn origin(monitors: &[Monitor]) -> (i32, i32) {
    let least = |of: fn(&Monitor) -> i32| monitors.iter().map(of).min().unwrap_or(0);
    (least(|monitor| monitor.left), least(|monitor| monitor.top))
}
