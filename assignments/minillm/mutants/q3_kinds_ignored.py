"""Whatever kind is asked for, the model is the default one."""

from dataclasses import replace

question = "q3"


class GPT(GPT):
    def __init__(self, config):
        kind = {"norm": "layer", "norm_place": "before", "mlp": "relu2", "positions": "learned"}
        super().__init__(replace(config, **kind))
        self.config = config
