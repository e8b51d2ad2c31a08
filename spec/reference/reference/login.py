"""The login (spec/src/login.md, "Login"; draft-irtf-cfrg-cpace): both sides, each with its own scalar only."""

import hashlib

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from . import ristretto
from .primitives import Refused, bmac, exp, ext

DSI = b"CPaceRistretto255"
# Input block of SHA-512.
BLOCK = 128
CHANNELS = {"one-time code": b"deskwire login one-time code", "password": b"deskwire login password"}
MOST_MEMORY_KIB, MOST_PASSES = 256 << 10, 4


def prepend_length(part: bytes) -> bytes:
    n, length = len(part), b""
    while True:
        low, n = n & 0x7F, n >> 7
        length += bytes([low | 0x80 if n else low])
        if not n:
            return length + part


def lv_cat(*parts: bytes) -> bytes:
    return b"".join(map(prepend_length, parts))


def stretched(given: dict) -> bytes:
    memory, passes = given["argon2id_memory_kib"], given["argon2id_passes"]
    if memory > MOST_MEMORY_KIB or passes > MOST_PASSES:
        raise Refused("the host wants too much work")
    salt = bytes.fromhex(given["argon2id_salt"])
    kdf = Argon2id(salt=salt, length=32, iterations=passes, lanes=given["argon2id_lanes"], memory_cost=memory)
    return kdf.derive(given["password"].encode())


def generator_string(secret: bytes, channel: bytes, sid: bytes) -> bytes:
    pad = max(0, BLOCK - 1 - len(prepend_length(secret)) - len(prepend_length(DSI)))
    return lv_cat(DSI, secret, bytes(pad), channel, sid)


class Side:
    """One end: a share to send, then, with the other's, what both must agree on."""

    def __init__(self, secret: bytes, channel: bytes, exporter: bytes, scalar: bytes) -> None:
        self.exporter, self.scalar = exporter, int.from_bytes(scalar, "little")
        string = generator_string(secret, channel, exporter)
        digest = hashlib.sha512(string).digest()
        generator = ristretto.from_uniform(digest)
        self.share = ristretto.encode(ristretto.multiply(self.scalar, generator))
        self.out = {
            "secret": secret,
            "channel_identifier": channel,
            "generator_string": string,
            "generator_hash": digest,
            "generator": ristretto.encode(generator),
        }

    def finish(self, share_of_other: bytes, viewer: tuple[bytes, bytes], host: tuple[bytes, bytes]) -> dict:
        """`viewer` and `host`: share and identity key of each."""
        point = ristretto.multiply(self.scalar, ristretto.decode(share_of_other))
        shared = ristretto.encode(point)
        if shared == bytes(32):
            raise Refused("the shared point is the identity")
        transcript = lv_cat(*viewer) + lv_cat(*host)
        isk = hashlib.sha512(lv_cat(DSI + b"_ISK", self.exporter, shared) + transcript).digest()
        sid_output = hashlib.sha512(b"CPaceSidOutput" + transcript).digest()
        chain = ext(self.exporter, isk)
        self.out |= {"shared_point": shared, "transcript": transcript, "isk": isk, "sid_output": sid_output}
        self.out |= {"chain": chain, "viewer_share": viewer[0], "host_share": host[0]}
        for side in ("viewer", "host"):
            key = exp(chain, f"login {side}", sid_output, 32)
            self.out |= {f"{side}_confirmation_key": key, f"{side}_proof": bmac(key, sid_output)}
        return self.out


DRAWN = ("viewer_scalar", "host_scalar")


def login(given: dict, scalars: dict) -> dict:
    secret = given["code"].encode() if given["method"] == "one-time code" else stretched(given)
    exporter = bytes.fromhex(given["exporter"])
    drawn = {name: bytes.fromhex(scalars[name]) for name in DRAWN}
    viewer, host = (Side(secret, CHANNELS[given["method"]], exporter, drawn[f"{s}_scalar"]) for s in ("viewer", "host"))
    shares = (
        (viewer.share, bytes.fromhex(given["viewer_key"])),
        (host.share, bytes.fromhex(given["host_key"])),
    )
    out = viewer.finish(host.share, *shares)
    if out != host.finish(viewer.share, *shares):
        raise Refused("the two sides do not agree")
    return {name: value.hex() for name, value in (out | drawn).items()}
