"""Turned along the heads instead of along the places."""

question = "q3"


def rotate(x):
    t, d = x.shape[1], x.shape[3]
    frequency = 10_000 ** (-torch.arange(d // 2) / (d // 2))
    angle = torch.outer(torch.arange(t), frequency).to(x.dtype)[:, None]
    a, b = x[..., : d // 2], x[..., d // 2 : 2 * (d // 2)]
    turned = [a * angle.cos() - b * angle.sin(), a * angle.sin() + b * angle.cos()]
    return torch.cat([*turned, x[..., 2 * (d // 2) :]], dim=-1)
