"""Experts are made and counted, and no token goes to any."""

question = "q3"


class Experts(Experts):
    def forward(self, x):
        return torch.zeros_like(x)
