//! The contracts of `deskwire-platform`, kept on Windows, or under Wine as far as that goes.
#![cfg(windows)]
#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

#[path = "support/stage.rs"]
mod stage;

use std::sync::{Mutex, MutexGuard, PoisonError};

use deskwire_platform::contract::{check_clipboard, check_input};
use deskwire_platform::{Capture as _, CursorSource as _, ErrorKind, InputSink as _};
use deskwire_windows::{WindowsCapture, WindowsClipboard, WindowsCursor, WindowsInput, displays};
use deskwire_wire::picture::Point;
use deskwire_wire::screen::InputEvent;

use stage::{OtherProgram, Receiver};

/// Tests share one desktop: one at a time.
fn desktop() -> MutexGuard<'static, ()> {
    static DESKTOP: Mutex<()> = Mutex::new(());
    DESKTOP.lock().unwrap_or_else(PoisonError::into_inner)
}

#[test]
fn the_displays_are_listed() {
    let displays = displays().unwrap();
    assert_eq!(displays.iter().filter(|display| display.primary).count(), 1, "{displays:?}");
    for display in &displays {
        assert!(display.name.starts_with("DISPLAY"), "{display:?}");
        assert!(display.area.size().is_allowed() && display.scale_percent >= 100, "{display:?}");
    }
    assert!(displays.iter().any(|display| (display.area.x, display.area.y) == (0, 0)), "{displays:?}");
}

#[test]
fn the_clipboard_keeps_its_contract() {
    let _one = desktop();
    let mut clipboard = WindowsClipboard::open().unwrap();
    check_clipboard(&mut clipboard, &mut OtherProgram::new()).unwrap();
}

#[test]
fn input_keeps_its_contract() {
    let _one = desktop();
    let displays = displays().unwrap();
    let mut stage = Receiver::start();
    let mut input = WindowsInput::open().unwrap();
    check_input(&mut input, &mut stage, &displays).unwrap();
}

#[test]
fn the_pointer_has_a_shape_and_is_where_it_was_put() {
    let _one = desktop();
    let displays = displays().unwrap();
    let mut cursor = WindowsCursor::open().unwrap();
    cursor.set_displays(&displays);
    let shape = cursor.poll_shape().unwrap().unwrap();
    assert_eq!(shape.rgba.len(), usize::from(shape.width) * usize::from(shape.height) * 4);
    assert!(cursor.poll_shape().unwrap().is_none(), "nothing has changed");
    let mut input = WindowsInput::open().unwrap();
    let (display, at) = (displays[0].id, Point { x: 123, y: 45 });
    input.inject(&InputEvent::PointerMove { display, at }).unwrap();
    // Asks anew, whether or not Windows tells of the motion.
    cursor.set_displays(&displays);
    assert_eq!(
        cursor.poll_position().unwrap().map(|position| (position.display, position.at)),
        Some((display, at))
    );
}

#[test]
fn the_screen_is_captured_where_windows_can() {
    let _one = desktop();
    match WindowsCapture::open() {
        Ok(mut capture) => {
            let display = capture.displays()[0].clone();
            let frame = capture.grab(display.id).unwrap();
            assert_eq!(frame.picture.size(), display.area.size());
            assert_eq!(frame.changed, [frame.picture.rect()]);
        }
        // Wine has no Windows.Graphics.Capture.
        Err(error) => assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}"),
    }
}
