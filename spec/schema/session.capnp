@0xe94b6d20f1a8c735;

struct SessionMessage {
  union {
    unused0 @0 :Void;
    unused1 @1 :Void;
  }
}
