"""`p` has to be an array."""

question = "q8"


_tsne = tsne


def tsne(p, rng, *rest, **more):
    p.shape
    return _tsne(p, rng, *rest, **more)
