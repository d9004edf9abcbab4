"""`autograder report`: one page about a class, its questions and its tests."""
