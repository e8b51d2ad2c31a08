//! Questions to a server that runs on this computer, over its control socket.

use std::fmt;
use std::io::{Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use deskwire_wire::ids::DeviceId;

/// How long a server may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a server is asked, or told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Question {
    /// Why a session between two devices uses which relays.
    Explain {
        /// The device that dials.
        viewer: DeviceId,
        /// The device that is dialled.
        host: DeviceId,
    },
    /// All its relays.
    List,
    /// Its relay is to take no more sessions.
    Drain,
}

/// Why there is no answer.
#[derive(Debug)]
#[non_exhaustive]
pub enum AskError {
    /// Nobody answers at this socket.
    Silent(PathBuf, std::io::Error),
    /// The server refuses, and says why.
    Refused(String),
}

impl fmt::Display for AskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Silent(socket, error) => {
                write!(
                    f,
                    "no server answers at {} ({error}); does it run on this computer, as this user,",
                    socket.display()
                )?;
                f.write_str(" with this data directory?")
            }
            Self::Refused(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for AskError {}

/// Asks the server behind this socket; gives its answer, a JSON text that [`table`](crate::table) shows.
///
/// # Errors
/// When nobody answers there, or the server refuses.
pub fn ask(socket: &Path, question: Question) -> Result<String, AskError> {
    let digits = |id: DeviceId| id.to_string().replace(' ', "");
    let (method, path) = match question {
        Question::Explain { viewer, host } => {
            ("GET", format!("/relays/explain/{}/{}", digits(viewer), digits(host)))
        }
        Question::List => ("GET", "/relays".to_owned()),
        Question::Drain => ("POST", "/drain".to_owned()),
    };
    let silent = |error| AskError::Silent(socket.into(), error);
    let mut stream = UnixStream::connect(socket).map_err(silent)?;
    stream.set_read_timeout(Some(PATIENCE)).map_err(silent)?;
    write!(stream, "{method} {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").map_err(silent)?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).map_err(silent)?;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_default();
    if head.split(' ').nth(1) == Some("200") {
        return Ok(body.trim_end().to_owned());
    }
    let why = if body.trim().is_empty() { "the server gave no answer; see its log" } else { body.trim() };
    Err(AskError::Refused(why.to_owned()))
}
