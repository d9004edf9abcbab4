"""Sends a torch tensor, so that the judge would import torch."""

from frames import blast, result

HONEST = 0


def total(x):
    blast(result(0, ["tensor", "", ["array", "<f8", [1], 0]], [8], bytes(8)))
