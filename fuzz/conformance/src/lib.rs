#![doc = include_str!("../README.md")]
#![deny(unsafe_code)]

mod alloc;
mod check;
mod counterpart;
mod dice;
mod rule;
mod run;
mod subject;
mod trace;

pub use alloc::{CountingAllocator, allocated_bytes, live_bytes, peak_bytes, reset_peak};
pub use check::{Suite, check, check_memory, check_script, replay};
pub use counterpart::Counterpart;
pub use dice::Dice;
pub use rule::{Rule, Violation};
pub use subject::{Given, GivenLink, LinkKind, Replies, Reply, Subject};

// What `suite!` needs, under a name that is always in scope.
#[doc(hidden)]
pub use deskwire_machine;

/// Makes one `#[test]` that holds a [`Subject`] to the rules, and counts allocations in the test binary so that the
/// bounds of rule 6 are checked too. Use it once per test file, with as many subjects as there are machines.
///
/// ```text
/// deskwire_conformance::suite! {
///     the_client_keeps_the_rules => ClientSubject::default(),
///     the_server_keeps_the_rules => ServerSubject::default(),
/// }
/// ```
#[macro_export]
macro_rules! suite {
    ($($name:ident => $make:expr),+ $(,)?) => {
        #[global_allocator]
        static COUNTING_ALLOCATOR: $crate::CountingAllocator = $crate::CountingAllocator;

        $(
            #[test]
            fn $name() {
                $crate::check(&$crate::Suite::default(), || $make);
            }
        )+
    };
}
