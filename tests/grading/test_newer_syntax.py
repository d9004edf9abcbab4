"""What Python learned after 3.11, in a submission: graded right where the grader's Python has it,
and no place to hide something forbidden.

The suite's own Python skips what it lacks; `make pythons` runs all of it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import pytest
from shared.isolation import isolates
from shared.tiny_course import SLUG, make_course

from autograder.authoring.bundle import Bundle
from autograder.grading.grader import Grader
from autograder.grading.results import Result
from autograder.submissions import read as submission

pytestmark = isolates

# Per Python: right answers, worth 10.
RIGHT = {
    (3, 11): [
        "def add(a, b):\n    match (a, b):\n        case (x, y) if x <= y: return x + y",
        "def add(*terms: *tuple[int, ...]):\n    return sum(terms)",
    ],
    (3, 12): [
        "def add[T: (int, float)](a: T, b: T) -> T:\n    return a + b",
        "type Number = int | Later\ndef add(a: Number, b: Number):\n    return a + b",
        "class Pair[T]:\n    def __init__(self, *both: T): self.both = both\n"
        "    def total(self): return sum(self.both)\n"
        "def add(a, b):\n    return Pair[int](a, b).total()",
        'def add(a, b):\n    sums = {"a": a + b}\n    return int(f"{sums["a"]}")',
        "def add(a, b):\n    return int(f'{f'{f'{a + b}'}' # so deep\n}{'\\n'}')",
    ],
    (3, 13): ["class Pair[T = int]: pass\ndef add(a, b):\n    return a + b"],
    (3, 14): [
        "def add(a: Later, b: Nowhere) -> Later:\n    return a + b\nclass Later: pass",
        "class Node:\n    next: Node\n    if True:\n        last: Nowhere\n"
        "def add(a, b):\n    return a + b",
        'def add(a, b):\n    return sum(i.value for i in t"{a}{b:>{a}}".interpolations)',
        "def add(a, b):\n    try: return a + b.c\n"
        "    except TypeError, AttributeError: return a + b",
    ],
    (3, 15): [
        "lazy import json\ndef add(a, b):\n    return json.loads(f'{a + b}')",
        "def add(a, b):\n    return sum([*part for part in [[a], [b]]])",
    ],
}

# Per Python: the right sum, and a product that q1 forbids: 6 of 10.
FORBIDDEN = {
    (3, 11): [
        "def add(a, b):\n    match np.dot(a, b):\n        case product: return a + b + 0 * product",
    ],
    (3, 12): [
        "def add(a, b):\n    return int(f'{f'{a + b + 0 * np.dot(a, b)}'}')",
        "type Product = np.dot\ndef add(a, b):\n    return a + b + 0 * Product.__value__(a, b)",
        "def add[T: np.dot](a, b):\n    return a + b + 0 * add.__type_params__[0].__bound__(a, b)",
        "def door[T: np.dot](): return T.__bound__\n"
        "def add(a, b):\n    return a + b + 0 * door()(a, b)",
    ],
    (3, 14): [
        "class Door:\n    to: np.dot\n"
        "def add(a, b):\n    return a + b + 0 * Door.__annotations__['to'](a, b)",
        "def door(x: np.dot): pass\n"
        "def add(a, b):\n    return a + b + 0 * door.__annotations__['x'](a, b)",
        "def door(x: getattr(np, 'd' + 'ot')): pass\n"
        "def add(a, b):\n    return a + b + 0 * door.__annotate__(1)['x'](a, b)",
        "def add(a, b):\n    return a + b + 0 * t'{np.dot(a, b)}'.values[0]",
    ],
    (3, 15): [
        "lazy import numpy as late\ndef add(a, b):\n    return a + b + 0 * late.dot(a, b)",
        "lazy from numpy import dot\ndef add(a, b):\n    return a + b + 0 * dot(a, b)",
    ],
}


def of_this_python(answers: dict[tuple[int, int], list[str]]) -> list[object]:
    """Each answer, skipped where Python is older than it."""
    return [
        pytest.param(
            source,
            marks=pytest.mark.skipif(sys.version_info < version, reason=f"Python {version}"),
            id=f"{version[0]}.{version[1]}-{number}",
        )
        for version, sources in answers.items()
        for number, source in enumerate(sources)
    ]


@pytest.fixture(scope="module")
def grade(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Result]]:
    folder = tmp_path_factory.mktemp("course")
    with Grader(Bundle.from_course(make_course(folder), SLUG)) as grader:

        def grade(source: str) -> Result:
            path = folder / f"{SLUG}.py"
            path.write_text(f"import numpy as np\n{source}\nclass Counter: pass\n")
            return grader.grade(submission.read(path, SLUG, "somebody"))

        yield grade


@pytest.mark.parametrize("source", of_this_python(RIGHT))
def test_a_right_answer(grade: Callable[[str], Result], source: str) -> None:
    result = grade(source)
    assert (result.score, result.remark) == (10, "")


@pytest.mark.parametrize("source", of_this_python(FORBIDDEN))
def test_no_place_to_hide_a_product(grade: Callable[[str], Result], source: str) -> None:
    result = grade(source)
    said = "\n".join(case.message for part in result.parts for case in part.cases)
    assert result.score == 6, (result.remark, said)
    assert "must not" in said
    assert "np.dot" in said
