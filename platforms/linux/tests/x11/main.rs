//! The X implementations keep their contracts on a real X server, one for each test.
//!
//! Needs `apt install xvfb xclip`.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "whoever cannot set the stage has failed")]

mod clipboard;
mod stage;

use std::time::Duration;

use deskwire_linux::{X11Capture, X11Cursor, X11Input};
use deskwire_picture::{Painter, RegionEncoder, borrowed};
use deskwire_platform::contract::{CaptureStage, InputStage, Seen, check_capture, check_input};
use deskwire_platform::{Capture, CursorSource, Error, ErrorKind, EventSource, InputSink, Wake};
use deskwire_wire::ids::{DisplayId, Epoch};
use deskwire_wire::picture::{FrameUpdate, Point, Rect, Size};
use deskwire_wire::screen::{InputEvent, Keysym};
use stage::{Client, SIZE, Xvfb};

/// Waits for something that must come.
fn wait_for<S: EventSource, T>(
    source: &mut S,
    mut come: impl FnMut(&mut S) -> Result<Option<T>, Error>,
) -> T {
    for _ in 0..100 {
        if let Some(value) = come(source).expect("the server runs") {
            return value;
        }
        source.wait(Duration::from_millis(100)).expect("the server runs");
    }
    panic!("it did not come in ten seconds");
}

#[test]
fn capture_keeps_its_contract() {
    let server = Xvfb::start();
    let mut client = Client::connect(&server);
    let mut capture = X11Capture::open(Some(&server.display)).unwrap();
    assert!(capture.is_sharing(), "Xvfb can share memory");
    assert_eq!(capture.displays()[0].area, Rect::of_size(SIZE));
    check_capture(&mut capture, &mut client).unwrap();
}

#[test]
fn capture_through_the_socket_keeps_its_contract() {
    let server = Xvfb::start();
    let mut client = Client::connect(&server);
    let mut capture = X11Capture::open_without_sharing(Some(&server.display)).unwrap();
    assert!(!capture.is_sharing());
    check_capture(&mut capture, &mut client).unwrap();
}

#[test]
fn two_monitors_come_at_runtime_and_each_keeps_the_contract() {
    let server = Xvfb::start();
    let mut client = Client::connect(&server);
    let mut capture = X11Capture::open(Some(&server.display)).unwrap();
    let first = capture.displays()[0].id;
    client.split_monitors();
    wait_for(&mut capture, |capture| {
        capture.poll()?;
        Ok((capture.displays().len() == 2).then_some(()))
    });
    let areas: Vec<_> = capture.displays().iter().map(|d| (d.name.clone(), d.area)).collect();
    let (left, right) = (Rect::new(0, 0, 800, 720), Rect::new(800, 0, 480, 720));
    assert_eq!(areas, [("LEFT".into(), left), ("RIGHT".into(), right)]);
    assert_eq!(capture.displays().iter().filter(|d| d.primary).count(), 1);
    assert_eq!(capture.grab(first).map(|_| ()).unwrap_err().kind(), ErrorKind::UnknownDisplay);

    client.areas = capture.displays().iter().map(|d| (d.id, d.area)).collect();
    let (left, right) = (client.areas[0].0, client.areas[1].0);
    for id in [left, right] {
        capture.grab(id).unwrap();
    }
    // What is painted on one does not damage the other.
    client.paint(right, Rect::new(10, 10, 20, 20), [9, 9, 9, 255]);
    wait_for(&mut capture, |capture| {
        capture.poll()?;
        Ok(capture.is_damaged(right).then_some(()))
    });
    assert!(!capture.is_damaged(left));
    let frame = capture.grab(right).unwrap();
    assert_eq!(frame.changed, [Rect::new(10, 10, 20, 20)]);
    assert_eq!(frame.picture, &client.truth(right));
}

#[test]
fn an_idle_screen_wakes_nobody() {
    let server = Xvfb::start();
    let mut client = Client::connect(&server);
    let mut capture = X11Capture::open(Some(&server.display)).unwrap();
    let id = capture.displays()[0].id;
    capture.grab(id).unwrap();
    client.paint(id, Rect::new(0, 0, 9, 9), [1, 1, 1, 255]);
    wait_for(&mut capture, |capture| {
        capture.poll()?;
        Ok(capture.is_damaged(id).then_some(()))
    });
    capture.grab(id).unwrap();
    // A round trip later everything the server had to say is here, and it is nothing.
    client.truth(id);
    assert!(capture.poll().unwrap().is_none());
    let Wake::Fd(fd) = capture.wake() else { panic!("X has a descriptor") };
    let mut fds = [rustix::event::PollFd::new(&fd, rustix::event::PollFlags::IN)];
    let now = rustix::event::Timespec { tv_sec: 0, tv_nsec: 0 };
    assert_eq!(rustix::event::poll(&mut fds, Some(&now)).unwrap(), 0);
}

#[test]
fn damage_of_many_places_is_read_in_one_go() {
    let server = Xvfb::start();
    let mut client = Client::connect(&server);
    let mut capture = X11Capture::open(Some(&server.display)).unwrap();
    let id = capture.displays()[0].id;
    capture.grab(id).unwrap();
    for round in 0..5u8 {
        for i in 0..100u32 {
            let rect = Rect::new(i * 37 % 1200, i * 91 % 700, 1 + i % 50, 1 + i % 17);
            client.paint(id, rect, [round * 40, u8::try_from(i).unwrap(), 7, 255]);
        }
        wait_for(&mut capture, |capture| {
            capture.poll()?;
            Ok(capture.is_damaged(id).then_some(()))
        });
        assert_eq!(capture.grab(id).unwrap().picture, &client.truth(id));
    }
}

#[test]
fn the_scale_is_what_programs_take() {
    let server = Xvfb::start();
    Client::connect(&server).set_resources("Xft.dpi:\t144\n");
    let capture = X11Capture::open(Some(&server.display)).unwrap();
    assert_eq!(capture.displays()[0].scale_percent, 150);
}

#[test]
fn the_pointer_has_a_shape_and_a_place_and_tells_of_changes() {
    let server = Xvfb::start();
    let client = Client::connect(&server);
    client.set_root_cursor(34); // crosshair
    let capture = X11Capture::open(Some(&server.display)).unwrap();
    let mut cursor = X11Cursor::open(Some(&server.display)).unwrap();
    let mut input = X11Input::open(Some(&server.display)).unwrap();
    cursor.set_displays(capture.displays());

    let first = cursor.poll_shape().unwrap().expect("the first call gives it");
    assert_eq!(first.rgba.len(), usize::from(first.width) * usize::from(first.height) * 4);
    assert!(first.rgba.chunks_exact(4).any(|pixel| pixel[3] == 255));
    assert!(first.hot_spot.0 < first.width && first.hot_spot.1 < first.height);
    assert_eq!(cursor.poll_shape().unwrap(), None);

    client.set_root_cursor(68); // left_ptr
    let second = wait_for(&mut cursor, |cursor| cursor.poll_shape());
    assert_ne!(second, first);

    cursor.poll_position().unwrap();
    let display = capture.displays()[0].id;
    for at in [Point { x: 77, y: 99 }, Point { x: 1279, y: 0 }] {
        input.inject(&InputEvent::PointerMove { display, at }).unwrap();
        let position = wait_for(&mut cursor, |cursor| cursor.poll_position());
        assert_eq!((position.display, position.at, position.visible), (display, at, true));
        assert_eq!(cursor.poll_position().unwrap(), None);
    }
}

#[test]
fn input_keeps_its_contract() {
    let server = Xvfb::start();
    let mut client = Client::connect(&server);
    client.open_window();
    let capture = X11Capture::open(Some(&server.display)).unwrap();
    let mut input = X11Input::open(Some(&server.display)).unwrap();
    check_input(&mut input, &mut client, capture.displays()).unwrap();
}

#[test]
fn input_reaches_the_second_monitor() {
    let server = Xvfb::start();
    let mut client = Client::connect(&server);
    client.open_window();
    client.split_monitors();
    let capture = X11Capture::open(Some(&server.display)).unwrap();
    assert_eq!(capture.displays().len(), 2);
    let mut input = X11Input::open(Some(&server.display)).unwrap();
    check_input(&mut input, &mut client, capture.displays()).unwrap();
}

#[test]
fn t16_a_viewer_that_vanishes_leaves_no_key_down() {
    let server = Xvfb::start();
    let mut client = Client::connect(&server);
    client.open_window();
    let mut input = X11Input::open(Some(&server.display)).unwrap();
    let control = Keysym(0xffe3);
    input.inject(&InputEvent::Key { key: control, pressed: true }).unwrap();
    assert_eq!(client.take(), [Seen::Key(control, true)]);
    drop(input);
    assert_eq!(client.take(), [Seen::Key(control, false)]);
}

#[test]
fn other_scripts_are_typed() {
    let server = Xvfb::start();
    let mut client = Client::connect(&server);
    client.open_window();
    let mut input = X11Input::open(Some(&server.display)).unwrap();
    for text in ["漢字", "ñßé ÆØÅ", "ABC abc", "日本語です"] {
        input.inject(&InputEvent::Text(text.into())).unwrap();
        assert_eq!(client.take_text(), text);
    }
}

#[test]
fn shifted_keys_need_no_new_key_map() {
    let server = Xvfb::start();
    let mut client = Client::connect(&server);
    client.open_window();
    let before = client.key_map();
    let mut input = X11Input::open(Some(&server.display)).unwrap();
    let (shift, a) = (Keysym(0xffe1), Keysym(0x41));
    for (key, pressed) in [(shift, true), (a, true), (shift, false), (a, false)] {
        input.inject(&InputEvent::Key { key, pressed }).unwrap();
    }
    // The key is the one of the small letter, also when Shift was let go of first.
    let small = Keysym(0x61);
    let keys = [(shift, true), (small, true), (shift, false), (small, false)];
    assert_eq!(client.take(), keys.map(|(key, pressed)| Seen::Key(key, pressed)));
    input.inject(&InputEvent::Text("Hello, World! (50%)".into())).unwrap();
    assert_eq!(client.take_text(), "Hello, World! (50%)");
    assert_eq!(client.key_map(), before);
}

#[test]
fn what_the_screen_shows_arrives_pixel_by_pixel() {
    let server = Xvfb::start();
    let mut client = Client::connect(&server);
    let mut capture = X11Capture::open(Some(&server.display)).unwrap();
    let id = capture.displays()[0].id;
    let (mut encoder, mut painter) = (RegionEncoder::new().unwrap(), Painter::new().unwrap());
    let (mut copied, mut bytes) = (0, Vec::new());
    for sequence in 0..12u32 {
        // Lines of boxes as text, then the page scrolls by a line.
        for i in 0..60 {
            let shade = u8::try_from((i * 37 + sequence * 11) % 256).unwrap();
            let rect = Rect::new(10 + i * 20, 600 + i * 7 % 30, 9, 14);
            client.paint(id, rect, [shade, 255 - shade, 9, 255]);
        }
        client.scroll_up(Rect::new(0, 40, 1280, 640), 40);
        wait_for(&mut capture, |capture| {
            capture.poll()?;
            Ok(capture.is_damaged(id).then_some(()))
        });
        let frame = capture.grab(id).unwrap();
        let encoded = encoder.encode(frame.picture, frame.changed).unwrap();
        let update = FrameUpdate {
            display: id,
            epoch: Epoch(0),
            sequence,
            size: frame.picture.size(),
            captured_at_us: 0,
            ops: borrowed(&encoded.ops),
        };
        painter.apply(&update).unwrap();
        assert_eq!(painter.picture(), Some(&client.truth(id)));
        copied += encoded.work.copied;
        bytes.push(encoded.work.bytes);
    }
    assert!(copied > 0, "scrolling was not found");
    assert!(bytes.iter().skip(1).all(|&bytes| bytes < 20_000), "{bytes:?}");
}

#[test]
fn what_is_missing_is_said() {
    let error = X11Capture::open(Some(":59000")).map(|_| ()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unavailable);
    assert!(error.to_string().contains(":59000 cannot be opened"), "{error}");
    let error = X11Capture::open(Some("")).map(|_| ()).unwrap_err();
    assert!(error.to_string().contains("DISPLAY"), "{error}");
    for name in ["nonsense", ":65000", ":x", ":-1"] {
        let error = X11Capture::open(Some(name)).map(|_| ()).unwrap_err();
        assert!(error.to_string().contains("is not the name of an X display"), "{error}");
    }

    let server = Xvfb::start_with(&["-extension", "DAMAGE"]);
    let error = X11Capture::open(Some(&server.display)).map(|_| ()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert!(error.to_string().contains("lacks the extension DAMAGE"), "{error}");
}

#[test]
fn a_server_that_goes_is_an_error_not_a_panic() {
    let server = Xvfb::start();
    let mut capture = X11Capture::open(Some(&server.display)).unwrap();
    let mut cursor = X11Cursor::open(Some(&server.display)).unwrap();
    let mut input = X11Input::open(Some(&server.display)).unwrap();
    drop(server);
    assert_eq!(capture.grab(DisplayId(0)).map(|_| ()).unwrap_err().kind(), ErrorKind::Lost);
    assert_eq!(cursor.poll_shape().unwrap_err().kind(), ErrorKind::Lost);
    let event = InputEvent::PointerMove { display: DisplayId(0), at: Point { x: 1, y: 1 } };
    assert_eq!(input.inject(&event).unwrap_err().kind(), ErrorKind::Lost);
}

#[test]
fn sizes_above_the_screen_are_cut() {
    let server = Xvfb::start();
    let mut client = Client::connect(&server);
    let mut capture = X11Capture::open(Some(&server.display)).unwrap();
    let id = capture.displays()[0].id;
    capture.grab(id).unwrap();
    // The grab comes before the news of the new size: it must not fail in a way that ends the capture.
    client.resize(id, Size { width: 640, height: 480 });
    capture.invalidate(id);
    let result = capture.grab(id).map(|_| ()).map_err(|error| error.kind());
    assert_eq!(result, Err(ErrorKind::UnknownDisplay));
    wait_for(&mut capture, |capture| Ok(capture.poll()?.displays.then_some(())));
    let id = capture.displays()[0].id;
    assert_eq!(capture.grab(id).unwrap().picture.size(), Size { width: 640, height: 480 });
}
