"""Results in between keep their gradients, and a second walk starts with those."""

question = "q2"


class Tensor(Tensor):
    def backward(self, grad=None):
        if grad is None:
            if self.data.size != 1:
                raise ValueError(f"grad is needed for a tensor of shape {self.shape}")
            grad = np.ones(self.shape)
        kept = vars(self).setdefault("_kept", np.zeros(self.shape))
        self._kept = kept + np.asarray(grad, dtype=np.float64)
        for node in _latest_first(self):
            values = [t.data for t in node._inputs]
            for t, rule in zip(node._inputs, node._rules):
                if t.requires_grad:
                    share = rule(node._kept, node.data, *values)
                    share = share if share.shape == t.shape else _sum_to(share, t.shape)
                    if t._inputs:
                        t._kept = vars(t).get("_kept", 0.0) + share
                    else:
                        t.grad = np.array(share) if t.grad is None else t.grad + share
        if not self._inputs and self.requires_grad:
            self.grad = np.array(grad, dtype=np.float64)
