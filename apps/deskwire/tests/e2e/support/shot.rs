//! `deskwire shot` as a user runs it.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use deskwire_kit::stack::{NO_SETTINGS, ServerProcess, bare_command};

use super::Site;

/// A run of `deskwire shot` that is over.
#[derive(Debug)]
pub(crate) struct Shot {
    pub(crate) exit: Option<i32>,
    pub(crate) said: String,
    pub(crate) file: PathBuf,
}

impl Shot {
    /// Takes a picture of a site's host.
    pub(crate) fn of(site: &Site, code: &str, args: &[&str]) -> Self {
        let server = site.server.rendezvous().unwrap().to_string();
        Self::take(&server, site.server.key().unwrap(), &site.viewer_state(), site.host.id(), code, args)
    }

    /// Takes a picture of the host with this id.
    pub(crate) fn take(server: &str, key: &str, state: &Path, id: &str, code: &str, args: &[&str]) -> Self {
        std::fs::create_dir_all(state).unwrap();
        let file = state.join("shot.png");
        let output = deskwire()
            .args(["--server", server, "--key", key, "--state"])
            .arg(state)
            .args(NO_SETTINGS)
            .args(["shot", id, "-o"])
            .arg(&file)
            .args(args)
            .env("DESKWIRE_CODE", code)
            .output()
            .unwrap();
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        Self { exit: output.status.code(), said, file }
    }

    /// Whether it ended with `exit` and said each of `parts`.
    #[track_caller]
    pub(crate) fn assert(&self, exit: i32, parts: &[&str]) {
        assert!(self.exit == Some(exit) && parts.iter().all(|part| self.said.contains(part)), "{self:?}");
    }

    /// The picture as red, green and blue.
    pub(crate) fn pixels(&self) -> Vec<u8> {
        pixels(&self.file)
    }
}

/// A saved picture as red, green and blue.
pub(crate) fn pixels(file: &Path) -> Vec<u8> {
    let file = BufReader::new(File::open(file).unwrap());
    let mut reader = png::Decoder::new(file).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    assert_eq!((info.color_type, info.bit_depth), (png::ColorType::Rgb, png::BitDepth::Eight));
    pixels.truncate(info.buffer_size());
    pixels
}

/// `deskwire` as a user of this server, with this folder for its state and no other settings.
pub(crate) fn deskwire_at(server: &ServerProcess, state: &Path) -> Command {
    let mut command = deskwire();
    command
        .args(["--server", &server.rendezvous().unwrap().to_string()])
        .args(["--key", server.key().unwrap(), "--state"])
        .arg(state)
        .args(NO_SETTINGS);
    command
}

/// The program, with nothing of this machine's settings.
pub(crate) fn deskwire() -> Command {
    let mut command = bare_command(env!("CARGO_BIN_EXE_deskwire"));
    command
        .env_remove("DESKWIRE_LOG")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .stdin(Stdio::null());
    command
}
