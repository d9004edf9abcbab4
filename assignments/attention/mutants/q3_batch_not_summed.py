"""Each text of a batch gets gradients of the weights of its own."""

question = "q3"


class AttentionHead(AttentionHead):
    def backward(self, grad_output):
        x, q, k, v, weights = self._last
        g = np.asarray(grad_output, x.dtype)
        dv = weights.swapaxes(-1, -2) @ g
        ds = weights * (
            g @ v.swapaxes(-1, -2) - (weights * (g @ v.swapaxes(-1, -2))).sum(-1, keepdims=True)
        )
        ds = ds * (1 / math.sqrt(q.shape[-1]))
        dq, dk = ds @ k, ds.swapaxes(-1, -2) @ q
        dx = dq @ self.wq.T + dk @ self.wk.T + dv @ self.wv.T
        return dx, *(x.swapaxes(-1, -2) @ d for d in (dq, dk, dv))
