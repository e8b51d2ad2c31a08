//! Watches an X display and prints what an update of it costs: `cargo run --release -p deskwire-linux --example watch`
use std::time::{Duration, Instant};

use deskwire_linux::{X11Capture, X11Cursor};
use deskwire_picture::RegionEncoder;
use deskwire_platform::{Capture, CursorSource, Error, EventSource};

fn main() -> Result<(), Error> {
    let mut capture = X11Capture::open(None)?;
    let mut cursor = X11Cursor::open(None)?;
    cursor.set_displays(capture.displays());
    for display in capture.displays() {
        println!("{}: {:?}, {} %", display.name, display.area, display.scale_percent);
    }
    let Some(id) = capture.displays().first().map(|display| display.id) else { return Ok(()) };
    let mut encoder = RegionEncoder::new()?;
    loop {
        while !capture.poll()?.is_none() {}
        if capture.is_damaged(id) {
            let start = Instant::now();
            let frame = capture.grab(id)?;
            let grabbed = start.elapsed();
            let encoded = encoder.encode(frame.picture, frame.changed)?;
            let total = start.elapsed();
            println!("grab {grabbed:.2?}, encode {:.2?}, {:?}", total - grabbed, encoded.work);
        }
        if let Some(position) = cursor.poll_position()? {
            println!("pointer at {:?}", position.at);
        }
        capture.wait(Duration::from_secs(1))?;
    }
}
