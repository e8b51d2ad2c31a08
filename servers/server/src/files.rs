//! How many sockets this process may have, and what follows for its bounds.

/// What the process needs beside its machines' links: the registry, standard streams, the admin port, the runtime.
const OTHERS: usize = 128;
/// More links than this are of no use to a machine's own bounds.
const MOST: usize = 65_536;

/// Raises the bound on open files as far as the system allows, and gives how many links each of `machines` machines may
/// have. Systems start services with 1,024 open files and let them ask for more; a server that runs out of them takes no
/// connection at all, while one that knows its bound sheds those that say nothing.
pub(crate) fn links(machines: usize) -> usize {
    let links = (raised().saturating_sub(OTHERS) / machines.max(1)).clamp(16, MOST);
    if links < 4_096 {
        tracing::warn!(
            links,
            "this process may have few connections at a time; raise its limit of open files (LimitNOFILE, ulimit -n)"
        );
    }
    links
}

/// Of so many links, those that a machine may know: the others are closing, or shake hands.
pub(crate) const fn known(links: usize) -> usize {
    links / 4 * 3
}

#[cfg(unix)]
fn raised() -> usize {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    // Some systems say "any number" and do not mean it: then it stays as it is.
    let _ = setrlimit(Resource::Nofile, limit);
    getrlimit(Resource::Nofile).current.map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX))
}

#[cfg(not(unix))]
const fn raised() -> usize {
    usize::MAX
}
