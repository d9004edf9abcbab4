"""Matplotlib as a notebook's kernel sets it up; imported by the zygote, before any submission."""

from __future__ import annotations

import matplotlib
import matplotlib.pyplot

BACKEND = "module://matplotlib_inline.backend_inline"

matplotlib.use(BACKEND)  # reads what other packages register, which takes longer than a cell
