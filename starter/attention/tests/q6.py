"""Writing with a memory."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, test_case

OK_FORMAT = False
name = "q6"
points = 6
hints = [
    "A list of keys and a list of values are a fine cache to begin with.",
    "`np.atleast_2d` makes (1, d) of (d,), so one position and several can be treated alike.",
    "decode_step: make q, k, v of x_t with the head's weights, append k and v, then attention of "
    "this one query to everything in the cache. No mask.",
]


@test_case(
    name="counting positions",
    points=1,
    failure_message="One position (d,) or several (n, d) at a time; truncate forgets the last "
    "ones.",
)
def test_length(student):
    def probe(KVCache, one, several):
        cache = KVCache()
        lengths = [len(cache)]
        cache.append(one, one)
        lengths.append(len(cache))
        cache.append(several, several)
        lengths.append(len(cache))
        cache.truncate(2)
        lengths.append(len(cache))
        return lengths

    lengths = student(probe, one=np.ones(3), several=np.ones((4, 3)))
    assert_equal(lengths, [0, 1, 5, 2], what="lengths")


@test_case(
    name="the handout's example",
    points=2,
    failure_message="Weights 1/7, 2/7, 4/7. The new position looks at itself too, and joins the "
    "cache.",
)
def test_by_hand(student):
    def probe(AttentionHead, KVCache, decode_step, w, k, v, x):
        head, cache = AttentionHead(w["q"], w["k"], w["v"]), KVCache()
        cache.append(k, v)
        return decode_step(head, x, cache), len(cache)

    # x = (1, ln 4, 11) has the query 1, the key ln 4 and the value 11.
    w = {"q": np.eye(3)[:, :1], "k": np.eye(3)[:, 1:2], "v": np.eye(3)[:, 2:]}
    k, v = np.array([[0.0], [np.log(2.0)]]), np.array([[6.0], [3.0]])
    output, length = student(probe, w=w, k=k, v=v, x=np.array([1.0, np.log(4.0), 11.0]))
    assert_array(output, [8.0], what="output")
    assert_equal(length, 3, what="length of the cache")


@test_case(
    name="step by step",
    points=2,
    failure_message="Each step gives the row of the causal forward pass that belongs to it.",
)
def test_steps(student):
    def probe(AttentionHead, KVCache, decode_step, w, x):
        head, cache = AttentionHead(*w), KVCache()
        return [decode_step(head, row, cache) for row in x]

    rng = np.random.default_rng(6)
    x, w = rng.standard_normal((4, 3)), [rng.standard_normal((3, 2)) for _ in range(3)]
    q, k, v = (x @ m for m in w)
    e = np.exp(q @ k.T / np.sqrt(2)) * np.tri(4)
    expected = e / e.sum(axis=1, keepdims=True) @ v
    for i, output in enumerate(student(probe, w=w, x=x)):
        assert_array(output, expected[i], what=f"output of step {i}")


@test_case(
    name="taking back",
    points=1,
    failure_message="After `truncate(1)` writing goes on as if only the first position had ever "
    "been there. More than there is cannot be kept: ValueError with `length` in it.",
)
def test_truncate(student):
    def probe(AttentionHead, KVCache, decode_step, w, x):
        head, cache = AttentionHead(*w), KVCache()
        for row in x:
            decode_step(head, row, cache)
        cache.truncate(1)
        return decode_step(head, x[2], cache)

    def too_long(KVCache):
        KVCache().truncate(1)

    eye = np.eye(2)
    x = np.array([[0.0, 0.0], [9.0, 9.0], [0.0, 6.0]])
    # Only the first and the third are left: scores 0 and 36/√2.
    e = np.exp([0.0, 36.0 / np.sqrt(2.0)])
    assert_array(student(probe, w=[eye] * 3, x=x), [0.0, 6.0 * e[1] / e.sum()], what="output")
    assert_raises(ValueError, student, too_long, mentions="length")
