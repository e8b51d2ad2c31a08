@0xd1f2a7c45b9e6031;
# Control messages between a client and a relay (the book, "Relay"). Packed, behind the byte 0x0f; at most 4,096 bytes,
# 512 words, pointers nested at most 8 deep, one segment.
#
# Addresses are 4 or 16 bytes of IP address and 2 bytes of port, all big-endian. A message that a receiver does not know it
# ignores.

struct RelayMessage {
  union {
    open @0 :Open;
    # Client to relay: take this side of an introduction. Answered by `openAck` or `refused`, or not at all.
    openAck @1 :OpenAck;
    # Relay to client: the place is taken. A client over UDP answers with `ping`, which proves its address.
    paired @2 :Place;
    # Relay to client: the other side is here; packets flow. If it is lost, `pong` says it too.
    refused @3 :Refused;
    # Relay to client: the open was refused.
    closed @4 :Closed;
    # Relay to client: the pair is over.
    ping @5 :Place;
    # Client to relay: still here; also proves that the client's address is its own. Answered by `pong`.
    pong @6 :Pong;
    # Relay to client: the answer to a ping.
    draining @7 :Place;
    # Relay to client: the relay is about to go, open a path on another one.
    leave @8 :Place;
    # Client to relay: the client goes. Not answered.
    unknownPlace @9 :Place;
    # Relay to client: the answer to a ping of a place that is none here, as after a restart; as long as the ping.
    echo @10 :Echo;
    # Anybody to relay, over UDP: how far are you?
    echoed @11 :Echoed;
    # Relay to whom it may concern: the answer, no longer than the question. Nothing is kept.
  }
}

struct Place {
  # One side's place at the relay. A message with another place than the receiver's is not for it.
  channel @0 :UInt32;
  # 24 bits, drawn by the relay; in the header of every datagram.
  proof @1 :UInt64;
  # Drawn by the relay; only who received it at the address it was sent to knows it. New when the place moves.
}

struct Open {
  token @0 :Data;
  # A relay token as the rendezvous server signed it, at most 512 bytes.
  nonce @1 :UInt64;
  # Drawn by the client, once per place; answers carry it.
  resume @2 :Place;
  # Null, or the place that the client had from another address: to take it along.
  padding @3 :Data;
  # Bytes 0xff, so that no answer is larger than the question; at most 1,024.
}

struct OpenAck {
  nonce @0 :UInt64;
  # Of the open.
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
  # Of the open.
  reason @1 :UInt16;
  # 0 expired or not yet valid, 1 for another relay, 2 taken or used before, 3 full, 4 draining. Another: refused, too.
}

struct Closed {
  place @0 :Place;
  reason @1 :UInt16;
  # 0 the peer left, 1 nobody came, 2 idle, 3 byte cap, 4 longest time, 5 the relay stops. Another: over, too.
}

struct Echo {
  nonce @0 :UInt64;
  # Random; comes back.
  padding @1 :Data;
  # Bytes 0xff, so that the answer is not larger than the question; at most 1,024.
}

struct Echoed {
  nonce @0 :UInt64;
  # Of the question.
  state @1 :UInt16;
  # 0 takes sessions, 1 full, 2 about to go. Another: as 0.
}

struct Pong {
  place @0 :Place;
  # Of the ping.
  paired @1 :Bool;
  # Whether the other side is here.
}
