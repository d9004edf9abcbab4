"""A TA's evening: intake, graders, ledger, standing, regrade, exports, report, written answers.

Imports grading, authoring, submissions, course, ground.
"""
