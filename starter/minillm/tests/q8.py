"""The GPT in NumPy: the forward pass."""

from autograder.checks import assert_array, assert_close, assert_equal, test_case

OK_FORMAT = False
name = "q8"
points = 4
hints = [
    "Print `{name: w.shape for name, w in weights.items()}` and write your torch forward again, "
    "line by line. nn.Linear computes x @ weight.T (+ bias).",
    "Compare with torch after the tables, after the first norm, after the first attention …: the "
    "first difference is the mistake. nn.LayerNorm adds 1e-5 to the variance, which is a mean "
    "over C.",
    "Softmax: subtract the maximum of each row first. The mask: `np.triu(np.full((T, T), "
    "-np.inf), 1)` added to the scores. GELU, if you have it: nn.GELU() is the exact one, with "
    "erf.",
]

SIZE = {"vocab_size": 13, "block_size": 8, "n_layer": 2, "n_head": 2, "n_embd": 12}
IDS = [[3, 1, 4, 1, 5], [9, 2, 6, 5, 3]]


def probe_forward(GPT, GPTConfig, NumpyGPT, size, ids, targets):
    """Logits of both models, torch's cross-entropy, and the loss of NumPy's."""
    import numpy as np
    import torch

    torch.manual_seed(0)
    model = GPT(GPTConfig(**size)).eval()
    with torch.no_grad():
        for p in model.parameters():
            p.add_(0.2 * torch.randn(p.shape))
        logits = model(torch.tensor(ids))[0]
        loss = torch.nn.functional.cross_entropy(
            logits.flatten(0, 1), torch.tensor(targets).flatten()
        )
    weights = {name: w.numpy().copy() for name, w in model.state_dict().items()}
    plain = NumpyGPT(weights, model.config)
    found = plain.forward(np.array(ids))
    return found, logits.numpy(), loss.item(), plain


@test_case(
    name="the same logits",
    points=2,
    failure_message="NumpyGPT gets the weights of your own model by their names and should "
    "compute what your own model computes.",
)
def test_forward(student):
    found, logits, *_ = student(probe_forward, size=SIZE, ids=IDS, targets=IDS)
    assert_equal(found.shape, (2, 5, 13), what="shape of the logits")
    # Both in float32, each with its own order of sums.
    assert_array(found, logits, rtol=1e-3, atol=1e-3, what="logits")


@test_case(
    name="one layer, one head",
    points=1,
    failure_message="Smaller is easier to compare: is it the mask, the head split, or the norm?",
)
def test_small(student):
    size = {**SIZE, "n_layer": 1, "n_head": 1}
    found, logits, *_ = student(probe_forward, size=size, ids=[[2, 7]], targets=[[0, 0]])
    assert_array(found, logits, rtol=1e-3, atol=1e-3, what="logits")


@test_case(
    name="the loss (bonus)",
    points=1,
    failure_message="loss_and_grads returns the mean cross-entropy over all places, and a dict "
    "with one array for each parameter.",
)
def test_loss(student):
    def probe(GPT, GPTConfig, NumpyGPT, size, ids, targets):
        import numpy as np
        import torch

        torch.manual_seed(0)
        model = GPT(GPTConfig(**size)).eval()
        weights = {name: w.numpy().copy() for name, w in model.state_dict().items()}
        plain = NumpyGPT(weights, model.config)
        loss, grads = plain.loss_and_grads(np.array(ids), np.array(targets))
        model(torch.tensor(ids), torch.tensor(targets))[1].backward()
        used = {name: p for name, p in model.named_parameters() if p.grad is not None}
        shapes = {name: tuple(p.shape) for name, p in used.items()}
        got = {name: tuple(g.shape) for name, g in grads.items() if name in shapes}
        logits = plain.forward(np.array(ids)).astype(float)
        right = np.take_along_axis(logits, np.array(targets)[..., None], 2)[..., 0]
        return float(loss), float((np.log(np.exp(logits).sum(-1)) - right).mean()), got, shapes

    loss, expected, got, shapes = student(probe, size=SIZE, ids=IDS, targets=IDS[::-1])
    assert_close(loss, expected, rtol=1e-4, what="loss")
    assert_equal(got, shapes, what="shapes of the gradients")
