"""A notebook of a million brackets."""

HONEST = 0


def build(folder):
    path = folder / "hw.ipynb"
    path.write_text('{"cells": ' + "[" * 1_000_000 + "]" * 1_000_000 + "}")
    return path
