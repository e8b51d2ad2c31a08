@0xe94b6d20f1a8c735;
# Messages between viewer and host. Who may send which, on which channel and with which permission: session.md.

struct SessionMessage {
  union {
    loginMethods @0 :LoginMethods;
    # Host: the ways to log in. All it says before a login succeeds.
    loginStart @1 :LoginStart;
    # Viewer: begins a try.
    loginShare @2 :Data;
    # Host: its CPace share (32 bytes), after the try was charged.
    loginConfirm @3 :Data;
    # Viewer: proves that it knows the secret (32 bytes).
    loginAccepted @4 :LoginAccepted;
    # Host: the viewer is in.
    loginRefused @5 :LoginRefused;
    # Host: the try failed.
    permissions @6 :UInt32;
    # Host: bits of what the viewer may do: 1 view, 2 input, 4 clipboard in, 8 clipboard out, 16 audio, 32 files in,
    # 64 files out, 128 terminal, 256 tunnel, 512 restart, 1024 block input, 2048 recording, 4096 chat. "In" is from the
    # viewer to the host.
    displays @7 :List(Display);
    # Host: its displays, whenever they change.
    watch @8 :List(UInt32);
    # Viewer: the displays it wants to see, all others no more.
    resync @9 :Resync;
    # Viewer: start this display's video over.
    frameDone @10 :FrameDone;
    # Viewer: this frame and all before it in its run are shown.
    ping @11 :UInt64;
    # The sender's clock in microseconds.
    pong @12 :Pong;
    # The answer to a ping.
    statistics @13 :Statistics;
    # Figures for the other side.
    path @14 :Data;
    # A message about paths; opaque to the session.
    goodbye @15 :Text;
    # The last message, with the reason for people.
    input @16 :List(InputEvent);
    # Viewer, input channel: what its user did, in order.
    cursorShape @17 :CursorShape;
    # Host, cursor channel: a new picture.
    cursorCached @18 :UInt64;
    # Host, cursor channel: a picture the viewer has.
    cursorPosition @19 :CursorPosition;
    # Host, cursor channel: where the pointer is.
    clipboard @20 :Text;
    # Clipboard channel: the sender's clipboard holds this text.
    loginSecondFactorWanted @21 :Data;
    # Host: the secret was right and is proven in return (32 bytes; empty where the method has no secret), and a second
    # factor is wanted.
    loginSecondFactor @22 :SecondFactor;
    # Viewer: the second factor.
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
  password @1;
  identity @2;
  approval @3;
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
  # Proves that the host knows the secret, 32 bytes; empty where the method has none, and after a second factor.
  granted @1 :UInt32;
  # As in `permissions`.
}

enum LoginRefusal {
  wrongSecret @0;
  tryLater @1;
  locked @2;
  notOffered @3;
  denied @4;
}

struct LoginRefused {
  why @0 :LoginRefusal;
  waits @1 :Bool;
  # Whether waiting helps.
  retryAfterSeconds @2 :UInt32;
}

struct Display {
  id @0 :UInt32;
  name @1 :Text;
  x @2 :UInt32;
  y @3 :UInt32;
  width @4 :UInt32;
  height @5 :UInt32;
  scalePercent @6 :UInt16;
  primary @7 :Bool;
}

struct Resync {
  display @0 :UInt32;
  epoch @1 :UInt32;
}

struct FrameDone {
  display @0 :UInt32;
  epoch @1 :UInt32;
  sequence @2 :UInt32;
  latencyMicros @3 :UInt32;
}

struct Pong {
  sentMicros @0 :UInt64;
  # As in the ping.
  clockMicros @1 :UInt64;
  # The answerer's clock.
}

struct Statistics {
  frames @0 :UInt64;
  videoBytes @1 :UInt64;
  rttMicros @2 :UInt32;
  latencyMicros @3 :UInt32;
  worstLatencyMicros @4 :UInt32;
  resyncs @5 :UInt32;
}

enum Button {
  left @0;
  middle @1;
  right @2;
  back @3;
  forward @4;
}

struct InputEvent {
  union {
    pointerMove :group {
      display @0 :UInt32;
      x @1 :Int32;
      y @2 :Int32;
    }
    button :group {
      button @3 :Button;
      pressed @4 :Bool;
    }
    scroll :group {
      x @5 :Int16;
      y @6 :Int16;
    }
    key :group {
      key @7 :UInt32;
      # An X11 keysym.
      pressed @8 :Bool;
    }
    text @9 :Text;
  }
}

struct CursorShape {
  id @0 :UInt64;
  width @1 :UInt16;
  height @2 :UInt16;
  hotX @3 :UInt16;
  hotY @4 :UInt16;
  rgba @5 :Data;
  # width * height pixels, premultiplied RGBA, row by row.
}

struct CursorPosition {
  display @0 :UInt32;
  x @1 :Int32;
  y @2 :Int32;
  visible @3 :Bool;
}
