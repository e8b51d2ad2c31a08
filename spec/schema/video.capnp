@0xc05d3f81a2e7b694;
# What travels on a video channel (the book, "Session"): one message for each frame, flat (not packed), one segment; at
# most 64 MiB, pointers nested at most 8 deep. The frame's header has the top bit clear.

struct FrameUpdate {
  # A list of operations on the picture that the viewer has. None may be left out.
  display @0 :UInt32;
  epoch @1 :UInt32;
  # Which run of the display's video. Display and epoch are those of the channel's header.
  sequence @2 :UInt32;
  # Counts frames within the epoch, from 0. Frame 0 paints the whole picture and copies nothing.
  width @3 :UInt32;
  height @4 :UInt32;
  # Of the whole picture, in pixels: 1 to 16,384 each, at most 67,108,864 together. The same in all frames of an epoch.
  capturedAtMicros @5 :UInt64;
  # When the pixels were read, by the clock that the host's pings and pongs show.
  ops @6 :List(RegionOp);
  # What to do, in order; at most 16,384. Each works on what those before it left.
}

enum VideoCodec {
  av1 @0;
}

struct RegionOp {
  # An operation of a kind or codec that a viewer does not know refuses the frame: video may come
  # only to a viewer that said so (`videoCodecs`).
  x @0 :UInt32;
  y @1 :UInt32;
  width @2 :UInt32;
  height @3 :UInt32;
  # The rectangle that changes: it has pixels, and lies in the picture.
  union {
    copy :group {
      # From the rectangle of the same size at this corner, which lies in the picture. The two may overlap: the result is as
      # if the source had been read first.
      fromX @4 :UInt32;
      fromY @5 :UInt32;
    }
    solid @6 :UInt32;
    # One colour: blue in the low byte, then green, red; the high byte is 255.
    zstd @7 :Data;
    # BGRX pixels, row by row, as exactly one zstd frame that announces its size: width * height * 4 bytes. At most
    # 2,097,152 pixels.
    video :group {
      # A frame of a video codec, shown at the rectangle, whose size is that of the codec's picture. Both are even.
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
