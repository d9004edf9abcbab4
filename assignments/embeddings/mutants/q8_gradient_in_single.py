"""The gradient of a float32 map is float32."""

question = "q8"


_tsne_gradient = tsne_gradient


def tsne_gradient(p, y):
    kl, g = _tsne_gradient(p, y)
    return (kl, g.astype(np.float32)) if np.asarray(y).dtype == np.float32 else (kl, g)
