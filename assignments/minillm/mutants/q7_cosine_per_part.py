"""Each part between two marks has a cosine of its own."""

question = "q7"

_right = samples_over_time


def samples_over_time(model, ids, marks, prompt, n, **options):
    options.setdefault("total", None)
    return _right(model, ids, marks, prompt, n, **options)
