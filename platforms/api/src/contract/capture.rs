//! The capture contract.

use std::time::Duration;

use deskwire_wire::ids::DisplayId;
use deskwire_wire::picture::{Rect, Size};
use deskwire_wire::screen::Display;

use super::{PATIENCE, Violation, require, succeed, wait_until};
use crate::{Capture, ErrorKind, Picture};

/// The other side of a capture: whoever paints on the screen.
pub trait CaptureStage {
    /// Fills `rect` (in the display's pixels), and returns when the system has done it.
    fn paint(&mut self, display: DisplayId, rect: Rect, bgrx: [u8; 4]);

    /// What the display shows, read on another way than the capture's.
    fn truth(&mut self, display: DisplayId) -> Picture;

    /// Gives the display another size; false when this system cannot.
    fn resize(&mut self, display: DisplayId, size: Size) -> bool;

    /// How long an event that must come is waited for.
    fn patience(&self) -> Duration {
        PATIENCE
    }
}

const LIST: &str = "displays have distinct ids, a name and an allowed size";
const WORKS: &str = "polling and grabbing work while the system is there";
const FIRST: &str = "a display is damaged before its first grab, which reports the whole picture";
const TRUE: &str = "after a grab the picture is what the screen shows";
const QUIET: &str = "when nothing changes there is no damage and a grab reports nothing";
const NOTICED: &str = "what is painted is reported as damage";
const COVERED: &str = "the changed rectangles cover everything that was painted since the last grab";
const ONLY: &str = "only damaged parts are reported: not the whole picture for a small change";
const TAKEN: &str = "a grab takes the damage away";
const INSIDE: &str = "the changed rectangles lie in the picture";
const INVALIDATED: &str = "after invalidate the next grab reports the whole picture";
const UNKNOWN: &str = "an unknown display is an UnknownDisplay error";
const RESIZED: &str = "a new size is reported as a change of displays";
const RESIZED_WHOLE: &str = "after a change of size the grab has the new size and reports the whole picture";

/// Checks that `capture` keeps the contract of [`Capture`]. The screen must hold at least 64 by 64 pixels, and nobody
/// but `stage` may paint on it.
///
/// # Errors
/// The first clause that is broken.
pub fn check_capture(capture: &mut dyn Capture, stage: &mut dyn CaptureStage) -> Result<(), Violation> {
    check_list(capture.displays())?;
    let displays = capture.displays().to_vec();
    for display in &displays {
        check_first(capture, stage, display)?;
    }
    for display in &displays {
        check_damage(capture, stage, display)?;
    }
    let unknown = DisplayId(displays.iter().map(|d| d.id.0).max().unwrap_or(0).wrapping_add(1000));
    require(!capture.is_damaged(unknown), UNKNOWN, || "it is said to be damaged".into())?;
    let result = capture.grab(unknown).map(|_| ()).map_err(|error| error.kind());
    require(result == Err(ErrorKind::UnknownDisplay), UNKNOWN, || format!("{result:?}"))?;
    check_resize(capture, stage, &displays)
}

fn check_list(displays: &[Display]) -> Result<(), Violation> {
    let distinct =
        displays.iter().enumerate().all(|(i, a)| displays.iter().skip(i + 1).all(|b| a.id != b.id));
    let whole =
        displays.iter().all(|d| !d.name.is_empty() && d.area.size().is_allowed() && d.scale_percent > 0);
    require(!displays.is_empty() && distinct && whole, LIST, || format!("{displays:?}"))
}

fn check_first(
    capture: &mut dyn Capture,
    stage: &mut dyn CaptureStage,
    display: &Display,
) -> Result<(), Violation> {
    drain(capture)?;
    require(capture.is_damaged(display.id), FIRST, || format!("display {:?} is not damaged", display.id))?;
    let changed = grab(capture, stage, display.id)?;
    require(changed == [Rect::of_size(display.area.size())], FIRST, || format!("{changed:?}"))
}

fn check_damage(
    capture: &mut dyn Capture,
    stage: &mut dyn CaptureStage,
    display: &Display,
) -> Result<(), Violation> {
    let id = display.id;
    let (width, height) = (display.area.width, display.area.height);
    settle(capture, stage, id)?;
    drain(capture)?;
    let changed = grab(capture, stage, id)?;
    require(!capture.is_damaged(id) && changed.is_empty(), QUIET, || format!("{changed:?}"))?;

    let small = Rect::new(width / 3, height / 3, 16, 8);
    stage.paint(id, small, [10, 200, 30, 255]);
    wait_for_damage(capture, stage, id)?;
    let changed = grab(capture, stage, id)?;
    require_cover(&changed, small)?;
    let area: u64 = changed.iter().map(|r| r.area()).sum();
    require(area * 4 <= display.area.area(), ONLY, || format!("{area} pixels in {changed:?}"))?;
    drain(capture)?;
    require(!capture.is_damaged(id), TAKEN, || "it is still damaged".into())?;

    // Two corners before one grab, one of them twice.
    let corners = [Rect::new(0, 0, 8, 8), Rect::new(width - 8, height - 8, 8, 8), Rect::new(0, 0, 8, 8)];
    for (rect, shade) in corners.into_iter().zip([90, 120, 150]) {
        stage.paint(id, rect, [shade, 0, shade, 255]);
    }
    wait_for_damage(capture, stage, id)?;
    let mut changed = grab(capture, stage, id)?;
    // The system may report the second corner a moment later; then it is in the next grab.
    drain(capture)?;
    changed.extend(grab(capture, stage, id)?);
    for rect in corners {
        require_cover(&changed, rect)?;
    }

    capture.invalidate(id);
    require(capture.is_damaged(id), INVALIDATED, || "it is not damaged".into())?;
    let changed = grab(capture, stage, id)?;
    require(changed == [Rect::of_size(display.area.size())], INVALIDATED, || format!("{changed:?}"))
}

fn check_resize(
    capture: &mut dyn Capture,
    stage: &mut dyn CaptureStage,
    displays: &[Display],
) -> Result<(), Violation> {
    let Some(display) = displays.first() else { return Ok(()) };
    let size = Size { width: display.area.width - 16, height: display.area.height - 16 };
    if !stage.resize(display.id, size) {
        return Ok(());
    }
    let mut told = false;
    let come = wait_until(capture, stage.patience(), |capture| {
        told |= capture.poll()?.displays;
        Ok(told && capture.displays().iter().any(|d| d.area.size() == size))
    });
    require(succeed(come, WORKS)?, RESIZED, || format!("told {told}, {:?}", capture.displays()))?;
    let Some(now) = capture.displays().iter().find(|d| d.area.size() == size).cloned() else { return Ok(()) };
    drain(capture)?;
    let changed = grab(capture, stage, now.id)?;
    require(changed == [Rect::of_size(size)], RESIZED_WHOLE, || format!("{changed:?}"))?;
    stage.paint(now.id, Rect::new(4, 4, 4, 4), [1, 2, 3, 255]);
    wait_for_damage(capture, stage, now.id)?;
    let changed = grab(capture, stage, now.id)?;
    require_cover(&changed, Rect::new(4, 4, 4, 4))
}

/// Polls until nothing is reported.
fn drain(capture: &mut dyn Capture) -> Result<(), Violation> {
    while !succeed(capture.poll(), WORKS)?.is_none() {}
    Ok(())
}

/// Grabs what the system has still to report from before: paints a mark and grabs until it is there.
fn settle(capture: &mut dyn Capture, stage: &mut dyn CaptureStage, id: DisplayId) -> Result<(), Violation> {
    stage.paint(id, Rect::new(1, 1, 4, 4), [200, 100, 50, 255]);
    wait_for_damage(capture, stage, id)?;
    grab(capture, stage, id).map(|_| ())
}

fn wait_for_damage(
    capture: &mut dyn Capture,
    stage: &dyn CaptureStage,
    id: DisplayId,
) -> Result<(), Violation> {
    let come = wait_until(capture, stage.patience(), |capture| {
        while !capture.poll()?.is_none() {}
        Ok(capture.is_damaged(id))
    });
    require(succeed(come, WORKS)?, NOTICED, || "no damage came".into())
}

/// Grabs, checks the picture against the truth, and returns what changed.
fn grab(
    capture: &mut dyn Capture,
    stage: &mut dyn CaptureStage,
    id: DisplayId,
) -> Result<Vec<Rect>, Violation> {
    let frame = succeed(capture.grab(id), WORKS)?;
    let outside = frame.changed.iter().find(|r| r.is_empty() || !r.fits(frame.picture.size()));
    require(outside.is_none(), INSIDE, || format!("{outside:?} in {:?}", frame.picture))?;
    let truth = stage.truth(id);
    require(frame.picture.size() == truth.size(), TRUE, || format!("{:?} for {truth:?}", frame.picture))?;
    let wrong = frame.picture.pixels().iter().zip(truth.pixels()).position(|(a, b)| a != b);
    require(wrong.is_none(), TRUE, || {
        let pixel = wrong.unwrap_or(0) / 4;
        let width = truth.size().width as usize;
        format!("a wrong pixel at {}, {}", pixel % width, pixel / width)
    })?;
    Ok(frame.changed.to_vec())
}

fn require_cover(changed: &[Rect], painted: Rect) -> Result<(), Violation> {
    let covered = (painted.y..painted.bottom())
        .flat_map(|y| (painted.x..painted.right()).map(move |x| Rect::new(x, y, 1, 1)))
        .all(|pixel| changed.iter().any(|r| r.intersection(pixel).is_some()));
    require(covered, COVERED, || format!("{painted:?} is not in {changed:?}"))
}
