#!/usr/bin/env bash
# Jupytext 1.19.6, percent scripts, seen on 2026-11-29.
#
# A comment at the left edge whose first word is also the name of a shell command that IPython offers as
# a magic (copy, cat, ls, …) is taken for a commented magic: in the notebook it is code. The other way round, an
# assignment to a variable of such a name (`rm += 1`) becomes a comment in the script.
# `comment_magics: false` in the file's own header switches both off.
#
# What it means here: an English sentence in a handout ("# copy the rows first") would be a syntax error in the
# student's notebook, so our readers and the headers of what we write set comment_magics.
#
# Output seen:
#   notebook: x = 1 | copy the rows first | y = 2
#   script: rm = 1 | # rm += 1
#   with the option: x = 1 | # copy the rows first | y = 2
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check jupytext==1.19.6
seen=$("$folder/venv/bin/python" - <<'PROGRAM'
import jupytext
from nbformat.v4 import new_code_cell, new_notebook

script = "# %%\nx = 1\n# copy the rows first\ny = 2\n"
read = jupytext.reads(script, "py:percent").cells[0].source
print("notebook:", " | ".join(read.splitlines()))

language = {"language_info": {"name": "python"}}
notebook = new_notebook(cells=[new_code_cell("rm = 1\nrm += 1")], metadata=language)
lines = jupytext.writes(notebook, "py:percent").splitlines()
print("script:", " | ".join(lines[lines.index("# %%") + 1 :]))

header = "# ---\n# jupyter:\n#   jupytext:\n#     comment_magics: false\n# ---\n\n"
read = jupytext.reads(header + script, "py:percent").cells[0].source
print("with the option:", " | ".join(read.splitlines()))
PROGRAM
)
echo "$seen"
diff <(echo "$seen") - <<'EXPECTED'
notebook: x = 1 | copy the rows first | y = 2
script: rm = 1 | # rm += 1
with the option: x = 1 | # copy the rows first | y = 2
EXPECTED
