"""A notebook with as many cells and as much output as fit into a file."""

import json

HONEST = 0


def build(folder):
    path = folder / "hw.ipynb"
    cell = {"cell_type": "code", "metadata": {}, "source": "x = 1", "outputs": []}
    cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "y" * 8000}]
    path.write_text(json.dumps({"cells": [cell] * 1900, "metadata": {}, "nbformat": 4}))
    return path
