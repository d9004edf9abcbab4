"""The root of d is divided by on the way forward only."""

question = "q3"


class AttentionHead(AttentionHead):
    def backward(self, grad_output):
        x, q, k, v, weights = self._last
        g = np.asarray(grad_output, x.dtype)
        dv = weights.swapaxes(-1, -2) @ g
        ds = weights * (
            g @ v.swapaxes(-1, -2) - (weights * (g @ v.swapaxes(-1, -2))).sum(-1, keepdims=True)
        )
        dq, dk = ds @ k, ds.swapaxes(-1, -2) @ q
        dx = dq @ self.wq.T + dk @ self.wk.T + dv @ self.wv.T
        rows = x.reshape(-1, x.shape[-1])
        return dx, *(rows.T @ d.reshape(-1, d.shape[-1]) for d in (dq, dk, dv))
