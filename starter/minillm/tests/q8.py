"""The GPT in NumPy."""

import numpy as np

from autograder.checks import assert_array, assert_close, assert_equal, expect, test_case

OK_FORMAT = False
name = "q8"
points = 6
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

SIZE = {"vocab_size": 5, "block_size": 4, "n_layer": 2, "n_head": 2, "n_embd": 4}


# With the weights below: the logits after the last place for each kind of norm and of MLP (GELU:
# the exact one, and the one by tanh), for the texts IDS, and for texts of one token.
LOGITS = {
    ("layer", "relu2"): [
        [[0.3179, -1.1853, -0.0124, 1.1885, -0.2938], [1.975, 0.0951, -1.9996, 0.4201, 1.8913]]
    ],
    ("layer", "relu"): [
        [[0.1705, -1.1938, 0.1371, 1.1585, -0.4357], [0.673, 1.0339, -0.9394, -0.7918, 1.1434]]
    ],
    ("layer", "gelu"): [
        [[-0.0727, -1.1982, 0.3815, 1.0999, -0.6649], [0.3301, 1.092, -0.6115, -0.9344, 0.8523]],
        [[-0.073, -1.1982, 0.3818, 1.0998, -0.6652], [0.3298, 1.092, -0.6112, -0.9345, 0.852]],
    ],
    ("layer", "silu"): [
        [[-0.2925, -1.1919, 0.5997, 1.0374, -0.867], [0.1392, 1.1154, -0.4267, -1.0055, 0.6858]]
    ],
    ("layer", "swiglu"): [
        [[-0.1575, -1.1986, 0.4663, 1.0784, -0.7442], [1.1518, 0.9007, -1.3839, -0.544, 1.5241]]
    ],
    ("rms", "relu2"): [
        [[0.3921, -1.0961, -0.1096, 1.1243, -0.1801], [-0.0182, 0.5528, -0.1243, -0.5208, 0.2585]]
    ],
    ("rms", "relu"): [
        [[-0.0752, -1.1213, 0.3641, 1.0275, -0.6289], [-0.2676, 0.6502, 0.1001, -0.676, 0.0741]]
    ],
    ("rms", "gelu"): [
        [[-0.3276, -1.1267, 0.618, 0.9675, -0.8673], [-0.4118, 0.6548, 0.2431, -0.7175, -0.0582]],
        [[-0.3279, -1.1267, 0.6182, 0.9674, -0.8675], [-0.4119, 0.6548, 0.2431, -0.7175, -0.0583]],
    ],
    ("rms", "silu"): [
        [[-0.5862, -1.1196, 0.8747, 0.8942, -1.1051], [-0.4553, 0.6606, 0.2851, -0.734, -0.096]]
    ],
    ("rms", "swiglu"): [
        [[-0.1125, -1.0892, 0.3932, 0.9879, -0.6477], [-0.513, 0.6269, 0.3514, -0.7175, -0.1666]]
    ],
}
ONE = {
    ("layer", "relu2"): [
        [[0.2092, -1.1783, 0.0945, 1.154, -0.3918], [-0.0827, -1.1755, 0.3856, 1.0761, -0.663]]
    ],
    ("layer", "relu"): [
        [[0.3751, -1.1682, -0.0741, 1.1873, -0.2319], [0.6261, -1.1411, -0.3321, 1.2267, 0.016]]
    ],
    ("layer", "gelu"): [
        [[0.1673, -1.1758, 0.1357, 1.1409, -0.4297], [0.3637, -1.1612, -0.0645, 1.1778, -0.239]],
        [[0.1671, -1.1758, 0.1359, 1.1408, -0.4299], [0.3635, -1.1612, -0.0643, 1.1778, -0.2392]],
    ],
    ("layer", "silu"): [
        [[0.0012, -1.175, 0.3016, 1.0973, -0.5843], [0.2031, -1.1654, 0.0972, 1.1404, -0.391]]
    ],
    ("layer", "swiglu"): [
        [[-0.1061, -1.1824, 0.4108, 1.0765, -0.6882], [-0.1258, -1.1764, 0.429, 1.0658, -0.7036]]
    ],
    ("rms", "relu2"): [
        [[0.1941, -1.1083, 0.0915, 1.0847, -0.3711], [0.473, -0.5213, -0.3386, 0.6085, 0.1818]]
    ],
    ("rms", "relu"): [
        [[0.1826, -1.1183, 0.1055, 1.0911, -0.3867], [0.9001, -0.4399, -0.7868, 0.6427, 0.6212]]
    ],
    ("rms", "gelu"): [
        [[-0.0492, -1.1273, 0.3397, 1.0397, -0.6076], [0.7666, -0.4405, -0.6531, 0.6088, 0.4962]],
        [[-0.0495, -1.1273, 0.3399, 1.0397, -0.6079], [0.7666, -0.4405, -0.6531, 0.6088, 0.4963]],
    ],
    ("rms", "silu"): [
        [[-0.2279, -1.1288, 0.5188, 0.9951, -0.7752], [0.7354, -0.4209, -0.6269, 0.5824, 0.4768]]
    ],
    ("rms", "swiglu"): [
        [[-0.1655, -1.0903, 0.4464, 0.9753, -0.6977], [1.2078, -0.4806, -1.0839, 0.76, 0.8881]]
    ],
}


def probe_names(GPT, GPTConfig, size):
    config = GPTConfig(**size)
    parts = ("tokens", "positions", "blocks", "norm")  # a further parameter is q3's affair
    every = {n: list(p.shape) for n, p in GPT(config).named_parameters()}
    shapes = {n: shape for n, shape in every.items() if n.split(".")[0] in parts}
    return shapes, config.norm, config.mlp


def probe_run(GPT, GPTConfig, NumpyGPT, size, values, ids, targets):
    """Logits, loss and gradients of NumpyGPT; a tied table may have a second name."""
    import numpy as np

    config = GPTConfig(**size)
    model, weights = GPT(config), {}
    owner = {p.data_ptr(): n for n, p in model.named_parameters()}
    for n, w in model.state_dict().items():
        known = owner.get(w.data_ptr())
        weights[n] = values.get(known, w.numpy())
    plain = NumpyGPT(weights, config)
    logits = plain.forward(np.array(ids))
    if targets is None:
        return logits
    loss, grads = plain.loss_and_grads(np.array(ids), np.array(targets))
    return logits, float(loss), dict(grads)


def waves(student, size):
    """Weights that are waves; gains around 1, biases of 0. Only four numbers within each MLP are in
    use, so that its width makes no difference."""
    shapes, norm, mlp = student(probe_names, size=size)
    values = {}
    for key, shape in shapes.items():
        rows, columns = np.arange(shape[0])[:, None], np.arange(shape[-1])
        w = np.cos(1.7 * rows + 0.9 * columns + sum(map(ord, key)))
        if len(shape) == 1:
            w = 1 + w[0] / 4 if key.endswith("weight") else 0 * w[0]
        elif ".mlp." in key:
            w[4 * ("down" not in key) or len(w) :], w[:, 4:] = 0, 0
        values[key] = w
    return values, (norm, mlp)


IDS, TARGETS = [[3, 1, 4], [1, 0, 2]], [[1, 4, 1], [0, 2, 2]]


@test_case(
    name="the same logits",
    points=2.5,
    failure_message="NumpyGPT gets the weights by the names of q3 and should give the logits of "
    "your torch model with these weights. Compare the two, piece by piece, to see where they part.",
)
def test_forward(student):
    values, kind = waves(student, SIZE)
    got = student(probe_run, size=SIZE, values=values, ids=IDS, targets=None)
    assert_equal(got.shape, (2, 3, 5), what="shape of the logits")
    expect(kind in LOGITS, f"GPTConfig declares {kind}, of which this test knows nothing")
    ways = [np.array(way) for way in LOGITS[kind]]
    way = min(ways, key=lambda way: float(np.abs(got[:, -1] - way).max()))
    assert_array(got[:, -1], way, rtol=2e-3, atol=2e-3, what="logits after the last place")


@test_case(
    name="one token",
    points=1,
    failure_message="A single token looks only at itself. If this passes and the case before "
    "fails, look at the mask, the positions and the heads.",
)
def test_small(student):
    values, kind = waves(student, {**SIZE, "n_head": 1})
    together = student(probe_run, size=SIZE, values=values, ids=[[3], [1]], targets=None)
    assert_equal(together.shape, (2, 1, 5), what="shape of the logits")
    ways = [np.array(way) for way in ONE[kind]]
    way = min(ways, key=lambda way: float(np.abs(together[:, 0] - way).max()))
    assert_array(together[:, 0], way, rtol=2e-3, atol=2e-3, what="logits after one token")


@test_case(
    name="the loss (bonus)",
    points=1,
    failure_message="loss_and_grads returns the mean cross-entropy over all places, and a dict "
    "with one array for each parameter, of its shape.",
)
def test_loss(student):
    values, _ = waves(student, SIZE)
    shapes = {key: w.shape for key, w in values.items()}
    logits, loss, grads = student(probe_run, size=SIZE, values=values, ids=IDS, targets=TARGETS)
    right = np.take_along_axis(logits, np.array(TARGETS)[..., None], 2)[..., 0]
    assert_close(loss, float((np.log(np.exp(logits).sum(-1)) - right).mean()), what="loss")
    assert_equal(
        {key: np.shape(grads.get(key)) for key in shapes}, shapes, what="shapes of gradients"
    )


@test_case(
    name="the slope (bonus)",
    points=1.5,
    failure_message="A small step along a parameter's gradient changes the loss by as much as the "
    "gradient says. The message names the parameter; begin with the one nearest to the logits.",
)
def test_slope(student):
    values, _ = waves(student, SIZE)

    def loss_at(key, step):
        moved = {**values, key: values[key] + step}
        return student(probe_run, size=SIZE, values=moved, ids=IDS, targets=TARGETS)[1]

    grads = student(probe_run, size=SIZE, values=values, ids=IDS, targets=TARGETS)[2]
    order = ("norm.weight", "blocks.1.mlp.down.weight", "blocks.0.attention.qkv.weight")
    for key in (*order, "blocks.0.norm1.weight", "positions.weight", "tokens.weight"):
        along = np.sin(np.arange(values[key].size)).reshape(values[key].shape)
        slope = (loss_at(key, 1e-5 * along) - loss_at(key, -1e-5 * along)) / 2e-5
        found = float((grads[key] * along).sum())
        assert_close(found, slope, rtol=1e-4, atol=1e-7, what=f"slope along the gradient of {key}")
