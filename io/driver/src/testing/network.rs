//! Changes of the network, in a namespace of its own. Needs root and `ip`; without them there is nothing to show.

use std::time::{Duration, Instant};

use super::{Adapter, Mode, Node, Seen};
/// How late a change may be told. Looking at intervals would tell it after a minute.
const SOON: Duration = Duration::from_secs(2);

/// An address that comes or goes, and a way out that does, are told when it happens. No part of the suite, because a
/// runtime whose threads were there before does not see the namespace: for adapters that start their own.
pub fn changes_are_told_when_they_happen<A: Adapter>() {
    let Some(space) = space::Space::new() else { return };
    space.inside(|| {
        let node = Node::start::<A>(Mode::Report);
        node.wait(network);
        let told = |change: &str, count: usize| {
            let start = Instant::now();
            space.ip(change);
            while node.wait(network) != count {}
            let took = start.elapsed();
            assert!(took < SOON, "{change} was told after {took:?}");
        };
        // Dummies are not part of every kernel; pairs are.
        space.ip("link add name one type veth peer name two");
        space.ip("link set one up");
        space.ip("link set two up");
        told("addr add 10.9.0.5/24 dev one", 1);
        told("route add default via 10.9.0.9", 1);
        told("addr add fd09::5/64 dev one nodad", 2);
        told("addr del 10.9.0.5/24 dev one", 1);
    });
}

fn network(seen: Seen) -> Option<usize> {
    if let Seen::Network(count) = seen { Some(count) } else { None }
}

#[cfg(target_os = "linux")]
mod space {
    use std::fs::File;
    use std::os::fd::AsFd as _;
    use std::process::{Command, Stdio};
    use std::sync::atomic::{AtomicU32, Ordering};

    use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};

    /// A namespace of the network, without addresses at first.
    pub(super) struct Space {
        name: String,
    }

    impl Space {
        /// `None` where there is none to be had.
        pub(super) fn new() -> Option<Self> {
            static NUMBER: AtomicU32 = AtomicU32::new(0);
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let name = format!("deskwire-{}-driver{number}", std::process::id());
            let made = Command::new("ip").args(["netns", "add", &name]).stderr(Stdio::null()).status();
            let Some(space) = made.is_ok_and(|status| status.success()).then_some(Self { name }) else {
                eprintln!("skipped: network namespaces need root and `ip`");
                return None;
            };
            let quiet = "echo 1 > /proc/sys/net/ipv6/conf/default/addr_gen_mode";
            run(Command::new("ip").args(["netns", "exec", &space.name, "sh", "-c", quiet]));
            Some(space)
        }

        /// Does something on a thread that lives in it, and so do the threads that it starts.
        pub(super) fn inside(&self, act: impl FnOnce() + Send) {
            let file = File::open(format!("/run/netns/{}", self.name)).expect("a namespace that was made");
            std::thread::scope(|scope| {
                let inside = scope.spawn(|| {
                    move_into_link_name_space(file.as_fd(), Some(LinkNameSpaceType::Network))
                        .expect("root may enter");
                    act();
                });
                if let Err(panic) = inside.join() {
                    std::panic::resume_unwind(panic);
                }
            });
        }

        /// Has `ip` change something in it.
        pub(super) fn ip(&self, words: &str) {
            run(Command::new("ip").args(["-n", &self.name]).args(words.split(' ')));
        }
    }

    fn run(command: &mut Command) {
        let out = command.stdin(Stdio::null()).output().expect("a program that ran before");
        assert!(out.status.success(), "{command:?}: {}", String::from_utf8_lossy(&out.stderr));
    }

    impl Drop for Space {
        fn drop(&mut self) {
            let _ = Command::new("ip").args(["netns", "del", &self.name]).stderr(Stdio::null()).status();
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod space {
    pub(super) enum Space {}

    impl Space {
        pub(super) const fn new() -> Option<Self> {
            None
        }

        pub(super) fn inside(&self, _: impl FnOnce() + Send) {
            match *self {}
        }

        pub(super) fn ip(&self, _: &str) {
            match *self {}
        }
    }
}
