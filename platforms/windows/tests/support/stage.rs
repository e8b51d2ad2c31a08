//! The other side: another user of the clipboard, and a hook that sees all input of the desktop.

use std::cell::RefCell;
use std::mem::size_of;
use std::sync::mpsc::{self, Receiver as Queue, Sender};
use std::thread;
use std::time::Duration;

use deskwire_platform::contract::{ClipboardStage, InputStage, Seen};
use deskwire_wire::picture::Point;
use deskwire_wire::screen::{Button, Keysym};
use windows::Win32::Foundation::{LPARAM, LRESULT, POINT, WPARAM};
use windows::Win32::UI::Input::KeyboardAndMouse::{
    INPUT, INPUT_0, INPUT_KEYBOARD, KEYBDINPUT, KEYEVENTF_KEYUP, SendInput, VIRTUAL_KEY, VK_PACKET,
};
use windows::Win32::UI::WindowsAndMessaging::{
    CallNextHookEx, DispatchMessageW, GetCursorPos, GetMessageW, KBDLLHOOKSTRUCT, MSG, MSLLHOOKSTRUCT,
    SetWindowsHookExW, WH_KEYBOARD_LL, WH_MOUSE_LL, WM_KEYDOWN, WM_LBUTTONDOWN, WM_LBUTTONUP, WM_MBUTTONDOWN,
    WM_MBUTTONUP, WM_MOUSEHWHEEL, WM_MOUSEWHEEL, WM_RBUTTONDOWN, WM_RBUTTONUP, WM_SYSKEYDOWN, WM_XBUTTONDOWN,
    WM_XBUTTONUP,
};

/// After this long a test has failed.
const PATIENCE: Duration = Duration::from_secs(20);
/// A key that no keyboard has: what was injected before it has arrived when it arrives.
const MARK: u32 = 0xe8;

/// Copies and pastes as other programs do: with the line ends of Windows.
pub(crate) struct OtherProgram(arboard::Clipboard);

impl OtherProgram {
    pub(crate) fn new() -> Self {
        Self(arboard::Clipboard::new().unwrap())
    }
}

impl ClipboardStage for OtherProgram {
    fn put(&mut self, text: &str) {
        self.0.set_text(text.replace('\n', "\r\n")).unwrap();
    }

    fn paste(&mut self) -> Option<String> {
        self.0.get_text().ok().map(|text| text.replace("\r\n", "\n"))
    }
}

/// What a hook saw.
#[derive(Clone, Copy, Debug)]
enum Hooked {
    Seen(Seen0),
    Unit(u16),
    Mark,
}

/// As [`Seen`], which cannot be copied.
#[derive(Clone, Copy, Debug)]
enum Seen0 {
    Button(Button, bool),
    Scroll(i16, i16, u16),
    Key(Keysym, bool),
}

thread_local! {
    static TELL: RefCell<Option<Sender<Hooked>>> = const { RefCell::new(None) };
}

/// Sees input before any window gets it.
pub(crate) struct Receiver {
    hooked: Queue<Hooked>,
    pointer: POINT,
}

impl Receiver {
    pub(crate) fn start() -> Self {
        let (tell, hooked) = mpsc::channel();
        let (ready, is_ready) = mpsc::channel();
        // It ends with the program.
        thread::spawn(move || {
            TELL.set(Some(tell));
            // SAFETY: both procedures have the form that their hook wants, and live as long as the program.
            unsafe {
                SetWindowsHookExW(WH_KEYBOARD_LL, Some(on_key), None, 0).unwrap();
                SetWindowsHookExW(WH_MOUSE_LL, Some(on_mouse), None, 0).unwrap();
            }
            ready.send(()).unwrap();
            let mut message = MSG::default();
            // SAFETY: the message is ours, and was filled before it is handed over.
            unsafe {
                while GetMessageW(&raw mut message, None, 0, 0).0 > 0 {
                    DispatchMessageW(&raw const message);
                }
            }
        });
        is_ready.recv().unwrap();
        Self { hooked, pointer: place() }
    }

    /// Everything up to a mark that is injected now.
    fn arrived(&self) -> Vec<Hooked> {
        let key =
            |flags| KEYBDINPUT { wVk: VIRTUAL_KEY(MARK as u16), dwFlags: flags, ..KEYBDINPUT::default() };
        let input = [key(Default::default()), key(KEYEVENTF_KEYUP)]
            .map(|ki| INPUT { r#type: INPUT_KEYBOARD, Anonymous: INPUT_0 { ki } });
        // SAFETY: the events are whole, and their size is given.
        let sent = unsafe { SendInput(&input, i32::try_from(size_of::<INPUT>()).unwrap()) };
        assert_eq!(sent, 2, "Windows takes no input");
        let mut seen = Vec::new();
        let mut marks = 0;
        while marks < 2 {
            match self.hooked.recv_timeout(PATIENCE).unwrap() {
                Hooked::Mark => marks += 1,
                other => seen.push(other),
            }
        }
        seen
    }
}

impl InputStage for Receiver {
    fn take(&mut self) -> Vec<Seen> {
        let mut seen = Vec::new();
        let arrived = self.arrived();
        let now = place();
        if now != self.pointer {
            self.pointer = now;
            seen.push(Seen::Pointer(Point { x: now.x, y: now.y }));
        }
        for hooked in arrived {
            match hooked {
                Hooked::Seen(Seen0::Button(button, pressed)) => seen.push(Seen::Button(button, pressed)),
                Hooked::Seen(Seen0::Key(key, pressed)) => seen.push(Seen::Key(key, pressed)),
                Hooked::Seen(Seen0::Scroll(x, y, notches)) => {
                    seen.extend((0..notches).map(|_| Seen::Scroll(x, y)));
                }
                Hooked::Unit(_) | Hooked::Mark => {}
            }
        }
        seen
    }

    fn take_text(&mut self) -> String {
        let units: Vec<u16> = self
            .arrived()
            .into_iter()
            .filter_map(|hooked| if let Hooked::Unit(unit) = hooked { Some(unit) } else { None })
            .collect();
        String::from_utf16(&units).unwrap()
    }
}

fn place() -> POINT {
    let mut at = POINT::default();
    // SAFETY: the point is ours.
    unsafe { GetCursorPos(&raw mut at) }.unwrap();
    at
}

fn tell(hooked: Hooked) {
    TELL.with_borrow(|tell| {
        if let Some(tell) = tell {
            // The test is over.
            let _ = tell.send(hooked);
        }
    });
}

/// The keysym of a virtual key of the contract.
fn keysym(key: u32) -> Keysym {
    Keysym(match key {
        0x41..=0x5a => key + 0x20,
        0x0d => 0xff0d,
        0x1b => 0xff1b,
        0x70..=0x87 => key - 0x70 + 0xffbe,
        0x10 | 0xa0 => 0xffe1,
        0x11 | 0xa2 => 0xffe3,
        other => other,
    })
}

extern "system" fn on_key(code: i32, w: WPARAM, l: LPARAM) -> LRESULT {
    if code >= 0 {
        // SAFETY: for a code of at least 0 Windows hands over a pointer to this structure, good during the call.
        let key = unsafe { *std::ptr::with_exposed_provenance::<KBDLLHOOKSTRUCT>(l.0 as usize) };
        let pressed = matches!(u32::try_from(w.0), Ok(WM_KEYDOWN | WM_SYSKEYDOWN));
        if key.vkCode == MARK {
            tell(Hooked::Mark);
        } else if key.vkCode == u32::from(VK_PACKET.0) {
            if pressed {
                tell(Hooked::Unit(u16::try_from(key.scanCode).unwrap_or(0)));
            }
        } else {
            tell(Hooked::Seen(Seen0::Key(keysym(key.vkCode), pressed)));
        }
    }
    // SAFETY: these are the very arguments that Windows gave.
    unsafe { CallNextHookEx(None, code, w, l) }
}

extern "system" fn on_mouse(code: i32, w: WPARAM, l: LPARAM) -> LRESULT {
    if code >= 0 {
        // SAFETY: for a code of at least 0 Windows hands over a pointer to this structure, good during the call.
        let mouse = unsafe { *std::ptr::with_exposed_provenance::<MSLLHOOKSTRUCT>(l.0 as usize) };
        // The upper half is signed for wheels.
        let data = (mouse.mouseData >> 16) as u16;
        let notches = data.cast_signed() / 120;
        let side = if data == 1 { Button::Back } else { Button::Forward };
        let seen = match u32::try_from(w.0).unwrap_or(0) {
            WM_LBUTTONDOWN => Some(Seen0::Button(Button::Left, true)),
            WM_LBUTTONUP => Some(Seen0::Button(Button::Left, false)),
            WM_MBUTTONDOWN => Some(Seen0::Button(Button::Middle, true)),
            WM_MBUTTONUP => Some(Seen0::Button(Button::Middle, false)),
            WM_RBUTTONDOWN => Some(Seen0::Button(Button::Right, true)),
            WM_RBUTTONUP => Some(Seen0::Button(Button::Right, false)),
            WM_XBUTTONDOWN => Some(Seen0::Button(side, true)),
            WM_XBUTTONUP => Some(Seen0::Button(side, false)),
            WM_MOUSEWHEEL => Some(Seen0::Scroll(0, -notches.signum(), notches.unsigned_abs())),
            WM_MOUSEHWHEEL => Some(Seen0::Scroll(notches.signum(), 0, notches.unsigned_abs())),
            _ => None,
        };
        if let Some(seen) = seen {
            tell(Hooked::Seen(seen));
        }
    }
    // SAFETY: these are the very arguments that Windows gave.
    unsafe { CallNextHookEx(None, code, w, l) }
}
