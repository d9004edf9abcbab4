"""Results and constants get a .grad too."""

question = "q2"


class Tensor(Tensor):
    def backward(self, grad=None):
        if grad is None:
            if self.data.size != 1:
                raise ValueError(f"grad is needed for a tensor of shape {self.shape}")
            grad = np.ones(self.shape)
        grad = np.asarray(grad, dtype=np.float64)
        gradients, every = {self: grad}, {self: grad}
        for node in _latest_first(self):
            g = gradients.pop(node)
            values = [t.data for t in node._inputs]
            for t, rule in zip(node._inputs, node._rules):
                share = rule(g, node.data, *values)
                share = share if share.shape == t.shape else _sum_to(share, t.shape)
                gradients[t] = gradients[t] + share if t in gradients else share
                every[t] = gradients[t]
        for node, g in every.items():
            node.grad = np.array(g) if node.grad is None else node.grad + g
