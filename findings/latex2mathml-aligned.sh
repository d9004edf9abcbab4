#!/usr/bin/env bash
# latex2mathml 3.81.1, seen on 2026-11-29.
#
# It knows `align*` and not `aligned`, the environment that belongs inside a displayed formula, and says nothing:
# rows become line breaks, and the `&` between columns comes out as an identifier, unescaped, so that what is
# returned is not even well-formed XML. No error is raised.
#
# What it means here: the course site writes `aligned` as `align*` before it converts, and its build stops at a left
# over `&`.
#
# Output seen:
#   aligned: 0 rows, 2 identifiers '&', well-formed: False
#   align*: 2 rows, 0 identifiers '&', well-formed: True
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check latex2mathml==3.81.1
seen=$("$folder/venv/bin/python" - <<'PROGRAM'
from xml.etree import ElementTree

from latex2mathml.converter import convert

for name in ("aligned", "align*"):
    formula = rf"\begin{{{name}}} a &= b \\ c &= d \end{{{name}}}"
    mathml = convert(formula)
    try:
        ElementTree.fromstring(mathml)
        sound = True
    except ElementTree.ParseError:
        sound = False
    rows, marks = mathml.count("<mtr>"), mathml.count("<mi>&</mi>")
    print(f"{name}: {rows} rows, {marks} identifiers '&', well-formed: {sound}")
PROGRAM
)
echo "$seen"
diff <(echo "$seen") - <<'EXPECTED'
aligned: 0 rows, 2 identifiers '&', well-formed: False
align*: 2 rows, 0 identifiers '&', well-formed: True
EXPECTED
