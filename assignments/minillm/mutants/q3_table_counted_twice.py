"""The tied table is counted twice."""

question = "q3"


def parameter_count(config):
    c = config.n_embd
    block = 12 * c * c + 2 * c
    return (2 * config.vocab_size + config.block_size) * c + config.n_layer * block + c
