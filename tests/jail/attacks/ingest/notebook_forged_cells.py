"""A notebook whose cells have sources, types and tags of the wrong kind."""

import json

HONEST = 0


def build(folder):
    path = folder / "hw.ipynb"
    cells = [
        {"cell_type": "code", "source": 5},
        {"cell_type": ["code"], "source": "raise SystemExit"},
        {"cell_type": "code", "source": {"a": 1}, "metadata": [1]},
        7,
        None,
        {"cell_type": "code", "source": ["a", 5], "metadata": {"tags": {"x": 1}}},
    ]
    path.write_text(json.dumps({"cells": cells, "metadata": None, "nbformat": "4"}))
    return path
