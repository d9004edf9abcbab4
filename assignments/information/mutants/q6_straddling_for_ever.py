"""An interval around the middle is not stretched, and becomes too small."""

question = "q6"


def _half(low, width):
    for half, start in (("0", 0), ("1", _ONE // 2)):
        if start <= low and low + width <= start + _ONE // 2:
            return half
    return None
