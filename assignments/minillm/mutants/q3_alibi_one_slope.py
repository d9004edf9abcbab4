"""All heads forget equally fast."""

question = "q3"


def alibi(n_head, t, like):
    places = torch.arange(t, device=like.device)
    return (0.5 * (places[None, :] - places[:, None])).to(like.dtype).expand(n_head, t, t)
