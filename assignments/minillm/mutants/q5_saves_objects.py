"""The configuration and the history are saved as objects, which weights_only=True refuses."""

import torch

question = "q5"


def save_checkpoint(path, model, history):
    torch.save({"config": model.config, "weights": model.state_dict(), "history": history}, path)


def load_checkpoint(path):
    torch.serialization.add_safe_globals([GPTConfig, History])
    checkpoint = torch.load(path, weights_only=False)
    model = GPT(checkpoint["config"])
    model.load_state_dict(checkpoint["weights"])
    return model, checkpoint["history"]
