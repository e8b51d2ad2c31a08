//! Devices claim ids while the server is killed: what a device was told stays its own.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};

use deskwire_core::identity::PublicKey;
use deskwire_core::sessions::{Grants, LoginTerms, OneTimeCode};
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
    let terms = HostTerms {
        login: LoginTerms { code: Some(code), grants: Grants::all(Scopes::ALL), ..LoginTerms::default() },
        max_viewers: 1,
    };
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

fn start_all(server: &ServerProcess, folder: &Path, numbers: Range<usize>, told: &Sender<Told>) -> Vec<Net> {
    numbers.map(|n| start(server, folder, n, told.clone())).collect()
}

/// Whether the registry says what these devices were told.
#[track_caller]
fn assert_owned(data: &Path, told: &[Told]) {
    let rows: BTreeMap<u64, Vec<u8>> = peers(data).into_iter().collect();
    for (n, key, id) in told {
        let owner = rows.get(&id.as_digits()).map(Vec::as_slice);
        assert_eq!(owner, Some(&key.as_bytes()[..]), "device {n} was told that {id} is its own");
    }
}

#[test]
fn an_acknowledged_id_survives_the_death_of_the_server() {
    let folder = folder();
    let data = folder.path().join("server");
    let mut running = server(&data, &[]);
    let ports = ["rendezvous", "reflector"].map(|name| running.address(name).unwrap().port().to_string());
    let again = || server(&data, &["--port", &ports[0], "--reflector-port", &ports[1]]);
    let mut owners: BTreeMap<DeviceId, usize> = BTreeMap::new();
    // The server dies early, in the middle, and late.
    for (round, enough) in [1, DEVICES / 2, DEVICES - 2].into_iter().enumerate() {
        let numbers = round * DEVICES..(round + 1) * DEVICES;
        let (tell, told) = channel();
        let devices = start_all(&running, folder.path(), numbers.clone(), &tell);
        let mut acknowledged: Vec<Told> = Vec::new();
        while acknowledged.len() < enough {
            acknowledged.push(told.recv_timeout(PATIENCE).expect("a registration"));
        }
        running.process().kill().unwrap();
        devices.into_iter().for_each(|device| device.stop("over"));
        acknowledged.extend(told.try_iter());
        eprintln!("{} of {DEVICES} devices had an id when the server was killed", acknowledged.len());
        // Before a server could make good for it.
        assert_owned(&data, &acknowledged);

        // The same devices at the same server.
        running = again();
        let (tell, told) = channel();
        let devices = start_all(&running, folder.path(), numbers, &tell);
        let mut now: BTreeMap<usize, Told> = BTreeMap::new();
        while now.len() < DEVICES {
            let one = told.recv_timeout(PATIENCE).expect("a registration");
            now.insert(one.0, one);
        }
        for one in &acknowledged {
            assert_eq!(now.get(&one.0), Some(one), "device {} got another id", one.0);
        }
        for (n, _, id) in now.values() {
            assert_eq!(owners.insert(*id, *n), None, "{id} has two owners");
        }
        devices.into_iter().for_each(|device| device.stop("over"));
        running.process().kill().unwrap();
        assert_owned(&data, &now.into_values().collect::<Vec<_>>());
        // Its address may claim new ids again only later, or at a server that has just started.
        running = again();
    }
    // Each device has one id, also those that were not told of their first before the end.
    assert_eq!(peers(&data).len(), owners.len());
    assert_eq!(owners.len(), 3 * DEVICES);
}
