"""Looks for secrets in its environment and its arguments."""

import os
import sys

HONEST = 0


text = repr(dict(os.environ)) + repr(sys.argv)
for word in ("attack", "hidden", "solution", "PYTEST", "TOKEN", "USER", "results"):
    if word in text:
        raise ValueError("ESCAPED " + text)
