"""The steps back are a recursion, and Python ends it after a thousand."""

question = "q1"


class RNN(RNN):
    def backward(self, dh):
        def down(t):
            return 0 if t == 0 else down(t - 1)

        down(np.shape(dh)[1])
        return super().backward(dh)
