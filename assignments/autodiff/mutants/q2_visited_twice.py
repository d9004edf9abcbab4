"""A node hands on all it has at each visit: shares that came early are handed on twice."""

question = "q2"


class Tensor(Tensor):
    def backward(self, grad=None):
        if grad is None:
            if self.data.size != 1:
                raise ValueError(f"grad is needed for a tensor of shape {self.shape}")
            grad = np.ones(self.shape)
        grad = np.asarray(grad, dtype=np.float64)
        totals, queue = {self: grad}, [self]
        while queue:
            node = queue.pop(0)
            values = [t.data for t in node._inputs]
            for t, rule in zip(node._inputs, node._rules):
                if t.requires_grad:
                    share = rule(totals[node], node.data, *values)
                    share = share if share.shape == t.shape else _sum_to(share, t.shape)
                    totals[t] = totals[t] + share if t in totals else share
                    if t not in queue:
                        queue.append(t)
                    if len(totals) > 200:
                        return
        for leaf, g in totals.items():
            if not leaf._inputs:
                leaf.grad = np.array(g) if leaf.grad is None else leaf.grad + g
