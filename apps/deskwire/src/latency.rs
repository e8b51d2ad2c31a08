//! Glass to glass: from a change on the host's screen to the viewer's decoded pixels, on one clock.

use std::sync::mpsc;
use std::time::{Duration, Instant};

use deskwire_core::wire::picture::Rect;
use deskwire_kit::viewer::Client;

use crate::figures::Samples;
use crate::marker::Marker;
use crate::output::Failure;
use crate::stage::Stage;

/// The longest a flip may take to be seen; later counts as lost.
const LOST: Duration = Duration::from_secs(5);

/// Flips a marker on the host's desktop `flips` times, at moments that have nothing to do with frames, and gives how
/// long each took to be seen. Fails when one is not seen at all.
pub(crate) fn measure(stage: &Stage, client: &Client, area: Rect, flips: usize) -> Result<Samples, Failure> {
    let mut marker = Marker::open(stage.display(), area)?;
    let at = marker.centre();
    let (tell, told) = mpsc::sync_channel(1_024);
    client.on_frame(move |picture| {
        // A full queue means that nobody waits for the marker just now.
        let _ = tell.try_send((Instant::now(), picture.pixel(at)));
    });
    let mut samples = Samples::default();
    // One flip before the first that counts: the window itself has to appear.
    for flip in 0..=flips {
        stage.check()?;
        while told.try_recv().is_ok() {}
        let (start, colour) = marker.flip()?;
        let seen = loop {
            match told.recv_timeout(LOST.saturating_sub(start.elapsed())) {
                Ok((seen, pixel)) if pixel == Some(colour) => break seen,
                Ok(_) => {}
                Err(_) => {
                    return Err(Failure::other(format!(
                        "flip {flip} of the marker was not seen within {LOST:?}"
                    )));
                }
            }
        };
        if flip > 0 {
            samples.push(seen.saturating_duration_since(start));
        }
        // Between 15 and 55 ms, unrelated to any frame interval.
        let pause = 15 + u64::from(deskwire_kit::random_bytes::<1>()[0]) * 40 / 255;
        std::thread::park_timeout(Duration::from_millis(pause));
    }
    client.on_frame(|_| {});
    Ok(samples)
}
