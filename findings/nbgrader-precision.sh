#!/usr/bin/env bash
# nbgrader 0.9.6 with IPython 9.18.1, seen on 2026-11-29.
#
# nbgrader takes a number that a test cell returns for partial credit, and reads it as text from what the cell
# displayed. IPython formats that text as the notebook has asked for. A student whose own cell says `%precision 0`
# (for a shorter table, say) has 1.5 points of 2 rounded to 2, and 0.4 of 1 to none.
#
# What it means here: the number that our test cells return shows all its digits whatever the format is.
#
# Output seen:
#   as it is: 1.5 of 2
#   after %precision 0: 2.0 of 2
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    nbgrader==0.9.6 ipython==9.18.1 ipykernel
export PATH="$folder/venv/bin:$PATH" PYTHONWARNINGS=ignore HOME="$folder"
cd "$folder"
seen=$(python - <<'PROGRAM' 2>log
import nbformat
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.utils import determine_grade

about = {"schema_version": 3, "grade_id": "test", "cell_type": "code", "task": False}
about |= {"grade": True, "solution": False, "locked": True, "points": 2}
for what, first in (("as it is", "x = 1"), ("after %precision 0", "%precision 0")):
    cells = [new_code_cell(first), new_code_cell("1.5", metadata={"nbgrader": about})]
    notebook = new_notebook(cells=cells)
    NotebookClient(notebook, kernel_name="python3").execute()
    earned, possible = determine_grade(notebook.cells[1])
    print(f"{what}: {earned} of {possible:g}")
PROGRAM
)
echo "$seen"
diff <(echo "$seen") - <<'EXPECTED'
as it is: 1.5 of 2
after %precision 0: 2.0 of 2
EXPECTED
