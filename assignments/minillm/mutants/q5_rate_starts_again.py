"""After resuming the learning rate begins with the warm-up again."""

import copy

question = "q5"

_right = train


def train(model, ids, steps, *args, resume=None, **options):
    if resume is not None:
        kept, resume = resume, copy.deepcopy(resume)
        resume.step, resume.loss, resume.lr = [], [], []
        history = _right(model, ids, steps, *args, resume=resume, **options)
        start = len(kept.step)
        history.step = kept.step + [start + s for s in history.step]
        history.loss, history.lr = kept.loss + history.loss, kept.lr + history.lr
        return history
    return _right(model, ids, steps, *args, **options)
