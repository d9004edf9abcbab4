"""Training and checkpoints."""

from autograder.checks import assert_array, assert_close, assert_equal, expect, test_case

OK_FORMAT = False
name = "q5"
points = 7
hints = [
    "The order inside a step: set the rate in every `optimizer.param_groups`, batch, loss, "
    "zero_grad, backward, clip, step. Which of them have you left out?",
    "Two groups of parameters for torch.optim.AdamW: one with `weight_decay`, one with 0. Tables "
    "are the weights of `nn.Embedding`s; vectors have `p.ndim < 2`.",
    "Keep `copy.deepcopy(optimizer.state_dict())` and `generator.get_state()` in the History; on "
    "resume give them to `load_state_dict` and `set_state`. A deep copy, because the optimiser "
    "goes on writing into its own tensors.",
]

SIZE = {"vocab_size": 12, "block_size": 8, "n_layer": 1, "n_head": 2, "n_embd": 16}
IDS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] * 20


@test_case(
    name="the loss falls",
    points=2.5,
    failure_message="0, 1, …, 11, 0, 1, … is easy to learn: after 60 steps at rate 0.01 the loss "
    "should be below half of what it was.",
)
def test_learns(student):
    def probe(GPT, GPTConfig, train, size, ids):
        import torch

        torch.manual_seed(0)
        model = GPT(GPTConfig(**size))
        history = train(
            model,
            ids,
            60,
            batch_size=8,
            max_lr=0.01,
            warmup=5,
            generator=torch.Generator().manual_seed(0),
        )
        return list(history.step), list(history.loss), list(history.lr)

    steps, losses, rates = student(probe, size=SIZE, ids=IDS)
    assert_equal([len(steps), len(losses), len(rates)], [60] * 3, what="entries of step, loss, lr")
    expect(steps == list(range(60)) or steps == list(range(1, 61)), f"steps are {steps[:3]} …")
    expect(losses[-1] < 0.5 * losses[0], f"the loss went from {losses[0]:.2f} to {losses[-1]:.2f}")
    expect(0.005 < max(rates) < 0.010001, f"the largest rate is {max(rates):.4g}, not near 0.01")


@test_case(
    name="a checkpoint",
    points=2,
    failure_message="load_checkpoint builds the model anew from its configuration and gives it "
    "the weights: the logits are the same. The history comes with it.",
)
def test_checkpoint(student):
    def probe(GPT, GPTConfig, train, save_checkpoint, load_checkpoint, size, ids):
        import os
        import tempfile

        import torch

        model = GPT(GPTConfig(**size))
        history = train(model, ids, 4, generator=torch.Generator().manual_seed(0))
        with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
            path = os.path.join(folder, "model.pt")
            save_checkpoint(path, model, history)
            loaded, again = load_checkpoint(path)
        x = torch.tensor([ids[:8]])
        with torch.no_grad():
            logits = [m.eval()(x)[0].numpy() for m in (model, loaded)]
        return logits, list(history.loss), list(again.loss), loaded.config.n_embd

    (before, after), losses, again, width = student(probe, size=SIZE, ids=IDS)
    assert_array(after, before, rtol=1e-6, atol=1e-7, what="logits of the loaded model")
    assert_equal(again, losses, what="losses in the loaded history")
    assert_equal(width, 16, what="config.n_embd of the loaded model")


@test_case(
    name="going on",
    points=1.5,
    failure_message="train(…, resume=history) counts on: 3 steps and 2 more are 5, and with the "
    "same total the rates are those of one run.",
)
def test_resume(student):
    def probe(GPT, GPTConfig, train, size, ids):
        import torch

        torch.manual_seed(0)
        model = GPT(GPTConfig(**size))
        options = {"max_lr": 1e-2, "warmup": 2, "total": 5}
        first = train(model, ids, 3, generator=torch.Generator().manual_seed(0), **options)
        both = train(model, ids, 2, resume=first, **options)
        torch.manual_seed(0)
        model = GPT(GPTConfig(**size))
        one = train(model, ids, 5, generator=torch.Generator().manual_seed(0), **options)
        return list(both.lr)[-2:], list(one.lr)[-2:], list(both.step)[-2:], list(one.step)[-2:]

    rates, expected, steps, expected_steps = student(probe, size=SIZE, ids=IDS)
    assert_equal(steps, expected_steps, what="steps of the second part")
    for got, want in zip(rates, expected, strict=True):
        assert_close(got, want, what="rate in the second part")


@test_case(
    name="validation",
    points=1,
    failure_message="With eval_every = 4 and 10 updates the model is judged on val_ids after 4 and "
    "after 8 updates (and before the first, if you like); val_step says after how many.",
)
def test_validation(student):
    def probe(GPT, GPTConfig, train, size, ids):
        import torch

        torch.manual_seed(0)
        history = train(
            GPT(GPTConfig(**size)),
            ids,
            10,
            max_lr=0.01,
            warmup=2,
            val_ids=ids[:40],
            eval_every=4,
            generator=torch.Generator().manual_seed(0),
        )
        return list(history.val_step), [float(x) for x in history.val_loss]

    steps, losses = student(probe, size=SIZE, ids=IDS)
    expect(steps in ([4, 8], [0, 4, 8]), f"val_step is {steps}")
    assert_equal(len(losses), len(steps), what="number of validation losses")
    expect(losses[-1] < losses[0], "the validation loss has not fallen")
