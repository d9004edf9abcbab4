"""Where am I?"""

import numpy as np

from autograder.checks import assert_array, test_case

OK_FORMAT = False
name = "q5"
points = 7
hints = [
    "`np.arange(0, d, 2)` is 0, 2, 4, …: the 2i of the formulas. Positions down, speeds to the "
    "right: an outer product gives all angles.",
    "`x[..., 0::2]` and `x[..., 1::2]` are the first and the second of each pair. For an odd d "
    "there is one sine more than there are cosines.",
    "Slopes: a helper for powers of two, `2.0 ** (-8 * np.arange(1, n + 1) / n)`. Then p = 2 ** "
    "(heads.bit_length() - 1), slopes of p, followed by every other slope of 2p, cut to `heads`.",
]


@test_case(
    name="sinusoidal: the first rows",
    points=1,
    failure_message="Row 0 is 0, 1, 0, 1. In row 1 with d = 4 the angles are 1 and 1/100.",
)
def test_sinusoidal(sinusoidal):
    second = [np.sin(1.0), np.cos(1.0), np.sin(0.01), np.cos(0.01)]
    assert_array(sinusoidal(2, 4), [[0.0, 1.0, 0.0, 1.0], second])


@test_case(
    name="rope: quarter turns",
    points=2,
    failure_message="Position 0 stays. One quarter turn takes (1, 0) to (0, 1), and pairs are "
    "neighbours: entries 0 and 1, then 2 and 3.",
)
def test_rope(rope):
    quarter = np.pi / 2
    x = np.array([[1.0, 0.0], [1.0, 0.0], [1.0, 0.0]])
    assert_array(rope(x, np.array([0.0, quarter, 2 * quarter])), [[1, 0], [0, 1], [-1, 0]])
    # With base 4 the second pair turns half as fast.
    turned = rope(np.array([[1.0, 0.0, 0.0, 2.0]]), np.array([np.pi]), base=4.0)
    assert_array(turned, [[-1.0, 0.0, -2.0, 0.0]])


@test_case(
    name="alibi: eight heads",
    points=1,
    failure_message="Slopes 1/2, 1/4, … 1/256; minus slope times distance, 0 on the diagonal.",
)
def test_alibi(alibi_bias):
    bias = alibi_bias(8, 3)
    distance = np.array([[0, 1, 2], [1, 0, 1], [2, 1, 0]])
    assert_array(bias, [-(0.5**h) * distance for h in range(1, 9)])


@test_case(
    name="alibi: three heads",
    points=1,
    failure_message="The handout's example: 1/16, 1/256, then 1/4.",
)
def test_alibi_three(alibi_bias):
    assert_array(alibi_bias(3, 2)[:, 0, 1], [-1 / 16, -1 / 256, -1 / 4])


@test_case(
    name="sinusoidal: an odd width",
    points=1,
    failure_message="With d = 3 there are two sines and one cosine, and the angles of row 1 are 1 "
    "and 10000^(-2/3).",
)
def test_odd(sinusoidal):
    second = [np.sin(1.0), np.cos(1.0), np.sin(10000 ** (-2 / 3))]
    assert_array(sinusoidal(2, 3), [[0.0, 1.0, 0.0], second])


@test_case(
    name="rope: only the distance counts",
    points=1,
    failure_message="A query at 7 and a key at 4 fit as well as a query at 103 and a key at 100.",
)
def test_distance(rope):
    q, k = np.random.default_rng(5).standard_normal((2, 1, 6))
    near = (rope(q, [7]) * rope(k, [4])).sum()
    far = (rope(q, [103]) * rope(k, [100])).sum()
    assert_array(far, near, rtol=1e-8, what="score at 103 and 100")
