//! The server process.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use deskwire_identity::ServerKey;
use serde_json::Value;
use tempfile::TempDir;

use crate::error::Failure;

/// The server program.
pub(crate) fn find(given: Option<&Path>) -> Result<PathBuf, Failure> {
    let path = match given {
        Some(path) => path.to_owned(),
        None => std::env::current_exe()
            .map_err(Failure::system("looking for this program's folder"))?
            .with_file_name(format!("deskwire-server{}", std::env::consts::EXE_SUFFIX)),
    };
    if !path.is_file() {
        return Err(Failure(format!(
            "there is no server at {}; build it, or name it with --server",
            path.display()
        )));
    }
    Ok(path)
}

/// A server that runs; ended when dropped.
pub(crate) struct Server {
    process: Child,
    ready: Value,
    _data: TempDir,
}

impl Server {
    /// Starts one with a new directory and waits until it is ready.
    pub(crate) fn start(program: &Path, args: &[&str]) -> Result<Self, Failure> {
        let data = tempfile::tempdir().map_err(Failure::system("making a folder"))?;
        let mut process = Command::new(program)
            .arg("--data")
            .arg(data.path())
            .args(["--config", "/dev/null", "--json", "--loopback", "--log", "warn"])
            .args(args)
            .stdout(Stdio::piped())
            .spawn()
            .map_err(Failure::system("starting the server"))?;
        let mut line = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output)
                .read_line(&mut line)
                .map_err(Failure::system("reading from the server"))?;
        }
        let ready = serde_json::from_str(&line).unwrap_or_default();
        let server = Self { process, ready, _data: data };
        if server.ready.is_null() {
            return Err(Failure("the server did not start; it said why above".into()));
        }
        Ok(server)
    }

    fn said(&self, name: &str) -> Result<&str, Failure> {
        self.ready[name].as_str().ok_or_else(|| Failure(format!("the server told no {name}")))
    }

    /// An address that it told.
    pub(crate) fn address(&self, name: &str) -> Result<SocketAddr, Failure> {
        self.said(name)?.parse().map_err(|_| Failure(format!("the server told a {name} that is no address")))
    }

    /// Its key.
    pub(crate) fn key(&self) -> Result<ServerKey, Failure> {
        self.said("key")?.parse().map_err(|error| Failure(format!("the server told a wrong key ({error})")))
    }

    /// CPU time that it has used, user and system.
    pub(crate) fn cpu(&self) -> Result<Duration, Failure> {
        Ok(self.usage()?.cpu)
    }

    /// What it uses.
    pub(crate) fn usage(&self) -> Result<Usage, Failure> {
        usage(self.process.id())
    }
}

/// What a process uses.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Usage {
    /// CPU time, user and system.
    pub(crate) cpu: Duration,
    /// Resident memory in bytes.
    pub(crate) resident: u64,
    /// Open files, sockets among them.
    pub(crate) files: usize,
}

/// Looks it up for a process (Linux only).
pub(crate) fn usage(process: u32) -> Result<Usage, Failure> {
    let path = format!("/proc/{process}/stat");
    let stat = std::fs::read_to_string(&path).map_err(Failure::system("reading a process's CPU time"))?;
    let fields = fields(&stat).ok_or_else(|| Failure(format!("{path} does not look as expected")))?;
    let per_second = rustix::param::clock_ticks_per_second().max(1) as f64;
    let files = std::fs::read_dir(format!("/proc/{process}/fd")).map_or(0, Iterator::count);
    Ok(Usage {
        cpu: Duration::from_secs_f64(fields.ticks as f64 / per_second),
        resident: fields.pages * rustix::param::page_size() as u64,
        files,
    })
}

/// What is wanted of a line of `/proc/PID/stat`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Fields {
    /// User and system time.
    ticks: u64,
    /// Resident pages.
    pages: u64,
}

fn fields(stat: &str) -> Option<Fields> {
    // The name in parentheses may hold anything; the state is the first field behind it, the times are the 12th and
    // 13th, the resident pages the 22nd.
    let (_, fields) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = fields.split_ascii_whitespace().collect();
    let number = |at: usize| fields.get(at)?.parse::<u64>().ok();
    Some(Fields { ticks: number(11)? + number(12)?, pages: number(21)? })
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_found_behind_any_name() {
        let line = "7 (a) 1 (b) S 1 2 3 4 5 6 7 8 9 10 250 31 0 0 20 0 4 0 99 4096 512 18";
        assert_eq!(fields(line), Some(Fields { ticks: 281, pages: 512 }));
        assert_eq!(fields("7 (a) S 1"), None);
    }
}
