//! A line with a delay: a pair of TUN devices, and a thread that carries packets from one to the other, later.
//!
//! `netem` would do the same, but is a kernel module that many kernels lack; TUN is everywhere. Loss and rate are the
//! kernel's business (`nft` and `tc`).

use std::collections::VecDeque;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read as _, Write as _};
use std::os::fd::{AsFd as _, OwnedFd};
use std::os::unix::fs::OpenOptionsExt as _;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::event::{EventfdFlags, PollFd, PollFlags, Timespec, eventfd, poll};
use rustix::fs::OFlags;
use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};

use crate::lab::Space;

/// The most packets on the way in one direction; more are lost, as on a real line.
const MOST: usize = 20_000;

/// Both ends go away when it is dropped.
pub(crate) struct Line {
    stop: OwnedFd,
    thread: Option<JoinHandle<()>>,
}

impl Line {
    /// Links an interface of one namespace with one of another; packets take `delay` in each direction.
    pub(crate) fn start(a: (&Space, &str), b: (&Space, &str), delay: Duration) -> Self {
        let stop = eventfd(0, EventfdFlags::CLOEXEC).unwrap();
        let stopped = stop.try_clone().unwrap();
        let ends = [a, b].map(|(space, name)| (space.file(), name.to_owned()));
        let (tell, told) = std::sync::mpsc::channel();
        let thread = thread::Builder::new().name("line".into());
        let thread = thread.spawn(move || {
            // Only this thread moves; an open device stays where it was made.
            let [a, b] = ends.map(|(space, name)| {
                let space = File::open(space).unwrap();
                move_into_link_name_space(space.as_fd(), Some(LinkNameSpaceType::Network)).unwrap();
                open(&name)
            });
            tell.send(()).unwrap();
            carry(a, b, delay, &stopped);
        });
        let line = Self { stop, thread: Some(thread.unwrap()) };
        told.recv().expect("the devices of the line could not be made");
        line
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        // A counter of 1 cannot overflow.
        let _ = rustix::io::write(&self.stop, &1u64.to_ne_bytes());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Makes a TUN device in the namespace of this thread.
fn open(name: &str) -> File {
    let flags = OFlags::NONBLOCK.bits().cast_signed();
    let device = OpenOptions::new().read(true).write(true).custom_flags(flags).open("/dev/net/tun").unwrap();
    let mut request = InterfaceRequest { name: [0; 16], flags: IFF_TUN | IFF_NO_PI, rest: [0; 22] };
    request.name[..name.len()].copy_from_slice(name.as_bytes());
    // SAFETY: TUNSETIFF takes a `struct ifreq`, of which `InterfaceRequest` has layout and size (linux/if.h).
    unsafe {
        let set = rustix::ioctl::Setter::<TUNSETIFF, InterfaceRequest>::new(request);
        rustix::ioctl::ioctl(&device, set).unwrap();
    }
    device
}

/// From linux/if_tun.h.
const TUNSETIFF: rustix::ioctl::Opcode = rustix::ioctl::opcode::write::<std::ffi::c_int>(b'T', 202);
const IFF_TUN: i16 = 1;
const IFF_NO_PI: i16 = 0x1000;

/// `struct ifreq` with the member that sets flags.
#[repr(C)]
struct InterfaceRequest {
    name: [u8; 16],
    flags: i16,
    rest: [u8; 22],
}

/// Packets in one direction, and when each is due.
type OnTheWay = VecDeque<(Instant, Vec<u8>)>;

fn carry(a: File, b: File, delay: Duration, stop: &OwnedFd) {
    let mut devices = [a, b];
    let mut on_the_way: [OnTheWay; 2] = Default::default();
    let mut buffer = vec![0; 65_536];
    loop {
        let due = on_the_way.iter().filter_map(|packets| packets.front()).map(|(due, _)| *due).min();
        let timeout = due.map(|due| {
            let left = due.saturating_duration_since(Instant::now());
            Timespec { tv_sec: left.as_secs().cast_signed(), tv_nsec: left.subsec_nanos().into() }
        });
        let mut polled = [
            PollFd::new(&devices[0], PollFlags::IN),
            PollFd::new(&devices[1], PollFlags::IN),
            PollFd::new(stop, PollFlags::IN),
        ];
        if poll(&mut polled, timeout.as_ref()).is_err() {
            continue;
        }
        if !polled[2].revents().is_empty() {
            return;
        }
        let ready = [0, 1].map(|n| !polled[n].revents().is_empty());
        for from in 0..2 {
            let to = 1 - from;
            if ready[from] {
                take(&mut devices[from], &mut on_the_way[from], delay, &mut buffer);
            }
            let now = Instant::now();
            while let Some((_, packet)) = on_the_way[from].pop_front_if(|(due, _)| *due <= now) {
                // A device that is down takes nothing: the packet is lost.
                let _ = devices[to].write(&packet);
            }
        }
    }
}

/// Takes all packets that wait at a device.
fn take(device: &mut File, on_the_way: &mut OnTheWay, delay: Duration, buffer: &mut [u8]) {
    loop {
        match device.read(buffer) {
            Ok(length) if on_the_way.len() < MOST => {
                on_the_way.push_back((Instant::now() + delay, buffer[..length].to_vec()));
            }
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return,
        }
    }
}
