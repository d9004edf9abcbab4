#!/usr/bin/env bash
# nbgrader 0.9.6, seen on 2026-11-29.
#
# Copying a cell in JupyterLab copies its metadata. A notebook with a test cell twice in it is handed in by `ann`,
# an untouched one by `ben`. `nbgrader autograde` warns of the duplicate, empties the metadata of the first copy,
# takes the notebook for one of an older metadata version, and ends: `ben`, whose turn would be next, is
# not graded either.
#
# What it means here: docs/nbgrader.md; the configuration that `autograder build --nbgrader` writes takes the copy's
# metadata away as a whole, and then both are graded.
#
# Output seen:
#   exit: 1
#   says: use an old version (of the metadata format)
#   graded: none
#   without the copy: exit 0, graded: ann ben
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check nbgrader==0.9.6 ipykernel
export PATH="$folder/venv/bin:$PATH" PYTHONWARNINGS=ignore JUPYTER_PLATFORM_DIRS=1 HOME="$folder"
mkdir "$folder/course"
cd "$folder/course"
echo 'c = get_config()
c.CourseDirectory.course_id = "lab"' >nbgrader_config.py
python - <<'PROGRAM'
import pathlib

import nbformat
from nbformat.v4 import new_code_cell, new_notebook


def cell(source, grade_id, **more):
    about = {"schema_version": 3, "grade_id": grade_id, "cell_type": "code", "task": False}
    about |= {"grade": False, "solution": False, "locked": False} | more
    return new_code_cell(source, metadata={"nbgrader": about})


notebook = new_notebook(
    cells=[
        cell("def f():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION", "f", solution=True),
        cell("assert f() == 1", "test", grade=True, locked=True, points=1),
    ],
    metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
)
pathlib.Path("source/ps").mkdir(parents=True)
nbformat.write(notebook, "source/ps/ps.ipynb")
PROGRAM
nbgrader generate_assignment ps >log 2>&1
for student in ann ben; do
    mkdir -p submitted/$student/ps
    cp release/ps/ps.ipynb submitted/$student/ps/
done
graded() {
    local names
    names=$(cd autograded 2>/dev/null && ls | tr '\n' ' ')
    names=${names% }
    echo "${names:-none}"
}
code=0
nbgrader autograde ps >log 2>&1 || code=$?
without="without the copy: exit $code, graded: $(graded)"
rm -rf autograded gradebook.db
nbgrader generate_assignment ps --force >log 2>&1
python - <<'PROGRAM'
import copy

import nbformat

path = "submitted/ann/ps/ps.ipynb"
notebook = nbformat.read(path, as_version=4)
pasted = copy.deepcopy(notebook.cells[1])
pasted.id = "pasted"
notebook.cells.append(pasted)
nbformat.write(notebook, path)
PROGRAM
code=0
nbgrader autograde ps >log 2>&1 || code=$?
seen="exit: $code
says: $(grep -o 'use an old version' log | head -n 1)
graded: $(graded)
$without"
echo "$seen"
diff <(echo "$seen") - <<'EXPECTED'
exit: 1
says: use an old version
graded: none
without the copy: exit 0, graded: ann ben
EXPECTED
