"""Impossible tokens get the probability of no number."""

question = "q7"


_right = beam_search


def beam_search(step, state, start, end, width, max_length, alpha=0.0):
    def finite(state, token):
        log_probs, after = step(state, token)
        return np.maximum(log_probs, -2.0), after

    return _right(finite, state, start, end, width, max_length, alpha)
