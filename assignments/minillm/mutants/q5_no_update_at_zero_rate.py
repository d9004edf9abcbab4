"""The first step is skipped: it is only for the averages."""

question = "q5"

_right = train


def train(model, ids, steps, *args, resume=None, **options):
    if resume is not None or steps == 0:
        return _right(model, ids, steps, *args, resume=resume, **options)
    kept = [p.detach().clone() for p in model.parameters()]
    options.setdefault("total", steps)
    history = _right(model, ids, 1, *args, **options)
    for p, old in zip(model.parameters(), kept):
        p.data.copy_(old)
    return _right(model, ids, steps - 1, *args, resume=history, **options)
