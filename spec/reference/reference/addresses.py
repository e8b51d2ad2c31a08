"""What people type: device ids, server keys, server links. And safety numbers."""

import base64
import ipaddress
import re
from urllib.parse import parse_qsl, urlsplit

from .primitives import H, Refused

DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)


def damm(digits: str) -> int:
    state = 0
    for digit in digits:
        state = int(DAMM[state][int(digit)])
    return state


def _compact(text: str) -> str:
    return "".join(c for c in text if not c.isspace() and c != "-")


def read_id(text: str) -> str:
    digits = _compact(text)
    if not re.fullmatch(r"[0-9]{12}", digits) or damm(digits) != 0:
        raise Refused("this is no device id")
    return digits


def device_id(given: dict, _: dict) -> dict:
    if "text" in given:
        return {"id": read_id(given["text"])}
    eleven = f"{given['number']:011}"
    digits = eleven + str(damm(eleven))
    return {"id": read_id(digits), "shown": " ".join(re.findall("...", digits))}


def fingerprint(key: bytes) -> bytes:
    return H(b"deskwire key", key)[:32]


def write_server_key(key: bytes) -> str:
    data = key + H(b"deskwire server key text", key)[:3]
    return "dwk1" + base64.b32encode(data).decode().lower().rstrip("=")


def read_server_key(text: str) -> bytes:
    compact = _compact(text).lower()
    if not re.fullmatch(r"dwk1[a-z2-7]{56}", compact):
        raise Refused("this is no server key")
    data = base64.b32decode(compact[4:].upper())
    if write_server_key(data[:32]) != compact:
        raise Refused("the checksum is wrong")
    return data[:32]


def server_key(given: dict, _: dict) -> dict:
    if "text" in given:
        return {"key": read_server_key(given["text"]).hex()}
    key = bytes.fromhex(given["key"])
    text = write_server_key(key)
    assert read_server_key(text) == key
    return {"text": text, "fingerprint": fingerprint(key).hex()}


def server_link(given: dict, _: dict) -> dict:
    form = re.fullmatch(r"deskwire://(\[[^\]]*\]|[^/:?\[\]]*)(?::([0-9]+))?(?:/)?(?:\?(.*))?", given["text"])
    if not form:
        raise Refused("this is no server link")
    host, port, query = form.groups()
    if host.startswith("["):
        try:
            host = str(ipaddress.IPv6Address(host[1:-1]))
        except ValueError:
            raise Refused("this is no IPv6 address") from None
    elif not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,252}", host):
        raise Refused("this is no host")
    port = int(port) if port else None
    if port is not None and not 0 < port < 65536:
        raise Refused("this is no port")
    pairs = parse_qsl(query, keep_blank_values=True) if query else []
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names) or set(names) - {"key", "id"}:
        raise Refused("a parameter is unknown or there twice")
    values = dict(pairs)
    host = host.lower()
    key = write_server_key(read_server_key(values["key"])) if "key" in values else None
    id = read_id(values["id"]) if "id" in values else None
    written = f"deskwire://[{host}]" if ":" in host else f"deskwire://{host}"
    written += f":{port}" if port else ""
    parameters = [f"{name}={value}" for name, value in (("key", key), ("id", id)) if value]
    written += "/" + ("?" + "&".join(parameters) if parameters else "")
    return {"host": host, "port": port, "key": key, "id": id, "written": written}


def safety_number(given: dict, _: dict) -> dict:
    def half(key: str) -> list[int]:
        digest = H(b"deskwire safety number", bytes.fromhex(key))
        return [int.from_bytes(digest[i : i + 5], "big") % 100_000 for i in range(0, 30, 5)]

    first, second = sorted((half(given["a"]), half(given["b"])))
    shown = " ".join(f"{group:05}" for group in first + second)
    return {"shown": shown, "digits": shown.replace(" ", "")}


def socket_address(text: str) -> tuple[bytes, bytes]:
    """IPv6 or v4-mapped address, and port, as they are hashed and hidden."""
    parts = urlsplit(f"//{text}")
    ip = ipaddress.ip_address(parts.hostname)
    mapped = ip.packed if ip.version == 6 else bytes(10) + b"\xff\xff" + ip.packed
    return mapped, parts.port.to_bytes(2, "big")
