"""The graph is ordered by a recursive function."""

question = "q2"


class Tensor(Tensor):
    def backward(self, grad=None):
        if grad is None:
            if self.data.size != 1:
                raise ValueError(f"grad is needed for a tensor of shape {self.shape}")
            grad = np.ones(self.shape)
        grad = np.asarray(grad, dtype=np.float64)
        order, found = [], set()

        def visit(node):
            found.add(node)
            for t in node._inputs:
                if t not in found:
                    visit(t)
            order.append(node)

        visit(self)
        gradients = {self: grad}
        for node in reversed(order):
            if not node.requires_grad:
                continue
            g = gradients.pop(node)
            if not node._inputs:
                node.grad = np.array(g) if node.grad is None else node.grad + g
            values = [t.data for t in node._inputs]
            for t, rule in zip(node._inputs, node._rules):
                if t.requires_grad:
                    share = rule(g, node.data, *values)
                    share = share if share.shape == t.shape else _sum_to(share, t.shape)
                    gradients[t] = gradients[t] + share if t in gradients else share
