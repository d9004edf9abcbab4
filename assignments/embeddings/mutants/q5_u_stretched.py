"""What einsum can stretch fits: one centre for many contexts."""

question = "q5"


def sgns_loss(v, u, noise):
    v, u = _table(v, "v"), np.asarray(u, dtype=np.float64)
    noise = np.asarray(noise, dtype=np.float64)
    if u.shape < v.shape:
        raise ValueError(f"u must have shape {v.shape}, not {u.shape}")
    if noise.ndim != 3 or noise[:, 0].shape != v.shape:
        raise ValueError(f"noise must have shape (n, k, d) with (n, d) = {v.shape}")
    seen = np.einsum("nd,nd->n", v, u)
    drawn = np.einsum("nd,nkd->nk", v, noise)
    loss = np.logaddexp(0, -seen) + np.logaddexp(0, drawn).sum(axis=1)
    # σ(s) = exp(-ln(1 + exp(-s))), which does not overflow.
    pull = -np.exp(-np.logaddexp(0, seen))[:, None]  # σ(seen) - 1
    push = np.exp(-np.logaddexp(0, -drawn))[:, :, None]
    dv = pull * u + (push * noise).sum(axis=1)
    return loss, dv, pull * v, push * v[:, None]
