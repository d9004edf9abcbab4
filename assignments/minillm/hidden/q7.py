"""Evaluation: every token once, and quality against steps."""

import math

import numpy as np

from autograder.checks import assert_close, assert_equal, expect, test_case

OK_FORMAT = False
name = "q7 (hidden)"
points = 5


def logits_of(table, ids):
    """What the model of the probe answers for one window: logits depend on place and token."""
    places = np.arange(len(ids))[:, None]
    return np.array(table)[ids] * (1 + 0.5 * places)


def probe_evaluate(evaluate, table, block, texts, options):
    import torch

    class Model(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.table = torch.nn.Parameter(torch.tensor(table))
            size = {"vocab_size": len(table), "block_size": block, "n_layer": 1}
            self.config = type("Config", (), {**size, "n_head": 1, "n_embd": 1, "dropout": 0.5})()

        def forward(self, ids, targets=None):
            modes.append([self.training, torch.is_grad_enabled()])
            if ids.shape[1] > block:
                raise ValueError("the window is longer than block_size")
            places = torch.arange(ids.shape[1])[:, None]
            logits = self.table[ids] * (1 + 0.5 * places)
            if targets is None:
                return logits, None
            return logits, torch.nn.functional.cross_entropy(
                logits.flatten(0, 1), targets.flatten()
            )

    found, modes, after = [], [], []
    for i, ids in enumerate(texts):
        model = Model().train(i % 2 == 0)
        found.append([float(x) for x in evaluate(model, ids, **options)])
        after.append(model.training == (i % 2 == 0))
    return found, modes, after


def nats_of(table, block, ids):
    """All nats together, over windows that begin at 0 and do not overlap."""
    total = 0.0
    for s in range(0, len(ids) - 1, block):
        x, y = ids[s : s + block], ids[s + 1 : s + block + 1]
        z = logits_of(table, x[: len(y)])
        total += float((np.log(np.exp(z).sum(-1)) - z[np.arange(len(y)), y]).sum())
    return total


def make(v, lengths, seed):
    rng = np.random.default_rng(seed)
    return rng.standard_normal((v, v)).tolist(), [rng.integers(0, v, n).tolist() for n in lengths]


@test_case(
    name="every token but the first, exactly once",
    points=1.5,
    hidden=True,
    failure_message="Windows begin at 0 and do not overlap; the last may be shorter, down to a "
    "single token; a text may be shorter than a window. The mean is over all predicted tokens.",
)
def test_windows(student):
    block = 5
    table, texts = make(6, [2, 3, 5, 6, 7, 10, 11, 12, 23, 1000], 1)
    found, _, _ = student(probe_evaluate, table=table, block=block, texts=texts, options={})
    for ids, (loss, perplexity, bits) in zip(texts, found, strict=True):
        expected = nats_of(table, block, ids) / (len(ids) - 1)
        assert_close(loss, expected, rtol=1e-4, what="loss")  # float32 sums
        assert_close(perplexity, math.exp(expected), rtol=1e-3, what="perplexity")
        assert_close(bits, expected / math.log(2), rtol=1e-4, what="bits per character")


@test_case(
    name="bits per character are not bits per token",
    points=1,
    hidden=True,
    failure_message="Given the number of characters, bits are all nats / ln 2 / characters; loss "
    "and perplexity stay per token.",
)
def test_characters(student):
    table, texts = make(9, [41], 2)
    options = {"characters": 173}
    ((loss, perplexity, bits),), _, _ = student(
        probe_evaluate, table=table, block=8, texts=texts, options=options
    )
    nats = nats_of(table, 8, texts[0])
    assert_close(loss, nats / 40, rtol=1e-4, what="loss")
    assert_close(perplexity, math.exp(nats / 40), rtol=1e-3, what="perplexity")
    assert_close(bits, nats / math.log(2) / 173, rtol=1e-4, what="bits per character")


@test_case(
    name="modes",
    points=0.5,
    hidden=True,
    failure_message="While evaluating: dropout off, no gradients. Afterwards: the mode in which "
    "the model was, train or eval. Ids may be an array.",
)
def test_modes(student):
    table, texts = make(4, [30, 30, 8], 3)
    texts = [texts[0], np.array(texts[1], dtype=np.uint16), texts[2]]
    _, modes, after = student(probe_evaluate, table=table, block=4, texts=texts, options={})
    expect(all(mode == [False, False] for mode in modes), "dropout or gradients were on")
    expect(all(after), "the model's mode was not restored")


@test_case(
    name="the picture",
    points=1,
    hidden=True,
    failure_message="A Figure with labelled axes, a line for the training loss over all steps, "
    "and one for the validation loss with its own steps, if there is any.",
)
def test_plot(student):
    def probe(plot_history, lists):
        import types

        figure = plot_history(types.SimpleNamespace(**lists, optimizer=None, generator=None))
        axes = figure.axes[0]
        figure.savefig("plot.png", dpi=40)
        lines = []
        for a in figure.axes:
            for line in a.get_lines():
                x, y = line.get_xdata(), line.get_ydata()
                lines.append([[float(v) for v in x], [float(v) for v in y]])
            for c in a.collections:
                points = c.get_offsets()
                lines.append([[float(p[0]) for p in points], [float(p[1]) for p in points]])
        return type(figure).__name__, axes.get_xlabel(), axes.get_ylabel(), lines

    one = {"step": [0], "loss": [2.0], "lr": [0.1], "val_step": [], "val_loss": []}
    assert_equal(student(probe, lists=one)[0], "Figure", what="kind of result for one step")
    rng = np.random.default_rng(4)
    steps = list(range(50))
    loss = (3 * np.exp(-0.05 * np.arange(50)) + 0.1 * rng.random(50)).tolist()
    lists = {"step": steps, "loss": loss, "lr": [0.1] * 50}
    for val_step, val_loss in (([20, 40], [2.125, 0.875]), ([], [])):
        kind, x, y, lines = student(
            probe, lists={**lists, "val_step": val_step, "val_loss": val_loss}
        )
        assert_equal(kind, "Figure", what="kind of result")
        expect(x.strip() != "" and y.strip() != "", "an axis has no label")
        longest = max((line for line in lines), key=lambda line: len(line[0]), default=[[], []])
        # A smoothed line is welcome; it begins high, ends low, and spans most of the run.
        expect(len(longest[0]) >= 5, "no line has the training losses")
        expect(max(longest[0]) - min(longest[0]) >= 35, "the training line does not span the run")
        expect(longest[1][0] > 1.8 and longest[1][-1] < 1.3, "the training line is not the loss")
        if val_step:
            drawn = [
                li for li in lines if len(li[1]) == 2 and np.allclose(li, [val_step, val_loss])
            ]
            expect(len(drawn) >= 1, "the validation losses are not drawn")


@test_case(
    name="samples over time",
    points=0.5,
    hidden=True,
    failure_message="One entry per mark: the number of updates, the loss on the held-out ids "
    "after them, and a sample that begins with the prompt. 0 is the untrained model.",
)
def test_samples(student):
    def probe(GPT, GPTConfig, samples_over_time, size, ids, marks, prompt, n, val_ids):
        import inspect

        import torch

        def likely(model, ids, n, *knobs, **more):
            """The most probable continuation: a mistake in q6 is not to count twice."""
            ids = [int(i) for i in ids]
            with torch.no_grad():
                for _ in range(n):
                    window = torch.tensor([ids[-size["block_size"] :]])
                    ids.append(int(model(window)[0][0, -1].argmax()))
            return torch.tensor(ids)

        getattr(inspect.unwrap(samples_over_time), "__globals__", {})["sample"] = likely
        torch.manual_seed(1)
        model = GPT(GPTConfig(**size))
        found = samples_over_time(
            model,
            ids,
            marks,
            prompt,
            n,
            val_ids=val_ids,
            temperature=0.5,
            max_lr=1e-2,
            warmup=3,
            generator=torch.Generator().manual_seed(2),
            batch_size=8,
        )
        x, y = torch.tensor([val_ids[:-1]]), torch.tensor(val_ids[1:])
        ends = []
        torch.manual_seed(1)
        with torch.no_grad():
            for each in (GPT(GPTConfig(**size)), model):
                logits = each.eval()(x)[0][0]
                ends.append(torch.nn.functional.cross_entropy(logits, y).item())
        return [(int(s), float(loss), [int(i) for i in drawn]) for s, loss, drawn in found], ends

    size = {"vocab_size": 8, "block_size": 16, "n_layer": 1, "n_head": 2, "n_embd": 24}
    ids = [4] * 150
    found, (start, last) = student(
        probe, size=size, ids=ids, marks=[0, 5, 40], prompt=[4, 4], n=6, val_ids=[4] * 17
    )
    assert_equal([step for step, _, _ in found], [0, 5, 40], what="steps")
    losses = [loss for _, loss, _ in found]
    expect(losses[2] < losses[1] < losses[0], "the losses do not fall from mark to mark")
    assert_close(losses[0], start, rtol=1e-3, atol=1e-4, what="loss of the untrained model")
    assert_close(losses[2], last, rtol=1e-3, atol=1e-4, what="loss at the last mark")
    for _, _, drawn in found:
        assert_equal(drawn[:2], [4, 4], what="beginning of a sample")
        assert_equal(len(drawn), 8, what="length of a sample")
    expect(
        all(i == 4 for i in found[-1][2]), "the trained model does not write what it has learned"
    )


@test_case(
    name="what samples over time asks for",
    points=0.5,
    hidden=True,
    failure_message="The model is trained without interruption, on one cosine up to the last mark, "
    "unless a total is given; all other options reach train; the generator serves train and "
    "sample, the temperature sample. Without val_ids the loss is that on ids.",
)
def test_asks(student):
    def probe(samples_over_time, marks, seed, options):
        import inspect
        import types

        import torch

        names = getattr(inspect.unwrap(samples_over_time), "__globals__", {})
        given = torch.Generator().manual_seed(seed)
        trained, sampled, judged = [], [], []

        def train(model, ids, steps, batch_size=12, max_lr=1e-3, min_lr=None, warmup=100,
                  total=None, weight_decay=0.1, betas=(0.9, 0.99), clip=1.0, generator=None,
                  val_ids=None, eval_every=0, resume=None):  # fmt: skip
            done = list(resume.step) if resume is not None else []
            end = len(done) + steps if total is None else total
            if steps:
                trained.append([len(done), steps, end, max_lr, generator is given])
            steps = [*done, *range(len(done), len(done) + steps)]
            rest = {"loss": [1.0] * len(steps), "lr": [0.1] * len(steps), "val_step": []}
            return types.SimpleNamespace(
                step=steps, **rest, val_loss=[], optimizer={}, generator=given.get_state()
            )

        def sample(model, ids, n, temperature=1.0, top_k=None, top_p=None, generator=None):
            sampled.append([temperature, generator is given])
            return torch.tensor([*ids, *[0] * n])

        def evaluate(model, ids, characters=None):
            judged.append(len(ids))
            return 2.0, 7.4, 2.9

        names["train"], names["sample"], names["evaluate"] = train, sample, evaluate
        samples_over_time(
            torch.nn.Linear(1, 1), [0, 1] * 10, marks, [1], 3, temperature=0.7, generator=given,
            max_lr=0.5, **options
        )  # fmt: skip
        return trained, sampled, judged

    trained, sampled, judged = student(probe, marks=[0], seed=3, options={})
    assert_equal([trained, len(sampled), judged], [[], 1, [20]], what="calls for the mark 0 alone")
    for options, end in (({}, 9), ({"total": 30}, 30)):
        trained, sampled, judged = student(probe, marks=[0, 4, 9], seed=3, options=options)
        assert_equal(
            trained, [[0, 4, end, 0.5, True], [4, 5, end, 0.5, True]], what="calls of train"
        )
        assert_equal(
            sampled, [[0.7, True]] * 3, what="[temperature, generator is served] of sample"
        )
        assert_equal(judged, [20] * 3, what="number of ids that are judged")
