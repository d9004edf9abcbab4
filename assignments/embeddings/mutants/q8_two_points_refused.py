"""A map of two points is refused."""

question = "q8"


_tsne = tsne


def tsne(p, rng, *rest, **more):
    if len(p) == 2:
        raise ValueError("p")
    return _tsne(p, rng, *rest, **more)
