"""The key handshake HS1 (spec/src/handshake.md): both sides, each with its own secrets only."""

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey

from . import mlkem
from .addresses import damm
from .objects import check_key
from .packets import packet_values
from .primitives import (
    H, Refused, bmac, exp, ext, open_once, public_key, seal_once, sign, verify, x25519, x25519_public,
)

PROTO = b"deskwire HS1 X25519 ML-KEM-768 XChaCha20-Poly1305 Ed25519 BLAKE2b HKDF-SHA512"
VERSION = 1
EK, CT, SIGNATURE = 1184, 1088, 64
# How many bytes may follow the header of each message.
LENGTHS = {
    1: range(34, 34 + 1024 + 1),
    2: range(1 + 32 + EK + 12 + 32 + SIGNATURE + 16, 1 + 32 + EK + 12 + 32 + SIGNATURE + 16 + 1024 + 1),
    3: range(CT + 32 + 32 + SIGNATURE + 16, CT + 32 + 32 + SIGNATURE + 16 + 1),
    4: range(32, 33),
    5: range(32, 33),
}


def message(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + len(body).to_bytes(2, "big") + body


def body(kind: int, data: bytes) -> bytes:
    length = int.from_bytes(data[1:3], "big")
    if data[0] != kind or length != len(data) - 3 or length not in LENGTHS[kind]:
        raise Refused(f"this is not message {kind}")
    return data[3:]


@dataclass
class Side:
    """What both sides do alike: the running hash, the chain of secrets, what follows from them."""

    mode: int
    host_id: bytes
    host_key: bytes
    fingerprint: bytes
    introduction: bytes
    introduction_secret: bytes
    out: dict[str, bytes] = field(default_factory=dict)

    def start(self) -> None:
        o = self.out
        o["th0"] = H(
            PROTO, bytes([VERSION, self.mode]), self.host_id, self.host_key, self.fingerprint, self.introduction
        )
        o["ck0"] = ext(self.introduction_secret, o["th0"])

    def after_m1(self, m1: bytes) -> None:
        self.out["m1"] = m1
        self.out["th1"] = H(self.out["th0"], m1)

    def before_c2(self, m2_start: bytes, shared: bytes) -> None:
        o = self.out
        o["x25519_shared"] = shared
        o["th2_unsealed"] = H(o["th1"], m2_start)
        o["ck1"] = ext(o["ck0"], shared)
        o["k2"] = exp(o["ck1"], "hs2", o["th2_unsealed"], 32)

    def after_c2(self, m2: bytes, c2: bytes, plaintext: bytes) -> None:
        o = self.out
        o.update(m2=m2, c2=c2, c2_plaintext=plaintext, th2=H(o["th2_unsealed"], c2))

    def before_c3(self, m3_start: bytes, shared: bytes) -> None:
        o = self.out
        o["ml_kem_shared"] = shared
        o["th3_unsealed"] = H(o["th2"], m3_start)
        o["ck2"] = ext(o["ck1"], shared)
        o["k3"] = exp(o["ck2"], "hs3", o["th3_unsealed"], 32)

    def after_c3(self, m3: bytes, c3: bytes, plaintext: bytes) -> None:
        o = self.out
        o.update(m3=m3, c3=c3, c3_plaintext=plaintext, th3=H(o["th3_unsealed"], c3))
        o["ck3"] = ext(o["ck2"], plaintext[:32])
        self.level("handshake", o["th3"])
        o["confirm_host_key"] = exp(o["ck3"], "confirm host", o["th3"], 32)
        o["m4"] = message(4, bmac(o["confirm_host_key"], o["th3"]))
        o["th4"] = H(o["th3"], o["m4"])
        o["confirm_viewer_key"] = exp(o["ck3"], "confirm viewer", o["th4"], 32)
        o["m5"] = message(5, bmac(o["confirm_viewer_key"], o["th4"]))
        self.level("traffic", o["th4"])
        for label in ("exporter", "resumption"):
            o[label] = exp(o["ck3"], label, o["th4"], 64)

    def level(self, level: str, th: bytes) -> None:
        for direction in ("a2b", "b2a"):
            name = f"{level}_{direction}"
            self.out |= packet_values(name, exp(self.out["ck3"], f"{level} {direction}", th, 64))


class Viewer(Side):
    def m1(self, x25519_secret: bytes, parameters: bytes) -> bytes:
        self.start()
        self.secret = x25519_secret
        self.out["viewer_x25519_public"] = x25519_public(x25519_secret)
        m1 = message(1, bytes([VERSION, self.mode]) + self.out["viewer_x25519_public"] + parameters)
        self.after_m1(m1)
        return m1

    def m3(self, m2: bytes, dialled: bytes | None, identity: bytes, kem_message: bytes, k_a: bytes) -> bytes:
        rest = body(2, m2)
        if rest[0] != VERSION:
            raise Refused("another version")
        e_b, ek, c2 = rest[1:33], rest[33 : 33 + EK], rest[33 + EK :]
        self.before_c2(m2[: -len(c2)], x25519(self.secret, e_b))
        plaintext = open_once(self.out["k2"], self.out["th2_unsealed"], c2)
        host_id, host_key, signature = plaintext[:12], check_key(plaintext[12:44]), plaintext[-SIGNATURE:]
        if host_id != bytes(12) and not (host_id.isdigit() and damm(host_id.decode()) == 0):
            raise Refused("this is no device id")
        if self.mode == 0 and host_key != self.host_key:
            raise Refused("another key than the one that was dialled")
        if dialled is not None and host_id != dialled:
            raise Refused("another id than the one that was dialled")
        verify(host_key, "HS1 host", signature, self.out["th2_unsealed"], plaintext[:-SIGNATURE])
        self.after_c2(m2, c2, plaintext)
        self.host_parameters = plaintext[44:-SIGNATURE]
        if not mlkem.is_key(ek):
            raise Refused("this is no ML-KEM key")
        shared, ct = mlkem.encapsulate(ek, kem_message)
        # Header, ciphertext, then what is sealed: k_A, key, signature and the tag.
        start = message(3, ct + bytes(32 + 32 + SIGNATURE + 16))[: 3 + CT]
        self.before_c3(start, shared)
        plaintext = k_a + public_key(identity)
        plaintext += sign(identity, "HS1 viewer", self.out["th3_unsealed"], plaintext)
        c3 = seal_once(self.out["k3"], self.out["th3_unsealed"], plaintext)
        self.out |= {"ml_kem_ciphertext": ct, "viewer_signature": plaintext[-SIGNATURE:]}
        self.after_c3(start + c3, c3, plaintext)
        return start + c3


class Host(Side):
    def m2(
        self, m1: bytes, identity: bytes, own_id: bytes, x25519_secret: bytes, kem_seed: bytes, parameters: bytes
    ) -> bytes:
        rest = body(1, m1)
        if rest[0] != VERSION or rest[1] not in (0, 1) or (rest[1] == 1 and any(self.introduction)):
            raise Refused("another version, or a mode that is not for this case")
        self.mode = rest[1]
        self.host_key = public_key(identity) if self.mode == 0 else bytes(32)
        self.start()
        self.after_m1(m1)
        self.viewer_parameters = rest[34:]
        self.kem = MLKEM768PrivateKey.from_seed_bytes(kem_seed)
        ek = self.kem.public_key().public_bytes_raw()
        if ek != mlkem.key_from_seed(kem_seed):
            raise AssertionError("two implementations of ML-KEM disagree")
        e_b = x25519_public(x25519_secret)
        head = bytes([VERSION]) + e_b + ek
        plain = own_id + public_key(identity) + parameters
        start = message(2, head + bytes(len(plain) + SIGNATURE + 16))[: 3 + len(head)]
        self.before_c2(start, x25519(x25519_secret, rest[2:34]))
        plain += sign(identity, "HS1 host", self.out["th2_unsealed"], plain)
        c2 = seal_once(self.out["k2"], self.out["th2_unsealed"], plain)
        self.out |= {"host_x25519_public": e_b, "host_ml_kem_key": ek, "host_signature": plain[-SIGNATURE:]}
        self.after_c2(start + c2, c2, plain)
        return start + c2

    def m4(self, m3: bytes) -> bytes:
        rest = body(3, m3)
        ct, c3 = rest[:CT], rest[CT:]
        self.before_c3(m3[: 3 + CT], self.kem.decapsulate(ct))
        plaintext = open_once(self.out["k3"], self.out["th3_unsealed"], c3)
        viewer_key, signature = check_key(plaintext[32:64]), plaintext[64:]
        verify(viewer_key, "HS1 viewer", signature, self.out["th3_unsealed"], plaintext[:64])
        self.after_c3(m3, c3, plaintext)
        return self.out["m4"]


def _sides(given: dict) -> tuple[Viewer, Host, bytes]:
    """Both sides before they begin, and the host's own id."""
    raw = lambda name: bytes.fromhex(given.get(name) or "")
    own_id = given["host_id"].encode() if given.get("host_id") else bytes(12)
    common = (
        own_id if "introduction" in given else bytes(12),
        public_key(raw("host_secret")) if given["mode"] == 0 else bytes(32),
        raw("server_fingerprint") or bytes(32),
        raw("introduction") or bytes(32),
        raw("introduction_secret") or bytes(32),
    )
    return Viewer(given["mode"], *common), Host(given["mode"], *common), own_id


def _answer(viewer: Viewer, given: dict, drawn: dict, m2: bytes) -> bytes:
    get = lambda name: bytes.fromhex(drawn[name])
    dialled = given["host_id"].encode() if given.get("host_id") else None
    secret = bytes.fromhex(given["viewer_secret"])
    return viewer.m3(m2, dialled, secret, get("viewer_ml_kem_message"), get("viewer_sealed_key"))


def handshake(given: dict, drawn: dict) -> dict[str, bytes]:
    """A whole run; `drawn` has what the sides drew at random. Everything both sides computed, by name."""
    viewer, host, own_id = _sides(given)
    get = lambda name: bytes.fromhex(drawn[name])
    m1 = viewer.m1(get("viewer_x25519_secret"), bytes.fromhex(given["viewer_transport_parameters"]))
    m2 = host.m2(
        m1, bytes.fromhex(given["host_secret"]), own_id, get("host_x25519_secret"), get("host_ml_kem_seed"),
        bytes.fromhex(given["host_transport_parameters"]),
    )
    m3 = _answer(viewer, given, drawn, m2)
    if host.m4(m3) != viewer.out["m4"] or viewer.out["m5"] != host.out["m5"]:
        raise Refused("the confirmations differ")
    for name in viewer.out.keys() & host.out.keys():
        if viewer.out[name] != host.out[name]:
            raise Refused(f"the two sides have another {name}")
    return viewer.out | host.out


def host_parameters(given: dict, drawn: dict, m2: bytes) -> bytes:
    """The host's transport parameters, from its M2 as the viewer reads it."""
    viewer, _, _ = _sides(given)
    viewer.m1(bytes.fromhex(drawn["viewer_x25519_secret"]), bytes.fromhex(given["viewer_transport_parameters"]))
    _answer(viewer, given, drawn, m2)
    return viewer.host_parameters


DRAWN = (
    "viewer_x25519_secret", "host_x25519_secret", "host_ml_kem_seed", "viewer_ml_kem_message", "viewer_sealed_key",
)


def hs1(given: dict, drawn: dict) -> dict:
    return {name: value.hex() for name, value in handshake(given, drawn).items()} | drawn


def refused(given: dict, _: dict) -> dict:
    """One side of a run, and what it received; refuses where it must."""
    raw = lambda name: bytes.fromhex(given.get(name) or "")
    own_id = given["host_id"].encode()
    introduced = tuple(raw(name) or bytes(32) for name in ("server_fingerprint", "introduction", "introduction_secret"))
    is_viewer = {"viewer": True, "host": False}[given["side"]]
    # A host takes the mode, and with it the key, from M1.
    common = (0, own_id if any(introduced[1]) else bytes(12), raw("host_key"), *introduced)
    side = Viewer(*common) if is_viewer else Host(*common)
    if is_viewer:
        side.m1(raw("viewer_x25519_secret"), raw("viewer_transport_parameters"))
    due = [2, 4] if is_viewer else [1, 3, 5]
    for received in given["received"]:
        if not due:
            raise Refused("nothing may come any more")
        kind, data = due.pop(0), bytes.fromhex(received["bytes"])
        if received["level"] != ("initial" if kind < 4 else "handshake"):
            raise Refused("another level")
        match kind:
            case 1:
                drawn = (raw("host_x25519_secret"), raw("host_ml_kem_seed"))
                side.m2(data, raw("host_secret"), own_id, *drawn, raw("host_transport_parameters"))
            case 2:
                side.m3(data, own_id, raw("viewer_secret"), raw("viewer_ml_kem_message"), raw("viewer_sealed_key"))
            case 3:
                side.m4(data)
            case _ if body(kind, data) != body(kind, side.out[f"m{kind}"]):
                raise Refused("the confirmation is wrong")
    return {"taken": True}


def initial_secrets(given: dict, _: dict) -> dict:
    secret = bytes.fromhex(given.get("introduction_secret") or "") or b"deskwire HS1 public initial salt"
    chain = ext(secret, bytes.fromhex(given["connection_id"]))
    out: dict[str, bytes] = {}
    for direction in ("a2b", "b2a"):
        out |= packet_values(f"initial_{direction}", exp(chain, f"initial {direction}", b"", 64))
    return {name: value.hex() for name, value in out.items()}
