"""One source becomes stubs, notebook, student's zip and bundle.

For instructors (`autograder build`). Imports course, ground.
"""
