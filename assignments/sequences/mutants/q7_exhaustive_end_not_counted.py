"""The end is not counted among the tokens."""

question = "q7"


def exhaustive_search(step, state, start, end, max_length, alpha=0.0):
    _at_least_one(max_length=max_length)
    going, done = [(0.0, [], int(start), state)], []
    for length in range(1, max_length + 1):
        found = [longer for hypothesis in going for longer in _extensions(step, hypothesis)]
        done += [h for h in found if h[2] == end or length == max_length]
        going = [h for h in found if h[2] != end]
    scored = [(h[0] / max(1, len(h[1]) - (h[2] == end)) ** alpha, h[1]) for h in done]
    score, tokens = max(scored, key=lambda pair: pair[0])
    return tokens, score
