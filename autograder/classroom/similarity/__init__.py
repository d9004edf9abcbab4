"""`autograder similarity`: which submissions a person should read side by side."""
