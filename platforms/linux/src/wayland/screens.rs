//! What the thread that PipeWire calls hands over to the others.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use deskwire_platform::{Damage, Error, ErrorKind, Picture, Waker};
use deskwire_wire::ids::DisplayId;
use deskwire_wire::picture::{Rect, Size};
use deskwire_wire::screen::{CursorPosition, CursorShape, Display};

/// One monitor as PipeWire last showed it.
#[derive(Debug)]
pub(super) struct Screen {
    pub(super) display: Display,
    /// Where the portal takes positions on it, in its own units.
    pub(super) logical: Size,
    /// Its node, by which the portal knows it.
    pub(super) node: u32,
    /// `None` before the first.
    pub(super) picture: Option<Picture>,
    /// Since it was last taken over, in its pixels.
    pub(super) damage: Damage,
}

#[derive(Default)]
pub(super) struct Inner {
    pub(super) screens: BTreeMap<DisplayId, Screen>,
    /// Displays came, changed their size or went since the capture last looked.
    pub(super) layout: bool,
    /// Something was damaged since then.
    pub(super) damaged: bool,
    pub(super) shape: Option<CursorShape>,
    pub(super) shape_changed: bool,
    pub(super) position: Option<CursorPosition>,
    pub(super) moved: bool,
    lost: Option<String>,
    /// What the desktop said of the last input that it did not take.
    refused: Option<String>,
    pub(super) capture_waker: Option<Waker>,
    pub(super) cursor_waker: Option<Waker>,
}

/// Shared by all parts.
#[derive(Default)]
pub(super) struct Screens {
    inner: Mutex<Inner>,
    news: Condvar,
}

impl std::fmt::Debug for Screens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Screens").finish_non_exhaustive()
    }
}

impl Screens {
    pub(super) fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes who waits for pictures and who waits for the pointer.
    pub(super) fn tell(&self, inner: MutexGuard<'_, Inner>) {
        let pictures =
            inner.capture_waker.clone().filter(|_| inner.damaged || inner.layout || inner.is_over());
        let pointer =
            inner.cursor_waker.clone().filter(|_| inner.shape_changed || inner.moved || inner.is_over());
        drop(inner);
        self.news.notify_all();
        for waker in [pictures, pointer].into_iter().flatten() {
            waker();
        }
    }

    /// Sharing has ended, and why.
    pub(super) fn end(&self, why: impl Into<String>) {
        let mut inner = self.lock();
        inner.lost.get_or_insert_with(|| why.into());
        self.tell(inner);
    }

    /// The desktop did not take some input.
    pub(super) fn note_refused(&self, why: String) {
        self.lock().refused = Some(why);
    }

    pub(super) fn lost(&self) -> Option<String> {
        self.lock().lost.clone()
    }

    /// Whether so many screens have shown a picture before the time is over.
    pub(super) fn wait_for_pictures(&self, count: usize, longest: Duration) -> bool {
        self.wait_until(longest, |inner| {
            let shown = inner.screens.values().filter(|screen| screen.picture.is_some()).count();
            shown == count || inner.is_over()
        });
        let inner = self.lock();
        !inner.is_over() && inner.screens.values().filter(|s| s.picture.is_some()).count() == count
    }

    /// Blocks until there is what `ready` looks for, or the time is over.
    pub(super) fn wait_until(&self, longest: Duration, ready: impl Fn(&Inner) -> bool) {
        let end = Instant::now() + longest;
        let mut inner = self.lock();
        while !ready(&inner) {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            inner = self.news.wait_timeout(inner, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Inner {
    pub(super) const fn is_over(&self) -> bool {
        self.lost.is_some()
    }

    /// An error once sharing has ended.
    pub(super) fn check(&self) -> Result<(), Error> {
        self.lost.as_ref().map_or(Ok(()), |why| {
            Err(Error::new(
                ErrorKind::Lost,
                format!("the Wayland desktop is not shared any more ({why})"),
                "start sharing again",
            ))
        })
    }

    /// An error for input that was refused since the last call.
    pub(super) fn check_input(&mut self) -> Result<(), Error> {
        self.check()?;
        self.refused.take().map_or(Ok(()), |why| {
            Err(Error::new(
                ErrorKind::Unsupported,
                format!("the Wayland desktop did not take some input ({why})"),
                "paste text instead of typing it",
            ))
        })
    }

    pub(super) fn displays(&self) -> Vec<Display> {
        self.screens.values().map(|screen| screen.display.clone()).collect()
    }

    /// The screen of a node.
    pub(super) fn of_node(&mut self, node: u32) -> Option<&mut Screen> {
        self.screens.values_mut().find(|screen| screen.node == node)
    }
}

impl Screen {
    /// Makes its picture fit; whether it did not.
    pub(super) fn resize(&mut self, size: Size) -> Result<bool, Error> {
        if self.picture.as_ref().is_some_and(|picture| picture.size() == size) {
            return Ok(false);
        }
        self.picture = Some(Picture::new(size)?);
        self.damage.set(Rect::of_size(size));
        (self.display.area.width, self.display.area.height) = (size.width, size.height);
        let scale = u64::from(size.width) * 100 / u64::from(self.logical.width.max(1));
        self.display.scale_percent = u16::try_from(scale).unwrap_or(100).clamp(50, 800);
        Ok(true)
    }
}
