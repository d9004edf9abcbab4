"""course.yml, typed; where what is written by hand lies; texts and points to work on.

Read by everybody. Imports ground.
"""
