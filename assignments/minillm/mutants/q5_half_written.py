"""The checkpoint is written straight into the file."""

from dataclasses import asdict

import torch

question = "q5"


def save_checkpoint(path, model, history):
    config, weights = asdict(model.config), model.state_dict()
    torch.save({"config": config, "weights": weights, "history": vars(history)}, path)
