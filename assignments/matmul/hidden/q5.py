"""Compressed sparse rows, on fresh inputs and at the edges."""

from functools import partial

import numpy as np

from autograder.checks import (
    CheckFailed,
    assert_array,
    assert_close,
    assert_equal,
    assert_raises,
    assert_speed,
    expect,
    test_case,
)

OK_FORMAT = False
name = "q5 (hidden)"
points = 12


def sparse(n, m, share, seed, empty=()):
    """A dense array with about that share of entries other than 0, and the given rows empty."""
    rng = np.random.default_rng(seed)
    a = np.zeros((n, m))
    places = rng.random((n, m)) < share
    a[places] = rng.standard_normal(places.sum())
    a[list(empty)] = 0.0
    return a


def csr(a):
    """The arrays of the sparse form, made here, so that no case leans on `from_dense`."""
    a = np.asarray(a)
    rows, columns = np.nonzero(a)
    indptr = np.concatenate([[0], np.cumsum((a != 0).sum(axis=1))]).astype(np.int64)
    return {"data": a[rows, columns], "indices": columns, "indptr": indptr, "shape": a.shape}


# Columns in any order, one position twice.
BY_HAND = {
    "data": np.array([2.0, 1.0, 4.0, 8.0]),
    "indices": np.array([2, 0, 2, 1]),
    "indptr": np.array([0, 3, 3, 4]),
    "shape": (3, 3),
}


def probe_matvec(CSRMatrix, data, indices, indptr, shape, x):
    return CSRMatrix(data, indices, indptr, shape).matvec(x)


def probe_matmul(CSRMatrix, data, indices, indptr, shape, b):
    return CSRMatrix(data, indices, indptr, shape).matmul(b)


def probe_transpose(CSRMatrix, data, indices, indptr, shape):
    t = CSRMatrix(data, indices, indptr, shape).transpose()
    return t.data, t.indices, t.indptr, t.shape


def probe_compress(CSRMatrix, a):
    m = CSRMatrix.from_dense(a)
    return m.data, m.indices, m.indptr, m.shape, m.nnz, m.to_dense()


@test_case(
    name="from_dense and back",
    points=1.5,
    hidden=True,
    failure_message="Empty rows at the top, at the end and in a row; full rows; zeros of either "
    "sign are not stored, but everything else is; columns ascend. `a` must stay as it is.",
)
def test_from_dense(student):
    signed = np.array([[0.0, -0.0, 2.0], [-0.0, 0.0, 0.0]])
    for a in (sparse(8, 5, 0.4, 51, empty=(0, 3, 4, 7)), sparse(3, 9, 0.9, 52), signed, -np.eye(4)):
        before, want = a.copy(), csr(a)
        data, indices, indptr, shape, nnz, back = student(probe_compress, a=a)
        assert_equal(shape, a.shape, what="shape")
        assert_equal(nnz, np.count_nonzero(a), what="nnz")
        assert_array(data, want["data"], what="data")
        assert_array(indices, want["indices"], what="indices")
        assert_array(indptr, want["indptr"], what="indptr")
        assert_array(back, a, what="from_dense(a).to_dense()")
        assert_array(a, before, what="input a after the call")
    for kept in (1e-300, -5e-324, 2j, np.nan):
        nnz = student(probe_compress, a=np.array([[0.0, kept]]))[4]
        assert_equal(nnz, 1, what=f"nnz of a matrix that holds {kept}")


@test_case(
    name="nothing stored, or a side of 0",
    points=1,
    hidden=True,
    failure_message="A matrix of zeros, without rows, or without columns: every method still "
    "returns arrays of the right shape.",
)
def test_empty(student):
    for n, m in ((3, 4), (0, 3), (3, 0), (0, 0)):
        a, want = np.zeros((n, m)), csr(np.zeros((n, m)))
        _, _, indptr, shape, nnz, back = student(probe_compress, a=a)
        assert_equal(nnz, 0, what="nnz")
        assert_equal(shape, (n, m), what="shape")
        assert_array(indptr, np.zeros(n + 1), what="indptr")
        assert_array(back, a, what="from_dense(a).to_dense()")
        assert_array(student(probe_matvec, **want, x=np.ones(m)), np.zeros(n), what="matvec")
        assert_array(
            student(probe_matmul, **want, b=np.ones((m, 2))), np.zeros((n, 2)), what="matmul"
        )
        _, _, indptr, shape = student(probe_transpose, **want)
        assert_equal(shape, (m, n), what="shape of the transpose")
        assert_array(indptr, np.zeros(m + 1), what="indptr of the transpose")


@test_case(
    name="nnz counts what is stored",
    points=0.5,
    hidden=True,
    failure_message="A matrix put together by hand may store a zero, or a position twice: each of "
    "them counts.",
)
def test_nnz(student):
    def probe(CSRMatrix, data, indices, indptr, shape):
        return CSRMatrix(data, indices, indptr, shape).nnz

    assert_equal(student(probe, **BY_HAND), 4, what="nnz")
    stored = {**BY_HAND, "data": np.array([2.0, 0.0, 4.0, 0.0])}
    assert_equal(student(probe, **stored), 4, what="nnz with two zeros stored")


@test_case(
    name="matvec",
    points=1.5,
    hidden=True,
    failure_message="Empty rows at the top, at the end and in a row give 0. In a matrix put "
    "together by hand columns may come in any order and more than once.",
)
def test_matvec(student):
    rng = np.random.default_rng(53)
    for a in (
        sparse(9, 6, 0.4, 54, empty=(0, 3, 4, 8)),
        sparse(4, 11, 0.5, 55, empty=(3,)),
        sparse(6, 6, 1.0, 56),
    ):
        x = rng.standard_normal(a.shape[1])
        before = x.copy()
        assert_array(student(probe_matvec, **csr(a), x=x), a @ x)
        assert_array(x, before, what="input x after the call")
    assert_array(
        student(probe_matvec, **BY_HAND, x=np.array([1.0, 10.0, 100.0])), [601.0, 0.0, 80.0]
    )


@test_case(
    name="matmul",
    points=1.5,
    hidden=True,
    failure_message="Let n, m and p differ, let b have one column or none, let rows be empty at "
    "the top and at the end. In a matrix put together by hand columns may come in any order and "
    "more than once.",
)
def test_matmul(student):
    rng = np.random.default_rng(57)
    for p in (3, 1, 0, 12):
        a = sparse(9, 6, 0.4, 58 + p, empty=(0, 4, 5, 8))
        b = rng.standard_normal((6, p))
        before = b.copy()
        assert_array(student(probe_matmul, **csr(a), b=b), a @ b)
        assert_array(b, before, what="input b after the call")
    b = np.array([[1.0, 2.0], [10.0, 20.0], [100.0, 200.0]])
    expected = [[601.0, 1202.0], [0.0, 0.0], [80.0, 160.0]]
    assert_array(student(probe_matmul, **BY_HAND, b=b), expected)


@test_case(
    name="transpose",
    points=1.5,
    hidden=True,
    failure_message="Rectangular, with empty rows and empty columns: the result is a valid "
    "CSRMatrix with ascending columns. Transposing twice changes nothing.",
)
def test_transpose(student):
    def twice(CSRMatrix, data, indices, indptr, shape, x):
        t = CSRMatrix(data, indices, indptr, shape).transpose()
        back = t.transpose()
        return t.matvec(x), back.data, back.indices, back.indptr, back.shape

    for n, m in ((7, 4), (3, 9), (5, 5)):
        a = sparse(n, m, 0.5, n, empty=(1,))
        a[:, 2] = 0.0
        want = csr(a.T)
        data, indices, indptr, shape = student(probe_transpose, **csr(a))
        assert_equal(shape, (m, n), what="shape of the transpose")
        assert_array(indptr, want["indptr"], what="indptr of the transpose")
        assert_array(indices, want["indices"], what="indices of the transpose")
        assert_array(data, want["data"], what="data of the transpose")
        x = np.arange(1.0, n + 1)
        _, *again = student(twice, **csr(a), x=x)
        for field, got in zip(("data", "indices", "indptr"), again, strict=False):
            assert_array(got, csr(a)[field], what=f"{field} after transposing twice")
        assert_equal(again[3], (n, m), what="shape after transposing twice")
    y, *_ = student(twice, **BY_HAND, x=np.array([1.0, 10.0, 100.0]))
    assert_array(y, [1.0, 800.0, 6.0], what="transpose of a matrix put together by hand, times x")


@test_case(
    name="the dtype of both factors together",
    points=1,
    hidden=True,
    failure_message="Sparse integers times integers are integers, times floats are floats; complex "
    "numbers keep both parts, integers beyond 2**53 all digits; lists and tuples are welcome. "
    "from_dense keeps the dtype of `a`.",
)
def test_dtype(student):
    ints = csr(np.array([[0, 3, 0], [2, 0, -1]]))
    assert_array(student(probe_matvec, **ints, x=np.array([1, 2, 3])), [6, -1], dtype=np.int64)
    assert_array(student(probe_matvec, **ints, x=[0.5, 0.25, 1.0]), [0.75, 0.0], dtype=np.float64)
    b = np.array([[0.5], [0.25], [1.0]])
    assert_array(student(probe_matmul, **ints, b=b), [[0.75], [0.0]], dtype=np.float64)
    assert_array(student(probe_matmul, **ints, b=[[1], [2], [3]]), [[6], [-1]], dtype=np.int64)
    assert_array(student(probe_matmul, **ints, b=1j * b), [[0.75j], [0.0]], dtype=np.complex128)
    assert_array(student(probe_matvec, **ints, x=1j * b[:, 0]), [0.75j, 0.0], dtype=np.complex128)
    turned = csr(np.array([[0, 1j], [2.0, 0]]))
    assert_array(student(probe_matvec, **turned, x=[1.0, 3.0]), [3j, 2.0], dtype=np.complex128)
    c = student(probe_matmul, **turned, b=[[1.0], [3.0]])
    assert_array(c, [[3j], [2.0]], dtype=np.complex128)
    data, *_ = student(probe_transpose, **turned)
    assert_array(data, [2.0, 1j], dtype=np.complex128, what="data of the transpose")
    data, *_, back = student(probe_compress, a=[[0, 2**53 + 1], [0, 0]])
    assert_equal(data.tolist(), [2**53 + 1], what="data of an integer matrix")
    assert_array(back, [[0, 2**53 + 1], [0, 0]], dtype=np.int64, what="to_dense")
    for kind in (np.int32, np.float32, np.complex64):
        data, *_, back = student(probe_compress, a=np.array([[0, 2], [3, 0]], dtype=kind))
        assert_array(data, [2, 3], dtype=kind, what="data")
        assert_array(back, [[0, 2], [3, 0]], dtype=kind, what="to_dense")
    small = csr(np.array([[0, 3], [2, 0]], dtype=np.int32))
    assert_array(student(probe_matvec, **small, x=(1, 2)), [6, 2], dtype=np.int64)
    single = np.array([0.5, 1.0], dtype=np.float32)
    assert_array(student(probe_matvec, **small, x=single), [3.0, 1.0], dtype=np.float64)
    large = csr(np.array([[2**53 + 1, 2]]))
    exact = student(probe_matvec, **large, x=[1, 3]).tolist()
    assert_equal(exact, [2**53 + 7], what="large integers")
    exact = student(probe_matmul, **large, b=[[1], [3]]).tolist()
    assert_equal(exact, [[2**53 + 7]], what="large integers")


@test_case(
    name="arguments that cannot be used",
    points=1,
    hidden=True,
    failure_message="from_dense wants two axes; operands that are too short or too long, or of "
    "length 1, do not fit.",
)
def test_errors(student):
    given = csr(sparse(4, 3, 0.9, 59))
    for a in (np.ones(3), np.ones((2, 2, 2))):
        assert_raises(ValueError, student, probe_compress, a=a)
    for x in (2.0, np.ones((3, 1)), np.ones((1, 3))):
        assert_raises(ValueError, student, probe_matvec, **given, x=x)
    for b in (np.ones(3), np.ones((3, 2, 2))):
        assert_raises(ValueError, student, probe_matmul, **given, b=b)
    for length in (0, 1, 2, 4):
        assert_raises(ValueError, student, probe_matvec, **given, x=np.ones(length))
        assert_raises(ValueError, student, probe_matmul, **given, b=np.ones((length, 3)))
        assert_raises(ValueError, student, probe_matmul, **given, b=np.ones(length))


@test_case(
    name="what was compressed is on its own",
    points=0.5,
    hidden=True,
    failure_message="Change `a` after from_dense, or the array that to_dense returned: the sparse "
    "matrix stays as it is. Any layout of `a` in memory will do.",
)
def test_on_its_own(student):
    def probe(CSRMatrix, a, x):
        import numpy as np

        spread = np.zeros((2 * a.shape[0], a.shape[1]))
        spread[::2] = a
        found = []
        for kind in (a.copy(), np.asfortranarray(a), spread[::2]):
            m = CSRMatrix.from_dense(kind)
            kind[:] = 7.0
            dense = m.to_dense()
            dense[:] = 7.0
            x_apart = np.repeat(x, 2)[::2]
            x_apart.flags.writeable = False
            y = m.matvec(x_apart)
            m.matvec(-x)
            found.append((m.to_dense(), y))
        return found

    rng = np.random.default_rng(62)
    a = sparse(5, 7, 0.5, 63)
    full, x = 1.0 + rng.random((3, 3)), rng.standard_normal(7)
    for dense, y in student(probe, a=a, x=x):
        assert_array(dense, a, what="to_dense")
        assert_array(y, a @ x, what="matvec")
    for dense, y in student(probe, a=full, x=x[:3]):
        assert_array(dense, full, what="to_dense of a matrix without zeros")
        assert_array(y, full @ x[:3], what="matvec of a matrix without zeros")


@test_case(
    name="no dense array on the way",
    points=1,
    hidden=True,
    failure_message="matvec, matmul with a thin b and transpose should need memory in proportion "
    "to the stored entries, not to the dense shape.",
)
def test_memory(student):
    def probe(CSRMatrix, n):
        import tracemalloc

        import numpy as np

        columns = np.random.default_rng(0).permutation(n)  # one entry in each row
        m = CSRMatrix(np.ones(n), columns, np.arange(n + 1), (n, n))
        x, b = np.ones(n), np.ones((n, 2))
        peaks = {}
        tracemalloc.start()
        for method, operands in (("matvec", (x,)), ("matmul", (b,)), ("transpose", ())):
            tracemalloc.reset_peak()
            getattr(m, method)(*operands)
            peaks[method] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peaks

    n = 6000  # dense: 288 MB; one byte per entry: 36 MB; the reference: 1 MB
    for method, peak in student(probe, n=n).items():
        expect(peak < n * n / 2, f"{method} allocated {peak / 1e6:.0f} MB for {n} stored entries")


@test_case(
    name="speed at density 0.01",
    points=1,
    hidden=True,
    failure_message="At density 0.01 and n = 1000, matvec or matmul should beat the dense product. "
    "Is there a Python loop over the stored entries?",
)
def test_speed(student):
    def make(CSRMatrix, data, indices, indptr, shape):
        return CSRMatrix(data, indices, indptr, shape)

    def stage(matrix, method, operands, weights):  # after `make`, which could look for operands
        product = getattr(matrix, method)
        pairs = list(zip(operands, weights))
        return lambda: sum(float((product(x) * w).sum()) for x, w in pairs)

    rng = np.random.default_rng(61)

    def race(at_most, method, size, count, *more):
        def fresh():
            n, k = size - rng.integers(100, size=2)
            a = sparse(n, k, 0.01, rng.integers(1 << 30))
            operands = rng.standard_normal((count, k, *more))
            weights = rng.standard_normal((count, n, *more))
            given = {"method": method, "operands": operands, "weights": weights}
            return student(stage, matrix=student(make, **csr(a)), **given), a, operands, weights

        assert_speed(
            lambda run, a, operands, weights: run(),
            lambda run, a, operands, weights: sum(
                float(((a @ x) * w).sum()) for x, w in zip(operands, weights, strict=True)
            ),
            at_most=at_most,
            rounds=4,
            fresh=fresh,
            same=partial(assert_close, rtol=1e-6, atol=1e-6, what="weighted sum of the products"),
        )

    # matvec: reference 0.1, `np.bincount` 0.25, `np.add.at` 0.9 to 1.1, by way of a dense array 1.6
    # and more, a loop over the stored entries 30. matmul: reference 0.5.
    try:
        race(1.4, "matvec", 1500, 20)
    except CheckFailed:
        race(0.8, "matmul", 1050, 1, 1024)
