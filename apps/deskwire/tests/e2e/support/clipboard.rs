//! Another program that copies and pastes.

use std::io::Write as _;
use std::process::{Command, Stdio};

fn xclip(display: &str) -> Command {
    let mut command = Command::new("xclip");
    command.args(["-selection", "clipboard"]).env("DISPLAY", display).stderr(Stdio::null());
    command
}

/// Copies `text`; the program stays in the background until somebody else copies, or the display ends.
pub(crate) fn copy(display: &str, text: &str) {
    let mut copying = xclip(display)
        .arg("-i")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("xclip cannot be started; `cargo xtask setup` installs it");
    copying.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    assert!(copying.wait().unwrap().success());
}

/// Pastes, if there is a text.
pub(crate) fn paste(display: &str) -> Option<String> {
    let output = xclip(display).args(["-o", "-target", "UTF8_STRING"]).output();
    let output = output.expect("xclip cannot be started; `cargo xtask setup` installs it");
    output.status.success().then(|| String::from_utf8(output.stdout).unwrap())
}
