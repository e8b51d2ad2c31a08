//! Programs that we start and that must not outlive us.

use std::ffi::OsStr;
use std::io::{self, BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// A running program: asked to stop, then killed, when dropped. If this process is itself killed, the system ends the
/// program too (where `setpriv` is there to arrange it).
#[derive(Debug)]
pub struct Guarded {
    name: String,
    child: Child,
}

/// A command whose process ends with ours.
pub fn guarded_command(program: impl AsRef<OsStr>) -> Command {
    // `setpriv` replaces itself with the program, so the process id is the program's.
    if cfg!(target_os = "linux") && on_path("setpriv") {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "TERM", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    }
}

/// Whether a program is on the path.
pub fn on_path(name: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|dir| dir.join(name).is_file()))
}

impl Guarded {
    /// Starts `command`; `name` is for messages. It is not told of Ctrl-C in our terminal: we are, and end it in order.
    pub fn start(name: &str, command: &mut Command) -> io::Result<Self> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let child = command
            .stdin(Stdio::null())
            .spawn()
            .map_err(|e| io::Error::new(e.kind(), format!("cannot start {name}: {e}")))?;
        Ok(Self { name: name.into(), child })
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Its standard output, once, if it was piped.
    pub fn stdout(&mut self) -> Option<ChildStdout> {
        self.child.stdout.take()
    }

    /// The first line it prints, if its output was piped. Blocks until the line is there or the program ends.
    pub fn first_line(&mut self) -> io::Result<String> {
        let stdout = self.stdout().ok_or_else(|| io::Error::other("its output is not piped"))?;
        let mut reader = BufReader::new(stdout);
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            let status = self.child.wait()?;
            return Err(io::Error::other(format!("{} ended early ({status})", self.name)));
        }
        // The rest is read and dropped, so that the program never blocks on a full pipe.
        std::thread::spawn(move || io::copy(&mut reader, &mut io::sink()));
        Ok(line.trim_end().to_owned())
    }

    /// How it ended, if it did.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Kills it at once, as a crash would.
    pub fn kill(&mut self) -> io::Result<()> {
        self.child.kill()?;
        self.child.wait().map(|_| ())
    }

    /// Asks it to stop (`SIGTERM`), waits up to `patience`, then kills it.
    pub fn stop(&mut self, patience: Duration) -> Option<ExitStatus> {
        if self.ended().is_none() {
            self.terminate();
        }
        let deadline = Instant::now() + patience;
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => return Some(status),
                Ok(None) if Instant::now() < deadline => std::thread::park_timeout(Duration::from_millis(5)),
                _ => {
                    let _ = self.kill();
                    return None;
                }
            }
        }
    }

    #[cfg(unix)]
    fn terminate(&self) {
        let pid = i32::try_from(self.child.id()).ok().and_then(rustix::process::Pid::from_raw);
        if let Some(pid) = pid {
            // It may have ended in between; then there is nothing to ask.
            let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
        }
    }

    #[cfg(not(unix))]
    fn terminate(&self) {}
}

impl Drop for Guarded {
    fn drop(&mut self) {
        self.stop(Duration::from_secs(3));
    }
}
