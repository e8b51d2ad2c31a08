@0xc05d3f81a2e7b694;
# What travels on a video channel, flat (not packed), one per frame.

struct FrameUpdate {
  display @0 :UInt32;
  epoch @1 :UInt32;
  # Which run of the display's video; each starts with a full refresh.
  sequence @2 :UInt32;
  # Counts frames within the epoch, from 0.
  width @3 :UInt32;
  height @4 :UInt32;
  # Of the whole picture: at most 16,384 each and 67,108,864 together.
  capturedAtMicros @5 :UInt64;
  # When the pixels were read, by the host's session clock.
  ops @6 :List(RegionOp);
  # What to do, in order.
}

enum VideoCodec {
  av1 @0;
}

struct RegionOp {
  x @0 :UInt32;
  y @1 :UInt32;
  width @2 :UInt32;
  height @3 :UInt32;
  # The rectangle that changes.
  union {
    copy :group {
      # From the rectangle of the same size at this corner.
      fromX @4 :UInt32;
      fromY @5 :UInt32;
    }
    solid @6 :UInt32;
    # One colour: blue in the low byte, then green, red, 255.
    zstd @7 :Data;
    # BGRX pixels, row by row, as one zstd frame.
    video :group {
      stream @8 :UInt8;
      # Which decoder of the display.
      codec @9 :VideoCodec;
      key @10 :Bool;
      # Whether it can be decoded without an earlier one.
      data @11 :Data;
      # One temporal unit.
    }
  }
}
