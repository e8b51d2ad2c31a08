//! Our Opus against the one of its inventors (`opus`, libopus in C): what one encodes the other decodes, lost packets and
//! error correction included.
#![expect(clippy::unwrap_used, clippy::cast_precision_loss, reason = "tests")]

use deskwire_sound::{SoundDecoder, SoundEncoder};
use deskwire_wire::sound::{MAX_PACKET, SoundKind};

/// Something between a voice and music: a gliding tone with overtones, loud and soft, and some noise.
fn signal(kind: SoundKind, packets: usize) -> Vec<f32> {
    let channels = kind.channels();
    let mut noise = 1u32;
    let mut phase = 0.0f32;
    (0..packets * kind.packet_samples())
        .flat_map(|n| {
            let t = n as f32 / 48_000.0;
            phase += std::f32::consts::TAU * (180.0 + 60.0 * (t * 1.3).sin()) / 48_000.0;
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let hiss = (noise >> 16) as f32 / 32_768.0 - 1.0;
            let voice = 0.3 * phase.sin() + 0.15 * (2.0 * phase).sin() + 0.1 * (5.0 * phase).sin();
            let left = voice * (0.6 + 0.4 * (t * 9.0).sin()) + 0.004 * hiss;
            std::iter::repeat_n(left, channels)
        })
        .collect()
}

fn packets(kind: SoundKind, signal: &[f32]) -> Vec<Vec<u8>> {
    let mut encoder = SoundEncoder::new(kind).unwrap();
    signal.chunks_exact(encoder.samples()).map(|piece| encoder.encode(piece).unwrap()).collect()
}

fn channels(kind: SoundKind) -> opus::Channels {
    if kind.channels() == 2 { opus::Channels::Stereo } else { opus::Channels::Mono }
}

/// What the reference encodes at the same settings.
fn reference_packets(kind: SoundKind, signal: &[f32]) -> Vec<Vec<u8>> {
    let application = match kind {
        SoundKind::Sound => opus::Application::LowDelay,
        SoundKind::Voice => opus::Application::Voip,
    };
    let mut encoder = opus::Encoder::new(48_000, channels(kind), application).unwrap();
    let bits = if kind == SoundKind::Sound { 96_000 } else { 32_000 };
    encoder.set_bitrate(opus::Bitrate::Bits(bits)).unwrap();
    encoder.set_inband_fec(kind == SoundKind::Voice).unwrap();
    encoder.set_packet_loss_perc(if kind == SoundKind::Voice { 15 } else { 0 }).unwrap();
    let piece = kind.packet_samples() * kind.channels();
    signal.chunks_exact(piece).map(|piece| encoder.encode_vec_float(piece, MAX_PACKET).unwrap()).collect()
}

/// Decodes with ours; a lost packet is made up, or corrected by the next one.
fn ours(kind: SoundKind, packets: &[Vec<u8>], lost: impl Fn(usize) -> bool) -> Vec<f32> {
    let mut decoder = SoundDecoder::new(kind).unwrap();
    let mut out = Vec::new();
    for (n, packet) in packets.iter().enumerate() {
        match packets.get(n + 1) {
            _ if !lost(n) => decoder.packet(packet, &mut out).unwrap(),
            Some(next) if kind == SoundKind::Voice && !lost(n + 1) => decoder.before(next, &mut out).unwrap(),
            _ => decoder.conceal(&mut out),
        }
    }
    out
}

/// The same with the reference.
fn reference(kind: SoundKind, packets: &[Vec<u8>], lost: impl Fn(usize) -> bool) -> Vec<f32> {
    let mut decoder = opus::Decoder::new(48_000, channels(kind)).unwrap();
    let mut out = Vec::new();
    for (n, packet) in packets.iter().enumerate() {
        let mut piece = vec![0.0; kind.packet_samples() * kind.channels()];
        match packets.get(n + 1) {
            _ if !lost(n) => decoder.decode_float(packet, &mut piece, false),
            Some(next) if kind == SoundKind::Voice && !lost(n + 1) => {
                decoder.decode_float(next, &mut piece, true)
            }
            _ => decoder.decode_float(&[], &mut piece, false),
        }
        .unwrap();
        out.extend(piece);
    }
    out
}

/// How much louder one signal is than its difference to the other, in decibels.
fn likeness(a: &[f32], b: &[f32]) -> f64 {
    let energy = |x: f64, y: f64| (x + y * y, ());
    let signal = a.iter().fold(0.0, |sum, x| energy(sum, f64::from(*x)).0);
    let difference = a.iter().zip(b).fold(0.0, |sum, (x, y)| energy(sum, f64::from(x - y)).0);
    10.0 * (signal / difference.max(1e-12)).log10()
}

/// The likeness to the original, after the delay of the codec.
fn fidelity(kind: SoundKind, original: &[f32], decoded: &[f32]) -> f64 {
    let channels = kind.channels();
    let compared = original.len() / 2 / channels * channels;
    (0..=500)
        .map(|delay| likeness(&original[..compared], &decoded[delay * channels..]))
        .fold(f64::MIN, f64::max)
}

#[test]
fn either_decodes_what_the_other_encodes() {
    for kind in SoundKind::ALL {
        let signal = signal(kind, 200);
        let (our, their) = (packets(kind, &signal), reference_packets(kind, &signal));
        let bits = |packets: &[Vec<u8>]| {
            packets.iter().map(Vec::len).sum::<usize>() as f64 * 8e6 / (200.0 * f64::from(kind.packet_us()))
        };
        let (ours_bits, their_bits) = (bits(&our), bits(&their));
        let nothing = |_| false;
        let pairs =
            [&our, &their].map(|packets| (ours(kind, packets, nothing), reference(kind, packets, nothing)));
        for (who, (a, b)) in ["ours", "the reference's"].iter().zip(&pairs) {
            let (same, fidelity) = (likeness(b, a), fidelity(kind, &signal, a));
            println!(
                "{kind:?}, {who}: decoders agree to {same:.1} dB, {fidelity:.1} dB from the original, \
                 {ours_bits:.0} and {their_bits:.0} bit/s"
            );
            assert!(same > 40.0, "{kind:?} of {who}: {same} dB");
            assert!(
                fidelity > if kind == SoundKind::Sound { 15.0 } else { 8.0 },
                "{kind:?} of {who}: {fidelity} dB"
            );
        }
        assert!(ours_bits < their_bits * 1.4 && our.iter().all(|packet| packet.len() <= MAX_PACKET));
    }
}

#[test]
fn lost_packets_are_made_up_as_the_reference_does() {
    for kind in SoundKind::ALL {
        let signal = signal(kind, 200);
        let packets = packets(kind, &signal);
        let lost = |n: usize| n > 20 && n % 7 == 3;
        let (our, their) = (ours(kind, &packets, lost), reference(kind, &packets, lost));
        let same = likeness(&their, &our);
        // Nothing made up: the lost ones are silent.
        let mut silent = ours(kind, &packets, |_| false);
        let whole = silent.clone();
        let piece = kind.packet_samples() * kind.channels();
        silent.chunks_exact_mut(piece).enumerate().filter(|(n, _)| lost(*n)).for_each(|(_, x)| x.fill(0.0));
        let (made_up, cut) = (likeness(&whole, &our), likeness(&whole, &silent));
        println!(
            "{kind:?}: as the reference to {same:.1} dB; {made_up:.1} dB from the whole, {cut:.1} when cut out"
        );
        assert!(made_up > cut + 2.0, "{kind:?}: {made_up} is not better than {cut}");
        assert!(same > 10.0, "{kind:?}: {same}");
    }
}

#[test]
fn voices_carry_the_packet_before() {
    let kind = SoundKind::Voice;
    let signal = signal(kind, 200);
    let packets = packets(kind, &signal);
    let whole = ours(kind, &packets, |_| false);
    let lost = |n: usize| n > 20 && n % 5 == 3;
    let corrected = likeness(&whole, &ours(kind, &packets, lost));
    let mut decoder = SoundDecoder::new(kind).unwrap();
    let mut made_up = Vec::new();
    for (n, packet) in packets.iter().enumerate() {
        if lost(n) { decoder.conceal(&mut made_up) } else { decoder.packet(packet, &mut made_up).unwrap() }
    }
    let made_up = likeness(&whole, &made_up);
    println!("every fifth lost: {corrected:.1} dB from the whole with correction, {made_up:.1} dB without");
    assert!(corrected > made_up + 2.0, "{corrected} {made_up}");
}

/// A host may send anything.
#[test]
fn rubbish_does_no_harm() {
    let mut x = 7u64;
    let mut chance = |n: u64| {
        x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (x >> 33) % n
    };
    for kind in SoundKind::ALL {
        let good = packets(kind, &signal(kind, 50));
        let mut decoder = SoundDecoder::new(kind).unwrap();
        let mut out = Vec::new();
        for _ in 0..10_000 {
            let mut packet = good[usize::try_from(chance(50)).unwrap()].clone();
            match chance(4) {
                0 => packet = (0..1 + chance(499)).map(|_| u8::try_from(chance(256)).unwrap()).collect(),
                1 => packet.truncate(usize::try_from(chance(packet.len() as u64)).unwrap().max(1)),
                2 => packet[0] = u8::try_from(chance(256)).unwrap(),
                _ => {
                    let at = usize::try_from(chance(packet.len() as u64)).unwrap();
                    packet[at] ^= 1 << chance(8);
                }
            }
            out.clear();
            if chance(3) == 0 {
                let _ = decoder.before(&packet, &mut out);
            } else {
                let _ = decoder.packet(&packet, &mut out);
            }
            assert_eq!(out.len(), kind.packet_samples() * kind.channels());
            assert!(out.iter().all(|sample| sample.abs() <= 1.0));
        }
    }
}
