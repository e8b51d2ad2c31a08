//! The adapter suite without a runtime.

use deskwire_driver::testing::{Adapter, Cancel, Probe, Seen};
use deskwire_driver::{Clock, DriverError, Handle, HubConfig};
use deskwire_io_blocking::Driver;
use deskwire_machine::LinkIds;

struct Blocking;

impl Adapter for Blocking {
    fn start(
        probe: Probe,
        ids: LinkIds,
        clock: Clock,
        config: HubConfig,
        mut on_event: Box<dyn FnMut(Seen) + Send>,
        on_end: Box<dyn FnOnce(Result<Probe, DriverError>) + Send>,
    ) -> (Handle<Probe>, Cancel) {
        let (driver, handle) = Driver::new(probe, ids, clock, config).expect("a poller");
        let thread = std::thread::spawn(move || on_end(driver.run(|_, _, event| on_event(event))));
        let abort = handle.clone();
        let cancel = move || {
            abort.abort();
            thread.join().expect("no panic");
        };
        (handle, Box::new(cancel))
    }
}

deskwire_driver::adapter_suite!(Blocking);

#[test]
fn changes_are_told_when_they_happen() {
    deskwire_driver::testing::changes_are_told_when_they_happen::<Blocking>();
}
