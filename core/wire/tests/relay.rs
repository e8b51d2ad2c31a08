//! Relay messages: round trips and rubbish.

use deskwire_wire::relay::RelayMsg;
use deskwire_wire::{CapnProto, Codec};
use proptest::prelude::*;

proptest! {
    #[test]
    fn round_trip(token in proptest::collection::vec(any::<u8>(), 0..300)) {
        let message = RelayMsg::Open { token };
        let mut bytes = Vec::new();
        CapnProto::encode(&message, &mut bytes).unwrap();
        prop_assert_eq!(CapnProto::decode(&bytes), Ok(message));
    }

    #[test]
    fn rubbish_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _: Result<RelayMsg, _> = CapnProto::decode(&bytes);
    }
}
