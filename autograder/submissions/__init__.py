"""What somebody handed in, read into a Submission or refused in one sentence.

Used by the student's receipt and every grader alike. Imports jail, ground.
"""
