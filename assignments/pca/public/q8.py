"""How many dimensions does a word need?"""

import numpy as np

from autograder.checks import assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q8"
points = 4
hints = [
    "`np.cumsum(ratio)` has the shares explained together; you want the first place where it "
    "reaches the threshold (minus 1e-12), counted from 1.",
    "`np.argmax` of a boolean array is the first True, and 0 if there is none: check with "
    "`.any()`.",
    "For the figure: `figure, axes = plt.subplots(1, 2)`, a bar chart on the left, a line on the "
    "right, `set_xlabel` and `set_ylabel` on both, `return figure`.",
]


@test_case(
    name="the handout's ratios",
    points=1,
    failure_message="0.75 is reached by two components, 0.76 by three, 0.9 by three.",
)
def test_components_for(components_for):
    ratio = [0.5, 0.25, 0.15, 0.1]
    for threshold, want in ((0.3, 1), (0.5, 1), (0.75, 2), (0.76, 3), (0.9, 3), (1.0, 4)):
        what = f"number for {threshold}"
        assert_equal(components_for(ratio, threshold), want, what=what)


@test_case(
    name="thresholds that cannot be reached",
    points=1,
    failure_message="ValueError if the threshold is not in (0, 1], or if all components together "
    "do not reach it.",
)
def test_errors(components_for):
    for threshold in (0.0, 1.1):
        assert_raises(ValueError, components_for, [0.6, 0.4], threshold, mentions="threshold")
    assert_raises(ValueError, components_for, [0.5, 0.2], 0.8)


@test_case(
    name="a figure with labels",
    points=1,
    failure_message="Return the Figure itself; all its axes have labels.",
)
def test_figure(student):
    def probe(PCA, plot_variance, ratio):
        from matplotlib.figure import Figure

        pca = PCA(
            components=ratio[:, None] * 0 + 1,
            explained_variance=5 * ratio,
            explained_variance_ratio=ratio,
            mean=ratio * 0,
        )
        figure = plot_variance(pca)
        if not isinstance(figure, Figure):
            return None
        return [[axes.get_xlabel(), axes.get_ylabel()] for axes in figure.axes]

    labels = student(probe, ratio=np.array([0.5, 0.25, 0.15]))
    expect(labels is not None, "plot_variance should return a matplotlib Figure")
    expect(len(labels) > 0, "the figure has no axes")
    expect(all(y for _, y in labels), "an axis has no y label")
    expect(any(x for x, _ in labels), "no axis has an x label")


@test_case(
    name="a threshold met up to rounding",
    points=1,
    failure_message="0.1 + 0.1 + 0.1 is not quite 0.3 in floating point, and neither may be your "
    "sum: what comes within 1e-12 counts.",
)
def test_rounding(components_for):
    assert_equal(components_for([0.1] * 10, 1.0), 10, what="number of components")
    assert_equal(components_for([0.5, 0.25, 0.15, 0.1], 0.9), 3, what="number of components")
