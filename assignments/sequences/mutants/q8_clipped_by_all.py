"""Counts of all references are added."""

question = "q8"


def bleu(candidates, references, max_n=4):
    if not len(candidates):
        raise ValueError("candidates are empty")
    if len(references) != len(candidates) or not all(len(group) for group in references):
        raise ValueError("references: one or more are needed for each candidate")
    if max_n < 1:
        raise ValueError(f"max_n must be at least 1, not {max_n}")
    logs = []
    for n in range(1, max_n + 1):
        matched = total = 0
        for candidate, group in zip(candidates, references):
            counts, allowed = _ngrams(candidate, n), Counter()
            for reference in group:
                allowed += _ngrams(reference, n)
            matched += (counts & allowed).total()
            total += counts.total()
        if not matched:
            return 0.0
        logs.append(math.log(matched / total))
    c = sum(map(len, candidates))
    r = 0
    for candidate, group in zip(candidates, references):
        r += min(map(len, group), key=lambda length: (abs(length - len(candidate)), length))
    return math.exp(min(0.0, 1 - r / c) + sum(logs) / max_n)
