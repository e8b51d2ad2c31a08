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
pub use check::{Suite, check, check_memory, check_script, must_keep, replay};
pub use counterpart::Counterpart;
pub use dice::Dice;
pub use rule::{Rule, Violation};
pub use subject::{Given, GivenLink, LinkKind, Replies, Reply, Subject};

// What `suite!` needs, under a name that is always in scope.
#[doc(hidden)]
pub use deskwire_machine;

/// Makes one `#[test]` for each [`Subject`] that holds it to the rules, and counts allocations in the test binary so that
/// the bounds of rule 6 are checked too. Use it once per test file, with as many subjects as there are machines; `in`
/// says which [`Suite`] where the usual one does not fit.
///
/// ```text
/// deskwire_conformance::suite! {
///     the_client_keeps_the_rules => ClientSubject::default(),
///     the_server_keeps_the_rules in Suite { cases: 40, ..Suite::default() } => ServerSubject::default(),
/// }
/// ```
///
/// The table `TARGETS` is made as well: what `fuzz/targets` takes the file in for. There it makes no tests.
#[macro_export]
macro_rules! suite {
    ($($name:ident $(in $suite:expr)? => $make:expr),+ $(,)?) => {
        #[cfg(test)]
        #[global_allocator]
        static COUNTING_ALLOCATOR: $crate::CountingAllocator = $crate::CountingAllocator;

        $(
            #[cfg(test)]
            #[test]
            fn $name() {
                #[allow(unused_mut, unused_assignments, reason = "not all suites are their own")]
                let mut suite = $crate::Suite::default();
                $(suite = $suite;)?
                $crate::check(&suite, || $make);
            }
        )+

        #[cfg(not(test))]
        const _: &[$crate::Suite] = &[$($($suite,)?)+];

        /// Every subject here by its test's name: what runs one script through everything there is to check, and panics
        /// where a rule is broken.
        #[allow(dead_code, unreachable_pub, reason = "tests do not need it, fuzz targets do")]
        pub const TARGETS: &[$crate::FuzzTarget] =
            &[$((stringify!($name), |script| $crate::must_keep(&|| $make, script))),+];
    };
}

/// A fuzz target: its name, and what does with bytes what they say, and panics when something is wrong.
pub type FuzzTarget = (&'static str, fn(&[u8]));
