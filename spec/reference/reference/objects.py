"""Signed objects: kind, version 1, fields in big-endian order, a signature over all of it."""

from .primitives import public_key, sign, verify


def _number(value: int, length: int) -> bytes:
    return value.to_bytes(length, "big")


def _signed(label: str, body: bytes, secret: bytes) -> dict:
    signature = sign(secret, label, body)
    verify(public_key(secret), label, signature, body)
    return {"bytes": (body + signature).hex()}


def id_certificate(given: dict, _: dict) -> dict:
    body = bytes([1, 1]) + _number(int(given["id"]), 8) + bytes.fromhex(given["device_key"])
    body += _number(given["generation"], 4) + _number(given["issued"], 8) + _number(given["expires"], 8)
    body += _number(given["key_id"], 4)
    return _signed("id certificate", body, bytes.fromhex(given["server_secret"]))


def ephemeral_certificate(given: dict, _: dict) -> dict:
    body = bytes([2, 1]) + bytes.fromhex(given["x25519"])
    body += _number(given["not_before"], 8) + _number(given["not_after"], 8)
    return _signed("exchange key", body, bytes.fromhex(given["server_secret"]))


def relay_token(given: dict, _: dict) -> dict:
    body = bytes([3, 1]) + _number(given["relay"], 4) + bytes.fromhex(given["introduction"])
    body += bytes([{"viewer": 0, "host": 1}[given["role"]]])
    body += _number(given["not_before"], 8) + _number(given["expires"], 8) + _number(given["longest_s"], 4)
    body += _number(given["rate_bytes_per_s"], 8) + _number(given["byte_cap"], 8) + _number(given["key_id"], 4)
    return _signed("relay token", body, bytes.fromhex(given["server_secret"]))


def rotation(given: dict, _: dict) -> dict:
    old, new = bytes.fromhex(given["old_secret"]), bytes.fromhex(given["new_secret"])
    body = bytes([4, 1]) + bytes.fromhex(given["server_fingerprint"]) + _number(int(given["id"]), 8)
    body += _number(given["generation"], 4) + public_key(old) + public_key(new)
    body += sign(new, "rotation by the new key", body)
    return _signed("rotation", body, old)


def relay_report(given: dict, _: dict) -> dict:
    body = bytes([5, 1]) + _number(given["relay"], 4) + _number(given["sent_ms"], 8) + _number(given["state"], 2)
    body += _number(given["load_percent"], 1) + _number(given["sessions"], 4)
    return _signed("relay report", body, bytes.fromhex(given["relay_secret"]))
