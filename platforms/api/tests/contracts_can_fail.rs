//! Every clause of the contracts is broken once by an implementation that is wrong in just that way.
#![expect(clippy::unwrap_used, clippy::panic, reason = "whoever cannot set the stage has failed")]
use std::cell::Cell;
use std::time::Duration;

use deskwire_platform::contract::{
    CaptureStage, ClipboardStage, InputStage, Seen, Violation, check_capture, check_clipboard, check_decoder,
    check_encoder, check_encoder_within, check_input,
};
use deskwire_platform::{
    Capture, Changes, Clipboard, EncoderCaps, EncoderConfig, Error, ErrorKind, EventSource, Frame, InputSink,
    Packet, Picture, VideoDecoder, VideoEncoder, Wake, Waker,
};
use deskwire_synthetic::mosaic::{MosaicDecoder, MosaicEncoder};
use deskwire_synthetic::{Screen, SyntheticCapture, SyntheticClipboard, SyntheticInput};
use deskwire_wire::ids::DisplayId;
use deskwire_wire::picture::{Point, Rect, Size};
use deskwire_wire::screen::{Display, InputEvent};

const SOON: Duration = Duration::from_millis(30);

/// Checks that each fault breaks the clause that begins with the given words.
fn each_breaks<F: Copy + std::fmt::Debug>(faults: &[(F, &str)], check: impl Fn(F) -> Result<(), Violation>) {
    for &(fault, clause) in faults {
        let violation = check(fault).expect_err(&format!("{fault:?} was not noticed"));
        assert!(violation.clause.starts_with(clause), "{fault:?}: {violation}");
    }
}

struct Stage(Screen);

impl CaptureStage for Stage {
    fn paint(&mut self, display: DisplayId, rect: Rect, bgrx: [u8; 4]) {
        let paint = |picture: &mut Picture| {
            picture.fill(rect, bgrx);
            vec![rect]
        };
        self.0.paint(display, paint).unwrap();
    }

    fn truth(&mut self, display: DisplayId) -> Picture {
        self.0.picture(display).unwrap()
    }

    fn resize(&mut self, display: DisplayId, size: Size) -> bool {
        self.0.resize(display, size).is_ok()
    }

    fn patience(&self) -> Duration {
        SOON
    }
}

impl ClipboardStage for Stage {
    fn put(&mut self, text: &str) {
        self.0.copy(text);
    }

    fn paste(&mut self) -> Option<String> {
        self.0.paste()
    }

    fn patience(&self) -> Duration {
        SOON
    }
}

fn screen() -> Screen {
    Screen::new(&[Size { width: 200, height: 100 }, Size { width: 120, height: 90 }]).unwrap()
}

/// Makes `$name` pass on what is not its fault.
macro_rules! pass_events {
    ($name:ty) => {
        impl EventSource for $name {
            fn wake(&self) -> Wake<'_> {
                self.inner.wake()
            }

            fn set_waker(&mut self, waker: Option<Waker>) {
                self.inner.set_waker(waker);
            }

            fn wait(&mut self, longest: Duration) -> Result<(), Error> {
                self.inner.wait(longest)
            }
        }
    };
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum CaptureFault {
    SameIds,
    FirstInPart,
    NeverDamaged,
    Stale,
    AlwaysWhole,
    AlwaysDamaged,
    HalfOfIt,
    NeverTaken,
    Outside,
    NotInvalidated,
    AnyDisplay,
    ResizeUntold,
    ResizeInPart,
}

struct FaultyCapture {
    inner: SyntheticCapture,
    fault: CaptureFault,
    displays: Vec<Display>,
    grabs: u32,
    changed: Vec<Rect>,
    stale: Option<Picture>,
}

pass_events!(FaultyCapture);

impl Capture for FaultyCapture {
    fn displays(&self) -> &[Display] {
        if self.fault == CaptureFault::SameIds { &self.displays } else { self.inner.displays() }
    }

    fn poll(&mut self) -> Result<Changes, Error> {
        let changes = self.inner.poll()?;
        Ok(if self.fault == CaptureFault::ResizeUntold {
            Changes::new(false, changes.damage)
        } else {
            changes
        })
    }

    fn is_damaged(&self, display: DisplayId) -> bool {
        let known = self.inner.displays().iter().any(|d| d.id == display);
        match self.fault {
            CaptureFault::NeverDamaged if self.grabs > 1 => false,
            CaptureFault::AlwaysDamaged if self.grabs > 2 => known,
            CaptureFault::NeverTaken if self.grabs > 4 => known,
            _ => self.inner.is_damaged(display),
        }
    }

    fn grab(&mut self, display: DisplayId) -> Result<Frame<'_>, Error> {
        self.grabs += 1;
        let fault = self.fault;
        let display = if fault == CaptureFault::AnyDisplay { DisplayId(display.0 % 1000) } else { display };
        let frame = self.inner.grab(display)?;
        self.changed = frame.changed.to_vec();
        let whole = frame.picture.rect();
        match fault {
            CaptureFault::FirstInPart if self.grabs == 1 => self.changed = vec![Rect::new(0, 0, 9, 9)],
            CaptureFault::AlwaysWhole if !self.changed.is_empty() => self.changed = vec![whole],
            CaptureFault::HalfOfIt => {
                self.changed.iter_mut().filter(|r| **r != whole).for_each(|r| r.width = r.width.div_ceil(2))
            }
            CaptureFault::Outside if self.grabs == 3 => {
                self.changed = vec![Rect { width: whole.width + 1, ..whole }]
            }
            CaptureFault::ResizeInPart if whole.width == 184 => self.changed = vec![Rect::new(0, 0, 9, 9)],
            _ => {}
        }
        // The pixels of the grab before.
        let stale = fault == CaptureFault::Stale
            && self.stale.as_ref().is_some_and(|stale| stale.size() == frame.picture.size());
        let picture =
            if stale { self.stale.as_ref().unwrap() } else { self.stale.insert(frame.picture.clone()) };
        Ok(Frame { picture, changed: &self.changed })
    }

    fn invalidate(&mut self, display: DisplayId) {
        if self.fault != CaptureFault::NotInvalidated {
            self.inner.invalidate(display);
        }
    }
}

#[test]
fn a_faulty_capture_is_found_out() {
    use CaptureFault::*;
    let faults = [
        (SameIds, "displays have distinct ids"),
        (FirstInPart, "a display is damaged before its first grab"),
        (NeverDamaged, "what is painted is reported"),
        (Stale, "after a grab the picture is what the screen shows"),
        (AlwaysWhole, "only damaged parts"),
        (AlwaysDamaged, "when nothing changes there is no damage"),
        (HalfOfIt, "the changed rectangles cover"),
        (NeverTaken, "a grab takes the damage away"),
        (Outside, "the changed rectangles lie in the picture"),
        (NotInvalidated, "after invalidate"),
        (AnyDisplay, "an unknown display"),
        (ResizeUntold, "a new size is reported"),
        (ResizeInPart, "after a change of size"),
    ];
    each_breaks(&faults, |fault| {
        let screen = screen();
        let inner = screen.capture();
        let mut displays = inner.displays().to_vec();
        displays.iter_mut().for_each(|d| d.id = DisplayId(0));
        let mut capture = FaultyCapture { inner, fault, displays, grabs: 0, changed: vec![], stale: None };
        check_capture(&mut capture, &mut Stage(screen))
    });
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum InputFault {
    Elsewhere,
    NoEdge,
    AnyDisplay,
    ButtonTwice,
    WheelBackwards,
    KeyLost,
    TextReversed,
    NothingReleased,
    EverythingReleased,
}

struct FaultyInput {
    inner: SyntheticInput,
    fault: InputFault,
}

impl InputSink for FaultyInput {
    fn set_displays(&mut self, displays: &[Display]) {
        self.inner.set_displays(displays);
    }

    fn inject(&mut self, event: &InputEvent) -> Result<(), Error> {
        let mut event = event.clone();
        match (&mut event, self.fault) {
            (InputEvent::PointerMove { at, .. }, InputFault::Elsewhere) => at.x += i32::from(at.x < 1000),
            (InputEvent::PointerMove { at, .. }, InputFault::NoEdge) => {
                *at = Point { x: at.x.max(0), y: at.y % 90 }
            }
            (InputEvent::PointerMove { display, .. }, InputFault::AnyDisplay) => display.0 %= 1000,
            (InputEvent::Button { .. }, InputFault::ButtonTwice) => self.inner.inject(&event)?,
            (InputEvent::Scroll { x, y }, InputFault::WheelBackwards) => (*x, *y) = (-*x, -*y),
            (InputEvent::Key { pressed: false, .. }, InputFault::KeyLost) => return Ok(()),
            (InputEvent::Text(text), InputFault::TextReversed) => *text = text.chars().rev().collect(),
            _ => {}
        }
        self.inner.inject(&event)
    }

    fn release_all(&mut self) -> Result<(), Error> {
        match self.fault {
            InputFault::NothingReleased => Ok(()),
            InputFault::EverythingReleased => {
                let button = deskwire_wire::screen::Button::Middle;
                self.inner.inject(&InputEvent::Button { button, pressed: false })?;
                self.inner.release_all()
            }
            _ => self.inner.release_all(),
        }
    }
}

/// Reads what was recorded.
struct Recorded(Screen);

impl InputStage for Recorded {
    fn take(&mut self) -> Vec<Seen> {
        let displays = self.0.displays();
        let left = |id| displays.iter().find(|d| d.id == id).map_or(0, |d| i32::try_from(d.area.x).unwrap());
        let seen = |event| match event {
            InputEvent::PointerMove { display, at } => {
                vec![Seen::Pointer(Point { x: left(display) + at.x, y: at.y })]
            }
            InputEvent::Button { button, pressed } => vec![Seen::Button(button, pressed)],
            InputEvent::Scroll { x, y } => {
                vec![Seen::Scroll(x.signum(), y.signum()); usize::from((x + y).unsigned_abs())]
            }
            InputEvent::Key { key, pressed } => vec![Seen::Key(key, pressed)],
            _ => vec![],
        };
        self.0.take_injected().into_iter().flat_map(seen).collect()
    }

    fn take_text(&mut self) -> String {
        let text = |event| if let InputEvent::Text(text) = event { Some(text) } else { None };
        self.0.take_injected().into_iter().filter_map(text).collect()
    }
}

#[test]
fn a_faulty_input_sink_is_found_out() {
    use InputFault::*;
    let faults = [
        (Elsewhere, "the pointer goes to the point"),
        (NoEdge, "points outside a display"),
        (AnyDisplay, "a point on an unknown display"),
        (ButtonTwice, "buttons go down and up"),
        (WheelBackwards, "the wheel turns"),
        (KeyLost, "keys go down and up"),
        (TextReversed, "text arrives"),
        (NothingReleased, "release_all lets go"),
        (EverythingReleased, "release_all lets go"),
    ];
    each_breaks(&faults, |fault| {
        let screen = screen();
        let mut input = FaultyInput { inner: screen.input(), fault };
        check_input(&mut input, &mut Recorded(screen.clone()), &screen.displays())
    });
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum ClipboardFault {
    Untold,
    ToldTwice,
    Ascii,
    NotWritten,
    TellsOwn,
    Unbounded,
}

struct FaultyClipboard {
    inner: SyntheticClipboard,
    fault: ClipboardFault,
    told: bool,
}

pass_events!(FaultyClipboard);

impl Clipboard for FaultyClipboard {
    fn poll_changed(&mut self) -> Result<bool, Error> {
        let again = std::mem::take(&mut self.told);
        let changed = self.inner.poll_changed()?;
        Ok(match self.fault {
            ClipboardFault::Untold => false,
            ClipboardFault::ToldTwice => {
                self.told = changed;
                changed || again
            }
            ClipboardFault::TellsOwn => changed || again,
            _ => changed,
        })
    }

    fn text(&mut self) -> Result<Option<String>, Error> {
        let text = self.inner.text()?;
        Ok(if self.fault == ClipboardFault::Ascii { text.filter(|text| text.is_ascii()) } else { text })
    }

    fn set_text(&mut self, text: &str) -> Result<(), Error> {
        self.told = self.fault == ClipboardFault::TellsOwn;
        match self.fault {
            ClipboardFault::NotWritten => Ok(()),
            ClipboardFault::Unbounded => self.inner.set_text(text).or(Ok(())),
            _ => self.inner.set_text(text),
        }
    }
}

#[test]
fn a_faulty_clipboard_is_found_out() {
    use ClipboardFault::*;
    let faults = [
        (Untold, "a change by another program"),
        (ToldTwice, "a change by another program"),
        (Ascii, "text is what the other program copied"),
        (NotWritten, "the other program pastes"),
        (TellsOwn, "what was set by ourselves"),
        (Unbounded, "more than MAX_TEXT"),
    ];
    each_breaks(&faults, |fault| {
        let screen = screen();
        let mut clipboard = FaultyClipboard { inner: screen.clipboard(), fault, told: false };
        check_clipboard(&mut clipboard, &mut Stage(screen))
    });
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum CodecFault {
    Empty,
    FirstNoKey,
    NoKeyWhenAsked,
    AlwaysKey,
    RateIgnored,
    AnySize,
    StopsAfterError,
    Blocks,
    Panics,
    Black,
    ForgetsToReset,
    RubbishTaken,
    StopsAfterRubbish,
}

struct FaultyCodec<T> {
    inner: T,
    fault: CodecFault,
    broken: Cell<bool>,
    black: Option<Picture>,
}

impl<T> FaultyCodec<T> {
    fn new(inner: T, fault: CodecFault) -> Self {
        Self { inner, fault, broken: Cell::new(false), black: None }
    }
}

impl VideoEncoder for FaultyCodec<MosaicEncoder> {
    fn caps(&self) -> &EncoderCaps {
        self.inner.caps()
    }

    fn configure(&mut self, config: &EncoderConfig) -> Result<(), Error> {
        self.inner.configure(config)
    }

    fn set_rate(&mut self, rate: u32) -> Result<(), Error> {
        if self.fault == CodecFault::RateIgnored { Ok(()) } else { self.inner.set_rate(rate) }
    }

    fn request_key(&mut self) {
        if self.fault != CodecFault::NoKeyWhenAsked {
            self.inner.request_key();
        }
    }

    fn encode(&mut self, picture: &Picture, damage: &[Rect]) -> Result<Packet, Error> {
        let result = self.inner.encode(picture, damage);
        match (self.fault, result) {
            (CodecFault::Empty, Ok(packet)) => Ok(Packet { data: vec![], ..packet }),
            (CodecFault::FirstNoKey, Ok(packet)) => Ok(Packet { key: false, ..packet }),
            (CodecFault::AlwaysKey, Ok(packet)) => Ok(Packet { key: true, ..packet }),
            (CodecFault::AnySize, Err(_)) => Ok(Packet { data: vec![1], key: true }),
            // The error before configure is the first; one more breaks it.
            (CodecFault::StopsAfterError, Err(error)) if picture.size().width == 96 => {
                self.broken.set(true);
                Err(error)
            }
            (CodecFault::Panics, Err(error)) if picture.size().width == 96 => panic!("{error}"),
            (CodecFault::Blocks, Err(_)) if picture.size().width == 96 => loop {
                std::thread::park();
            },
            (_, Ok(_)) if self.broken.get() => {
                Err(Error::new(ErrorKind::Lost, "the encoder is broken", "make another"))
            }
            (_, result) => result,
        }
    }
}

impl VideoDecoder for FaultyCodec<MosaicDecoder> {
    fn decode(&mut self, packet: &[u8]) -> Result<&Picture, Error> {
        let broken = self.broken.get();
        let result = self.inner.decode(packet);
        match (self.fault, result) {
            (CodecFault::Black, Ok(picture)) => Ok(self.black.insert(Picture::new(picture.size())?)),
            (CodecFault::RubbishTaken, Err(_)) if packet.first() != Some(&b'M') => {
                Ok(self.black.insert(Picture::new(Size { width: 1, height: 1 })?))
            }
            (CodecFault::StopsAfterRubbish, Err(error)) if packet.is_empty() => {
                self.broken.set(true);
                Err(error)
            }
            (CodecFault::StopsAfterRubbish, Ok(_)) if broken => {
                Err(Error::new(ErrorKind::Invalid, "the decoder is broken", "make another"))
            }
            (_, result) => result,
        }
    }

    fn reset(&mut self) {
        if self.fault != CodecFault::ForgetsToReset {
            self.inner.reset();
        }
    }
}

#[test]
fn a_faulty_encoder_is_found_out() {
    use CodecFault::*;
    let faults = [
        (Empty, "every picture gives one packet"),
        (FirstNoKey, "the first packet after configure"),
        (NoKeyWhenAsked, "a requested key frame"),
        (AlwaysKey, "a requested key frame"),
        (RateIgnored, "a lower rate"),
        (AnySize, "a picture of another size"),
        (StopsAfterError, "after an error the encoder goes on"),
        (Panics, "no call blocks"),
    ];
    each_breaks(&faults, |fault| check_encoder(move || FaultyCodec::new(MosaicEncoder::new(), fault)));
    let patience = Duration::from_millis(1500);
    each_breaks(&[(Blocks, "no call blocks")], |fault| {
        check_encoder_within(patience, move || FaultyCodec::new(MosaicEncoder::new(), fault))
    });
}

#[test]
fn a_faulty_decoder_is_found_out() {
    use CodecFault::*;
    let faults = [
        (Black, "each packet decodes"),
        (ForgetsToReset, "after reset"),
        (RubbishTaken, "rubbish is an Invalid error"),
        (StopsAfterRubbish, "rubbish is an Invalid error"),
    ];
    each_breaks(&faults, |fault| {
        check_decoder(move || (MosaicEncoder::new(), FaultyCodec::new(MosaicDecoder::new(), fault)))
    });
}
