//! What the host plays is heard at the viewer, and a viewer's voice at the host.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use deskwire_core::wire::session::Scope;
use deskwire_kit::desktop::VirtualDesktop;
use deskwire_kit::stack::{HostPlan, HostProcess, ServerProcess};
use deskwire_kit::viewer::{Client, LoginWith, Plan, View, ViewerSound};
use deskwire_platform::sound::{Fill, Heard};
use deskwire_platform::{SoundSink, SoundSource};
use serde_json::Value;
use tempfile::TempDir;

use super::support::shot::deskwire_at;
use super::support::sound::{SoundSystem, left, tone, windows_with};
use super::support::{PATIENCE, Viewer, eventually, folder, programs, server, settings};

const HERTZ: f32 = 440.0;
const LEVEL: f32 = 0.5;

/// A server, a desktop with sound, and a host that shares both. Parts end in the order of the fields.
struct Site {
    host: HostProcess,
    server: ServerProcess,
    _desktop: VirtualDesktop,
    sound: SoundSystem,
    folder: TempDir,
}

impl Site {
    fn new(args: &[&str]) -> Self {
        let folder = folder();
        let sound = SoundSystem::start(folder.path());
        Self::with(folder, sound, args)
    }

    fn with(folder: TempDir, sound: SoundSystem, args: &[&str]) -> Self {
        let server = server(&folder.path().join("server"), &[]);
        let desktop = VirtualDesktop::start(640, 400).unwrap();
        let plan = HostPlan {
            display: desktop.display(),
            state: &folder.path().join("host"),
            server: server.rendezvous().unwrap(),
            key: server.key().unwrap(),
            args,
        };
        let host = HostProcess::start_in(&programs(), plan, &sound.environment()).unwrap();
        Self { host, server, _desktop: desktop, sound, folder }
    }

    fn viewer(&self, sound: ViewerSound) -> Viewer {
        let state = self.folder.path().join("viewer");
        let mut plan = Plan::new(settings(&self.server, &state), self.host.id().parse().unwrap());
        plan.login = LoginWith::code(self.host.code()).ok();
        plan.sound = sound;
        let client = Client::start(plan, || {}).unwrap();
        let view = client.wait_for(PATIENCE, View::has_picture);
        assert!(view.has_picture() && !view.has_ended(), "{:?}", view.stage);
        Viewer { client }
    }

    /// Watches for some seconds, and gives what was heard.
    fn watch(&self, seconds: u32) -> Vec<f32> {
        self.watch_figures(seconds).0
    }

    /// The same with the figures that were printed, twenty a second.
    fn watch_figures(&self, seconds: u32) -> (Vec<f32>, Vec<Value>) {
        let state = self.folder.path().join("watch");
        std::fs::create_dir_all(&state).unwrap();
        let file = state.join("heard.wav");
        let output = deskwire_at(&self.server, &state)
            .args([
                "--json",
                "watch",
                self.host.id(),
                "--for",
                &seconds.to_string(),
                "--every",
                "0.05",
                "--sound",
            ])
            .arg(&file)
            .env("DESKWIRE_CODE", self.host.code())
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        let lines =
            output.stdout.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok());
        let figures = lines.filter(|line: &Value| line["event"] == "figures").collect();
        (left(&file), figures)
    }
}

/// Asks for samples every 10 ms, as a loudspeaker does, and keeps the left ones.
struct TestSpeaker {
    heard: Arc<Mutex<Vec<f32>>>,
    running: Option<(Arc<AtomicBool>, std::thread::JoinHandle<()>)>,
}

impl TestSpeaker {
    fn new() -> (Self, Arc<Mutex<Vec<f32>>>) {
        let heard = Arc::default();
        (Self { heard: Arc::clone(&heard), running: None }, heard)
    }
}

/// Calls `act` every `step` until `going` is false; what is late is made up for.
fn paced(
    going: Arc<AtomicBool>,
    step: Duration,
    mut act: impl FnMut() + Send + 'static,
) -> std::thread::JoinHandle<()> {
    std::thread::spawn(move || {
        let mut next = Instant::now();
        while going.load(Ordering::Relaxed) {
            act();
            next += step;
            std::thread::park_timeout(next.saturating_duration_since(Instant::now()));
        }
    })
}

impl SoundSink for TestSpeaker {
    fn start(&mut self, mut fill: Fill) -> Result<Duration, deskwire_platform::Error> {
        self.stop();
        let (going, heard) = (Arc::new(AtomicBool::new(true)), Arc::clone(&self.heard));
        let step = Duration::from_millis(10);
        let thread = paced(Arc::clone(&going), step, move || {
            let mut samples = [0.0; 960];
            fill(&mut samples);
            heard.lock().unwrap().extend(samples.iter().step_by(2));
        });
        self.running = Some((going, thread));
        Ok(step)
    }

    fn stop(&mut self) {
        if let Some((going, thread)) = self.running.take() {
            going.store(false, Ordering::Relaxed);
            thread.join().unwrap();
        }
    }
}

/// A microphone that hears a tone.
#[derive(Default)]
struct TestMicrophone(Option<(Arc<AtomicBool>, std::thread::JoinHandle<()>)>);

impl SoundSource for TestMicrophone {
    fn start(&mut self, mut heard: Heard) -> Result<(), deskwire_platform::Error> {
        self.stop();
        let going = Arc::new(AtomicBool::new(true));
        let samples = tone(HERTZ, LEVEL, 48_000);
        let mut at = 0;
        let thread = paced(Arc::clone(&going), Duration::from_millis(10), move || {
            heard(&samples[at..at + 480], Duration::from_millis(10));
            at = (at + 480) % samples.len();
        });
        self.0 = Some((going, thread));
        Ok(())
    }

    fn stop(&mut self) {
        if let Some((going, thread)) = self.0.take() {
            going.store(false, Ordering::Relaxed);
            thread.join().unwrap();
        }
    }
}

/// Whether most of some seconds is the tone. A machine that is busy with other tests drops out now and then.
fn assert_tone(what: &str, samples: &[f32], at_least: usize) {
    let (good, all) = windows_with(samples, HERTZ, LEVEL);
    println!("{what}: {good} of {all} windows of 20 ms hold the tone");
    assert!(
        all >= at_least && good * 10 >= all * 8,
        "{what}: {good} of {all} windows, of {}",
        samples.len() / 960
    );
}

#[test]
fn what_the_host_plays_is_heard() {
    let site = Site::new(&[]);
    let _tone = site.sound.play_tone(HERTZ, LEVEL);
    assert_tone("watch --sound", &site.watch(5), 150);
}

// spec: SE-41
#[test]
fn a_viewer_that_is_muted_gets_nothing_and_then_all_again() {
    let site = Site::new(&[]);
    let _tone = site.sound.play_tone(HERTZ, LEVEL);
    let (speaker, heard) = TestSpeaker::new();
    let viewer = site.viewer(ViewerSound { speaker: Some(Box::new(speaker)), microphone: None });
    let packets = |client: &Client| client.view().sound.figures.stats.datagrams;
    let hears = |at_least| {
        heard.lock().unwrap().clear();
        eventually("the tone", PATIENCE, || {
            let (good, all) = windows_with(&heard.lock().unwrap(), HERTZ, LEVEL);
            (all >= at_least && good * 10 >= all * 8).then_some(())
        });
    };
    hears(50);
    assert!(packets(&viewer.client) > 50);
    viewer.client.set_sound(false);
    // The host has heard of it once two looks see the same.
    let last = eventually("the end of sound", PATIENCE, || {
        let before = packets(&viewer.client);
        viewer.client.wait_for(Duration::from_millis(300), |_| false);
        (packets(&viewer.client) == before && !viewer.client.view().sound.is_on).then_some(before)
    });
    viewer.client.set_sound(true);
    hears(50);
    assert!(packets(&viewer.client) > last);
}

#[test]
fn a_host_without_sound_grants_none() {
    let site = Site::new(&["--no-sound"]);
    let _tone = site.sound.play_tone(HERTZ, LEVEL);
    let viewer = site.viewer(ViewerSound::default());
    let granted = viewer.client.view().granted;
    assert!(
        granted.has(Scope::View) && !granted.has(Scope::Audio) && !granted.has(Scope::Voice),
        "{granted:?}"
    );
    assert!(site.watch(2).iter().all(|sample| *sample == 0.0));
}

// spec: SE-42
#[test]
fn a_voice_is_heard_at_a_host_that_wants_to_talk() {
    let site = Site::new(&["--voice", "--no-sound"]);
    let microphone = Some(Box::new(TestMicrophone::default()) as Box<dyn SoundSource>);
    let viewer = site.viewer(ViewerSound { speaker: None, microphone });
    let view = viewer.wait("a host that listens", PATIENCE, |view| view.sound.host_listens);
    assert!(
        view.sound.has_microphone && !view.sound.microphone_is_on,
        "it is off until its owner turns it on"
    );
    let file = site.folder.path().join("voice.wav");
    let mut recorder = site.sound.record(&file);
    viewer.client.set_microphone(true);
    eventually("the voice", PATIENCE, || {
        let seconds = std::fs::metadata(&file).map_or(0, |meta| meta.len()) / (48_000 * 4);
        (seconds >= 8).then_some(())
    });
    viewer.client.set_microphone(false);
    recorder.stop(Duration::from_secs(5));
    assert_tone("voice", &left(&file), 100);
}

/// From the capture of a sample (as PipeWire tells it) to when the loudspeaker takes it, over a session on this machine: what
/// packets, coding, the session and the buffer add to sound. For a machine with nothing else to do.
#[test]
#[ignore = "a measurement: cargo xtask bench sound"]
fn the_delay_of_sound() {
    let folder = folder();
    let sound = SoundSystem::start_quick(folder.path());
    let site = Site::with(folder, sound, &[]);
    let _tone = site.sound.play_tone(HERTZ, LEVEL);
    let (samples, figures) = site.watch_figures(20);
    let begun = |line: &&Value| line["sound_packets"].as_u64().is_some_and(|packets| packets > 300);
    let mut delays: Vec<f64> =
        figures.iter().filter(begun).filter_map(|line| line["sound_latency_ms"].as_f64()).collect();
    delays.sort_by(f64::total_cmp);
    let at = |percent: usize| delays[(delays.len() - 1) * percent / 100];
    let (good, all) = windows_with(&samples, HERTZ, LEVEL);
    println!(
        "added delay of sound: p50 {:.1} ms, p99 {:.1} ms, of {} looks; {good} of {all} windows of 20 ms hold the tone",
        at(50),
        at(99),
        delays.len()
    );
    assert!(delays.len() > 200 && at(99) < 60.0, "p99 {} ms", at(99));
}
