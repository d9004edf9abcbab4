"""The loss beside a sample is one of the training text, although held-out ids were given."""

question = "q7"

_right = samples_over_time


def samples_over_time(model, ids, marks, prompt, n, val_ids=None, **options):
    found = _right(model, ids, marks, prompt, n, val_ids=val_ids, **options)
    return [(step, found[0][1], drawn) for step, _, drawn in found]
