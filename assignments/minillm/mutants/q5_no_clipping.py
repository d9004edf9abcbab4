"""Gradients are not clipped."""

question = "q5"

_right = train


def train(*args, **options):
    options["clip"] = 1e9
    return _right(*args, **options)
