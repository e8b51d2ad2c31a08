use alloc::vec;

use super::*;

const PACKET_MS: u64 = 10;

/// A sender and a path: packet n is captured at n x 10 ms by a clock that is a day ahead, and arrives `delay` later.
struct Line {
    buffer: SoundBuffer,
    /// When which datagram arrives, in microseconds.
    way: Vec<(u64, u32)>,
    copies: u8,
    now_us: u64,
    plays: Vec<(u64, Play)>,
}

const AHEAD_US: u64 = 86_400_000_000;

impl Line {
    /// `packets` of which each takes as many microseconds as `delay` says, `None` for one that is lost.
    fn new(packets: u32, copies: u8, mut delay: impl FnMut(u32) -> Option<u64>) -> Self {
        let mut way: Vec<_> =
            (0..packets).filter_map(|n| Some((u64::from(n) * 10_000 + delay(n)?, n))).collect();
        way.sort_unstable();
        let buffer = SoundBuffer::new(SoundKind::Sound, Duration::from_millis(PACKET_MS));
        Self { buffer, way, copies, now_us: 0, plays: Vec::new() }
    }

    fn arrival(&self, n: u32, now_us: u64) -> SoundArrival {
        let count = u32::from(self.copies).min(n) + 1;
        SoundArrival {
            kind: SoundKind::Sound,
            sequence: n,
            captured_at_us: AHEAD_US + u64::from(n) * 10_000,
            age_us: Some(u32::try_from(now_us - u64::from(n) * 10_000).unwrap()),
            packets: (0..count).map(|back| (n - back).to_be_bytes().to_vec()).collect(),
        }
    }

    /// Takes a packet every 10 ms (or as the device's clock says) until `until_ms`.
    fn play(&mut self, until_ms: u64, every_us: u64) {
        while self.now_us < until_ms * 1_000 {
            self.now_us += every_us;
            while let Some((at, n)) = self.way.first().copied().filter(|(at, _)| *at <= self.now_us) {
                self.way.remove(0);
                let arrival = self.arrival(n, at);
                self.buffer.insert(Instant::from_micros(at), arrival);
            }
            let play = self.buffer.next(Instant::from_micros(self.now_us));
            self.plays.push((self.now_us, play));
        }
    }

    /// The numbers of the packets that were played, in order, with when.
    fn heard(&self) -> Vec<(u64, u32)> {
        let number = |bytes: &Vec<u8>| u32::from_be_bytes(bytes[..].try_into().unwrap());
        let mut heard = Vec::new();
        for (at, play) in &self.plays {
            match play {
                Play::Packet(a) => heard.push((*at, number(a))),
                Play::Joined(a, b) => heard.extend([(*at, number(a)), (*at, number(b))]),
                _ => {}
            }
        }
        heard
    }

    /// The longest time from capture to playing after the first `skip` packets, in milliseconds.
    fn latest(&self, skip: u32) -> u64 {
        let age = |(at, n): (u64, u32)| (at - u64::from(n) * 10_000) / 1_000;
        self.heard().into_iter().filter(|(_, n)| *n >= skip).map(age).max().unwrap()
    }

    fn made_up(&self, from_ms: u64) -> usize {
        self.plays.iter().filter(|(at, play)| *at >= from_ms * 1_000 && *play == Play::Conceal).count()
    }
}

/// Numbers that look like chance.
fn chance(n: u32) -> u64 {
    let mut x = u64::from(n).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    x ^= x >> 29;
    x = x.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (x ^ (x >> 32)) % 1_000
}

#[test]
fn even_packets_are_all_played_in_order_and_soon() {
    let mut line = Line::new(1_000, 0, |_| Some(5_000));
    line.play(10_000, 10_000);
    let numbers: Vec<_> = line.heard().into_iter().map(|(_, n)| n).collect();
    assert_eq!(numbers, (0..u32::try_from(numbers.len()).unwrap()).collect::<Vec<_>>());
    assert!(numbers.len() >= 996, "{}", numbers.len());
    // 5 ms on the way, a packet and a half in the buffer.
    assert!(line.latest(0) <= 5 + 20, "{}", line.latest(0));
    assert_eq!(line.made_up(0), 0);
    let (latency, own) = line.buffer.latency().unwrap();
    assert!(latency.abs_diff(own) <= Duration::from_millis(10), "{latency:?} {own:?}");
}

#[test]
fn the_delay_follows_the_jitter_both_ways() {
    // Calm, then packets that take up to 60 ms longer, then calm.
    let jitter = |n: u32| if (500..1_500).contains(&n) { chance(n) * 60 } else { chance(n) * 2 };
    let mut line = Line::new(3_000, 0, |n| Some(5_000 + jitter(n)));
    line.play(5_000, 10_000);
    assert!(line.latest(100) <= 35, "{}", line.latest(100));
    line.play(8_000, 10_000);
    let made_up = line.made_up(8_000);
    line.play(15_000, 10_000);
    // Few packets are late once it has adapted: they take 60 ms at most, and the buffer waits for nearly all.
    let made_up = line.made_up(8_000) - made_up;
    assert!(made_up <= 35, "{made_up} of 700 made up: {:?}", line.buffer.stats());
    line.play(30_000, 10_000);
    assert!(line.latest(2_500) <= 35, "{}", line.latest(2_500));
    assert_eq!(line.made_up(20_000), 0);
}

#[test]
fn copies_fill_what_is_lost() {
    for (copies, lost_of_thousand, most) in [(1, 50, 10), (2, 200, 30)] {
        let lost = |n: u32| chance(n) < lost_of_thousand;
        let mut line = Line::new(2_000, copies, |n| (!lost(n)).then_some(5_000 + chance(n + 7_000) * 3));
        line.play(20_000, 10_000);
        let stats = line.buffer.stats();
        assert!(
            line.made_up(1_000) <= most,
            "{} made up with {copies} copies: {stats:?}",
            line.made_up(1_000)
        );
        assert!(stats.copies > lost_of_thousand, "{stats:?}");
        assert_eq!(line.buffer.wish().copies(), copies, "{stats:?}");
        assert!(line.latest(500) <= 60, "{} ms", line.latest(500));
    }
}

#[test]
fn a_device_that_runs_fast_or_slow_is_followed() {
    for every_us in [9_950, 10_050] {
        let mut line = Line::new(6_000, 0, |n| Some(5_000 + chance(n)));
        line.play(59_000, every_us);
        let stats = line.buffer.stats();
        assert!(line.latest(0) <= 40, "{} ms: {stats:?}", line.latest(0));
        // Half a percent is one packet in 200.
        let changes =
            if every_us < 10_000 { line.made_up(100) } else { usize::try_from(stats.joined).unwrap() };
        assert!((20..45).contains(&changes), "{changes}: {stats:?}");
    }
}

#[test]
fn a_pause_of_the_sender_is_silence_and_no_jitter() {
    let mut line = Line::new(1_000, 0, |n| (!(200..600).contains(&n)).then_some(5_000));
    // The sender counts only what it sends.
    for (_, n) in &mut line.way {
        *n -= if *n >= 600 { 400 } else { 0 };
    }
    let mut buffer = SoundBuffer::new(SoundKind::Sound, Duration::from_millis(PACKET_MS));
    let (mut silent, mut made_up, mut played) = (0, 0, 0);
    for t in 1..1_000u64 {
        let now_us = t * 10_000;
        while let Some((at, n)) = line.way.first().copied().filter(|(at, _)| *at <= now_us) {
            line.way.remove(0);
            let mut arrival = line.arrival(n, at.max(u64::from(n) * 10_000));
            arrival.captured_at_us = AHEAD_US + at - 5_000;
            buffer.insert(Instant::from_micros(at), arrival);
        }
        match buffer.next(Instant::from_micros(now_us)) {
            Play::Silence => silent += 1,
            Play::Conceal => made_up += 1,
            _ => played += 1,
        }
    }
    assert!((380..400).contains(&silent), "{silent}");
    assert!(made_up <= 11 && played >= 597, "{made_up} {played}");
    assert!(buffer.stats().target_us < 20_000, "{:?}", buffer.stats());
}

#[test]
fn after_a_stall_it_catches_up() {
    // Nothing comes for 700 ms, then all at once.
    let stall = |n: u32| if (300..370).contains(&n) { 5_000 + u64::from(370 - n) * 10_000 } else { 5_000 };
    let mut line = Line::new(1_500, 0, |n| Some(stall(n)));
    line.play(15_000, 10_000);
    assert!(line.latest(1_000) <= 35, "{} {:?}", line.latest(1_000), line.buffer.stats());
}

#[test]
fn sound_that_is_to_wait_for_the_picture_does() {
    let mut line = Line::new(3_000, 0, |n| Some(5_000 + chance(n)));
    line.play(5_000, 10_000);
    line.buffer.set_extra(Duration::from_millis(150));
    line.play(10_000, 10_000);
    let (latency, own) = line.buffer.latency().unwrap();
    let waits = latency.saturating_sub(own).as_millis();
    assert!((135..165).contains(&waits), "{waits} ms, {:?}", line.buffer.stats());
    line.buffer.set_extra(Duration::ZERO);
    line.play(20_000, 10_000);
    assert!(line.latest(1_500) <= 200);
    let (latency, own) = line.buffer.latency().unwrap();
    assert!(latency.abs_diff(own) <= Duration::from_millis(15), "{latency:?} {own:?}");
}

#[test]
fn voice_asks_the_packet_after_a_lost_one() {
    let mut buffer = SoundBuffer::new(SoundKind::Voice, Duration::from_millis(20));
    let mut plays = Vec::new();
    for t in 0..40u64 {
        let n = u32::try_from(t).unwrap();
        let now = Instant::from_micros(t * 20_000);
        if t % 10 != 5 {
            let (kind, captured_at_us) = (SoundKind::Voice, t * 20_000);
            let packets = vec![n.to_be_bytes().to_vec()];
            buffer.insert(now, SoundArrival { kind, sequence: n, captured_at_us, age_us: None, packets });
        }
        plays.push(buffer.next(now));
    }
    let before = plays.iter().filter(|play| matches!(play, Play::Before(_))).count();
    assert!((3..=4).contains(&before), "{plays:?} {:?}", buffer.stats());
}

/// Whatever numbers and times a sender makes up: no panic, and no more than so many packets.
#[test]
fn rubbish_is_bounded() {
    let mut buffer = SoundBuffer::new(SoundKind::Sound, Duration::from_millis(PACKET_MS));
    for n in 0..20_000u32 {
        let x = chance(n).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ chance(n ^ 0x5555) << 40;
        let sequence = match n % 3 {
            0 => u32::try_from(x & 0xFFFF_FFFF).unwrap(),
            1 => u32::MAX - n % 4,
            _ => n % 200,
        };
        let captured_at_us = if n % 5 == 0 { x } else { u64::from(n) * 10_000 };
        let packets = vec![vec![1], vec![2], vec![3]];
        let age_us = Some(u32::MAX);
        let now = Instant::from_micros(u64::from(n) * 3_000);
        buffer
            .insert(now, SoundArrival { kind: SoundKind::Sound, sequence, captured_at_us, age_us, packets });
        let _ = buffer.next(now);
        let _ = (buffer.latency(), buffer.stats(), buffer.wish());
        assert!(buffer.packets.len() <= MOST);
    }
}
