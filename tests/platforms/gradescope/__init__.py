"""A stand-in for Gradescope: its machine, and what it accepts as results.json.

`python -m gradescope` (`make gradescope`) tries every bundle there.
"""
