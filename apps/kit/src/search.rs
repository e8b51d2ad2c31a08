//! How direct paths are looked for: what the user may want to have a say in.

use deskwire_core::{Limits, OfferToAll, Offers};
use serde::{Deserialize, Serialize};

/// When a device gives its addresses to the other side through the server. With a relay they are exchanged inside the
/// session, where the server does not see them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum GiveAddresses {
    /// Never: without a relay nobody gets through
    Never,
    /// When the server has no relay
    #[default]
    WithoutRelay,
    /// Also when its relays cannot be reached
    IfRelaysFail,
}

/// How direct paths are looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Whether to ask the home router to map a port to this device.
    pub port_mapping: bool,
    /// Whether traffic costs money here.
    pub metered: bool,
    /// When the server is given this device's addresses.
    pub give_addresses: GiveAddresses,
}

impl Search {
    /// To whom this device's addresses are given.
    pub(crate) fn offers(self) -> Offers {
        let to_all = match self.give_addresses {
            GiveAddresses::Never => OfferToAll::Never,
            GiveAddresses::WithoutRelay => OfferToAll::IfServerHasNoRelay,
            GiveAddresses::IfRelaysFail => OfferToAll::IfNoRelayWorks,
        };
        Offers { to_all, ..Offers::default() }
    }

    /// The bounds of a node on this network.
    pub(crate) fn limits(self) -> Limits {
        let mut limits = Limits::default();
        if self.metered {
            // What is left costs less than the session's first picture.
            (limits.punch.sockets, limits.punch.guesses) = (0, 0);
        }
        limits
    }
}
