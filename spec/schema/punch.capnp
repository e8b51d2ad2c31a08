@0xa7c8e1f03d5b2946;

struct PunchMessage {
  union {
    unused0 @0 :Void;
    unused1 @1 :Void;
  }
}
