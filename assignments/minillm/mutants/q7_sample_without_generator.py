"""The generator serves training only; sampling draws from torch's own."""

question = "q7"


def samples_over_time(
    model, ids, marks, prompt, n, val_ids=None, temperature=1.0, generator=None, **train_options
):
    train_options.setdefault("total", marks[-1])
    history, seen = None, []
    for mark in marks:
        done = len(history.step) if history else 0
        history = train(
            model, ids, mark - done, generator=generator, resume=history, **train_options
        )
        loss = evaluate(model, ids if val_ids is None else val_ids)[0]
        seen.append((mark, loss, sample(model, prompt, n, temperature)))
    return seen
