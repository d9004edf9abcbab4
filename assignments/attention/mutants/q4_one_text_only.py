"""Only one text at a time: leading axes are folded into one."""

question = "q4"


class MultiHeadAttention(MultiHeadAttention):
    def _split(self, x):
        return x.reshape(-1, self.heads, x.shape[-1] // self.heads).swapaxes(-2, -3)
