"""A viewer over UDP and a host over TCP at a relay."""

from .messages import read
from .objects import ROLES, read_relay_token
from .primitives import Refused, public_key

DRAWN = ("viewer_token", "host_token")


class Side:
    """What one side has said and was told."""

    def __init__(self, name: str, given: dict, drawn: dict) -> None:
        self.name, self.given = name, given
        self.token = bytes.fromhex(drawn[f"{name}_token"])
        self.nonce = self.place = None
        self.greeted = False
        self.check_token()

    def check_token(self) -> None:
        token = read_relay_token(self.token, public_key(bytes.fromhex(self.given["server_secret"])))
        given = (self.name, self.given["introduction"], self.given["unix_time"])
        if (token["role"], token["introduction"], token["not_before"]) != given:
            raise Refused("the token is for another side, introduction or time")

    def control(self, data: bytes) -> dict:
        fields = read("RelayMessage", data)
        (kind, value), = fields.items()
        if kind == "open":
            self.nonce = value["nonce"]
            fits = value["token"] == self.token.hex()
        elif kind == "openAck":
            fits = value["nonce"] == self.nonce and self.place in (None, value["place"])
            self.place = value["place"]
        elif kind in ("paired", "ping", "leave"):
            fits = value == self.place
        elif kind in ("pong", "closed"):
            fits = value["place"] == self.place
        else:
            fits = False
        if not fits:
            raise Refused("a control message does not fit what was said before")
        return {"control": fields}

    def packet(self, data: bytes, to_relay: bool) -> str:
        """Packets go from one side to the other as they are."""
        other = {"viewer": "host", "host": "viewer"}
        if not data[0] & 0x40 or data.hex() != self.given[f"{self.name if to_relay else other[self.name]}_packet"]:
            raise Refused("a packet was changed")
        return data.hex()

    def datagram(self, data: bytes, to_relay: bool) -> list[dict]:
        if data[0] == 0x0F:
            return [self.control(data[1:])]
        channel = int.from_bytes(data[1:4], "big")
        if data[0] != 0x17 or not self.place or channel != self.place["channel"]:
            raise Refused("a datagram of another kind or channel")
        return [{"channel": channel, "packet": self.packet(data[4:], to_relay)}]

    def stream(self, data: bytes, to_relay: bool) -> list[dict]:
        if to_relay and not self.greeted:
            self.greeted = True
            if data[0] != 0x0F:
                raise Refused("a stream does not start with its kind")
            data = data[1:]
        frames = []
        while data:
            length = int.from_bytes(data[:2], "big")
            frame, data = data[2 : 2 + length], data[2 + length :]
            if len(frame) < length:
                raise Refused("a piece of a stream ends within a frame")
            frames.append(
                self.control(frame[1:]) if frame[0] == 0x0F else {"packet": self.packet(frame, to_relay)}
            )
        return frames


def relay(given: dict, drawn: dict) -> dict:
    sides = {name: Side(name, given, drawn) for name in ROLES}
    frames = []
    for piece in given["recorded"]:
        to_relay = piece["to"] == "relay"
        if (piece["from"] == "relay") == to_relay:
            raise ValueError("everything is between a client and the relay")
        name = piece["from"] if to_relay else piece["to"]
        take = sides[name].datagram if name == "viewer" else sides[name].stream
        frames.append(take(bytes.fromhex(piece["bytes"]), to_relay))
    return {"viewer_token": drawn["viewer_token"], "host_token": drawn["host_token"], "frames": frames}
