"""The arrays of `step` are kept, and not copied."""

question = "q5"


_unroll = unroll


def unroll(step, state, start, targets, teacher=1.0, rng=None):
    rows = []

    def watched(before, token):
        answer, after = step(before, token)
        rows.append(answer)
        return answer, after

    _unroll(watched, state, start, targets, teacher, rng)
    return np.array(rows, dtype=float)
