@0xc05d3f81a2e7b694;

struct VideoMessage {
  union {
    unused0 @0 :Void;
    unused1 @1 :Void;
  }
}
