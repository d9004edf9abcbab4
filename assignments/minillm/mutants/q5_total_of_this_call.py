"""Without a total the cosine ends after the number of steps of this call, counted from 0."""

question = "q5"

_right = train


def train(model, ids, steps, *args, total=None, **options):
    return _right(model, ids, steps, *args, total=steps if total is None else total, **options)
