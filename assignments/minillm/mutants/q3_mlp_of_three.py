"""The MLP is 3 · n_embd wide."""

from torch import nn

question = "q3"


class MLP(MLP):
    def __init__(self, config):
        super().__init__(config)
        self.up = nn.Linear(config.n_embd, 3 * config.n_embd, bias=False)
        self.down = nn.Linear(3 * config.n_embd, config.n_embd, bias=False)


def parameter_count(config):
    c = config.n_embd
    block = 10 * c * c + 2 * c
    return (config.vocab_size + config.block_size) * c + config.n_layer * block + c
