"""A factor that was stretched gets a gradient of the shape of the product."""

question = "q2"


class Tensor(Tensor):
    def __mul__(self, other):
        out = super().__mul__(other)
        out.as_it_is = True
        return out

    __rmul__ = __mul__

    def backward(self, grad=None):
        if grad is None:
            if self.data.size != 1:
                raise ValueError(f"grad is needed for a tensor of shape {self.shape}")
            grad = np.ones(self.shape)
        grad = np.asarray(grad, dtype=np.float64)
        gradients = {self: grad}
        for node in _latest_first(self):
            g = gradients.pop(node)
            values = [t.data for t in node._inputs]
            for t, rule in zip(node._inputs, node._rules):
                if t.requires_grad:
                    share = rule(g, node.data, *values)
                    if share.shape != t.shape and not hasattr(node, "as_it_is"):
                        share = _sum_to(share, t.shape)
                    gradients[t] = gradients[t] + share if t in gradients else share
        for leaf, g in gradients.items():
            leaf.grad = np.array(g) if leaf.grad is None else leaf.grad + g
