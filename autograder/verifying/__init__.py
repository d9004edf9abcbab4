"""The tests are tested: solution, starter, mutants, alternatives, leaks, stock Otter.

For instructors (`autograder verify`). Imports platforms and everything below.
"""
