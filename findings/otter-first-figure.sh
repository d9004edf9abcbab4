#!/usr/bin/env bash
# otter-grader 7.0.0 with IPython 9.18.1, matplotlib-inline 0.2.2, Matplotlib 3.11.2, seen on 2026-11-30.
#
# A question asks for a function that draws and returns a figure; its OK-formatted test calls it. Where no cell of the
# notebook has drawn before, the test is the first to load the inline backend, and does so while Otter has put
# another formatter in the shell's place: loading fails with KeyError: 'image/svg+xml', and a right answer
# gets 0. A notebook that draws anything in a cell of its own gets the point.
#
# What it means here: `autograder grade --bundle` loads the backend before the tests, and gives the point in both cases
# (docs/other-bundles.md). Who grades with Otter lets a cell above the test draw something.
#
# Output seen:
#   draws in the test first: 0 of 1, KeyError: 'image/svg+xml'
#   draws in a cell first: 1 of 1
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    "otter-grader[grading]==7.0.0" ipython==9.18.1 matplotlib-inline==0.2.2 matplotlib==3.11.2
export PATH="$folder/venv/bin:$PATH" PYTHONWARNINGS=ignore HOME="$folder" MPLCONFIGDIR="$folder"
cd "$folder"
mkdir tests
cat >tests/q1.py <<'TEST'
OK_FORMAT = True
case = {"code": r"""
>>> len(draw().axes)
1
""", "hidden": False, "locked": False}
suite = {"type": "doctest", "scored": True, "setup": "", "teardown": "", "cases": [case]}
test = {"name": "q1", "points": 1, "suites": [suite]}
TEST
otter generate -t tests -o bundle.zip --no-requirements --no-environment >log 2>&1
seen=$(python - <<'PROGRAM'
import json
import pathlib
import re
import subprocess

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

ANSWER = """import matplotlib.pyplot as plt
def draw():
    figure, axes = plt.subplots()
    axes.plot([1, 2])
    return figure
"""
for what, more in (("draws in the test first", []), ("draws in a cell first", ["draw();"])):
    notebook = new_notebook(cells=[new_code_cell(c) for c in (ANSWER, *more)])
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "name": "python3"}
    nbformat.write(notebook, "lab.ipynb")
    with open("log", "a") as log:
        command = ["otter", "run", "--no-logo", "-a", "bundle.zip", "-o", ".", "lab.ipynb"]
        subprocess.run(command, stdout=log, stderr=log, check=True)
    [found] = [t for t in json.loads(pathlib.Path("results.json").read_text())["tests"] if "score" in t]
    reason = re.search(r"KeyError: \S+", found["output"])
    print(f"{what}: {found['score']:g} of {found['max_score']:g}" + (f", {reason[0]}" if reason else ""))
PROGRAM
)
echo "$seen"
diff <(echo "$seen") - <<'EXPECTED'
draws in the test first: 0 of 1, KeyError: 'image/svg+xml'
draws in a cell first: 1 of 1
EXPECTED
