@0xa7c8e1f03d5b2946;
# Messages between two peers that look for a direct path (the book, "Punching"). They travel inside the session, after the
# login, as the content of its `path` message; one kind of them also as an offer through the server. Packed; at most 4,096
# bytes, 512 words, pointers nested at most 8 deep, one segment.
#
# Addresses are 4 or 16 bytes of IP address and 2 bytes of port, all big-endian. IPv4-mapped ones stay what they are, and are
# refused as such.

struct PunchMessage {
  union {
    candidates @0 :Candidates;
    # Both: all addresses of the sender; replaces what it said before, and begins the search anew.
    ready @1 :UInt32;
    # Host: it has the viewer's candidates of this generation and can start.
    start @2 :Start;
    # Viewer: probe now. It begins itself half a round trip later.
    result @3 :Result;
    # Viewer: the search is over.
    forecast @4 :Forecast;
    # Both, in a try: which ports the sender's NAT gives next.
    tcp @5 :TcpCandidates;
    # Both, in a try over TCP: where the sender is reached. The host says so first; with the viewer's list the try begins.
  }
}

struct Candidates {
  generation @0 :UInt32;
  # Goes up when the sender's network changes.
  mapping @1 :UInt16;
  # How the sender's NAT maps: 0 unknown, 1 endpoint-independent, 2 address and port-dependent, 3 no UDP at all,
  # 4 address-dependent. Another: as 0.
  delta @2 :Int32;
  # 2: from the port that the server's main port saw to the one that its second port saw; 4: to the one that its other
  # address saw.
  list @3 :List(Candidate);
  # At most 16.
  filtering @4 :UInt16;
  # Whom the sender's NAT lets in: 0 unknown, 1 everybody, 2 addresses sent to (or everybody), 3 addresses and ports
  # sent to. Another: as 0. For reports; nothing follows from it.
  frugal @5 :Bool;
  # No birthday probing, please: a metered line, or many sockets are not wanted.
}

struct Candidate {
  address @0 :Data;
  # 6 or 18 bytes.
  kind @1 :UInt16;
  # 0 host, 1 mapped on request, 2 server-reflexive, 3 peer-reflexive; over TCP: 4 host, 5 mapped on request,
  # 6 server-reflexive. 7 and 8 are never sent (ports that were foretold and guessed). Another: not probed.
}

struct Start {
  round @0 :UInt8;
  # Which try, from 1; goes up.
  delayMicros @1 :UInt32;
  # How long the receiver waits before its first probe; 0 today.
  strategy @2 :UInt16;
  # 0 timed, 1 birthday with the viewer's NAT the hard one, 2 birthday with the host's, 3 both NATs count, 4 over TCP.
  # Another: as 0.
}

struct Forecast {
  round @0 :UInt8;
  # For which try.
  kind @1 :UInt16;
  # 0 no rule, 1 ports. Another: as if nothing had been said.
  first @2 :Data;
  # With kind 1: the first address, 6 or 18 bytes.
  step @3 :Int16;
  # From each port to the next; they go round at 65,536.
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
  # The last try.
  outcome @1 :UInt16;
  # 0 found, 1 failed: no further try follows. Another: ignored.
}
