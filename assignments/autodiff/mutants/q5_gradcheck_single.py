"""The gradients of `backward` are computed where the arrays would be in single precision."""

question = "q5"
_right = gradcheck


def gradcheck(f, arrays, eps=1e-6, tol=1e-5):
    moved = [np.asarray(a, dtype=np.float32) - np.asarray(a, dtype=np.float64) for a in arrays]

    def at_the_rounded(*tensors):
        learning = any(t.requires_grad for t in tensors)
        return f(*(t + m if learning else t for t, m in zip(tensors, moved)))

    return _right(at_the_rounded, arrays, eps, tol)
