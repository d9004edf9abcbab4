"""A course that grades itself: build handouts, check, grade and regrade submissions.

The files at the top of this package are its public face: `checks` and `leaderboard` for test
files, `data` for whoever needs texts and points, `notebook` for students' notebooks, `otter_plugin`
for stock Otter. Everything in the folders is private to the engine.
"""

__version__ = "0.1.0"

DISTRIBUTION = "autograder-course"
"""What `pip install` calls this package: `autograder` is somebody else's there."""
