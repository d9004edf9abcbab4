"""Measuring."""

import math

from autograder.checks import assert_close, assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q7"
points = 7
hints = [
    "Write a small function first that makes one untimed call, then returns the median of the "
    "rest.",
    "`time.perf_counter()` before and after each call, `np.median` of the differences. Draw a and "
    "b once per size, outside the loop over functions.",
    "`crossover_density`: `for density in sorted(densities)`, draw `rng.standard_normal((n, n)) * "
    "(rng.random((n, n)) < density)`, time both products, return at the first that is no faster; "
    "`math.inf` after the loop.",
]


@test_case(
    name="one Row for each function and size",
    points=2,
    failure_message="Two functions and three sizes make six rows, in any order.",
)
def test_rows(student):
    def probe(benchmark):
        import numpy as np

        functions = {"multiply": lambda a, b: a * b, "add": lambda a, b: a + b}
        rows = benchmark(functions, [2, 3, 5], 1, np.random.default_rng(0))
        return [(row.name, int(row.n)) for row in rows]

    expected = sorted((name, n) for name in ("multiply", "add") for n in (2, 3, 5))
    assert_equal(sorted(student(probe)), expected, what="(name, n) of the rows, sorted")


@test_case(
    name="one call more than repeats",
    points=1,
    failure_message="A first call that is not timed, then `repeats` calls that are.",
)
def test_calls(student):
    def probe(benchmark, repeats):
        import numpy as np

        shapes = []
        benchmark(
            {"f": lambda a, b: shapes.append((*a.shape, *b.shape))},
            [4],
            repeats,
            np.random.default_rng(0),
        )
        return shapes

    shapes = student(probe, repeats=3)
    assert_equal(len(shapes), 4, what="number of calls for repeats=3")
    assert_equal(shapes[0], (4, 4, 4, 4), what="shapes of a and b")


@test_case(
    name="GFLOP/s",
    points=1,
    failure_message="An n × n product is 2n³ operations; giga is 1e9.",
)
def test_gflops(student):
    def probe(benchmark):
        import numpy as np

        (row,) = benchmark({"f": lambda a, b: a + b}, [10], 3, np.random.default_rng(0))
        return float(row.seconds), float(row.gflops)

    seconds, gflops = student(probe)
    expect(seconds > 0, f"seconds should be positive\ngot: {seconds:g}")
    assert_close(gflops, 2 * 10**3 / seconds / 1e9, what="gflops")


@test_case(
    name="crossover_density: one of the densities, or inf",
    points=1,
    failure_message="Nothing to try means that sparse is never slower: math.inf.",
)
def test_crossover(student):
    def probe(crossover_density, densities):
        import numpy as np

        class CSRMatrix:
            """Stands in for your own class, which may not be ready: it takes a long time."""

            def __init__(self, data, indices, indptr, shape):
                self.shape = shape

            @classmethod
            def from_dense(cls, a):
                return cls(None, None, None, np.shape(a))

            def matmul(self, b):
                import time

                time.sleep(0.002)
                return np.zeros((self.shape[0], np.shape(b)[1]))

        import inspect

        names = inspect.unwrap(crossover_density).__globals__
        own = names.get("CSRMatrix")
        names["CSRMatrix"] = CSRMatrix
        try:
            return float(crossover_density(8, densities, np.random.default_rng(0)))
        finally:
            names["CSRMatrix"] = own

    assert_equal(student(probe, densities=[]), math.inf, what="answer for no densities at all")
    assert_close(student(probe, densities=[0.25]), 0.25, what="answer when sparse is slow")


@test_case(
    name="functions without names of yours, and the ratio",
    points=1,
    failure_message="A list of functions: `__name__` is the name. The ratio is seconds divided by "
    "those of `a @ b`, so it is large for a function that sleeps.",
)
def test_list(student):
    def probe(benchmark):
        import time

        import numpy as np

        def nap(a, b):
            time.sleep(0.002)

        (row,) = benchmark([nap], [4], 3, np.random.default_rng(0))
        return str(row.name), float(row.ratio_to_numpy)

    name, ratio = student(probe)
    assert_equal(name, "nap", what="name")
    expect(ratio > 10, f"ratio_to_numpy should be far above 1\ngot: {ratio:g}")


@test_case(
    name="repeats = 0",
    points=1,
    failure_message="Raise ValueError with a message that says it is `repeats`.",
)
def test_no_repeats(student):
    def probe(benchmark, repeats):
        import numpy as np

        benchmark({"f": lambda a, b: a}, [2], repeats, np.random.default_rng(0))

    assert_raises(ValueError, student, probe, repeats=0, mentions="repeats")
