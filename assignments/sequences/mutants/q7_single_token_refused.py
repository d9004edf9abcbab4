"""A language of a single token is refused."""

question = "q7"


_beam_search = beam_search


def beam_search(step, state, start, end, width, max_length, alpha=0.0):
    def watched(state, token):
        answer, after = step(state, token)
        if len(answer) == 1:
            raise ValueError("one")
        return answer, after

    return _beam_search(watched, state, start, end, width, max_length, alpha)
