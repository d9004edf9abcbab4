"""Gradescope, nbgrader, stock Otter, the course site: one folder each, and none imports another.

Imports classroom and everything below it.
"""
