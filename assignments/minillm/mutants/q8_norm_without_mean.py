"""The backward pass of the norm forgets that the mean depends on x too."""

import numpy as np

question = "q8"


def _norm_backward(grad, gain, saved):
    x, scale = saved
    grad_gain = np.einsum("nc,nc->c", grad, x)
    grad = grad * gain
    along = np.einsum("nc,nc->n", grad, x)[:, None] / x.shape[1]
    return (grad - x * along) * scale, grad_gain
