"""How many components, and what the figure must show."""

import numpy as np

from autograder.checks import assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q8 (hidden)"
points = 4


@test_case(
    name="the smallest number",
    points=1,
    hidden=True,
    failure_message="The smallest number of components whose ratios together reach the threshold: "
    "reached counts, and counting starts at 1.",
)
def test_number(components_for):
    ratio = np.array([0.5, 0.25, 0.125, 0.0625, 0.03125])  # exact in binary
    for number in range(1, 6):
        reached = 1 - 0.5**number
        for threshold, want in ((reached, number), (reached - 1e-6, number)):
            got = components_for(ratio, threshold)
            assert_equal(got, want, what="number of components")
    assert_equal(components_for([1.0], 1), 1, what="number of components")
    expect(type(components_for(ratio, 0.5)) is int, "expected: an int")
    assert_equal(components_for((0.75, 0.25), 0.8), 2, what="number of components")
    assert_equal(components_for([0.7, 0.3, 0.0, 0.0], 1.0), 2, what="number of components")


@test_case(
    name="a threshold met up to rounding",
    points=0.5,
    hidden=True,
    failure_message="Ten times 0.1 is not quite 1 in floating point. What comes within 1e-12 of "
    "the threshold has reached it; what misses it by 1e-6 has not.",
)
def test_rounding(components_for):
    for number in range(1, 11):
        got = components_for([0.1] * 10, number / 10)
        assert_equal(got, number, what="number of components")
    assert_equal(components_for([0.5 - 1e-6, 0.3, 0.2], 0.5), 2, what="number of components")


@test_case(
    name="thresholds that cannot be reached",
    points=0.5,
    hidden=True,
    failure_message="ValueError, with `threshold` in the message, outside (0, 1] and where the sum "
    "of all ratios is too small.",
)
def test_errors(components_for):
    for threshold in (-0.5, 0.0, 1.0001, 90):
        assert_raises(ValueError, components_for, [0.6, 0.4], threshold, mentions="threshold")
    for ratio, threshold in (([0.4, 0.3], 0.71), ([0.0, 0.0], 0.5)):
        assert_raises(ValueError, components_for, ratio, threshold)


def describe(PCA, plot_variance, ratio, total):
    """Labels of the figure's axes, and every series of numbers that can be seen in them."""
    from matplotlib.figure import Figure

    pca = PCA(
        components=ratio[:, None] * 0 + 1,
        explained_variance=total * ratio,
        explained_variance_ratio=ratio,
        mean=ratio * 0,
    )
    figure = plot_variance(pca)
    if not isinstance(figure, Figure):
        return None
    whole = figure._supxlabel.get_text() if figure._supxlabel else ""
    labels, series = [], []
    for axes in figure.axes:
        shared = axes.get_shared_x_axes().get_siblings(axes)
        labels.append([whole or any(a.get_xlabel() for a in shared), bool(axes.get_ylabel())])
        low, high = sorted(axes.get_ylim())
        before = len(series)
        series += [[float(y) for y in line.get_ydata()] for line in axes.lines]
        series.append([float(p.get_height()) for p in axes.patches if hasattr(p, "get_height")])
        for patch in axes.patches:
            if hasattr(patch, "get_data"):  # stairs
                series.append([float(y) for y in patch.get_data()[0]])
        for collection in axes.collections:
            offsets = collection.get_offsets()
            series.append([float(y) for y in offsets[:, 1]])
            if hasattr(collection, "get_segments"):  # vlines, stem
                series.append([float(s[-1][1]) for s in collection.get_segments()])
        seen = [all(low <= y <= high for y in row) for row in series[before:]]
        series[before:] = [row for row, inside in zip(series[before:], seen, strict=True) if inside]
    return [[bool(x), y] for x, y in labels], series


def drawn(series, wanted):
    """Is one of the wanted rows among the series, a 0 before it allowed?"""
    for values in series:
        for row in wanted:
            for tail in (values, values[1:]):
                if len(tail) == len(row) and np.allclose(tail, row, rtol=1e-6):
                    return True
    return False


@test_case(
    name="scree and cumulative",
    points=1,
    hidden=True,
    failure_message="The figure shows the ratio (or the variance) of each component, and the "
    "cumulative ratio at each, within the limits of the axes.",
)
def test_data(student):
    for ratio in (np.array([0.4, 0.2, 0.15, 0.05]), 0.5 ** np.arange(1, 13)):
        result = student(describe, ratio=ratio, total=7.0)
        expect(result is not None, "plot_variance should return a matplotlib Figure")
        _, series = result
        total = np.cumsum(ratio)
        expect(drawn(series, [ratio, 100 * ratio, 7 * ratio]), "the variances are not drawn")
        expect(drawn(series, [total, 100 * total]), "the cumulative ratios are not drawn")


@test_case(
    name="labels",
    points=1,
    hidden=True,
    failure_message="Whoever sees the figure without the code must know what each axis shows.",
)
def test_labels(student):
    result = student(describe, ratio=np.array([0.5, 0.3, 0.1]), total=2.0)
    expect(result is not None, "plot_variance should return a matplotlib Figure")
    labels, _ = result
    expect(len(labels) > 0, "the figure has no axes")
    expect(all(x and y for x, y in labels), "an axis has no label")
