//! A thread that Windows tells what has changed.

use std::cell::RefCell;
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};

use deskwire_platform::{Bell, Error, ErrorKind};
use windows::Win32::Foundation::{HWND, LPARAM, LRESULT, WPARAM};
use windows::Win32::System::DataExchange::AddClipboardFormatListener;
use windows::Win32::System::LibraryLoader::GetModuleHandleW;
use windows::Win32::System::Threading::GetCurrentThreadId;
use windows::Win32::UI::Accessibility::{HWINEVENTHOOK, SetWinEventHook, UnhookWinEvent};
use windows::Win32::UI::WindowsAndMessaging::{
    CreateWindowExW, DefWindowProcW, DestroyWindow, DispatchMessageW, EVENT_OBJECT_NAMECHANGE,
    EVENT_OBJECT_SHOW, GetMessageW, MSG, OBJID_CURSOR, PostThreadMessageW, RegisterClassW, WINDOW_EX_STYLE,
    WINEVENT_OUTOFCONTEXT, WM_CLIPBOARDUPDATE, WM_DISPLAYCHANGE, WM_QUIT, WNDCLASSW, WS_OVERLAPPED,
};
use windows::core::w;

/// What is listened to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Subject {
    /// Another text, picture or file was copied.
    Clipboard,
    /// Monitors came, went or changed.
    Displays,
    /// The pointer moved or changed its shape.
    Pointer,
}

thread_local! {
    /// What the thread rings: Windows calls back on the thread that asked for it, and hands nothing over.
    static BELL: RefCell<Option<Arc<Bell>>> = const { RefCell::new(None) };
}

/// Rings a bell when the subject changes, as long as it lives.
pub(crate) struct Listener {
    thread_id: u32,
    thread: Option<JoinHandle<()>>,
}

impl Listener {
    /// Starts the thread and waits until it listens.
    pub(crate) fn start(subject: Subject, bell: Arc<Bell>) -> Result<Self, Error> {
        let failed = |why: &dyn std::fmt::Display| {
            let happened =
                format!("Windows does not tell of changes of the {subject:?} ({why})").to_lowercase();
            Error::new(ErrorKind::Unavailable, happened, "run this in the session of a user who is logged in")
        };
        let (tell, told) = mpsc::channel();
        let listen = move || {
            BELL.set(Some(bell));
            match open(subject) {
                Ok(ears) => {
                    // SAFETY: the call takes nothing.
                    let _ = tell.send(Ok(unsafe { GetCurrentThreadId() }));
                    pump();
                    drop(ears);
                }
                Err(error) => drop(tell.send(Err(error))),
            }
        };
        let thread = thread::Builder::new().name("windows-news".into()).spawn(listen);
        let thread = thread.map_err(|error| failed(&error))?;
        let thread_id = told.recv().map_err(|error| failed(&error))?.map_err(|error| failed(&error))?;
        Ok(Self { thread_id, thread: Some(thread) })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        // SAFETY: the call takes numbers; the thread lives until it was told this. It has a queue, since it has a window.
        let told = unsafe { PostThreadMessageW(self.thread_id, WM_QUIT, WPARAM(0), LPARAM(0)) };
        if told.is_ok()
            && let Some(thread) = self.thread.take()
        {
            let _ = thread.join();
        }
    }
}

/// What a thread listens with; given back when dropped, on the same thread.
struct Ears {
    window: HWND,
    hook: Option<HWINEVENTHOOK>,
}

impl Drop for Ears {
    fn drop(&mut self) {
        // SAFETY: both are this thread's own, made by `open`, and given back once.
        unsafe {
            if let Some(hook) = self.hook {
                let _ = UnhookWinEvent(hook);
            }
            let _ = DestroyWindow(self.window);
        }
    }
}

fn open(subject: Subject) -> windows::core::Result<Ears> {
    // SAFETY: the class names a procedure that has the form that Windows wants and lives as long as the program; names are
    // constants that end with a zero; the window has no parent, menu or parameter. That the class is there already is no
    // trouble: the window is made of it.
    unsafe {
        let module = GetModuleHandleW(None)?.into();
        let class = w!("DeskwireNews");
        let wanted = WNDCLASSW {
            lpfnWndProc: Some(on_message),
            hInstance: module,
            lpszClassName: class,
            ..WNDCLASSW::default()
        };
        RegisterClassW(&raw const wanted);
        // A top-level one that is never shown: others are not told of displays.
        let (name, style) = (w!(""), WS_OVERLAPPED);
        let ex = WINDOW_EX_STYLE::default();
        let window = CreateWindowExW(ex, class, name, style, 0, 0, 0, 0, None, None, Some(module), None)?;
        let mut ears = Ears { window, hook: None };
        match subject {
            Subject::Clipboard => AddClipboardFormatListener(window)?,
            Subject::Displays => {}
            Subject::Pointer => {
                // Shown, hidden, moved, changed: all are in this range.
                let (first, last) = (EVENT_OBJECT_SHOW, EVENT_OBJECT_NAMECHANGE);
                let hook = SetWinEventHook(first, last, None, Some(on_event), 0, 0, WINEVENT_OUTOFCONTEXT);
                if hook.is_invalid() {
                    return Err(windows::core::Error::from_thread());
                }
                ears.hook = Some(hook);
            }
        }
        Ok(ears)
    }
}

/// Hands messages over until the thread is to end.
fn pump() {
    let mut message = MSG::default();
    // SAFETY: the message is ours. 0 is the end, -1 a failure that does not go away.
    while unsafe { GetMessageW(&raw mut message, None, 0, 0) }.0 > 0 {
        // SAFETY: it was filled just now.
        unsafe { DispatchMessageW(&raw const message) };
    }
}

fn ring() {
    BELL.with_borrow(|bell| {
        if let Some(bell) = bell {
            bell.ring();
        }
    });
}

extern "system" fn on_message(window: HWND, message: u32, w: WPARAM, l: LPARAM) -> LRESULT {
    if matches!(message, WM_CLIPBOARDUPDATE | WM_DISPLAYCHANGE) {
        ring();
    }
    // SAFETY: these are the very arguments that Windows gave.
    unsafe { DefWindowProcW(window, message, w, l) }
}

extern "system" fn on_event(_: HWINEVENTHOOK, _: u32, _: HWND, object: i32, _: i32, _: u32, _: u32) {
    if object == OBJID_CURSOR.0 {
        ring();
    }
}
