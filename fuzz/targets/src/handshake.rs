//! The key handshake: two honest sides, and somebody between them who changes, cuts, repeats and invents.

use deskwire_conformance::{Dice, FuzzTarget};
use deskwire_handshake::{Established, Handshake, HostConfig, Level, Secret, Secrets, Step, ViewerConfig};
use deskwire_identity::IdentityKey;
use deskwire_machine::Seed;
use deskwire_wire::ids::{DeviceId, IntroductionId};

pub(crate) const TARGETS: &[FuzzTarget] = &[("between", between), ("stranger", stranger)];

/// One side and what it said.
struct Side {
    machine: Handshake,
    outbox: Vec<(Level, Vec<u8>)>,
    keys: Vec<(Level, Secrets)>,
    established: Option<Established>,
}

impl Side {
    fn new(machine: Handshake) -> Self {
        let mut side = Self { machine, outbox: Vec::new(), keys: Vec::new(), established: None };
        side.drain();
        side
    }

    fn read(&mut self, level: Level, bytes: &[u8]) {
        let told = self.machine.read(level, bytes);
        if let Err(error) = told {
            assert!(!error.to_string().is_empty());
            assert_eq!(self.machine.error(), Some(error));
            assert!(self.machine.poll().is_none() && !self.machine.is_established());
            assert_eq!(self.machine.read(level, b"more"), Err(error), "an error is not the last word");
        }
        self.drain();
    }

    fn drain(&mut self) {
        while let Some(step) = self.machine.poll() {
            assert!(self.established.is_none(), "something comes after the end");
            match step {
                Step::Send { level, bytes } => {
                    assert!(bytes.len() < 8 << 10);
                    self.outbox.push((level, bytes));
                }
                Step::Keys { level, secrets } => {
                    assert!(self.keys.iter().all(|(had, _)| *had < level), "levels go down");
                    self.keys.push((level, secrets));
                }
                Step::Established(established) => self.established = Some(established),
            }
        }
        assert!(self.outbox.len() <= 3 && self.keys.len() <= 2);
    }
}

fn identity(n: u8) -> IdentityKey {
    IdentityKey::from_bytes(&[n; 32])
}

fn viewer(dice: &mut Dice<'_>) -> Handshake {
    let how = dice.byte();
    let introduced = how & 1 == 0;
    // Not every configuration makes sense; those give a machine that is dead.
    let part = how & 0x80 != 0;
    Handshake::viewer(ViewerConfig {
        target: (how & 2 == 0).then(|| DeviceId::from_number(how.into())),
        expected_host_key: (how & 4 == 0).then(|| identity(0xb1 + (how >> 3 & 1)).public()),
        server_fingerprint: introduced.then_some([0x51; 32]),
        introduction: introduced.then_some(IntroductionId([0x52; 32])),
        introduction_secret: (introduced && !part).then(|| Secret::new([0x53; 32])),
        identity: identity(0xa1),
        transport_parameters: vec![1; usize::from(how >> 4 & 3) * 400],
        seed: Seed::new([1; 32]),
    })
}

fn host(dice: &mut Dice<'_>) -> Handshake {
    let how = dice.byte();
    let introduced = how & 1 == 0;
    Handshake::host(HostConfig {
        id: (how & 2 == 0).then(|| DeviceId::from_number(dice.byte().into())),
        server_fingerprint: introduced.then_some([0x51; 32]),
        introduction: introduced.then_some(IntroductionId([0x52; 32])),
        introduction_secret: introduced.then(|| Secret::new([0x53 + (how >> 2 & 1); 32])),
        identity: identity(0xb1),
        transport_parameters: vec![2; usize::from(how >> 4 & 3) * 400],
        seed: Seed::new([2; 32]),
    })
}

/// Both sides, and one on the line. Whoever is established knows with whom, and both know the same.
fn between(script: &[u8]) {
    let mut dice = Dice::new(script);
    let mut sides = [Side::new(viewer(&mut dice)), Side::new(host(&mut dice))];
    let mut done = [0, 0];
    let mut heard: Vec<(Level, Vec<u8>)> = Vec::new();
    // Once the script is used up messages just travel.
    for _ in 0..64 {
        let from =
            if dice.is_used_up() { usize::from(sides[0].outbox.len() == done[0]) } else { dice.below(2) };
        let to = 1 - from;
        let Some((mut level, mut bytes)) = sides[from].outbox.get(done[from]).cloned() else {
            if dice.is_used_up() {
                break;
            }
            // Nothing new: something old, or something invented.
            let (level, bytes) = match dice.pick(&heard).cloned() {
                Some(old) if dice.chance(128) => old,
                _ => (dice.pick(&LEVELS).copied().unwrap_or(Level::Initial), dice.bytes(2_000)),
            };
            sides[to].read(level, &bytes);
            continue;
        };
        done[from] += 1;
        heard.push((level, bytes.clone()));
        match dice.byte() {
            0..=159 => {}
            160..=199 => dice.damage(&mut bytes),
            200..=219 => level = dice.pick(&LEVELS).copied().unwrap_or(level),
            220..=229 => bytes.truncate(dice.below(bytes.len())),
            230..=239 => bytes.extend(dice.bytes(64)),
            _ => continue, // lost
        }
        let piece = if dice.chance(96) { 1 + dice.below(700) } else { bytes.len().max(1) };
        bytes.chunks(piece).for_each(|piece| sides[to].read(level, piece));
    }
    let [viewer, host] = &sides;
    if let Some(established) = &viewer.established {
        assert_eq!(established.peer_key, identity(0xb1).public(), "a stranger is taken for the host");
    }
    if let Some(established) = &host.established {
        assert_eq!(established.peer_key, identity(0xa1).public(), "a stranger is taken for the viewer");
        // The host is the last to be sure, so the viewer is.
        let viewer = viewer.established.as_ref().expect("the viewer confirmed what it is not sure of");
        assert_eq!((&viewer.exporter, &viewer.resumption), (&established.exporter, &established.resumption));
        assert_eq!(sides[0].keys, sides[1].keys);
        assert_ne!(viewer.exporter, established.resumption);
    }
}

const LEVELS: [Level; 3] = [Level::Initial, Level::Handshake, Level::Application];

/// One side alone with somebody who has no keys: bytes at levels, in pieces. It is never established.
fn stranger(script: &[u8]) {
    let mut dice = Dice::new(script);
    let is_host = dice.chance(128);
    let mut side = Side::new(if is_host { host(&mut dice) } else { viewer(&mut dice) });
    let rest = script.get(4..).unwrap_or_default();
    let (mut at, mut levels) = (0, Dice::new(rest));
    while at < rest.len() {
        let level = if levels.chance(230) { Level::Initial } else { Level::Handshake };
        let piece = 1 + levels.below(1_500);
        let end = (at + 3 + piece).min(rest.len());
        side.read(level, rest.get(at + 3..end).unwrap_or_default());
        at = end.max(at + 4);
        levels = Dice::new(rest.get(at..).unwrap_or_default());
    }
    assert!(side.established.is_none() && !side.machine.is_established());
    let bound = if is_host { 1 } else { 2 };
    assert!(side.outbox.len() <= bound, "it answers rubbish");
}
