"""Public face: what the first cell of a student's notebook imports."""

from autograder.checking.notebook import Notebook

__all__ = ["Notebook"]
