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
    forecast @4 :Forecast;
    # Which ports the sender's NAT gives next.
    tcp @5 :TcpCandidates;
    # Where the sender is reached over TCP. The host says so first; with the viewer's list the try begins.
  }
}

struct Candidates {
  generation @0 :UInt32;
  # Goes up when the sender's network changes.
  mapping @1 :UInt16;
  # How the sender's NAT maps: 0 unknown, 1 endpoint-independent, 2 address and port-dependent, 3 no UDP at all,
  # 4 address-dependent.
  delta @2 :Int32;
  # 2: from the port that the server's main port saw to the one that its second port saw; 4: to the one that its other
  # address saw.
  list @3 :List(Candidate);
  # At most 16.
  filtering @4 :UInt16;
  # Whom the sender's NAT lets in: 0 unknown, 1 everybody, 2 addresses sent to (or everybody), 3 addresses and ports
  # sent to.
  frugal @5 :Bool;
  # No birthday probing, please.
}

struct Candidate {
  address @0 :Data;
  kind @1 :UInt16;
  # 0 host, 1 mapped on request, 2 server-reflexive, 3 peer-reflexive; over TCP: 4 host, 5 mapped on request,
  # 6 server-reflexive. 7 and 8 are never sent (ports that were foretold and guessed).
}

struct Start {
  round @0 :UInt8;
  # Which try, from 1.
  delayMicros @1 :UInt32;
  # How long the receiver waits before its first probe.
  strategy @2 :UInt16;
  # 0 timed, 1 birthday with the viewer's NAT the hard one, 2 birthday with the host's, 3 both NATs count, 4 over TCP.
}

struct Forecast {
  round @0 :UInt8;
  # For which try.
  kind @1 :UInt16;
  # 0 no rule, 1 ports.
  first @2 :Data;
  # An address.
  step @3 :Int16;
  # From each port to the next.
  count @4 :UInt16;
  # At most 64.
}

struct TcpCandidates {
  round @0 :UInt8;
  # For which try.
  list @1 :List(Candidate);
  # At most 16, all of TCP.
}

struct Result {
  round @0 :UInt8;
  outcome @1 :UInt16;
  # 0 found, 1 failed.
}
