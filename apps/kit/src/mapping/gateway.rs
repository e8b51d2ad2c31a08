//! The default router.

use std::net::Ipv4Addr;

use super::answer::default_router;

/// The default router for IPv4. Known on Linux only.
pub(super) fn default() -> Option<Ipv4Addr> {
    default_router(&std::fs::read_to_string("/proc/net/route").ok()?)
}
