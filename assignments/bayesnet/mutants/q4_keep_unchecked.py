"""An unknown name to keep is ignored."""

question = "q4"


_right_min_fill_order = min_fill_order


def min_fill_order(net, keep):
    keep = [keep] if isinstance(keep, str) else keep
    return _right_min_fill_order(net, [v for v in keep if v in net.states])
