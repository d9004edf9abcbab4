"""The tiny course's bundles, and a machine that grades with them as Gradescope's does."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from gradescope.handing_in import RIGHT, TERMS, Machine
from gradescope.specification import Results, read_results
from shared.tiny_course import COURSE, SLUG, make_course, write

from autograder.authoring.bundle import build_gradescope_zip
from autograder.platforms.gradescope import service as gradescope


def course(counts: str = "last") -> str:
    return COURSE.replace("assignments:\n", TERMS.replace("COUNTS", counts))


@pytest.fixture(scope="module")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A Gradescope zip for each meaning of `counts`."""
    found = {}
    for counts in ("last", "best"):
        root = make_course(tmp_path_factory.mktemp(counts))
        write(root / "course.yml", course(counts))
        found[counts] = root / "bundle.zip"
        build_gradescope_zip(root, SLUG, found[counts])
    return found


@pytest.fixture
def machine(tmp_path: Path, bundles: dict[str, Path]) -> Machine:
    """Hands in a file as Gradescope does, and reads results.json."""

    def hand_in(
        source: str = RIGHT, metadata: object = None, counts: str = "last"
    ) -> tuple[Results, dict[str, Any]]:
        root = tmp_path / "autograder"
        shutil.rmtree(root, ignore_errors=True)
        with zipfile.ZipFile(bundles[counts]) as archive:
            archive.extractall(root / "source")
        write(root / "submission" / f"{SLUG}.py", source)
        if metadata is not None:
            write(root / "submission_metadata.json", json.dumps(metadata))
        assert gradescope.run(root) == 0
        path = root / "results" / "results.json"
        return read_results(path), json.loads(path.read_bytes())

    return hand_in
