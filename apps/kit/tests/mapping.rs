//! Ports mapped by a real router daemon (miniupnpd) between network namespaces, by each protocol.
//!
//! Needs root and the Debian package `miniupnpd-nftables`; where something is missing it says so and passes.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail like tests")]

use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::{SocketAddrV4, UdpSocket};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use deskwire_kit::mapping::{PortMapping, Protocol, obtain, release};

/// What a process that this test starts of itself has to do.
const ROLE: &str = "DESKWIRE_MAPPING_TEST_ROLE";
/// After this long the test has failed.
const PATIENCE: Duration = Duration::from_secs(30);

/// A device, its router with the daemon, and a computer on the other side.
struct Home {
    name: String,
    daemon: Option<Child>,
    folder: tempfile::TempDir,
}

/// Runs a script of a shell, which must succeed.
fn sh(script: &str) -> String {
    let output = Command::new("sh").args(["-ec", script]).output().unwrap();
    assert!(output.status.success(), "{script}\n{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Why this test cannot run here.
fn missing() -> Option<&'static str> {
    let has = |program: &str| {
        ["/usr/sbin", "/sbin", "/usr/bin"].iter().any(|at| Path::new(at).join(program).exists())
    };
    if !rustix::process::geteuid().is_root() {
        Some("it needs root to make network namespaces")
    } else if !has("miniupnpd") {
        Some("there is no miniupnpd (package miniupnpd-nftables)")
    } else if !has("nft") || !has("ip") {
        Some("there is no nft or ip (packages nftables, iproute2)")
    } else if Command::new("unshare").args(["-n", "true"]).status().is_ok_and(|status| status.success()) {
        None
    } else {
        Some("this system allows no network namespaces")
    }
}

impl Home {
    fn new(case: &str) -> Self {
        let name = format!("dwm{}{case}", std::process::id());
        let mut home = Self { name: name.clone(), daemon: None, folder: tempfile::tempdir().unwrap() };
        // The address outside looks like one of the internet: the daemon maps no ports of others.
        sh(&format!(
            "for n in far gw dev; do ip netns add {name}$n; ip -n {name}$n link set lo up; done
             ip -n {name}far link add wan type veth peer name wan netns {name}gw
             ip -n {name}dev link add lan type veth peer name lan netns {name}gw
             ip -n {name}far addr add 11.0.0.1/30 dev wan; ip -n {name}far link set wan up
             ip -n {name}gw addr add 11.0.0.2/30 dev wan; ip -n {name}gw link set wan up
             ip -n {name}gw addr add 192.168.77.1/24 dev lan; ip -n {name}gw link set lan up
             ip -n {name}dev addr add 192.168.77.2/24 dev lan; ip -n {name}dev link set lan up
             ip -n {name}dev route add default via 192.168.77.1
             ip -n {name}gw route add default via 11.0.0.1
             ip netns exec {name}gw sysctl -qw net.ipv4.ip_forward=1
             ip netns exec {name}gw nft -f - <<'END'
             table inet filter {{
                 chain miniupnpd {{ }}
                 chain prerouting_miniupnpd {{ }}
                 chain postrouting_miniupnpd {{ }}
                 chain forward {{
                     type filter hook forward priority 0; policy drop;
                     iifname lan accept
                     ct state established,related accept
                     jump miniupnpd
                 }}
                 chain prerouting {{
                     type nat hook prerouting priority -100;
                     jump prerouting_miniupnpd
                 }}
                 chain postrouting {{
                     type nat hook postrouting priority 100;
                     jump postrouting_miniupnpd
                     oifname wan masquerade fully-random
                 }}
             }}
END
"
        ));
        home.start_daemon();
        home
    }

    fn start_daemon(&mut self) {
        let folder = self.folder.path();
        let config = folder.join("miniupnpd.conf");
        let text = format!(
            "ext_ifname=wan\nlistening_ip=lan\nhttp_port=5000\nenable_natpmp=yes\nenable_upnp=yes\n\
             secure_mode=yes\nsystem_uptime=yes\nuuid=00000000-0000-0000-0000-000000000001\n\
             upnp_table_name=filter\nupnp_nat_table_name=filter\nlease_file={}\n\
             allow 1024-65535 192.168.77.0/24 1024-65535\ndeny 0-65535 0.0.0.0/0 0-65535\n",
            folder.join("leases").display()
        );
        std::fs::write(&config, text).unwrap();
        let mut daemon = Command::new("ip")
            .args(["netns", "exec", &format!("{}gw", self.name), "miniupnpd", "-d", "-f"])
            .arg(&config)
            .arg("-P")
            .arg(folder.join("pid"))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // It says so when it listens; what it says of itself before that names the protocols too.
        let (tell, told) = mpsc::channel();
        let lines = BufReader::new(daemon.stderr.take().unwrap()).lines().map_while(Result::ok);
        self.daemon = Some(daemon);
        // Read to the end, so that the daemon never waits for a reader.
        std::thread::spawn(move || lines.for_each(|line| drop(tell.send(line))));
        let mut said = Vec::new();
        while !said.iter().any(|line: &String| line.contains("istening for NAT-PMP")) {
            let line = told.recv_timeout(PATIENCE);
            said.push(line.unwrap_or_else(|_| panic!("miniupnpd does not start: {said:?}")));
        }
    }

    /// Starts this program again in another namespace, to do something there.
    fn start(&self, space: &str, role: &str) -> Child {
        Command::new("ip")
            .args(["netns", "exec", &format!("{}{space}", self.name)])
            .arg(std::env::current_exe().unwrap())
            .args(["--exact", "part_in_a_namespace", "--ignored", "--nocapture"])
            .env(ROLE, role)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// Whether the router sends anything inwards.
    fn maps_something(&self) -> bool {
        sh(&format!("ip netns exec {}gw nft list chain inet filter prerouting_miniupnpd", self.name))
            .contains("dnat")
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        if let Some(mut daemon) = self.daemon.take() {
            let _ = daemon.kill();
            let _ = daemon.wait();
        }
        for space in ["far", "gw", "dev"] {
            let _ = Command::new("ip").args(["netns", "del", &format!("{}{space}", self.name)]).status();
        }
    }
}

/// A device maps a port, a stranger outside reaches it there, and at the end the router has nothing left of it.
fn a_stranger_reaches_a_mapped_port(case: &str) {
    if let Some(why) = missing() {
        eprintln!("skipped: {why}");
        return;
    }
    let home = Home::new(case);
    let mut device = home.start("dev", case);
    let mut lines = BufReader::new(device.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mapped = lines.find_map(|line| Some(line.split_once("mapped ")?.1.to_owned())).expect("a mapping");
    assert!(mapped.starts_with("11.0.0.2:"), "{mapped}");
    assert!(home.maps_something());
    let stranger = home.start("far", &mapped).wait_with_output().unwrap();
    assert!(stranger.status.success(), "{}", String::from_utf8_lossy(&stranger.stdout));
    // The device ends when it is told so.
    device.stdin.take().unwrap().write_all(b"end").unwrap();
    assert!(device.wait().unwrap().success());
    assert!(!home.maps_something(), "the mapping was not given back");
}

#[test]
fn by_pcp() {
    a_stranger_reaches_a_mapped_port("pcp");
}

#[test]
fn by_nat_pmp() {
    a_stranger_reaches_a_mapped_port("pmp");
}

#[test]
fn by_upnp() {
    a_stranger_reaches_a_mapped_port("upnp");
}

/// As programs do it: on a thread, until it is dropped.
#[test]
fn by_whatever_the_router_speaks() {
    a_stranger_reaches_a_mapped_port("any");
}

/// What the processes do that the tests start of this program; by itself it does nothing.
#[test]
#[ignore = "a part of the others"]
fn part_in_a_namespace() {
    let Ok(role) = std::env::var(ROLE) else { return };
    let socket = UdpSocket::bind("0.0.0.0:0").unwrap();
    socket.set_read_timeout(Some(PATIENCE)).unwrap();
    if let Ok(mapped) = role.parse::<SocketAddrV4>() {
        let mut buf = [0; 16];
        socket.send_to(b"knock", mapped).unwrap();
        let (len, from) = socket.recv_from(&mut buf).unwrap();
        assert_eq!((&buf[..len], from), (&b"come in"[..], mapped.into()));
        return;
    }
    let port = socket.local_addr().unwrap().port();
    let protocol = match role.as_str() {
        "pcp" => Some(Protocol::Pcp),
        "pmp" => Some(Protocol::NatPmp),
        "upnp" => Some(Protocol::Upnp),
        _ => None,
    };
    let serve = |mapped: SocketAddrV4| {
        println!("mapped {mapped}");
        let mut buf = [0; 16];
        let (len, from) = socket.recv_from(&mut buf).unwrap();
        assert_eq!(&buf[..len], b"knock");
        socket.send_to(b"come in", from).unwrap();
        std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
    };
    if let Some(protocol) = protocol {
        // A busy machine may let the daemon answer later than programs wait for.
        let once = |before: Option<&_>| obtain(port, &[protocol], before);
        let ask = |before| (1..5).fold(once(before), |last, _| last.or_else(|_| once(before))).unwrap();
        let lease = ask(None);
        assert_eq!(lease.protocol, protocol);
        let renewed = ask(Some(&lease));
        assert_eq!(renewed.external, lease.external, "a renewal keeps the port");
        serve(renewed.external);
        release(&renewed);
    } else {
        let (tell, told) = mpsc::channel();
        let mapping = PortMapping::start(
            move || Some(port),
            move |mapped| {
                let _ = tell.send(mapped);
            },
        )
        .unwrap();
        serve(told.recv_timeout(PATIENCE).unwrap().expect("a mapping"));
        mapping.finish();
    }
}
