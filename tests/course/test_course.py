"""course.yml: what is read, and the one sentence that a mistake gets."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import jsonschema
import pytest
import yaml

from autograder.course.model import (
    COURSE_FILE,
    Assignment,
    CourseError,
    find_course,
    load_course,
    parse_course,
)
from autograder.course.schema import EXAMPLE, SCHEMA_FILE, course_reference, course_schema

ROOT = Path(__file__).parents[2]

GOOD = """\
name: A course
timezone: Europe/Zurich
limits:
  call_seconds: 5
assignments:
  adding:
    title: Adding
    released: 2026-01-10 08:00
    due: 2026-07-20 23:59
    limits:
      memory_mb: 512
    questions:
      q1:
        title: One
        points: 4
        names: [add]
        forbid: &rules ["@", np.dot]
      q2:
        title: Two
        points: 6
        names: [Counter]
        forbid: *rules
    written: {title: Report, points: 10}
"""


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / COURSE_FILE
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_a_good_file(tmp_path: Path) -> None:
    course = load_course(write(tmp_path, GOOD))
    adding = course.assignment("adding")
    assert (adding.slug, adding.points, course.counts) == ("adding", 10, "last")
    assert adding.questions["q2"].forbid == ["@", "np.dot"]
    assert adding.written is not None
    assert adding.written.points == 10


def test_limits_come_from_assignment_then_course_then_default(tmp_path: Path) -> None:
    limits = load_course(write(tmp_path, GOOD)).assignment("adding").limits
    assert (limits.memory_mb, limits.call_seconds, limits.case_seconds) == (512, 5, 30)


def test_submissions_per_day_come_from_assignment_then_course(tmp_path: Path) -> None:
    def limit(course: str, assignment: str) -> int | None:
        text = GOOD.replace("timezone:", f"{course}timezone:")
        text = text.replace("    limits:", f"{assignment}    limits:")
        return load_course(write(tmp_path, text)).assignment("adding").submissions_per_day

    assert limit("", "") is None
    assert limit("submissions_per_day: 3\n", "") == 3
    assert limit("submissions_per_day: 3\n", "    submissions_per_day: 5\n") == 5
    assert limit("submissions_per_day: 3\n", "    submissions_per_day:\n") is None


def test_an_assignment_knows_the_terms_of_its_course(tmp_path: Path) -> None:
    text = GOOD.replace("limits:", "counts: best\nlate_policy: {percent_per_day: 5}\nlimits:", 1)
    terms = load_course(write(tmp_path, text)).assignment("adding").terms
    assert (terms.timezone, terms.counts) == ("Europe/Zurich", "best")
    assert terms.late_policy.percent_per_day == 5


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2026-07-20 23:59", datetime(2026, 7, 20, 21, 59, tzinfo=UTC)),  # summer time
        ("2026-12-20 23:59", datetime(2026, 12, 20, 22, 59, tzinfo=UTC)),
        ('"2026-07-20 23:59:30"', datetime(2026, 7, 20, 21, 59, 30, tzinfo=UTC)),
        ("2026-07-20T23:59Z", datetime(2026, 7, 20, 23, 59, tzinfo=UTC)),
        ("2026-07-20 23:59:00 -04:00", datetime(2026, 7, 21, 3, 59, tzinfo=UTC)),
    ],
)
def test_dates_have_a_zone(tmp_path: Path, written: str, utc: datetime) -> None:
    text = GOOD.replace("2026-07-20 23:59", written)
    assert load_course(write(tmp_path, text)).assignment("adding").due == utc


def test_an_assignment_survives_json(tmp_path: Path) -> None:
    adding = load_course(write(tmp_path, GOOD)).assignment("adding")
    assert Assignment.model_validate_json(adding.model_dump_json()) == adding


MISTAKES = [
    ("points: 4", "points: -4", 15, "q1.points` is -4, but must be a number of points greater"),
    ("points: 4", "points: true", 15, "is true, but must be a number"),
    ("points: 4", "points: .inf", 15, "is inf, but must be a number"),
    ("points: 4", "points: four", 15, "is four, but must be a number"),
    ("points: 4", "points:", 15, "is empty, but must be a number"),
    ("points: 4", "pionts: 4", 15, "q1.pionts` is not a field; allowed here: title, points"),
    ("        points: 6\n", "", 18, "q2` has no field `points`: a number of points"),
    ("title: One", "title: ''", 14, "is empty, but must be a text"),
    ("title: Adding", "slug: x", 7, "the key `adding` is the slug already"),
    ("name: A course", "nome: A course", 1, "`nome` is not a field; allowed here: name, timezone"),
    ("Europe/Zurich", "Mars/Base", 2, "`timezone`: `Mars/Base` is not the name of a time zone"),
    ("Europe/Zurich", "Europe", 2, "not the name of a time zone"),
    ("call_seconds: 5", "call_seconds: 0", 4, "`limits.call_seconds` is 0, but must be seconds"),
    ("memory_mb: 512", "memory_mb: 1.5", 11, "is 1.5, but must be whole megabytes"),
    ("memory_mb: 512", "memory: 512", 11, "allowed here: call_seconds, case_seconds"),
    ("2026-07-20 23:59", "2025-07-20 23:59", 9, "must be after `released`"),
    ("2026-07-20 23:59", "2026-07-20", 9, "is 2026-07-20, but must be a date and time"),
    ("2026-07-20 23:59", "2026-17-20 23:59", 9, "adding.due`"),
    ("2026-07-20 23:59", "tomorrow", 9, "is tomorrow, but must be a date and time"),
    ('["@", np.dot]', '["@", np.]', 17, '`np.` is neither "@" nor a name such as np.dot'),
    ('["@", np.dot]', "np.dot", 17, "is np.dot, but must be a list of what a solution may not"),
    ('["@", np.dot]', '["@", 3]', 17, "forbid.1` is 3, but must be a list"),
    ('["@", np.dot]', "[@, np.dot]", 17, 'text that starts with @ has to be quoted: "@"'),
    ("      q2:", "      q3:", 18, "q3`: the keys must be q1, q2, … in order; here q2"),
    ("      q2:", "      q1:", 18, "`q1` is given twice; the first is on line 13"),
    ("  adding:", "  Adding up:", 6, "must be a Python module name in lower case"),
    ("  adding:", "  class:", 6, "must be a Python module name in lower case"),
    ("{title: Report, points: 10}", "Report", 23, "is Report, but must be the title and points"),
    ("{title: Report, points: 10}", "[Report]", 23, "is a list, but must be"),
    ("    limits:\n", "\tlimits:\n", 10, "a tab is not allowed here"),
    ("title: One", "title: One: two", 14, "text that contains one has to be quoted"),
    (
        "        title: One\n",
        "        title: One\n         points: 4\n",
        15,
        "this line is indented by 9 spaces, below `title`, which has its value already; "
        "begin it in the column of `title`",
    ),
    (
        "        title: One\n",
        "        title: One\n       points: 4\n",
        15,
        "this line is indented by 7 spaces, which fits no line above it; "
        "fields of one mapping begin in the same column",
    ),
    ("*rules", "*unknown", 22, "undefined alias"),
    ("title: One", "title: \x07", 14, "is not allowed in YAML"),
    ("    limits:", "    packages: [scipy==1]\n    limits:", 10, "stands in constraints.txt"),
    ("limits:\n  call_seconds: 5\n", "counts: first\n", 3, "counts` is first, but must be which"),
    (
        "limits:\n  call_seconds: 5\n",
        "submissions_per_day: 0\n",
        3,
        "is 0, but must be a whole number",
    ),
    (
        "    limits:",
        "    submissions_per_day: many\n    limits:",
        10,
        "many, but must be a whole numb",
    ),
    (
        "    limits:",
        "    terms: {}\n    limits:",
        10,
        "timezone, counts, late_policy are the cours",
    ),
    (
        "    limits:",
        "    leaderboard: {order: asc}\n    limits:",
        10,
        "has no field `name`: a text",
    ),
    (
        "    limits:",
        "    leaderboard: {name: B, order: up}\n    limits:",
        10,
        "must be asc if the s",
    ),
]


@pytest.mark.parametrize(("old", "new", "line", "message"), MISTAKES)
def test_a_mistake_is_one_sentence_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, message: str
) -> None:
    assert GOOD.count(old) >= 1
    path = write(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(CourseError) as caught:
        load_course(path)
    text = str(caught.value)
    assert text.startswith(f"{path}, line {line}: ")
    assert message in text
    assert text.endswith(".")
    assert "\n" not in text


@pytest.mark.parametrize(
    ("contents", "message"),
    [
        (b"", "line 1: the file must hold fields: name, timezone"),
        (b"- a\n- b\n", "line 1: the file must hold fields"),
        (b"name: A\nzone: \xe9\n", "line 2: the file must be saved as UTF-8"),
        (b"name: A\n---\nname: B\n", "line 2: "),
        (b"name: !!python/object:os.system x\n", "line 1: "),
        (b"? [a, b]\n: c\n", "line 1: "),
        (b"name: &n [*n]\ntimezone: UTC\nassignments: {}\n", "line 1: `name` is a list"),
        (b"name: A\n", "line 1: the course has no field `timezone`: the name of a time zone"),
    ],
)
def test_files_that_are_no_course(tmp_path: Path, contents: bytes, message: str) -> None:
    with pytest.raises(CourseError, match=r"course\.yml, line") as caught:
        load_course(write(tmp_path, contents))
    assert message in str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"course\.yml does not exist"):
        load_course(tmp_path / COURSE_FILE)
    with pytest.raises(CourseError, match="cannot be read"):
        load_course(tmp_path)


def test_windows_line_ends_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = write(tmp_path, b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert load_course(path).name == "A course"


def test_find_course(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert find_course(tmp_path / "a" / "b") == tmp_path.resolve()
    (tmp_path / COURSE_FILE).unlink()
    with pytest.raises(CourseError, match=r"no course\.yml in"):
        find_course(tmp_path / "a")


def test_an_unknown_assignment(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"no assignment `sub` in .*; there is: adding"):
        load_course(write(tmp_path, GOOD)).assignment("sub")


class DatesAsText(yaml.SafeLoader):
    """Reads course.yml as editors do, which leave dates as they stand."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, pattern) for tag, pattern in known if not tag.endswith(":timestamp")]
        for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def test_the_schema_is_up_to_date_and_accepts_the_course() -> None:
    written = (ROOT / SCHEMA_FILE).read_text(encoding="utf-8")
    assert written == course_schema(), "run `autograder build`"
    schema = json.loads(written)
    text = (ROOT / COURSE_FILE).read_text(encoding="utf-8")
    assert text.splitlines()[0] == f"# yaml-language-server: $schema={SCHEMA_FILE}"
    data = yaml.load(text, DatesAsText)
    jsonschema.validate(data, schema)
    data["assignments"]["matmul"]["slug"] = "matmul"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schema)


def test_matmul_is_worth_100_points_and_its_report_10() -> None:
    matmul = load_course(ROOT / COURSE_FILE).assignment("matmul")
    assert matmul.points == 100
    assert matmul.written is not None
    assert matmul.written.points == 10
    assert matmul.questions["q5"].forbid == matmul.questions["q1"].forbid


def test_the_reference_is_up_to_date_and_its_example_is_valid() -> None:
    written = (ROOT / "docs" / "course-yml.md").read_text(encoding="utf-8")
    assert written == course_reference(), "run `make docs`"
    course = parse_course(EXAMPLE, Path("example"))
    assert course.assignment("entropy").at_least.numbers(2) == (6, 1)
    lines = written.splitlines()
    assert "| `points` | number | needed | a number of points greater than 0 |" in lines
    for start in (
        "| `counts` | `last` or `best` | `last` | which of",
        "| `questions` | mapping to [Question](#question) | needed | the questions",
        '| `preload` | list of text | `["numpy"]` | a list',
        "| `released` | date and time | needed | a date",
    ):
        assert any(line.startswith(start) for line in lines), start
