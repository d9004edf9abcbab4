"""Each parameter's gradient is clipped by its own norm instead of all by their common one."""

from torch import nn

question = "q5"


class _Tools:
    """torch.nn as `train` sees it, with another way to clip."""

    def __getattr__(self, name):
        return getattr(_nn, name)

    class utils:
        @staticmethod
        def clip_grad_norm_(parameters, clip):
            for p in parameters:
                if p.grad is not None:
                    _nn.utils.clip_grad_norm_([p], clip)


_nn = nn
nn = _Tools()
