@0xd1f2a7c45b9e6031;
# Control messages between a client and a relay.

struct RelayMessage {
  union {
    open @0 :Open;
    # Client to relay: take this side of an introduction.
    unused @1 :Void;
  }
}

struct Open {
  token @0 :Data;
  # A relay token as the rendezvous server signed it.
}
