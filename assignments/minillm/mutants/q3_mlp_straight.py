"""Nothing bends between the two matrices of the MLP."""

question = "q3"


class MLP(MLP):
    def forward(self, x):
        return self.down(self.up(x))
