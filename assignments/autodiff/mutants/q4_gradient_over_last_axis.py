"""The value of log_softmax goes along `axis`, its gradient along the last one."""

question = "q4"


def log_softmax(x, axis=-1):
    x = _tensor(x)

    def rule(g, out, a):
        return g - _exp(out) * g.sum(axis=-1, keepdims=True)

    return _op(_log_softmax(x.data, axis), (x,), rule)
