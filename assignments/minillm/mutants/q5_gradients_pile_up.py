"""zero_grad is forgotten: gradients of all steps add up."""

question = "q5"

_right_adamw = _adamw


def _adamw(*args):
    optimizer = _right_adamw(*args)
    optimizer.zero_grad = lambda *args, **kwargs: None
    return optimizer
