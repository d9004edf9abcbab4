"""Whatever stands in a YAML file, it is read, or refused in one sentence."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st
from shared.tiny_course import COURSE

from autograder.classroom.intake import IntakeError
from autograder.classroom.intake.gradescope_yaml import read_metadata
from autograder.course.model import CourseError, parse_course

CALM = settings(
    max_examples=int(os.environ.get("AUTOGRADER_FUZZ", "60")),
    deadline=None,
    derandomize="AUTOGRADER_FUZZ" not in os.environ,
)
TOKENS = [
    *("!!int x", "!!int ''", "!!float x", "!!timestamp x", "!!binary x", "!!set {a}", "!!null x"),
    *("!!python/name:os.system", "!x y", "!!bool x", "!!omap [a]", "!!pairs [a]", "!!str [a]"),
    *("&a", "*a", "&a [*a]", "&a {b: *a}", "<<: *a", "<<: 1", "? [a]\n: b", "? {a: b}\n: c"),
    *("-", "- a", "[]", "{}", "~", "null", "yes", "0x", "0b", "0o9", "1_0", "1:2:3", "-.inf"),
    *(".nan", "1e999", "9" * 5000, "2026-99-99", "2026-02-30 25:61", "=", "|", ">", "|9", "%"),
    *("---", "...", "\t", " ", "\n", "\n  ", ":", ": ", "#", "@", "`", "'", '"', '"\\x1b"'),
    *('"\\ud800"', '"\\u2028"', '"\\0"', "é", "\u202e", "\x85", "q1: 1", "- - -", "{a: [", "]"),
]
TEXT = st.one_of(st.sampled_from(TOKENS), st.text(max_size=6))
CHANGES = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 30), TEXT), max_size=3)


def changed(text: str, changes: list[tuple[int, int, str]]) -> str:
    for at, size, piece in changes:
        start = at % (len(text) + 1)
        text = text[:start] + piece + text[start + size :]
    return text


@CALM
@given(CHANGES)
@example([(COURSE.index("A course"), 8, "!!int x")])
@example([(COURSE.index("A course"), 8, "!!timestamp x")])
@example([(COURSE.index("A course"), 8, "!!bool x")])
@example([(COURSE.index("A course"), 8, "[" * 3000)])
@example([(COURSE.index("A course"), 8, "&a [*a]")])
@example([(COURSE.index("A course"), 8, "9" * 5000)])
@example([(COURSE.index("title"), 5, '"\\u2028"')])
def test_a_course(changes: list[tuple[int, int, str]]) -> None:
    assert refusal(changed(COURSE, changes)).splitlines()[1:] == []


def refusal(text: str) -> str:
    """Why a course.yml is refused; "" if it is not."""
    try:
        parse_course(text, Path("course.yml"))
    except CourseError as error:
        return str(error)
    return ""


def test_what_is_not_what_its_tag_says_is_named_with_its_line() -> None:
    said = refusal(COURSE.replace("A course", "!!int x"))
    assert said == "course.yml, line 1: this is not what its tag says, `int`."
    said = refusal(COURSE.replace("A course", "[" * 3000))
    assert said == "course.yml, line 1: the text is nested too deeply."


METADATA = """\
submission_1:
  :submitters:
  - :name: Ada
    :sid: '7'
    :email: ada@x.org
  :created_at: 2026-07-20 10:00:00.000000000 Z
"""


@CALM
@given(CHANGES)
@example([(METADATA.index("Ada"), 3, "!!int x")])
@example([(METADATA.index("Ada"), 3, "!!timestamp x")])
@example([(METADATA.index("Ada"), 3, "!!bool x")])
@example([(METADATA.index("Ada"), 3, "[" * 3000)])
@example([(METADATA.index("Ada"), 3, "&a [*a]")])
def test_an_exports_metadata(changes: list[tuple[int, int, str]]) -> None:
    with contextlib.suppress(IntakeError):
        read_metadata(changed(METADATA, changes).encode(errors="surrogatepass"), "metadata")
