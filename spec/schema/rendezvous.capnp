@0xb3a90d7e12c4f856;
# Messages between a client and the rendezvous server: what sealed frames and openings hold (the book, "Registration").
# Packed; at most 4,096 bytes, 512 words, pointers nested at most 8 deep, one segment.
#
# Addresses are 4 or 16 bytes of IP address and 2 bytes of port, all big-endian. Times are seconds of Unix time. What is
# absent is empty or 0. Whoever waits for an answer says the same again; a repeat gets the same answer.

struct RendezvousMessage {
  union {
    register @0 :Signed;
    # Host to server: a RegisterStatement and its signature with the label "rendezvous register".
    # Answered by `registered` or `registerRefused`.
    registered @1 :Registered;
    # Server to host: the host is on line; the claim of its id is durable.
    registerRefused @2 :RegisterRefused;
    # Server to host: no.
    beat @3 :Beat;
    # Host to server: still here. Answered by `beatAck`.
    beatAck @4 :BeatAck;
    # Server to host: seen.
    reflect @5 :Reflect;
    # Client to the second port or the other address: from which address does this come? Answered by `reflected`. To the
    # main port it may be said, too.
    reflected @6 :Reflected;
    # Server to client, to where the question came from.
    connect @7 :Signed;
    # Viewer to server: a ConnectStatement and its signature with the label "rendezvous connect"; the signature is empty if
    # the statement has no `viewer`. Answered by `introduced` or `connectRefused`.
    connectRefused @8 :Data;
    # Server to viewer: no; the 32 random bytes of the ConnectStatement. Never says why.
    introduced @9 :Introduced;
    # Server to viewer and host: meet.
    incoming @10 :Incoming;
    # Server to host: somebody dials. Answered by `answer`.
    answer @11 :Answer;
    # Host to server; if it accepts, answered by `introduced`.
    tokensWanted @12 :TokensWanted;
    # Either side of a session to server: more relays. Answered by `tokens`.
    tokens @13 :Tokens;
    # Server to a side; with an offer also unasked.
    relaysWanted @14 :Void;
    # Client to server: which relays are there? Answered by `relays`.
    relays @15 :List(Relay);
    # Server to client: the map, at most 32, without tokens.
    bye @16 :Void;
    # Client to server: forget this session.
  }
}

struct Signed {
  statement @0 :Data;
  # A packed message of its own, at most 1,024 bytes: what is signed is these bytes.
  signature @1 :Data;
  # 64 bytes.
}

struct RelayRtt {
  # How far a relay is from the sender.
  relay @0 :UInt32;
  # Its id in the map.
  millis @1 :UInt16;
  # The round trip in milliseconds, rounded up.
}

struct Relay {
  id @0 :UInt32;
  addresses @1 :List(Data);
  # Where it listens over UDP and TCP, best first; at most 4.
  token @2 :Data;
  # A signed relay token for the receiver's side, 143 bytes. Empty in the map of relays.
  url @3 :Text;
  # Where it takes WebSockets: ws://host[:port][/path] or wss://..., at most 255 bytes of visible ASCII. Empty: at its
  # addresses, two ports above, without TLS.
}

struct RegisterStatement {
  id @0 :UInt64;
  # All twelve digits; 0 asks for a new one (no id is 0).
  identity @1 :Data;
  # The device's Ed25519 public key, 32 bytes.
  certificate @2 :Data;
  # Its id certificate as it got it (130 bytes), or empty. At most 512 bytes.
  epoch @3 :UInt64;
  # Goes up with every registration, and is on stable storage before it is used.
  capabilities @4 :UInt64;
  # What the device can do. No bits yet: 0.
  rtts @5 :List(RelayRtt);
  # At most 32.
  rotation @6 :Data;
  # A signed rotation record (238 bytes) if the id gets a new key, or empty. At most 512 bytes.
}

struct Registered {
  certificate @0 :Data;
  # The id certificate: it names the id, also a new one. 130 bytes; at most 512.
  beatIntervalS @1 :UInt16;
  # How often to say `beat`, in seconds. Clients take 5 to 600.
  serverTime @2 :UInt64;
  # The server's clock.
  epoch @3 :UInt64;
  # Of the statement that this answers.
}

struct RegisterRefused {
  reason @0 :UInt16;
  # 0 too many new devices from this network, 1 the epoch is not higher than the last, 2 the id belongs to another key,
  # 3 the certificate's generation is revoked, 4 the signature does not fit, 5 the server cannot reach its store. One that
  # is not known: try again later, as after 0.
  epoch @1 :UInt64;
  # Of the statement that this answers.
  lastEpoch @2 :UInt64;
  # With reason 1: the last that the server knows; go on above it.
}

struct Beat {
  sequence @0 :UInt32;
  # Counts beats; comes back.
  rtts @1 :List(RelayRtt);
  # At most 32; empty leaves the last ones.
}

struct BeatAck {
  sequence @0 :UInt32;
  # Of the beat.
  observed @1 :Data;
  # The address from which the session's frames come.
}

struct Reflect {
  nonce @0 :UInt64;
  # Random; comes back.
  padding @1 :Data;
  # 64 bytes of anything that does not pack; makes the question at least as long as the answer, or there is none.
  from @2 :UInt16;
  # From where the answer is to come (CHANGE-REQUEST of RFC 5780): 0 from where the question went, 1 from the main port,
  # 2 from the server's other address. 1 and 2 are for questions to the second port over UDP. What is not known gets no
  # answer.
}

struct Reflected {
  nonce @0 :UInt64;
  # Of the question.
  observed @1 :Data;
  # The address from which the question came.
  alternate @2 :Data;
  # The server's other address (OTHER-ADDRESS of RFC 5780), in answers of the second port. Empty: it has none.
}

struct ConnectStatement {
  target @0 :UInt64;
  # The id that is dialled: all twelve digits.
  random @1 :Data;
  # 32 bytes: the viewer's part of the introduction id. Names the request; the same in repeats.
  viewer @2 :Data;
  # The viewer's identity key (32 bytes) if it wants to be recognised; the statement is signed then. Or empty.
  rtts @3 :List(RelayRtt);
  # At most 32.
  direct @4 :Bool;
  # Whether addresses may be exchanged through the server if it has no relay.
  candidates @5 :List(Data);
  # The viewer's addresses for that case, at most 8.
}

struct Introduced {
  introduction @0 :Data;
  # 32 bytes: the first of H("introduction", viewerRandom, hostRandom, serverRandom). To be checked.
  secret @1 :Data;
  # 32 bytes that viewer, host and server know: the introduction secret of HS1.
  issued @2 :UInt64;
  # When the server made it; goes back in `tokensWanted`.
  certificate @3 :Data;
  # For the viewer: the host's id certificate. Empty for the host.
  viewerRandom @4 :Data;
  # 32 bytes, of the ConnectStatement: by it the viewer finds its request.
  hostRandom @5 :Data;
  # 32 bytes, of the answer: by it the host finds its answer.
  serverRandom @6 :Data;
  # 32 bytes.
  relays @7 :List(Relay);
  # In the order to try them, with the receiver's tokens; at most 4.
  candidates @8 :List(Data);
  # The other side's addresses, at most 8; only if there is no relay and both sides allowed it.
}

struct Incoming {
  attempt @0 :Data;
  # 16 bytes that name the dial in the answer. Repeats have the same.
  viewer @1 :Data;
  # The viewer's identity key if it showed one; the server checked its signature. Or empty.
  direct @2 :Bool;
  # Whether the viewer allows addresses to go through the server.
}

struct Answer {
  attempt @0 :Data;
  # Of the `incoming`.
  accept @1 :Bool;
  random @2 :Data;
  # 32 bytes: the host's part of the introduction id. The same in repeats; anything if it does not accept.
  candidates @3 :List(Data);
  # The host's addresses, at most 8, if it allows them to go through the server when that has no relay.
}

struct TokensWanted {
  introduction @0 :Data;
  # 32 bytes, as introduced.
  issued @1 :UInt64;
  # As introduced.
  host @2 :Bool;
  # Which side asks.
  proof @3 :Data;
  # 32 bytes: BMAC(introduction secret, H("tokens", introduction, "viewer" or "host")).
  avoid @4 :List(UInt32);
  # Relays that do not work; at most 32. They come last for a minute.
  rtts @5 :List(RelayRtt);
  # At most 32. Servers do not look at them yet.
  offer @6 :Data;
  # For the other side, if no relay is left and it makes an offer too: a packed PunchMessage with `candidates`, at most 512
  # bytes. Empty for none.
}

struct Tokens {
  introduction @0 :Data;
  # 32 bytes.
  relays @1 :List(Relay);
  # In the order to try them, with fresh tokens of the receiver's side; at most 4. Empty: there is none.
  offer @2 :Data;
  # The other side's, once no relay is left and both made one.
}
