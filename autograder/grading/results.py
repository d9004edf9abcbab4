"""The result of grading one submission, and the files it is written to."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from autograder.course.parts import Visibility, part_name
from autograder.ground.files import write_atomic
from autograder.ground.text import cell

_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}\b")


class Outcome(StrEnum):
    """What became of a test case."""

    PASSED = "passed"
    FAILED = "failed"  # a check was not met, or the code raised
    UNWRITTEN = "not written"  # a stub
    STOPPED = "stopped"  # over a limit, exited, crashed
    RULE = "rule broken"
    UNJUDGED = "not judged"  # the submission could not be loaded


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CaseResult(_Model):
    """One test case.

    Attributes:
        message: what its student may see.
        trouble: what only staff may see: exception, file and line, where the test itself failed.
    """

    name: str
    points: float
    outcome: Outcome
    message: str = ""
    trouble: str = ""


class PartResult(_Model):
    """The public or the hidden test file of one question."""

    question: str
    visibility: Visibility
    score: float
    max_score: float
    cases: list[CaseResult]
    seconds: float = 0.0

    @property
    def name(self) -> str:
        return part_name(self.question, self.visibility)


class LeaderboardEntry(_Model):
    """What Gradescope's leaderboard shows of a submission. The judge has computed it."""

    name: str
    value: float
    order: Literal["asc", "desc"]


class OtterTerms(_Model):
    """What stock Otter's configuration says about a result as a whole.

    Attributes:
        notice: how the submission was isolated, for staff: less well than by our own bundles.
        score, max_score: of the whole; with `points_possible` or `score_threshold` it is not the
            sum of the parts.
        show_hidden, show_stdout: whether students see these after publication.
    """

    notice: str
    score: float
    max_score: float
    show_hidden: bool
    show_stdout: bool


class Result(_Model):
    """One submission, graded.

    Attributes:
        submission, student: names, as in `Submission`.
        names: of the people, where they are known; "" otherwise.
        problem: what went wrong when it was read or loaded, or "".
        exhausted: its budget of time ran out, so that its parts hang together.
        digests: of submission and bundle: together they decide everything but `seconds`.
        layers: of the jail that were in force.
        leaderboard: entries, where they were asked for and earned.
        leaderboard_note: why there is none, if there is something to say.
        otter: for a bundle that was not made by this engine.
    """

    assignment: str
    submission: str
    student: str
    names: str = ""
    parts: list[PartResult]
    problem: str = ""
    exhausted: bool = False
    seconds: float
    digests: dict[str, str]
    layers: list[str]
    leaderboard: list[LeaderboardEntry] = []
    leaderboard_note: str = ""
    otter: OtterTerms | None = None

    @property
    def score(self) -> float:
        return _tidy(self.otter.score if self.otter else sum(p.score for p in self.parts))

    @property
    def max_score(self) -> float:
        return _tidy(self.otter.max_score if self.otter else sum(p.max_score for p in self.parts))

    @property
    def remark(self) -> str:
        """One line for a person looking through a class. Students see it at once, so it is about
        public cases only."""
        public = self._public()
        unwritten = [
            p.question for p in public if {c.outcome for c in p.cases} == {Outcome.UNWRITTEN}
        ]
        not_written = f"Not written: {', '.join(unwritten)}." if unwritten else ""
        return " ".join(line for line in (self.concern, not_written) if line)

    @property
    def concern(self) -> str:
        """Why a person should look at it, or "": not readable, a rule broken, a limit hit."""
        said = [self.problem, *_messages(self._public(), Outcome.RULE, Outcome.STOPPED)]
        return " ".join(line for line in said if line)

    def troubles(self) -> list[str]:
        """The cases whose test itself failed, each with exception, file and line; for staff."""
        return [
            f"{part.name}, {case.name}: {case.trouble}"
            for part in self.parts
            for case in part.cases
            if case.trouble
        ]

    def _public(self) -> list[PartResult]:
        return [p for p in self.parts if p.visibility == "public"]

    def question_points(self) -> dict[str, tuple[float, float]]:
        """Score and possible score by question, public and hidden together."""
        points: dict[str, tuple[float, float]] = {}
        for part in self.parts:
            score, possible = points.get(part.question, (0.0, 0.0))
            points[part.question] = _tidy(score + part.score), _tidy(possible + part.max_score)
        return points

    def question_scores(self) -> dict[str, float]:
        """Score by question, public and hidden together."""
        return {question: score for question, (score, _) in self.question_points().items()}

    def line(self) -> Line:
        """The result in a table of its class."""
        return Line(
            submission=self.submission,
            student=self.student,
            names=self.names,
            score=self.score,
            max_score=self.max_score,
            questions=self.question_points(),
            seconds=self.seconds,
            remark=self.remark,
            concern=self.concern,
        )

    def to_gradescope(self) -> dict[str, Any]:
        """The result in Gradescope's format, with everything else under `extra_data`."""
        hidden = _tidy(sum(p.max_score for p in self.parts if p.visibility == "hidden"))
        note = f"Hidden tests: {hidden:g} points, decided after the deadline." if hidden else ""
        board = [entry.model_dump(mode="json") for entry in self.leaderboard]
        said = [self.remark, note, self.leaderboard_note]
        published = self.otter is None or self.otter.show_hidden
        stdout = self.otter is not None and self.otter.show_stdout
        return {
            "score": self.score,
            "output": "\n".join(line for line in said if line),
            "output_format": "text",
            "visibility": "visible",
            "stdout_visibility": "after_published" if stdout else "hidden",
            "tests": [_entry(part, published) for part in self.parts],
            **({"leaderboard": board} if board else {}),
            "extra_data": {
                "assignment": self.assignment,
                "submission": self.submission,
                "student": self.student,
                "max_score": self.max_score,
                "remark": self.remark,
                "seconds": round(self.seconds, 3),
                "digests": self.digests,
                "layers": self.layers,
                **({"notice": self.otter.notice} if self.otter else {}),
                "cases": {p.name: [c.model_dump(mode="json") for c in p.cases] for p in self.parts},
            },
        }


@dataclass(frozen=True)
class Line:
    """What a table of a class says of one result. A run keeps no more than this of each, so that a
    large class needs no more memory than a small one.

    Attributes:
        questions: as `Result.question_points`.
        remark, concern: as in `Result`.
    """

    submission: str
    student: str
    names: str
    score: float
    max_score: float
    questions: dict[str, tuple[float, float]]
    seconds: float
    remark: str
    concern: str

    @property
    def who(self) -> str:
        """Whose it is, in words for people."""
        return self.names or self.student

    @property
    def label(self) -> str:
        """Whose it is, and which one."""
        own = self.who in ("", self.submission)
        return self.submission if own else f"{self.who} ({self.submission})"


def _messages(parts: list[PartResult], *outcomes: Outcome) -> list[str]:
    return list(dict.fromkeys(c.message for p in parts for c in p.cases if c.outcome in outcomes))


def _entry(part: PartResult, published: bool) -> dict[str, Any]:
    hidden = "after_published" if published else "hidden"
    return {
        "name": part.name,
        "score": part.score,
        "max_score": part.max_score,
        "status": "passed" if part.score == part.max_score else "failed",
        "visibility": "visible" if part.visibility == "public" else hidden,
        "output_format": "text",
        "output": "\n".join(_lines(case) for case in part.cases),
    }


def _lines(case: CaseResult) -> str:
    passed = case.outcome is Outcome.PASSED
    head = (
        f"{'✓' if passed else '✗'} {case.name} ({case.points if passed else 0:g}/{case.points:g})"
    )
    return "\n".join([head, *("    " + line for line in case.message.splitlines())])


def _tidy(points: float) -> float:
    """Sums of thirds and tenths without their last binary digits."""
    return round(points, 6)


def steady(message: str) -> str:
    """A message without what changes from run to run: addresses in memory."""
    return _ADDRESS.sub("0x…", message)


def results_folder(output: Path, slug: str) -> Path:
    """Where an assignment's results go: into `output`, beside another's into `output/<slug>`."""
    for path in sorted(output.glob("*.json")):
        try:
            first = json.loads(path.read_text("utf-8"))["extra_data"]["assignment"]
        except (OSError, ValueError, KeyError, TypeError):
            continue  # not one of ours
        return output if first == slug else output / slug
    return output


def write_result(result: Result, folder: Path) -> Path:
    """Write `<submission>.json` in Gradescope's format, whole or not at all, for its owner only."""
    path = folder / f"{result.submission}.json"
    text = json.dumps(result.to_gradescope(), indent=2, ensure_ascii=False) + "\n"
    write_atomic(path, text.encode("utf-8", "replace"), mode=0o600)
    return path


def write_table(
    lines: Iterable[Line], questions: list[str], folder: Path, *, keep: bool = False
) -> Path:
    """Write `results.csv`: one line per submission; names where they are known.

    Args:
        keep: leave in it what is there of other submissions, where no ledger knows them.
    """
    path = folder / "results.csv"
    rows = [_fields(line, questions) for line in lines]
    new = {row["submission"] for row in rows}
    rows = [*(r for r in _rows_of(path) if r.get("submission") not in new and keep), *rows]
    names = ["name"] if any(row.get("name") for row in rows) else []
    head = ["submission", "student", *names, "score", "max_score", *questions, "seconds", "remark"]
    out = io.StringIO()
    table = csv.DictWriter(out, head, restval="", extrasaction="ignore", lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    write_atomic(path, out.getvalue().encode("utf-8", "replace"), mode=0o600)
    return path


def _fields(line: Line, questions: list[str]) -> dict[str, str]:
    points = {q: f"{line.questions.get(q, (0, 0))[0]:g}" for q in questions}
    return points | {  # whatever a question is called, whose it is stays readable
        "submission": cell(line.submission),
        "student": cell(line.student),
        "name": cell(line.names),
        "score": f"{line.score:g}",
        "max_score": f"{line.max_score:g}",
        "seconds": f"{line.seconds:.2f}",
        "remark": cell(line.remark),
    }


def _rows_of(path: Path) -> list[dict[str, str]]:
    try:
        text = path.read_text("utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return []
    return [{k: v for k, v in row.items() if k and v} for row in csv.DictReader(io.StringIO(text))]
