"""ML-KEM-768 (FIPS 203) with given randomness, which libraries do not take for encapsulation.

Plain and slow; only for test vectors. Names are those of the standard. What it makes is compared with the library's
decapsulation on every run (see hs1.py).
"""

import hashlib

Q, N, K, ETA, DU, DV = 3329, 256, 3, 2, 10, 4


def _bit_reversed(i: int) -> int:
    return int(f"{i:07b}"[::-1], 2)


ZETAS = [pow(17, _bit_reversed(i), Q) for i in range(128)]
GAMMAS = [pow(17, 2 * _bit_reversed(i) + 1, Q) for i in range(128)]


def _sample_ntt(seed: bytes) -> list[int]:
    stream = hashlib.shake_128(seed).digest(2048)
    out: list[int] = []
    for i in range(0, len(stream) - 2, 3):
        a, b, c = stream[i : i + 3]
        for d in (a + 256 * (b % 16), b // 16 + 16 * c):
            if d < Q and len(out) < N:
                out.append(d)
    assert len(out) == N, "2,048 bytes are enough but for a chance of nothing"
    return out


def _sample_cbd(data: bytes) -> list[int]:
    bits = [byte >> i & 1 for byte in data for i in range(8)]
    return [(bits[4 * i] + bits[4 * i + 1] - bits[4 * i + 2] - bits[4 * i + 3]) % Q for i in range(N)]


def _prf(seed: bytes, n: int) -> bytes:
    return hashlib.shake_256(seed + bytes([n])).digest(64 * ETA)


def _ntt(f: list[int]) -> list[int]:
    f, i, length = f[:], 1, 128
    while length >= 2:
        for start in range(0, N, 2 * length):
            zeta, i = ZETAS[i], i + 1
            for j in range(start, start + length):
                t = zeta * f[j + length] % Q
                f[j + length], f[j] = (f[j] - t) % Q, (f[j] + t) % Q
        length //= 2
    return f


def _inverse_ntt(f: list[int]) -> list[int]:
    f, i, length = f[:], 127, 2
    while length <= 128:
        for start in range(0, N, 2 * length):
            zeta, i = ZETAS[i], i - 1
            for j in range(start, start + length):
                t = f[j]
                f[j] = (t + f[j + length]) % Q
                f[j + length] = zeta * (f[j + length] - t) % Q
        length *= 2
    return [x * 3303 % Q for x in f]


def _multiply(f: list[int], g: list[int]) -> list[int]:
    out = []
    for i in range(128):
        a0, a1, b0, b1 = f[2 * i], f[2 * i + 1], g[2 * i], g[2 * i + 1]
        out += [(a0 * b0 + a1 * b1 * GAMMAS[i]) % Q, (a0 * b1 + a1 * b0) % Q]
    return out


def _add(*polynomials: list[int]) -> list[int]:
    return [sum(values) % Q for values in zip(*polynomials, strict=True)]


def _encode(d: int, f: list[int]) -> bytes:
    return sum(x << (d * i) for i, x in enumerate(f)).to_bytes(32 * d, "little")


def _decode(d: int, data: bytes) -> list[int]:
    whole = int.from_bytes(data, "little")
    return [whole >> (d * i) & ((1 << d) - 1) for i in range(N)]


def _compress(d: int, f: list[int]) -> list[int]:
    return [((x << d) + Q // 2) // Q % (1 << d) for x in f]


def _matrix(rho: bytes) -> list[list[list[int]]]:
    return [[_sample_ntt(rho + bytes([j, i])) for j in range(K)] for i in range(K)]


def key_from_seed(seed: bytes) -> bytes:
    """The encapsulation key that belongs to d || z."""
    digest = hashlib.sha3_512(seed[:32] + bytes([K])).digest()
    rho, sigma = digest[:32], digest[32:]
    a = _matrix(rho)
    s = [_ntt(_sample_cbd(_prf(sigma, n))) for n in range(K)]
    e = [_ntt(_sample_cbd(_prf(sigma, K + n))) for n in range(K)]
    t = [_add(e[i], *(_multiply(a[i][j], s[j]) for j in range(K))) for i in range(K)]
    return b"".join(_encode(12, x) for x in t) + rho


def is_key(ek: bytes) -> bool:
    """Whether all numbers of a key are reduced (FIPS 203, 7.2)."""
    numbers = [_decode(12, ek[384 * i : 384 * (i + 1)]) for i in range(K)]
    return len(ek) == 384 * K + 32 and all(x < Q for row in numbers for x in row)


def encapsulate(ek: bytes, m: bytes) -> tuple[bytes, bytes]:
    """Shared secret and ciphertext for the message m."""
    assert is_key(ek)
    t = [_decode(12, ek[384 * i : 384 * (i + 1)]) for i in range(K)]
    digest = hashlib.sha3_512(m + hashlib.sha3_256(ek).digest()).digest()
    shared, r = digest[:32], digest[32:]
    a = _matrix(ek[384 * K :])
    y = [_ntt(_sample_cbd(_prf(r, n))) for n in range(K)]
    e1 = [_sample_cbd(_prf(r, K + n)) for n in range(K)]
    e2 = _sample_cbd(_prf(r, 2 * K))
    u = [_add(_inverse_ntt(_add(*(_multiply(a[j][i], y[j]) for j in range(K)))), e1[i]) for i in range(K)]
    message = [1665 * (m[i // 8] >> (i % 8) & 1) for i in range(N)]
    v = _add(_inverse_ntt(_add(*(_multiply(t[i], y[i]) for i in range(K)))), e2, message)
    ciphertext = b"".join(_encode(DU, _compress(DU, x)) for x in u) + _encode(DV, _compress(DV, v))
    return shared, ciphertext
