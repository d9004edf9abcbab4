"""Weights below 1e-12 count as no edge."""

question = "q2"


_laplacian = laplacian


def laplacian(w, kind):
    if not sp.issparse(w):
        w = np.array(w, dtype=float)
        w[(w > 0) & (w < 1e-12)] = 0
    return _laplacian(w, kind)
