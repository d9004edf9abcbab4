"""The cosine goes down to 0 and is cut off at min_lr."""

import math

question = "q4"


def learning_rate(step, max_lr, min_lr, warmup, total):
    if step < warmup:
        return max_lr * (step + 1) / (warmup + 1)
    if step >= total:
        return min_lr
    done = (step - warmup) / (total - warmup)
    return max(min_lr, max_lr * (1 + math.cos(math.pi * done)) / 2)
