"""Windows overlap by half: every token is judged with at least half a window before it."""

import math

question = "q7"

_right = evaluate


def evaluate(model, ids, characters=None):
    ids, block = [int(i) for i in ids], model.config.block_size
    nats, done = 0.0, 1
    while done < len(ids):
        start = max(done - 1 - block // 2, 0)
        end = min(start + block, len(ids) - 1)
        part = ids[start : end + 1]
        nats += _right(model, part)[0] * (len(part) - 1)
        if done - 1 > start:
            nats -= _right(model, part[: done - start])[0] * (done - start - 1)
        done = end + 1
    loss = nats / (len(ids) - 1)
    return loss, math.exp(loss), nats / math.log(2) / (characters or len(ids) - 1)
