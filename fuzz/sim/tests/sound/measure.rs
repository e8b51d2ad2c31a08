//! Signals, and measures of what is left of them.

use std::f32::consts::TAU;

const RATE: usize = 48_000;

/// Something with the time structure of speech: syllables four times a second, vowels with changing formants on a
/// gliding voice, hisses between them.
pub(crate) fn speech(seconds: usize) -> Vec<f32> {
    const FORMANTS: [[f32; 3]; 5] = [
        [730., 1090., 2440.],
        [270., 2290., 3010.],
        [300., 870., 2240.],
        [530., 1840., 2480.],
        [640., 1190., 2390.],
    ];
    let (mut noise, mut phase, mut last) = (1u32, 0.0f32, 0.0f32);
    (0..seconds * RATE)
        .map(|n| {
            let t = n as f32 / RATE as f32;
            let syllable = (t * 4.0) as usize;
            let within = (t * 4.0).fract();
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let hiss = (noise >> 16) as f32 / 32_768.0 - 1.0;
            if within < 0.25 {
                // A consonant: high noise, by difference; every third syllable is a pause instead.
                let high = hiss - last;
                last = hiss;
                let level = if syllable % 3 == 2 { 0.0 } else { 0.05 };
                return high * level * (within * 4.0 * std::f32::consts::PI).sin();
            }
            let pitch = 110.0 + 30.0 * (t * 0.7).sin() + 15.0 * (t * 2.9).sin();
            phase = (phase + pitch / RATE as f32).fract();
            let formants = FORMANTS[syllable * 7 % 5];
            let voice: f32 = (1..30)
                .map(|k| {
                    let hertz = k as f32 * pitch;
                    let gain: f32 = formants.iter().map(|f| 1.0 / (1.0 + ((hertz - f) / 90.0).powi(2))).sum();
                    gain * (TAU * phase * k as f32).sin()
                })
                .sum();
            0.12 * voice * ((within - 0.25) / 0.75 * std::f32::consts::PI).sin()
        })
        .collect()
}

/// A tone.
pub(crate) fn tone(hertz: f32, level: f32, seconds: usize) -> Vec<f32> {
    (0..seconds * RATE)
        .map(|n| level * ((n as f64 * f64::from(hertz) / RATE as f64).fract() as f32 * TAU).sin())
        .collect()
}

/// The share of windows of 20 ms that hold the tone at its level and little else.
pub(crate) fn windows_with_tone(samples: &[f32], hertz: f32, level: f32) -> f64 {
    let is_tone = |window: &[f32]| {
        let amplitude = 2.0 * power_at(window, hertz).sqrt() / window.len() as f32;
        let all: f32 = window.iter().map(|x| x * x).sum();
        let purity = amplitude * amplitude * window.len() as f32 / 2.0 / all.max(1e-9);
        (amplitude - level).abs() < level * 0.2 && purity > 0.9
    };
    let windows = samples.chunks_exact(960);
    let all = windows.len();
    windows.filter(|window| is_tone(window)).count() as f64 / all as f64
}

/// The power at one frequency (Goertzel).
fn power_at(samples: &[f32], hertz: f32) -> f32 {
    let c = 2.0 * (TAU * hertz / RATE as f32).cos();
    let (mut a, mut b) = (0.0f32, 0.0f32);
    for sample in samples {
        (a, b) = (sample + c * a - b, a);
    }
    (a * a + b * b - c * a * b).max(0.0)
}

/// Samples of a frame, and between two of them.
const FRAME: usize = 1_024;
const HOP: usize = 512;
/// Frames that are compared at a time: 384 ms.
const SEGMENT: usize = 36;
/// The most by which sound may come later, in frames, and by which its delay may change.
const LATEST: usize = 40;
const WANDERS: usize = 6;

/// The levels of fifteen third octaves from 150 Hz on, frame by frame.
fn bands(samples: &[f32]) -> Vec<[f32; 15]> {
    let window: Vec<f32> = (0..FRAME).map(|n| 0.5 - 0.5 * (TAU * n as f32 / FRAME as f32).cos()).collect();
    let frames = samples.windows(FRAME).step_by(HOP);
    frames
        .map(|frame| {
            let frame: Vec<f32> = frame.iter().zip(&window).map(|(x, w)| x * w).collect();
            std::array::from_fn(|band| {
                let centre = 150.0 * 2.0f32.powf(band as f32 / 3.0);
                let lines = (0..5).map(|line| centre * 2.0f32.powf((line as f32 - 2.0) / 15.0));
                lines.map(|hertz| power_at(&frame, hertz)).sum::<f32>().sqrt()
            })
        })
        .collect()
}

/// Short-time objective intelligibility after Taal and others (2011), a little simplified: how alike the levels of each
/// third octave rise and fall over stretches of 384 ms, as a correlation, on average over those in which something is
/// said. 1 is the same. Where nothing is lost of speech in quiet it is above 0.95; listeners understand nearly all
/// sentences at 0.75, and half of the words at about 0.6. Each stretch is compared where it fits best, since a buffer
/// changes its delay.
pub(crate) fn intelligibility(sent: &[f32], heard: &[f32]) -> f64 {
    let (sent, heard) = (bands(sent), bands(heard));
    let loudness = |segment: &[[f32; 15]]| segment.iter().flatten().sum::<f32>();
    let loudest = sent.chunks_exact(SEGMENT).map(loudness).fold(0.0, f32::max);
    let delay =
        (0..LATEST).max_by(|a, b| whole(&sent, &heard, *a).total_cmp(&whole(&sent, &heard, *b))).unwrap();
    let (mut sum, mut count) = (0.0, 0);
    // The beginning is when the buffer learns.
    for start in (SEGMENT * 3..sent.len().saturating_sub(SEGMENT + LATEST + WANDERS)).step_by(SEGMENT / 2) {
        let segment = &sent[start..start + SEGMENT];
        if loudness(segment) < loudest * 0.05 {
            continue;
        }
        let delays = delay.saturating_sub(WANDERS)..=delay + WANDERS;
        let best = delays
            .filter_map(|delay| Some(likeness(segment, heard.get(start + delay..start + delay + SEGMENT)?)))
            .fold(f64::MIN, f64::max);
        (sum, count) = (sum + best, count + 1);
    }
    sum / f64::from(count.max(1))
}

/// How alike two whole signals are with this delay.
fn whole(sent: &[[f32; 15]], heard: &[[f32; 15]], delay: usize) -> f64 {
    let later = heard.get(delay..).unwrap_or_default();
    let length = sent.len().min(later.len());
    likeness(&sent[..length], &later[..length])
}

/// The mean correlation of the bands of two stretches. What is too loud counts as loud as the other signal allows.
fn likeness(sent: &[[f32; 15]], heard: &[[f32; 15]]) -> f64 {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let of =
        |band: usize, frames: &[[f32; 15]]| frames.iter().map(|f| f64::from(f[band])).collect::<Vec<f64>>();
    let correlations = (0..15).map(|band| {
        let (x, y) = (of(band, sent), of(band, heard));
        let energy = |v: &[f64]| v.iter().map(|a| a * a).sum::<f64>();
        let scale = (energy(&x) / energy(&y).max(1e-12)).sqrt();
        let y: Vec<f64> = y.iter().zip(&x).map(|(y, x)| (y * scale).min(x * (1.0 + 5.62))).collect();
        let (mx, my) = (mean(&x), mean(&y));
        let (mut xy, mut xx, mut yy) = (0.0, 1e-12, 1e-12);
        for (a, b) in x.iter().zip(&y) {
            xy += (a - mx) * (b - my);
            xx += (a - mx) * (a - mx);
            yy += (b - my) * (b - my);
        }
        xy / (xx * yy).sqrt()
    });
    correlations.sum::<f64>() / 15.0
}
