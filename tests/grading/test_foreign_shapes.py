"""Bundles in the shapes of public ones: the points that stock Otter gives, test file by test file.

Every submission's points are written out in `shared.public_shapes`. Stock `otter run` takes seconds
for each, so here it grades one of each bundle; `python -m benchmarks foreign` has it grade all.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from shared.foreign_bundles import SLUG, opened, write_submission
from shared.isolation import isolates
from shared.preloaded import otter
from shared.public_shapes import SHAPES, WHO

from autograder.grading.foreign.grader import ForeignGrader
from autograder.submissions import read as submission
from autograder.verifying.otter_run import otter_results

pytestmark = isolates

# Which submission stock Otter grades here: half and broken ones in turn.
STOCK = {name: ("half", "broken")[number % 2] for number, name in enumerate(SHAPES)}


@pytest.fixture(scope="module", params=SHAPES)
def shape(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def bundle(shape: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return SHAPES[shape].write(tmp_path_factory.mktemp("bundle") / "autograder.zip")


@pytest.fixture(scope="module")
def grader(bundle: Path) -> Iterator[ForeignGrader]:
    with ForeignGrader(opened(bundle)) as grader:
        yield grader


def test_four_submissions_get_what_is_written_down(
    shape: str, grader: ForeignGrader, tmp_path: Path
) -> None:
    for who in WHO:
        path = write_submission(SHAPES[shape].source(who), tmp_path / who / f"{SLUG}.ipynb")
        result = grader.grade(submission.read(path, SLUG, who))
        points = {part.question: part.score for part in result.parts}
        assert points == pytest.approx(SHAPES[shape].points[who]), who
        assert result.score == pytest.approx(SHAPES[shape].score(who)), who


def test_stock_otter_gives_the_same(shape: str, bundle: Path, tmp_path: Path) -> None:
    who = STOCK[shape]
    path = write_submission(SHAPES[shape].source(who), tmp_path / f"{SLUG}.ipynb")
    found: Any = otter_results(bundle, path, SLUG, otter)
    tests = {t["name"]: t["score"] for t in found["tests"] if "score" in t}
    assert tests == pytest.approx(SHAPES[shape].points[who])
    if "score" in found:
        assert found["score"] == pytest.approx(SHAPES[shape].score(who))
