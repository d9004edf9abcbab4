"""The probability of the end is not counted."""

question = "q7"


_right = greedy_search


def greedy_search(step, state, start, end, max_length):
    tokens, total, token = [], 0.0, start
    while len(tokens) < max_length and (not tokens or token != end):
        log_probs, state = step(state, int(token))
        token = int(np.argmax(log_probs))
        total += float(log_probs[token]) if token != end else 0.0
        tokens.append(token)
    return tokens, total
