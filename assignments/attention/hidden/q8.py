"""Looking inside, on fresh inputs and at the edges."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q8 (hidden)"
points = 3


@test_case(
    name="entropy",
    points=1,
    hidden=True,
    failure_message="One number per row, whatever stands in front; zeros and whole rows of zeros "
    "are no NaN; float32 stays float32. The weights stay as they are.",
)
def test_entropy(attention_entropy):
    rng = np.random.default_rng(81)
    weights = rng.random((2, 3, 4, 6)) * (rng.random((2, 3, 4, 6)) < 0.7)
    weights[..., 0] += 0.1
    weights /= weights.sum(axis=-1, keepdims=True)
    weights[0, 1, 2] = 0.0
    before = weights.copy()
    expected = np.zeros((2, 3, 4))
    for at in np.ndindex(expected.shape):
        row = weights[at][weights[at] > 0]
        expected[at] = -(row * np.log(row)).sum()
    assert_array(attention_entropy(weights), expected, dtype=np.float64)
    assert_array(weights, before, what="weights after the call")
    assert_array(attention_entropy(weights[0, 0, 0]), expected[0, 0, 0], what="entropy of one row")
    rare = [[0.999, 0.0005, 0.0005], [1e-5, 1 - 2e-5, 1e-5]]
    expected_rare = [-sum(p * np.log(p) for p in row) for row in rare]
    assert_array(attention_entropy(rare), expected_rare, what="entropy of rare weights")
    tiny = [[1e-13, 1e-14], [1e-30, 0.0]]
    expected_tiny = [-sum(p * np.log(p) for p in row if p > 0) for row in tiny]
    got = attention_entropy(tiny)
    assert_array(got, expected_tiny, rtol=1e-9, atol=0, what="entropy of tiny weights")
    single = attention_entropy(weights.astype(np.float32))
    assert_array(single, expected, rtol=1e-4, atol=1e-5, dtype=np.float32)  # seven digits
    assert_array(attention_entropy(np.eye(3, dtype=int)), np.zeros(3), dtype=np.float64)


def probe_plot(plot_attention, weights, tokens):
    """Is it a Figure; and for each heat map what it shows, and its labels by position."""
    import numpy as np
    from matplotlib.figure import Figure

    def labels(axis, backwards):
        pairs = zip(axis.get_ticklocs(), [t.get_text() for t in axis.get_ticklabels()])
        return [
            text for _, text in sorted(pairs, key=lambda pair: pair[0], reverse=bool(backwards))
        ]

    def ends(shown):
        """The middle (or corner) of the first cell and of the last, in the axes' numbers."""
        if hasattr(shown, "get_extent"):
            left, right, bottom, top = shown.get_extent()
            upper = shown.origin == "upper"
            return [(left, top if upper else bottom), (right, bottom if upper else top)]
        if hasattr(shown, "get_coordinates"):
            return shown.get_coordinates()[[0, -1], [0, -1]]
        return [shown.get_paths()[i].vertices.mean(axis=0) for i in (0, -1)]

    figure = plot_attention(weights, tokens)
    if not isinstance(figure, Figure):
        return False, []
    maps = []
    for axes in figure.axes:
        if hasattr(axes, "_colorbar"):
            continue
        for shown in [*axes.images, *axes.collections]:
            if shown.get_array() is not None:
                data = np.ma.filled(np.ma.asarray(shown.get_array(), dtype=float), 0.0)
                data = data.reshape(np.shape(weights)[-2:])
                (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
                (x0, y0), (x1, y1) = axes.transData.transform(ends(shown))
                seen = data[:: -1 if y0 < y1 else 1, :: -1 if x0 > x1 else 1]  # as on the page
                x, y = labels(axes.xaxis, left > right), labels(axes.yaxis, bottom < top)
                maps.append((seen, x, y, axes.get_xlabel()))
    return True, maps


def check(result, weights, tokens):
    is_figure, maps = result
    expect(is_figure, "plot_attention should return a matplotlib Figure")
    assert_equal(len(maps), len(weights), what="number of heat maps")
    for head, (data, _, _, x_label) in zip(weights, maps, strict=True):
        if "quer" in x_label.lower():  # queries to the right, and it is said
            data = data.T
        assert_array(data, head, what="what a heat map shows")
    for which, axis in ((1, "x"), (2, "y")):
        found = [shown[which] for shown in maps if shown[which]]
        expect(bool(found), f"the {axis} axis has no labels")
        for shown in found:  # maps beside each other may share an axis
            assert_equal(shown, list(tokens), what=f"labels of the {axis} axis")


@test_case(
    name="one head",
    points=0.5,
    hidden=True,
    failure_message="The heat map shows exactly these weights, row i for query i, with the tokens "
    "in order along both axes, repeated ones too. Lists, tuples and a single token are welcome.",
)
def test_one(student):
    weights = np.random.default_rng(82).random((7, 7)) * np.tri(7)
    tokens = ["to", "be", ",", "or", "not", "to", "be"]
    result = student(probe_plot, weights=weights, tokens=tokens)
    check(result, weights[None], tokens)
    result = student(probe_plot, weights=weights.tolist(), tokens=tuple(tokens))
    check(result, weights[None], tokens)
    check(student(probe_plot, weights=np.ones((1, 1)), tokens=["to"]), np.ones((1, 1, 1)), ["to"])


@test_case(
    name="several heads",
    points=0.5,
    hidden=True,
    failure_message="One labelled heat map for each head, in order, for any number of heads.",
)
def test_heads(student):
    def kept(plot_attention, weights, tokens):
        drawn = plot_attention(weights, tokens)
        return weights, drawn is None

    tokens = ["a", "rose", "is"]
    for heads in (1, 3, 4):
        weights = np.random.default_rng(83).random((heads, 3, 3))
        check(student(probe_plot, weights=weights, tokens=tokens), weights, tokens)
        after, _ = student(kept, weights=weights, tokens=tokens)
        assert_array(after, weights, rtol=0, what="weights after the call")


@test_case(
    name="tokens that do not fit",
    points=0.5,
    hidden=True,
    failure_message="ValueError with `tokens` in its message if there are too few or too many, "
    "for one head and for several.",
)
def test_errors(student):
    for shape in ((3, 3), (2, 3, 3)):
        for tokens in (["a", "b"], ["a", "b", "c", "d"]):
            assert_raises(
                ValueError,
                student,
                probe_plot,
                weights=np.zeros(shape),
                tokens=tokens,
                mentions="tokens",
            )


@test_case(
    name="what the colours say",
    points=0.5,
    hidden=True,
    failure_message="The colour of a cell has to show its weight. Here a half and 1 look alike, or "
    "0 and a half. Do all heads have a scale that fits weights from 0 to 1?",
)
def test_colours(student):
    def probe(plot_attention, weights, tokens):
        import numpy as np

        colours = []
        for axes in plot_attention(weights, tokens).axes:
            if not hasattr(axes, "_colorbar"):
                for shown in [*axes.images, *axes.collections]:
                    if shown.get_array() is not None:
                        cells = np.ma.asarray(shown.get_array(), dtype=float).ravel()
                        order = np.argsort(-cells.filled(0.0), kind="stable")
                        colours.append(shown.to_rgba(cells)[order].tolist())
        return colours

    weights = np.array([[[1.0, 0.0], [0.5, 0.5]], [[1.0, 0.0], [0.5, 0.5]]])
    maps = student(probe, weights=weights, tokens=["a", "b"])
    assert_equal(len(maps), 2, what="number of heat maps")
    for one, half, same, nothing in maps:
        for first, second in ((one, nothing), (one, half), (nothing, half)):
            expect(first != second, "two different weights have the same colour")
        expect(half == same, "the same weight has two colours")
