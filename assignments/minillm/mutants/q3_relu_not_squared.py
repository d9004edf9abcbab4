"""The config declares the square of ReLU, the MLP takes ReLU."""

import torch.nn.functional as F

question = "q3"


class MLP(MLP):
    def forward(self, x):
        return self.down(F.relu(self.up(x)))
