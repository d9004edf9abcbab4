"""The longest context is left out."""

question = "q7"


def context_model(text, order, alphabet, strength=1.0):
    if order < 0:
        raise ValueError(f"order must be at least 0, not {order}")
    if not strength > 0:
        raise ValueError(f"strength must be above 0, not {strength}")
    number = {character: i for i, character in enumerate(alphabet)}
    if not alphabet or len(number) < len(alphabet):
        raise ValueError("alphabet must have different characters, at least one")
    if not number.keys() >= set(text):
        raise ValueError(f"text has characters without a number: {set(text) - number.keys()}")
    counted = [_followers(text, k) for k in range(order + 1)]
    tables = [{h: _row(counts, number) for h, counts in found.items()} for found in counted]

    def model(past):
        recent = "".join(alphabet[symbol] for symbol in past[-order:]) if order else ""
        p = np.full(len(alphabet), 1 / len(alphabet))
        for k in range(max(len(recent), 1)):
            row = tables[k].get(recent[len(recent) - k :])
            if row is None:
                break  # whoever has not seen the end of a context has not seen the context
            places, counts, total = row
            p *= strength
            p[places] += counts
            p /= total + strength
        return p

    return model
