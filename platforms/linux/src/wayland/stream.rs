//! The thread that PipeWire calls: it takes the newest buffer of each monitor over.

use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::thread;

use deskwire_platform::{Damage, Error, ErrorKind};
use deskwire_wire::ids::DisplayId;
use deskwire_wire::picture::{Point, Rect, Size};
use deskwire_wire::screen::{CursorPosition, Display};
use pipewire::context::ContextRc;
use pipewire::keys;
use pipewire::main_loop::MainLoopRc;
use pipewire::properties::properties;
use pipewire::spa::param::ParamType;
use pipewire::spa::param::video::VideoInfoRaw;
use pipewire::spa::pod::Pod;
use pipewire::spa::utils::Direction;
use pipewire::stream::{Stream, StreamFlags, StreamListener, StreamRc, StreamState};

use super::portal::Shared;
use super::screens::{Inner, Screen, Screens};
use super::video::{self, Pointer};

/// The streams; they end when this is dropped.
pub(super) struct Streams {
    stop: pipewire::channel::Sender<()>,
}

impl std::fmt::Debug for Streams {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Streams").finish_non_exhaustive()
    }
}

impl Drop for Streams {
    fn drop(&mut self) {
        let _ = self.stop.send(());
    }
}

/// Connects to the streams that the portal opened.
pub(super) fn start(
    remote: OwnedFd,
    shared: &[Shared],
    cursor_apart: bool,
    screens: &Arc<Screens>,
) -> Result<Streams, Error> {
    place(shared, screens);
    let (stop, stopped) = pipewire::channel::channel();
    let (ready, is_ready) = sync_channel(1);
    let (nodes, screens) = (shared.iter().map(|s| s.node).collect::<Vec<_>>(), Arc::clone(screens));
    thread::Builder::new()
        .name("pipewire".to_owned())
        .spawn(move || {
            pipewire::init();
            let began = Running::begin(remote, &nodes, cursor_apart, &screens);
            let running = match began {
                Ok(running) => running,
                Err(error) => return drop(ready.send(Err(error))),
            };
            let main = running.main.clone();
            let _attached = stopped.attach(running.main.loop_(), move |()| main.quit());
            let _ = ready.send(Ok(()));
            running.main.run();
            screens.end("PipeWire's connection ended");
        })
        .map_err(|error| no_pipewire(&error.to_string()))?;
    is_ready.recv().unwrap_or_else(|_| Err(no_pipewire("its thread ended"))).map(|()| Streams { stop })
}

/// The displays, each where it lies; the first from the left and top at zero.
fn place(shared: &[Shared], screens: &Screens) {
    let left = shared.iter().map(|s| s.position.0).min().unwrap_or(0);
    let top = shared.iter().map(|s| s.position.1).min().unwrap_or(0);
    let from = |n: i32, origin: i32| u32::try_from(i64::from(n) - i64::from(origin)).unwrap_or(0);
    let mut inner = screens.lock();
    for (n, stream) in (1u32..).zip(shared) {
        let (x, y) = (from(stream.position.0, left), from(stream.position.1, top));
        let display = Display {
            id: DisplayId(n),
            name: format!("Monitor {n}"),
            area: Rect::new(x, y, stream.size.width, stream.size.height),
            scale_percent: 100,
            primary: n == 1,
        };
        let screen =
            Screen { display, logical: stream.size, node: stream.node, picture: None, damage: Damage::new() };
        inner.screens.insert(DisplayId(n), screen);
    }
}

/// All that must live while the thread runs.
struct Running {
    _streams: Vec<(StreamListener<Reader>, StreamRc)>,
    main: MainLoopRc,
}

impl Running {
    fn begin(
        remote: OwnedFd,
        nodes: &[u32],
        cursor_apart: bool,
        screens: &Arc<Screens>,
    ) -> Result<Self, Error> {
        let failed = |error: pipewire::Error| no_pipewire(&error.to_string());
        let main = MainLoopRc::new(None).map_err(failed)?;
        let context = ContextRc::new(&main, None).map_err(failed)?;
        let core = context.connect_fd_rc(remote, None).map_err(failed)?;
        let mut streams = Vec::new();
        for &node in nodes {
            let properties = properties! {
                *keys::MEDIA_TYPE => "Video",
                *keys::MEDIA_CATEGORY => "Capture",
                *keys::MEDIA_ROLE => "Screen",
            };
            let stream = StreamRc::new(core.clone(), "deskwire", properties).map_err(failed)?;
            let reader =
                Reader { node, cursor_apart, format: VideoInfoRaw::new(), screens: Arc::clone(screens) };
            let listener = stream
                .add_local_listener_with_user_data(reader)
                .state_changed(|_, reader, _, new| reader.changed(&new))
                .param_changed(|stream, reader, id, param| reader.agreed(stream, id, param))
                .process(|stream, reader| reader.process(stream))
                .register()
                .map_err(failed)?;
            let formats = video::serialized(video::formats());
            let mut params: Vec<&Pod> = Pod::from_bytes(&formats).into_iter().collect();
            let flags = StreamFlags::AUTOCONNECT | StreamFlags::MAP_BUFFERS;
            stream.connect(Direction::Input, Some(node), flags, &mut params).map_err(failed)?;
            streams.push((listener, stream));
        }
        Ok(Self { _streams: streams, main })
    }
}

/// Takes one stream over.
struct Reader {
    node: u32,
    cursor_apart: bool,
    format: VideoInfoRaw,
    screens: Arc<Screens>,
}

impl Reader {
    fn changed(&self, new: &StreamState) {
        match new {
            StreamState::Error(why) => self.screens.end(format!("PipeWire says: {why}")),
            StreamState::Unconnected => self.screens.end("its stream ended"),
            _ => {}
        }
    }

    /// The format is known: say what is wanted with it.
    fn agreed(&mut self, stream: &Stream, id: u32, param: Option<&Pod>) {
        let Some(param) = param.filter(|_| id == ParamType::Format.as_raw()) else { return };
        if self.format.parse(param).is_err() {
            return self.screens.end("its pictures have an unknown form");
        }
        let extras: Vec<Vec<u8>> = video::extras().into_iter().map(video::serialized).collect();
        let mut params: Vec<&Pod> = extras.iter().filter_map(|bytes| Pod::from_bytes(bytes)).collect();
        if let Err(error) = stream.update_params(&mut params) {
            self.screens.end(format!("PipeWire says: {error}"));
        }
    }

    fn process(&self, stream: &Stream) {
        let size = Size { width: self.format.size().width, height: self.format.size().height };
        let mut newest = None;
        // Damage of all buffers since the last call; `None` when one does not say.
        let mut damage = Some(Vec::new());
        let mut pointer = None;
        while let Some(mut buffer) = stream.dequeue_buffer() {
            if self.cursor_apart
                && let Some(mut told) = video::cursor(&buffer)
            {
                let before = pointer.take().and_then(|before: Pointer| before.shape);
                told.shape = told.shape.or(before);
                pointer = Some(told);
            }
            if video::has_pixels(&mut buffer) {
                damage = damage.zip(video::damage(&buffer)).map(|(mut all, rects)| {
                    all.extend(rects);
                    all
                });
                newest = Some(buffer);
            }
        }
        let mut inner = self.screens.lock();
        if let Some(pointer) = pointer {
            note_pointer(&mut inner, self.node, pointer);
        }
        if let Some(buffer) = &mut newest
            && let Some(screen) = inner.of_node(self.node)
        {
            let taken = video::Pixels::of(buffer, size, self.format.format())
                .and_then(|pixels| Ok((screen.resize(size)?, pixels)));
            match taken {
                Ok((resized, pixels)) => {
                    let Some(picture) = &mut screen.picture else { return };
                    let rects = match damage {
                        _ if resized => vec![Rect::of_size(size)],
                        Some(rects) => rects,
                        None => pixels.compare(picture).take(),
                    };
                    pixels.copy(&rects, picture);
                    screen.damage.extend(rects);
                    screen.damage.clip(size);
                    inner.damaged = true;
                    inner.layout |= resized;
                }
                Err(error) => {
                    drop(inner);
                    return self.screens.end(error.happened().to_owned());
                }
            }
        }
        self.screens.tell(inner);
    }
}

/// Takes over where the pointer is and what it looks like.
fn note_pointer(inner: &mut Inner, node: u32, pointer: Pointer) {
    let Some(display) = inner.of_node(node).map(|screen| screen.display.id) else { return };
    let before = inner.position;
    let position = match pointer.at {
        Some((x, y)) => Some(CursorPosition { display, at: Point { x, y }, visible: true }),
        // It may be on another one, which tells of it itself.
        None => before.map(|p| if p.display == display { CursorPosition { visible: false, ..p } } else { p }),
    };
    if position != before {
        (inner.position, inner.moved) = (position, true);
    }
    if pointer.shape.is_some() && pointer.shape != inner.shape {
        (inner.shape, inner.shape_changed) = (pointer.shape, true);
    }
}

fn no_pipewire(why: &str) -> Error {
    Error::new(
        ErrorKind::Unavailable,
        format!("PipeWire, which brings the pictures of a Wayland desktop, cannot be used ({why})"),
        "check that it runs in this session (systemctl --user status pipewire wireplumber)",
    )
}
