//! The adapter suite on smol.

use std::net::{TcpListener, TcpStream};

use deskwire_driver::testing::{Adapter, Mode, Probe, Seen, loopback};
use deskwire_driver::{Clock, CommandError, DriverError, Handle, HubConfig};
use deskwire_io_smol::Driver;
use deskwire_machine::{LinkIds, LinkSpec};

struct Smol;

impl Adapter for Smol {
    fn start(
        probe: Probe,
        ids: LinkIds,
        clock: Clock,
        config: HubConfig,
        mut on_event: Box<dyn FnMut(Seen) + Send>,
        on_end: Box<dyn FnOnce(Result<Probe, DriverError>) + Send>,
    ) -> Handle<Probe> {
        let (driver, handle) = Driver::new(probe, ids, clock, config);
        std::thread::spawn(move || on_end(smol::block_on(driver.run(|_, _, event| on_event(event)))));
        handle
    }
}

deskwire_driver::adapter_suite!(Smol);

#[test]
fn dropping_the_future_closes_all_at_once() {
    let ids = LinkIds::new();
    let mut probe = Probe::new(ids.clone());
    probe.mode = Mode::Echo;
    let listener = probe.open(LinkSpec::TcpListen { local: Some(loopback()) });
    let (driver, handle) = Driver::new(probe, ids, Clock::new(), HubConfig::default());
    let (tell, told) = smol::channel::bounded(1);
    let address = smol::block_on(async {
        let run = driver.run(|_, _, event| {
            if let Seen::Opened(link, local) = event
                && link == listener
            {
                tell.try_send(local).unwrap();
            }
        });
        // Whichever ends first drops the other.
        smol::future::or(async { told.recv().await.unwrap() }, async {
            panic!("the run ended: {:?}", run.await.err())
        })
        .await
    });
    assert_eq!(handle.send(|_, _| ()), Err(CommandError::Stopped));
    assert!(TcpStream::connect(address).is_err(), "nobody listens any more");
    assert!(TcpListener::bind(address).is_ok());
}
