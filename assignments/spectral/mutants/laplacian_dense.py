"""A sparse graph is made dense on the way."""

question = "q2"


_sparse_laplacian = laplacian


def laplacian(w, kind):
    if not sp.issparse(w):
        return _sparse_laplacian(w, kind)
    return sp.csr_array(_sparse_laplacian(w.toarray(), kind))
