//! The adapter suite on both of tokio's schedulers.

use std::sync::LazyLock;

use deskwire_driver::testing::{Adapter, Cancel, Probe, Seen};
use deskwire_driver::{Clock, DriverError, Handle, HubConfig};
use deskwire_io_tokio::Driver;
use deskwire_machine::LinkIds;
use tokio::runtime::{Builder, Runtime};

/// One for all cases: runs come and go on it, as they do in programs.
static SHARED: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime"));
struct ManyThreads;

impl Adapter for ManyThreads {
    fn start(
        probe: Probe,
        ids: LinkIds,
        clock: Clock,
        config: HubConfig,
        mut on_event: Box<dyn FnMut(Seen) + Send>,
        on_end: Box<dyn FnOnce(Result<Probe, DriverError>) + Send>,
    ) -> (Handle<Probe>, Cancel) {
        let (driver, handle) = Driver::new(probe, ids, clock, config);
        let task = SHARED.spawn(async move { on_end(driver.run(|_, _, event| on_event(event)).await) });
        let cancel = move || {
            task.abort();
            assert!(SHARED.block_on(task).is_err_and(|error| error.is_cancelled()));
        };
        (handle, Box::new(cancel))
    }
}

struct OneThread;

impl Adapter for OneThread {
    fn start(
        probe: Probe,
        ids: LinkIds,
        clock: Clock,
        config: HubConfig,
        mut on_event: Box<dyn FnMut(Seen) + Send>,
        on_end: Box<dyn FnOnce(Result<Probe, DriverError>) + Send>,
    ) -> (Handle<Probe>, Cancel) {
        let (driver, handle) = Driver::new(probe, ids, clock, config);
        let (cancel, cancelled) = tokio::sync::oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async move {
                let run = async move { on_end(driver.run(|_, _, event| on_event(event)).await) };
                // Whichever ends first drops the other.
                tokio::select! {
                    () = run => {}
                    _ = cancelled => {}
                }
            });
        });
        let cancel = move || {
            drop(cancel);
            thread.join().expect("no panic");
        };
        (handle, Box::new(cancel))
    }
}

mod many_threads {
    deskwire_driver::adapter_suite!(super::ManyThreads);
}

mod one_thread {
    deskwire_driver::adapter_suite!(super::OneThread);

    #[test]
    fn changes_are_told_when_they_happen() {
        deskwire_driver::testing::changes_are_told_when_they_happen::<super::OneThread>();
    }
}
