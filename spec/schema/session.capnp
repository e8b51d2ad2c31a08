@0xe94b6d20f1a8c735;
# Messages between viewer and host, inside an established transport (the book, "Login" and "Session"). Each travels in a
# frame of a channel: 4 bytes big-endian, the top bit set (packed), 31 bits of length; then the packed message, one segment.
# Before the login: at most 4,096 bytes; after it at most 1 MiB, 131,072 words, pointers nested at most 16 deep.
#
# A comment begins with who says it, and on which channel if that is not control. A message from the other side, on another
# channel or in another phase ends the session; one that a receiver does not know it ignores.

struct SessionMessage {
  union {
    loginMethods @0 :LoginMethods;
    # Host: the ways to log in, at most 32. Its first message; all it says before a login succeeds. Methods that a viewer
    # does not know it leaves out.
    loginStart @1 :LoginStart;
    # Viewer: begins a try. Answered by `loginShare` or `loginRefused`.
    loginShare @2 :Data;
    # Host: its CPace share (32 bytes), after the try was charged. Answered by `loginConfirm`.
    loginConfirm @3 :Data;
    # Viewer: proves that it knows the secret (32 bytes). Answered by `loginAccepted` or `loginRefused`.
    loginAccepted @4 :LoginAccepted;
    # Host: the viewer is in. Everything below but `goodbye` is for after this.
    loginRefused @5 :LoginRefused;
    # Host: the try failed; another may begin.
    permissions @6 :UInt32;
    # Host: what the viewer may do from now on, as bits: 1 view, 2 input, 4 clipboard in, 8 clipboard out, 16 audio,
    # 32 files in, 64 files out, 128 terminal, 256 tunnel, 512 restart, 1024 block input, 2048 recording, 4096 chat. "In" is
    # from the viewer to the host. Bits that are not known grant nothing.
    displays @7 :List(Display);
    # Host: its displays, at most 16, whenever they change. The viewer says `watch` again.
    watch @8 :List(UInt32);
    # Viewer: the ids of the displays it wants to see, at most 16, all others no more. Needs view.
    resync @9 :Resync;
    # Viewer: start this display's video over. Needs view.
    frameDone @10 :FrameDone;
    # Viewer: this frame and all before it in its epoch are shown. Needs view.
    ping @11 :UInt64;
    # Both: the sender's clock in microseconds, any epoch. Answered by `pong` at once.
    pong @12 :Pong;
    # Both: the answer to a ping.
    statistics @13 :Statistics;
    # Both: figures for the other side's user.
    path @14 :Data;
    # Both: a packed PunchMessage, at most 4,096 bytes.
    goodbye @15 :Text;
    # Both, at any time: the last message, with the reason for people, at most 256 bytes; empty if there is nothing to say.
    input @16 :List(InputEvent);
    # Viewer, input channel: what its user did, in order; at most 256. Needs input.
    cursorShape @17 :CursorShape;
    # Host, cursor channel: a new picture, to be kept under its id and used from now on.
    cursorCached @18 :UInt64;
    # Host, cursor channel: use the kept picture with this id.
    cursorPosition @19 :CursorPosition;
    # Host, cursor channel: where the pointer is.
    clipboard @20 :Text;
    # Both, clipboard channel: the sender's clipboard holds this text, at most 1,000,000 bytes. Needs clipboard in from the
    # viewer, clipboard out from the host.
    loginSecondFactorWanted @21 :Data;
    # Host, after `loginConfirm` or `loginStart`: the first method succeeded and is proven in return (32 bytes; empty where
    # the method has no secret), and a second factor is wanted. Answered by `loginSecondFactor`.
    loginSecondFactor @22 :SecondFactor;
    # Viewer: the second factor. Answered by `loginAccepted` or `loginRefused`; after `wrongSecret` another may be sent.
    videoCodecs @23 :UInt32;
    # Viewer: the video codecs that it can show, as bits: 1 AV1 (8 bits, 4:2:0). None until it says so. Bits that are not known
    # say nothing. Needs view.
  }
}

struct LoginMethods {
  methods @0 :List(LoginMethod);
  # In no order.
  salt @1 :Data;
  # For the password: 16 bytes for Argon2id (RFC 9106, one lane, 32 bytes out). Empty if passwords are not offered.
  memoryKib @2 :UInt32;
  # Its memory; at most 262,144.
  passes @3 :UInt32;
  # Its passes; at most 4.
}

enum LoginMethod {
  oneTimeCode @0;
  # The code that the host shows, through CPace.
  password @1;
  # The permanent password, stretched as `loginMethods` says, through CPace.
  identity @2;
  # The viewer's key, which the transport has proven, is in the host's list.
  approval @3;
  # Somebody at the host says yes, within a minute.
}

struct LoginStart {
  method @0 :LoginMethod;
  share @1 :Data;
  # The viewer's CPace share, 32 bytes; empty where the method has no secret.
}

struct SecondFactor {
  code @0 :Text;
  # Six digits (RFC 6238), or a recovery code.
  trust @1 :Bool;
  # Whether the host is not to ask this viewer again.
}

struct LoginAccepted {
  tag @0 :Data;
  # Proves that the host knows the secret, 32 bytes, to be checked; empty where the method has none, and after a second
  # factor.
  granted @1 :UInt32;
  # As in `permissions`.
}

enum LoginRefusal {
  wrongSecret @0;
  tryLater @1;
  # Too many wrong ones lately.
  locked @2;
  # Too many wrong ones: somebody at the host must act.
  notOffered @3;
  # The host does not offer this method.
  denied @4;
  # Somebody at the host said no, or nobody answered within a minute.
}

struct LoginRefused {
  why @0 :LoginRefusal;
  waits @1 :Bool;
  # Whether waiting helps.
  retryAfterSeconds @2 :UInt32;
  # If it does: how long.
}

struct Display {
  id @0 :UInt32;
  # Names it for the length of the session.
  name @1 :Text;
  # What the system calls it, for example HDMI-1; at most 64 bytes.
  x @2 :UInt32;
  y @3 :UInt32;
  # Its corner on the host's desktop, in pixels.
  width @4 :UInt32;
  height @5 :UInt32;
  # In pixels: 1 to 16,384 each, at most 67,108,864 together.
  scalePercent @6 :UInt16;
  # Pixels of the display for a logical pixel, in percent.
  primary @7 :Bool;
  # Whether it is the one with the panel or task bar.
}

struct Resync {
  display @0 :UInt32;
  epoch @1 :UInt32;
  # The epoch that the viewer gives up; a newer one is left alone.
}

struct FrameDone {
  display @0 :UInt32;
  epoch @1 :UInt32;
  sequence @2 :UInt32;
  latencyMicros @3 :UInt32;
  # From reading the pixels to showing them; 0 if that is not known.
}

struct Pong {
  sentMicros @0 :UInt64;
  # As in the ping.
  clockMicros @1 :UInt64;
  # The answerer's clock.
}

struct Statistics {
  # Since the session began.
  frames @0 :UInt64;
  # Sent (host) or shown (viewer).
  videoBytes @1 :UInt64;
  # Sent or received.
  rttMicros @2 :UInt32;
  # Shortest recent round trip; 0 before the first.
  latencyMicros @3 :UInt32;
  # Of the last frame, from reading the pixels to showing them. Viewer.
  worstLatencyMicros @4 :UInt32;
  # The worst since the last such message. Viewer.
  resyncs @5 :UInt32;
  # How often the video started over. Host.
}

enum Button {
  left @0;
  middle @1;
  right @2;
  back @3;
  forward @4;
}

struct InputEvent {
  # An event that a host does not know, or with a button that it does not know, is left out; the others keep their order.
  union {
    pointerMove :group {
      # The pointer moved to a point of a display, in its pixels from the top left corner.
      display @0 :UInt32;
      x @1 :Int32;
      y @2 :Int32;
    }
    button :group {
      button @3 :Button;
      pressed @4 :Bool;
      # Down, or up.
    }
    scroll :group {
      # Notches of the wheel; positive is right and down.
      x @5 :Int16;
      y @6 :Int16;
    }
    key :group {
      key @7 :UInt32;
      # An X11 keysym: Latin-1 as it is, other Unicode characters as 0x01000000 + code point.
      pressed @8 :Bool;
      # Down, or up. Auto-repeat is the same key down again.
    }
    text @9 :Text;
    # Text to be typed as a whole, at most 4,096 bytes.
  }
}

struct CursorShape {
  id @0 :UInt64;
  # Its name among the last 32 pictures, which both sides keep; the oldest is forgotten first.
  width @1 :UInt16;
  height @2 :UInt16;
  # 1 to 256 each.
  hotX @3 :UInt16;
  hotY @4 :UInt16;
  # The pixel that lies at the pointer's position; inside the picture.
  rgba @5 :Data;
  # width * height pixels, premultiplied RGBA, row by row.
}

struct CursorPosition {
  display @0 :UInt32;
  x @1 :Int32;
  y @2 :Int32;
  # In pixels of the display.
  visible @3 :Bool;
  # Whether it is shown at all.
}
