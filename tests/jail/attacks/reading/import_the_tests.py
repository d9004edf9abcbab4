"""Imports the hidden tests under every name they could have."""

import importlib
import importlib.machinery
import sys

HONEST = 0


sys.path += ["@WORLD@", "@WORLD@/assignments/hw", "/autograder/source", "/autograder/source/tests"]
for name in ("hidden.q1", "q1", "q1_hidden", "assignments.hw.hidden.q1", "tests.q1_hidden"):
    try:
        importlib.import_module(name)
    except Exception:
        continue
    raise ValueError("ESCAPED " + name)
try:
    path = "@WORLD@/assignments/hw/hidden/q1.py"
    importlib.machinery.SourceFileLoader("q1", path).get_code("q1")
except OSError:
    pass
else:
    raise ValueError("ESCAPED")
