//! The pictures of a Wayland desktop.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use deskwire_platform::{
    Capture, Changes, Damage, Error, ErrorKind, EventSource, Frame, Picture, Wake, Waker,
};
use deskwire_wire::ids::DisplayId;
use deskwire_wire::picture::Rect;
use deskwire_wire::screen::Display;

use super::portal::Portal;
use super::screens::Screens;
use super::stream::Streams;

/// Reads the monitors that a Wayland desktop shares.
pub struct WaylandCapture {
    screens: Arc<Screens>,
    displays: Vec<Display>,
    surfaces: BTreeMap<DisplayId, Surface>,
    _streams: Arc<Streams>,
    _portal: Arc<Portal>,
}

/// What was handed out of one display.
struct Surface {
    picture: Picture,
    /// To be reported besides what PipeWire tells.
    damage: Damage,
    changed: Vec<Rect>,
}

impl WaylandCapture {
    pub(super) fn new(
        screens: Arc<Screens>,
        streams: Arc<Streams>,
        portal: Arc<Portal>,
    ) -> Result<Self, Error> {
        let mut capture = Self {
            screens,
            displays: Vec::new(),
            surfaces: BTreeMap::new(),
            _streams: streams,
            _portal: portal,
        };
        capture.reload()?;
        Ok(capture)
    }

    /// Takes over what displays there are.
    fn reload(&mut self) -> Result<(), Error> {
        let inner = self.screens.lock();
        self.displays = inner.displays();
        drop(inner);
        self.surfaces.retain(|id, _| self.displays.iter().any(|display| display.id == *id));
        for display in &self.displays {
            let size = display.area.size();
            if self.surfaces.get(&display.id).is_none_or(|surface| surface.picture.size() != size) {
                let mut damage = Damage::new();
                damage.set(Rect::of_size(size));
                let surface = Surface { picture: Picture::new(size)?, damage, changed: Vec::new() };
                self.surfaces.insert(display.id, surface);
            }
        }
        Ok(())
    }
}

impl fmt::Debug for WaylandCapture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WaylandCapture").field("displays", &self.displays).finish_non_exhaustive()
    }
}

impl EventSource for WaylandCapture {
    fn wake(&self) -> Wake<'_> {
        Wake::Callback
    }

    fn set_waker(&mut self, waker: Option<Waker>) {
        self.screens.lock().capture_waker = waker;
    }

    fn wait(&mut self, longest: Duration) -> Result<(), Error> {
        self.screens.wait_until(longest, |inner| inner.damaged || inner.layout || inner.is_over());
        Ok(())
    }
}

impl Capture for WaylandCapture {
    fn displays(&self) -> &[Display] {
        &self.displays
    }

    fn poll(&mut self) -> Result<Changes, Error> {
        let mut inner = self.screens.lock();
        inner.check()?;
        let (layout, damaged) = (std::mem::take(&mut inner.layout), std::mem::take(&mut inner.damaged));
        drop(inner);
        if layout {
            self.reload()?;
        }
        Ok(Changes::new(layout, damaged || layout))
    }

    fn is_damaged(&self, display: DisplayId) -> bool {
        let Some(surface) = self.surfaces.get(&display) else { return false };
        let inner = self.screens.lock();
        !surface.damage.is_empty() || inner.screens.get(&display).is_some_and(|s| !s.damage.is_empty())
    }

    fn grab(&mut self, display: DisplayId) -> Result<Frame<'_>, Error> {
        let unknown = || {
            Error::new(
                ErrorKind::UnknownDisplay,
                format!("there is no display {}", display.0),
                "read the list of displays again",
            )
        };
        let surface = self.surfaces.get_mut(&display).ok_or_else(unknown)?;
        let mut inner = self.screens.lock();
        inner.check()?;
        let screen = inner.screens.get_mut(&display).ok_or_else(unknown)?;
        let picture = screen.picture.as_ref().filter(|picture| picture.size() == surface.picture.size());
        // Otherwise its size has changed, and the list of displays is to be read first.
        let picture = picture.ok_or_else(unknown)?;
        surface.damage.extend(screen.damage.take());
        surface.damage.clip(picture.size());
        surface.changed = surface.damage.take();
        for rect in &surface.changed {
            surface.picture.copy_from(picture, *rect);
        }
        Ok(Frame { picture: &surface.picture, changed: &surface.changed })
    }

    fn invalidate(&mut self, display: DisplayId) {
        if let Some(surface) = self.surfaces.get_mut(&display) {
            let all = surface.picture.rect();
            surface.damage.set(all);
        }
    }
}
