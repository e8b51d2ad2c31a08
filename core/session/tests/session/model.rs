//! The model of a session: whatever is done in whatever order over whatever streams, the viewer ends up with the host's
//! pictures, nothing happens without its permission, nothing stays pressed, and nothing grows.

use std::collections::BTreeSet;
use std::time::Duration;

use deskwire_session::{HostEvent, Rejected, ViewerEvent};
use deskwire_wire::ids::{DisplayId, Role};
use deskwire_wire::picture::Point;
use deskwire_wire::screen::{CursorPosition, Display, InputEvent, Keysym};
use deskwire_wire::session::{Scope, Scopes};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::harness::{Setup, World, display};
use crate::painter::{HostShell, ViewerShell};

#[derive(Clone, Debug)]
enum Step {
    Draw(u32),
    Displays(u8),
    Watch(u8),
    Resync(u32),
    Permissions(u32),
    Hold(bool, bool),
    Budget(usize, u64),
    Press(u32, bool),
    Move(u32, i32, i32),
    EnableClipboard(bool),
    Copy(bool, u8),
    Pointer(i32),
    /// The viewer's shell shows nothing for a while.
    Lazy(bool),
    Wait(u64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (1..4u32).prop_map(Step::Draw),
        2 => any::<u8>().prop_map(Step::Displays),
        2 => any::<u8>().prop_map(Step::Watch),
        2 => (1..4u32).prop_map(Step::Resync),
        3 => (0..16u32).prop_map(Step::Permissions),
        2 => any::<(bool, bool)>().prop_map(|(role, held)| Step::Hold(role, held)),
        1 => (0..5_000usize, 0..100_000u64).prop_map(|(bytes, rate)| Step::Budget(bytes, rate)),
        4 => (0..6u32, any::<bool>()).prop_map(|(key, pressed)| Step::Press(key, pressed)),
        2 => (1..4u32, -5..20i32, -5..20i32).prop_map(|(display, x, y)| Step::Move(display, x, y)),
        1 => any::<bool>().prop_map(Step::EnableClipboard),
        2 => any::<(bool, u8)>().prop_map(|(host, n)| Step::Copy(host, n)),
        1 => (0..8i32).prop_map(Step::Pointer),
        1 => any::<bool>().prop_map(Step::Lazy),
        8 => (0..400u64).prop_map(Step::Wait),
    ]
}

fn displays(bits: u8) -> Vec<Display> {
    let (wide, tall) = (3 + u32::from(bits >> 6), 4);
    [(1, wide, tall), (2, tall, wide), (3, 5, 2)]
        .into_iter()
        .filter(|(id, ..)| bits & 1 << id != 0)
        .map(|(id, width, height)| display(id, width, height))
        .collect()
}

fn ids(bits: u8) -> Vec<DisplayId> {
    (1..4).filter(|id| bits & 1 << id != 0).map(DisplayId).collect()
}

struct Model {
    world: World,
    host: HostShell,
    viewer: ViewerShell,
    watched: Vec<DisplayId>,
    granted: Scopes,
    down: BTreeSet<Keysym>,
    lazy: bool,
    copied: u32,
    pointer: Option<CursorPosition>,
    seen_pointer: Option<CursorPosition>,
}

impl Model {
    fn new(setup: &Setup, padding: usize) -> Self {
        let mut world = World::logged_in(setup);
        let mut host = HostShell { padding, ..HostShell::default() };
        host.set_displays(&mut world, displays(0b1110));
        world.viewer.watch(world.now, &ids(0b0110));
        Self {
            world,
            host,
            viewer: ViewerShell::default(),
            watched: ids(0b0110),
            granted: setup.granted,
            down: BTreeSet::new(),
            lazy: false,
            copied: 0,
            pointer: None,
            seen_pointer: None,
        }
    }

    fn apply(&mut self, step: &Step) {
        let Self { world, host, .. } = self;
        let now = world.now;
        match *step {
            Step::Draw(display) => host.draw(DisplayId(display), &mut world.rng.clone()),
            Step::Displays(bits) => host.set_displays(world, displays(bits)),
            Step::Watch(bits) => {
                self.watched = ids(bits);
                world.viewer.watch(now, &self.watched);
            }
            Step::Resync(display) => world.viewer.request_resync(now, DisplayId(display)),
            Step::Permissions(bits) => {
                self.granted = Scopes::from_bits(bits);
                world.host.set_permissions(now, self.granted);
            }
            Step::Hold(host, held) => world.hold(if host { Role::Host } else { Role::Viewer }, held),
            Step::Budget(bytes, rate) => {
                world.host.set_send_budget(now, bytes, Duration::from_millis(20), rate);
            }
            Step::Press(key, pressed) => {
                let _ = world.viewer.send_input(now, &[InputEvent::Key { key: Keysym(key), pressed }]);
            }
            Step::Move(display, x, y) => {
                let event = InputEvent::PointerMove { display: DisplayId(display), at: Point { x, y } };
                let _ = world.viewer.send_input(now, &[event]);
            }
            Step::EnableClipboard(enabled) => world.viewer.enable_clipboard(now, enabled).unwrap(),
            Step::Copy(host, n) => {
                let text = format!("{n}");
                let sent = if host {
                    world.host.send_clipboard(now, text)
                } else {
                    world.viewer.send_clipboard(now, text)
                };
                if host && !self.granted.has(Scope::ClipboardOut) {
                    assert_eq!(sent, Err(Rejected::NotPermitted));
                }
                self.copied += u32::from(sent.is_ok());
            }
            Step::Pointer(x) => {
                let position = CursorPosition { display: DisplayId(1), at: Point { x, y: 0 }, visible: true };
                self.pointer = Some(position);
                world.host.set_cursor_position(now, position);
            }
            Step::Lazy(lazy) => self.lazy = lazy,
            Step::Wait(ms) => {
                for _ in 0..=ms / 10 {
                    self.work();
                    self.world.run_for(Duration::from_millis(10));
                }
            }
        }
        self.work();
    }

    fn work(&mut self) {
        self.world.settle();
        self.host.work(&mut self.world);
        self.world.settle();
        if self.lazy {
            self.viewer.collect(&mut self.world);
        } else {
            self.viewer.show(&mut self.world);
        }
        self.world.settle();
        self.host.note(&mut self.world);
        self.check();
    }

    /// Events come the moment a message is read, and permissions change only between steps: so every event since the
    /// last check happened under the present permissions.
    fn check(&mut self) {
        for event in &self.world.host_events {
            match event {
                HostEvent::Input(events) => {
                    for event in events {
                        match event {
                            InputEvent::Key { key, pressed: true } => {
                                assert!(self.granted.has(Scope::Input));
                                self.down.insert(*key);
                            }
                            InputEvent::Key { key, pressed: false } => {
                                assert!(self.down.remove(key), "it was not down");
                            }
                            InputEvent::PointerMove { display, at } => {
                                assert!(self.granted.has(Scope::Input));
                                let source = &self.host.sources[display];
                                assert!(source.contains(at.x, at.y));
                            }
                            other => panic!("unexpected {other:?}"),
                        }
                    }
                }
                HostEvent::Clipboard(_) => {
                    assert!(self.granted.has(Scope::ClipboardIn));
                    assert!(self.copied > 0);
                }
                HostEvent::Closed { reason } => panic!("closed: {reason}"),
                HostEvent::FrameShown { .. } => assert!(self.granted.has(Scope::View)),
                HostEvent::FrameWanted { .. } => panic!("the shell takes them"),
                HostEvent::Statistics(_) => {}
                other => panic!("unexpected {other:?}"),
            }
        }
        if !self.granted.has(Scope::View) {
            assert!(ids(0b1110).iter().all(|display| !self.world.host.wants_frame(*display)));
        }
        if !self.granted.has(Scope::Input) {
            assert_eq!(self.down, BTreeSet::new(), "keys are released with the permission");
        }
        for event in &self.world.viewer_events {
            match event {
                ViewerEvent::Closed { reason } => panic!("closed: {reason}"),
                ViewerEvent::CursorPosition(position) => self.seen_pointer = Some(*position),
                _ => {}
            }
        }
        self.world.host_events.clear();
        self.world.viewer_events.clear();
        assert!(self.world.host.stats().queued_bytes < 40_000);
        assert!(self.world.viewer.stats().queued_bytes < 10_000);
        assert!(self.viewer.most_unshown < 100);
        let channels = self.world.channels();
        assert!(channels.iter().all(|n| *n <= 12), "{channels:?}");
    }

    /// Everything flows again: what must be true then.
    fn finish(mut self) {
        self.apply(&Step::Hold(true, false));
        self.apply(&Step::Hold(false, false));
        self.apply(&Step::Lazy(false));
        self.apply(&Step::Budget(1 << 20, 0));
        self.apply(&Step::Permissions(15));
        for _ in 0..20 {
            self.apply(&Step::Wait(500));
        }
        for display in &self.watched {
            let Some(source) = self.host.sources.get(display) else { continue };
            assert_eq!(self.viewer.pictures.get(display), Some(&source.picture), "display {display:?}");
        }
        let watches = self.watched.iter().any(|display| self.host.sources.contains_key(display));
        if watches && self.pointer.is_some() {
            assert_eq!(self.seen_pointer, self.pointer);
        }
        self.world.viewer.close(self.world.now, "done");
        self.world.run_for(Duration::from_secs(1));
        for event in std::mem::take(&mut self.world.host_events) {
            if let HostEvent::Input(events) = event {
                for event in events {
                    let InputEvent::Key { key, pressed: false } = event else { panic!("{event:?}") };
                    assert!(self.down.remove(&key));
                }
            }
        }
        assert_eq!(self.down, BTreeSet::new(), "nothing stays pressed");
        assert!(!self.world.host.is_active() && !self.world.viewer.is_active());
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_session_keeps_its_word(
        seed: u8,
        latency_ms in 0..120u64,
        capacity in 50..5_000usize,
        largest_chunk in 1..3_000u64,
        padding in prop_oneof![Just(0usize), 1..6_000usize],
        granted in 0..16u32,
        steps in vec(step(), 0..60),
    ) {
        let setup = Setup {
            seed,
            latency: Duration::from_millis(latency_ms),
            capacity,
            largest_chunk,
            granted: Scopes::from_bits(granted),
            ..Setup::default()
        };
        let mut model = Model::new(&setup, padding);
        steps.iter().for_each(|step| model.apply(step));
        model.finish();
    }
}

/// A session's case is long: an eighth of the usual number (`PROPTEST_CASES`) takes seconds.
fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: usual.cases.div_ceil(8), max_shrink_iters: 400, ..usual }
}
