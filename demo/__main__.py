"""`make demo`: one mixed class, graded by the real route, and its report; `make demo-all`: a class
of every assignment.

The class is made of the repository's own right and wrong answers, and of what a grader meets
besides: a notebook, a zip, a syntax error, an endless loop, and somebody who looks for the hidden
tests and prints what he finds.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from autograder.authoring.bundle import Bundle, pack
from autograder.authoring.source import build_starter, solution_notebook
from autograder.classroom import view as classroom_view
from autograder.classroom.report import view as report
from autograder.course.layout import solution_path
from autograder.course.model import COURSE_FILE, find_course, load_course
from autograder.verifying.proof import read_mutants

CLASS_SIZE = 11  # graded while somebody waits for the first picture
LATER_CLASS_SIZE = 6  # of the assignments after the first, so that the demo stays short
HERE = Path(__file__).parent

SPY = """

def _look_for_hidden_tests():
    import os
    import sys
    found = []
    for start in ("/", "/autograder", os.getcwd(), *sys.path):
        for folder, _, files in os.walk(start):
            found += [os.path.join(folder, f) for f in files if "hidden" in folder + f]
    for process in os.listdir("/proc"):
        try:
            found.append(open(f"/proc/{process}/cmdline").read())
        except OSError:
            pass
    print("FOUND:", found)


try:
    _look_for_hidden_tests()
except OSError as error:
    print("nothing to see:", error)
"""


def main(slugs: list[str]) -> int:
    """Grade a class of each assignment, by default of the first. Returns an exit code."""
    console = Console()
    root = find_course(HERE)
    course = load_course(root / COURSE_FILE)
    start = time.monotonic()
    results = HERE / "results"  # never the course's own: what is there is thrown away
    shutil.rmtree(results, ignore_errors=True)
    every = list(course.assignments)
    wanted = every if slugs == ["all"] else slugs or every[:1]
    for number, slug in enumerate(wanted):
        size = CLASS_SIZE if number == 0 else LATER_CLASS_SIZE
        folder = HERE / "class" / slug
        make_class(root, slug, folder, size)
        console.rule(f"{course.assignment(slug).title}: a class of {len(list(folder.iterdir()))}")
        bundle = root / "dist" / "gradescope" / f"{slug}.zip"
        options = classroom_view.Options(results)
        code = classroom_view.grade(slug, [folder], bundle, options, console)
        if code:
            return code
        report.write_report(slug, results, "", None, console)
    console.print(
        f"All done in {time.monotonic() - start:.0f} s. Open the report in a browser. Other "
        "commands find the class with `--output demo/results`:\n"
        f"    .venv/bin/autograder feedback {wanted[0]} --output demo/results",
        soft_wrap=True,
        highlight=False,
    )
    return 0


def make_class(root: Path, slug: str, folder: Path, size: int) -> None:
    """Write about `size` submissions, in the order in which they should stand in the table."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    solution = solution_path(root, slug).read_bytes()
    oddities = dict(_oddities(root, slug, solution))
    if size < CLASS_SIZE:
        oddities = {
            n: oddities[n] for n in ("a-solution-as-notebook.ipynb", "untouched-starter.py")
        }
    for name, data in oddities.items():
        (folder / name).write_bytes(data)
    bundle = Bundle.from_course(root, slug)
    mutants = list(read_mutants(root, slug, bundle))
    alternatives = sorted((root / "assignments" / slug / "alternatives").glob("*.py"))
    alternatives = alternatives[: max(1, (size - len(oddities)) // 4)]
    for path in alternatives:
        shutil.copy(path, folder / f"alternative-{path.name}")
    room = max(1, size - len(oddities) - len(alternatives))
    room = min(room, len(mutants))
    for mutant in (mutants[i * len(mutants) // room] for i in range(room)):  # of every question
        data = solution + b"\n\n" + mutant.source.encode()
        (folder / f"mutant-{mutant.name}.py").write_bytes(data)


def _oddities(root: Path, slug: str, solution: bytes) -> Iterator[tuple[str, bytes]]:
    yield "a-solution.py", solution
    yield "a-solution-as-notebook.ipynb", solution_notebook(root, slug)
    yield "a-solution-in-a-zip.zip", pack({f"{slug}/{slug}.py": solution})
    yield "untouched-starter.py", build_starter(root, slug)[f"{slug}.py"]
    yield "an-endless-loop.py", solution + b"\n\nwhile True:\n    pass\n"
    yield "z-looks-for-hidden-tests.py", solution + SPY.encode()
    yield "z-not-a-notebook.ipynb", b"this is not JSON"
    yield "z-syntax-error.py", solution + b"\n\ndef broken(:\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
