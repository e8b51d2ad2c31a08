//! Dials a host over the blocking driver and prints what happens.
//!
//! `CODE=123456 cargo run -p deskwire-core --example minimal_client -- SERVER:PORT SERVER-KEY ID`: the code is not an
//! argument because others on this machine could read it there.
#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "a program asks the clock; the core is told"
)]

use std::error::Error;
use std::time::{SystemTime, UNIX_EPOCH};

use deskwire_core::identity::{IdentityKey, ServerKey};
use deskwire_core::machine::Seed;
use deskwire_core::sessions::{Credential, OneTimeCode, ViewerEvent};
use deskwire_core::transport::TimeBase;
use deskwire_core::{Config, ConnectionEvent, Dial, Limits, Node, NodeEvent, Server};
use deskwire_driver::{Clock, HubConfig};
use deskwire_io_blocking::Driver;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (Ok(code), [server, key, id]) = (std::env::var("CODE"), args.as_slice()) else {
        return Err("usage: CODE=... minimal_client SERVER:PORT SERVER-KEY ID".into());
    };
    let code: OneTimeCode = code.parse()?;

    // A real client keeps its identity in a file; this one is a new device each time.
    let (mut seed, mut secret) = ([0; 32], [0; 32]);
    getrandom::fill(&mut seed)?;
    getrandom::fill(&mut secret)?;
    let clock = Clock::new();
    let config = Config {
        seed: Seed::new(seed),
        identity: IdentityKey::from_bytes(&secret),
        server: Server::new(server.parse()?, key.parse::<ServerKey>()?.0),
        host: None,
        time_base: TimeBase::new(std::time::Instant::now()),
        unix_time: SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs(),
        punch: true,
        offers: deskwire_core::Offers::default(),
        relay_rtts: Vec::new(),
        limits: Limits::default(),
    };
    let mut node = Node::new(clock.now(), config);
    node.dial(clock.now(), Dial { target: id.parse()?, pinned: None })?;

    let ids = node.link_ids();
    let (driver, handle) = Driver::new(node, ids, clock, HubConfig::default())?;
    driver.run(|node, now, event| {
        println!("{event:?}");
        let NodeEvent::Connection { connection, event } = event else { return };
        match event {
            ConnectionEvent::Viewer(ViewerEvent::LoginWanted { .. }) => {
                let login = node.with_viewer(now, connection, |now, viewer| {
                    viewer.log_in(now, Credential::Code(code.clone()))
                });
                println!("login: {login:?}");
            }
            ConnectionEvent::Viewer(ViewerEvent::Displays(displays)) => {
                let ids: Vec<_> = displays.iter().map(|display| display.id).collect();
                node.with_viewer(now, connection, |now, viewer| viewer.watch(now, &ids));
            }
            ConnectionEvent::Viewer(ViewerEvent::Frame(frame)) => {
                if let Ok(update) = frame.update() {
                    println!("frame of {:?}: {} operations", update.size, update.ops.len());
                    let (display, epoch, sequence) = (update.display, update.epoch, update.sequence);
                    node.with_viewer(now, connection, |now, viewer| {
                        viewer.frame_done(now, display, epoch, sequence)
                    });
                }
            }
            ConnectionEvent::Closed(why) => {
                println!("closed: {why}");
                handle.stop();
            }
            _ => {}
        }
    })?;
    Ok(())
}
