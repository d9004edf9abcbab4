"""What `run_autograder` does on Gradescope's machine: one submission in, results.json out.

The folder is laid out by Gradescope: `source/` is our bundle, `submission/` what the student
handed in, `submission_metadata.json` who and when, `results/results.json` the answer.
"""

from __future__ import annotations

import json
import traceback
from pathlib import Path
from typing import Any

from autograder import submission
from autograder.bundle import Bundle
from autograder.files import write_atomic
from autograder.grading import Grader

APOLOGY = (
    "The grader itself failed; this is not your fault. Your submission is stored, and the staff "
    "can see what went wrong. No score was given."
)


def run(root: Path) -> int:
    """Grade `root/submission` and write `root/results/results.json`, whatever happens."""
    try:
        answer = _grade(root)
    except Exception:
        answer = {
            "output": APOLOGY,
            "visibility": "visible",
            "stdout_visibility": "hidden",
            "extra_data": {"failure": traceback.format_exc()},
        }
        print(traceback.format_exc())  # Gradescope shows this to staff only
    text = json.dumps(answer, indent=2, ensure_ascii=False) + "\n"
    write_atomic(root / "results" / "results.json", text.encode("utf-8", "replace"))
    return 0


def _grade(root: Path) -> dict[str, Any]:
    bundle = Bundle.from_folder(root / "source")
    slug = bundle.assignment.slug
    work = submission.read(root / "submission", slug, slug)
    with Grader(bundle) as grader:
        return grader.grade(work).to_gradescope()
