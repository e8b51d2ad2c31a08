//! What only the operator may ask or tell: over a Unix socket that its owner alone can open.

use std::convert::Infallible;
use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use deskwire_driver::Handle;
use deskwire_wire::ids::DeviceId;
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::{Method, Request, Response, StatusCode};
use serde_json::{Value, json};
use smol::Async;
use smol::channel::Sender;
use smol::lock::Semaphore;

use crate::admin::{CONNECTIONS, PLAIN, response, talk};
use crate::error::ServerError;
use crate::nodes::ask;

const JSON: &str = "application/json";

/// What the answers are made from.
pub(crate) struct Control {
    pub(crate) rendezvous: Option<Handle<deskwire_rendezvous::Server>>,
    /// Told to end the server, sessions first.
    pub(crate) drain: Sender<()>,
    pub(crate) has_relay: bool,
}

/// The open socket; its file goes with it.
pub(crate) struct Socket {
    listener: Async<UnixListener>,
    path: PathBuf,
}

impl Drop for Socket {
    fn drop(&mut self) {
        // Somebody may have removed it already.
        let _ = fs::remove_file(&self.path);
    }
}

/// Opens the socket for this user only. The data directory is locked by now, so a file that is there is a dead server's.
pub(crate) fn listen(path: &Path) -> Result<Socket, ServerError> {
    let wrong = |source: std::io::Error| {
        ServerError::Setting(format!(
            "the control socket {} cannot be opened ({source}); choose another path with --control, or turn it off with \
             --control off",
            path.display()
        ))
    };
    if std::os::unix::net::UnixStream::connect(path).is_ok() {
        return Err(wrong(std::io::Error::from(std::io::ErrorKind::AddrInUse)));
    }
    // What is there is nobody's.
    let _ = fs::remove_file(path);
    let listener = bind(path).map_err(wrong)?;
    let listener = Async::new(listener).map_err(wrong)?;
    Ok(Socket { listener, path: path.to_owned() })
}

/// Makes the socket in a folder that nobody else can enter, and brings it to its place when only its owner may use it: a
/// socket is made with the rights that the process gives to all files, which others could use until they are changed.
fn bind(path: &Path) -> io::Result<UnixListener> {
    // A short name, because a socket's path may not be long.
    let folder = path.parent().unwrap_or_else(|| Path::new("")).join(format!(".{}", std::process::id()));
    // A server that was killed in the middle may have had the same number.
    let _ = fs::remove_file(folder.join("s"));
    let _ = fs::remove_dir(&folder);
    DirBuilder::new().mode(0o700).create(&folder)?;
    let made = folder.join("s");
    let bound = UnixListener::bind(&made).and_then(|listener| {
        fs::set_permissions(&made, fs::Permissions::from_mode(0o600))?;
        fs::rename(&made, path)?;
        Ok(listener)
    });
    if bound.is_err() {
        // It may not be there.
        let _ = fs::remove_file(&made);
    }
    fs::remove_dir(&folder)?;
    bound
}

/// Answers until it is dropped.
pub(crate) async fn serve(socket: Socket, control: Arc<Control>) {
    let free = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let place = free.acquire_arc().await;
        let Ok((stream, _)) = socket.listener.accept().await else {
            smol::Timer::after(Duration::from_millis(100)).await;
            continue;
        };
        let control = Arc::clone(&control);
        smol::spawn(async move {
            talk(stream, move |request| answer(Arc::clone(&control), request)).await;
            drop(place);
        })
        .detach();
    }
}

async fn answer(
    control: Arc<Control>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let path = request.uri().path();
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let told = match (request.method(), parts.as_slice()) {
        (&Method::GET, ["relays"]) => control.relays().await,
        (&Method::GET, ["relays", "explain", viewer, host]) => control.explain(viewer, host).await,
        (&Method::POST, ["drain"]) => control.begin_drain(),
        _ => Err("there is no such command in this version of the server"),
    };
    Ok(match told {
        Ok(value) => response(StatusCode::OK, JSON, format!("{value}\n")),
        Err(why) => response(StatusCode::BAD_REQUEST, PLAIN, format!("{why}\n")),
    })
}

impl Control {
    async fn relays(&self) -> Result<Value, &'static str> {
        // Two devices that nobody has: only the relays are of interest.
        let none = DeviceId::from_number(0);
        let explained = self.ask_rendezvous(none, none).await?;
        Ok(deskwire_control::list(&explained.order))
    }

    async fn explain(&self, viewer: &str, host: &str) -> Result<Value, &'static str> {
        let id = |text: &str| text.parse::<DeviceId>().map_err(|_| "that is no id; it has twelve digits");
        let (viewer, host) = (id(viewer)?, id(host)?);
        let explained = self.ask_rendezvous(viewer, host).await?;
        Ok(deskwire_control::explanation(viewer, host, &explained))
    }

    async fn ask_rendezvous(
        &self,
        viewer: DeviceId,
        host: DeviceId,
    ) -> Result<deskwire_rendezvous::server::Explanation, &'static str> {
        let Some(handle) = &self.rendezvous else {
            return Err("this program is a relay only; ask where the rendezvous server runs");
        };
        let asked = ask(handle, move |server| server.explain_relays(viewer, host)).await;
        asked.map(|(explained, _)| explained).ok_or("the rendezvous server does not answer; see its log")
    }

    fn begin_drain(&self) -> Result<Value, &'static str> {
        if !self.has_relay {
            return Err("this program has no relay; drain it where it runs");
        }
        // It may be draining already.
        let _ = self.drain.try_send(());
        Ok(json!({ "draining": true }))
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use rustix::fs::inotify;

    /// The socket has no moment in its place in which others could open it: it comes there by a rename, and its rights do
    /// not change any more.
    #[test]
    fn t37_the_control_socket_is_its_owners_from_the_first_moment() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("control.sock");
        // One of a server that is dead.
        drop(UnixListener::bind(&path).unwrap());
        let watch = inotify::init(inotify::CreateFlags::NONBLOCK).unwrap();
        inotify::add_watch(&watch, folder.path(), inotify::WatchFlags::ALL_EVENTS).unwrap();
        let socket = listen(&path).unwrap();
        let mode = |path: &Path| fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o600);
        let mut buffer = [const { std::mem::MaybeUninit::uninit() }; 4096];
        let mut events = inotify::Reader::new(&watch, &mut buffer);
        let mut happened = Vec::new();
        while let Ok(event) = events.next() {
            if event.file_name().is_some_and(|name| name.to_bytes() == b"control.sock") {
                happened.push(event.events());
            }
        }
        let made_here = inotify::ReadFlags::CREATE | inotify::ReadFlags::ATTRIB;
        let came = happened.iter().position(|events| events.contains(inotify::ReadFlags::MOVED_TO)).unwrap();
        assert!(happened[came..].iter().all(|events| !events.intersects(made_here)), "{happened:?}");
        assert!(!happened.iter().any(|events| events.contains(inotify::ReadFlags::CREATE)), "{happened:?}");
        assert!(std::os::unix::net::UnixStream::connect(&path).is_ok());
        drop(socket);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
