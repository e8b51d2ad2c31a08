"""Talk with a rendezvous server: sessions, sealed messages, what is signed and proved in them."""

from .addresses import fingerprint, socket_address
from .messages import read
from .objects import read_exchange_key
from .primitives import (
    H, Refused, bmac, exp, ext, open_sealed, public_key, seal, verify, x25519, x25519_public,
)

DRAWN = ("server_x25519_secret", "client_x25519_secret")
LABELS = {"register": "rendezvous register", "connect": "rendezvous connect"}


class Cut:
    """Reads from the front."""

    def __init__(self, data: bytes) -> None:
        self.rest = data

    def take(self, length: int) -> bytes:
        if len(self.rest) < length:
            raise Refused("a frame is too short")
        out, self.rest = self.rest[:length], self.rest[length:]
        return out


class Session:
    """One client's session, with what both ends know."""

    def __init__(self, name: str, given: dict, drawn: dict) -> None:
        self.name, self.values = name, {}
        self.secret = bytes.fromhex(drawn[name]["client_x25519_secret"])
        self.server_secret = bytes.fromhex(drawn["server_x25519_secret"])
        self.server_key = public_key(bytes.fromhex(given["server_secret"]))
        self.identity = public_key(bytes.fromhex(given[f"{name}_secret"]))
        self.address = b"".join(socket_address(given[f"{name}_address"]))
        self.unix_time = given["unix_time"]

    def hello(self, cut: Cut, length: int) -> dict:
        version, public, random = cut.take(1), cut.take(32), cut.take(32)
        if version != b"\x01" or any(cut.rest) or length != 1200 or public != x25519_public(self.secret):
            raise Refused("this hello is not what it should be")
        self.values |= {
            "client_x25519_secret": self.secret, "client_x25519_public": public, "client_random": random,
        }
        return {"frame": "hello"}

    def welcome(self, cut: Cut) -> dict:
        v = self.values
        version, random, handle, cookie, observed, time, key = (cut.take(n) for n in (1, 32, 8, 24, 18, 8, 32))
        if (version, random, observed, key) != (b"\x01", v["client_random"], self.address, self.server_key):
            raise Refused("this welcome is for somebody else, or of another server")
        if not self.unix_time <= int.from_bytes(time, "big") < self.unix_time + 3600:
            raise Refused("the server's clock is wrong")
        certificate = cut.rest
        server_public = self.exchange_key(certificate, int.from_bytes(time, "big"))
        shared = x25519(self.secret, server_public)
        if shared != x25519(self.server_secret, v["client_x25519_public"]):
            raise Refused("the two sides of X25519 disagree")
        th = H(
            b"rendezvous 1", v["client_x25519_public"], random, handle, cookie, observed, time, key, certificate
        )
        ck = ext(th, shared)
        v |= {
            "handle": handle, "cookie": cookie, "observed": observed, "certificate": certificate,
            "x25519_shared": shared, "th": th, "ck": ck,
            "c2s": exp(ck, "rendezvous c2s", th, 32), "s2c": exp(ck, "rendezvous s2c", th, 32),
        }
        return {"frame": "welcome", "server_time": int.from_bytes(time, "big")}

    def exchange_key(self, certificate: bytes, time: int) -> bytes:
        fields = read_exchange_key(certificate, self.server_key)
        if not fields["not_before"] <= time <= fields["not_after"]:
            raise Refused("the time of the exchange key is over, or has not come")
        return bytes.fromhex(fields["x25519"])

    def opening(self, cut: Cut) -> dict:
        v = self.values
        handle = cut.take(8)
        if (cut.take(24), cut.take(32), cut.take(32)) != (v["cookie"], v["client_x25519_public"], v["client_random"]):
            raise Refused("an opening repeats something else than was said")
        return self.message("opening", "c2s", handle, cut)

    def sealed(self, cut: Cut, key: str) -> dict:
        return self.message("sealed", key, cut.take(8), cut)

    def message(self, frame: str, key: str, handle: bytes, cut: Cut) -> dict:
        counter, key = cut.take(8), self.values[key]
        if handle != self.values["handle"]:
            raise Refused("a frame of another session")
        nonce, ad = bytes(4) + counter, handle + counter
        plaintext = open_sealed(key, nonce, ad, cut.rest)
        if seal(key, nonce, ad, plaintext) != cut.rest:
            raise AssertionError("a message seals to other bytes")
        fields = read("RendezvousMessage", plaintext)
        return {
            "frame": frame, "counter": int.from_bytes(counter, "big"), "nonce": nonce.hex(), "ad": ad.hex(),
            "plaintext": plaintext.hex(), "message": fields,
        }


class Introductions:
    """What is signed and proved in messages."""

    secret: bytes = b""

    def check(self, session: Session, fields: dict) -> dict:
        (kind, value), = fields.items()
        get = lambda name: bytes.fromhex(value[name])
        if kind in LABELS:
            parts = [fingerprint(session.server_key), session.values["cookie"], get("statement")]
            if kind == "register":
                parts.insert(2, session.values["observed"])
            verify(session.identity, LABELS[kind], get("signature"), *parts)
            return {"signed": (b"deskwire " + LABELS[kind].encode() + b"\0" + H(*parts)).hex()}
        if kind == "introduced":
            name = H(b"introduction", get("viewerRandom"), get("hostRandom"), get("serverRandom"))[:32]
            if get("introduction") != name:
                raise Refused("an introduction is not called by the hash of its randoms")
            self.secret = get("secret")
        if kind == "tokensWanted":
            side = b"host" if value["host"] else b"viewer"
            if get("proof") != bmac(self.secret, H(b"tokens", get("introduction"), side)):
                raise Refused("the proof in a request for relays is another")
        return {}


def rendezvous(given: dict, drawn: dict) -> dict:
    sessions = {name: Session(name, given, drawn) for name in ("host", "viewer")}
    introductions, frames = Introductions(), []
    for sent in given["recorded"]:
        to_server = sent["to"] == "server"
        if (sent["from"] == "server") == to_server:
            raise ValueError("every datagram is between a client and the server")
        session = sessions[sent["from"] if to_server else sent["to"]]
        data = bytes.fromhex(sent["datagram"])
        cut = Cut(data)
        kind = cut.take(2)
        if kind == b"\x07\x01" and to_server:
            out = session.hello(cut, len(data))
        elif kind == b"\x07\x02" and not to_server:
            out = session.welcome(cut)
        elif kind == b"\x07\x03" and to_server:
            out = session.opening(cut)
        elif kind == b"\x07\x04":
            out = session.sealed(cut, "c2s" if to_server else "s2c")
        else:
            raise Refused("a frame of another kind, or in the other direction")
        out |= introductions.check(session, out["message"]) if "message" in out else {}
        frames.append(out)
    shown = {name: {key: value.hex() for key, value in s.values.items()} for name, s in sessions.items()}
    return {"server_x25519_secret": drawn["server_x25519_secret"], "frames": frames} | shown
