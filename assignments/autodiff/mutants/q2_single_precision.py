"""Data keeps the dtype that it came with."""

question = "q2"


class Tensor(Tensor):
    def __init__(self, data, requires_grad=False):
        super().__init__(data, requires_grad)
        if isinstance(data, (np.float32, np.integer, int)) or (
            isinstance(data, list) and all(isinstance(d, int) for d in data)
        ):
            self.data = np.asarray(data)
