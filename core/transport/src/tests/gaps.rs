//! How long data pauses when the active path dies while another one is there.

use core::time::Duration;

use deskwire_machine::Instant;

use crate::PathKind;
use crate::testing::{HOST, VIEWER, World, ms, pattern};

/// Which way a path dies.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Death {
    BothWays,
    ToViewer,
    ToHost,
}

/// The host shows 60 pictures a second of 2,000 bytes each over a direct path, which dies. Gives the longest pause of
/// new bytes at the viewer in the three seconds from then on.
fn gap(seed: u64, rtts: [u64; 2], loss: u64, death: Death) -> Duration {
    let [relay, direct] = rtts;
    let mut world = World::new(seed);
    world.add_wire(PathKind::Relay, relay / 2);
    world.run_until_both_established();
    world.add_wire(PathKind::Direct, direct / 2);
    world.run(ms(2_000));
    let channel = world.open(HOST, false, 0);
    for wire in &mut world.wires {
        wire.loss_percent = loss;
    }
    let start = world.now;
    let dies_at = start + ms(3_000) + Duration::from_millis(seed % 17);
    let (mut longest, mut last, mut bytes) = (Duration::ZERO, dies_at, 0);
    while world.now < dies_at + ms(3_000) {
        if world.now >= dies_at {
            let wire = &mut world.wires[1];
            match death {
                Death::BothWays => wire.dead = true,
                Death::ToViewer => wire.deaf[VIEWER] = true,
                Death::ToHost => wire.deaf[HOST] = true,
            }
        }
        world.write(HOST, channel, &pattern(2_000));
        let until: Instant = world.now + Duration::from_micros(16_667);
        while world.now < until {
            world.run(ms(1).min(until - world.now));
            let received: usize = world.ends[VIEWER].received.values().map(Vec::len).sum();
            if received > bytes {
                if world.now > dies_at {
                    longest = longest.max(world.now - last.max(dies_at));
                }
                (bytes, last) = (received, world.now);
            }
        }
    }
    assert_eq!(world.closed(VIEWER), None);
    longest.max(world.now - last)
}

/// The promise: two round trips of the slower path, and 200 ms.
fn bound([relay, direct]: [u64; 2]) -> Duration {
    ms(2 * relay.max(direct) + 200)
}

const RTTS: [[u64; 2]; 9] =
    [[5, 5], [20, 5], [60, 20], [100, 20], [40, 80], [100, 100], [200, 150], [300, 40], [300, 300]];

#[test]
fn a_pause_is_shorter_than_two_round_trips_and_a_fifth_of_a_second() {
    println!(
        "rtt of relay, direct: longest pause of 3 runs for each way to die: both, to viewer, to host; the bound"
    );
    for rtts in RTTS {
        let deaths = [Death::BothWays, Death::ToViewer, Death::ToHost];
        let gaps = deaths.map(|death| (0..3).map(|seed| gap(300 + seed, rtts, 0, death)).max().unwrap());
        println!("{rtts:?} ms: {gaps:?}, bound {:?}", bound(rtts));
        assert!(gaps.iter().all(|gap| *gap < bound(rtts)), "{rtts:?} ms: {gaps:?}");
    }
}

/// With loss a packet can be lost once more on the detour; then the pause is what loss costs on any path.
#[test]
fn with_loss_pauses_are_rarely_longer() {
    println!(
        "rtt of relay, direct, loss: pauses of 10 runs: half below, nine of ten below, longest; the bound"
    );
    let (mut over, mut all) = (0, 0);
    for rtts in [[60, 20], [100, 100], [300, 300]] {
        for loss in [1, 5] {
            let mut gaps: Vec<Duration> =
                (0..10).map(|seed| gap(400 + seed, rtts, loss, Death::BothWays)).collect();
            gaps.sort();
            println!(
                "{rtts:?} ms, {loss} %: {:?}, {:?}, {:?}; bound {:?}",
                gaps[4],
                gaps[8],
                gaps[9],
                bound(rtts)
            );
            over += gaps.iter().filter(|gap| **gap >= bound(rtts)).count();
            all += gaps.len();
        }
    }
    println!("{over} of {all} longer than the bound");
    assert!(over * 10 <= all, "{over} of {all}");
}
