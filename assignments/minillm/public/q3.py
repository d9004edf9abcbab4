"""GPT."""

import math

from autograder.checks import (
    assert_array,
    assert_close,
    assert_equal,
    assert_raises,
    expect,
    test_case,
)

OK_FORMAT = False
name = "q3"
points = 6
hints = [
    "Write three small modules: attention, MLP, and a block that holds both and adds what they "
    "find. Print the shape after each line until it is what the handout says.",
    "Queries, keys and values: one Linear from C to 3C, then `.view(B, T, 3, H, C // H)` and "
    "`.permute(2, 0, 3, 1, 4)`; F.scaled_dot_product_attention(q, k, v, is_causal=True); back "
    "with `.transpose(1, 2).reshape(B, T, C)`.",
    "Tied: no second Linear, but `F.linear(x, self.tokens.weight)`. Start: `nn.init.normal_(p, "
    "std=0.02)` for every matrix and both tables.",
]

SIZE = {"vocab_size": 29, "block_size": 12, "n_layer": 2, "n_head": 3, "n_embd": 24}


def probe_forward(GPT, GPTConfig, size, ids, targets):
    import torch

    torch.manual_seed(0)
    model = GPT(GPTConfig(**size)).eval()
    with torch.no_grad():
        logits, none = model(torch.tensor(ids))
        again, loss = model(torch.tensor(ids), torch.tensor(targets))
    return logits.numpy(), none is None, again.numpy(), loss.item(), model.config.n_embd


IDS = [[3, 1, 4, 1, 5, 9, 2], [6, 5, 3, 5, 8, 9, 7]]
TARGETS = [[1, 4, 1, 5, 9, 2, 6], [5, 3, 5, 8, 9, 7, 9]]


@test_case(
    name="logits and loss",
    points=1.5,
    failure_message="logits are (B, T, V), T may be shorter than block_size; the loss is None "
    "without targets, and otherwise the mean over all places.",
)
def test_forward(student):
    logits, none, again, loss, width = student(probe_forward, size=SIZE, ids=IDS, targets=TARGETS)
    assert_equal(logits.shape, (2, 7, 29), what="shape of the logits")
    expect(none, "without targets the second result should be None")
    assert_equal(width, 24, what="model.config.n_embd")
    assert_array(again, logits, rtol=1e-5, atol=1e-6, what="logits with targets")
    log_sum = [
        [math.log(sum(math.exp(z) for z in place)) for place in row] for row in logits.tolist()
    ]
    nats = [
        log_sum[b][t] - logits[b, t, TARGETS[b][t]] for b in range(2) for t in range(7)
    ]  # float32 sums, so no more than five digits
    assert_close(loss, sum(nats) / 14, rtol=1e-4, what="loss")


@test_case(
    name="a beginner knows nothing",
    points=1,
    failure_message="The loss of a new model is ln V. Much more means that the tables or matrices "
    "start too large: nn.Embedding's own start has standard deviation 1.",
)
def test_start(student):
    *_, loss, _ = student(probe_forward, size=SIZE, ids=IDS, targets=TARGETS)
    expect(abs(loss - math.log(29)) < 0.5, f"the loss of a new model is {loss:.2f}, ln V is 3.37")


@test_case(
    name="no looking ahead",
    points=1.5,
    failure_message="Changing a token must not change the logits before it.",
)
def test_causal(student):
    def probe(GPT, GPTConfig, size, ids, at, other):
        import torch

        torch.manual_seed(0)
        model = GPT(GPTConfig(**size)).eval()
        x = torch.tensor(ids)
        with torch.no_grad():
            for p in model.parameters():
                p.add_(0.1 * torch.randn(p.shape))
            before = model(x)[0]
            x[:, at] = other
            return (model(x)[0] - before).abs().amax(dim=(0, 2)).numpy()

    change = student(probe, size=SIZE, ids=IDS, at=5, other=20)
    expect(float(change[:5].max()) < 1e-5, "changing token 5 has changed logits before it")
    expect(float(change[5:].min()) > 1e-4, "changing token 5 has not changed the logits from 5 on")


@test_case(
    name="parameters counted",
    points=1,
    failure_message="parameter_count must agree with the model that you build; the tied table is "
    "one parameter and counts once.",
)
def test_count(student):
    def probe(GPT, GPTConfig, parameter_count, size):
        config = GPTConfig(**size)
        return parameter_count(config), sum(p.numel() for p in GPT(config).parameters())

    counted, built = student(probe, size=SIZE)
    assert_equal(counted, built, what="parameter_count(config)")


@test_case(
    name="sizes that do not fit",
    points=1,
    failure_message="ValueError, if n_head does not divide n_embd, or if T > block_size.",
)
def test_errors(student):
    sizes = {**SIZE, "n_head": 5}
    assert_raises(ValueError, student, probe_forward, size=sizes, ids=IDS, targets=TARGETS)
    long = [[1] * 13]
    assert_raises(ValueError, student, probe_forward, size=SIZE, ids=long, targets=long)
