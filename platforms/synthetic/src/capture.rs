//! Capture of the synthetic desktop.

use std::collections::BTreeMap;

use deskwire_platform::{Capture, Changes, Damage, Error, Frame, Picture};
use deskwire_wire::ids::DisplayId;
use deskwire_wire::picture::Rect;
use deskwire_wire::screen::Display;

use crate::Screen;
use crate::screen::{impl_event_source, unknown_display};

/// Reads a [`Screen`], only where it was painted on.
pub struct SyntheticCapture {
    pub(crate) screen: Screen,
    pub(crate) source: u64,
    pub(crate) waited: u64,
    displays: Vec<Display>,
    layout: u64,
    /// Changes that `poll` has told of.
    told: u64,
    pictures: BTreeMap<DisplayId, (Picture, Vec<Rect>)>,
}

impl_event_source!(SyntheticCapture);

impl SyntheticCapture {
    pub(crate) fn new(screen: Screen) -> Self {
        let source = screen.new_source();
        let mut state = screen.lock();
        for target in state.displays.values_mut() {
            let mut damage = Damage::new();
            damage.set(target.picture.rect());
            target.damage.insert(source, damage);
        }
        let displays = state.displays.values().map(|d| d.display.clone()).collect();
        let (layout, told) = (state.layout, state.changes);
        drop(state);
        Self { screen, source, waited: 0, displays, layout, told, pictures: BTreeMap::new() }
    }
}

impl Capture for SyntheticCapture {
    fn displays(&self) -> &[Display] {
        &self.displays
    }

    fn poll(&mut self) -> Result<Changes, Error> {
        let state = self.screen.lock();
        if state.changes == self.told {
            return Ok(Changes::NONE);
        }
        self.told = state.changes;
        let displays = state.layout != self.layout;
        if displays {
            self.layout = state.layout;
            self.displays = state.displays.values().map(|d| d.display.clone()).collect();
        }
        let damage =
            state.displays.values().any(|d| d.damage.get(&self.source).is_some_and(|d| !d.is_empty()));
        Ok(Changes::new(displays, damage))
    }

    fn is_damaged(&self, display: DisplayId) -> bool {
        let state = self.screen.lock();
        let damage = state.displays.get(&display).and_then(|d| d.damage.get(&self.source));
        damage.is_some_and(|damage| !damage.is_empty())
    }

    fn grab(&mut self, display: DisplayId) -> Result<Frame<'_>, Error> {
        let mut state = self.screen.lock();
        let target = state.displays.get_mut(&display).ok_or_else(|| unknown_display(display))?;
        let damage = target.damage.get_mut(&self.source).map(Damage::take).unwrap_or_default();
        let size = target.picture.size();
        let (picture, changed) = match self.pictures.entry(display) {
            std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert((Picture::new(size)?, Vec::new()))
            }
        };
        if picture.size() != size {
            *picture = Picture::new(size)?;
        }
        for &rect in &damage {
            picture.copy_from(&target.picture, rect);
        }
        *changed = damage;
        Ok(Frame { picture, changed })
    }

    fn invalidate(&mut self, display: DisplayId) {
        if let Some(target) = self.screen.lock().displays.get_mut(&display) {
            let all = target.picture.rect();
            target.damage.entry(self.source).or_default().set(all);
        }
    }
}
