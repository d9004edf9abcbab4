"""Leaves by os._exit while it is loaded."""

import os

HONEST = 0


os._exit(0)
