@0xd1f2a7c45b9e6031;
# Control messages between a client and a relay, packed. Addresses are 4 or 16 bytes of IP address and 2 bytes of port,
# all big-endian.

struct RelayMessage {
  union {
    open @0 :Open;
    # Client to relay: take this side of an introduction.
    openAck @1 :OpenAck;
    # Relay to client: the place is taken.
    paired @2 :Place;
    # Relay to client: the other side is here.
    refused @3 :Refused;
    # Relay to client: the open was refused.
    closed @4 :Closed;
    # Relay to client: the pair is over.
    ping @5 :Place;
    # Client to relay: still here; also proves that the client's address is its own.
    pong @6 :Pong;
    # Relay to client: the answer to a ping.
    draining @7 :Place;
    # Relay to client: the relay is about to go, open a path on another one.
    leave @8 :Place;
    # Client to relay: the client goes.
    unknownPlace @9 :Place;
    # Relay to client: the answer to a ping of a place that is none here, as after a restart; as long as the ping.
    echo @10 :Echo;
    # Anybody to relay: how far are you?
    echoed @11 :Echoed;
    # Relay to whom it may concern: the answer, no longer than the question. Nothing is kept.
  }
}

struct Place {
  channel @0 :UInt32;
  # 24 bits, drawn by the relay; in the header of every datagram.
  proof @1 :UInt64;
  # Drawn by the relay; only who received it at the address it was sent to knows it.
}

struct Open {
  token @0 :Data;
  # A relay token as the rendezvous server signed it, at most 512 bytes.
  nonce @1 :UInt64;
  # Drawn by the client, once per place; answers carry it.
  resume @2 :Place;
  # Null, or the place that the client had from another address.
  padding @3 :Data;
  # Bytes 0xff, so that no answer is larger than the question; at most 1,024.
}

struct OpenAck {
  nonce @0 :UInt64;
  place @1 :Place;
  paired @2 :Bool;
  # Whether the other side is here.
  maxPacket @3 :UInt16;
  # Largest packet carried, without the channel header.
  observed @4 :Data;
  # From which address the relay sees the client.
}

struct Refused {
  nonce @0 :UInt64;
  reason @1 :UInt16;
  # 0 expired or not yet valid, 1 for another relay, 2 taken or used before, 3 full, 4 draining.
}

struct Closed {
  place @0 :Place;
  reason @1 :UInt16;
  # 0 the peer left, 1 nobody came, 2 idle, 3 byte cap, 4 longest time, 5 the relay stops.
}

struct Echo {
  nonce @0 :UInt64;
  padding @1 :Data;
  # Bytes 0xff, so that the answer is not larger than the question; at most 1,024.
}

struct Echoed {
  nonce @0 :UInt64;
  # Of the question.
  state @1 :UInt16;
  # 0 takes sessions, 1 full, 2 about to go.
}

struct Pong {
  place @0 :Place;
  paired @1 :Bool;
}
