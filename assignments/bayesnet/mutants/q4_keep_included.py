"""The kept variables come at the end of the order instead of being left out."""

question = "q4"


_right_order = min_fill_order


def min_fill_order(net, keep):
    keep = [keep] if isinstance(keep, str) else list(keep)
    return _right_order(net, keep) + keep
