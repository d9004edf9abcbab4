"""A notebook that runs shell commands by IPython's magics."""

import json

HONEST = 0


def build(folder):
    path = folder / "hw.ipynb"
    lines = [
        "!touch /tmp/attack-left-magic",
        "%%bash\ntouch /tmp/attack-left-magic",
        "%sx touch /tmp/attack-left-magic",
        "get_ipython().system('touch /tmp/attack-left-magic')",
        "files = !ls /\nprint(files)",
    ]
    cells = [{"cell_type": "code", "metadata": {}, "source": line} for line in lines]
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}))
    return path
