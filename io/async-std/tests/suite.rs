//! The adapter suite on async-std.

use async_std::task::{block_on, spawn};
use deskwire_driver::testing::{Adapter, Cancel, Probe, Seen};
use deskwire_driver::{Clock, DriverError, Handle, HubConfig};
use deskwire_io_async_std::Driver;
use deskwire_machine::LinkIds;

struct AsyncStd;

impl Adapter for AsyncStd {
    fn start(
        probe: Probe,
        ids: LinkIds,
        clock: Clock,
        config: HubConfig,
        mut on_event: Box<dyn FnMut(Seen) + Send>,
        on_end: Box<dyn FnOnce(Result<Probe, DriverError>) + Send>,
    ) -> (Handle<Probe>, Cancel) {
        let (driver, handle) = Driver::new(probe, ids, clock, config);
        let task = spawn(async move { on_end(driver.run(|_, _, event| on_event(event)).await) });
        let cancel = move || {
            block_on(task.cancel());
        };
        (handle, Box::new(cancel))
    }
}

deskwire_driver::adapter_suite!(AsyncStd);
