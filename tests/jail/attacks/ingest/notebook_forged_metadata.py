"""A notebook whose metadata claims points, another kernel and other tests."""

import json

HONEST = 0


def build(folder):
    path = folder / "hw.ipynb"
    cell = {
        "cell_type": "code",
        "metadata": {
            "nbgrader": {"grade": True, "grade_id": "q1", "points": 100, "locked": False},
            "otter": {"tests": ["q1"], "points": 100},
            "tags": ["q1", "otter_assign_solution_cell"],
        },
        "source": ["grader.check_all()\n", "score = 100"],
        "outputs": [{"output_type": "display_data", "data": {"text/html": "q1 passed!"}}],
        "execution_count": 1,
    }
    metadata = {
        "kernelspec": {"name": "bash", "language": "bash", "display_name": "sh"},
        "otter": {"tests": {"q1": {"points": 100}}},
        "celltoolbar": "Create Assignment",
    }
    path.write_text(json.dumps({"cells": [cell], "metadata": metadata, "nbformat": 4}))
    return path
