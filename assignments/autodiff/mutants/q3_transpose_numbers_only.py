"""transpose takes its axes as numbers, not as a tuple."""

question = "q3"


class Tensor(Tensor):
    def transpose(self, *axes):
        if axes and isinstance(axes[0], tuple):
            raise TypeError("axes must be integers")
        return super().transpose(*axes)
