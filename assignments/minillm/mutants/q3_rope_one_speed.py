"""All pairs turn equally fast."""

question = "q3"


def rotate(x):
    t, d = x.shape[-2:]
    angle = torch.arange(t, device=x.device).to(x.dtype)[:, None]
    a, b = x[..., : d // 2], x[..., d // 2 : 2 * (d // 2)]
    turned = [a * angle.cos() - b * angle.sin(), a * angle.sin() + b * angle.cos()]
    return torch.cat([*turned, x[..., 2 * (d // 2) :]], dim=-1)
