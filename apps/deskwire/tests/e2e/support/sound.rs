//! A sound system of the test's own: PipeWire with one sink that plays nowhere.

use std::f32::consts::TAU;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use deskwire_kit::child::{Guarded, on_path};

use super::media::{Environment, Media};
use super::{PATIENCE, eventually};

const SINK: &str = "deskwire-test";
const RATE: u32 = 48_000;
/// 20 ms of one channel.
const WINDOW: usize = 960;

/// Ends with what carries it.
pub(crate) struct SoundSystem {
    media: Media,
}

impl SoundSystem {
    /// Starts it, and waits until its sink is the one that programs play to.
    pub(crate) fn start(folder: &Path) -> Self {
        let system = Self::start_quick(folder);
        // Long turns: a machine that is busy with other tests keeps up with few of them better than with many.
        let set =
            system.tool("pw-metadata").args(["-n", "settings", "0", "clock.force-quantum", "2048"]).output();
        assert!(set.unwrap().status.success());
        system
    }

    /// The same with turns as short as programs want them.
    pub(crate) fn start_quick(folder: &Path) -> Self {
        for program in ["pw-cli", "pw-cat", "pw-dump", "pw-metadata"] {
            assert!(
                on_path(program),
                "there is no {program} on this machine; `cargo xtask setup` installs it"
            );
        }
        let system = Self { media: Media::start(&folder.join("sound")) };
        let made = system
            .tool("pw-cli")
            .args(["create-node", "adapter"])
            .arg(format!(
                "{{ factory.name=support.null-audio-sink node.name={SINK} media.class=Audio/Sink \
                 object.linger=true audio.position=[FL FR] monitor.channel-volumes=true }}"
            ))
            .output()
            .unwrap();
        assert!(made.status.success(), "{made:?}");
        eventually("a sink to play to", PATIENCE, || {
            let dump = system.tool("pw-dump").output().unwrap();
            let dump = String::from_utf8_lossy(&dump.stdout).into_owned();
            // The session manager has made it the default.
            let default = dump.split("default.audio.sink").nth(1)?;
            default.get(..200).unwrap_or(default).contains(SINK).then_some(())
        });
        system
    }

    /// What a program needs to find it, and no other.
    pub(crate) fn environment(&self) -> Environment {
        self.media.environment()
    }

    fn tool(&self, program: &str) -> Command {
        self.media.tool(program)
    }

    /// Plays a tone until what this gives is dropped, or for a minute.
    pub(crate) fn play_tone(&self, hertz: f32, level: f32) -> Guarded {
        let file = self.media.folder().join("tone.wav");
        fs::write(&file, wav(&tone(hertz, level, 60 * RATE))).unwrap();
        let mut command = self.tool("pw-cat");
        command.args(["-p", "--target", SINK]).arg(file).stdout(Stdio::null()).stderr(Stdio::null());
        Guarded::start("pw-cat", &mut command).unwrap()
    }

    /// Writes what is played to the sink into a file until what this gives is stopped.
    pub(crate) fn record(&self, file: &Path) -> Guarded {
        let mut command = self.tool("pw-cat");
        command
            .args(["-r", "--target", SINK, "-P", "{ stream.capture.sink=true }"])
            .args(["--rate", "48000", "--channels", "2", "--format", "s16"])
            .arg(file)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        Guarded::start("pw-cat", &mut command).unwrap()
    }
}

/// One channel of a tone.
pub(crate) fn tone(hertz: f32, level: f32, samples: u32) -> Vec<f32> {
    let at = |n: u32| f64::from(hertz) * f64::from(n) / f64::from(RATE);
    (0..samples).map(|n| level * ((at(n).fract() as f32) * TAU).sin()).collect()
}

/// Both channels the same.
fn wav(samples: &[f32]) -> Vec<u8> {
    let bytes = u32::try_from(samples.len() * 4).unwrap();
    let mut file = Vec::from(*b"RIFF");
    file.extend((bytes + 36).to_le_bytes());
    file.extend(*b"WAVEfmt \x10\0\0\0\x01\0\x02\0");
    file.extend(RATE.to_le_bytes());
    file.extend((RATE * 4).to_le_bytes());
    file.extend(*b"\x04\0\x10\0data");
    file.extend(bytes.to_le_bytes());
    for sample in samples {
        let sample = (sample * f32::from(i16::MAX)) as i16;
        file.extend(sample.to_le_bytes());
        file.extend(sample.to_le_bytes());
    }
    file
}

/// The left channel of a recording.
pub(crate) fn left(file: &Path) -> Vec<f32> {
    let (samples, channels) = deskwire_sound::read_wav(file).unwrap();
    samples.into_iter().step_by(channels.into()).collect()
}

/// Of the windows of 20 ms, from the first with the tone on: how many hold the tone at its level and little else, and
/// how many there are. Short windows, because a machine that is busy drops out now and then.
pub(crate) fn windows_with(samples: &[f32], hertz: f32, level: f32) -> (usize, usize) {
    let is_tone = |window: &[f32]| {
        let (mut sine, mut cosine, mut all) = (0.0f32, 0.0f32, 0.0f32);
        for (n, sample) in window.iter().enumerate() {
            let angle = TAU * hertz * n as f32 / RATE as f32;
            sine += sample * angle.sin();
            cosine += sample * angle.cos();
            all += sample * sample;
        }
        let amplitude = sine.hypot(cosine) * 2.0 / window.len() as f32;
        let purity = amplitude * amplitude * window.len() as f32 / 2.0 / all.max(1e-9);
        (amplitude - level).abs() < level * 0.2 && purity > 0.9
    };
    let windows: Vec<bool> = samples.chunks_exact(WINDOW).map(is_tone).collect();
    let begin = windows.iter().position(|is| *is).unwrap_or(windows.len());
    let heard = windows.iter().skip(begin);
    (heard.clone().filter(|is| **is).count(), heard.len())
}
