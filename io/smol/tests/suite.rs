//! The adapter suite on smol.

use deskwire_driver::testing::{Adapter, Cancel, Probe, Seen};
use deskwire_driver::{Clock, DriverError, Handle, HubConfig};
use deskwire_io_smol::Driver;
use deskwire_machine::LinkIds;

struct Smol;

impl Adapter for Smol {
    fn start(
        probe: Probe,
        ids: LinkIds,
        clock: Clock,
        config: HubConfig,
        mut on_event: Box<dyn FnMut(Seen) + Send>,
        on_end: Box<dyn FnOnce(Result<Probe, DriverError>) + Send>,
    ) -> (Handle<Probe>, Cancel) {
        let (driver, handle) = Driver::new(probe, ids, clock, config);
        let (cancel, cancelled) = smol::channel::bounded::<()>(1);
        let run = async move { on_end(driver.run(|_, _, event| on_event(event)).await) };
        let thread = std::thread::spawn(move || {
            // Whichever ends first drops the other.
            smol::block_on(smol::future::or(run, async {
                let _ = cancelled.recv().await;
            }));
        });
        let cancel = move || {
            cancel.close();
            thread.join().expect("no panic");
        };
        (handle, Box::new(cancel))
    }
}

deskwire_driver::adapter_suite!(Smol);

#[test]
fn changes_are_told_when_they_happen() {
    deskwire_driver::testing::changes_are_told_when_they_happen::<Smol>();
}
