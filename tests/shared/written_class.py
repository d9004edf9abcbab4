"""A class with answers to the written question of the tiny course, and a rubric for them."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import nbformat
from matplotlib.figure import Figure

from autograder.authoring.source import build_starter
from autograder.submissions.read import Submission
from shared.official import official_class
from shared.tiny_course import SLUG, make_course, write

RUBRIC = """\
    rubric:
      - {item: "Says what a sum is", points: 4, sample: "A sum **adds**: $a + b$."}
      - {item: "Names the error of 0.1 + 0.2", points: 6, sample: "About $5.6 \\\\cdot 10^{-17}$."}
"""
TABLE = "| n | error |\n|---|---|\n| 10 | `1e-16` |\n| 1000 | `2e-14` |"
ANSWERS = {
    "ada": "Sums are **associative** in $\\mathbb{R}$, but here $(0.1 + 0.2) + 0.3 \\ne 0.6$: each "
    "addition rounds, by at most half a unit in the last place. What is lost grows with the number "
    f"of terms:\n\n{TABLE}\n\n![what I drew](attachment:plot.png)",
    "bob": "<script>document.title = 'pwned'</script><img src=x onerror=\"alert(1)\">\n\n"
    "[a link](javascript:alert(1)) and ![p](http://example.org/p.png)",
    "cleo": "It converges.",
}


def plot() -> bytes:
    """A picture of 480 × 240 pixels, as a student's notebook draws them."""
    figure = Figure(figsize=(4.8, 2.4), dpi=100, layout="constrained")
    axes = figure.subplots()
    axes.loglog([10, 100, 1000, 10000], [1e-16, 2e-15, 2e-14, 1e-13], marker="o")
    axes.set_xlabel("n")
    axes.set_ylabel("error of the sum")
    file = io.BytesIO()
    figure.savefig(file)
    return file.getvalue()


def notebook(root: Path, student: str, answer: str) -> Submission:
    """The student's notebook with this answer, and a picture in it."""
    made = nbformat.reads(build_starter(root, SLUG)[f"{SLUG}.ipynb"].decode(), as_version=4)
    cell = next(c for c in made.cells if "answer" in c.metadata.get("tags", []))
    cell.source = answer
    picture = base64.b64encode(plot()).decode()
    cell["attachments"] = nbformat.from_dict({"plot.png": {"image/png": picture}})
    text = nbformat.writes(made).encode()
    return Submission(student.replace(", ", "+"), student, "ipynb", text)


def written_class(root: Path) -> Path:
    """The tiny course with a rubric below `root`, and a ledger with three answers of four people:
    cleo and dan are a group. Returns `root`."""
    make_course(root)
    course = root / "course.yml"
    write(course, course.read_text(encoding="utf-8") + RUBRIC)
    works = [notebook(root, s, a) for s, a in ANSWERS.items() if s != "cleo"]
    return official_class(root, *works, notebook(root, "cleo, dan", ANSWERS["cleo"]))
