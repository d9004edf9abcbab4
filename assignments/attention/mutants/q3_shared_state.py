"""What backward needs is kept in the class: two heads overwrite each other's."""

question = "q3"


class AttentionHead(AttentionHead):
    def forward(self, x, mask=None):
        output = super().forward(x, mask)
        type(self).kept = self._last
        return output

    def backward(self, grad_output):
        self._last = type(self).kept
        return super().backward(grad_output)
