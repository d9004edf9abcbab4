"""`step` is asked what comes after a token that cannot come."""

question = "q7"


_exhaustive_search = exhaustive_search


def exhaustive_search(step, state, start, end, max_length, alpha=0.0):
    def watched(state, token):
        answer, after = step(state, token)
        for other in np.flatnonzero(np.isneginf(answer)):
            if other != end:
                step(after, int(other))
                break
        return answer, after

    return _exhaustive_search(watched, state, start, end, max_length, alpha)
