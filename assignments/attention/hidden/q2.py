"""Scaled dot-product attention, on fresh inputs and at the edges."""

import numpy as np

from autograder.checks import assert_array, assert_raises, test_case

OK_FORMAT = False
name = "q2 (hidden)"
points = 7


def attend(q, k, v, mask=True):
    """Output and weights, in float64, one line per formula."""
    scores = np.einsum("...id,...jd->...ij", q, k) / np.sqrt(q.shape[-1])
    scores = np.where(mask, scores, -np.inf)
    top = scores.max(axis=-1, keepdims=True)
    e = np.exp(scores - np.where(np.isfinite(top), top, 0.0))
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-300)
    return np.einsum("...ij,...jd->...id", weights, v), weights


def normal(seed, *shapes):
    rng = np.random.default_rng(seed)
    return [rng.standard_normal(shape) for shape in shapes]


@test_case(
    name="any shape",
    points=1,
    hidden=True,
    failure_message="Leading axes, more keys than queries or fewer, values of another width than "
    "the keys. Which d is under the root, and which axis adds up to 1?",
)
def test_shapes(scaled_dot_product_attention):
    for lead, t_q, t_k, d, d_v in (
        ((), 5, 5, 4, 4),
        ((), 3, 7, 16, 2),
        ((2,), 7, 3, 5, 6),
        ((2, 3), 4, 6, 8, 1),
        ((1, 2), 1, 5, 3, 3),
    ):
        q, k, v = normal(21 + t_q, (*lead, t_q, d), (*lead, t_k, d), (*lead, t_k, d_v))
        output, weights = scaled_dot_product_attention(q, k, v)
        expected, expected_weights = attend(q, k, v)
        assert_array(weights, expected_weights, what="weights")
        assert_array(output, expected, what="output")


@test_case(
    name="masks of every shape",
    points=1,
    hidden=True,
    failure_message="A mask broadcasts: causal for a batch, padding for all queries and heads, one "
    "of its own for each text. Hidden keys take no part in the sum below the fraction.",
)
def test_masks(scaled_dot_product_attention):
    q, k, v = normal(22, (2, 3, 5, 4), (2, 3, 5, 4), (2, 3, 5, 6))
    padding = np.arange(5) < np.array([2, 5])[:, None]
    rng = np.random.default_rng(23)
    own = rng.random((2, 3, 5, 5)) < 0.5
    own[..., 0] = True
    for mask in (
        np.tri(5, dtype=bool),
        padding[:, None, None, :],
        own,
        own[:1],
        own[0, 0, :1],
        own[0, 0, 0],
        own[:, :1],
        own[0],
    ):
        before = mask.copy()
        output, weights = scaled_dot_product_attention(q, k, v, mask)
        expected, expected_weights = attend(q, k, v, mask)
        assert_array(weights, expected_weights, what="weights")
        assert_array(output, expected, what="output")
        assert_array(mask, before, what="mask after the call")


@test_case(
    name="nothing to look at",
    points=1,
    hidden=True,
    failure_message="A query whose keys are all masked gets weights 0 and output 0, not NaN and "
    "not an average.",
)
def test_empty_rows(scaled_dot_product_attention):
    q, k, v = normal(24, (2, 4, 3), (2, 4, 3), (2, 4, 3))
    mask = np.tri(4, dtype=bool) & (np.arange(4) < np.array([0, 4])[:, None, None])
    mask[1, 2] = False
    output, weights = scaled_dot_product_attention(q, k, v, mask)
    expected, expected_weights = attend(q, k, v, mask)
    assert_array(weights, expected_weights, what="weights")
    assert_array(output, expected, what="output")
    nothing = np.zeros((4, 4), dtype=bool)
    output, weights = scaled_dot_product_attention(q, 1e4 * k, v, nothing)
    assert_array(output, np.zeros((2, 4, 3)), what="output")
    assert_array(weights, np.zeros((2, 4, 4)), what="weights")


@test_case(
    name="large scores",
    points=1,
    hidden=True,
    failure_message="Scores of many thousands, also under the mask: a large hidden score must not "
    "decide what is subtracted.",
)
def test_large(scaled_dot_product_attention):
    q, k, v = normal(25, (6, 4), (6, 4), (6, 4))
    for mask in (None, np.tri(6, dtype=bool)):
        output, weights = scaled_dot_product_attention(200 * q, 200 * k, v, mask)
        expected, expected_weights = attend(200 * q, 200 * k, v, True if mask is None else mask)
        # scores of 1e4 to 1e5 carry eleven digits behind the point
        assert_array(weights, expected_weights, rtol=1e-6, atol=1e-9, what="weights")
        assert_array(output, expected, rtol=1e-6, atol=1e-9, what="output")
    q, k = np.ones((1, 1)), np.array([[0.0], [np.log(3.0)], [5000.0]])
    _, weights = scaled_dot_product_attention(q, k, v[:3], np.array([[True, True, False]]))
    assert_array(weights, [[0.25, 0.75, 0.0]], what="weights")
    low = np.array([[-5000.0], [-5000.0 + np.log(3.0)]])  # nothing near zero
    _, weights = scaled_dot_product_attention(q, low, v[:2])
    assert_array(weights, [[0.25, 0.75]], rtol=1e-8, what="weights")  # 5000 has 12 digits behind


@test_case(
    name="types of numbers, and inputs left alone",
    points=1,
    hidden=True,
    failure_message="float32 stays float32, integers become float64, lists are welcome; q, k and v "
    "are not modified.",
)
def test_dtype(scaled_dot_product_attention, student):
    def twice(scaled_dot_product_attention, first, second):
        one = scaled_dot_product_attention(*first)
        scaled_dot_product_attention(*second)
        return one

    arrays = normal(26, (3, 4), (5, 4), (5, 2))
    before = [a.copy() for a in arrays]
    expected, expected_weights = attend(*arrays)
    scaled_dot_product_attention(*arrays)
    for letter, a, b in zip("qkv", arrays, before, strict=True):
        assert_array(a, b, what=f"input {letter} after the call")
    kept, _ = student(twice, first=arrays, second=normal(29, (3, 4), (5, 4), (5, 2)))
    assert_array(kept, expected, what="the first output after another call")
    single = [a.astype(np.float32) for a in arrays]
    mask = np.ones((3, 5), dtype=bool)
    for given in ((*single,), (*single, mask)):
        output, weights = scaled_dot_product_attention(*given)
        # single precision has seven digits, and sums of a few terms lose one
        assert_array(output, expected, rtol=1e-4, atol=1e-5, dtype=np.float32, what="output")
        assert_array(
            weights, expected_weights, rtol=1e-4, atol=1e-5, dtype=np.float32, what="weights"
        )
    ints = [np.round(2 * a).astype(int) for a in arrays]
    output, weights = scaled_dot_product_attention(*(a.tolist() for a in ints))
    expected, expected_weights = attend(*ints)
    assert_array(output, expected, dtype=np.float64, what="output")
    assert_array(weights, expected_weights, dtype=np.float64, what="weights")


@test_case(
    name="arguments that cannot be used",
    points=1,
    hidden=True,
    failure_message="ValueError for shapes that do not fit, and for masks of 0 and 1 or 0 and -inf "
    "(with `mask` in the message).",
)
def test_errors(scaled_dot_product_attention):
    q, k, v = normal(27, (3, 4), (5, 4), (5, 2))
    for mask in (np.ones((3, 5)), np.ones((3, 5), dtype=int), np.zeros((3, 5), np.float32)):
        assert_raises(ValueError, scaled_dot_product_attention, q, k, v, mask, mentions="mask")
    assert_raises(ValueError, scaled_dot_product_attention, q[:, :3], k, v)
    assert_raises(ValueError, scaled_dot_product_attention, q, k, v[:4])
    assert_raises(ValueError, scaled_dot_product_attention, q, k, v, np.ones((4, 5), dtype=bool))


@test_case(
    name="no order, no future",
    points=1,
    hidden=True,
    failure_message="Without a mask a permutation of keys and values changes nothing. With a "
    "causal mask what comes later changes nothing before it.",
)
def test_properties(scaled_dot_product_attention):
    q, k, v = normal(28, (6, 4), (6, 4), (6, 4))
    order = np.array([3, 0, 5, 1, 4, 2])
    output, weights = scaled_dot_product_attention(q, k, v)
    shuffled, shuffled_weights = scaled_dot_product_attention(q, k[order], v[order])
    assert_array(shuffled, output, what="output with keys in another order")
    assert_array(shuffled_weights, weights[:, order], what="weights with keys in another order")
    mask = np.tri(6, dtype=bool)
    past, _ = scaled_dot_product_attention(q, k, v, mask)
    for at in range(1, 6):
        k2, v2 = k.copy(), v.copy()
        k2[at:], v2[at:] = 3.0, -50.0
        changed, _ = scaled_dot_product_attention(q, k2, v2, mask)
        assert_array(changed[:at], past[:at], what="output before the change")
