//! What a system error means to a machine.

use std::io::{Error, ErrorKind};

use deskwire_machine::CloseReason;

/// The reason that fits an error of a socket call.
pub(crate) fn close_reason(error: &Error) -> CloseReason {
    match error.kind() {
        ErrorKind::ConnectionRefused => CloseReason::Refused,
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe => {
            CloseReason::Reset
        }
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::NetworkDown => {
            CloseReason::Unreachable
        }
        ErrorKind::TimedOut => CloseReason::TimedOut,
        ErrorKind::AddrInUse => CloseReason::AddressInUse,
        ErrorKind::PermissionDenied => CloseReason::NotPermitted,
        _ => CloseReason::Failed(error.raw_os_error().unwrap_or_default()),
    }
}

/// Whether the process or the system is out of sockets, which waiting may cure.
pub(crate) fn is_out_of_sockets(error: &Error) -> bool {
    // EMFILE and ENFILE have the same numbers on every Unix; Windows says WSAEMFILE or WSAENOBUFS.
    match error.raw_os_error() {
        Some(code) if cfg!(windows) => code == 10_024 || code == 10_055,
        Some(code) => code == 24 || code == 23,
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_without_a_name_of_their_own_keep_their_number() {
        assert_eq!(close_reason(&Error::from_raw_os_error(4321)), CloseReason::Failed(4321));
        assert_eq!(close_reason(&Error::other("no number")), CloseReason::Failed(0));
        assert_eq!(close_reason(&Error::from(ErrorKind::BrokenPipe)), CloseReason::Reset);
    }
}
