"""max_lr is reached one step after warmup."""

question = "q4"

_right = learning_rate


def learning_rate(step, max_lr, min_lr, warmup, total):
    return _right(step, max_lr, min_lr, warmup + 1, total + 1)
