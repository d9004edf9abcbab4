"""All marks are judged when training is over."""

question = "q7"


def samples_over_time(
    model, ids, marks, prompt, n, val_ids=None, temperature=1.0, generator=None, **train_options
):
    train_options.setdefault("total", marks[-1])
    train(model, ids, marks[-1], generator=generator, **train_options)
    seen = []
    for mark in marks:
        loss = evaluate(model, ids if val_ids is None else val_ids)[0]
        seen.append((mark, loss, sample(model, prompt, n, temperature, generator=generator)))
    return seen
