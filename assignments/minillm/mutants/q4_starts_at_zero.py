"""Warm-up begins at 0: the first step is lost."""

question = "q4"

_right = learning_rate


def learning_rate(step, max_lr, min_lr, warmup, total):
    return max_lr * step / warmup if step < warmup else _right(step, max_lr, min_lr, warmup, total)
