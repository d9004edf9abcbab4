"""`autograder mark` and `import csv`: points that people give, checked before they are noted."""
