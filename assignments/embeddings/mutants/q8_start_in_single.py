"""A map that begins in single precision is returned in it."""

question = "q8"


_tsne = tsne


def tsne(p, rng, *rest, **more):
    y, kl = _tsne(p, rng, *rest, **more)
    start = more.get("start")
    return (
        (y.astype(np.float32), kl)
        if start is not None and np.asarray(start).dtype == np.float32
        else (y, kl)
    )
