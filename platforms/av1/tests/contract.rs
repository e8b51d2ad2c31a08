//! The contract of codecs, and packets that no encoder makes.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

use std::time::Duration;

use deskwire_av1::{AomEncoder, Rav1dDecoder};
use deskwire_platform::contract::{check_decoder_within, check_encoder_within};
use deskwire_platform::{EncoderConfig, ErrorKind, Picture, VideoDecoder, VideoEncoder};
use deskwire_wire::picture::{Rect, Size};

const SIZE: Size = Size { width: 320, height: 192 };

fn decoder() -> Rav1dDecoder {
    Rav1dDecoder::new(2, SIZE).unwrap()
}

#[test]
fn libaom_keeps_the_contract() {
    for threads in [1, 2] {
        check_encoder_within(Duration::from_secs(120), move || AomEncoder::new(threads)).unwrap();
    }
}

#[test]
fn rav1d_keeps_the_contract() {
    check_decoder_within(Duration::from_secs(120), || (AomEncoder::new(2), decoder())).unwrap();
}

/// Packets of a box that moves.
fn packets(count: u32) -> Vec<Vec<u8>> {
    let mut encoder = AomEncoder::new(1);
    encoder.configure(&EncoderConfig { size: SIZE, rate: 2_000_000, frames_per_second: 30 }).unwrap();
    let mut picture = Picture::new(SIZE).unwrap();
    (0..count)
        .map(|n| {
            picture.fill(Rect::of_size(SIZE), [40, 60, 80, 255]);
            picture.fill(Rect::new(n * 9 % 200, 30, 90, 90), [250, 200, 10, 255]);
            encoder.encode(&picture, &[]).unwrap().data
        })
        .collect()
}

/// The same numbers in each run (xorshift).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }
}

#[test]
fn ten_thousand_broken_packets_do_no_harm() {
    let good = packets(6);
    let mut numbers = Numbers(0x5eed_0123_4567_89ab);
    let mut decoder = decoder();
    let mut refused = 0;
    for _ in 0..10_000 {
        let mut packet = good[numbers.below(good.len())].clone();
        match numbers.below(4) {
            0 => packet.truncate(numbers.below(packet.len())),
            1 => {
                for _ in 0..=numbers.below(8) {
                    let at = numbers.below(packet.len());
                    packet[at] ^= 1 << numbers.below(8);
                }
            }
            2 => packet = (0..numbers.below(400)).map(|_| numbers.next().to_le_bytes()[0]).collect(),
            _ => {
                let other = &good[numbers.below(good.len())];
                packet.truncate(numbers.below(packet.len()));
                packet.extend_from_slice(&other[numbers.below(other.len())..]);
            }
        }
        match decoder.decode(&packet) {
            Ok(picture) => {
                assert!(picture.size().width <= SIZE.width && picture.size().height <= SIZE.height)
            }
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");
                refused += 1;
            }
        }
    }
    assert!(refused > 5_000, "only {refused} were refused");
    // And it still works.
    assert_eq!(decoder.decode(&good[0]).unwrap().size(), SIZE);
}

#[test]
fn a_picture_larger_than_the_display_is_refused() {
    let mut small = Rav1dDecoder::new(1, Size { width: SIZE.width, height: SIZE.height - 1 }).unwrap();
    let error = small.decode(&packets(1)[0]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid);
}

#[cfg(feature = "svt")]
#[test]
fn svt_keeps_the_contract_or_is_refused_when_it_is_too_old() {
    use deskwire_av1::{SvtEncoder, svt};
    match SvtEncoder::new(2) {
        Ok(_) => check_encoder_within(Duration::from_secs(120), || SvtEncoder::new(2).unwrap()).unwrap(),
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Unavailable);
            assert!(error.to_string().contains(&svt::version()), "{error}");
        }
    }
}

#[cfg(feature = "svt")]
#[test]
fn a_recording_gives_a_packet_for_each_picture_within_the_stated_lag() {
    use deskwire_av1::{RecordingConfig, SvtRecorder};
    let config = RecordingConfig { size: SIZE, quality: 35, frames_per_second: 10, preset: 10, threads: 2 };
    let mut recorder = SvtRecorder::new(&config).unwrap();
    let mut picture = Picture::new(SIZE).unwrap();
    let (mut given, mut times, mut keys) = (0, Vec::new(), 0);
    for count in 0..150_u32 {
        picture.fill(Rect::new(count * 7 % 200, 30, 90, 90), [250, 200, count as u8, 255]);
        for packet in recorder.encode(&picture, i64::from(count) * 100).unwrap() {
            times.push(packet.at);
            keys += u32::from(packet.key);
        }
        given += 1;
        assert!(given - times.len() <= SvtRecorder::LAG, "{given} pictures, {} packets", times.len());
    }
    let wrong = Picture::new(Size { width: 64, height: 64 }).unwrap();
    assert_eq!(recorder.encode(&wrong, 15_000).unwrap_err().kind(), ErrorKind::Invalid);
    for packet in recorder.finish().unwrap() {
        times.push(packet.at);
        keys += u32::from(packet.key);
    }
    assert_eq!(times, (0..150).map(|n| n * 100).collect::<Vec<_>>());
    // One at the beginning, and every four seconds.
    assert_eq!(keys, 4);
    for (width, height) in [(63, 64), (64, 62), (65, 64), (0, 0)] {
        let config = RecordingConfig { size: Size { width, height }, ..config };
        assert_eq!(SvtRecorder::new(&config).err().unwrap().kind(), ErrorKind::Invalid, "{width}x{height}");
    }
}
