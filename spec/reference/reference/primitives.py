"""Hash, key derivation, MAC, signatures and ciphers of all protocols (spec/src/handshake.md, "Primitives")."""

import hashlib
import hmac

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


class Refused(Exception):
    """What was received must not be accepted."""


def H(*parts: bytes) -> bytes:
    state = hashlib.blake2b()
    for part in parts:
        state.update(len(part).to_bytes(4, "little") + part)
    return state.digest()


def ext(salt: bytes, data: bytes) -> bytes:
    """HKDF-SHA512-Extract (RFC 5869)."""
    return hmac.digest(salt, data, "sha512")


def exp(chain: bytes, label: str, th: bytes, length: int) -> bytes:
    """HKDF-SHA512-Expand (RFC 5869)."""
    info = b"deskwire " + label.encode() + b"\0" + th
    out, block, number = b"", b"", 1
    while len(out) < length:
        block = hmac.digest(chain, block + info + bytes([number]), "sha512")
        out, number = out + block, number + 1
    return out[:length]


def bmac(key: bytes, data: bytes) -> bytes:
    assert len(key) == 32
    return hashlib.blake2b(data, digest_size=32, key=key).digest()


def public_key(secret: bytes) -> bytes:
    key = Ed25519PrivateKey.from_private_bytes(secret)
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def _signed(label: str, parts: tuple[bytes, ...]) -> bytes:
    return b"deskwire " + label.encode() + b"\0" + H(*parts)


def sign(secret: bytes, label: str, *parts: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(secret).sign(_signed(label, parts))


def verify(public: bytes, label: str, signature: bytes, *parts: bytes) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _signed(label, parts))
    except InvalidSignature:
        raise Refused(f"the signature is not that of the key over '{label}'") from None


def x25519_public(secret: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def x25519(secret: bytes, public: bytes) -> bytes:
    """A result of zeros is refused by the library."""
    try:
        return X25519PrivateKey.from_private_bytes(secret).exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:
        raise Refused("the X25519 key gives a secret that everybody knows") from None


def seal(key: bytes, nonce: bytes, ad: bytes, text: bytes) -> bytes:
    """ChaCha20-Poly1305 (RFC 8439); the tag follows the ciphertext."""
    return ChaCha20Poly1305(key).encrypt(nonce, text, ad)


def open_sealed(key: bytes, nonce: bytes, ad: bytes, sealed: bytes) -> bytes:
    try:
        return ChaCha20Poly1305(key).decrypt(nonce, sealed, ad)
    except InvalidTag:
        raise Refused("the seal does not hold") from None


def chacha20_block(key: bytes, counter: int, nonce: bytes, length: int) -> bytes:
    """The first bytes of a ChaCha20 block (RFC 8439, 2.4)."""
    cipher = Cipher(algorithms.ChaCha20(key, counter.to_bytes(4, "little") + nonce), mode=None)
    return cipher.encryptor().update(bytes(length))


def _hchacha20(key: bytes, nonce: bytes) -> bytes:
    """draft-irtf-cfrg-xchacha, 2.2."""
    mask = 0xFFFFFFFF
    words = [int.from_bytes((b"expand 32-byte k" + key + nonce)[i : i + 4], "little") for i in range(0, 64, 4)]

    def quarter(a: int, b: int, c: int, d: int) -> None:
        for x, y, z, shift in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            words[x] = (words[x] + words[y]) & mask
            turned = words[z] ^ words[x]
            words[z] = (turned << shift | turned >> (32 - shift)) & mask

    for _ in range(10):
        for i in range(4):
            quarter(i, 4 + i, 8 + i, 12 + i)
        for i in range(4):
            quarter(i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4)
    return b"".join(word.to_bytes(4, "little") for word in words[:4] + words[12:])


def _xchacha(key: bytes) -> tuple[bytes, bytes]:
    """Key and nonce of the ChaCha20-Poly1305 that XChaCha20-Poly1305 with a nonce of zeros is."""
    return _hchacha20(key, bytes(16)), bytes(12)


def seal_once(key: bytes, ad: bytes, text: bytes) -> bytes:
    """XChaCha20-Poly1305 with a nonce of zeros."""
    return seal(*_xchacha(key), ad, text)


def open_once(key: bytes, ad: bytes, sealed: bytes) -> bytes:
    return open_sealed(*_xchacha(key), ad, sealed)
