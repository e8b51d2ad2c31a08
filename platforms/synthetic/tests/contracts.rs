//! The synthetic desktop keeps every contract of the platform traits.
use deskwire_platform::contract::{
    CaptureStage, ClipboardStage, InputStage, Seen, check_capture, check_clipboard, check_decoder,
    check_encoder, check_input,
};
use deskwire_platform::{CursorSource, EventSource, Picture, Wake};
use deskwire_synthetic::Screen;
use deskwire_synthetic::mosaic::{MosaicDecoder, MosaicEncoder};
use deskwire_wire::ids::DisplayId;
use deskwire_wire::picture::{Point, Rect, Size};
use deskwire_wire::screen::{CursorPosition, InputEvent};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

struct Stage(Screen);

impl CaptureStage for Stage {
    fn paint(&mut self, display: DisplayId, rect: Rect, bgrx: [u8; 4]) {
        let paint = |picture: &mut Picture| {
            picture.fill(rect, bgrx);
            vec![rect]
        };
        self.0.paint(display, paint).expect("the display is there");
    }

    fn truth(&mut self, display: DisplayId) -> Picture {
        self.0.picture(display).expect("the display is there")
    }

    fn resize(&mut self, display: DisplayId, size: Size) -> bool {
        self.0.resize(display, size).is_ok()
    }
}

impl InputStage for Stage {
    fn take(&mut self) -> Vec<Seen> {
        let displays = self.0.displays();
        let mut seen = Vec::new();
        for event in self.0.take_injected() {
            match event {
                InputEvent::PointerMove { display, at } => {
                    let area = displays.iter().find(|d| d.id == display).expect("known").area;
                    let x = at.x + i32::try_from(area.x).expect("small");
                    let y = at.y + i32::try_from(area.y).expect("small");
                    seen.push(Seen::Pointer(Point { x, y }));
                }
                InputEvent::Button { button, pressed } => seen.push(Seen::Button(button, pressed)),
                InputEvent::Scroll { x, y } => {
                    seen.extend((0..x.abs()).map(|_| Seen::Scroll(x.signum(), 0)));
                    seen.extend((0..y.abs()).map(|_| Seen::Scroll(0, y.signum())));
                }
                InputEvent::Key { key, pressed } => seen.push(Seen::Key(key, pressed)),
                _ => {}
            }
        }
        seen
    }

    fn take_text(&mut self) -> String {
        let text = |event| if let InputEvent::Text(text) = event { Some(text) } else { None };
        self.0.take_injected().into_iter().filter_map(text).collect()
    }
}

impl ClipboardStage for Stage {
    fn put(&mut self, text: &str) {
        self.0.copy(text);
    }

    fn paste(&mut self) -> Option<String> {
        self.0.paste()
    }
}

fn screen() -> Screen {
    Screen::new(&[Size { width: 320, height: 200 }, Size { width: 160, height: 120 }]).expect("allowed")
}

#[test]
fn capture() {
    let screen = screen();
    check_capture(&mut screen.capture(), &mut Stage(screen.clone())).unwrap();
}

#[test]
fn input() {
    let screen = screen();
    check_input(&mut screen.input(), &mut Stage(screen.clone()), &screen.displays()).unwrap();
}

#[test]
fn clipboard() {
    let screen = screen();
    check_clipboard(&mut screen.clipboard(), &mut Stage(screen.clone())).unwrap();
}

#[test]
fn mosaic_encoder() {
    check_encoder(MosaicEncoder::new).unwrap();
}

#[test]
fn mosaic_decoder() {
    check_decoder(|| (MosaicEncoder::new(), MosaicDecoder::new())).unwrap();
}

#[test]
fn two_captures_have_damage_of_their_own() {
    let screen = screen();
    let (mut one, mut two) = (screen.capture(), screen.capture());
    check_capture(&mut one, &mut Stage(screen.clone())).unwrap();
    use deskwire_platform::Capture;
    assert!(two.is_damaged(DisplayId(0)));
    assert_eq!(two.grab(DisplayId(0)).unwrap().picture.size(), Size { width: 304, height: 184 });
}

#[test]
fn the_waker_is_called_for_changes_and_the_cursor_reports_them_once() {
    let screen = screen();
    let mut cursor = screen.cursor();
    let calls = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&calls);
    cursor.set_waker(Some(Arc::new(move || {
        counted.fetch_add(1, Ordering::SeqCst);
    })));
    assert!(matches!(cursor.wake(), Wake::Callback));
    assert!(cursor.poll_shape().unwrap().is_some() && cursor.poll_shape().unwrap().is_none());
    assert!(cursor.poll_position().unwrap().is_some() && cursor.poll_position().unwrap().is_none());
    let position = CursorPosition { display: DisplayId(1), at: Point { x: 9, y: 8 }, visible: true };
    screen.move_cursor(position);
    assert_eq!(calls.load(Ordering::SeqCst), 1);
    assert_eq!(cursor.poll_position().unwrap(), Some(position));
    drop(cursor);
    screen.move_cursor(position);
    assert_eq!(calls.load(Ordering::SeqCst), 1);
}
