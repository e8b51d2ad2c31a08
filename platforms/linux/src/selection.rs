//! The CLIPBOARD selection as ICCCM section 2 describes it: owning it with a text, and asking its owner for one.
//!
//! All events come to one thread (`serve`). Texts are read in one piece or, when the owner says INCR, in many; they are
//! given in one piece, which big requests allow for everything up to `MAX_TEXT`.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use deskwire_platform::clipboard::MAX_TEXT;
use deskwire_platform::{Error, ErrorKind, Waker};
use x11rb::connection::{Connection as _, RequestConnection as _};
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ConnectionExt as _, EventMask, PropMode, Property, PropertyNotifyEvent,
    SELECTION_NOTIFY_EVENT, SelectionNotifyEvent, SelectionRequestEvent, Window,
};
use x11rb::wrapper::ConnectionExt as _;

use crate::connection::{OrLost, Server, lost};

/// How long the owner of the selection may take to give the next piece.
const PATIENCE: Duration = Duration::from_secs(2);
/// Room in a request beside the text.
const REQUEST_HEADER: usize = 64;

x11rb::atom_manager! {
    /// Names that the clipboard uses.
    pub(crate) Atoms: AtomsCookie {
        CLIPBOARD,
        TARGETS,
        INCR,
        UTF8_STRING,
        TEXT_PLAIN: b"text/plain;charset=utf-8",
        // Where owners put what we asked for.
        DESKWIRE_CLIPBOARD,
        // The message that ends the thread.
        DESKWIRE_END,
    }
}

/// What both threads share.
pub(crate) struct Selection {
    pub(crate) server: Server,
    pub(crate) window: Window,
    pub(crate) atoms: Atoms,
    state: Mutex<State>,
    progress: Condvar,
}

#[derive(Default)]
struct State {
    /// What we own the selection with.
    ours: Option<String>,
    /// Counts owners other than us.
    changes: u64,
    waker: Option<Waker>,
    reading: Reading,
    /// Why the thread ended.
    broken: Option<Error>,
}

/// A text on its way from the owner.
#[derive(Default)]
enum Reading {
    #[default]
    Nothing,
    /// Asked for.
    Asked,
    /// Comes in pieces.
    Pieces(Vec<u8>),
    /// Is here, or is not to be had.
    Done(Option<Vec<u8>>),
}

impl Selection {
    pub(crate) fn new(server: Server, window: Window, atoms: Atoms) -> Self {
        Self { server, window, atoms, state: Mutex::default(), progress: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing that runs with the lock held can leave the state half changed.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set_waker(&self, waker: Option<Waker>) {
        self.lock().waker = waker;
    }

    /// Counts the changes by other programs.
    pub(crate) fn changes(&self) -> Result<u64, Error> {
        let state = self.lock();
        state.broken.clone().map_or(Ok(state.changes), Err)
    }

    /// Waits until there are more changes than `seen`.
    pub(crate) fn wait(&self, seen: u64, longest: Duration) -> Result<(), Error> {
        let state = self.lock();
        let idle = |state: &mut State| state.changes <= seen && state.broken.is_none();
        let (state, _) =
            self.progress.wait_timeout_while(state, longest, idle).unwrap_or_else(PoisonError::into_inner);
        state.broken.clone().map_or(Ok(()), Err)
    }

    /// Becomes the owner with `text`.
    pub(crate) fn own(&self, text: String) -> Result<(), Error> {
        let conn = &self.server.conn;
        // Before the server knows, so that whoever pastes next gets it.
        self.lock().ours = Some(text);
        conn.set_selection_owner(self.window, self.atoms.CLIPBOARD, x11rb::CURRENT_TIME).or_lost()?;
        let owner = conn.get_selection_owner(self.atoms.CLIPBOARD).or_lost()?.reply().or_lost()?.owner;
        if owner != self.window {
            return Err(Error::new(
                ErrorKind::Denied,
                "the X server did not make us the owner of the clipboard",
                "copy the text again",
            ));
        }
        Ok(())
    }

    /// The owner's text.
    pub(crate) fn read(&self) -> Result<Option<String>, Error> {
        let conn = &self.server.conn;
        let owner = conn.get_selection_owner(self.atoms.CLIPBOARD).or_lost()?.reply().or_lost()?.owner;
        if owner == x11rb::NONE {
            return Ok(None);
        }
        if owner == self.window {
            return Ok(self.lock().ours.clone());
        }
        for target in [self.atoms.UTF8_STRING, AtomEnum::STRING.into()] {
            if let Some(bytes) = self.ask(target)? {
                // STRING is Latin-1: each byte is the character with its number.
                let latin1 = |bytes: Vec<u8>| bytes.into_iter().map(char::from).collect();
                return Ok(if target == self.atoms.UTF8_STRING {
                    String::from_utf8(bytes).ok()
                } else {
                    Some(latin1(bytes))
                });
            }
        }
        Ok(None)
    }

    fn ask(&self, target: Atom) -> Result<Option<Vec<u8>>, Error> {
        let conn = &self.server.conn;
        self.lock().reading = Reading::Asked;
        let (property, time) = (self.atoms.DESKWIRE_CLIPBOARD, x11rb::CURRENT_TIME);
        conn.delete_property(self.window, property).or_lost()?;
        conn.convert_selection(self.window, self.atoms.CLIPBOARD, target, property, time).or_lost()?;
        conn.flush().or_lost()?;
        let start = Instant::now();
        let mut state = self.lock();
        let mut size = 0;
        let mut waited_from = start;
        loop {
            if let Some(error) = state.broken.clone() {
                return Err(error);
            }
            match &state.reading {
                Reading::Done(_) => break,
                // Every piece renews the patience; the number of pieces is bounded by the size of the text.
                Reading::Pieces(bytes) if bytes.len() != size => {
                    size = bytes.len();
                    waited_from = Instant::now();
                }
                _ => {}
            }
            let Some(left) = PATIENCE.checked_sub(waited_from.elapsed()) else {
                state.reading = Reading::Nothing;
                return Err(Error::new(
                    ErrorKind::TimedOut,
                    "the program that owns the clipboard did not give its text",
                    "copy the text again",
                ));
            };
            state = self.progress.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        match std::mem::take(&mut state.reading) {
            Reading::Done(bytes) => Ok(bytes),
            _ => Ok(None),
        }
    }

    /// Handles events until told to end.
    pub(crate) fn serve(self: &Arc<Self>) {
        if let Err(error) = self.handle_events() {
            let mut state = self.lock();
            state.broken = Some(error);
            self.tell(state);
        }
    }

    fn handle_events(&self) -> Result<(), Error> {
        loop {
            match self.server.conn.wait_for_event().map_err(|error| lost(&error))? {
                Event::SelectionRequest(request) => self.give(&request)?,
                Event::SelectionClear(_) => self.lock().ours = None,
                Event::XfixesSelectionNotify(notify) if notify.owner != self.window => {
                    let mut state = self.lock();
                    state.changes += 1;
                    self.tell(state);
                }
                Event::SelectionNotify(notify) => self.receive(&notify)?,
                Event::PropertyNotify(notify) => self.receive_piece(&notify)?,
                Event::ClientMessage(message) if message.type_ == self.atoms.DESKWIRE_END => return Ok(()),
                _ => {}
            }
        }
    }

    fn tell(&self, state: MutexGuard<'_, State>) {
        let waker = state.waker.clone();
        drop(state);
        self.progress.notify_all();
        if let Some(waker) = waker {
            waker();
        }
    }

    /// Answers a program that pastes.
    fn give(&self, request: &SelectionRequestEvent) -> Result<(), Error> {
        let conn = &self.server.conn;
        let atoms = &self.atoms;
        // Obsolete clients name no property; then it is the target.
        let property = if request.property == x11rb::NONE { request.target } else { request.property };
        let texts = [atoms.UTF8_STRING, atoms.TEXT_PLAIN];
        let given = if request.target == atoms.TARGETS {
            let targets = [atoms.TARGETS, atoms.UTF8_STRING, atoms.TEXT_PLAIN];
            conn.change_property32(PropMode::REPLACE, request.requestor, property, AtomEnum::ATOM, &targets)
                .or_lost()?;
            true
        } else if texts.contains(&request.target) {
            let text = self.lock().ours.clone();
            match text.filter(|text| text.len() + REQUEST_HEADER <= conn.maximum_request_bytes()) {
                Some(text) => {
                    let (window, kind) = (request.requestor, request.target);
                    conn.change_property8(PropMode::REPLACE, window, property, kind, text.as_bytes())
                        .or_lost()?;
                    true
                }
                None => false,
            }
        } else {
            false
        };
        let answer = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: request.time,
            requestor: request.requestor,
            selection: request.selection,
            target: request.target,
            property: if given { property } else { x11rb::NONE },
        };
        conn.send_event(false, request.requestor, EventMask::NO_EVENT, answer).or_lost()?;
        conn.flush().or_lost()
    }

    /// The owner has answered.
    fn receive(&self, notify: &SelectionNotifyEvent) -> Result<(), Error> {
        if !matches!(self.lock().reading, Reading::Asked) {
            return Ok(());
        }
        let next = if notify.property == x11rb::NONE {
            Reading::Done(None)
        } else {
            // Taking the property away tells an INCR owner to begin.
            match self.take_property()? {
                Taken::Text(bytes) => Reading::Done(Some(bytes)),
                Taken::InPieces => Reading::Pieces(Vec::new()),
                Taken::TooLong => Reading::Done(None),
            }
        };
        let mut state = self.lock();
        state.reading = next;
        drop(state);
        self.progress.notify_all();
        Ok(())
    }

    /// A piece of an INCR text has come.
    fn receive_piece(&self, notify: &PropertyNotifyEvent) -> Result<(), Error> {
        let ours = notify.window == self.window && notify.atom == self.atoms.DESKWIRE_CLIPBOARD;
        let reading = matches!(self.lock().reading, Reading::Pieces(_));
        if !ours || !reading || notify.state != Property::NEW_VALUE {
            return Ok(());
        }
        let piece = self.take_property()?;
        let mut state = self.lock();
        if let Reading::Pieces(bytes) = &mut state.reading {
            state.reading = match piece {
                Taken::Text(piece) if piece.is_empty() => Reading::Done(Some(std::mem::take(bytes))),
                Taken::Text(piece) if bytes.len() + piece.len() <= MAX_TEXT => {
                    bytes.extend_from_slice(&piece);
                    Reading::Pieces(std::mem::take(bytes))
                }
                _ => Reading::Done(None),
            };
        }
        drop(state);
        self.progress.notify_all();
        Ok(())
    }

    fn take_property(&self) -> Result<Taken, Error> {
        // In units of 4 bytes; what is longer stays, which `bytes_after` tells.
        let longest = u32::try_from(MAX_TEXT / 4 + 1).unwrap_or(u32::MAX);
        let (property, any) = (self.atoms.DESKWIRE_CLIPBOARD, AtomEnum::ANY);
        let cookie = self.server.conn.get_property(true, self.window, property, any, 0, longest);
        let reply = cookie.or_lost()?.reply().or_lost()?;
        Ok(if reply.type_ == self.atoms.INCR {
            Taken::InPieces
        } else if reply.bytes_after > 0 || reply.value.len() > MAX_TEXT {
            Taken::TooLong
        } else {
            Taken::Text(reply.value)
        })
    }
}

enum Taken {
    Text(Vec<u8>),
    InPieces,
    TooLong,
}
