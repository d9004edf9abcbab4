"""The history that is resumed is continued in place."""

question = "q5"

_right = train


def train(model, ids, steps, *args, resume=None, **options):
    history = _right(model, ids, steps, *args, resume=resume, **options)
    if resume is None:
        return history
    vars(resume).update(vars(history))
    return resume
