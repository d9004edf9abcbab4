"""The moral graph of all variables instead of that of the ancestors."""

question = "q8"


def d_separated(net, x, y, z):
    z = {_known(net, v) for v in z}
    _known(net, x), _known(net, y)
    neighbours = _moral_graph(net, net.states, without=z)
    reached, waiting = {x}, [x]
    while waiting:
        new = neighbours[waiting.pop()] - reached
        reached |= new
        waiting += new
    return y not in reached
