//! The portal's side: asking, keeping the session open, and injecting.

use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use ashpd::desktop::remote_desktop::{Axis, DeviceType, KeyState, RemoteDesktop, SelectDevicesOptions};
use ashpd::desktop::screencast::{CursorMode, Screencast, SelectSourcesOptions, SourceType, Stream};
use ashpd::desktop::{PersistMode, ResponseError, Session};
use deskwire_platform::{Error, ErrorKind};
use deskwire_wire::picture::Size;
use smol::channel::{Receiver, Sender, unbounded};
use smol::stream::StreamExt as _;

use super::Ask;
use super::screens::Screens;

/// How often it is looked whether the caller still wants an answer.
const LOOK: Duration = Duration::from_millis(200);

/// A monitor that is shared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shared {
    pub(super) node: u32,
    /// On the desktop, and its size, both in the desktop's own units.
    pub(super) position: (i32, i32),
    pub(super) size: Size,
}

/// What the desktop agreed to.
#[derive(Debug)]
pub(super) struct Granted {
    /// PipeWire's, with no more than the streams.
    pub(super) remote: OwnedFd,
    pub(super) streams: Vec<Shared>,
    /// The pointer comes beside the pictures.
    pub(super) cursor_apart: bool,
    pub(super) input: bool,
    pub(super) restore_token: Option<String>,
}

/// Something to inject.
#[derive(Clone, Copy, Debug)]
pub(super) enum Order {
    /// To a place on a stream, in its units.
    Move { node: u32, x: f64, y: f64 },
    /// By its number in Linux' input-event-codes.h.
    Button { code: i32, pressed: bool },
    /// Notches down, or right.
    Scroll { axis: Axis, notches: i32 },
    /// By its keysym.
    Key { keysym: i32, pressed: bool },
}

/// The thread that speaks to the portal. It closes the session when this is dropped.
#[derive(Debug)]
pub(super) struct Portal {
    orders: Sender<Order>,
}

enum Agreed {
    Both(RemoteDesktop, Session<RemoteDesktop>),
    Pictures(Session<Screencast>),
}

impl Portal {
    /// Asks, and waits for the answer as long as `go_on` says so.
    pub(super) fn open(
        ask: &Ask,
        screens: &Arc<Screens>,
        go_on: &dyn Fn() -> bool,
    ) -> Result<(Self, Granted), Error> {
        let (orders, taken) = unbounded();
        let (answer, answered) = sync_channel(1);
        let (ask, screens) = (ask.clone(), Arc::clone(screens));
        thread::Builder::new()
            .name("portal".to_owned())
            .spawn(move || smol::block_on(serve(&ask, &answer, &taken, &screens)))
            .map_err(|error| unavailable(&error.to_string()))?;
        loop {
            match answered.recv_timeout(LOOK) {
                Ok(granted) => return granted.map(|granted| (Self { orders }, granted)),
                Err(RecvTimeoutError::Timeout) if go_on() => {}
                Err(RecvTimeoutError::Timeout) => {
                    return Err(Error::new(
                        ErrorKind::TimedOut,
                        "the desktop's question was not answered before this program was stopped",
                        "answer it the next time",
                    ));
                }
                Err(RecvTimeoutError::Disconnected) => return Err(unavailable("its thread ended")),
            }
        }
    }

    /// Has something injected, after everything before it. What the desktop thinks of it is not waited for.
    pub(super) fn order(&self, order: Order) {
        // It has ended only when sharing has, and then the screens say so.
        let _ = self.orders.try_send(order);
    }
}

async fn serve(
    ask: &Ask,
    answer: &SyncSender<Result<Granted, Error>>,
    orders: &Receiver<Order>,
    screens: &Screens,
) {
    let (agreed, granted) = match agree(ask).await {
        Ok(all) => all,
        Err(error) => return drop(answer.send(Err(explain(&error)))),
    };
    let _ = answer.send(Ok(granted));
    let over = async {
        let closed = match &agreed {
            Agreed::Both(_, session) => wait_for_end(session).await,
            Agreed::Pictures(session) => wait_for_end(session).await,
        };
        screens.end(if closed { "it ended the session" } else { "its portal went away" });
    };
    let work = async {
        while let Ok(order) = orders.recv().await {
            if let Agreed::Both(remote, session) = &agreed
                && let Err(error) = inject(remote, session, order).await
            {
                // One key that it does not know is no reason to end.
                screens.note_refused(error.to_string());
            }
        }
    };
    smol::future::or(over, work).await;
    let _ = match &agreed {
        Agreed::Both(_, session) => session.close().await,
        Agreed::Pictures(session) => session.close().await,
    };
}

/// Until the desktop ends the session (true), or the bus does.
async fn wait_for_end<T: ashpd::desktop::SessionPortal>(session: &Session<T>) -> bool {
    match session.receive_closed().await {
        Ok(signals) => Box::pin(signals).next().await.is_some(),
        Err(_) => false,
    }
}

async fn agree(ask: &Ask) -> Result<(Agreed, Granted), ashpd::Error> {
    let cast = Screencast::new().await?;
    let modes = cast.available_cursor_modes().await?;
    let cursor_apart = modes.contains(CursorMode::Metadata);
    let sources = SelectSourcesOptions::default()
        .set_multiple(true)
        .set_sources(Some(SourceType::Monitor.into()))
        .set_cursor_mode(if cursor_apart { CursorMode::Metadata } else { CursorMode::Embedded });
    let token = ask.restore_token.as_deref();
    // Desktops that can show but not be operated (wlroots) have the one without the other.
    let remote = if ask.input { RemoteDesktop::new().await.ok() } else { None };
    let (agreed, streams, restore_token, input, fd) = if let Some(remote) = remote {
        let session = remote.create_session(Default::default()).await?;
        let mut devices =
            SelectDevicesOptions::default().set_devices(DeviceType::Keyboard | DeviceType::Pointer);
        if remote.version() >= 2 {
            devices = devices.set_persist_mode(PersistMode::ExplicitlyRevoked).set_restore_token(token);
        }
        remote.select_devices(&session, devices).await?;
        cast.select_sources(&session, sources).await?;
        let granted = remote.start(&session, None, Default::default()).await?.response()?;
        let input = granted.devices().contains(DeviceType::Keyboard | DeviceType::Pointer);
        let fd = cast.open_pipe_wire_remote(&session, Default::default()).await?;
        let token = granted.restore_token().map(str::to_owned);
        (Agreed::Both(remote, session), granted.streams().to_vec(), token, input, fd)
    } else {
        let session = cast.create_session(Default::default()).await?;
        let sources = if cast.version() >= 4 {
            sources.set_persist_mode(PersistMode::ExplicitlyRevoked).set_restore_token(token)
        } else {
            sources
        };
        cast.select_sources(&session, sources).await?;
        let granted = cast.start(&session, None, Default::default()).await?.response()?;
        let fd = cast.open_pipe_wire_remote(&session, Default::default()).await?;
        let token = granted.restore_token().map(str::to_owned);
        (Agreed::Pictures(session), granted.streams().to_vec(), token, false, fd)
    };
    let streams = streams.iter().map(shared).collect();
    Ok((agreed, Granted { remote: fd, streams, cursor_apart, input, restore_token }))
}

fn shared(stream: &Stream) -> Shared {
    let side = |n: i32| u32::try_from(n).unwrap_or(0);
    let (width, height) = stream.size().unwrap_or((0, 0));
    Shared {
        node: stream.pipe_wire_node_id(),
        position: stream.position().unwrap_or((0, 0)),
        size: Size { width: side(width), height: side(height) },
    }
}

async fn inject(
    remote: &RemoteDesktop,
    session: &Session<RemoteDesktop>,
    order: Order,
) -> Result<(), ashpd::Error> {
    let state = |pressed| if pressed { KeyState::Pressed } else { KeyState::Released };
    match order {
        Order::Move { node, x, y } => {
            remote.notify_pointer_motion_absolute(session, node, x, y, Default::default()).await
        }
        Order::Button { code, pressed } => {
            remote.notify_pointer_button(session, code, state(pressed), Default::default()).await
        }
        Order::Scroll { axis, notches } => {
            remote.notify_pointer_axis_discrete(session, axis, notches, Default::default()).await
        }
        Order::Key { keysym, pressed } => {
            remote.notify_keyboard_keysym(session, keysym, state(pressed), Default::default()).await
        }
    }
}

fn explain(error: &ashpd::Error) -> Error {
    match error {
        ashpd::Error::Response(ResponseError::Cancelled) => Error::new(
            ErrorKind::Denied,
            "whoever sits at this Wayland desktop did not agree to share it",
            "start again and agree in the desktop's dialog",
        ),
        ashpd::Error::Response(ResponseError::Other) => Error::new(
            ErrorKind::Unavailable,
            "this Wayland desktop cannot be shared now",
            "unlock the screen, check the log of xdg-desktop-portal and start again",
        ),
        other => unavailable(&other.to_string()),
    }
}

fn unavailable(why: &str) -> Error {
    Error::new(
        ErrorKind::Unavailable,
        format!("the portal of this Wayland desktop cannot be used ({why})"),
        "install xdg-desktop-portal with the part for your desktop (xdg-desktop-portal-gnome, -kde or -wlr), or log in \
         to an X11 session",
    )
}
