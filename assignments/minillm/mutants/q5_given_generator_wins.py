"""A generator that is given when resuming is used as it is."""

question = "q5"

_right = train


def train(model, ids, steps, *args, resume=None, generator=None, **options):
    if resume is not None and generator is not None:
        resume = History(**{**vars(resume), "generator": None})
    return _right(model, ids, steps, *args, resume=resume, generator=generator, **options)
