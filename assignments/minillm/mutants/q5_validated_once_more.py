"""The validation before the first update is noted as one after it."""

question = "q5"

_right = train


def train(model, ids, steps, *args, resume=None, val_ids=None, eval_every=0, **options):
    given = {"resume": resume, "val_ids": val_ids, "eval_every": eval_every}
    history = _right(model, ids, steps, *args, **given, **options)
    if resume is None and eval_every == 1 and val_ids is not None:
        history.val_step = [max(s, 1) for s in history.val_step]
        if history.val_step.count(1) == 1:
            history.val_step.insert(0, 1)
            history.val_loss.insert(0, history.val_loss[0])
    return history
