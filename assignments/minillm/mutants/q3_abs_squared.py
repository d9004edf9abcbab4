"""The MLP squares what is negative too."""

question = "q3"


class MLP(MLP):
    def forward(self, x):
        return self.down(self.up(x).square())
