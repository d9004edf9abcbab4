"""Both halves use norm1; norm2 is the same module under another name."""

question = "q3"


class Block(Block):
    def __init__(self, config):
        super().__init__(config)
        self.norm2 = self.norm1


def parameter_count(config):
    c = config.n_embd
    return (config.vocab_size + config.block_size + 1) * c + config.n_layer * (12 * c * c + c)
