//! Recordings as a stock player (ffmpeg) plays them, and the mark on the recorded screen.

use std::path::Path;
use std::process::{Command, Stdio};

use deskwire_kit::child::Guarded;
use deskwire_kit::stack::NO_SETTINGS;

use super::support::screen::Screen;
use super::support::shot::{deskwire, deskwire_at};
use super::support::{PATIENCE, Site, Viewer, eventually, folder, server};

/// Blue, green and red of what is painted while it is recorded.
const FIRST: [u8; 3] = [200, 40, 20];
const SECOND: [u8; 3] = [20, 180, 40];

/// What `ffprobe` says of a file's first track: codec, width, height; and the duration of the whole.
fn probe(file: &Path) -> (String, f64) {
    let output = Command::new("ffprobe")
        .args(["-v", "error", "-select_streams", "v:0", "-show_entries"])
        .args(["stream=codec_name,width,height:format=duration", "-of", "default=nw=1:nk=1"])
        .arg(file)
        .output()
        .expect("ffprobe cannot be started; `cargo xtask setup` installs it");
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    (lines[..3].join(" "), lines[3].parse().unwrap())
}

/// All pictures of a recording as red, green and blue.
fn pictures(file: &Path, screen: &Screen) -> Vec<Vec<u8>> {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(file)
        .args(["-f", "rawvideo", "-pix_fmt", "rgb24", "-vsync", "passthrough", "-"])
        .output()
        .expect("ffmpeg cannot be started; `cargo xtask setup` installs it");
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{:?}",
        String::from_utf8_lossy(&output.stderr)
    );
    let size = screen.size();
    output.stdout.chunks_exact(size.width as usize * size.height as usize * 3).map(<[u8]>::to_vec).collect()
}

/// The colour in the middle of what is painted (blue, green, red).
fn colour(picture: &[u8], screen: &Screen) -> [u8; 3] {
    let at = (200 * screen.size().width as usize + 300) * 3;
    [picture[at + 2], picture[at + 1], picture[at]]
}

fn is_like(a: [u8; 3], b: [u8; 3]) -> bool {
    a.iter().zip(b).all(|(a, b)| a.abs_diff(b) < 12)
}

/// Pixels of the mark's dot at the upper edge.
fn has_mark(screen: &Screen) -> bool {
    let upper = screen.size().width as usize * 40 * 3;
    Screen::count(&screen.grab()[..upper], [0x20, 0x20, 0xd0]) > 60
}

fn paint(screen: &Screen, colour: [u8; 3]) {
    screen.fill(100, 100, (500, 300), colour);
}

/// Whether both colours are there, the second after the first.
fn assert_both(pictures: &[Vec<u8>], screen: &Screen) {
    let find = |wanted| pictures.iter().position(|picture| is_like(colour(picture, screen), wanted));
    let (first, second) = (find(FIRST), find(SECOND));
    assert!(first.is_some() && first < second, "{first:?}, {second:?} of {}", pictures.len());
}

#[test]
fn a_viewer_records_what_it_sees_and_the_host_shows_that() {
    let site = Site::new();
    let file = site.folder.path().join("session.webm");
    let record = || {
        let mut command = deskwire_at(&site.server, &site.viewer_state());
        std::fs::create_dir_all(site.viewer_state()).unwrap();
        command.args(["record", site.host.id(), "-o"]).arg(&file).env("DESKWIRE_CODE", site.host.code());
        command
    };
    // A code alone does not permit it.
    let refused = record().output().unwrap();
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && said.contains("does not permit recordings"), "{said}");
    assert!(!file.exists(), "an empty file is left");

    let granted = deskwire()
        .args(["--state"])
        .arg(site.host_state())
        .args(NO_SETTINGS)
        .args(["access", "grant", "code", "view", "recording"])
        .output()
        .unwrap();
    assert!(granted.status.success(), "{granted:?}");
    paint(&site.screen, FIRST);
    // The host looks at its terms once a second; until then it refuses.
    let mut recorder = eventually("a recording", PATIENCE, || {
        let mut recorder = Guarded::start("deskwire record", record().stderr(Stdio::null())).unwrap();
        let begun = eventually("the mark or the end", PATIENCE, || {
            has_mark(&site.screen).then_some(true).or_else(|| recorder.ended().map(|_| false))
        });
        begun.then_some(recorder)
    });
    // The file grows when a cluster is whole, so both colours are in it for sure when it has grown twice.
    let grown = |than: u64| {
        eventually("more of the recording", PATIENCE, || {
            Some(file.metadata().unwrap().len()).filter(|length| *length > than)
        })
    };
    let length = grown(1_000);
    paint(&site.screen, SECOND);
    let length = grown(length);
    grown(length);
    assert!(recorder.stop(PATIENCE).is_some_and(|status| status.success()));
    eventually("the end of the mark", PATIENCE, || (!has_mark(&site.screen)).then_some(()));

    let size = site.screen.size();
    let (track, duration) = probe(&file);
    assert_eq!(track, format!("av1 {} {}", size.width, size.height));
    let pictures = pictures(&file, &site.screen);
    assert_both(&pictures, &site.screen);
    let rate = pictures.len() as f64 / duration;
    assert!((2.0..=11.0).contains(&rate), "{} pictures in {duration} s", pictures.len());
}

#[test]
fn a_host_records_while_somebody_is_there() {
    let folder = folder();
    let tapes = folder.path().join("tapes");
    let server = server(&folder.path().join("server"), &[]);
    let site = Site::with(folder, server, &["--record", tapes.to_str().unwrap()]);
    assert!(std::fs::read_dir(&tapes).unwrap().next().is_none(), "nobody is there");
    assert!(!has_mark(&site.screen));
    paint(&site.screen, FIRST);
    let Viewer { client } = site.view();
    eventually("the mark", PATIENCE, || has_mark(&site.screen).then_some(()));
    let file = std::fs::read_dir(&tapes).unwrap().next().unwrap().unwrap().path();
    let grown = |than: u64| {
        eventually("more of the recording", PATIENCE, || {
            Some(file.metadata().unwrap().len()).filter(|length| *length > than)
        })
    };
    let length = grown(1_000);
    paint(&site.screen, SECOND);
    let length = grown(length);
    grown(length);
    drop(client);
    eventually("the end of the mark", PATIENCE, || (!has_mark(&site.screen)).then_some(()));
    // With the end of the mark the file has its duration.
    let (_, duration) = eventually("the end of the recording", PATIENCE, || {
        Some(probe(&file)).filter(|(_, duration)| *duration > 0.5)
    });
    assert!(duration > 1.0, "{duration}");
    assert_both(&pictures(&file, &site.screen), &site.screen);
}
