"""Nodes hand on in the order in which they are found, some before all shares are there."""

question = "q2"


class Tensor(Tensor):
    def backward(self, grad=None):
        if grad is None:
            if self.data.size != 1:
                raise ValueError(f"grad is needed for a tensor of shape {self.shape}")
            grad = np.ones(self.shape)
        grad = np.asarray(grad, dtype=np.float64)
        gradients, queue, found = {self: grad}, [self], {self}
        for node in queue:
            g = gradients[node]
            values = [t.data for t in node._inputs]
            for t, rule in zip(node._inputs, node._rules):
                if t.requires_grad:
                    share = rule(g, node.data, *values)
                    share = share if share.shape == t.shape else _sum_to(share, t.shape)
                    gradients[t] = gradients[t] + share if t in gradients else share
                    if t not in found:
                        found.add(t)
                        queue.append(t)
        for leaf in found:
            if not leaf._inputs:
                g = gradients[leaf]
                leaf.grad = np.array(g) if leaf.grad is None else leaf.grad + g
