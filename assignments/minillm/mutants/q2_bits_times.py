"""Nats are multiplied by ln 2 instead of divided."""

import math

question = "q2"


def bits_per_char(nll):
    return nll * math.log(2)
