"""Arrays of integers are moved as integers: by 0 or by 1."""

question = "q5"
_right = numerical_gradient


def numerical_gradient(f, arrays, eps=1e-6):
    def cut(*xs):
        kept = [np.asarray(a).dtype.kind == "i" for a in arrays]
        return f(*(np.trunc(x) if whole else x for x, whole in zip(xs, kept)))

    return _right(cut, arrays, eps)
