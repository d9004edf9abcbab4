"""Attention without the big matrix."""

import numpy as np

from autograder.checks import assert_array, test_case

OK_FORMAT = False
name = "q7"
points = 5
hints = [
    "Before the loop: maximum -inf, sum 0, weighted sum 0, for every query. One turn per block of "
    "keys, for all queries at once.",
    "When the maximum grows, multiply the old sum and the old weighted sum by "
    "exp(old maximum - new maximum). After the last block divide one by the other.",
    "Causal: with keys start … stop-1 only the queries from `start` on matter; among the first of "
    "them some may see only a part, so mask that corner with -inf.",
]


def attention(q, k, v, causal=False):
    scores = q @ k.T / np.sqrt(q.shape[1])
    e = np.exp(np.where(np.tri(*scores.shape), scores, -np.inf) if causal else scores)
    return e / e.sum(axis=1, keepdims=True) @ v


@test_case(
    name="the handout's example",
    points=1,
    failure_message="m = ln 2, s = 3/2, a = 6 after the first block; 7 / (7/4) in the end.",
)
def test_by_hand(streaming_attention):
    k, v = np.log([[1.0], [2.0], [4.0]]), np.array([[6.0], [3.0], [4.0]])
    assert_array(streaming_attention(np.ones((1, 1)), k, v, block=2), [[4.0]])


@test_case(
    name="any block gives the same",
    points=2,
    failure_message="Only the order of the additions differs. Does the last block, which may be "
    "smaller, count?",
)
def test_blocks(streaming_attention):
    rng = np.random.default_rng(7)
    q, k, v = (rng.standard_normal((6, 4)) for _ in range(3))
    for block in (1, 2, 3, 4, 6, 100):
        assert_array(streaming_attention(q, k, v, block=block), attention(q, k, v))


@test_case(
    name="causal",
    points=1,
    failure_message="Query i looks at the keys 0 … i, wherever the blocks are cut.",
)
def test_causal(streaming_attention):
    rng = np.random.default_rng(8)
    q, k, v = (rng.standard_normal((5, 4)) for _ in range(3))
    for block in (2, 5):
        got = streaming_attention(q, k, v, block=block, causal=True)
        assert_array(got, attention(q, k, v, causal=True))


@test_case(
    name="large scores",
    points=1,
    failure_message="Scores of ± 3000: keep the maximum so far, from -inf on, and take it off "
    "before you exponentiate.",
)
def test_large(streaming_attention):
    k, v = np.array([[1.0], [1.0], [2.0]]), np.array([[8.0], [4.0], [-1.0]])
    q = np.array([[-3000.0], [3000.0]])
    for block in (1, 2):
        assert_array(streaming_attention(q, k, v, block=block), [[6.0], [-1.0]])
