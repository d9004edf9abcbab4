"""`autograder export`: standings in the columns that other systems know."""
