"""A course that grades itself: build handouts, check, grade and regrade submissions."""

__version__ = "0.1.0"
