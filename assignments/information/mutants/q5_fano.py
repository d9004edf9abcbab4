"""The symbols are halved from above."""

question = "q5"


def huffman_code(weights):
    if not weights or not all(0 <= weight < math.inf for weight in weights.values()):
        raise ValueError("weights must not be empty, and be finite and at least 0")
    if len(weights) == 1:
        return dict.fromkeys(weights, "0")
    code = {}
    waiting = [("", sorted(weights, key=lambda symbol: -weights[symbol]))]
    while waiting:
        word, symbols = waiting.pop()
        if len(symbols) == 1:
            code[symbols[0]] = word
            continue
        total, below, at = sum(weights[s] for s in symbols), 0, 1
        for i, symbol in enumerate(symbols[:-1]):
            below += weights[symbol]
            at = i + 1
            if 2 * below >= total:
                break
        waiting += [(word + "0", symbols[:at]), (word + "1", symbols[at:])]
    return code
