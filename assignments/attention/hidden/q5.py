"""Where am I? On fresh inputs and at the edges."""

import numpy as np

from autograder.checks import assert_array, assert_raises, test_case

OK_FORMAT = False
name = "q5 (hidden)"
points = 7


@test_case(
    name="sinusoidal",
    points=1,
    hidden=True,
    failure_message="Sines in even, cosines in odd columns, a pair shares its speed; d may be odd "
    "or 1, and t larger or smaller than d.",
)
def test_sinusoidal(sinusoidal):
    for t, d in ((6, 8), (300, 4), (3, 1), (4, 5), (1, 7), (9, 2)):
        expected = np.empty((t, d))
        for p in range(t):
            for c in range(d):
                angle = p / 10000 ** (2 * (c // 2) / d)
                expected[p, c] = np.cos(angle) if c % 2 else np.sin(angle)
        # an angle of 300 is known to 1e-13
        assert_array(sinusoidal(t, d), expected, atol=1e-11, dtype=np.float64)


def turned(x, positions, base):
    """The same with complex numbers: a turn is a product."""
    d = x.shape[-1]
    z = x[..., 0::2] + 1j * x[..., 1::2]
    z = z * np.exp(1j * np.asarray(positions)[:, None] * base ** (-np.arange(0, d, 2) / d))
    return np.stack([z.real, z.imag], axis=-1).reshape(x.shape)


@test_case(
    name="rope",
    points=1,
    hidden=True,
    failure_message="Leading axes, positions that are not 0, 1, 2, …, another base, six pairs and "
    "more: entries 2i and 2i + 1 turn together, each pair at its own speed, however x lies in "
    "memory.",
)
def test_rope(rope, student):
    rng = np.random.default_rng(51)
    for shape, positions, base in (
        ((5, 4), np.arange(5), 10000.0),
        ((2, 3, 4, 12), np.array([7, 0, 3, 100]), 10000.0),
        ((3, 2), np.array([1, 1, 2]), 10.0),
        ((2, 1, 8), np.array([2000]), 500.0),
        ((3, 4), np.array([0.5, 2.25, -1.75]), 100.0),
        ((3, 6), np.array([0, 1, 2]), 0.25),
    ):
        x = rng.standard_normal(shape)
        # an angle of 2000 is known to 1e-12
        expected = turned(x, positions, base)
        assert_array(rope(x, positions, base=base), expected, rtol=1e-8, atol=1e-10)
    x = rng.standard_normal((4, 6))
    expected = turned(x, np.arange(4), 10000.0)
    for given in (x, x.tolist()):
        assert_array(rope(given, [0, 1, 2, 3]), expected, rtol=1e-8, atol=1e-10)

    def columns(rope, x, positions):
        import numpy as np

        return rope(np.asfortranarray(x), positions), rope(np.repeat(x, 2, 1)[:, ::2], positions)

    for got in student(columns, x=x, positions=np.arange(4)):
        assert_array(got, expected, rtol=1e-8, atol=1e-10, what="result for strided x")


@test_case(
    name="only the distance counts",
    points=1,
    hidden=True,
    failure_message="The dot product of a turned query and a turned key depends on the difference "
    "of their positions. Position 0 is not turned, and lengths do not change.",
)
def test_distance(rope):
    q, k = np.random.default_rng(52).standard_normal((2, 1, 10))
    for distance in (0, 1, 5):
        scores = []
        for place in (0, 1, 40, 999):
            turned_k = rope(k, np.array([place]))
            scores.append(float((rope(q, np.array([place + distance])) @ turned_k.T)[0, 0]))
            assert_array(np.sum(turned_k**2), np.sum(k**2), what="squared length")
        # an angle of 1000 is known to 1e-13
        assert_array(np.array(scores), np.full(4, scores[0]), rtol=1e-8, atol=1e-9, what="scores")
    assert_array(rope(q, np.array([0])), q, what="result at position 0")


@test_case(
    name="rope: types of numbers, and what cannot be used",
    points=1,
    hidden=True,
    failure_message="float32 stays float32, integers become float64, x is not modified; ValueError "
    "for an odd width.",
)
def test_rope_edges(rope):
    x = np.random.default_rng(53).standard_normal((4, 6))
    before, positions = x.copy(), np.arange(4)
    rope(x, positions)
    assert_array(x, before, what="input x after the call")
    expected = turned(x, positions, 10000.0)
    single = rope(x.astype(np.float32), positions)
    assert_array(single, expected, rtol=1e-4, atol=1e-5, dtype=np.float32)  # seven digits
    ints = np.arange(24).reshape(4, 6)
    assert_array(rope(ints, positions), turned(ints, positions, 10000.0), dtype=np.float64)
    for d in (1, 5):
        assert_raises(ValueError, rope, np.ones((4, d)), positions)


def bias(slopes, t):
    return -np.array([[[s * abs(i - j) for j in range(t)] for i in range(t)] for s in slopes])


@test_case(
    name="alibi: powers of two",
    points=1,
    hidden=True,
    failure_message="One head has the slope 1/256; with n heads the exponents go down to -8 in n "
    "equal steps. The distance counts in both directions.",
)
def test_alibi(alibi_bias):
    for n in (1, 2, 4, 16, 32):
        slopes = [2 ** (-8 * (h + 1) / n) for h in range(n)]
        assert_array(alibi_bias(n, 5), bias(slopes, 5), dtype=np.float64)
    assert_array(alibi_bias(2, 1), np.zeros((2, 1, 1)))


@test_case(
    name="alibi: other numbers of heads",
    points=2,
    hidden=True,
    failure_message="Those of the next lower power p in order, then the first, third, fifth … of "
    "those of 2p.",
)
def test_alibi_other(alibi_bias):
    for n, p in ((3, 2), (5, 4), (6, 4), (7, 4), (12, 8), (20, 16)):
        slopes = [2 ** (-8 * (h + 1) / p) for h in range(p)]
        slopes += [2 ** (-8 * (2 * h + 1) / (2 * p)) for h in range(n - p)]
        assert_array(alibi_bias(n, 4), bias(slopes, 4))
