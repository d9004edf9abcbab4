"""Tables on the way are divided by their smallest entry, which sends the others to infinity."""

question = "q4"


_right_sum_product = _sum_product


def _sum_product(tables, keep):
    if len(tables) <= 32:
        return _right_sum_product(tables, keep)
    axes = list(dict.fromkeys(v for _, axes in tables[:32] for v in axes))
    values = _right_sum_product(tables[:32], axes)
    return _sum_product([*tables[32:], (values / (values.min() or 1), axes)], keep)
