"""Looking inside."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q8"
points = 3
hints = [
    "0 · ln 0 counts as 0, but NumPy says NaN: take the logarithm only where weights are above 0.",
    "`imshow` on one axes per head; `set_xticks(range(t), tokens)` writes the labels.",
    "`np.asarray(weights).reshape(-1, t, t)` treats one head and several alike. "
    "`matplotlib.figure.Figure` has `.subplots(…, squeeze=False)`.",
]


@test_case(
    name="entropy by hand",
    points=1,
    failure_message="1.5 ln 2 for (1/2, 1/4, 1/4, 0), ln 4 for four equal weights, 0 for a single "
    "one. Natural logarithms.",
)
def test_entropy(attention_entropy):
    weights = [[0.5, 0.25, 0.25, 0.0], [0.25, 0.25, 0.25, 0.25], [0.0, 1.0, 0.0, 0.0]]
    assert_array(attention_entropy(weights), [1.5 * np.log(2), np.log(4), 0.0])


@test_case(
    name="one heat map",
    points=1,
    failure_message="Return the Figure. It shows the weights as they are, and one token per tick "
    "on both axes.",
)
def test_plot(student):
    def probe(plot_attention, weights, tokens):
        from matplotlib.figure import Figure

        figure = plot_attention(weights, tokens)
        if not isinstance(figure, Figure):
            return False, []
        labels = []
        for axes in figure.axes:
            if not hasattr(axes, "_colorbar"):
                x, y = axes.get_xticklabels(), axes.get_yticklabels()
                labels.append(([t.get_text() for t in x], [t.get_text() for t in y]))
        return True, labels

    is_figure, labels = student(
        probe, weights=np.tri(3) / np.arange(1, 4)[:, None], tokens=["to", "be", "or"]
    )
    expect(is_figure, "plot_attention should return a matplotlib Figure")
    assert_equal(len(labels), 1, what="number of heat maps")
    assert_equal(labels[0], (["to", "be", "or"], ["to", "be", "or"]), what="labels of x, of y")


@test_case(
    name="several heads, and tokens that do not fit",
    points=1,
    failure_message="One heat map per head. With more or fewer tokens than rows: ValueError with "
    "`tokens` in it.",
)
def test_heads(student):
    def probe(plot_attention, weights, tokens):
        figure = plot_attention(weights, tokens)
        maps = [axes for axes in figure.axes if not hasattr(axes, "_colorbar")]
        return sum(1 for axes in maps if axes.images or axes.collections)

    weights = np.tile(np.eye(2), (3, 1, 1))
    assert_equal(student(probe, weights=weights, tokens=["a", "b"]), 3, what="number of heat maps")
    assert_raises(
        ValueError, student, probe, weights=weights, tokens=["a", "b", "c"], mentions="tokens"
    )
