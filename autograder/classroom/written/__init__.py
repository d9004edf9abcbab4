"""The written question, which people grade: one PDF per student, every one with the same pages."""
