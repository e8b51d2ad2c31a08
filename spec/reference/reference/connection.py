"""Whole connections: every datagram taken apart, with keys that follow from what the sides drew."""

from . import hs1
from .packets import PacketKeys, packet_values, unprotect
from .primitives import Refused, bmac, exp, ext

VERSION = bytes.fromhex("44570001")
CID = 8
SIDES = {"viewer": "a2b", "host": "b2a"}
GENERATIONS, PATHS = 3, 2
SALT = b"deskwire HS1 public initial salt"


class Cut:
    """Reads from the front."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, length: int) -> bytes:
        self.at += length
        if self.at > len(self.data):
            raise Refused("a packet is too short")
        return self.data[self.at - length : self.at]

    def number(self) -> int:
        """RFC 9000, 16."""
        first = self.take(1)[0]
        return int.from_bytes(bytes([first & 0x3F]) + self.take((1 << (first >> 6)) - 1), "big")


class Connection:
    """Reads both directions of a connection."""

    def __init__(self, given: dict, drawn: dict) -> None:
        self.given, self.drawn = given, drawn
        self.secret = bytes.fromhex(given.get("introduction_secret") or "")
        self.ids: list[bytes] = []
        self.keys: dict[tuple[str, str, int], PacketKeys] = {}
        self.largest: dict[tuple[str, str, int], int] = {}
        self.crypto: dict[tuple[str, str], dict[int, bytes]] = {}
        self.values: dict[str, bytes] = {}

    def initial_keys(self, connection_id: bytes) -> None:
        self.ids.append(connection_id)
        name = "initial" if len(self.ids) == 1 else "initial_after_retry"
        chain = ext(self.secret or SALT, connection_id)
        self.values[f"{name}_connection_id"] = connection_id
        for direction in SIDES.values():
            secret = exp(chain, f"initial {direction}", b"", 64)
            self.keys[direction, "initial", 0] = PacketKeys(secret)
            self.values |= packet_values(f"{name}_{direction}", secret)

    def read(self, side: str, datagram: bytes) -> list[dict]:
        packets = []
        while datagram:
            self.learn_keys()
            if datagram[0] & 0x80:
                length, packet = self.long(side, datagram)
            else:
                length, packet = len(datagram), self.short(side, datagram)
            packets.append(packet)
            datagram = datagram[length:]
        return packets

    def long(self, side: str, data: bytes) -> tuple[int, dict]:
        cut = Cut(data)
        kind = cut.take(1)[0] >> 4 & 3
        if cut.take(4) != VERSION:
            raise Refused("another version")
        to = cut.take(cut.take(1)[0])
        source = cut.take(cut.take(1)[0])
        if kind == 3:
            return len(data), self.retry(data, cut.at, source)
        level = {0: "initial", 2: "handshake"}[kind]
        if level == "initial":
            if not self.ids:
                self.initial_keys(to)
            cut.take(cut.number())
        length = cut.number()
        at = cut.at
        cut.take(length)
        return cut.at, self.open(side, level, 0, 0, data[: cut.at], at)

    def short(self, side: str, data: bytes) -> dict:
        """Path and generation are those whose keys open it: both are in the nonce or the key."""
        for generation in range(GENERATIONS):
            for path in range(PATHS):
                try:
                    return self.open(side, "traffic", generation, path, data, 1 + CID)
                except Refused:
                    pass
        raise Refused("a packet opens with no key")

    def open(self, side: str, level: str, generation: int, path: int, packet: bytes, at: int) -> dict:
        direction = SIDES[side]
        keys, hp = self.keys[direction, level, generation], self.keys[direction, level, 0].hp
        slot = (direction, level, path)
        out = unprotect(keys, hp, path, self.largest.get(slot), packet, at)
        self.largest[slot] = max(self.largest.get(slot, 0), out["number"])
        if level != "traffic":
            self.note_crypto(side, level, bytes.fromhex(out["plaintext"]))
        return {"level": level, "generation": generation} | out

    def note_crypto(self, side: str, level: str, frames: bytes) -> None:
        cut = Cut(frames)
        while cut.at < len(frames):
            kind = cut.number()
            if kind == 2:
                cut.number(), cut.number()
                for _ in range(2 * cut.number() + 1):
                    cut.number()
            elif kind == 6:
                offset = cut.number()
                self.crypto.setdefault((side, level), {})[offset] = cut.take(cut.number())
            elif kind not in (0, 1):
                raise Refused(f"a frame of type {kind} during the handshake")

    def said(self, side: str, level: str) -> bytes:
        out = b""
        for offset, data in sorted(self.crypto.get((side, level), {}).items()):
            if offset <= len(out):
                out += data[len(out) - offset :]
        return out

    def learn_keys(self) -> None:
        """With M1 and M2 everything about the handshake is known to who knows what the sides drew."""
        m1, m2 = self.said("viewer", "initial"), self.said("host", "initial")
        if ("a2b", "handshake", 0) in self.keys or not (m1 and m2):
            return
        m1, m2 = (m[: 3 + int.from_bytes(m[1:3], "big")] for m in (m1, m2))
        if len(m2) < 3 + int.from_bytes(m2[1:3], "big"):
            return
        given = self.given | {"viewer_transport_parameters": m1[3 + 34 :].hex()}
        given["host_transport_parameters"] = hs1.host_parameters(given, self.drawn, m2).hex()
        values = hs1.handshake(given, self.drawn)
        if values["m1"] != m1 or values["m2"] != m2:
            raise Refused("M1 or M2 is not what follows from what the sides drew")
        self.values |= values
        for direction in SIDES.values():
            self.keys[direction, "handshake", 0] = PacketKeys(values[f"handshake_{direction}"])
            secret = values[f"traffic_{direction}"]
            for generation in range(GENERATIONS):
                self.keys[direction, "traffic", generation] = PacketKeys(secret)
                secret = PacketKeys(secret).next_secret()

    def retry(self, data: bytes, at: int, source: bytes) -> dict:
        """16 bytes of BMAC over the length of the first connection id, that id, and the packet."""
        key = bmac(self.secret or bytes(32), b"deskwire retry")
        original, packet, tag = self.ids[-1], data[:-16], data[-16:]
        if bmac(key, bytes([len(original)]) + original + packet)[:16] != tag:
            raise Refused("the tag of a Retry is wrong")
        self.initial_keys(source)
        return {
            "level": "retry", "key": key.hex(), "original_connection_id": original.hex(),
            "next_connection_id": source.hex(), "token": packet[at:].hex(), "tag": tag.hex(),
        }


def connection(given: dict, drawn: dict) -> dict:
    reader = Connection(given, drawn)
    packets = [reader.read(sent["from"], bytes.fromhex(sent["datagram"])) for sent in given["recorded"]]
    v = reader.values
    if given["retry"] != (len(reader.ids) == 2):
        raise Refused("there is a Retry where none should be, or none where one should be")
    for side, level, messages in (
        ("viewer", "initial", v["m1"] + v["m3"]), ("host", "initial", v["m2"]),
        ("host", "handshake", v["m4"]), ("viewer", "handshake", v["m5"]),
    ):
        if reader.said(side, level) != messages:
            raise Refused(f"{side} said something else at the level {level}")
    if given["until"] == "closed":
        for direction in SIDES.values():
            updated = reader.keys[direction, "traffic", 1]
            v[f"updated_{direction}"] = updated.secret
            v[f"updated_{direction}_key"], v[f"updated_{direction}_iv"] = updated.key, updated.iv
    out = {name: value.hex() for name, value in v.items()}
    return out | {name: drawn[name] for name in hs1.DRAWN} | {"packets": packets}
