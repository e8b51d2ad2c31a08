//! The exit codes of our programs, as `deskwire --help` lists them.

/// All of them, shown below `--help`.
pub const LIST: &str = "\
Exit codes:
  0    done
  1    something else failed; the message says what
  2    the command line is wrong
  3    settings or state are missing or damaged
  4    the rendezvous server or the relay cannot be reached, or shows another key
  5    the host is not there (unknown, offline and not allowed look the same)
  6    the login was refused
  7    the session was lost
  8    there is no desktop to share or to show a window on
  130  interrupted";

/// Something failed that has no code of its own.
pub const FAILED: u8 = 1;
/// Settings or state are missing or damaged.
pub const SETTINGS: u8 = 3;
/// The rendezvous server or the relay cannot be reached, or shows another key.
pub const SERVER: u8 = 4;
/// The host is not there.
pub const NOT_THERE: u8 = 5;
/// The login was refused, or given up.
pub const LOGIN: u8 = 6;
/// The session was lost.
pub const LOST: u8 = 7;
/// There is no desktop to share or to show a window on.
pub const NO_DESKTOP: u8 = 8;
/// The user or the system wanted the end.
pub const INTERRUPTED: u8 = 130;

/// The code of a session that ended like this.
pub const fn code_of(end: crate::viewer::EndKind) -> u8 {
    use crate::viewer::EndKind;
    match end {
        EndKind::Asked => 0,
        EndKind::Server => SERVER,
        EndKind::NotThere => NOT_THERE,
        EndKind::HostKey | EndKind::Login => LOGIN,
        EndKind::Lost => LOST,
    }
}
