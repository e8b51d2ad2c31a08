//! Milliseconds and bytes of region updates at 1080p. `cargo bench -p deskwire-picture`
#![expect(clippy::unwrap_used, reason = "whoever cannot set the stage has failed")]
use std::time::Duration;

use deskwire_picture::{Encoded, Painter, RegionEncoder, borrowed};
use deskwire_platform::{Capture, Picture};
use deskwire_synthetic::{Motion, Pattern, Screen, SyntheticCapture};
use deskwire_wire::ids::{DisplayId, Epoch};
use deskwire_wire::picture::{FrameUpdate, Size};
use divan::Bencher;
use divan::counter::BytesCount;

const SIZE: Size = Size { width: 1920, height: 1080 };
const ID: DisplayId = DisplayId(0);

fn main() {
    for motion in [Motion::Typing, Motion::Scrolling, Motion::Film] {
        let mut stage = Stage::new(motion);
        let first = stage.encode();
        let mut cpu = Duration::ZERO;
        let frames: Vec<Encoded> = (0..50)
            .map(|_| {
                stage.pattern.step(&stage.screen).unwrap();
                let frame = stage.capture.grab(ID).unwrap();
                let start = cpu_time();
                let encoded = stage.encoder.encode(frame.picture, frame.changed).unwrap();
                cpu += cpu_time() - start;
                encoded
            })
            .collect();
        let mean = |count: fn(&Encoded) -> u64| frames.iter().map(count).sum::<u64>() / frames.len() as u64;
        println!(
            "{motion:?}: {} bytes, {} operations and {:.3} ms of CPU an update; {} bytes for the whole picture",
            mean(|e| e.work.bytes),
            mean(|e| e.ops.len() as u64),
            cpu.as_secs_f64() * 1000.0 / frames.len() as f64,
            first.work.bytes,
        );
    }
    divan::main();
}

/// What this thread has computed: on a busy machine the figure to compare.
fn cpu_time() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(now.tv_sec.unsigned_abs(), u32::try_from(now.tv_nsec).unwrap())
}

/// A screen full of text, and an encoder that has sent it.
struct Stage {
    screen: Screen,
    capture: SyntheticCapture,
    pattern: Pattern,
    encoder: RegionEncoder,
}

impl Stage {
    fn new(motion: Motion) -> Self {
        let screen = Screen::new(&[SIZE]).unwrap();
        let capture = screen.capture();
        let mut pattern = Pattern::new(ID, Motion::Scrolling);
        (0..80).for_each(|_| pattern.step(&screen).unwrap());
        pattern.set_motion(motion);
        Self { screen, capture, pattern, encoder: RegionEncoder::new().unwrap() }
    }

    fn encode(&mut self) -> Encoded {
        self.pattern.step(&self.screen).unwrap();
        let frame = self.capture.grab(ID).unwrap();
        self.encoder.encode(frame.picture, frame.changed).unwrap()
    }
}

#[divan::bench(args = [Motion::Typing, Motion::Scrolling, Motion::Film], sample_count = 60, sample_size = 1)]
fn encode(bencher: Bencher<'_, '_>, motion: Motion) {
    let mut stage = Stage::new(motion);
    stage.encode();
    let Stage { screen, capture, pattern, encoder } = &mut stage;
    let encoder = std::cell::RefCell::new(encoder);
    bencher
        .with_inputs(|| {
            pattern.step(screen).unwrap();
            let frame = capture.grab(ID).unwrap();
            (frame.picture.clone(), frame.changed.to_vec())
        })
        .bench_local_values(|(picture, changed): (Picture, Vec<_>)| {
            let encoded = encoder.borrow_mut().encode(&picture, &changed).unwrap();
            (encoded, picture) // the picture is dropped outside of the measurement
        });
}

#[divan::bench(sample_count = 40, sample_size = 1)]
fn full_refresh(bencher: Bencher<'_, '_>) {
    let mut stage = Stage::new(Motion::Typing);
    stage.encode();
    let picture = stage.screen.picture(ID).unwrap();
    bencher
        .counter(BytesCount::new(picture.pixels().len()))
        .bench_local(|| stage.encoder.refresh(&picture).unwrap());
}

#[divan::bench(args = [Motion::Typing, Motion::Scrolling, Motion::Film], sample_count = 60, sample_size = 1)]
fn paint(bencher: Bencher<'_, '_>, motion: Motion) {
    let mut stage = Stage::new(motion);
    let first = stage.encode();
    let second = stage.encode();
    let mut painter = Painter::new().unwrap();
    let update = |sequence, encoded: &Encoded, painter: &mut Painter| {
        let ops = borrowed(&encoded.ops);
        let update =
            FrameUpdate { display: ID, epoch: Epoch(0), sequence, size: SIZE, captured_at_us: 0, ops };
        painter.apply(&update).unwrap()
    };
    update(0, &first, &mut painter);
    bencher.bench_local(|| update(1, &second, &mut painter));
}
