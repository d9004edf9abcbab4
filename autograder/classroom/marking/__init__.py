"""`autograder written --serve`: a page on this machine on which people give marks."""
