"""`autograder verify`: the tests are tested.

Seven claims per assignment, each proved by grading: the reference solution gets everything, the
untouched starter nothing, every mutant is caught by a hidden test of its question and by no other
question, every alternative gets everything, nothing secret is handed out, points add up, and the
same submission always gets the same result.
"""

from __future__ import annotations

import ast
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from autograder.authoring.build import chosen
from autograder.authoring.bundle import Bundle, build_gradescope_zip
from autograder.authoring.source import build_starter, check_starter, solution_notebook
from autograder.classroom.pool import Task, grade_all
from autograder.course.layout import solution_path
from autograder.course.model import find_course
from autograder.course.parts import VISIBILITIES, part_name
from autograder.grading.results import Outcome, Result
from autograder.submissions import read as submission
from autograder.verifying import dependencies, leaks, promises
from autograder.verifying.mutation import run as mutation
from autograder.verifying.otter_run import otter_points

REPEATS = 20
MUTATIONS = 40  # made by machine, of each assignment
MIN_MUTANTS, MIN_ALTERNATIVES = 12, 3


@dataclass
class Claim:
    """One thing to be proved, and what speaks against it."""

    text: str
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Mutant:
    """A plausible wrong answer. `question` must catch it."""

    name: str
    question: str
    source: str


def read_mutants(root: Path, slug: str, bundle: Bundle) -> Iterator[Mutant | str]:
    """The mutants of an assignment; a sentence in the place of one that is not usable."""
    for path in sorted((root / "assignments" / slug / "mutants").glob("*.py")):
        source = path.read_text(encoding="utf-8")
        tree = ast.parse(source)
        question = next(
            (
                ast.literal_eval(node.value)
                for node in tree.body
                if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "question"
            ),
            None,
        )
        if not ast.get_docstring(tree) or question not in bundle.assignment.questions:
            yield f"{path.name} needs a docstring that names the mistake, and `question = …`"
        else:
            yield Mutant(path.stem, question, source)


def verify(slugs: list[str] | None, console: Console, *, quick: bool, workers: int) -> int:
    """Prove the claims for each assignment and print them. Returns 1 if one does not hold."""
    root = find_course()
    failed = False
    for slug in chosen(slugs, root):
        console.print(f"[bold]{slug}[/]")
        for claim in claims(root, slug, quick=quick, workers=workers):
            mark = "[red]✗[/]" if claim.problems else "[green]✓[/]"
            console.print(f"  {mark} {claim.text}", highlight=False)
            for problem in claim.problems:
                console.print(f"      {problem}", markup=False, highlight=False)
            failed = failed or bool(claim.problems)
    return 1 if failed else 0


def claims(root: Path, slug: str, *, quick: bool = False, workers: int = 0) -> Iterator[Claim]:
    """Prove the claims for one assignment, one after another."""
    bundle = Bundle.from_course(root, slug)
    yield _points(bundle)
    yield _starter(root, slug)
    yield Claim("nothing secret is handed out", list(leaks.leaks(root, slug, bundle)))
    with tempfile.TemporaryDirectory(prefix="autograder-verify-") as name:
        cast = _Cast(root, slug, bundle, Path(name), 1 if quick else REPEATS)
        results = dict(
            zip(
                (task.submission.name for task in cast.tasks),
                grade_all(cast.tasks, bundle, workers=workers),
                strict=True,
            )
        )
        yield from cast.judge(results)
        yield from _promises(root, bundle, cast)
        if not quick:
            yield _stock_otter(root, slug, Path(name), cast, results)
    if not quick:
        yield _by_machine(root, slug, bundle, workers)


def _points(bundle: Bundle) -> Claim:
    from autograder.grading.grader import load_tests

    claim = Claim(f"points add up to {bundle.assignment.points:g}, as course.yml says")
    sums: dict[str, float] = {}
    for part in load_tests(bundle):
        sums[part.question] = sums.get(part.question, 0) + float(part.file.possible)
        if part.visibility == "hidden":
            claim.problems += [
                f"{part.question}: hidden case “{c.name}” needs hidden=True and a failure_message"
                for c in part.file.test_cases
                if not c.hidden or not c.failure_message
            ]
    for key, question in bundle.assignment.questions.items():
        if abs(sums[key] - question.points) > 1e-9:
            claim.problems.append(f"{key}: tests give {sums[key]:g}, not {question.points:g}")
    return claim


def _starter(root: Path, slug: str) -> Claim:
    return Claim("starter/ matches its source", check_starter(root, slug))


class _Cast:
    """The submissions that a verification grades, and what each must come out as."""

    def __init__(self, root: Path, slug: str, bundle: Bundle, folder: Path, repeats: int) -> None:
        self.bundle, self.tasks, self.repeats = bundle, list[Task](), repeats
        self.paths: dict[str, Path] = {}
        self._folder, self._slug = folder, slug
        uses = dependencies.Uses(root, slug, bundle)
        solution = solution_path(root, slug).read_bytes()
        starter = build_starter(root, slug)
        self._add("solution.py", solution)
        self._add("solution-notebook.ipynb", solution_notebook(root, slug))
        self._add("starter.py", starter[f"{slug}.py"])
        self._add("starter-notebook.ipynb", starter[f"{slug}.ipynb"])
        for number in range(2, repeats + 1):
            self._add(f"repeat-{number}.py", solution)
        self.mutants: dict[str, Mutant] = {}
        self.unusable: list[str] = []
        for mutant in read_mutants(root, slug, bundle):
            if isinstance(mutant, str):
                self.unusable.append(mutant)
            else:
                self.mutants[f"mutant-{mutant.name}"] = mutant
                data = solution + b"\n\n" + mutant.source.encode()
                touched = uses.touched_by(mutant.source) | {mutant.question}
                self._add(f"mutant-{mutant.name}.py", data, touched)
        self.alternatives = []
        for path in sorted((root / "assignments" / slug / "alternatives").glob("*.py")):
            self.alternatives.append(f"alternative-{path.stem}")
            self._add(f"alternative-{path.name}", path.read_bytes())

    def _add(self, filename: str, data: bytes, questions: frozenset[str] | None = None) -> None:
        path = self._folder / filename
        path.write_bytes(data)
        self.paths[path.stem] = path
        parts = questions and frozenset(part_name(q, v) for q in questions for v in VISIBILITIES)
        self.tasks.append(Task(submission.read(path, self._slug, path.stem), parts))

    def judge(self, results: dict[str, Result]) -> Iterator[Claim]:
        """What the results prove."""
        yield Claim(
            "the solution gets everything, as script and as notebook",
            [p for n in ("solution", "solution-notebook") for p in _missing(results[n])],
        )
        yield Claim(
            "the starter gets nothing, and every case says “not written yet”",
            [p for n in ("starter", "starter-notebook") for p in _not_stub(results[n])],
        )
        caught = Claim(f"each of {len(self.mutants)} mutants is caught, by its question alone")
        caught.problems += self.unusable
        if len(self.mutants) < MIN_MUTANTS:
            caught.problems.append(f"there should be at least {MIN_MUTANTS} mutants")
        for name, mutant in self.mutants.items():
            caught.problems += _survives(mutant, results[name])
        yield caught
        right = Claim(f"each of {len(self.alternatives)} alternatives gets everything")
        if len(self.alternatives) < MIN_ALTERNATIVES:
            right.problems.append(f"there should be at least {MIN_ALTERNATIVES} alternatives")
        for name in self.alternatives:
            right.problems += _missing(results[name])
        yield right
        if self.repeats > 1:
            repeats = [results["solution"]]
            repeats += [results[f"repeat-{n}"] for n in range(2, self.repeats + 1)]
            different = {tuple(p.score for p in r.parts) for r in repeats}
            claim = Claim(f"{self.repeats} repeats give the same score")
            if len(different) > 1:
                claim.problems += sorted({p for r in repeats for p in _missing(r)})
            yield claim


def _promises(root: Path, bundle: Bundle, cast: _Cast) -> Iterator[Claim]:
    listed = promises.read_promises(root, bundle.assignment.slug)
    if listed is None:
        return
    mutants = {mutant.name: mutant.question for mutant in cast.mutants.values()}
    problems = promises.mismatches(root, bundle.assignment, listed, mutants)
    text = f"each of {len(listed)} promises of handout and docstrings has a mutant that breaks it"
    yield Claim(text, list(problems))


def _by_machine(root: Path, slug: str, bundle: Bundle, workers: int) -> Claim:
    """A fixed sample of small mistakes; `autograder mutate` does them all."""
    choice = mutation.Choice(size=MUTATIONS)
    try:
        figures = mutation.run(root, slug, bundle, choice, workers)
    except mutation.NoOperators as missing:
        return Claim(f"mutants by machine: not tried, for {missing}")
    file = solution_path(root, slug).relative_to(root).as_posix()
    found = [f"no test catches {mutant.diff(file)}" for mutant in figures.survivors]
    return Claim(f"by machine: {figures.sentence()}", found + figures.stale)


def _missing(result: Result) -> list[str]:
    """Cases that did not pass."""
    return [
        f"{result.submission}: {part.name}, {case.name}: {case.outcome}. {case.message}"
        for part in result.parts
        for case in part.cases
        if case.outcome is not Outcome.PASSED
    ]


def _not_stub(result: Result) -> list[str]:
    return [
        f"{result.submission}: {part.name}, {case.name}: {case.outcome}. {case.message}"
        for part in result.parts
        for case in part.cases
        if case.outcome is not Outcome.UNWRITTEN
    ]


def _survives(mutant: Mutant, result: Result) -> list[str]:
    lost = {(p.question, p.visibility) for p in result.parts if p.score < p.max_score}
    problems = []
    if (mutant.question, "hidden") not in lost:
        problems.append(f"{mutant.name}: no hidden case of {mutant.question} catches it")
    others = sorted({q for q, _ in lost} - {mutant.question})
    if others:
        problems.append(f"{mutant.name}: it also loses points on {', '.join(others)}")
    return problems


def _stock_otter(
    root: Path, slug: str, folder: Path, cast: _Cast, results: dict[str, Result]
) -> Claim:
    claim = Claim("stock `otter run` gives the solution and the starter the same points")
    bundle = folder / "bundle.zip"
    build_gradescope_zip(root, slug, bundle)
    same: Callable[[float, float], bool] = lambda a, b: abs(a - b) < 1e-6  # noqa: E731
    for name in ("solution", "solution-notebook", "starter"):
        points = otter_points(bundle, cast.paths[name], slug)
        if not same(points, results[name].score):
            claim.problems.append(f"{name}: Otter {points:g}, we {results[name].score:g}")
    return claim
