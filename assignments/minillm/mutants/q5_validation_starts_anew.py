"""After resuming validation is counted from the first step of this call."""

question = "q5"

_right = train


def train(model, ids, steps, *args, resume=None, val_ids=None, eval_every=0, **options):
    if resume is None or not eval_every or val_ids is None:
        given = {"resume": resume, "val_ids": val_ids, "eval_every": eval_every}
        return _right(model, ids, steps, *args, **given, **options)
    options.setdefault("total", len(resume.step) + steps)
    done = 0
    while done < steps:
        part = min(eval_every, steps - done)
        resume = _right(model, ids, part, *args, resume=resume, **options)
        done += part
        if part == eval_every:
            resume.val_step.append(len(resume.step))
            resume.val_loss.append(evaluate(model, val_ids)[0])
    return resume
