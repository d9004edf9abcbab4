"""Checkpoints are loaded as pickles that may run code."""

import torch

question = "q5"


def load_checkpoint(path):
    checkpoint = torch.load(path, map_location="cpu", weights_only=False)
    model = GPT(GPTConfig(**checkpoint["config"]))
    model.load_state_dict(checkpoint["weights"])
    return model, History(**checkpoint["history"])
