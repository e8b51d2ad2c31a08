"""Answers that the standards print, so that an error here and the same error there would not go unseen."""

from . import login, packets, ristretto
from .primitives import _hchacha20, chacha20_block, seal


def _hex(text: str) -> bytes:
    return bytes.fromhex(text)


def _ristretto() -> bool:
    """RFC 9496, A.1 and A.3."""
    generator = ristretto.decode(_hex("e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76"))
    twice = _hex("6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919")
    uniform = _hex(
        "5d1be09e3d0c82fc538112490e35701979d99e06ca3e2b5b54bffe8b4dc772c1"
        "4d98b696a1bbfb5ca32c436cc61c16563790306c79eaca7705668b47dffe5bb6"
    )
    mapped = _hex("3066f82a1a747d45120d1740f14358531a8f04bbffe6a819f86dfe50f44a0a46")
    return (
        ristretto.encode(ristretto.multiply(2, generator)) == twice
        and ristretto.encode(ristretto.from_uniform(uniform)) == mapped
        and ristretto.encode(ristretto.multiply(ristretto.L, generator)) == bytes(32)
    )


def _cpace() -> bool:
    """draft-irtf-cfrg-cpace, test vector for ristretto255 and SHA-512."""
    sid = _hex("7e4b4791d6a8ef019b936c79fb7f2c57")
    channel = b"\nAinitiator\nBresponder"
    a, b = (
        login.Side(b"Password", channel, sid, _hex(scalar))
        for scalar in (
            "da3d23700a9e5699258aef94dc060dfda5ebb61f02a5ea77fad53f4ff0976d08",
            "d2316b454718c35362d83d69df6320f38578ed5984651435e2949762d900b80d",
        )
    )
    out = a.finish(b.share, (a.share, b"ADa"), (b.share, b"ADb"))
    return (
        out == b.finish(a.share, (a.share, b"ADa"), (b.share, b"ADb"))
        and out["generator"] == _hex("5e25411ca1ad7c9debfd0b33ad987a95cefef2d3f15dcc8bd26415a5dfe2e15a")
        and a.share == _hex("383a85dd236978f17f8c8545b50dabc52a39fcdab2cf8bc531ce040ff77ca82d")
        and b.share == _hex("a6206309c0e8e5f579295e35997ac4300ab3fecec3c17f7b604f3e698fa1383c")
        and out["shared_point"] == _hex("fa1d0318864e2cacb26875f1b791c9ae83204fe8359addb53e95a2e98893853f")
        and out["isk"]
        == _hex(
            "e91ccb2c0f5e0d0993a33956e3be59754f3f2b07db57631f5394452ea2e7b435"
            "4674eb1f5686c078462bf83bec72e8743df440108e638f3526d9b90e85be096f"
        )
    )


def _xchacha() -> bool:
    """draft-irtf-cfrg-xchacha, 2.2.1."""
    key = bytes(range(32))
    return _hchacha20(key, _hex("000000090000004a0000000031415927")) == _hex(
        "82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc"
    )


def _packet() -> bool:
    """RFC 9001, A.5: the mask, and a short packet but for our longer nonce, which on path 0 is the same."""
    hp = _hex("25a282b9e82f06f21f488917a4fc8f1b73573685608597d0efcb076b0ab7a7a4")
    sample = _hex("5e5cd55c41f69080575d7999c25a5bfb")
    key = _hex("c6d98ff3441c3fe1b2182094f69caa2ed4b716b65488960a7a984979fb23e1c8")
    nonce = _hex("e0459b3474bdd0e46d417eb0")
    return (
        packets.mask(hp, sample) == _hex("aefefe7d03")
        and seal(key, nonce, _hex("4200bff4"), b"\x01") == _hex("655e5cd55c41f69080575d7999c25a5bfb")
        and packets.whole_number(0xA82F30EA, 0x9B32, 2) == 0xA82F9B32
    )


def _chacha() -> bool:
    """RFC 8439, 2.3.2."""
    block = chacha20_block(bytes(range(32)), 1, _hex("000000090000004a00000000"), 16)
    return block == _hex("10f1e7e4d13b5915500fdd1fa32071c4")


ANSWERS = {
    "ristretto255 (RFC 9496)": _ristretto,
    "CPace (draft-irtf-cfrg-cpace)": _cpace,
    "HChaCha20 (draft-irtf-cfrg-xchacha)": _xchacha,
    "ChaCha20 (RFC 8439)": _chacha,
    "packet protection (RFC 9001)": _packet,
}


def check_known() -> bool:
    wrong = [name for name, answer in ANSWERS.items() if not answer()]
    for name in wrong:
        print(f"{name}: not what the standard says")
    if not wrong:
        print(f"{len(ANSWERS)} known answers of standards agree")
    return not wrong
