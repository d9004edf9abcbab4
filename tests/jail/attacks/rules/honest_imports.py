"""Honest: imports what homework imports, and does without what it can do without."""

import bisect
import collections
import dataclasses
import functools
import heapq
import itertools
import json
import math
import operator
import os
import pathlib
import re
import statistics
import sys
import threading
import time
import typing

import numpy as np

try:
    from tqdm import tqdm
except ImportError:
    tqdm = iter

if __name__ == "__main__":
    import pandas

HONEST = 3


def product(a, b):
    rows = [functools.reduce(operator.add, (x * r for x, r in zip(row, b))) for row in tqdm(a)]
    return np.array(rows) * math.ceil(0.5)
