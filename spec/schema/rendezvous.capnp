@0xb3a90d7e12c4f856;

struct RendezvousMessage {
  union {
    unused0 @0 :Void;
    unused1 @1 :Void;
  }
}
