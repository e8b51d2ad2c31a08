"""Punch probes and framing."""

from .addresses import socket_address
from .primitives import bmac, exp, ext


def probe(given: dict, _: dict) -> dict:
    if "exporter" in given:
        secret = bytes.fromhex(given["exporter"])
    else:
        chain = ext(b"introduction", bytes.fromhex(given["introduction_secret"]))
        secret = exp(chain, "punch without a session", bytes.fromhex(given["introduction"]), 64)
    sender, transaction = given["sender"], given["transaction"].to_bytes(8, "big")
    key, tag = exp(secret, f"punch {sender}", b"", 32), exp(secret, f"punch tag {sender}", b"", 8)
    mask = transaction + tag + b"\x5a\x5a"
    observed = bytes(18)
    if given["observed"] is not None:
        ip, port = socket_address(given["observed"])
        observed = bytes(a ^ b for a, b in zip(port + ip, mask, strict=True))
    kind = 1 if given["observed"] is None else 2
    data = bytes([0x1F, kind, given["nominated"], 0]) + tag + transaction + observed
    mac = bmac(key, data)
    out = {"secret": secret, "key": key, "tag": tag, "mask": mask, "mac": mac, "probe": data + mac[:16]}
    return {name: value.hex() for name, value in out.items()}


KINDS = {"control": 1, "input": 2, "video": 3, "cursor": 4, "clipboard": 5}


def _short(payload: bytes) -> bytes:
    return len(payload).to_bytes(2, "big") + payload


def framing(given: dict, _: dict) -> dict:
    what, payload = given["what"], bytes.fromhex(given.get("payload", ""))
    if what == "relay datagram":
        out = b"\x17" + given["channel"].to_bytes(3, "big") + payload
    elif what == "relay control":
        out = b"\x0f" + payload
    elif what == "relay stream":
        frames = [
            b"\x0f" + bytes.fromhex(f["message"]) if "message" in f else bytes.fromhex(f["packet"])
            for f in given["frames"]
        ]
        out = b"\x0f" + b"".join(map(_short, frames))
    elif what == "rendezvous stream":
        out = b"\x07" + b"".join(_short(bytes.fromhex(f["frame"])) for f in given["frames"])
    elif what == "punched stream":
        out = b"\x1f" + b"".join(_short(bytes.fromhex(f.get("frame") or f["packet"])) for f in given["frames"])
    elif what == "relay report":
        out = b"\x27" + payload
    elif what == "stale":
        out = b"\x07\x05" + bytes.fromhex(given["handle"])
    elif what == "session frame":
        out = (len(payload) | given["packed"] << 31).to_bytes(4, "big") + payload
    elif what == "channel header":
        out = bytes([KINDS[given["kind"]]])
        if given["kind"] == "video":
            out += given["display"].to_bytes(4, "big") + given["epoch"].to_bytes(4, "big")
    else:
        raise ValueError(f"no framing is called {what}")
    return {"bytes": out.hex()}
