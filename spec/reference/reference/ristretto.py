"""ristretto255 (RFC 9496), straight from the document. Slow and not in constant time; only for test vectors."""

from .primitives import Refused

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)


def _negative(x: int) -> bool:
    return bool(x & 1)


def _abs(x: int) -> int:
    return P - x if _negative(x) else x


def _sqrt_ratio(u: int, v: int) -> tuple[bool, int]:
    """Section 4.2: whether u/v is a square, and its root or that of SQRT_M1 * u/v."""
    r = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    check = v * r * r % P
    correct, flipped, flipped_i = check == u % P, check == -u % P, check == -u * SQRT_M1 % P
    if flipped or flipped_i:
        r = r * SQRT_M1 % P
    return correct or flipped, _abs(r)


INVSQRT_A_MINUS_D = _sqrt_ratio(1, -1 - D)[1]
# RFC 9496 gives the root of a*d - 1 whose number is odd: 4.1.
SQRT_AD_MINUS_ONE = P - _sqrt_ratio((-D - 1) % P, 1)[1]
ONE_MINUS_D_SQ = (1 - D * D) % P
D_MINUS_ONE_SQ = (D - 1) ** 2 % P

Point = tuple[int, int, int, int]
IDENTITY: Point = (0, 1, 1, 0)


def decode(data: bytes) -> Point:
    """Section 4.3.1."""
    s = int.from_bytes(data, "little")
    if len(data) != 32 or s >= P or _negative(s):
        raise Refused("this is no element of ristretto255")
    ss = s * s % P
    u1, u2 = (1 - ss) % P, (1 + ss) % P
    v = (-(D * u1 * u1) - u2 * u2) % P
    square, root = _sqrt_ratio(1, v * u2 * u2 % P)
    den_x = root * u2 % P
    x = _abs(2 * s * den_x % P)
    y = u1 * root * den_x * v % P
    t = x * y % P
    if not square or _negative(t) or y == 0:
        raise Refused("this is no element of ristretto255")
    return x, y, 1, t


def encode(point: Point) -> bytes:
    """Section 4.3.2."""
    x0, y0, z0, t0 = point
    u1, u2 = (z0 + y0) * (z0 - y0) % P, x0 * y0 % P
    _, root = _sqrt_ratio(1, u1 * u2 * u2 % P)
    den1, den2 = root * u1 % P, root * u2 % P
    z_inv = den1 * den2 * t0 % P
    rotate = _negative(t0 * z_inv % P)
    x, y, den = (y0 * SQRT_M1 % P, x0 * SQRT_M1 % P, den1 * INVSQRT_A_MINUS_D % P) if rotate else (x0, y0, den2)
    if _negative(x * z_inv % P):
        y = -y % P
    return _abs(den * (z0 - y) % P).to_bytes(32, "little")


def _map(data: bytes) -> Point:
    """Section 4.3.4, MAP."""
    t = int.from_bytes(data, "little") % 2**255 % P
    r = SQRT_M1 * t * t % P
    u = (r + 1) * ONE_MINUS_D_SQ % P
    v = (-1 - r * D) * (r + D) % P
    square, s = _sqrt_ratio(u, v)
    c = P - 1
    if not square:
        s, c = -_abs(s * t % P) % P, r
    n = (c * (r - 1) * D_MINUS_ONE_SQ - v) % P
    w0, w1, w2, w3 = 2 * s * v % P, n * SQRT_AD_MINUS_ONE % P, (1 - s * s) % P, (1 + s * s) % P
    return w0 * w3 % P, w2 * w1 % P, w1 * w3 % P, w0 * w2 % P


def from_uniform(data: bytes) -> Point:
    """Section 4.3.4: the element of 64 uniform bytes."""
    assert len(data) == 64
    return add(_map(data[:32]), _map(data[32:]))


def add(p: Point, q: Point) -> Point:
    """Addition on the curve -x^2 + y^2 = 1 + d x^2 y^2 (RFC 8032, 5.1.4)."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * D * p[3] * q[3] % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(scalar: int, point: Point) -> Point:
    out = IDENTITY
    for bit in f"{scalar % L:b}":
        out = add(out, out)
        if bit == "1":
            out = add(out, point)
    return out
