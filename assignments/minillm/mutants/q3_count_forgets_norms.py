"""parameter_count forgets the gains of the norms."""

question = "q3"


def parameter_count(config):
    c = config.n_embd
    return (config.vocab_size + config.block_size) * c + config.n_layer * 12 * c * c
