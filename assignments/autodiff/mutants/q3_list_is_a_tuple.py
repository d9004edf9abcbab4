"""A list of integers as index is taken for one integer per axis."""

question = "q3"


class Tensor(Tensor):
    def __getitem__(self, index):
        if isinstance(index, list) and len(index) == self.data.ndim > 1:
            index = tuple(index)
        return super().__getitem__(index)
