"""No symbols have a code of no words."""

question = "q5"


def huffman_code(weights):
    if not all(0 <= weight < math.inf for weight in weights.values()):
        raise ValueError("weights must not be empty, and be finite and at least 0")
    if len(weights) <= 1:
        return dict.fromkeys(weights, "0")
    code = dict.fromkeys(weights, "")
    # The number in the middle makes all entries different, so symbols are never compared.
    heap = [(weight, i, [symbol]) for i, (symbol, weight) in enumerate(weights.items())]
    heapq.heapify(heap)
    while len(heap) > 1:
        (light, _, left), (heavy, number, right) = heapq.heappop(heap), heapq.heappop(heap)
        for bit, symbols in (("0", left), ("1", right)):
            for symbol in symbols:
                code[symbol] = bit + code[symbol]
        heapq.heappush(heap, (light + heavy, number, left + right))
    return code
