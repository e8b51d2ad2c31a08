"""Signed objects: kind, version 1, fields in big-endian order, a signature over all of it. Made and read."""

from . import ristretto
from .addresses import damm
from .primitives import Refused, public_key, sign, verify

SIGNATURE = 64


def check_key(key: bytes) -> bytes:
    """A point of edwards25519 in its only encoding (RFC 8032, 5.1.3), not one of small order."""
    number = int.from_bytes(key, "little")
    y, odd = number % 2**255, number >> 255
    if len(key) != 32 or y >= ristretto.P:
        raise Refused("this is no key, or not its only encoding")
    square, x = ristretto._sqrt_ratio((y * y - 1) % ristretto.P, (ristretto.D * y * y + 1) % ristretto.P)
    if not square or (x == 0 and odd):
        raise Refused("this is no point of the curve")
    x = ristretto.P - x if x % 2 != odd else x
    point = (x, y, 1, x * y % ristretto.P)
    for _ in range(3):
        point = ristretto.add(point, point)
    if point[0] == 0 and point[1] == point[2]:
        raise Refused("this is a point of small order")
    return key


class Fields:
    """Reads fields after the signature was checked."""

    def __init__(self, data: bytes, kind: int, size: int, label: str, key: bytes) -> None:
        if len(data) != size or data[:2] != bytes([kind, 1]):
            raise Refused("another length, kind or version")
        verify(key, label, data[-SIGNATURE:], data[:-SIGNATURE])
        self.rest = data[2:-SIGNATURE]

    def take(self, length: int) -> bytes:
        out, self.rest = self.rest[:length], self.rest[length:]
        return out

    def number(self, length: int) -> int:
        return int.from_bytes(self.take(length), "big")

    def id(self) -> str:
        digits = f"{self.number(8):012}"
        if len(digits) != 12 or damm(digits) != 0:
            raise Refused("this is no device id")
        return digits


def _in_order(first: int, last: int) -> None:
    if first > last:
        raise Refused("it ends before it begins")


def read_id_certificate(data: bytes, key: bytes) -> dict:
    f = Fields(data, 1, 130, "id certificate", key)
    out = {"id": f.id(), "device_key": check_key(f.take(32)).hex(), "generation": f.number(4)}
    out |= {"issued": f.number(8), "expires": f.number(8), "key_id": f.number(4)}
    _in_order(out["issued"], out["expires"])
    return out


def read_exchange_key(data: bytes, key: bytes) -> dict:
    f = Fields(data, 2, 114, "exchange key", key)
    out = {"x25519": f.take(32).hex(), "not_before": f.number(8), "not_after": f.number(8)}
    _in_order(out["not_before"], out["not_after"])
    return out


ROLES = {"viewer": 0, "host": 1}


def read_relay_token(data: bytes, key: bytes) -> dict:
    f = Fields(data, 3, 143, "relay token", key)
    out = {"relay": f.number(4), "introduction": f.take(32).hex()}
    role = f.number(1)
    if role not in ROLES.values():
        raise Refused("there is no such role")
    out["role"] = [name for name, number in ROLES.items() if number == role][0]
    names = (("not_before", 8), ("expires", 8), ("longest_s", 4), ("rate_bytes_per_s", 8), ("byte_cap", 8), ("key_id", 4))
    out |= {name: f.number(length) for name, length in names}
    _in_order(out["not_before"], out["expires"])
    return out


def read_rotation(data: bytes, old: bytes) -> dict:
    f = Fields(data, 4, 238, "rotation", old)
    out = {"server_fingerprint": f.take(32).hex(), "id": f.id(), "generation": f.number(4)}
    old_key, new_key = check_key(f.take(32)), check_key(f.take(32))
    if old_key != old or new_key == old:
        raise Refused("it is not from this key to another")
    verify(new_key, "rotation by the new key", f.take(SIGNATURE), data[: -2 * SIGNATURE])
    return out


def read_relay_report(data: bytes, key: bytes) -> dict:
    f = Fields(data, 5, 85, "relay report", key)
    names = (("relay", 4), ("sent_ms", 8), ("state", 2), ("load_percent", 1), ("sessions", 4))
    return {name: f.number(length) for name, length in names}


def _number(value: int, length: int) -> bytes:
    return value.to_bytes(length, "big")


def _made(label: str, body: bytes, secret: bytes, read, given: dict) -> dict:
    """The signed object, once it was read back as what it was made of."""
    data = body + sign(secret, label, body)
    back = read(data, public_key(secret))
    if any(given[name] != value for name, value in back.items()):
        raise AssertionError("the object does not come back from its bytes")
    return {"bytes": data.hex()}


def id_certificate(given: dict, _: dict) -> dict:
    body = bytes([1, 1]) + _number(int(given["id"]), 8) + bytes.fromhex(given["device_key"])
    body += _number(given["generation"], 4) + _number(given["issued"], 8) + _number(given["expires"], 8)
    body += _number(given["key_id"], 4)
    return _made("id certificate", body, bytes.fromhex(given["server_secret"]), read_id_certificate, given)


def ephemeral_certificate(given: dict, _: dict) -> dict:
    body = bytes([2, 1]) + bytes.fromhex(given["x25519"])
    body += _number(given["not_before"], 8) + _number(given["not_after"], 8)
    return _made("exchange key", body, bytes.fromhex(given["server_secret"]), read_exchange_key, given)


def relay_token(given: dict, _: dict) -> dict:
    body = bytes([3, 1]) + _number(given["relay"], 4) + bytes.fromhex(given["introduction"])
    body += bytes([ROLES[given["role"]]])
    body += _number(given["not_before"], 8) + _number(given["expires"], 8) + _number(given["longest_s"], 4)
    body += _number(given["rate_bytes_per_s"], 8) + _number(given["byte_cap"], 8) + _number(given["key_id"], 4)
    return _made("relay token", body, bytes.fromhex(given["server_secret"]), read_relay_token, given)


def rotation(given: dict, _: dict) -> dict:
    old, new = bytes.fromhex(given["old_secret"]), bytes.fromhex(given["new_secret"])
    body = bytes([4, 1]) + bytes.fromhex(given["server_fingerprint"]) + _number(int(given["id"]), 8)
    body += _number(given["generation"], 4) + public_key(old) + public_key(new)
    body += sign(new, "rotation by the new key", body)
    return _made("rotation", body, old, read_rotation, given)


def relay_report(given: dict, _: dict) -> dict:
    body = bytes([5, 1]) + _number(given["relay"], 4) + _number(given["sent_ms"], 8) + _number(given["state"], 2)
    body += _number(given["load_percent"], 1) + _number(given["sessions"], 4)
    return _made("relay report", body, bytes.fromhex(given["relay_secret"]), read_relay_report, given)


READERS = {
    "id certificate": read_id_certificate,
    "exchange key": read_exchange_key,
    "relay token": read_relay_token,
    "rotation": read_rotation,
    "relay report": read_relay_report,
}


def _in_time(read: dict, now: int, allowance: int) -> None:
    begin = read["issued"] if "issued" in read else read["not_before"]
    end = read["expires"] if "expires" in read else read["not_after"]
    if not begin - allowance <= now <= end + allowance:
        raise Refused("it is not valid at this time")


def refused(given: dict, _: dict) -> dict:
    data = bytes.fromhex(given["bytes"])
    if given["what"] == "key":
        check_key(data)
    else:
        read = READERS[given["what"]](data, bytes.fromhex(given["key"]))
        if "unix_time" in given:
            _in_time(read, given["unix_time"], 30 if given["what"] == "relay token" else 300)
    return {"taken": True}
