"""Training: what each step does, what is learned, and going on as if nothing had happened."""

import numpy as np

from autograder.checks import assert_array, assert_close, assert_equal, expect, test_case

OK_FORMAT = False
name = "q5 (hidden)"
points = 7

SIZE = {"vocab_size": 11, "block_size": 7, "n_layer": 2, "n_head": 3, "n_embd": 18}
# One token over and over: every batch is the same, wherever it starts, so that nothing here leans
# on get_batch.
SAME = [4] * 60


@test_case(
    name="weight decay",
    points=1,
    hidden=True,
    failure_message="A decayed parameter also loses lr · weight_decay of itself, beside the "
    "gradient. Matrices decay; gains, biases and the tables of tokens and positions do not.",
)
def test_decay(student):
    def probe(GPT, GPTConfig, train, size, ids, decays):
        import copy

        import torch

        torch.manual_seed(1)
        start, after = GPT(GPTConfig(**size)), []
        with torch.no_grad():
            for p in start.parameters():
                p.add_(0.2 * torch.randn(p.shape))
        for decay in decays:
            model = copy.deepcopy(start)
            history = train(
                model,
                ids,
                1,
                batch_size=2,
                max_lr=0.1,
                min_lr=0.1,
                warmup=0,
                total=10,
                weight_decay=decay,
                generator=torch.Generator().manual_seed(0),
            )
            after.append([p.detach().numpy().copy() for p in model.parameters()])
        return [p.detach().numpy() for p in start.parameters()], after, history.lr[0]

    before, (without, with_decay), rate = student(probe, size=SIZE, ids=SAME, decays=[0.0, 0.5])
    tables = {(11, 18), (7, 18)}
    for p, a, b in zip(before, without, with_decay, strict=True):
        table = tuple(n for n in p.shape if n > 1) in tables
        decays = p.ndim >= 2 and not table
        lost = rate * 0.5 * p if decays else np.zeros_like(p)
        what = "what decay took from " + (
            "a matrix" if decays else "a table" if table else "a vector"
        )
        # float32: parameters are near 1, so differences of them are good to 1e-6
        assert_array(a - b, lost, rtol=1e-3, atol=3e-6, what=what)


@test_case(
    name="three steps of AdamW",
    points=1,
    hidden=True,
    failure_message="Gradients of each step alone, clipped by the norm of all of them together; "
    "then AdamW with the betas that were given, at the rate that the history says.",
)
def test_adamw(student):
    def probe(GPT, GPTConfig, train, size, ids, steps, options):
        """Parameters and gradients at the start and after one, two, three steps."""
        import copy

        import torch

        torch.manual_seed(2)
        start, found = GPT(GPTConfig(**size)), []
        with torch.no_grad():
            for p in start.parameters():
                p.add_(0.2 * torch.randn(p.shape))
        x = torch.tensor([ids[: size["block_size"]]] * 2)
        for n in range(steps + 1):
            model, rates = copy.deepcopy(start), []
            if n:
                generator = torch.Generator().manual_seed(0)
                history = train(model, ids, n, generator=generator, **options)
                rates = list(history.lr)
            p = [q.detach().numpy().copy() for q in model.parameters()]
            model.train()
            model.zero_grad(set_to_none=False)
            model(x, x)[1].backward()
            g = [
                np_zero if q.grad is None else q.grad.numpy().copy()
                for q in model.parameters()
                for np_zero in [torch.zeros(q.shape).numpy()]
            ]
            found.append((p, g, rates))
        return found

    for clip, betas in ((0.05, (0.8, 0.95)), (1e3, (0.9, 0.99))):
        options = {
            "batch_size": 2,
            "max_lr": 0.03,
            "min_lr": 0.01,
            "warmup": 1,
            "total": 4,
            "weight_decay": 0.0,
            "betas": betas,
            "clip": clip,
        }
        found = student(probe, size=SIZE, ids=SAME, steps=3, options=options)
        p = [a.astype(np.float64) for a in found[0][0]]
        mean, square = [np.zeros_like(a) for a in p], [np.zeros_like(a) for a in p]
        rates = found[3][2]
        for n in range(3):
            g = [a.astype(np.float64) for a in found[n][1]]
            norm = np.sqrt(sum((a**2).sum() for a in g))
            g = [a * min(1.0, clip / norm) for a in g]
            mean = [betas[0] * m + (1 - betas[0]) * a for m, a in zip(mean, g, strict=True)]
            square = [betas[1] * s + (1 - betas[1]) * a**2 for s, a in zip(square, g, strict=True)]
            for i, (m, s) in enumerate(zip(mean, square, strict=True)):
                m, s = m / (1 - betas[0] ** (n + 1)), s / (1 - betas[1] ** (n + 1))
                p[i] = p[i] - rates[n] * m / (np.sqrt(s) + 1e-8)
            # Where a gradient is next to nothing Adam magnifies rounding; such places are left out.
            for a, b, s in zip(p, found[n + 1][0], square, strict=True):
                clear = np.sqrt(s) > 1e-6
                assert_array(
                    np.where(clear, b, 0),
                    np.where(clear, a, 0),
                    rtol=1e-4,
                    atol=0.05 * rates[n],
                    what=f"a parameter after step {n + 1}",
                )


@test_case(
    name="one batch learned by heart",
    points=0.5,
    hidden=True,
    failure_message="A text of one window can be learned until its loss is below 0.1. Are "
    "gradients set to zero, and is the optimiser's step taken?",
)
def test_overfit(student):
    def probe(GPT, GPTConfig, train, size, ids):
        import inspect

        import torch

        torch.manual_seed(3)
        model = GPT(GPTConfig(**size))
        inputs, targets = torch.tensor([ids[:-1]]), torch.tensor([ids[1:]])
        names = getattr(inspect.unwrap(train), "__globals__", {})
        theirs = names.get("get_batch")  # a mistake in q4 is not to count twice
        names["get_batch"] = lambda ids, block, batch, generator=None: (
            inputs.repeat(batch, 1),
            targets.repeat(batch, 1),
        )
        try:
            train(
                model,
                ids,
                120,
                batch_size=4,
                max_lr=1e-2,
                warmup=10,
                weight_decay=0.0,
                generator=torch.Generator().manual_seed(0),
            )
        finally:
            names["get_batch"] = theirs
        with torch.no_grad():
            logits = model.eval()(inputs)[0][0]
            return torch.nn.functional.cross_entropy(logits, targets[0]).item()

    size = {"vocab_size": 20, "block_size": 16, "n_layer": 2, "n_head": 2, "n_embd": 32}
    ids = np.random.default_rng(1).integers(0, 20, 17).tolist()
    loss = student(probe, size=size, ids=ids)
    expect(loss < 0.1, "a single window was not learned by heart")


@test_case(
    name="a copy task",
    points=0.5,
    hidden=True,
    failure_message="Three random tokens, a sign, the same three again: a trained model must "
    "predict the copies of texts that it has not seen.",
)
def test_copy(student):
    def probe(GPT, GPTConfig, train, size, ids, test, places):
        import inspect

        import torch

        torch.manual_seed(4)
        model = GPT(GPTConfig(**size))

        def aligned_batch(ids, block, batch, generator=None):
            """Windows that begin where a word begins: enough for a beginner to learn it quickly."""
            ids = torch.as_tensor(ids)
            words = (len(ids) - block) // (block + 1)
            at = torch.randint(words, (batch, 1), generator=generator) * (block + 1)
            at = at + torch.arange(block)
            return ids[at], ids[at + 1]

        names = getattr(inspect.unwrap(train), "__globals__", {})
        theirs = names.get("get_batch")  # a mistake in q4 is not to count twice
        names["get_batch"] = aligned_batch
        try:
            train(
                model,
                ids,
                250,
                batch_size=32,
                max_lr=5e-3,
                warmup=20,
                weight_decay=0.0,
                generator=torch.Generator().manual_seed(0),
            )
        finally:
            names["get_batch"] = theirs
        with torch.no_grad():
            return model.eval()(torch.tensor(test))[0].argmax(-1)[:, places].numpy()

    rng, block = np.random.default_rng(2), 7

    def stream(n):
        words = rng.integers(0, 6, (n, 3))
        sign, end = np.full((n, 1), 6), np.full((n, 1), 7)
        return np.concatenate([words, sign, words, end], axis=1)

    size = {"vocab_size": 8, "block_size": block, "n_layer": 2, "n_head": 2, "n_embd": 32}
    test = stream(100)
    places = [3, 4, 5]  # after which the copies come
    got = student(
        probe,
        size=size,
        ids=stream(600).ravel().tolist(),
        test=test[:, :7].tolist(),
        places=places,
    )
    right = float(np.mean(got == test[:, [p + 1 for p in places]]))
    expect(right > 0.7, "most copies are wrong")


@test_case(
    name="in two parts",
    points=1,
    hidden=True,
    failure_message="With a checkpoint in between, losses, rates and weights are those of one "
    "run: it holds the weights, the optimiser's state, the generator's state and the number of "
    "steps.",
)
def test_resume(student):
    def probe(GPT, GPTConfig, train, save_checkpoint, load_checkpoint, size, ids, parts):
        import inspect
        import os
        import tempfile

        import torch

        def batch(ids, block, batch, generator=None):  # a mistake in q4 is not to count twice
            at = torch.randint(len(ids) - block, (batch, 1), generator=generator)
            at = at + torch.arange(block)
            return torch.as_tensor(ids)[at], torch.as_tensor(ids)[at + 1]

        getattr(inspect.unwrap(train), "__globals__", {})["get_batch"] = batch
        found = []
        for split in (False, True):
            torch.manual_seed(5)
            model = GPT(GPTConfig(**size))
            options = {"max_lr": 5e-3, "warmup": 3, "total": sum(parts) + 2, "batch_size": 4}
            generator = torch.Generator().manual_seed(6)
            if not split:
                history = train(model, ids, sum(parts), generator=generator, **options)
            else:
                history = train(model, ids, parts[0], generator=generator, **options)
                for part in parts[1:]:
                    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
                        path = os.path.join(folder, "model.pt")
                        save_checkpoint(path, model, history)
                        torch.manual_seed(99)
                        model, history = load_checkpoint(path)
                    history = train(model, ids, part, resume=history, **options)
            weights = [p.detach().numpy().copy() for p in model.parameters()]
            last = parts[-1]
            numbers = [list(history.step), list(history.loss), list(history.lr)]
            found.append((weights, [n[-last:] for n in numbers]))
        return found

    ids = np.random.default_rng(3).integers(0, 11, 300).tolist()
    (whole, numbers), (pieces, again) = student(probe, size=SIZE, ids=ids, parts=[6, 3, 4])
    for one, two, what in zip(numbers, again, ("step", "loss", "lr"), strict=True):
        assert_array(np.array(two), np.array(one), rtol=1e-5, what=f"the last part of `{what}`")
    for one, two in zip(whole, pieces, strict=True):  # exact in theory; float32 rounding allowed
        assert_array(two, one, rtol=1e-4, atol=1e-6, what="a parameter at the end")


@test_case(
    name="checkpoints are data",
    points=0.5,
    hidden=True,
    failure_message="torch.load(path, weights_only=True) must be able to read what you save, and "
    "load_checkpoint must read with it: a file from somebody else can otherwise run any code.",
)
def test_safe(student):
    def probe(GPT, GPTConfig, train, save_checkpoint, load_checkpoint, size, ids):
        import os
        import sys
        import tempfile

        import torch

        class Trap:
            def __reduce__(self):
                return exec, ("import sys; sys.sprung = True",)

        model = GPT(GPTConfig(**size))
        history = train(model, ids, 2, generator=torch.Generator().manual_seed(0))
        with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
            path = os.path.join(folder, "model.pt")
            save_checkpoint(path, model, history)
            try:
                contents = torch.load(path, weights_only=True)
                readable = contents is not None
            except Exception:
                readable = False
            torch.save({"trap": Trap()}, path)
            try:
                load_checkpoint(path)
            except Exception:
                pass
        return readable, getattr(sys, "sprung", False)

    readable, sprung = student(probe, size=SIZE, ids=SAME)
    expect(readable, "the checkpoint holds more than data")
    expect(not sprung, "loading a prepared file has run the code in it")


@test_case(
    name="what the history says",
    points=0.5,
    hidden=True,
    failure_message="The loss of each batch before its update; validation losses, with their "
    "steps, after every eval_every updates; the rate goes up to max_lr and down to a tenth of it.",
)
def test_history(student):
    def probe(GPT, GPTConfig, train, size, ids, steps):
        import copy

        import torch

        torch.manual_seed(7)
        model = GPT(GPTConfig(**size))
        start = copy.deepcopy(model)
        history = train(
            model,
            ids,
            steps,
            batch_size=3,
            max_lr=0.02,
            warmup=2,
            val_ids=ids[:30],
            eval_every=4,
            generator=torch.Generator().manual_seed(0),
        )
        x = torch.tensor([ids[: size["block_size"]]] * 3)
        with torch.no_grad():
            first = start(x, x)[1].item()
        lists = ("loss", "lr", "val_step", "val_loss")
        return [list(getattr(history, name)) for name in lists], first

    def nothing(GPT, GPTConfig, train, size, ids):
        import torch

        model = GPT(GPTConfig(**size))
        before = [p.detach().clone() for p in model.parameters()]
        history = train(model, ids, 0, generator=torch.Generator().manual_seed(0))
        same = [torch.equal(p, b) for p, b in zip(model.parameters(), before)]
        return len(history.loss), all(same)

    found = student(nothing, size=SIZE, ids=SAME)
    assert_equal(found, (0, True), what="losses, and weights that are the same, after 0 updates")
    (losses, rates, val_steps, val_losses), first = student(probe, size=SIZE, ids=SAME, steps=12)
    assert_equal([len(losses), len(rates)], [12, 12], what="entries of loss and lr")
    assert_close(losses[0], first, rtol=1e-4, what="the first loss")
    expect(losses[-1] < losses[0] / 2, "the loss has not fallen")
    assert_equal([s for s in val_steps if s], [4, 8, 12], what="updates made before validations")
    assert_equal(len(val_losses), len(val_steps), what="number of validation losses")
    expect(val_losses[-1] < val_losses[0], "the validation loss has not fallen")
    top = rates.index(max(rates))
    expect(top in (1, 2) and rates[-1] < 0.005, "the rate does not go up to step 2 and then down")


def probe_trained(GPT, GPTConfig, train, size, ids, runs, options, double):
    """Histories and weights after training, from one start; each run may go on from another.

    Args:
        runs: (which run to go on from, or None; steps; seed of a generator, or None; seed of
            torch's own, or None), one after the other.
    """
    import copy
    import inspect

    import torch

    def batch(ids, block, batch, generator=None):  # a mistake in q4 is not to count twice
        at = torch.randint(len(ids) - block, (batch, 1), generator=generator) + torch.arange(block)
        return torch.as_tensor(ids)[at], torch.as_tensor(ids)[at + 1]

    getattr(inspect.unwrap(train), "__globals__", {})["get_batch"] = batch
    torch.manual_seed(8)
    start = GPT(GPTConfig(**size))
    start = start.double() if double else start
    models, histories, found = [], [], []
    for source, steps, seed, own in runs:
        model = copy.deepcopy(start if source is None else models[source])
        given = dict(options)
        if source is not None:
            given["resume"] = histories[source]
        if seed is not None:
            given["generator"] = torch.Generator().manual_seed(seed)
        if own is not None:
            torch.manual_seed(own)
        history = train(model, ids, steps, **given)
        models.append(model)
        histories.append(history)
        state = history.generator, (given["generator"].get_state() if seed is not None else None)
        found.append(
            {
                "weights": [p.detach().numpy().copy() for p in model.parameters()],
                "same state": None if seed is None else bool(torch.equal(*state)),
                "optimizer": isinstance(history.optimizer, dict) and len(history.optimizer) > 0,
            }
        )
    for history, each in zip(histories, found):  # at the end: a later run must not have changed it
        for name in ("step", "loss", "lr", "val_step", "val_loss"):
            each[name] = [float(x) for x in getattr(history, name)]
    return found


MIXED = np.random.default_rng(4).integers(0, 11, 300).tolist()
OPTIONS = {"max_lr": 5e-3, "warmup": 3, "total": 12, "batch_size": 4}


def trained(student, runs, double=False, **options):
    given = {**OPTIONS, **options}
    return student(probe_trained, size=SIZE, ids=MIXED, runs=runs, options=given, double=double)


@test_case(
    name="going on twice from one history",
    points=0.5,
    hidden=True,
    failure_message="A history can be gone on from twice: `resume` is not modified, neither its "
    "lists nor the optimiser's state in it. It holds both states; a generator that is given is set "
    "to the state in it. Validation counts from the start of the whole run.",
)
def test_again(student):
    options = {"val_ids": MIXED[:22], "eval_every": 4}
    runs = [[None, 3, 1, None], [0, 7, None, None], [0, 7, None, None], [0, 7, 99, None]]
    first, second, again, given = trained(student, runs, **options)
    expect(first["optimizer"], "history.optimizer does not hold the optimiser's state")
    expect(
        first["same state"], "history.generator is not the state in which the generator was left"
    )
    for name, length in (("step", 3), ("loss", 3), ("lr", 3)):
        assert_equal(len(first[name]), length, what=f"entries of {name} in the first history")
        assert_equal(len(second[name]), 10, what=f"entries of {name} in the second history")
    assert_equal([s for s in second["val_step"] if s], [4.0, 8.0], what="val_step of both parts")
    (each,) = trained(student, [[None, 2, 1, None]], val_ids=MIXED[:22], eval_every=1)
    assert_equal([s for s in each["val_step"] if s], [1.0, 2.0], what="val_step for every update")
    for other in (again, given):
        assert_array(np.array(other["loss"]), np.array(second["loss"]), rtol=1e-5, what="losses")
        for one, two in zip(second["weights"], other["weights"], strict=True):
            assert_array(two, one, rtol=1e-4, atol=1e-6, what="a parameter at the end")


@test_case(
    name="whose dice, and whose dtype",
    points=0.5,
    hidden=True,
    failure_message="Without a generator torch's own one decides: torch.manual_seed makes training "
    "repeatable, and without it every run draws other batches. A float64 model stays one.",
)
def test_dice(student):
    runs = [[None, 3, None, 5], [None, 3, None, None], [None, 3, None, 5], [None, 3, None, 6]]
    first, next_one, again, other = trained(student, runs, double=True)
    for w in first["weights"]:
        assert_equal(str(w.dtype), "float64", what="dtype of a parameter after training")
    assert_equal(again["loss"], first["loss"], what="losses after the same torch.manual_seed")
    expect(first["loss"] != next_one["loss"], "two runs have drawn the same batches")
    expect(first["loss"] != other["loss"], "torch.manual_seed makes no difference")


@test_case(
    name="whole or not at all",
    points=0.5,
    hidden=True,
    failure_message="When writing a checkpoint fails, the file that was there before is still "
    "there, and whole. Write to another name, then os.replace.",
)
def test_whole(student):
    def probe(GPT, GPTConfig, train, save_checkpoint, load_checkpoint, size, ids):
        import os
        import tempfile

        import torch

        model = GPT(GPTConfig(**size))
        history = train(model, ids, 2, generator=torch.Generator().manual_seed(0))
        before = [float(x) for x in history.loss]
        with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
            path = os.path.join(folder, "model.pt")
            save_checkpoint(path, model, history)
            later = train(model, ids, 1, resume=history)
            later.loss[0] = lambda: "which no file can hold"
            failed = False
            try:
                save_checkpoint(path, model, later)
            except Exception:
                failed = True
            try:
                loaded = [float(x) for x in load_checkpoint(path)[1].loss]
            except Exception as problem:
                loaded = type(problem).__name__
        return before, loaded, failed

    before, loaded, failed = student(probe, size=SIZE, ids=SAME)
    if failed:  # a history whose lists are made anew when asked for cannot be spoiled like this
        assert_equal(loaded, before, what="losses in the file after a failed attempt to replace it")
    else:
        assert_equal(len(loaded), 3, what="number of losses in the file")


@test_case(
    name="what train asks for",
    points=0.5,
    hidden=True,
    failure_message="The rate of step s of the whole run, with min_lr = max_lr / 10 and the end of "
    "the cosine at the last step of this call, unless they are given. Batches of block_size and "
    "batch_size. Validation on all of val_ids.",
)
def test_asks(student):
    def probe(GPT, GPTConfig, train, size, ids, val_ids, parts):
        import inspect

        import torch

        names = getattr(inspect.unwrap(train), "__globals__", {})
        asked, windows = [], []

        def rate(step, max_lr, min_lr, warmup, total):
            asked.append([step, max_lr, min_lr, warmup, total])
            return 1e-3 * (1 + step)

        def batch(ids, block_size, batch_size, generator=None):
            windows.append([len(ids), block_size, batch_size])
            return torch.tensor([list(ids[:block_size])] * batch_size), torch.tensor(
                [list(ids[1 : block_size + 1])] * batch_size
            )

        names["learning_rate"], names["get_batch"] = rate, batch
        torch.manual_seed(0)
        model, history = GPT(GPTConfig(**size)), None
        for steps in parts:
            given = {"val_ids": val_ids, "eval_every": sum(parts), "resume": history}
            history = train(model, ids, steps, batch_size=5, max_lr=0.02, **given)
        x, nats = torch.tensor([val_ids]), []
        with torch.no_grad():
            for s in range(0, len(val_ids) - 1, size["block_size"]):
                e = min(s + size["block_size"], len(val_ids) - 1)
                logp = model.eval()(x[:, s:e])[0][0].log_softmax(-1)
                nats.append(-logp.gather(1, x[0, s + 1 : e + 1, None]).mean().item())
        return asked, windows, list(history.lr), list(history.val_loss)[-1], sum(nats) / len(nats)

    val_ids = [4] * 8 + [1, 9, 3, 0, 7, 5, 2, 8, 10, 6, 1, 0, 9, 3]
    asked, windows, rates, val_loss, expected = student(
        probe, size=SIZE, ids=SAME, val_ids=val_ids, parts=[5, 3]
    )
    wanted = [[s, 0.02, 0.002, 100, 5 if s < 5 else 8] for s in range(8)]
    if asked:  # whoever writes the schedule out within train is judged by the rates alone
        unique = [a for i, a in enumerate(asked) if a not in asked[:i]]
        assert_equal(len(unique), 8, what="number of rates that were asked for")
        for got, want in zip(unique, wanted, strict=True):
            for x, y in zip(got, want, strict=True):
                assert_close(float(x), float(y), what="an argument of learning_rate")
        assert_equal([round(1e3 * r) for r in rates], list(range(1, 9)), what="1000 · history.lr")
    else:
        for got, (s, *_) in zip(rates, wanted, strict=True):
            expect(abs(got - 0.02 * (s + 1) / 101) < 4e-4, "the rate is not that of learning_rate")
    assert_equal(windows, [[60, 7, 5]] * 8, what="[len(ids), block_size, batch_size] of batches")
    # A mean over windows of one length; how the last place counts is q7's.
    assert_close(val_loss, expected, rtol=0.1, what="the loss on all of val_ids")
