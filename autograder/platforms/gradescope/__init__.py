"""Grading on Gradescope's machine: its files, its rules, and a proof that the machine can grade."""
