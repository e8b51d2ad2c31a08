//! Devices claim ids while the server is killed: what a device was told stays its own.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};

use deskwire_core::identity::PublicKey;
use deskwire_core::sessions::OneTimeCode;
use deskwire_core::wire::ids::DeviceId;
use deskwire_core::wire::session::Scopes;
use deskwire_core::{Node, NodeEvent};
use deskwire_kit::net::{HostTerms, Net, NetPlan};
use deskwire_kit::stack::ServerProcess;

use super::support::registry::peers;
use super::support::{PATIENCE, folder, server, settings};

/// As many new ids as one address may claim without waiting.
const DEVICES: usize = 18;

/// A registration that a device was told of.
type Told = (usize, PublicKey, DeviceId);

/// A host without a desktop, with its state in a folder of its own.
fn start(server: &ServerProcess, folder: &Path, n: usize, told: Sender<Told>) -> Net {
    let settings = settings(server, &folder.join(format!("host-{n}")));
    let code: OneTimeCode = "123456".parse().unwrap();
    let terms = HostTerms { code, granted: Scopes::ALL, max_viewers: 1 };
    let plan = NetPlan { settings, host: Some(terms), punch: false };
    Net::start(plan, Arc::new(|error| panic!("{error}")), |way| {
        let key = way.identity();
        move |_: &mut Node, _, event| {
            if let NodeEvent::Registered { id, .. } = event {
                // Nobody listens any more when the test has seen enough.
                let _ = told.send((n, key, id));
            }
        }
    })
    .unwrap()
}

#[test]
fn an_acknowledged_id_survives_the_death_of_the_server() {
    let folder = folder();
    let data = folder.path().join("server");
    let mut running = server(&data, &[]);
    let [port, reflector] = ["rendezvous", "reflector"].map(|name| running.address(name).unwrap().port());
    let (tell, told) = channel();
    let start_all = |running: &ServerProcess, tell: &Sender<Told>| -> Vec<Net> {
        (0..DEVICES).map(|n| start(running, folder.path(), n, tell.clone())).collect()
    };
    let devices = start_all(&running, &tell);
    let mut acknowledged: Vec<Told> = Vec::new();
    while acknowledged.len() < DEVICES / 3 {
        acknowledged.push(told.recv_timeout(PATIENCE).expect("a registration"));
    }
    running.process().kill().unwrap();
    devices.into_iter().for_each(|device| device.stop("over"));
    acknowledged.extend(told.try_iter());
    eprintln!("{} of {DEVICES} devices had an id when the server was killed", acknowledged.len());

    // The registry itself says so, before a server could make good for it.
    let rows: BTreeMap<u64, Vec<u8>> = peers(&data).into_iter().collect();
    for (_, key, id) in &acknowledged {
        assert_eq!(rows.get(&id.as_digits()).map(Vec::as_slice), Some(&key.as_bytes()[..]), "{id}");
    }

    // The same devices at the same server again.
    let (port, reflector) = (port.to_string(), reflector.to_string());
    let running = server(&data, &["--port", &port, "--reflector-port", &reflector]);
    let (tell, told) = channel();
    let devices = start_all(&running, &tell);
    let mut now: BTreeMap<usize, (PublicKey, DeviceId)> = BTreeMap::new();
    while now.len() < DEVICES {
        let (n, key, id) = told.recv_timeout(PATIENCE).expect("a registration");
        now.insert(n, (key, id));
    }
    for (n, key, id) in &acknowledged {
        assert_eq!(now[n], (*key, *id), "device {n} got another id");
    }
    let mut owners = BTreeMap::new();
    for (n, (_, id)) in &now {
        assert!(owners.insert(*id, *n).is_none(), "{id} has two owners");
    }
    devices.into_iter().for_each(|device| device.stop("over"));
}
