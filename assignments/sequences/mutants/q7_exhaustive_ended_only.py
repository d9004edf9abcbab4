"""Sentences that are cut do not compete."""

question = "q7"


def exhaustive_search(step, state, start, end, max_length, alpha=0.0):
    _at_least_one(max_length=max_length)
    going, done, _cut = [(0.0, [], int(start), state)], [], []
    for length in range(1, max_length + 1):
        found = [longer for hypothesis in going for longer in _extensions(step, hypothesis)]
        done += [h for h in found if h[2] == end]
        going = [h for h in found if h[2] != end]
    scored = [(h[0] / len(h[1]) ** alpha, h[1]) for h in done or going]
    score, tokens = max(scored, key=lambda pair: pair[0])
    return tokens, score
