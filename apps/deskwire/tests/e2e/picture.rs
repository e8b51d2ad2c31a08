//! What `deskwire shot` saves is what is on the host's screen.

use deskwire_platform::Picture;

use super::support::shot::Shot;
use super::support::{PATIENCE, Site, desktop, eventually, open, start_host};

/// Text that stands still, a message, a calculator.
const TERMINAL: &str = r"for i in 1 2 3 4 5 6 7; do printf '\033[3%dmline %d: %s\033[0m\n' $i $i 'the quick brown fox'; done
exec cat";

/// The same pixels as red, green and blue.
fn rgb(picture: &Picture) -> Vec<u8> {
    picture.pixels().chunks_exact(4).flat_map(|p| [p[2], p[1], p[0]]).collect()
}

#[test]
fn a_film_goes_as_video_and_is_exact_when_it_stops() {
    let mut site = Site::new();
    let viewer = site.view();
    let display = viewer.display();
    eventually("video of what moves", PATIENCE, || {
        let before = viewer.client.view().stats.frames;
        site.screen.play();
        let view = viewer.wait("the next frame", PATIENCE, |view| view.stats.frames > before);
        (view.stats.moving_frames >= 10).then_some(())
    });
    let screen = site.screen.grab();
    eventually("the exact picture", PATIENCE, || {
        viewer.client.picture(display).filter(|picture| rgb(picture) == screen).map(|_| ())
    });
    assert_eq!(viewer.client.view().stats.broken_frames, 0);
}

#[test]
fn a_shot_has_every_pixel_of_the_screen() {
    let mut site = Site::new();
    let pointer = ["-geometry", "80x20+40+40", "-fa", "DejaVu Sans Mono", "-fs", "11", "+bc"];
    let terminal = [&pointer[..], &["-xrm", "XTerm*cursorBlink: false", "-e", "sh", "-c", TERMINAL]].concat();
    open(&mut site.desktop, "xterm", &terminal);
    open(&mut site.desktop, "xmessage", &["-geometry", "+40+500", "-buttons", "Close:7", "A message"]);
    open(&mut site.desktop, "xcalc", &["-geometry", "+870+270"]);
    site.screen.wait_windows(3);
    let screen = site.screen.still();

    for args in [&["--settle", "300"][..], &["--settle", "300", "--relay-only"]] {
        let shot = Shot::of(&site, site.host.code(), args);
        shot.assert(0, &["Saved", "1280x720"]);
        assert_eq!(site.screen.grab(), screen, "the screen was not still");
        assert!(shot.pixels() == screen, "the picture differs from the screen");
    }

    // The same comparison finds that one block is another.
    let (other, mut painted) = desktop();
    painted.paint();
    let host = start_host(&other, &site.folder.path().join("other"), &site.server, &[]);
    let address = site.server.rendezvous().unwrap().to_string();
    let (key, state) = (site.server.key().unwrap(), site.viewer_state());
    let shot = Shot::take(&address, key, &state, host.id(), host.code(), &["--settle", "300"]);
    shot.assert(0, &["Saved"]);
    assert!(shot.pixels() == painted.grab());
    assert!(shot.pixels() != screen);
}
