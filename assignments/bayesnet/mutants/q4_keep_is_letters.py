"""A single name to keep is taken apart into its letters."""

question = "q4"


def min_fill_order(net, keep):
    return _min_fill(_moral_graph(net, net.states), set(keep) & set(net.states))
