"""parameter_count knows the default kind of MLP only."""

question = "q3"


_count_of_any = parameter_count


def parameter_count(config):
    return _count_of_any(GPTConfig(**{**asdict(config), "mlp": "relu2"}))
