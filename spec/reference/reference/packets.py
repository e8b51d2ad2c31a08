"""Packet protection (spec/src/handshake.md, "Packet keys"; RFC 9001, 5)."""

from dataclasses import dataclass

from .primitives import chacha20_block, exp, open_sealed, seal


@dataclass
class PacketKeys:
    """Keys of one direction at one level."""

    secret: bytes

    def __post_init__(self) -> None:
        self.key = exp(self.secret, "key", b"", 32)
        self.iv = exp(self.secret, "iv", b"", 12)
        self.hp = exp(self.secret, "hp", b"", 32)

    def nonce(self, path: int, number: int) -> bytes:
        count = path.to_bytes(4, "big") + number.to_bytes(8, "big")
        return bytes(a ^ b for a, b in zip(self.iv, count, strict=True))

    def next_secret(self) -> bytes:
        return exp(self.secret, "upd", b"", 64)


def packet_values(name: str, secret: bytes) -> dict[str, bytes]:
    keys = PacketKeys(secret)
    return {
        name: secret,
        f"{name}_key": keys.key,
        f"{name}_iv": keys.iv,
        f"{name}_hp": keys.hp,
        f"{name}_nonce_1_2": keys.nonce(1, 2),
        f"{name}_next": keys.next_secret(),
    }


def mask(hp: bytes, sample: bytes) -> bytes:
    """RFC 9001, 5.4.4."""
    return chacha20_block(hp, int.from_bytes(sample[:4], "little"), sample[4:], 5)


def whole_number(largest: int | None, cut: int, length: int) -> int:
    """RFC 9000, A.3."""
    expected = 0 if largest is None else largest + 1
    window = 1 << (8 * length)
    candidate = (expected & ~(window - 1)) | cut
    if candidate <= expected - window // 2:
        return candidate + window
    if candidate > expected + window // 2 and candidate >= window:
        return candidate - window
    return candidate


def _hide(first: int, first_mask: int) -> int:
    return first ^ (first_mask & (0x0F if first & 0x80 else 0x1F))


def protect(keys: PacketKeys, hp: bytes, path: int, number: int, header: bytes, plaintext: bytes) -> bytes:
    """A packet from its header in clear and its frames."""
    length = (header[0] & 3) + 1
    at = len(header) - length
    packet = header + seal(keys.key, keys.nonce(path, number), header, plaintext)
    hiding = mask(hp, packet[at + 4 : at + 20])
    shown = bytes(a ^ b for a, b in zip(header[at:], hiding[1:]))
    return bytes([_hide(packet[0], hiding[0])]) + packet[1:at] + shown + packet[at + length :]


def unprotect(keys: PacketKeys, hp: bytes, path: int, largest: int | None, packet: bytes, at: int) -> dict:
    """The packet without its protection; `at` is where its number begins. It is protected again, to the same bytes."""
    sample = packet[at + 4 : at + 20]
    hiding = mask(hp, sample)
    first = _hide(packet[0], hiding[0])
    length = (first & 3) + 1
    cut = bytes(a ^ b for a, b in zip(packet[at : at + length], hiding[1:]))
    header = bytes([first]) + packet[1:at] + cut
    number = whole_number(largest, int.from_bytes(cut, "big"), length)
    nonce = keys.nonce(path, number)
    plaintext = open_sealed(keys.key, nonce, header, packet[at + length :])
    if protect(keys, hp, path, number, header, plaintext) != packet:
        raise AssertionError("a packet is protected to other bytes")
    return {
        "path": path, "number": number, "header": header.hex(), "sample": sample.hex(), "mask": hiding.hex(),
        "nonce": nonce.hex(), "plaintext": plaintext.hex(),
    }
