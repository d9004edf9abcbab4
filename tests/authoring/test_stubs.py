"""No solution leaves the house."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from shared.tiny_course import COURSE, SLUG, SOLUTION, make_course, write

from autograder.authoring.bundle import Bundle
from autograder.authoring.source import SourceError, build_starter, write_starter
from autograder.verifying.leaks import leaks

FILE = f"solutions/{SLUG}/{SLUG}.py"
MARKED = """\
    # BEGIN SOLUTION
    secret = a + b
    return secret
    # END SOLUTION
"""
WHOLE = "    total_of_both = a + b\n    return total_of_both\n"
ASKS_FOR_TWO = COURSE.replace("names: [add]", "names: [add, add_three]")


def solution(root: Path, text: str) -> None:
    write(root / FILE, text)


def refusal(root: Path) -> str:
    with pytest.raises(SourceError) as caught:
        build_starter(root, SLUG)
    return str(caught.value)


def test_a_second_name_without_markers(tmp_path: Path) -> None:
    root = make_course(tmp_path)
    write(root / "course.yml", ASKS_FOR_TWO)
    second = f'\n\ndef add_three(a, b):\n    """Both and three."""\n{WHOLE}'
    solution(root, SOLUTION.replace(MARKED, MARKED + second))
    line = (root / FILE).read_text().split("def add_three")[0].count("\n") + 1
    assert refusal(root) == (
        f"{FILE}, line {line}: q1: `add_three` would be handed out; mark its body as the solution."
    )
    with pytest.raises(SourceError):
        write_starter(root, SLUG)
    assert not (root / "starter").exists()


def test_a_name_that_the_solution_does_not_define(tmp_path: Path) -> None:
    root = make_course(tmp_path)
    write(root / "course.yml", COURSE.replace("names: [add]", "names: [add, ad]"))
    assert refusal(root) == (
        f"course.yml: q1 asks for `ad`, which {FILE} does not define. Did you mean add?"
    )


def test_half_a_body_is_marked(tmp_path: Path) -> None:
    root = make_course(tmp_path)
    half = "    total_of_both = a + b\n    # BEGIN SOLUTION\n    return total_of_both\n"
    half += "    # END SOLUTION\n"
    solution(root, SOLUTION.replace(MARKED, half))
    assert "q1: `total_of_both = a + b` of `add` would be handed out" in refusal(root)


def test_a_name_that_vanishes_from_what_students_get(tmp_path: Path) -> None:
    root = make_course(tmp_path)
    whole = SOLUTION.replace("SECRET_HELPER = 1\n\n\n# END SOLUTION\n", "SECRET_HELPER = 1\n\n\n")
    text = whole.replace(MARKED, WHOLE + "# END SOLUTION\n")
    solution(root, text)
    assert "`add` is not in what students get" in refusal(root)


METHOD = """\
    def twice(self):{comment}
        \"\"\"Double.\"\"\"
        doubled_count = 2 * self.count
        return doubled_count

    class Shape:
"""


def test_a_method_without_markers(tmp_path: Path) -> None:
    root = make_course(tmp_path)
    solution(root, SOLUTION.replace("    class Shape:\n", METHOD.format(comment="")))
    assert "q2: `Counter.twice` would be handed out" in refusal(root)


def test_a_method_that_is_given(tmp_path: Path) -> None:
    root = make_course(tmp_path)
    solution(root, SOLUTION.replace("    class Shape:\n", METHOD.format(comment="  # given")))
    assert "doubled_count" in build_starter(root, SLUG)[f"{SLUG}.py"].decode()
    assert list(leaks(root, SLUG, Bundle.from_course(root, SLUG))) == []


def test_a_class_with_nothing_left_to_write(tmp_path: Path) -> None:
    root = make_course(tmp_path)
    head, _, tail = SOLUTION.partition("    def step(self):")
    _, _, rest = tail.partition("        # END SOLUTION\n")
    text = head + "    def step(self):\n        pass\n" + rest
    solution(root, text)
    assert "q2: nothing in `Counter` is left to write" in refusal(root)


LONG = "    total_of_both = add_up(a, b, start=0)\n    return total_of_both\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("notes.py", "total_of_both = add_up(\n    a, b,\n    start=0,\n)\n"),
        ("notes.py", "def f(a, b):\n    total_of_both   =   add_up(a,b,start = 0)  # so\n"),
        (
            "more.ipynb",
            json.dumps(
                {
                    "cells": [
                        {
                            "cell_type": "code",
                            "source": [
                                "total_of_both = add_up(a,\n",
                                "                       b, start=0)",
                            ],
                        }
                    ]
                }
            ),
        ),
    ],
)
def test_a_statement_of_the_solution_laid_out_in_another_way(
    tmp_path: Path, name: str, text: str
) -> None:
    root = make_course(tmp_path)
    solution(root, SOLUTION.replace(MARKED, f"    # BEGIN SOLUTION\n{LONG}    # END SOLUTION\n"))
    bundle = Bundle.from_course(root, SLUG)
    assert list(leaks(root, SLUG, bundle)) == []
    write(root / "assignments" / SLUG / "files" / name, text)
    told = "contains a line of a solution: total_of_both = add_up(a, b, start=0)"
    assert list(leaks(root, SLUG, bundle)) == [
        f"starter/: {name} {told}",
        f"the student zip: {SLUG}/{name} {told}",
        f"the Gradescope zip: files/{name} {told}",
    ]
