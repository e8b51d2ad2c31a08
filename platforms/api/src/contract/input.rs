//! The input contract.

use deskwire_wire::ids::DisplayId;
use deskwire_wire::picture::Point;
use deskwire_wire::screen::{Button, Display, InputEvent, Keysym};

use super::{Violation, require, succeed};
use crate::{ErrorKind, InputSink};

/// What arrived at a program of the host.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Seen {
    /// The pointer moved to a point of the desktop.
    Pointer(Point),
    /// A button went down or up.
    Button(Button, bool),
    /// One notch of the wheel, to the right and down.
    Scroll(i16, i16),
    /// A key went down or up.
    Key(Keysym, bool),
}

/// The other side of an input sink: a program that receives what is injected.
pub trait InputStage {
    /// What arrived since the last call, with everything that was injected before it.
    fn take(&mut self) -> Vec<Seen>;

    /// What was typed since the last call, as text. What it covers need not come from `take` again.
    fn take_text(&mut self) -> String;
}

const WORKS: &str = "events that the system can do are done without an error";
const MOVES: &str = "the pointer goes to the point of the display";
const EDGE: &str = "points outside a display are brought to its edge";
const UNKNOWN: &str = "a point on an unknown display is an UnknownDisplay error and nothing moves";
const BUTTONS: &str = "buttons go down and up, each once and in order";
const WHEEL: &str = "the wheel turns by the steps that were given, with their sign";
const KEYS: &str = "keys go down and up, each once and in order";
const TEXT: &str = "text arrives character by character, in order";
const RELEASED: &str = "release_all lets go of exactly the keys and buttons that are held";

/// Checks that `sink` keeps the contract of [`InputSink`], with all of `displays` set.
///
/// # Errors
/// The first clause that is broken.
pub fn check_input(
    sink: &mut dyn InputSink,
    stage: &mut dyn InputStage,
    displays: &[Display],
) -> Result<(), Violation> {
    sink.set_displays(displays);
    stage.take();
    for display in displays {
        check_pointer(sink, stage, display)?;
    }
    let unknown = DisplayId(displays.iter().map(|d| d.id.0).max().unwrap_or(0).wrapping_add(1000));
    let event = InputEvent::PointerMove { display: unknown, at: Point { x: 1, y: 1 } };
    let result = sink.inject(&event).map_err(|error| error.kind());
    let seen = stage.take();
    require(result == Err(ErrorKind::UnknownDisplay) && seen.is_empty(), UNKNOWN, || {
        format!("{result:?}, {seen:?}")
    })?;

    for button in [Button::Left, Button::Middle, Button::Right, Button::Back, Button::Forward] {
        let events = [true, false].map(|pressed| InputEvent::Button { button, pressed });
        expect(sink, stage, &events, &[Seen::Button(button, true), Seen::Button(button, false)], BUTTONS)?;
    }
    for (x, y, steps) in [(0, 2, 2), (0, -1, 1), (1, 0, 1), (-3, 0, 3)] {
        let one = Seen::Scroll(i16::signum(x), i16::signum(y));
        expect(sink, stage, &[InputEvent::Scroll { x, y }], &vec![one; steps], WHEEL)?;
    }
    check_keys(sink, stage)?;

    let text = "Hello, wörld 123!";
    succeed(sink.inject(&InputEvent::Text(text.into())), WORKS)?;
    let typed = stage.take_text();
    require(typed == text, TEXT, || format!("{typed:?}"))?;
    stage.take();
    check_release(sink, stage)
}

fn check_pointer(
    sink: &mut dyn InputSink,
    stage: &mut dyn InputStage,
    display: &Display,
) -> Result<(), Violation> {
    let (left, top) = (to_i32(display.area.x), to_i32(display.area.y));
    let (width, height) = (to_i32(display.area.width), to_i32(display.area.height));
    let points = [
        (Point { x: 5, y: 7 }, Point { x: left + 5, y: top + 7 }, MOVES),
        (Point { x: width - 1, y: 3 }, Point { x: left + width - 1, y: top + 3 }, MOVES),
        (Point { x: i32::MAX, y: i32::MIN }, Point { x: left + width - 1, y: top }, EDGE),
        (Point { x: -1, y: height }, Point { x: left, y: top + height - 1 }, EDGE),
    ];
    for (at, there, clause) in points {
        let event = InputEvent::PointerMove { display: display.id, at };
        expect(sink, stage, &[event], &[Seen::Pointer(there)], clause)?;
    }
    Ok(())
}

fn check_keys(sink: &mut dyn InputSink, stage: &mut dyn InputStage) -> Result<(), Violation> {
    // a, Return, F5, Escape; and Control held around c.
    for code in [0x61, 0xff0d, 0xffc2, 0xff1b] {
        let events = [key(code, true), key(code, false)];
        expect(sink, stage, &events, &[Seen::Key(Keysym(code), true), Seen::Key(Keysym(code), false)], KEYS)?;
    }
    let (control, c) = (0xffe3, 0x63);
    let order = [(control, true), (c, true), (c, false), (control, false)];
    let seen = order.map(|(code, pressed)| Seen::Key(Keysym(code), pressed));
    expect(sink, stage, &order.map(|(code, pressed)| key(code, pressed)), &seen, KEYS)
}

fn check_release(sink: &mut dyn InputSink, stage: &mut dyn InputStage) -> Result<(), Violation> {
    let shift = Keysym(0xffe1);
    let hold = [
        key(shift.0, true),
        InputEvent::Button { button: Button::Left, pressed: true },
        InputEvent::Button { button: Button::Right, pressed: true },
        InputEvent::Button { button: Button::Right, pressed: false },
    ];
    for event in &hold {
        succeed(sink.inject(event), WORKS)?;
    }
    stage.take();
    succeed(sink.release_all(), WORKS)?;
    let seen = stage.take();
    let wanted = [Seen::Key(shift, false), Seen::Button(Button::Left, false)];
    let same = seen.len() == wanted.len() && wanted.iter().all(|one| seen.contains(one));
    require(same, RELEASED, || format!("{seen:?}"))?;
    succeed(sink.release_all(), WORKS)?;
    let seen = stage.take();
    require(seen.is_empty(), RELEASED, || format!("at the second call {seen:?}"))
}

fn expect(
    sink: &mut dyn InputSink,
    stage: &mut dyn InputStage,
    events: &[InputEvent],
    wanted: &[Seen],
    clause: &'static str,
) -> Result<(), Violation> {
    for event in events {
        succeed(sink.inject(event), WORKS)?;
    }
    let seen = stage.take();
    require(seen == wanted, clause, || format!("{seen:?} for {events:?}"))
}

fn key(code: u32, pressed: bool) -> InputEvent {
    InputEvent::Key { key: Keysym(code), pressed }
}

fn to_i32(n: u32) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}
