"""The cosine counts from step 0 instead of from the end of the warm-up."""

import math

question = "q4"


def learning_rate(step, max_lr, min_lr, warmup, total):
    if step < warmup:
        return max_lr * (step + 1) / (warmup + 1)
    if step >= total:
        return min_lr
    return min_lr + (max_lr - min_lr) * (1 + math.cos(math.pi * step / total)) / 2
