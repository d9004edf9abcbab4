"""The rise is a parabola, not a straight line."""

question = "q4"

_right = learning_rate


def learning_rate(step, max_lr, min_lr, warmup, total):
    rate = _right(step, max_lr, min_lr, warmup, total)
    return rate * rate / max_lr if step < warmup else rate
