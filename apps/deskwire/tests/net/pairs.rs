//! Which path two kinds of networks end on.

use crate::Scenario;
use crate::report::Row;
use crate::sites::{Guard, Nat, Site, Stack, Uplink};
use crate::stage::{Relays, Servers, Stage};

pub(crate) const SCENARIOS: &[Scenario] = &[
    ("open and open: direct", open_and_open),
    ("full cone and full cone: direct", full_cones),
    ("port-restricted and port-restricted: direct", port_restricted),
    ("symmetric and full cone: direct", symmetric_and_full_cone),
    ("symmetric and port-restricted: either", symmetric_and_port_restricted),
    ("symmetric and symmetric: relay", symmetric),
    ("no UDP at the viewer: direct over TCP", no_udp_at_the_viewer),
    ("no UDP at either side: direct over TCP", no_udp),
    ("no UDP, and TCP per destination: relay over TCP", no_udp_symmetric),
    ("only WebSocket gets out: relay", only_websocket),
    ("no relay anywhere: direct", no_relay),
    ("both behind one router: direct inside", one_router),
    ("behind two routers, and another: direct", carrier),
    ("IPv6 only: direct", v6_only),
    ("both versions, only IPv6 is open: direct", v6_works),
    ("IPv6 behind stateful firewalls: direct", v6_firewalls),
];

/// Where two devices meet that are each behind a router of their own.
fn behind(row: &mut Row, host: Guard, viewer: Guard, stack: Stack, expect: Expect) {
    let uplink = Uplink::FAST.stack(stack);
    let stage = Stage::new(Servers { uplink, ..Servers::USUAL });
    let left = stage.internet.site("left", uplink, host);
    let right = stage.internet.site("right", uplink, viewer);
    meet(row, &stage, &left, &right, expect);
}

fn meet(row: &mut Row, stage: &Stage, left: &Site, right: &Site, expect: Expect) {
    let host = stage.host(&left.device(&stage.internet, "host"));
    let session = stage.connect(row, &host, &right.device(&stage.internet, "viewer"));
    match expect {
        Expect::Direct => session.expect_direct(row),
        Expect::DirectTcp => session.expect_path(row, "direct (TCP)"),
        Expect::Relay(over) => session.expect_relay(row, over),
        Expect::Any => session.expect_any(row),
    }
}

/// Where it must end.
#[derive(Clone, Copy)]
enum Expect {
    Direct,
    DirectTcp,
    Relay(&'static str),
    Any,
}

fn pair(row: &mut Row, host: Nat, viewer: Nat, expect: Expect) {
    behind(row, Guard::nat(host), Guard::nat(viewer), Stack::V4, expect);
}

fn open_and_open(row: &mut Row) {
    let stage = Stage::new(Servers::USUAL);
    let host = stage.host(&stage.internet.device("host", Uplink::FAST));
    let session = stage.connect(row, &host, &stage.internet.device("viewer", Uplink::FAST));
    session.expect_direct(row);
}

fn full_cones(row: &mut Row) {
    pair(row, Nat::FullCone, Nat::FullCone, Expect::Direct);
}

/// One of the routers answers what it does not take, as some do.
fn port_restricted(row: &mut Row) {
    let viewer = Guard { rejects: true, ..Guard::nat(Nat::PortRestricted) };
    behind(row, Guard::nat(Nat::PortRestricted), viewer, Stack::V4, Expect::Direct);
}

fn symmetric_and_full_cone(row: &mut Row) {
    pair(row, Nat::Symmetric, Nat::FullCone, Expect::Direct);
}

/// Theory says that it takes luck or many probes.
fn symmetric_and_port_restricted(row: &mut Row) {
    pair(row, Nat::Symmetric, Nat::PortRestricted, Expect::Any);
}

fn symmetric(row: &mut Row) {
    pair(row, Nat::Symmetric, Nat::Symmetric, Expect::Relay("UDP"));
}

const NO_UDP: Guard = Guard { no_udp: true, ..Guard::nat(Nat::PortRestricted) };

fn no_udp_at_the_viewer(row: &mut Row) {
    behind(row, Guard::nat(Nat::PortRestricted), NO_UDP, Stack::V4, Expect::DirectTcp);
}

/// Both connect to each other at the same time, and both routers see connections that go out.
fn no_udp(row: &mut Row) {
    behind(row, NO_UDP, NO_UDP, Stack::V4, Expect::DirectTcp);
}

fn no_udp_symmetric(row: &mut Row) {
    let symmetric = Guard { no_udp: true, ..Guard::nat(Nat::Symmetric) };
    behind(row, symmetric, symmetric, Stack::V4, Expect::Relay("TCP"));
}

/// As in networks that let nothing out but to ports of the web.
fn only_websocket(row: &mut Row) {
    let web = Guard { only_websocket: true, ..Guard::nat(Nat::PortRestricted) };
    behind(row, web, web, Stack::V4, Expect::Relay("WebSocket"));
}

/// The introduction carries the addresses, as they do by themselves where the server has no relay.
fn no_relay(row: &mut Row) {
    let stage = Stage::new(Servers { relays: Relays::Nowhere, ..Servers::USUAL });
    let left = stage.internet.site("left", Uplink::FAST, Guard::nat(Nat::PortRestricted));
    let right = stage.internet.site("right", Uplink::FAST, Guard::nat(Nat::PortRestricted));
    meet(row, &stage, &left, &right, Expect::Direct);
}

/// The router does not send back in what is meant for its own outer address.
fn one_router(row: &mut Row) {
    let stage = Stage::new(Servers::USUAL);
    let site = stage.internet.site("site", Uplink::FAST, Guard::nat(Nat::PortRestricted));
    meet(row, &stage, &site, &site, Expect::Direct);
}

/// The host's router is itself a customer of a carrier that translates.
fn carrier(row: &mut Row) {
    let stage = Stage::new(Servers::USUAL);
    let restricted = Guard::nat(Nat::PortRestricted);
    let carrier = stage.internet.carrier("carrier", Uplink::FAST, restricted);
    let left = stage.internet.site_behind("left", &carrier, restricted);
    let right = stage.internet.site("right", Uplink::FAST, restricted);
    meet(row, &stage, &left, &right, Expect::Direct);
}

fn v6_only(row: &mut Row) {
    let open = Guard::nat(Nat::PortRestricted);
    behind(row, open, open, Stack::V6, Expect::Direct);
}

fn v6_works(row: &mut Row) {
    let symmetric = Guard::nat(Nat::Symmetric);
    behind(row, symmetric, symmetric, Stack::Both, Expect::Direct);
}

fn v6_firewalls(row: &mut Row) {
    let walled = Guard { v6_stateful: true, ..Guard::nat(Nat::Symmetric) };
    behind(row, walled, walled, Stack::Both, Expect::Direct);
}
