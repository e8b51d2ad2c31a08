//! What the namespaces are: a core router as the internet, sites behind routers of their own, devices.
//!
//! Site `n` has 203.0.113.(4n+2)/30 and 2001:db8:n::2/64 outside, 192.168.n.0/24 and 2001:db8:n:1::/64 inside.

use std::cell::{Cell, RefCell};
use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use crate::lab::{Lab, Space};
use crate::line::Line;

/// Which versions of IP there are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Stack {
    V4,
    V6,
    Both,
}

impl Stack {
    const fn has(self, version: Self) -> bool {
        matches!(self, Self::Both) || self as u8 == version as u8
    }
}

/// What a line to the internet is like.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Uplink {
    pub(crate) stack: Stack,
    /// In each direction.
    pub(crate) delay: Duration,
    /// Packets lost of a hundred, in each direction.
    pub(crate) loss: u32,
    /// The largest packet.
    pub(crate) mtu: u32,
    /// Bits a second, and how long packets may wait in the queue before the line.
    pub(crate) rate: Option<(&'static str, &'static str)>,
}

impl Uplink {
    pub(crate) const FAST: Self =
        Self { stack: Stack::V4, delay: Duration::ZERO, loss: 0, mtu: 1_500, rate: None };

    pub(crate) const fn delayed(ms: u64) -> Self {
        Self { delay: Duration::from_millis(ms), ..Self::FAST }
    }

    pub(crate) const fn stack(self, stack: Stack) -> Self {
        Self { stack, ..self }
    }
}

/// What a router does with IPv4 addresses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Nat {
    /// One outer port per inner one; whatever arrives there goes in (to the first device).
    FullCone,
    /// One outer port per inner one; only who was written to may answer.
    PortRestricted,
    /// Another random outer port for everybody who is written to.
    Symmetric,
}

/// How a site is guarded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Guard {
    pub(crate) nat: Nat,
    /// Whether nothing goes over UDP.
    pub(crate) no_udp: bool,
    /// Whether nothing goes out but to the ports of WebSockets.
    pub(crate) only_websocket: bool,
    /// Whether IPv6 comes in only as an answer.
    pub(crate) v6_stateful: bool,
    /// Whether the router says that it takes nothing from outside, instead of being silent.
    pub(crate) rejects: bool,
}

impl Guard {
    pub(crate) const fn nat(nat: Nat) -> Self {
        Self { nat, no_udp: false, only_websocket: false, v6_stateful: false, rejects: false }
    }
}

/// The addresses of something.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Addresses {
    pub(crate) v4: Option<Ipv4Addr>,
    pub(crate) v6: Option<Ipv6Addr>,
}

impl Addresses {
    fn each(self) -> impl Iterator<Item = IpAddr> {
        self.v4.map(IpAddr::V4).into_iter().chain(self.v6.map(IpAddr::V6))
    }
}

/// The internet: a router that everything is linked to.
pub(crate) struct Internet {
    lab: Lab,
    core: Space,
    sites: Cell<u8>,
    lines: RefCell<Vec<Line>>,
}

impl Internet {
    pub(crate) fn new() -> Self {
        let lab = Lab::new();
        let core = lab.space("internet");
        forward(&core);
        core.nft(
            "table inet weather {\n\
             chain loss { type filter hook forward priority 0;\n }\n\
             chain cut { type filter hook forward priority 1;\n }\n}",
        );
        Self { lab, core, sites: Cell::new(0), lines: RefCell::default() }
    }

    /// A device that is linked to the internet itself.
    pub(crate) fn device(&self, what: &str, uplink: Uplink) -> Device {
        let space = self.lab.space(what);
        let (_, addresses) = self.connect(&space, uplink);
        Device { space, addresses: Cell::new(addresses) }
    }

    /// A site behind a router.
    pub(crate) fn site(&self, what: &str, uplink: Uplink, guard: Guard) -> Site {
        let space = self.lab.space(what);
        let (number, outer) = self.connect(&space, uplink);
        if uplink.stack.has(Stack::V6) {
            let via = outer.v6.unwrap();
            self.core.ip(&format!("route add 2001:db8:{number:x}:1::/64 via {via}"));
        }
        Site::new(space, number, uplink.stack, guard, outer, None)
    }

    /// A site behind a router that is a device of another one.
    pub(crate) fn site_behind(&self, what: &str, outer: &Site, guard: Guard) -> Site {
        let space = self.lab.space(what);
        let addresses = outer.connect(&space, "wan");
        let number = self.next_number();
        Site::new(space, number, Stack::V4, guard, addresses, None)
    }

    /// A carrier's network: its customers have addresses of 100.64.0.0/10.
    pub(crate) fn carrier(&self, what: &str, uplink: Uplink, guard: Guard) -> Site {
        let space = self.lab.space(what);
        let (number, outer) = self.connect(&space, uplink);
        Site::new(space, number, Stack::V4, guard, outer, Some([100, 64 + number, 0]))
    }

    /// A namespace that is linked to nothing yet.
    pub(crate) fn loose(&self, what: &str) -> Device {
        Device { space: self.lab.space(what), addresses: Cell::default() }
    }

    /// Nothing goes from one to the other any more.
    pub(crate) fn cut(&self, a: Addresses, b: Addresses) {
        let mut rules = String::new();
        for (a, b) in a.each().zip(b.each()) {
            let ip = if a.is_ipv4() { "ip" } else { "ip6" };
            for (from, to) in [(a, b), (b, a)] {
                writeln!(rules, "add rule inet weather cut {ip} saddr {from} {ip} daddr {to} drop").unwrap();
            }
        }
        self.core.nft(&rules);
    }

    /// Everything goes through again.
    pub(crate) fn heal(&self) {
        self.core.nft("flush chain inet weather cut");
    }

    fn next_number(&self) -> u8 {
        let number = self.sites.get() + 1;
        assert!(number < 60, "this internet is full");
        self.sites.set(number);
        number
    }

    /// Links `space` by its interface `wan`.
    fn connect(&self, space: &Space, uplink: Uplink) -> (u8, Addresses) {
        let number = self.next_number();
        let port = format!("p{number}");
        if uplink.delay.is_zero() {
            self.core.link(&port, space, "wan");
        } else {
            let line = Line::start((&self.core, &port), (space, "wan"), uplink.delay);
            self.lines.borrow_mut().push(line);
        }
        let mtu = uplink.mtu;
        let mut ours = format!("link set {port} mtu {mtu} up\n");
        let mut theirs = format!("link set wan mtu {mtu} up\n");
        let mut addresses = Addresses::default();
        if uplink.stack.has(Stack::V4) {
            let [gateway, own] = [1, 2].map(|host| Ipv4Addr::new(203, 0, 113, 4 * number + host));
            writeln!(ours, "addr add {gateway}/30 dev {port}").unwrap();
            writeln!(theirs, "addr add {own}/30 dev wan\nroute add default via {gateway} dev wan").unwrap();
            addresses.v4 = Some(own);
        }
        if uplink.stack.has(Stack::V6) {
            let [gateway, own] =
                [1, 2].map(|host| Ipv6Addr::new(0x2001, 0xdb8, number.into(), 0, 0, 0, 0, host));
            writeln!(ours, "addr add {gateway}/64 dev {port} nodad").unwrap();
            writeln!(theirs, "addr add {own}/64 dev wan nodad").unwrap();
            writeln!(theirs, "route add default via {gateway} dev wan").unwrap();
            addresses.v6 = Some(own);
        }
        self.core.ip(&ours);
        space.ip(&theirs);
        if let Some((rate, queue)) = uplink.rate {
            for (end, name) in [(&self.core, port.as_str()), (space, "wan")] {
                let shape = ["qdisc", "add", "dev", name, "root", "tbf", "rate", rate];
                end.run("tc", &[&shape[..], &["burst", "5kb", "latency", queue]].concat());
            }
        }
        if uplink.loss > 0 {
            let loss = uplink.loss;
            let rule = |side: &str| {
                format!("add rule inet weather loss {side} \"{port}\" numgen random mod 100 < {loss} drop\n")
            };
            self.core.nft(&(rule("iifname") + &rule("oifname")));
        }
        (number, addresses)
    }
}

/// A router and its local network.
pub(crate) struct Site {
    router: Space,
    number: u8,
    stack: Stack,
    outer: Addresses,
    /// The first three bytes of its addresses inside.
    inner: [u8; 3],
    devices: Cell<u8>,
}

impl Site {
    fn new(
        router: Space,
        number: u8,
        stack: Stack,
        guard: Guard,
        outer: Addresses,
        inner: Option<[u8; 3]>,
    ) -> Self {
        forward(&router);
        let inner = inner.unwrap_or([192, 168, number]);
        let mut setup = String::from("link add name lan type bridge\nlink set lan up\n");
        let mut rules = String::new();
        if stack.has(Stack::V4) {
            let [a, b, c] = inner;
            writeln!(setup, "addr add {a}.{b}.{c}.1/24 dev lan").unwrap();
            rules.push_str(&translation(guard.nat, Ipv4Addr::new(a, b, c, FIRST_DEVICE)));
        }
        if stack.has(Stack::V6) {
            writeln!(setup, "addr add 2001:db8:{number:x}:1::1/64 dev lan nodad").unwrap();
        }
        rules.push_str(&firewall(guard));
        router.ip(&setup);
        router.nft(&rules);
        Self { router, number, stack, outer, inner, devices: Cell::new(0) }
    }

    /// Its addresses on the internet.
    pub(crate) const fn outer(&self) -> Addresses {
        self.outer
    }

    /// A device in its local network.
    pub(crate) fn device(&self, internet: &Internet, what: &str) -> Device {
        let device = internet.loose(what);
        device.join(self);
        device
    }

    /// Forgets all connections, and takes other outer ports from now on: what a router does that restarts.
    pub(crate) fn rebind(&self) {
        self.router.nft(
            "flush chain ip nat post\n\
             add rule ip nat post oifname \"wan\" meta l4proto { tcp, udp } masquerade to :20000-29999\n\
             add rule ip nat post oifname \"wan\" masquerade",
        );
        self.router.run("conntrack", &["-F"]);
    }

    /// Links `space` to the local network by `interface`.
    fn connect(&self, space: &Space, interface: &str) -> Addresses {
        let count = self.devices.get();
        self.devices.set(count + 1);
        let host = FIRST_DEVICE + count;
        let port = format!("d{host}");
        self.router.link(&port, space, interface);
        self.router.ip(&format!("link set {port} master lan"));
        let mut setup = String::new();
        let mut addresses = Addresses::default();
        if self.stack.has(Stack::V4) {
            let [a, b, c] = self.inner;
            let own = Ipv4Addr::new(a, b, c, host);
            writeln!(setup, "addr add {own}/24 dev {interface}").unwrap();
            writeln!(setup, "route add default via {a}.{b}.{c}.1 dev {interface}").unwrap();
            addresses.v4 = Some(own);
        }
        if self.stack.has(Stack::V6) {
            let number = self.number;
            let own = Ipv6Addr::new(0x2001, 0xdb8, number.into(), 1, 0, 0, 0, host.into());
            writeln!(setup, "addr add {own}/64 dev {interface} nodad").unwrap();
            writeln!(setup, "route add default via 2001:db8:{number:x}:1::1 dev {interface}").unwrap();
            addresses.v6 = Some(own);
        }
        space.ip(&setup);
        addresses
    }
}

/// The last byte of the first device's address.
const FIRST_DEVICE: u8 = 10;

/// A computer.
pub(crate) struct Device {
    space: Space,
    addresses: Cell<Addresses>,
}

impl Device {
    pub(crate) const fn space(&self) -> &Space {
        &self.space
    }

    pub(crate) fn addresses(&self) -> Addresses {
        self.addresses.get()
    }

    /// What has come in from the internet, for one that is linked to it.
    pub(crate) fn received_bytes(&self) -> u64 {
        let mut cat = self.space.command("cat");
        let out = cat.arg("/sys/class/net/wan/statistics/rx_bytes").output().unwrap();
        String::from_utf8_lossy(&out.stdout).trim().parse().unwrap()
    }

    /// Joins a site's local network.
    pub(crate) fn join(&self, site: &Site) {
        self.addresses.set(site.connect(&self.space, "eth0"));
    }

    /// Leaves its local network and joins another: other address, other gateway.
    pub(crate) fn roam(&self, site: &Site) {
        self.space.ip("link del eth0");
        self.join(site);
    }
}

/// Makes a namespace a router.
fn forward(space: &Space) {
    space.set("net.ipv4.ip_forward", 1);
    space.set("net.ipv6.conf.all.forwarding", 1);
}

fn translation(nat: Nat, first: Ipv4Addr) -> String {
    let (inwards, how) = match nat {
        Nat::FullCone => {
            (format!("iifname \"wan\" meta l4proto {{ tcp, udp }} dnat to {first}"), "masquerade")
        }
        Nat::PortRestricted => (String::new(), "masquerade"),
        Nat::Symmetric => (String::new(), "masquerade random,fully-random"),
    };
    format!(
        "table ip nat {{\n\
         chain pre {{ type nat hook prerouting priority dstnat; {inwards}\n }}\n\
         chain post {{ type nat hook postrouting priority srcnat; oifname \"wan\" {how}\n }}\n}}\n"
    )
}

/// What comes from outside and is no answer is dropped, before it can leave a trace that spoils later translations.
fn firewall(guard: Guard) -> String {
    let udp = if guard.no_udp { "meta l4proto udp drop" } else { "" };
    let ports = if guard.only_websocket { "iifname \"lan\" tcp dport != { 21118, 21119 } drop" } else { "" };
    let udp = if guard.only_websocket { "meta l4proto udp drop" } else { udp };
    let v6 = if guard.v6_stateful { "" } else { "meta nfproto ipv6 accept" };
    let no = if guard.rejects { "reject" } else { "drop" };
    format!(
        "table inet wall {{\n\
         chain input {{ type filter hook input priority 0;\n\
         ct state established,related accept\n\
         iifname \"wan\" meta l4proto {{ icmp, ipv6-icmp }} accept\n\
         iifname \"wan\" {no}\n }}\n\
         chain forward {{ type filter hook forward priority 0;\n\
         {udp}\n\
         {ports}\n\
         ct state established,related accept\n\
         iifname \"wan\" ct status dnat accept\n\
         {v6}\n\
         iifname \"wan\" meta l4proto ipv6-icmp accept\n\
         iifname \"wan\" {no}\n }}\n}}\n"
    )
}
