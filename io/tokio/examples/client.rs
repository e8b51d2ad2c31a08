//! A client on tokio: dials a host and prints what happens.

use std::time::{Instant, UNIX_EPOCH};

use deskwire_core::identity::{IdentityKey, ServerKey};
use deskwire_core::sessions::{Credential, OneTimeCode, ViewerEvent};
use deskwire_core::{Config, ConnectionEvent, Dial, Node, NodeEvent, Server};
use deskwire_core::{machine::Seed, transport::TimeBase};
use deskwire_driver::{Clock, HubConfig};
use deskwire_io_tokio::Driver;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [server, key, id, code] = args.as_slice() else { return Err("SERVER:PORT KEY ID CODE".into()) };
    let server = Server::new(server.parse()?, key.parse::<ServerKey>()?.0);
    let (code, mut random) = (code.parse::<OneTimeCode>()?, [0; 32]);
    getrandom::fill(&mut random)?;
    let (clock, seed, base) = (Clock::new(), Seed::new(random), TimeBase::new(Instant::now()));
    let identity = IdentityKey::generate(&mut seed.derive("identity").secret()); // a real client keeps it
    let config = Config::viewer(seed, identity, server, base, UNIX_EPOCH.elapsed()?.as_secs());
    let mut node = Node::new(clock.now(), config);
    node.dial(clock.now(), Dial { target: id.parse()?, pinned: None })?;
    let ids = node.link_ids();
    let (driver, handle) = Driver::new(node, ids, clock, HubConfig::default());
    let run = driver.run(move |node, now, event| match event {
        NodeEvent::Connection { connection, event: ConnectionEvent::Viewer(event) } => {
            node.with_viewer(now, connection, |now, me| match event {
                ViewerEvent::LoginWanted { .. } => drop(me.log_in(now, Credential::Code(code.clone()))),
                ViewerEvent::Displays(all) => me.watch(now, &all.iter().map(|d| d.id).collect::<Vec<_>>()),
                ViewerEvent::Frame(frame) => {
                    let Ok(picture) = frame.update() else { return };
                    println!("{:?}: {} operations", picture.size, picture.ops.len());
                    me.frame_done(now, picture.display, picture.epoch, picture.sequence);
                }
                _ => {}
            });
        }
        NodeEvent::Connection { event: ConnectionEvent::Closed(_), .. } => handle.stop(),
        event => println!("{event:?}"),
    });
    run.await?;
    Ok(())
}
