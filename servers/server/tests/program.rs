//! The program from outside.
#![cfg(unix)]

mod support;

use std::collections::BTreeMap;
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::process::Command;
use std::sync::mpsc::channel;

use deskwire_identity::IdCertificate;
use deskwire_rendezvous::server::{StoreRequest, StoreResult, StoreTicket};
use deskwire_store::Store;
use support::{PATIENCE, Registered, Server, device_key, register, run};

fn terminate(pid: u32, signal: &str) {
    let done = Command::new("kill").args([signal, &pid.to_string()]).status();
    assert!(done.is_ok_and(|status| status.success()));
}

#[test]
fn a_server_on_free_ports_answers_and_ends_in_order() {
    let dir = tempfile::tempdir().unwrap();
    for signal in ["-TERM", "-INT"] {
        let mut server = Server::start(dir.path(), &[]);
        for name in ["rendezvous", "reflector", "relay"] {
            assert!(TcpStream::connect(server.address(name)).is_ok(), "{name}");
        }
        // Where clients look for it that know the main port only.
        assert_eq!(server.address("reflector").port(), server.address("rendezvous").port() - 1);
        assert_eq!(server.get("/livez"), ("HTTP/1.1 200 OK".into(), "ok\n".into()));
        let (status, metrics) = server.get("/metrics");
        assert_eq!(status, "HTTP/1.1 200 OK");
        for name in
            ["deskwire_rendezvous_online 0", "deskwire_relay_pairs 0", "deskwire_store_changes_total 0"]
        {
            assert!(metrics.lines().any(|line| line == name), "{name} in {metrics}");
        }
        assert!(server.get("/else").0.contains("404"));
        let (_, key, _) = run(&["key", "--data", &dir.path().to_string_lossy()]);
        assert!(key.starts_with(server.said("key")) && key.contains("deskwire://"), "{key}");
        let address = server.address("rendezvous");
        terminate(server.pid(), signal);
        assert_eq!(server.wait(), Some(0));
        assert!(TcpStream::connect(address).is_err());
    }
}

/// `deskwire-server key | head -1`
#[test]
fn nobody_who_reads_on_is_no_trouble() {
    let dir = tempfile::tempdir().unwrap();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = support::program();
    let output = command.args(["key", "--data"]).arg(dir.path()).stdout(writer).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}

#[test]
fn a_second_address_comes_from_a_flag_or_the_environment_and_must_be_there() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path(), &["--alternate-address", "127.0.0.2"]);
    assert_eq!(server.address("alternate").ip().to_string(), "127.0.0.2");
    drop(server);
    assert!(Server::start(dir.path(), &[]).said_nothing("alternate"));
    let data = dir.path().to_string_lossy();
    let check = |address: &str| {
        let mut command = support::program();
        command.env("DESKWIRE_SERVER_ALTERNATE_ADDRESS", address);
        let output = command.args(["config", "check", "--data", &data]).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(check("192.0.2.2").0, Some(0));
    let (code, said) = check("somewhere");
    assert!(code == Some(2) && said.contains("\"somewhere\" is no alternate address"), "{said}");
    // Nobody has an address of the documentation's.
    let (code, _, said) = run(&["--data", &data, "--loopback", "--alternate-address", "203.0.113.254"]);
    assert!(
        code == Some(1) && said.contains("an address of this computer with --alternate-address"),
        "{said}"
    );
}

#[test]
fn roles_can_be_apart() {
    let dir = tempfile::tempdir().unwrap();
    let rendezvous = Server::start(dir.path(), &["--role", "rendezvous", "--relay", "2=127.0.0.1:9"]);
    assert!(rendezvous.said_nothing("relay"));
    let key = rendezvous.said("key");
    // A relay apart needs no directory, and makes none.
    let nowhere = dir.path().join("nowhere");
    let relay = Server::start(&nowhere, &["--role", "relay", "--relay-id", "2", "--server-key", key]);
    assert!(relay.said_nothing("rendezvous") && !nowhere.exists());
    assert!(relay.get("/metrics").1.contains("deskwire_relay_pairs 0"));
}

/// What only the operator may ask goes over a socket that only he can open.
#[test]
fn t37_the_operator_asks_over_a_socket_of_his_own() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().to_string_lossy();
    let mut server = Server::start(dir.path(), &["--relay", "2=127.0.0.1:9", "--drain", "20"]);
    let socket = dir.path().join("control.sock");
    assert_eq!(std::fs::metadata(&socket).unwrap().permissions().mode() & 0o777, 0o600);
    let ask = |args: &[&str]| run(&[&["relay"], args, &["--data", &data]].concat());
    let ids = [1, 2].map(|n| deskwire_wire::ids::DeviceId::from_number(n).to_string().replace(' ', ""));
    let (code, said, why) = ask(&["explain", &ids[0], &ids[1]]);
    assert_eq!(code, Some(0), "{why}");
    assert!(
        said.contains("not registered here") && said.contains("serving") && said.contains("500 ms"),
        "{said}"
    );
    let (code, said, _) = ask(&["list", "--json"]);
    assert!(code == Some(0) && said.contains("\"relay\":2"), "{said}");
    // Nothing of it is on the TCP port.
    for path in ["/relays", "/drain", "/relays/explain/1/2"] {
        assert!(server.get(path).0.contains("404"), "{path}");
    }
    let (code, said, why) = ask(&["drain"]);
    assert_eq!((code, said.contains("takes no more sessions")), (Some(0), true), "{why}");
    assert_eq!(server.wait(), Some(0), "without sessions it ends at once");
    assert!(!socket.exists());
    let (code, _, why) = ask(&["list"]);
    assert!(code == Some(2) && why.contains("no server answers") && why.contains("--control"), "{why}");
}

/// A relay apart tells how it is; what somebody else says in its name is not believed.
#[test]
fn a_relay_apart_reports_to_its_rendezvous_server() {
    let dir = tempfile::tempdir().unwrap();
    let (data, apart) = (dir.path().join("data"), dir.path().join("relay"));
    let (_, key, _) = run(&["key", "--data", &apart.to_string_lossy()]);
    let (_, other, _) = run(&["key", "--data", &dir.path().join("other").to_string_lossy()]);
    let first = |text: &str| text.split_whitespace().next().unwrap().to_owned();
    let keys = [format!("2={}", first(&key)), format!("3={}", first(&other))];
    let rendezvous = Server::start(
        &data,
        &[
            "--role",
            "rendezvous",
            "--relay",
            "2=127.0.0.1:9",
            "--relay",
            "3=127.0.0.1:9",
            "--relay-key",
            &keys[0],
            "--relay-key",
            &keys[1],
        ],
    );
    let (server_key, to) = (rendezvous.said("key"), rendezvous.address("rendezvous").to_string());
    let args = ["--role", "relay", "--server-key", server_key, "--report-to", &to, "--relay-places", "0"];
    // The right one, and one that says it is 3 without its key.
    let _relay = Server::start(&apart, &[&args[..], &["--relay-id", "2"]].concat());
    let liar = dir.path().join("liar");
    let _liar = Server::start(&liar, &[&args[..], &["--relay-id", "3"]].concat());
    let start = std::time::Instant::now();
    loop {
        let (code, said, why) = run(&["relay", "list", "--json", "--data", &data.to_string_lossy()]);
        assert_eq!(code, Some(0), "{why}");
        let told: serde_json::Value = serde_json::from_str(&said).unwrap();
        let standing = |id: u64| {
            let relays = told["relays"].as_array().unwrap();
            relays.iter().find(|relay| relay["relay"] == id).unwrap()["standing"].clone()
        };
        assert_eq!(standing(3), "serving", "nobody believes the liar");
        if standing(2) == "full" {
            break;
        }
        assert!(start.elapsed() < PATIENCE, "{said}");
    }
}

#[test]
fn settings_are_checked() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("server.toml");
    let path = file.to_string_lossy();
    let data = dir.path().join("data");
    let data = data.to_string_lossy();
    std::fs::write(&file, "port = 4000\n[[relays]]\nid = 2\naddresses = [\"192.0.2.1:21117\"]\n").unwrap();
    let (code, said, _) = run(&["config", "check", "--config", &path, "--data", &data]);
    assert!(code == Some(0) && said.contains(&*data), "{said}");
    std::fs::write(&file, "port = 4000\nprot = 4000\n").unwrap();
    for args in [&["config", "check", "--config", &path][..], &["--config", &path]] {
        let (code, _, why) = run(args);
        assert!(code == Some(2) && why.contains("line 2") && why.contains("prot"), "{why}");
        assert_eq!(why.lines().count(), 1, "{why}");
    }
    let (code, _, why) = run(&["--role", "relay", "--data", &data]);
    assert!(code == Some(2) && why.contains("--server-key"), "{why}");
}

#[test]
fn a_taken_port_is_told_with_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().to_string_lossy();
    let (udp, tcp) = (UdpSocket::bind("127.0.0.1:0").unwrap(), TcpListener::bind("127.0.0.1:0").unwrap());
    let udp = udp.local_addr().map(|a| (a.port(), udp)).unwrap();
    let tcp = tcp.local_addr().map(|a| (a.port(), tcp)).unwrap();
    for (port, protocol, flag) in [(udp.0, "UDP", "--port"), (tcp.0, "TCP", "--relay-port")] {
        let (code, said, why) =
            run(&["--data", &data, "--loopback", "--log", "off", flag, &port.to_string()]);
        assert_eq!((code, said.as_str()), (Some(1), ""));
        for part in [protocol, &port.to_string(), "127.0.0.1", flag, "taken"] {
            assert!(why.contains(part), "{part} in {why}");
        }
        assert_eq!(why.lines().count(), 1, "{why}");
    }
}

#[test]
fn an_unusable_directory_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    std::fs::write(&file, "x").unwrap();
    let path = file.to_string_lossy();
    let (code, _, why) = run(&["--data", &path, "--loopback", "--log", "off"]);
    assert!(code == Some(1) && why.contains(&*path) && why.contains("--data"), "{why}");
    assert_eq!(why.lines().count(), 1, "{why}");
    // The check says the same, and leaves nothing behind of what it tried.
    for path in [file.join("below"), "/proc/deskwire".into(), "/proc".into()] {
        let (text, there) = (path.to_string_lossy(), path.exists());
        let (code, _, why) = run(&["config", "check", "--data", &text]);
        assert!(code == Some(1) && why.contains(&format!("cannot use {text} (")), "{why}");
        assert_eq!(run(&["--data", &text, "--loopback", "--log", "off"]).2, why);
        assert_eq!(path.exists(), there);
    }
    let below = dir.path().join("a/b");
    let (code, _, why) = run(&["config", "check", "--data", &below.to_string_lossy()]);
    assert_eq!(code, Some(0), "{why}");
    assert!(!dir.path().join("a").exists());
    // A relay apart needs the directory only if it reports.
    let (_, key, _) = run(&["key", "--data", &dir.path().join("key").to_string_lossy()]);
    let apart = ["--role", "relay", "--server-key", key.lines().next().unwrap(), "--data", "/proc/deskwire"];
    let check = |more: &[&str]| run(&[&apart[..], more, &["config", "check"]].concat()).0;
    assert_eq!((check(&[]), check(&["--report-to", "127.0.0.1:9"])), (Some(0), Some(1)));
    // Two servers in one directory.
    let data = dir.path().join("data");
    let first = Server::start(&data, &[]);
    let (code, _, why) = run(&["--data", &data.to_string_lossy(), "--loopback", "--log", "off"]);
    assert!(code == Some(1) && why.contains("another server"), "{why}");
    drop(first);
}

/// Real devices claim ids from a server that is killed meanwhile: every id that a device was told is still its own.
#[test]
fn ids_that_devices_were_told_survive_kill() {
    const DEVICES: u8 = 60;
    let dir = tempfile::tempdir().unwrap();
    let mut server = Server::start(dir.path(), &[]);
    let key = server.key();
    let (tell, told) = channel();
    let devices: Vec<_> = (1..=DEVICES).map(|n| register(&server, n, None, tell.clone())).collect();
    let mut registered: Vec<Registered> = Vec::new();
    while registered.len() < usize::from(DEVICES) / 3 {
        registered.push(told.recv_timeout(PATIENCE).expect("a registration"));
    }
    server.kill();
    for device in devices {
        device.stop();
    }
    drop(tell);
    registered.extend(told.iter());
    let mut owners: BTreeMap<_, _> = BTreeMap::new();
    for one in &registered {
        let certificate = IdCertificate::verify(&one.certificate, &key.0).unwrap();
        assert_eq!((certificate.id, certificate.device_key), (one.id, device_key(one.n).public()));
        assert!(owners.insert(one.id, one.n).is_none(), "{:?} was given twice", one.id);
    }
    // The registry itself says so, before a server could make good for it.
    let store = Store::open(dir.path()).unwrap();
    for one in &registered {
        let key = device_key(one.n).public();
        let request = StoreRequest::Renew { ticket: StoreTicket(0), id: one.id, key, epoch: 50 };
        assert_eq!(smol::block_on(store.apply(request)), StoreResult::Owned { id: one.id, generation: 0 });
    }
    drop(store);
    let server = Server::start(dir.path(), &[]);
    assert_eq!(server.key(), key);
    let (tell, told) = channel();
    let devices: Vec<_> =
        registered.iter().map(|o| register(&server, o.n, Some(o.id), tell.clone())).collect();
    drop(tell);
    for _ in &registered {
        let again = told.recv_timeout(PATIENCE).expect("a registration under the old id");
        assert_eq!(owners.remove(&again.id), Some(again.n));
    }
    assert!(owners.is_empty());
    for device in devices {
        device.stop();
    }
}
