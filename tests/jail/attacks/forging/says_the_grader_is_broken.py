"""Says, in the grader's own words, that the disk is full: no error of the run is the student's to make."""

from frames import blast, frame

HONEST = 0


blast(frame({'k': 'broken', 'message': 'no space'}))


def total(x):
    blast(frame({'k': 'broken', 'message': 'no space'}))
    return float(sum(x))
