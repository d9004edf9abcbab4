"""What is kept is taken out of the graph first: its edges do not count."""

question = "q4"


def min_fill_order(net, keep):
    keep = {keep} if isinstance(keep, str) else set(keep)
    keep = {_known(net, v) for v in keep}
    return _min_fill(_moral_graph(net, net.states, keep), set())
