"""A width of 0 becomes 1."""

question = "q7"


def beam_search(step, state, start, end, width, max_length, alpha=0.0):
    width = max(width, 1)
    _at_least_one(max_length=max_length)
    going, finished = [(0.0, [], int(start), state)], []
    for length in range(1, max_length + 1):
        found = [longer for hypothesis in going for longer in _extensions(step, hypothesis)]
        found.sort(key=lambda longer: -longer[0])
        kept, going = found[:width], []
        for hypothesis in kept:
            ended = hypothesis[2] == end or length == max_length
            (finished if ended else going).append(hypothesis)
        if not going:
            break
    scored = [(total / len(tokens) ** alpha, tokens) for total, tokens, *_ in finished]
    score, tokens = max(scored, key=lambda pair: pair[0])
    return tokens, score
