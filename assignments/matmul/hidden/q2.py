"""A sum of outer products, on fresh inputs and at the edges."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q2 (hidden)"
points = 5


@test_case(
    name="any shape",
    points=1,
    hidden=True,
    failure_message="Try shapes in which all three sides differ, and a transposed view. All k "
    "outer products count, and the inputs must stay as they are.",
)
def test_shapes(matmul_outer):
    rng = np.random.default_rng(21)
    for n, k, p in ((4, 6, 3), (3, 4, 7), (1, 5, 4), (5, 1, 2), (3, 4, 1), (4, 4, 4)):
        a, b = rng.standard_normal((n, k)), rng.standard_normal((p, k)).T
        before = a.copy(), b.copy()
        assert_array(matmul_outer(a, b), a @ b)
        assert_array(a, before[0], what="input a after the call")
        assert_array(b, before[1], what="input b after the call")


@test_case(
    name="the dtype of both factors together",
    points=0.5,
    hidden=True,
    failure_message="The dtype comes from a and b together: integers with floats, single "
    "precision, complex numbers (not conjugated); lists and tuples too. Integers "
    "beyond 2**53 are exact.",
)
def test_dtype(matmul_outer):
    ints, floats = np.array([[3, -2]]), np.array([[0.5], [0.25]])
    assert_array(matmul_outer(ints, floats), [[1.0]], dtype=np.float64)
    single = floats.astype(np.float32)
    assert_array(matmul_outer(single, single.T), single @ single.T, dtype=np.float32)
    imaginary = np.array([[1j], [2.0]])
    assert_array(matmul_outer(imaginary, imaginary.T), [[-1, 2j], [2j, 4]], dtype=np.complex128)
    assert_array(matmul_outer([[1, 2]], ((3,), (4,))), [[11]], dtype=np.int64)
    small = ints.astype(np.int32)
    assert_array(matmul_outer(small, small.T), [[13]], dtype=np.int32)
    large = np.array([[2**53 + 1, 2]])
    assert_equal(matmul_outer(large, [[1], [3]]).tolist(), [[2**53 + 7]], what="large integers")


@test_case(
    name="a side of 0",
    points=1,
    hidden=True,
    failure_message="Matrices may have a side of 0. The sum of no outer products is a matrix of "
    "zeros that still has its shape and dtype.",
)
def test_empty(matmul_outer):
    for n, k, p in ((0, 3, 2), (2, 3, 0), (2, 0, 3), (0, 0, 0)):
        a, b = np.ones((n, k), dtype=np.float32), np.ones((k, p), dtype=np.float32)
        assert_array(matmul_outer(a, b), np.zeros((n, p)), dtype=np.float32)


@test_case(
    name="arguments that cannot be multiplied",
    points=1,
    hidden=True,
    failure_message="ValueError for everything that is not 2-D, and for inner sides that differ in "
    "either direction. A side of 1 does not stretch.",
)
def test_errors(matmul_outer):
    for a, b in (((2, 3), (2, 3)), ((2, 4), (3, 2)), ((2, 1), (3, 2)), ((2, 3), (1, 2))):
        assert_raises(ValueError, matmul_outer, np.ones(a), np.ones(b))
    for a, b in (((3,), (3, 2)), ((2, 3), (3,)), ((1, 2, 3), (3, 2)), ((2, 3), (2, 3, 2))):
        assert_raises(ValueError, matmul_outer, np.ones(a), np.ones(b))


@test_case(
    name="no loop over rows or columns",
    points=1,
    hidden=True,
    failure_message="With the same k, a taller or wider result should take no more steps of "
    "Python, only longer array operations. Is there a second loop, over rows or columns?",
)
def test_steps(student):
    def probe(matmul_outer, n, k, p):
        import sys

        import numpy as np

        steps = [0]

        def trace(frame, event, argument):
            frame.f_trace_opcodes = True
            steps[0] += event == "opcode"
            return trace

        a, b = np.ones((n, k)), np.ones((k, p))
        # The second call is counted: whatever is imported late was imported before, and Python
        # 3.12 reports no steps the first time that a function is traced.
        for _ in range(2):
            steps[0], before = 0, sys.gettrace()
            sys.settrace(trace)
            try:
                matmul_outer(a, b)
            finally:
                sys.settrace(before)
        return steps[0]

    few = student(probe, n=5, k=4, p=5)
    for n, p in ((500, 5), (5, 500)):
        many = student(probe, n=n, k=4, p=p)
        expect(
            many < 2 * few,
            "the number of Python steps grows with the rows or columns of the result",
        )


@test_case(
    name="any layout in memory, and a second call",
    points=0.5,
    hidden=True,
    failure_message="Columns first, every second row, or an array that cannot be written to: only "
    "the entries count, and nothing may be written into them. The result of one call has to stay "
    "as it is when the function is called again.",
)
def test_layouts(student):
    def probe(matmul_outer, a, b):
        import numpy as np

        spread = np.zeros((2 * a.shape[0], a.shape[1]))
        spread[::2] = a
        kinds = [np.asfortranarray(a), spread[::2], a.copy()]
        for kind in kinds:
            kind.flags.writeable = False
        b = np.asfortranarray(b)
        b.flags.writeable = False
        first = [matmul_outer(kind, b) for kind in kinds]
        matmul_outer(-kinds[0], b)
        return first

    rng = np.random.default_rng(23)
    for n, k, p in ((4, 6, 3), (4, 4, 4)):
        a, b = rng.standard_normal((n, k)), rng.standard_normal((k, p))
        for c in student(probe, a=a, b=b):
            assert_array(c, a @ b)
