"""The betas are torch's, whatever is given."""

question = "q5"

_right = train


def train(model, ids, steps, *args, betas=(0.9, 0.99), **options):
    return _right(model, ids, steps, *args, betas=(0.9, 0.999), **options)
