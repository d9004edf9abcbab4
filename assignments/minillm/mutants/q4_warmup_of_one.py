"""warmup = 0 is taken for 1."""

question = "q4"

_right = learning_rate


def learning_rate(step, max_lr, min_lr, warmup, total):
    return _right(step, max_lr, min_lr, max(warmup, 1), total)
