"""A course with one small assignment, for tests that must not depend on a real one."""

from __future__ import annotations

from pathlib import Path

SLUG = "adding"

COURSE = """\
name: A course
timezone: Europe/Zurich
assignments:
  adding:
    title: Adding
    released: 2026-01-10 08:00
    due: 2026-07-20 23:59
    questions:
      q1: {title: A function, points: 4, names: [add], forbid: ["@", np.dot]}
      q2: {title: A class, points: 6, names: [Counter]}
    written: {title: Report, points: 10}
"""

SOLUTION = '''\
# %% [markdown]
# # Adding
# What a sum is.

# %%
from dataclasses import dataclass

import numpy as np


# %% [markdown]
# ## q1

# %% tags=["q1"]
# BEGIN SOLUTION NO PROMPT
SECRET_HELPER = 1


# END SOLUTION
def add(a, b):
    """The sum of `a` and `b`."""
    # BEGIN SOLUTION
    secret = a + b
    return secret
    # END SOLUTION


# %% tags=["active-ipynb"]
# %matplotlib inline
# print(add(1, 2))

# %% [markdown]
# ## q2

# %% tags=["q2"]
@dataclass
class Counter:
    """Counts."""

    count: int = 0

    def step(self):
        """One more."""
        # BEGIN SOLUTION
        secret = self.count + 1
        self.count = secret
        # END SOLUTION

    class Shape:
        """The author's own ellipsis stays."""

        def area(self):
            ...


# %% tags=["q2"]
async def total(counter):
    # BEGIN SOLUTION
    return counter.count  # secret
    # END SOLUTION


# %% [markdown] tags=["written"]
# Report. What did you see?

# %% [markdown] tags=["answer"]
# *Your answer*

# %% [markdown] tags=["solution"]
# The secret answer.
'''

TEST = '''\
"""{title}."""
from autograder.checks import assert_equal, test_case

OK_FORMAT = False
name = "{name}"
points = {points}


@test_case(name="small", points={points}{more})
def test_small(add):
    assert_equal(add(1, {n}), {n} + 1)
'''


def make_course(root: Path) -> Path:
    """Write the course below `root` and return `root`."""
    write(root / "course.yml", COURSE)
    write(root / "solutions" / SLUG / f"{SLUG}.py", SOLUTION)
    tests = root / "assignments" / SLUG
    hidden = {"more": ', hidden=True, failure_message="Hm."', "title": "t"}
    for q, points in (("q1", 2), ("q2", 3)):
        public = TEST.format(title="t", name=q, points=points, more="", n=1)
        write(tests / "public" / f"{q}.py", public)
        secret = TEST.format(name=f"{q} (hidden)", points=points, n=987654, **hidden)
        write(tests / "hidden" / f"{q}.py", secret)
    mutant = '"""A mutant."""\nquestion = "q1"\n\n\ndef add(a, b):\n    return a - b\n'
    write(tests / "mutants" / "wrong.py", mutant)
    write(tests / "alternatives" / "other.py", '"""An alternative."""\n')
    write(tests / "files" / "data" / "numbers.csv", "1,2\n")
    return root


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
