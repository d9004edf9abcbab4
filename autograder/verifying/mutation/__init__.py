"""`autograder mutate`: small mistakes by machine, in the solution's marked lines.

For instructors. field.py, making.py: the mutants; hunting.py: which tests catch them; records.py:
what is known, and what is equivalent; run.py: those that were chosen; view.py: the verb.
"""
