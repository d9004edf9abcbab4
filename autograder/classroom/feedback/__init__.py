"""`autograder feedback`: a page for each student, where no platform shows them their results."""
