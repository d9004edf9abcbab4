"""How far does a gradient reach? On fresh inputs and at the edges."""

import numpy as np

from autograder.checks import (
    assert_array,
    assert_close,
    assert_equal,
    assert_raises,
    expect,
    test_case,
)

OK_FORMAT = False
name = "q2 (hidden)"
points = 4


def flow(wh, h):
    """Each product anew, from its own step on, with the diagonal matrices written out."""
    norms = []
    for t in range(len(h)):
        factors = [wh @ np.diag(1 - h[k] * h[k]) for k in range(t + 1, len(h))]
        whole = np.linalg.multi_dot([np.eye(len(wh)), np.eye(len(wh)), *factors])
        norms.append(np.sqrt(np.linalg.eigvalsh(whole.T @ whole)[-1]))
    return norms


@test_case(
    name="gradient_flow",
    points=1,
    hidden=True,
    failure_message="The derivative of the last state by each state: the order of the factors, the "
    "steps whose slopes count, and the largest singular value.",
)
def test_flow(gradient_flow):
    rng = np.random.default_rng(11)
    for time, n in ((5, 3), (2, 4), (7, 1)):
        wh, h = rng.normal(size=(n, n)), np.tanh(rng.normal(size=(time, n)))
        # the square root of an eigenvalue has fewer digits than a singular value
        assert_array(gradient_flow(wh, h), flow(wh, h), rtol=1e-7, dtype=np.float64)
    assert_array(gradient_flow([[0, 3], [1, 0]], [[0, 0]]), [1.0])
    wh, h = wh.astype(np.float32), h.astype(np.float32)
    expected = flow(wh.astype(float), h.astype(float))
    assert_array(gradient_flow(wh, h), expected, rtol=1e-7, dtype=np.float64, what="of float32")


@test_case(
    name="gradient_flow: far back, and bad shapes",
    points=1,
    hidden=True,
    failure_message="A rotation times a factor gives powers of the factor, over hundreds of steps. "
    "Arguments stay as they are; ValueError for shapes that do not fit.",
)
def test_far(gradient_flow):
    turn = np.array([[0.6, 0.8], [-0.8, 0.6]])
    for factor in (0.8, 1.0, 1.25):
        got = gradient_flow(factor * turn, np.zeros((600, 2)))
        # six hundred roundings
        assert_array(got, factor ** np.arange(599.0, -1.0, -1.0), rtol=1e-8, atol=0)
    wh, h = np.array([[0.5, 1.0], [0.0, 2.0]]), np.array([[0.5, -0.5], [0.25, 0.0]])
    wh_before, h_before = wh.copy(), h.copy()
    gradient_flow(wh, h)
    assert_array(wh, wh_before, rtol=0, what="wh after the call")
    assert_array(h, h_before, rtol=0, what="h after the call")
    for wh_bad, h_bad in ((np.ones((2, 3)), h), (np.ones((3, 3)), h), (wh, h[0]), (wh, h[None])):
        assert_raises(ValueError, gradient_flow, wh_bad, h_bad)


@test_case(
    name="clip_gradients",
    points=1,
    hidden=True,
    failure_message="One norm over all entries of all arrays, of any shape and sign. Longer than "
    "max_norm: all are multiplied by max_norm / norm; otherwise the same numbers.",
)
def test_clip(clip_gradients):
    rng = np.random.default_rng(12)
    shapes = {"a": (3, 4), "b": (5,), "c": (), "d": (2, 1, 2), "e": (0,), "f": (1, 2, 1, 2, 1)}
    gradients = {key: np.asarray(rng.normal(size=shape)) for key, shape in shapes.items()}
    long = np.concatenate([g.ravel() for g in gradients.values()])
    norm = np.sqrt((long**2).sum())
    for max_norm, factor in (
        (0.5, 0.5 / norm),
        (norm / 1e6, 1e-6),
        (1.001 * norm, 1.0),
        (1e9, 1.0),
    ):
        clipped, before = clip_gradients(gradients, max_norm)
        assert_close(before, norm, what="norm")
        expect(isinstance(before, float), "the norm is a float")
        assert_equal(sorted(clipped), sorted(shapes), what="names")
        for key, gradient in gradients.items():
            assert_array(clipped[key], factor * gradient, what=key)
    clipped, before = clip_gradients({"w": np.array([3, 0, -4])}, 2.5)
    assert_close(before, 5.0, what="norm of integers")
    assert_array(clipped["w"], [1.5, 0.0, -2.0], dtype=np.float64, what="clipped integers")
    clipped, before = clip_gradients({"w": np.zeros((2, 2))}, 1.0)
    assert_close(before, 0.0, what="norm of zeros")
    assert_array(clipped["w"], np.zeros((2, 2)), what="zeros")


@test_case(
    name="clip_gradients: new arrays, and a bad max_norm",
    points=1,
    hidden=True,
    failure_message="The dict and its arrays stay as they are, and what is returned shares no "
    "memory with them, clipped or not. ValueError for a max_norm that is not above 0.",
)
def test_new(student, clip_gradients):
    def probe(clip_gradients, w, max_norm):
        gradients = {"w": w}
        clipped, _ = clip_gradients(gradients, max_norm)
        kept, names = w.copy(), sorted(gradients)
        same = clipped is gradients
        clipped["w"][...] = 9.0
        return kept, names, gradients["w"], same

    def two(clip_gradients, w):
        first, _ = clip_gradients({"w": w}, 1.0)
        clip_gradients({"w": 2.0 * w}, 9.0)
        return first["w"]

    w = np.array([3.0, -4.0])
    first = student(two, w=w)
    assert_array(first, [0.6, -0.8], what="what was clipped first, after a second call")
    for max_norm in (1.0, 100.0):
        kept, names, after, same = student(probe, w=w, max_norm=max_norm)
        assert_array(kept, w, rtol=0, what="a gradient after the call")
        assert_equal(names, ["w"], what="names after the call")
        assert_array(after, w, rtol=0, what="a gradient after the clipped one was overwritten")
        expect(same is False, "a new dict is returned")
    for max_norm in (0.0, -1.0, float("nan")):
        assert_raises(ValueError, clip_gradients, {"w": w}, max_norm, mentions="max_norm")
