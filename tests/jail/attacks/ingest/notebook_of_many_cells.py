"""A notebook with a hundred thousand cells."""

import json

HONEST = 0


def build(folder):
    path = folder / "hw.ipynb"
    cell = {"cell_type": "code", "metadata": {}, "source": "x = 1"}
    path.write_text(json.dumps({"cells": [cell] * 100_000, "metadata": {}, "nbformat": 4}))
    return path
