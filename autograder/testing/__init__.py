"""What a test file sees: assertions, test cases, and how it reaches the student's code.

Written against by instructors. Imports ground.
"""
