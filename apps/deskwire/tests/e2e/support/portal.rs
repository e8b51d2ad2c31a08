//! The part of the portal that asks whoever sits there: here it says yes, and has a headless mutter do the rest.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use zbus::blocking::{Connection, Proxy, connection};
use zbus::zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value};

type Options = HashMap<String, OwnedValue>;
type Answer = (u32, Options);

/// Agreed.
const YES: u32 = 0;
/// Said no.
const NO: u32 = 1;
const PLACE: &str = "/org/freedesktop/portal/desktop";
const REMOTE: &str = "org.gnome.Mutter.RemoteDesktop";
const CAST: &str = "org.gnome.Mutter.ScreenCast";

/// Named by the file that tells xdg-desktop-portal of it.
pub(super) const NAME: &str = "org.freedesktop.impl.portal.desktop.deskwiretest";

/// Ends when dropped.
pub(super) struct Backend {
    state: Arc<State>,
    _served: Connection,
}

struct State {
    /// To mutter.
    bus: Connection,
    size: (i32, i32),
    /// Mutter's session and stream of each of the portal's.
    sessions: Mutex<HashMap<String, (OwnedObjectPath, OwnedObjectPath)>>,
    /// Sessions that came with what an earlier one had given.
    restored: Mutex<Vec<String>>,
    questions: AtomicU32,
    declines: bool,
}

impl Backend {
    /// Serves on the bus at this address; pictures have this size. Whoever sits there agrees, or declines everything.
    pub(super) fn start(address: &str, size: (i32, i32), declines: bool) -> Self {
        let bus = connection::Builder::address(address).unwrap().build().unwrap();
        let state = Arc::new(State {
            bus,
            size,
            sessions: Mutex::default(),
            restored: Mutex::default(),
            questions: AtomicU32::new(0),
            declines,
        });
        let served = connection::Builder::address(address)
            .unwrap()
            .serve_at(PLACE, Cast(Arc::clone(&state)))
            .unwrap()
            .serve_at(PLACE, Remote(Arc::clone(&state)))
            .unwrap()
            .name(NAME)
            .unwrap()
            .build()
            .unwrap();
        Self { state, _served: served }
    }

    /// How often somebody was asked.
    pub(super) fn questions(&self) -> u32 {
        self.state.questions.load(Ordering::Relaxed)
    }
}

fn value(value: impl Into<Value<'static>>) -> OwnedValue {
    OwnedValue::try_from(value.into()).unwrap()
}

impl State {
    fn remote(&self, session: &str) -> Option<(Proxy<'static>, OwnedObjectPath)> {
        let (remote, stream) = self.sessions.lock().unwrap().get(session)?.clone();
        let session = format!("{REMOTE}.Session");
        Some((Proxy::new(&self.bus, REMOTE, remote, session).unwrap(), stream))
    }

    /// Has mutter show its monitor and take input; gives the stream's node.
    fn begin(&self, session: &str, cursor: u32) -> zbus::Result<u32> {
        let proxy = |name: &'static str, path: &str, interface: String| {
            Proxy::new(&self.bus, name, OwnedObjectPath::try_from(path.to_owned()).unwrap(), interface)
        };
        let main = proxy(REMOTE, "/org/gnome/Mutter/RemoteDesktop", REMOTE.into())?;
        let remote: OwnedObjectPath = main.call("CreateSession", &())?;
        let session_of = proxy(REMOTE, remote.as_str(), format!("{REMOTE}.Session"))?;
        let id: String = session_of.get_property("SessionId")?;
        let main = proxy(CAST, "/org/gnome/Mutter/ScreenCast", CAST.into())?;
        let options = HashMap::from([("remote-desktop-session-id", Value::from(id))]);
        let cast: OwnedObjectPath = main.call("CreateSession", &(options,))?;
        let cast = proxy(CAST, cast.as_str(), format!("{CAST}.Session"))?;
        let options = HashMap::from([("cursor-mode", Value::from(cursor))]);
        let stream: OwnedObjectPath = cast.call("RecordMonitor", &("", options))?;
        let added = proxy(CAST, stream.as_str(), format!("{CAST}.Stream"))?;
        let mut added = added.receive_signal("PipeWireStreamAdded")?;
        session_of.call::<_, _, ()>("Start", &())?;
        let node = added.next().unwrap().body().deserialize()?;
        self.sessions.lock().unwrap().insert(session.to_owned(), (remote, stream));
        Ok(node)
    }

    fn select(&self, session: &str, options: &Options) -> Answer {
        if options.contains_key("restore_data") {
            self.restored.lock().unwrap().push(session.to_owned());
        }
        (YES, Options::new())
    }

    fn start(&self, session: &str, devices: bool) -> Answer {
        if !self.restored.lock().unwrap().iter().any(|restored| restored == session) {
            self.questions.fetch_add(1, Ordering::Relaxed);
            if self.declines {
                return (NO, Options::new());
            }
        }
        // The pointer beside the pictures: 2 is mutter's word for it.
        let Ok(node) = self.begin(session, 2) else { return (2, Options::new()) };
        let mut stream: HashMap<String, Value<'static>> = HashMap::new();
        stream.insert("size".into(), Value::from(self.size));
        stream.insert("position".into(), Value::from((0i32, 0i32)));
        stream.insert("source_type".into(), Value::from(1u32));
        let mut answer = Options::new();
        answer.insert("streams".into(), value(Value::from(vec![(node, stream)])));
        answer.insert("persist_mode".into(), value(2u32));
        let data: (String, u32, Value<'static>) = ("deskwiretest".into(), 1, Value::from("yes"));
        answer.insert("restore_data".into(), value(Value::from(data)));
        if devices {
            answer.insert("devices".into(), value(3u32));
        }
        (YES, answer)
    }
}

/// The portal ends a session by closing it here.
struct Session(Arc<State>, String);

#[zbus::interface(name = "org.freedesktop.impl.portal.Session")]
impl Session {
    fn close(&self) {
        if let Some((remote, _)) = self.0.remote(&self.1) {
            let _ = remote.call::<_, _, ()>("Stop", &());
        }
    }
    #[zbus(property, name = "version")]
    fn version(&self) -> u32 {
        1
    }
}

async fn create(server: &zbus::ObjectServer, state: &Arc<State>, session: &ObjectPath<'_>) -> Answer {
    let served = Session(Arc::clone(state), session.to_string());
    (if server.at(session, served).await.is_ok() { YES } else { 2 }, Options::new())
}

struct Cast(Arc<State>);

#[zbus::interface(name = "org.freedesktop.impl.portal.ScreenCast")]
impl Cast {
    async fn create_session(
        &self,
        _request: ObjectPath<'_>,
        session: ObjectPath<'_>,
        _app: String,
        _options: Options,
        #[zbus(object_server)] server: &zbus::ObjectServer,
    ) -> Answer {
        create(server, &self.0, &session).await
    }
    fn select_sources(
        &self,
        _request: ObjectPath<'_>,
        session: ObjectPath<'_>,
        _app: String,
        options: Options,
    ) -> Answer {
        self.0.select(session.as_str(), &options)
    }
    fn start(
        &self,
        _request: ObjectPath<'_>,
        session: ObjectPath<'_>,
        _app: String,
        _parent: String,
        _options: Options,
    ) -> Answer {
        self.0.start(session.as_str(), false)
    }
    #[zbus(property)]
    fn available_source_types(&self) -> u32 {
        1
    }
    #[zbus(property)]
    fn available_cursor_modes(&self) -> u32 {
        7
    }
    #[zbus(property, name = "version")]
    fn version(&self) -> u32 {
        4
    }
}

struct Remote(Arc<State>);

impl Remote {
    fn pass(
        &self,
        session: &ObjectPath<'_>,
        method: &str,
        arguments: &(impl serde::Serialize + zbus::zvariant::DynamicType),
    ) {
        if let Some((remote, _)) = self.0.remote(session.as_str()) {
            remote.call::<_, _, ()>(method, arguments).unwrap();
        }
    }
}

#[zbus::interface(name = "org.freedesktop.impl.portal.RemoteDesktop")]
impl Remote {
    async fn create_session(
        &self,
        _request: ObjectPath<'_>,
        session: ObjectPath<'_>,
        _app: String,
        _options: Options,
        #[zbus(object_server)] server: &zbus::ObjectServer,
    ) -> Answer {
        create(server, &self.0, &session).await
    }
    fn select_devices(
        &self,
        _request: ObjectPath<'_>,
        session: ObjectPath<'_>,
        _app: String,
        options: Options,
    ) -> Answer {
        self.0.select(session.as_str(), &options)
    }
    fn start(
        &self,
        _request: ObjectPath<'_>,
        session: ObjectPath<'_>,
        _app: String,
        _parent: String,
        _options: Options,
    ) -> Answer {
        self.0.start(session.as_str(), true)
    }
    fn notify_pointer_motion_absolute(
        &self,
        session: ObjectPath<'_>,
        _options: Options,
        _stream: u32,
        x: f64,
        y: f64,
    ) {
        if let Some((_, stream)) = self.0.remote(session.as_str()) {
            self.pass(&session, "NotifyPointerMotionAbsolute", &(stream.as_str(), x, y));
        }
    }
    fn notify_pointer_button(&self, session: ObjectPath<'_>, _options: Options, button: i32, state: u32) {
        self.pass(&session, "NotifyPointerButton", &(button, state != 0));
    }
    fn notify_pointer_axis_discrete(
        &self,
        session: ObjectPath<'_>,
        _options: Options,
        axis: u32,
        steps: i32,
    ) {
        self.pass(&session, "NotifyPointerAxisDiscrete", &(axis, steps));
    }
    fn notify_keyboard_keysym(&self, session: ObjectPath<'_>, _options: Options, keysym: i32, state: u32) {
        self.pass(&session, "NotifyKeyboardKeysym", &(keysym as u32, state != 0));
    }
    #[zbus(property)]
    fn available_device_types(&self) -> u32 {
        3
    }
    #[zbus(property, name = "version")]
    fn version(&self) -> u32 {
        1
    }
}
