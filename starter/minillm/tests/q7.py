"""Evaluation."""

import math

from autograder.checks import assert_close, assert_equal, expect, test_case

OK_FORMAT = False
name = "q7"
points = 5
hints = [
    "`inputs, targets = ids[:-1], ids[1:]`, cut both into windows. All but the last have the same "
    "length, so they can go through the model in batches: `.view(-1, block_size)`.",
    "Add up nats with `F.cross_entropy(…, reduction='sum')` and divide once, by len(ids) − 1.",
    "samples_over_time is a loop over the marks: train(…, mark − done, resume=history), evaluate, "
    "sample. Give `total` to train, so that all parts lie on one cosine.",
]


def probe_uniform(evaluate, v, block, ids, options):
    """A model that knows nothing, and one that is sure that the next token is the same again."""
    import torch

    class Model(torch.nn.Module):
        def __init__(self, strength):
            super().__init__()
            self.strength = torch.nn.Parameter(torch.tensor(float(strength)))
            size = {"vocab_size": v, "block_size": block, "n_layer": 1}
            self.config = type("Config", (), {**size, "n_head": 1, "n_embd": 1, "dropout": 0.0})()

        def forward(self, ids, targets=None):
            logits = self.strength * torch.nn.functional.one_hot(ids, v).float()
            if targets is None:
                return logits, None
            return logits, torch.nn.functional.cross_entropy(
                logits.flatten(0, 1), targets.flatten()
            )

    return [evaluate(Model(s), ids, **options) for s in (0.0, 1.0986122886681098)]


@test_case(
    name="a model that knows nothing",
    points=1,
    failure_message="With V = 8 equally likely tokens: ln 8 nats, perplexity 8, 3 bits.",
)
def test_uniform(student):
    (loss, perplexity, bits), _ = student(
        probe_uniform, v=8, block=4, ids=[1, 2, 3, 4, 5, 6, 7], options={}
    )
    assert_close(loss, math.log(8), rtol=1e-6, what="loss")
    assert_close(perplexity, 8, rtol=1e-5, what="perplexity")
    assert_close(bits, 3, rtol=1e-6, what="bits per character")


@test_case(
    name="each token once",
    points=1.5,
    failure_message="7 tokens, block 4: 6 predictions, in windows of 4 and 2. A mean of the two "
    "windows' means is not the mean.",
)
def test_windows(student):
    # p(same) = 3/5, p(other) = 1/5 with V = 3. Two of six are the same, both in the last window.
    _, (loss, *_) = student(probe_uniform, v=3, block=4, ids=[0, 1, 2, 0, 1, 1, 1], options={})
    assert_close(loss, (4 * math.log(5) + 2 * math.log(5 / 3)) / 6, rtol=1e-6, what="loss")


@test_case(
    name="bits per character",
    points=1,
    failure_message="All nats in bits, divided by the characters, not by the tokens.",
)
def test_characters(student):
    (loss, _, bits), _ = student(
        probe_uniform, v=16, block=4, ids=[1, 2, 3, 4, 5], options={"characters": 10}
    )
    assert_close(loss, math.log(16), rtol=1e-6, what="loss")
    assert_close(bits, 1.6, rtol=1e-6, what="bits per character")


@test_case(
    name="a picture",
    points=1,
    failure_message="plot_history returns a Figure with labelled axes and the losses as a line.",
)
def test_plot(student):
    def probe(plot_history, lists):
        import types

        figure = plot_history(types.SimpleNamespace(**lists, optimizer=None, generator=None))
        axes = figure.axes[0]
        longest = max((len(line.get_xdata()) for line in axes.get_lines()), default=0)
        return type(figure).__name__, axes.get_xlabel(), axes.get_ylabel(), longest

    lists = {"step": list(range(20)), "loss": [3 - 0.1 * i for i in range(20)], "lr": [0.1] * 20}
    kind, x, y, longest = student(
        probe, lists={**lists, "val_step": [10, 20], "val_loss": [2.5, 2]}
    )
    assert_equal(kind, "Figure", what="kind of result")
    expect(x.strip() != "" and y.strip() != "", "label both axes")
    expect(longest >= 2, "no line is drawn")


@test_case(
    name="samples over time",
    points=0.5,
    failure_message="A list of (step, loss, ids), one for each mark; 0 is the untrained model; the "
    "ids are the prompt and n new ones.",
)
def test_samples(student):
    def probe(GPT, GPTConfig, samples_over_time, size, ids, marks, prompt, n):
        import inspect

        import torch

        def zeros(model, ids, n, *knobs, **more):  # a mistake in q6 is not to count twice
            return torch.tensor([*ids, *[0] * n])

        getattr(inspect.unwrap(samples_over_time), "__globals__", {})["sample"] = zeros
        torch.manual_seed(1)
        generator = torch.Generator().manual_seed(2)
        found = samples_over_time(
            GPT(GPTConfig(**size)),
            ids,
            marks,
            prompt,
            n,
            max_lr=1e-2,
            warmup=2,
            generator=generator,
        )
        return [(int(s), float(loss), [int(i) for i in drawn]) for s, loss, drawn in found]

    size = {"vocab_size": 6, "block_size": 8, "n_layer": 1, "n_head": 2, "n_embd": 16}
    found = student(probe, size=size, ids=[4] * 60, marks=[0, 20], prompt=[1, 4], n=5)
    assert_equal([step for step, _, _ in found], [0, 20], what="steps")
    expect(found[1][1] < found[0][1], "the loss has not fallen from mark 0 to mark 20")
    assert_equal([drawn[:2] for _, _, drawn in found], [[1, 4]] * 2, what="beginnings of samples")
    assert_equal([len(drawn) for _, _, drawn in found], [7, 7], what="lengths of samples")
