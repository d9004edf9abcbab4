"""`start` has to be an array."""

question = "q8"


_tsne = tsne


def tsne(p, rng, *rest, **more):
    start = more.get("start")
    if start is not None:
        start.shape
    return _tsne(p, rng, *rest, **more)
