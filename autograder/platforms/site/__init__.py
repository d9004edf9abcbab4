"""`autograder site`: schedule and handouts as web pages."""
