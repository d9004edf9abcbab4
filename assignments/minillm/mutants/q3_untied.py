"""There is an output layer with a matrix of its own, and parameter_count knows it."""

from torch import nn

question = "q3"


class GPT(GPT):
    def __init__(self, config):
        super().__init__(config)
        self.head = nn.Linear(config.n_embd, config.vocab_size, bias=False)  # and never used


_tied_count = parameter_count


def parameter_count(config):
    return _tied_count(config) + config.vocab_size * config.n_embd
