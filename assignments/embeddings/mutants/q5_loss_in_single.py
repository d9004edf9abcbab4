"""Losses and gradients of float32 vectors are float32."""

question = "q5"


_sgns_loss = sgns_loss


def sgns_loss(v, u, noise):
    found = _sgns_loss(v, u, noise)
    return (
        tuple(x.astype(np.float32) for x in found) if np.asarray(v).dtype == np.float32 else found
    )
