"""Packet protection (spec/handshake.md, "Packet keys"; RFC 9001, 5)."""

from dataclasses import dataclass

from .primitives import exp


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
