"""The rate falls in a straight line, not along a cosine."""

question = "q4"

_right = learning_rate


def learning_rate(step, max_lr, min_lr, warmup, total):
    if not warmup <= step < total:
        return _right(step, max_lr, min_lr, warmup, total)
    return max_lr + (min_lr - max_lr) * (step - warmup) / (total - warmup)
