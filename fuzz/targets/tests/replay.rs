//! Every file of the corpora: seeds, and what once went wrong.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use deskwire_conformance::CountingAllocator;
use deskwire_fuzz::{Target, targets};

#[global_allocator]
static COUNTING_ALLOCATOR: CountingAllocator = CountingAllocator;

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus")
}

fn replay(group: &str) {
    for target in targets().filter(|target| target.group == group) {
        let folder = corpus().join(target.to_string());
        let mut files: Vec<_> =
            fs::read_dir(&folder).into_iter().flatten().map(|f| f.unwrap().path()).collect();
        files.sort();
        let Target { run, .. } = target;
        run(&[]);
        for file in files {
            let bytes = fs::read(&file).unwrap();
            assert!(catch_unwind(|| run(&bytes)).is_ok(), "{target} fails with {}", file.display());
        }
    }
}

/// One test for each group, so that they run side by side. The corpora of scenarios are replayed by `deskwire-sim`.
macro_rules! groups {
    ($($group:ident),+) => {
        $(#[test] fn $group() { replay(stringify!($group)); })+

        #[test]
        fn no_group_is_left_out() {
            let here: BTreeSet<_> = [$(stringify!($group)),+, "sim"].into();
            assert_eq!(targets().map(|target| target.group).collect::<BTreeSet<_>>(), here);
        }
    };
}

groups!(
    wire, identity, texts, handshake, rendezvous, punch, relay, transport, session, node, shell, files, home
);

#[test]
fn every_folder_belongs_to_a_target() {
    let names: BTreeSet<_> = targets().map(|target| target.to_string()).collect();
    assert_eq!(names.len(), targets().count(), "two targets have one name");
    for folder in fs::read_dir(corpus()).unwrap() {
        let folder = folder.unwrap().file_name().into_string().unwrap();
        assert!(names.contains(&folder), "fuzz/corpus/{folder} belongs to no target");
    }
}
