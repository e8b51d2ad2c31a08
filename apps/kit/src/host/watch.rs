//! Looks whether the owner has changed who may log in, while the host runs.

use std::io;
use std::sync::mpsc::Sender;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use deskwire_core::Node;
use deskwire_core::sessions::OneTimeCode;
use deskwire_core::wire::session::Scopes;
use deskwire_driver::Handle;

use super::Event;
use crate::access::{Access, Stamp};
use crate::state::State;

/// How often it is looked.
const EVERY: Duration = Duration::from_secs(1);

/// The thread that looks; ended when dropped.
#[derive(Debug)]
pub(super) struct AccessWatch {
    stop: Option<mpsc::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl AccessWatch {
    /// Tells the node of every change after the one that `stamp` is of.
    pub(super) fn start(
        handle: Handle<Node>,
        events: Sender<Event>,
        state: State,
        (code, most): (OneTimeCode, Scopes),
        mut stamp: Stamp,
    ) -> io::Result<Self> {
        let (stop, stopped) = mpsc::channel::<()>();
        let thread = thread::Builder::new().name("access".into()).spawn(move || {
            while let Err(RecvTimeoutError::Timeout) = stopped.recv_timeout(EVERY) {
                let now = Access::stamp(&state);
                if now == stamp {
                    continue;
                }
                stamp = now;
                let terms =
                    Access::load(&state).and_then(|access| access.terms(&state, Some(code.clone()), most));
                match terms {
                    // An error says that the node has stopped.
                    Ok(terms) => drop(handle.send(move |node, now| node.set_login(now, terms))),
                    // It is not known any more who may log in, so the host ends.
                    Err(error) => drop(events.send(Event::StateFailed(error.to_string()))),
                }
            }
        })?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for AccessWatch {
    fn drop(&mut self) {
        self.stop.take();
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the thread that watches the access file panicked");
        }
    }
}
