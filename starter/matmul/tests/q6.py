"""Panels of rows on a pool of threads."""

import numpy as np

from autograder.checks import assert_array, assert_raises, test_case

OK_FORMAT = False
name = "q6"
points = 5
hints = [
    "Make it right with a plain loop over panels first; the pool is one more line.",
    "`np.array_split(a, workers)` cuts 7 rows into 3 + 2 + 2. `pool.map` returns its results in "
    "the order of its arguments, whoever finishes first.",
    "Inside `with ThreadPoolExecutor(...) as pool:` map a function that returns `panel @ b` over "
    "the panels, make a list of what comes back, and `np.concatenate` it.",
]


@test_case(
    name="two workers, even panels",
    points=1,
    failure_message="Worker 0 has the first half of the rows of a, worker 1 the second; both have "
    "b.",
)
def test_even(matmul_parallel):
    rng = np.random.default_rng(0)
    a, b = rng.standard_normal((6, 4)), rng.standard_normal((4, 3))
    assert_array(matmul_parallel(a, b, 2), a @ b)


@test_case(
    name="rows that are left over",
    points=1,
    failure_message="Seven rows for three workers: 3 + 2 + 2. None may be lost.",
)
def test_left_over(matmul_parallel):
    rng = np.random.default_rng(1)
    a, b = rng.standard_normal((7, 2)), rng.standard_normal((2, 5))
    assert_array(matmul_parallel(a, b, workers=3), a @ b)


@test_case(
    name="more workers than rows",
    points=1,
    failure_message="Some workers have nothing to do.",
)
def test_many_workers(matmul_parallel):
    rng = np.random.default_rng(2)
    a, b = rng.standard_normal((2, 3)), rng.standard_normal((3, 3))
    assert_array(matmul_parallel(a, b, workers=5), a @ b)


@test_case(
    name="integers, and no rows at all",
    points=1,
    failure_message="The result has the dtype np.result_type(a, b), and with no rows there is no "
    "panel, but still a result.",
)
def test_edges(matmul_parallel):
    a = np.arange(6).reshape(3, 2)
    assert_array(matmul_parallel(a, a.T, 2), a @ a.T, dtype=np.int64)
    assert_array(matmul_parallel(np.ones((0, 2)), np.ones((2, 3)), 2), np.zeros((0, 3)))


@test_case(
    name="workers = 0",
    points=1,
    failure_message="Raise ValueError with a message that says it is `workers`.",
)
def test_no_workers(matmul_parallel):
    assert_raises(ValueError, matmul_parallel, np.eye(2), np.eye(2), 0, mentions="workers")
