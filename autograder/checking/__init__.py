"""The student's own machine: check, notebook, pytest plugin, feedback, hand-in.

Imports submissions, authoring, course, testing, jail, ground; needs nothing of POSIX.
"""
