"""eval_every is ignored."""

question = "q5"

_right = train


def train(*args, **options):
    options["eval_every"] = 0
    return _right(*args, **options)
