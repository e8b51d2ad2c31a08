//! A session bus of the test's own.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use deskwire_kit::child::{Guarded, guarded_command};

/// Nothing is started on this bus but by the test.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=FOLDER/bus</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// Ended when dropped.
pub(crate) struct Bus {
    _daemon: Guarded,
    address: String,
}

impl Bus {
    /// Starts it with its files in `folder`.
    pub(crate) fn start(folder: &Path) -> Self {
        let config = folder.join("bus.conf");
        fs::write(&config, BUS.replace("FOLDER", folder.to_str().unwrap())).unwrap();
        let mut command = guarded_command("dbus-daemon");
        command.arg(format!("--config-file={}", config.display())).args(["--nofork", "--print-address=1"]);
        let mut daemon = Guarded::start("dbus-daemon", command.stdout(Stdio::piped())).unwrap();
        let address = daemon.first_line().unwrap();
        Self { _daemon: daemon, address }
    }

    /// For `DBUS_SESSION_BUS_ADDRESS`.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}
