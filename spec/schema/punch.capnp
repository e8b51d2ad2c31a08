@0xa7c8e1f03d5b2946;
# Messages between two peers that look for a direct path, packed. They travel inside the session, after login, as the
# content of its `path` message. Addresses are 4 or 16 bytes of IP address and 2 bytes of port, all big-endian.

struct PunchMessage {
  union {
    candidates @0 :Candidates;
    # All addresses of the sender; replaces what it said before.
    ready @1 :UInt32;
    # Host: it has the viewer's candidates of this generation and can start.
    start @2 :Start;
    # Viewer: probe.
    result @3 :Result;
    # Viewer: the try is over.
  }
}

struct Candidates {
  generation @0 :UInt32;
  # Goes up when the sender's network changes.
  mapping @1 :UInt16;
  # How the sender's NAT maps: 0 unknown, 1 endpoint-independent, 2 endpoint-dependent, 3 no UDP at all.
  delta @2 :Int32;
  # Endpoint-dependent: from the port that the main reflector saw to the one that the second saw.
  list @3 :List(Candidate);
  # At most 16.
}

struct Candidate {
  address @0 :Data;
  kind @1 :UInt16;
  # 0 host, 1 mapped on request, 2 server-reflexive, 3 peer-reflexive.
}

struct Start {
  round @0 :UInt8;
  # Which try, from 1.
  delayMicros @1 :UInt32;
  # How long the receiver waits before its first probe.
}

struct Result {
  round @0 :UInt8;
  outcome @1 :UInt16;
  # 0 found, 1 failed.
}
