"""parameter_count counts the tied table at both ends."""

question = "q3"


_once = parameter_count


def parameter_count(config):
    return _once(config) + config.vocab_size * config.n_embd
