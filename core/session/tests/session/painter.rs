//! A tiny picture, a host that changes it, and a viewer that repeats what it is told.

use std::collections::BTreeMap;

use deskwire_machine::Rng;
use deskwire_session::{HostEvent, ViewerEvent};
use deskwire_wire::ids::{DisplayId, Epoch};
use deskwire_wire::picture::{FrameUpdate, Rect, RegionOp, Size};
use deskwire_wire::screen::Display;
use deskwire_wire::video::FrameBytes;

use crate::harness::World;

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Picture {
    size: Size,
    pixels: Vec<[u8; 4]>,
}

impl Picture {
    pub(crate) fn new(size: Size) -> Self {
        Self { size, pixels: vec![[0; 4]; (size.width * size.height) as usize] }
    }

    fn at(&mut self, x: u32, y: u32) -> &mut [u8; 4] {
        &mut self.pixels[(y * self.size.width + x) as usize]
    }

    /// Compressed pixels are opaque here: every pixel becomes their first bytes.
    pub(crate) fn apply(&mut self, op: &RegionOp<'_>) {
        let rect = op.rect();
        let before = self.clone();
        for y in 0..rect.height {
            for x in 0..rect.width {
                *self.at(rect.x + x, rect.y + y) = match op {
                    RegionOp::Copy { from, .. } => *before.clone().at(from.0 + x, from.1 + y),
                    RegionOp::Solid { bgrx, .. } => *bgrx,
                    RegionOp::Zstd { data, .. } => data[..4].try_into().unwrap(),
                    other => panic!("unexpected {other:?}"),
                };
            }
        }
    }
}

#[derive(Clone, Debug)]
enum Op {
    Copy((u32, u32), Rect),
    Solid(Rect, [u8; 4]),
    Zstd(Rect, Vec<u8>),
}

impl Op {
    fn borrow(&self) -> RegionOp<'_> {
        match self {
            Self::Copy(from, to) => RegionOp::Copy { from: *from, to: *to },
            Self::Solid(rect, bgrx) => RegionOp::Solid { rect: *rect, bgrx: *bgrx },
            Self::Zstd(rect, data) => RegionOp::Zstd { rect: *rect, data },
        }
    }
}

/// One display of the host: its picture, what changed since the last frame, and which frame is wanted.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) picture: Picture,
    changed: Vec<Op>,
    wanted: Option<(Epoch, u32)>,
    pub(crate) frames: u32,
    pub(crate) full_frames: u32,
    /// The run that was wanted last.
    epoch: Epoch,
}

/// What a host's shell does about video.
#[derive(Debug, Default)]
pub(crate) struct HostShell {
    pub(crate) sources: BTreeMap<DisplayId, Source>,
    /// Bytes of padding in every compressed region.
    pub(crate) padding: usize,
}

impl HostShell {
    pub(crate) fn set_displays(&mut self, world: &mut World, displays: Vec<Display>) {
        self.sources.retain(|id, source| {
            displays.iter().any(|display| display.id == *id && display.area.size() == source.picture.size)
        });
        for display in &displays {
            self.sources.entry(display.id).or_insert_with(|| Source {
                picture: Picture::new(display.area.size()),
                changed: Vec::new(),
                wanted: None,
                frames: 0,
                full_frames: 0,
                epoch: Epoch::default(),
            });
        }
        world.host.set_displays(world.now, displays);
    }

    /// Changes something on a display.
    pub(crate) fn draw(&mut self, display: DisplayId, rng: &mut Rng) {
        let Some(source) = self.sources.get_mut(&display) else { return };
        let size = source.picture.size;
        let (width, height) =
            (1 + rng.below(u64::from(size.width)) as u32, 1 + rng.below(u64::from(size.height)) as u32);
        let mut corner = || {
            (
                rng.below(u64::from(size.width - width) + 1) as u32,
                rng.below(u64::from(size.height - height) + 1) as u32,
            )
        };
        let (to, from) = (corner(), corner());
        let rect = Rect::new(to.0, to.1, width, height);
        let op = match rng.below(3) {
            0 => Op::Copy(from, rect),
            1 => Op::Solid(rect, rng.bytes()),
            _ => {
                let mut data = rng.bytes::<4>().to_vec();
                data.resize(4 + self.padding, 0xaa);
                Op::Zstd(rect, data)
            }
        };
        source.picture.apply(&op.borrow());
        source.changed.push(op);
    }

    /// Notes what the session wants.
    pub(crate) fn note(&mut self, world: &mut World) {
        world.host_events.retain(|event| match event {
            HostEvent::FrameWanted { display, epoch, sequence, full, .. } => {
                assert_eq!(*full, *sequence == 0);
                if let Some(source) = self.sources.get_mut(display) {
                    // A run goes on, or a later one begins.
                    let begins = *full && source.full_frames > 0;
                    assert!(if begins { *epoch > source.epoch } else { *epoch >= source.epoch });
                    source.epoch = *epoch;
                    source.wanted = Some((*epoch, *sequence));
                }
                false
            }
            _ => true,
        });
    }

    /// Sends what is wanted and has changed.
    pub(crate) fn work(&mut self, world: &mut World) {
        self.note(world);
        for (display, source) in &mut self.sources {
            let Some((epoch, sequence)) = source.wanted else { continue };
            let full = sequence == 0;
            if (source.changed.is_empty() && !full) || !world.host.wants_frame(*display) {
                continue;
            }
            let ops = if full { source.picture_ops(self.padding) } else { source.changed.clone() };
            let frame = FrameUpdate {
                display: *display,
                epoch,
                sequence,
                size: source.picture.size,
                captured_at_us: world.now.as_micros(),
                ops: ops.iter().map(Op::borrow).collect(),
            };
            if world.host.send_frame(world.now, &frame).is_ok() {
                source.changed.clear();
                source.wanted = None;
                source.frames += 1;
                source.full_frames += u32::from(full);
            }
        }
    }
}

impl Source {
    pub(crate) fn contains(&self, x: i32, y: i32) -> bool {
        let within = |n: i32, bound: u32| u32::try_from(n).is_ok_and(|n| n < bound);
        within(x, self.picture.size.width) && within(y, self.picture.size.height)
    }

    /// The whole picture, pixel by pixel.
    fn picture_ops(&self, padding: usize) -> Vec<Op> {
        let size = self.picture.size;
        let pixels = (0..size.height).flat_map(|y| (0..size.width).map(move |x| Rect::new(x, y, 1, 1)));
        let mut ops: Vec<_> = pixels
            .zip(&self.picture.pixels)
            .map(|(rect, pixel)| match padding {
                0 => Op::Solid(rect, *pixel),
                _ => Op::Zstd(rect, pixel.to_vec()),
            })
            .collect();
        if let (Some(Op::Zstd(_, data)), true) = (ops.last_mut(), padding > 0) {
            data.resize(4 + padding, 0xaa);
        }
        ops
    }
}

/// What a viewer's shell does about video.
#[derive(Debug, Default)]
pub(crate) struct ViewerShell {
    pub(crate) pictures: BTreeMap<DisplayId, Picture>,
    unshown: Vec<FrameBytes>,
    pub(crate) shown: u32,
    pub(crate) most_unshown: usize,
    pub(crate) latencies: Vec<u32>,
}

impl ViewerShell {
    /// Takes frames from the events.
    pub(crate) fn collect(&mut self, world: &mut World) {
        for event in std::mem::take(&mut world.viewer_events) {
            match event {
                ViewerEvent::Frame(frame) => self.unshown.push(frame),
                other => world.viewer_events.push(other),
            }
        }
        self.most_unshown = self.most_unshown.max(self.unshown.len());
    }

    /// Shows what was collected.
    pub(crate) fn show(&mut self, world: &mut World) {
        self.collect(world);
        for frame in std::mem::take(&mut self.unshown) {
            let update = frame.update().unwrap();
            if update.sequence == 0 {
                self.pictures.insert(update.display, Picture::new(update.size));
            }
            let picture = self.pictures.get_mut(&update.display).expect("frame 0 comes first");
            assert_eq!(picture.size, update.size);
            update.ops.iter().for_each(|op| picture.apply(op));
            self.shown += 1;
            let latency = world.viewer.frame_done(world.now, update.display, update.epoch, update.sequence);
            self.latencies.extend(latency);
        }
    }
}

/// Lets both shells work for a while in small steps.
pub(crate) fn play(world: &mut World, host: &mut HostShell, viewer: &mut ViewerShell, steps: u32) {
    for _ in 0..steps {
        world.settle();
        host.work(world);
        world.settle();
        viewer.show(world);
        world.run_for(std::time::Duration::from_millis(5));
    }
}
