"""Makes a file of a terabyte that takes no room."""

import os

HONEST = 0


def total(x):
    with open('sparse', 'wb') as file:
        os.truncate(file.fileno(), 1 << 40)
    raise ValueError('ESCAPED a terabyte')
