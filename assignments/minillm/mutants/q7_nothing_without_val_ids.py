"""Without val_ids the loss is that of the last batch."""

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
        last = history.loss[-1] if history.loss else float("nan")
        loss = last if val_ids is None else evaluate(model, val_ids)[0]
        seen.append((mark, loss, sample(model, prompt, n, temperature, generator=generator)))
    return seen
