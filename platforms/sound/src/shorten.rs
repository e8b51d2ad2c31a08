//! Takes time out of sound without a click: a piece as long as a wave repeats is cut out, and the ends are blended.

/// Shortens a stretch of sound.
#[derive(Clone, Copy, Debug)]
pub struct Shorten {
    /// Samples of each channel that are cut, at least and at most.
    least: usize,
    most: usize,
    channels: usize,
}

impl Shorten {
    /// For sound of so many interleaved channels: cuts 2.5 to 10 ms.
    pub const fn new(channels: usize) -> Self {
        Self { least: 120, most: 480, channels: if channels == 0 { 1 } else { channels } }
    }

    /// Cuts a piece out of `samples` from `start` on, which must have twice the longest piece; less is left as it is.
    /// Gives how many samples of each channel are gone.
    pub fn cut(&self, samples: &mut Vec<f32>, start: usize) -> usize {
        let Some(part) = samples.get(start..) else { return 0 };
        if part.len() < 2 * self.most * self.channels {
            return 0;
        }
        let blend = self.most;
        let lag = self.best_lag(part, blend);
        let blended: Vec<f32> = (0..blend * self.channels)
            .map(|at| {
                let (old, new) = (part.get(at), part.get(at + lag * self.channels));
                // A blend is at most 480 samples, which a float counts exactly.
                #[expect(clippy::cast_precision_loss, reason = "small whole numbers")]
                let weight = (at / self.channels) as f32 / blend as f32;
                old.copied().unwrap_or(0.0) * (1.0 - weight) + new.copied().unwrap_or(0.0) * weight
            })
            .collect();
        let end = start + (blend + lag) * self.channels;
        samples.splice(start..end, blended);
        lag
    }

    /// After how many samples the sound is most like itself.
    fn best_lag(&self, part: &[f32], length: usize) -> usize {
        let at = |n: usize| part.iter().skip(n * self.channels).step_by(self.channels).take(length);
        let likeness = |lag: usize| {
            let (mut product, mut energy) = (0.0f32, 1e-9f32);
            for (a, b) in at(0).zip(at(lag)) {
                product += a * b;
                energy += b * b;
            }
            product / energy.sqrt()
        };
        let lags = self.least..=self.most;
        lags.max_by(|a, b| likeness(*a).total_cmp(&likeness(*b))).unwrap_or(self.most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::cast_precision_loss, reason = "small whole numbers")]
    fn tone(hertz: f32, samples: usize, channels: usize) -> Vec<f32> {
        let sample = |n: usize| 0.5 * (std::f32::consts::TAU * hertz * n as f32 / 48_000.0).sin();
        (0..samples * channels).map(|at| sample(at / channels)).collect()
    }

    #[test]
    fn a_tone_goes_on_evenly_over_the_cut() {
        for (hertz, channels) in [(150.0, 1), (440.0, 2), (1_000.0, 2), (3_333.0, 1)] {
            let mut samples = tone(hertz, 1_440, channels);
            let cut = Shorten::new(channels).cut(&mut samples, 0);
            assert!((120..=480).contains(&cut), "{cut}");
            assert_eq!(samples.len(), (1_440 - cut) * channels);
            let left: Vec<f32> = samples.iter().copied().step_by(channels).collect();
            let step = left.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max);
            let most = 0.5 * std::f32::consts::TAU * hertz / 48_000.0;
            assert!(step <= most * 1.3 + 0.005, "{hertz}: a step of {step}, not {most}");
            // No piece of 10 ms gets weaker.
            for piece in left.chunks_exact(480) {
                let level = (piece.iter().map(|x| x * x).sum::<f32>() / 480.0).sqrt();
                assert!((0.30..0.40).contains(&level), "{hertz}: {level}");
            }
        }
    }

    #[test]
    fn what_is_too_short_is_left_alone() {
        let mut samples = tone(440.0, 900, 1);
        assert_eq!(Shorten::new(1).cut(&mut samples, 0), 0);
        assert_eq!(samples.len(), 900);
        assert_eq!(Shorten::new(1).cut(&mut samples, 5_000), 0);
    }
}
