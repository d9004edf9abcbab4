"""The weights' gradients are summed over the first axis only."""

question = "q3"


class AttentionHead(AttentionHead):
    def backward(self, grad_output):
        x, q, k, v, weights = self._last
        g = np.asarray(grad_output, x.dtype)
        ds = g @ v.swapaxes(-1, -2)
        ds = weights * (ds - (weights * ds).sum(-1, keepdims=True)) / math.sqrt(q.shape[-1])
        dq, dk, dv = ds @ k, ds.swapaxes(-1, -2) @ q, weights.swapaxes(-1, -2) @ g
        dx = dq @ self.wq.T + dk @ self.wk.T + dv @ self.wv.T
        each = (x.swapaxes(-1, -2) @ d for d in (dq, dk, dv))
        return dx, *(d.sum(axis=0) if x.ndim > 2 else d for d in each)
