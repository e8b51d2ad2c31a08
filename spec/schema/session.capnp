@0xe94b6d20f1a8c735;
# Messages between viewer and host, inside an established transport (the book, "Login" and "Session"). Each travels in a
# frame of a channel: 4 bytes big-endian, the top bit set (packed), 31 bits of length; then the packed message, one segment.
# Before the login: at most 4,096 bytes; after it at most 1 MiB, 131,072 words, pointers nested at most 16 deep.
#
# Every message says on which channel it travels, from which side, in which phase of the session, and which permission the
# host must have granted for it. From the other side, on another channel or in another phase it ends the session; one that a
# receiver does not know it ignores.

enum Channel {
  control @0;
  input @1;
  video @2;
  cursor @3;
  clipboard @4;
}

enum Side {
  host @0;
  viewer @1;
  both @2;
}

enum Phase {
  login @0;
  # Until `loginAccepted`.
  session @1;
  # From then on.
  any @2;
}

enum Permission {
  # The first is bit 0 of `permissions`, and so on. Those from filesIn to chat are granted and shown, and but for
  # recording have no messages yet.
  view @0;
  # See displays, video and pointer.
  input @1;
  # Use keyboard and pointer.
  clipboardIn @2;
  # Text from the viewer to the host.
  clipboardOut @3;
  # Text from the host to the viewer.
  audio @4;
  # Hear what the host plays.
  filesIn @5;
  # Files from the viewer to the host.
  filesOut @6;
  # Files from the host to the viewer.
  terminal @7;
  # Use a terminal at the host.
  tunnel @8;
  # Reach networks that the host reaches.
  restart @9;
  # Restart the host.
  blockInput @10;
  # Keep the host's own user from typing.
  recording @11;
  # Record the session.
  chat @12;
  # Write to the host's user.
  voice @13;
  # Talk with the host's user: hear the host's microphone and be heard there.
  none @14;
  # Not a bit: what a message needs that needs no permission.
}

annotation on(field) :Channel;
annotation from(field) :Side;
annotation during(field) :Phase;
annotation needs(field) :Permission;
# Whoever sends it.
annotation fromHostNeeds(field) :Permission;
# Where it is another one when the host sends it.

struct SessionMessage {
  union {
    loginMethods @0 :LoginMethods $on(control) $from(host) $during(login) $needs(none);
    # The ways to log in, at most 32. The first message; all the host says before a login succeeds. Methods that a viewer
    # does not know it leaves out.
    loginStart @1 :LoginStart $on(control) $from(viewer) $during(login) $needs(none);
    # Begins a try. Answered by `loginShare` or `loginRefused`.
    loginShare @2 :Data $on(control) $from(host) $during(login) $needs(none);
    # The host's CPace share (32 bytes), after the try was charged. Answered by `loginConfirm`.
    loginConfirm @3 :Data $on(control) $from(viewer) $during(login) $needs(none);
    # Proves that the viewer knows the secret (32 bytes). Answered by `loginAccepted` or `loginRefused`.
    loginAccepted @4 :LoginAccepted $on(control) $from(host) $during(login) $needs(none);
    # The viewer is in. Everything below but `goodbye` is for after this.
    loginRefused @5 :LoginRefused $on(control) $from(host) $during(login) $needs(none);
    # The try failed; another may begin.
    permissions @6 :UInt32 $on(control) $from(host) $during(session) $needs(none);
    # What the viewer may do from now on: the bits of `Permission`. Bits that are not known grant nothing.
    displays @7 :List(Display) $on(control) $from(host) $during(session) $needs(view);
    # The host's displays, at most 16, whenever they change. The viewer says `watch` again.
    watch @8 :List(UInt32) $on(control) $from(viewer) $during(session) $needs(view);
    # The ids of the displays the viewer wants to see, at most 16, all others no more.
    resync @9 :Resync $on(control) $from(viewer) $during(session) $needs(view);
    # Start this display's video over.
    frameDone @10 :FrameDone $on(control) $from(viewer) $during(session) $needs(view);
    # This frame and all before it in its epoch are shown.
    ping @11 :UInt64 $on(control) $from(both) $during(session) $needs(none);
    # The sender's clock in microseconds, any epoch. Answered by `pong` at once.
    pong @12 :Pong $on(control) $from(both) $during(session) $needs(none);
    # The answer to a ping.
    statistics @13 :Statistics $on(control) $from(both) $during(session) $needs(none);
    # Figures for the other side's user.
    path @14 :Data $on(control) $from(both) $during(session) $needs(none);
    # A packed PunchMessage, at most 4,096 bytes.
    goodbye @15 :Text $on(control) $from(both) $during(any) $needs(none);
    # The last message, with the reason for people, at most 256 bytes; empty if there is nothing to say.
    input @16 :List(InputEvent) $on(input) $from(viewer) $during(session) $needs(input);
    # What the viewer's user did, in order; at most 256.
    cursorShape @17 :CursorShape $on(cursor) $from(host) $during(session) $needs(view);
    # A new picture, to be kept under its id and used from now on.
    cursorCached @18 :UInt64 $on(cursor) $from(host) $during(session) $needs(view);
    # Use the kept picture with this id.
    cursorPosition @19 :CursorPosition $on(cursor) $from(host) $during(session) $needs(view);
    # Where the pointer is.
    clipboard @20 :Text $on(clipboard) $from(both) $during(session) $needs(clipboardIn) $fromHostNeeds(clipboardOut);
    # The sender's clipboard holds this text, at most 1,000,000 bytes.
    loginSecondFactorWanted @21 :Data $on(control) $from(host) $during(login) $needs(none);
    # After `loginConfirm` or `loginStart`: the first method succeeded and is proven in return (32 bytes; empty where
    # the method has no secret), and a second factor is wanted. Answered by `loginSecondFactor`.
    loginSecondFactor @22 :SecondFactor $on(control) $from(viewer) $during(login) $needs(none);
    # The second factor. Answered by `loginAccepted` or `loginRefused`; after `wrongSecret` another may be sent.
    videoCodecs @23 :UInt32 $on(control) $from(viewer) $during(session) $needs(view);
    # The video codecs that the viewer can show, as bits: 1 AV1 (8 bits, 4:2:0). None until it says so. Bits that are not
    # known say nothing.
    recording @24 :Bool $on(control) $from(viewer) $during(session) $needs(recording);
    # Whether the viewer keeps what it is shown. The host says so on its screen.
    sound @25 :SoundWish $on(control) $from(viewer) $during(session) $needs(audio);
    # How the viewer wants to have what the host plays. Not at all until it says so.
    voice @26 :SoundWish $on(control) $from(both) $during(session) $needs(voice);
    # How the sender wants to have what the other side's microphone hears. Not at all until it says so.
  }
}

struct SoundWish {
  wanted @0 :Bool;
  # Whether it wants it at all.
  copies @1 :UInt8;
  # How many of the packets before are to travel again in each datagram, against loss: 0 to 2, more count as 2.
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
