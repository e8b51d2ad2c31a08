//! Calls of Windows for which no other crate has a safe form: the only unsafe code of this crate.

use std::mem::size_of;
use std::sync::Once;

use windows::Win32::Foundation::{LPARAM, RECT};
use windows::Win32::Graphics::Gdi::{
    EnumDisplayMonitors, GetMonitorInfoW, HDC, HMONITOR, MONITORINFO, MONITORINFOEXW,
};
use windows::Win32::System::DataExchange::{
    GetClipboardSequenceNumber, IsClipboardFormatAvailable, RegisterClipboardFormatW,
};
use windows::Win32::UI::HiDpi::{
    DPI_AWARENESS_CONTEXT_PER_MONITOR_AWARE_V2, GetDpiForMonitor, MDT_EFFECTIVE_DPI,
    SetProcessDpiAwarenessContext,
};
use windows::Win32::UI::WindowsAndMessaging::{
    CURSOR_SHOWING, CURSORINFO, GetCursorInfo, MONITORINFOF_PRIMARY, SetCursorPos,
};
use windows::core::{BOOL, w};

mod listener;
mod shape;

pub(crate) use listener::{Listener, Subject};
pub(crate) use shape::image;

/// A monitor: where it lies on the desktop of Windows, in its own pixels.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Monitor {
    /// Windows' number for it, as long as it is there.
    pub(crate) handle: usize,
    pub(crate) name: String,
    pub(crate) left: i32,
    pub(crate) top: i32,
    pub(crate) right: i32,
    pub(crate) bottom: i32,
    pub(crate) primary: bool,
    pub(crate) dpi: u32,
}

/// Where the pointer is, and which shape it has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Pointer {
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) visible: bool,
    /// Windows' number for the shape.
    pub(crate) shape: usize,
}

/// Has Windows give this process places and sizes in pixels instead of what it takes for a pixel of an old program.
fn count_pixels() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // SAFETY: the call takes a constant and touches no memory of ours. It fails when a manifest has said it already.
        let _ = unsafe { SetProcessDpiAwarenessContext(DPI_AWARENESS_CONTEXT_PER_MONITOR_AWARE_V2) };
    });
}

/// The monitors that are on.
pub(crate) fn monitors() -> Vec<Monitor> {
    count_pixels();
    let mut handles: Vec<HMONITOR> = Vec::new();
    // SAFETY: `note` gets the pointer that is given here, only during this call, in which nobody else uses `handles`.
    let listed = unsafe {
        EnumDisplayMonitors(None, None, Some(note), LPARAM((&raw mut handles).expose_provenance() as isize))
    };
    if listed.as_bool() { handles.into_iter().filter_map(monitor).collect() } else { Vec::new() }
}

/// Called by [`monitors`] for each monitor.
extern "system" fn note(handle: HMONITOR, _: HDC, _: *mut RECT, list: LPARAM) -> BOOL {
    let list = std::ptr::with_exposed_provenance_mut::<Vec<HMONITOR>>(list.0 as usize);
    // SAFETY: only `EnumDisplayMonitors` calls this, with the pointer to a live list that nobody else uses meanwhile.
    unsafe { (*list).push(handle) };
    true.into()
}

fn monitor(handle: HMONITOR) -> Option<Monitor> {
    let mut info = MONITORINFOEXW::default();
    info.monitorInfo.cbSize = u32::try_from(size_of::<MONITORINFOEXW>()).ok()?;
    // SAFETY: the size says that it is the longer structure, whose first part the pointer is to; the whole is writable.
    let known = unsafe { GetMonitorInfoW(handle, (&raw mut info).cast::<MONITORINFO>()) };
    if !known.as_bool() {
        return None;
    }
    let (mut dpi, mut vertical) = (0, 0);
    // SAFETY: both pointers are to numbers of ours.
    let scaled = unsafe { GetDpiForMonitor(handle, MDT_EFFECTIVE_DPI, &raw mut dpi, &raw mut vertical) };
    let area = info.monitorInfo.rcMonitor;
    let name = String::from_utf16_lossy(&info.szDevice);
    Some(Monitor {
        handle: handle.0.expose_provenance(),
        name: name.trim_end_matches('\0').to_owned(),
        left: area.left,
        top: area.top,
        right: area.right,
        bottom: area.bottom,
        primary: info.monitorInfo.dwFlags & MONITORINFOF_PRIMARY != 0,
        dpi: scaled.map_or(96, |()| dpi),
    })
}

/// Puts the pointer at a place of the desktop.
pub(crate) fn set_pointer(x: i32, y: i32) -> windows::core::Result<()> {
    count_pixels();
    // SAFETY: the call takes two numbers.
    unsafe { SetCursorPos(x, y) }
}

/// The pointer, as it is now.
pub(crate) fn pointer() -> windows::core::Result<Pointer> {
    count_pixels();
    let mut info =
        CURSORINFO { cbSize: u32::try_from(size_of::<CURSORINFO>()).unwrap_or(0), ..CURSORINFO::default() };
    // SAFETY: the structure is ours, and says how long it is.
    unsafe { GetCursorInfo(&raw mut info) }?;
    Ok(Pointer {
        x: info.ptScreenPos.x,
        y: info.ptScreenPos.y,
        visible: info.flags.0 & CURSOR_SHOWING.0 != 0,
        shape: info.hCursor.0.expose_provenance(),
    })
}

/// Counts the changes of the clipboard.
pub(crate) fn clipboard_changes() -> u32 {
    // SAFETY: the call takes nothing.
    unsafe { GetClipboardSequenceNumber() }
}

/// Whether what is on the clipboard is marked as something that nobody is to keep or hand on, as password managers do.
pub(crate) fn is_concealed() -> bool {
    let marks = [w!("ExcludeClipboardContentFromMonitorProcessing"), w!("Clipboard Viewer Ignore")];
    // SAFETY: the names are constants that end with a zero; the second call takes a number.
    marks.into_iter().any(|mark| unsafe {
        let format = RegisterClipboardFormatW(mark);
        format != 0 && IsClipboardFormatAvailable(format).is_ok()
    })
}
