@0xb3a90d7e12c4f856;
# Messages between a client and the rendezvous server. They travel sealed (see core/wire/src/rendezvous/frame.rs).
# Addresses are 4 or 16 bytes of IP address and 2 bytes of port, all big-endian. Times are seconds of Unix time.

struct RendezvousMessage {
  union {
    register @0 :Signed;
    # Host to server: a RegisterStatement and its signature.
    registered @1 :Registered;
    registerRefused @2 :RegisterRefused;
    beat @3 :Beat;
    # Host to server: still here.
    beatAck @4 :BeatAck;
    reflect @5 :Reflect;
    # Client to the second port or the other address: from which address does this come?
    reflected @6 :Reflected;
    connect @7 :Signed;
    # Viewer to server: a ConnectStatement; the signature may be empty.
    connectRefused @8 :Data;
    # Server to viewer: no; the 32 random bytes of the ConnectStatement. Never says why.
    introduced @9 :Introduced;
    incoming @10 :Incoming;
    # Server to host: somebody dials.
    answer @11 :Answer;
    tokensWanted @12 :TokensWanted;
    tokens @13 :Tokens;
    relaysWanted @14 :Void;
    relays @15 :List(Relay);
    bye @16 :Void;
    # Client to server: forget this session.
  }
}

struct Signed {
  statement @0 :Data;
  # A packed message of its own: what is signed is these bytes.
  signature @1 :Data;
}

struct RelayRtt {
  relay @0 :UInt32;
  millis @1 :UInt16;
}

struct Relay {
  id @0 :UInt32;
  addresses @1 :List(Data);
  token @2 :Data;
  # Empty in the map of relays.
  url @3 :Text;
  # Where it takes WebSockets. Empty: at its addresses, two ports above, without TLS.
}

struct RegisterStatement {
  id @0 :UInt64;
  # All twelve digits; 0 asks for a new one (no id is 0).
  identity @1 :Data;
  certificate @2 :Data;
  epoch @3 :UInt64;
  capabilities @4 :UInt64;
  rtts @5 :List(RelayRtt);
  rotation @6 :Data;
  # A signed rotation record, if the id gets a new key.
}

struct Registered {
  certificate @0 :Data;
  beatIntervalS @1 :UInt16;
  serverTime @2 :UInt64;
  epoch @3 :UInt64;
}

struct RegisterRefused {
  reason @0 :UInt16;
  epoch @1 :UInt64;
  lastEpoch @2 :UInt64;
}

struct Beat {
  sequence @0 :UInt32;
  rtts @1 :List(RelayRtt);
}

struct BeatAck {
  sequence @0 :UInt32;
  observed @1 :Data;
}

struct Reflect {
  nonce @0 :UInt64;
  # Comes back.
  padding @1 :Data;
  # Anything; makes the question at least as long as the answer.
  from @2 :UInt16;
  # From where the answer is to come (CHANGE-REQUEST of RFC 5780): 0 from where the question went, 1 from the main port,
  # 2 from the server's other address. 1 and 2 are for questions to the second port.
}

struct Reflected {
  nonce @0 :UInt64;
  observed @1 :Data;
  alternate @2 :Data;
  # The server's other address (OTHER-ADDRESS of RFC 5780), in answers of the second port. Empty: it has none.
}

struct ConnectStatement {
  target @0 :UInt64;
  random @1 :Data;
  viewer @2 :Data;
  # The viewer's identity key if it wants to be recognised.
  rtts @3 :List(RelayRtt);
  direct @4 :Bool;
  candidates @5 :List(Data);
}

struct Introduced {
  introduction @0 :Data;
  secret @1 :Data;
  issued @2 :UInt64;
  certificate @3 :Data;
  viewerRandom @4 :Data;
  hostRandom @5 :Data;
  serverRandom @6 :Data;
  relays @7 :List(Relay);
  candidates @8 :List(Data);
}

struct Incoming {
  attempt @0 :Data;
  viewer @1 :Data;
  direct @2 :Bool;
}

struct Answer {
  attempt @0 :Data;
  accept @1 :Bool;
  random @2 :Data;
  candidates @3 :List(Data);
}

struct TokensWanted {
  introduction @0 :Data;
  issued @1 :UInt64;
  host @2 :Bool;
  # Which side asks.
  proof @3 :Data;
  avoid @4 :List(UInt32);
  rtts @5 :List(RelayRtt);
  offer @6 :Data;
  # For the other side, if no relay is left and it makes an offer too: what a punch message with candidates says.
}

struct Tokens {
  introduction @0 :Data;
  relays @1 :List(Relay);
  offer @2 :Data;
  # The other side's, once no relay is left and both made one.
}
