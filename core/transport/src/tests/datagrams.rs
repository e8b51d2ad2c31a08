//! Datagrams that are worth something only when they are fresh, on lines that lose.

use core::time::Duration;

use deskwire_machine::Instant;

use crate::testing::{HOST, VIEWER, World, ms};
use crate::{Event, PathKind};

/// The host sends a datagram of `size` bytes each 10 ms for `seconds`; gives which part of them came, and how
/// old the oldest were.
fn stream(world: &mut World, size: usize, seconds: u64) -> (f64, Duration) {
    let start = world.now;
    for n in 0..seconds * 100 {
        let mut data = vec![0; size];
        data[..8].copy_from_slice(&world.now.as_micros().to_le_bytes());
        world.ends[HOST].transport.send_datagram(data).unwrap();
        world.settle(HOST);
        world.run(start + ms((n + 1) * 10) - world.now);
    }
    world.run(ms(500));
    let sent_at = |data: &[u8]| Instant::from_micros(u64::from_le_bytes(data[..8].try_into().unwrap()));
    let ages: Vec<Duration> = world.ends[VIEWER]
        .events
        .iter()
        .filter_map(|(at, event)| match event {
            Event::Datagram(data) => Some(*at - sent_at(data)),
            _ => None,
        })
        .collect();
    let oldest = ages.iter().copied().max().unwrap_or_default();
    (ages.len() as f64 / (seconds * 100) as f64, oldest)
}

fn lossy(seed: u64, percent: u64) -> World {
    let mut world = World::new(seed);
    world.add_wire(PathKind::Direct, 20);
    world.run_until_both_established();
    world.run(ms(500));
    world.wires[0].loss_percent = percent;
    world
}

#[test]
fn a_line_that_loses_at_random_still_takes_all_of_a_steady_stream() {
    for percent in [5, 20] {
        for seed in 700..704 {
            let mut world = lossy(seed, percent);
            let (came, oldest) = stream(&mut world, 1_000, 10);
            let lost = f64::from(u32::try_from(percent).unwrap()) / 100.0;
            println!("{percent} % lost: {came:.3} came, the oldest after {oldest:?}");
            assert!(came > 1.0 - lost - 0.05 && oldest <= ms(60), "{percent} %, {seed}: {came} {oldest:?}");
        }
    }
}
