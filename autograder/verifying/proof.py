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
from autograder.authoring.inspection import mistakes, question_of
from autograder.authoring.source import build_starter, check_starter, solution_notebook
from autograder.classroom.pool import Task, grade_all
from autograder.course.layout import solution_path
from autograder.course.model import find_course
from autograder.course.parts import VISIBILITIES, part_name
from autograder.grading.results import Outcome, Result
from autograder.ground.errors import UserError
from autograder.ground.suggestions import did_you_mean
from autograder.submissions import read as submission
from autograder.verifying import dependencies, leaks, promises
from autograder.verifying.mutation import run as mutation
from autograder.verifying.mutation.records import FILE as EQUIVALENT
from autograder.verifying.otter_run import otter_points

REPEATS = 20
MUTATIONS = 40  # made by machine, of each assignment


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


def read_mutants(root: Path, slug: str, bundle: Bundle) -> Iterator[Mutant]:
    """The mutants of an assignment that can be used; `mistakes` names the others."""
    for path in sorted((root / "assignments" / slug / "mutants").glob("*.py")):
        source = path.read_text(encoding="utf-8")
        try:
            question, _ = question_of(ast.parse(source))
        except SyntaxError:
            continue
        if question in bundle.assignment.questions:
            yield Mutant(path.stem, str(question), source)


@dataclass(frozen=True)
class Part:
    """What of an assignment is to be verified: one question, or one mutant; "" is all."""

    question: str = ""
    mutant: str = ""


def verify(
    slugs: list[str] | None, console: Console, *, quick: bool, workers: int, part: Part
) -> int:
    """Prove the claims for each assignment and print them. Returns 1 if one does not hold.

    Raises:
        UserError: for a question or a mutant that does not exist.
    """
    root = find_course()
    names = chosen(slugs, root)
    if (part.question or part.mutant) and len(names) != 1:
        raise UserError("--question and --mutant go with one assignment: name it.")
    failed = False
    for slug in names:
        console.print(f"[bold]{slug}[/]")
        if part.question or part.mutant:
            found = claims_of_part(root, slug, part, workers=workers)
        else:
            found = claims(root, slug, quick=quick, workers=workers)
        for claim in found:
            mark = "[red]✗[/]" if claim.problems else "[green]✓[/]"
            console.print(f"  {mark} {claim.text}", highlight=False)
            for problem in claim.problems:
                indented = "\n".join(f"      {line}" for line in problem.splitlines())
                console.print(indented, markup=False, highlight=False, soft_wrap=True)
            failed = failed or bool(claim.problems)
    return 1 if failed else 0


def claims(
    root: Path, slug: str, *, quick: bool = False, workers: int = 0, sample: int = 0
) -> Iterator[Claim]:
    """Prove the claims for one assignment, one after another.

    Args:
        sample: about how many of the mutants are graded, evenly spread; 0: all.
    """
    bundle = Bundle.from_course(root, slug)
    mutants = list(read_mutants(root, slug, bundle))
    step = max(1, len(mutants) // sample) if sample else 1
    yield Claim("what is written by hand fits together", list(mistakes(root, slug)))
    yield _points(bundle)
    yield Claim("starter/ matches its source", check_starter(root, slug))
    yield Claim("nothing secret is handed out", list(leaks.leaks(root, slug, bundle)))
    with tempfile.TemporaryDirectory(prefix="autograder-verify-") as name:
        cast = Cast(root, slug, bundle, Path(name))
        cast.add_right_and_empty()
        cast.add_repeats(0 if quick else REPEATS)
        cast.add_mutants(mutants[::step])
        cast.add_alternatives()
        results = cast.grade(workers)
        yield from cast.judge(results, written=len(mutants))
        yield from _promises(root, bundle, mutants)
        if not quick:
            yield _stock_otter(root, slug, Path(name), cast, results)
    if not quick:
        yield by_machine(root, slug, bundle, workers)


def claims_of_part(root: Path, slug: str, part: Part, *, workers: int = 0) -> Iterator[Claim]:
    """Prove the claims about one question, or one mutant.

    Raises:
        UserError: if there is no such question or mutant.
    """
    bundle = Bundle.from_course(root, slug)
    questions, mutants = bundle.assignment.questions, list(read_mutants(root, slug, bundle))
    if part.question and part.question not in questions:
        raise UserError(
            f"{slug} has no question {part.question}; there is: {', '.join(questions)}."
        )
    if part.question:
        mutants = [m for m in mutants if m.question == part.question]
    if part.mutant:
        hint = did_you_mean(part.mutant, [m.name for m in mutants])
        mutants = [m for m in mutants if m.name == part.mutant]
        if not mutants:
            of = f" of {part.question}" if part.question else ""
            raise UserError(f"{slug} has no mutant{of} called {part.mutant}.{hint}")
    with tempfile.TemporaryDirectory(prefix="autograder-verify-") as name:
        only = frozenset({part.question}) if part.question else None
        cast = Cast(root, slug, bundle, Path(name), only)
        if not part.mutant:
            cast.add_right_and_empty()
            cast.add_alternatives()
        cast.add_mutants(mutants)
        results = cast.grade(workers)
        yield from cast.judge(results, all_of_them=False)
        if part.mutant:
            yield from (Claim(text) for text in _how_caught(results[f"mutant-{part.mutant}"]))


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


class Cast:
    """The submissions that a verification grades, and what each must come out as.

    Args:
        folder: where their files are written.
        only: the questions that are graded; None is all.
    """

    def __init__(
        self,
        root: Path,
        slug: str,
        bundle: Bundle,
        folder: Path,
        only: frozenset[str] | None = None,
    ) -> None:
        self._root, self._slug, self.bundle = root, slug, bundle
        self._folder, self._only = folder, only
        self._tasks = list[Task]()
        self.paths: dict[str, Path] = {}
        self.mutants: dict[str, Mutant] = {}
        self._repeats, self._alternatives = list[str](), list[str]()
        self._solution = solution_path(root, slug).read_bytes()

    def add_right_and_empty(self) -> None:
        """The solution and the starter, as script and as notebook."""
        starter = build_starter(self._root, self._slug)
        self._add("solution.py", self._solution)
        self._add("solution-notebook.ipynb", solution_notebook(self._root, self._slug))
        self._add("starter.py", starter[f"{self._slug}.py"])
        self._add("starter-notebook.ipynb", starter[f"{self._slug}.ipynb"])

    def add_repeats(self, number: int) -> None:
        """The solution so often, itself included."""
        self._repeats = ["solution"][:number]
        for repeat in range(2, number + 1):
            self._repeats.append(self._add(f"repeat-{repeat}.py", self._solution))

    def add_mutants(self, mutants: list[Mutant]) -> None:
        uses = dependencies.Uses(self._root, self._slug, self.bundle)
        for mutant in mutants:
            data = self._solution + b"\n\n" + mutant.source.encode()
            touched = uses.touched_by(mutant.source) | {mutant.question}
            self.mutants[self._add(f"mutant-{mutant.name}.py", data, touched)] = mutant

    def add_alternatives(self) -> None:
        folder = self._root / "assignments" / self._slug / "alternatives"
        for path in sorted(folder.glob("*.py")):
            self._alternatives.append(self._add(f"alternative-{path.name}", path.read_bytes()))

    def _add(self, filename: str, data: bytes, touched: frozenset[str] | None = None) -> str:
        path = self._folder / filename
        path.write_bytes(data)
        self.paths[path.stem] = path
        questions = touched or self._only
        parts = questions and frozenset(part_name(q, v) for q in questions for v in VISIBILITIES)
        self._tasks.append(Task(submission.read(path, self._slug, path.stem), parts))
        return path.stem

    def grade(self, workers: int) -> dict[str, Result]:
        """The result of each submission by its name."""
        names = (task.submission.name for task in self._tasks)
        found = grade_all(self._tasks, self.bundle, workers=workers)
        return dict(zip(names, found, strict=True))

    def judge(
        self, results: dict[str, Result], *, all_of_them: bool = True, written: int = 0
    ) -> Iterator[Claim]:
        """What the results prove.

        Args:
            all_of_them: whether there must be enough mutants and alternatives.
            written: how many mutants there are, of which these may be a sample.
        """
        right = [name for name in ("solution", "solution-notebook") if name in results]
        if right:
            yield Claim(
                "the solution gets everything, as script and as notebook",
                [p for name in right for p in _missing(results[name])],
            )
            yield Claim(
                "the starter gets nothing, and every case says “not written yet”",
                [p for n in ("starter", "starter-notebook") for p in _not_stub(results[n])],
            )
        assignment = self.bundle.assignment
        mutants, alternatives = assignment.at_least.numbers(len(assignment.questions))
        few = " Write more, or say so in course.yml: `at_least: {mutants: …, alternatives: …}`."
        caught = Claim(f"each of {len(self.mutants)} mutants is caught, by its question alone")
        if all_of_them and written < mutants:
            caught.problems.append(f"there should be at least {mutants} mutants.{few}")
        for name, mutant in self.mutants.items():
            caught.problems += _survives(mutant, results[name])
        yield caught
        if all_of_them or self._alternatives:
            equal = Claim(f"each of {len(self._alternatives)} alternatives gets everything")
            if all_of_them and len(self._alternatives) < alternatives:
                equal.problems.append(f"there should be at least {alternatives} alternatives.{few}")
            for name in self._alternatives:
                equal.problems += _missing(results[name])
            yield equal
        if self._repeats:
            repeats = [results[name] for name in self._repeats]
            different = {tuple(p.score for p in r.parts) for r in repeats}
            claim = Claim(f"{len(repeats)} repeats give the same score")
            if len(different) > 1:
                claim.problems += sorted({p for r in repeats for p in _missing(r)})
            yield claim


def _promises(root: Path, bundle: Bundle, written: list[Mutant]) -> Iterator[Claim]:
    listed = promises.read_promises(root, bundle.assignment.slug)
    if listed is None:
        if any(root.glob(f"assignments/*/{promises.FILE}")):  # the course keeps such lists
            place = f"assignments/{bundle.assignment.slug}/{promises.FILE}"
            yield Claim("each promise has a mutant that breaks it", [f"{place} is missing"])
        return
    mutants = {mutant.name: mutant.question for mutant in written}
    problems = promises.mismatches(root, bundle.assignment, listed, mutants)
    text = f"each of {len(listed)} promises of handout and docstrings has a mutant that breaks it"
    yield Claim(text, list(problems))


def by_machine(root: Path, slug: str, bundle: Bundle, workers: int) -> Claim:
    """A fixed sample of small mistakes; `autograder mutate` does them all."""
    choice = mutation.Choice(size=MUTATIONS)
    try:
        figures = mutation.run(root, slug, bundle, choice, workers)
    except mutation.NoOperators as missing:
        return Claim(f"mutants by machine: not tried, for {missing}")
    text = f"by machine: {figures.sentence()}"
    if not (root / "assignments" / slug / EQUIVALENT).exists():
        left = "; nobody has gone through the others: `autograder mutate`"
        return Claim(text + (left if figures.survivors else ""))
    file = solution_path(root, slug).relative_to(root).as_posix()
    found = [f"no test catches {mutant.diff(file)}" for mutant in figures.survivors]
    return Claim(text, found + figures.stale)


def _missing(result: Result) -> list[str]:
    """Cases that did not pass."""
    return _other_than(Outcome.PASSED, result)


def _not_stub(result: Result) -> list[str]:
    return _other_than(Outcome.UNWRITTEN, result)


def _other_than(wanted: Outcome, result: Result) -> list[str]:
    return [
        f"{result.submission}: {part.name}, {case.name}: {case.outcome}. {case.message}"
        + (f"\nThe test itself stopped: {case.trouble}" if case.trouble else "")
        for part in result.parts
        for case in part.cases
        if case.outcome is not wanted
    ]


def _survives(mutant: Mutant, result: Result) -> list[str]:
    lost = {(p.question, p.visibility): p for p in result.parts if p.score < p.max_score}
    problems, place = [], f"mutants/{mutant.name}.py"
    if (mutant.question, "hidden") not in lost:
        way = f"write a case in hidden/{mutant.question}.py that it fails"
        if (mutant.question, "public") in lost:
            way = f"only public ones do; {way}"
        problems.append(f"{place}: no hidden case of {mutant.question} catches it; {way}")
    for (question, _), part in lost.items():
        if question != mutant.question:
            case = next(c for c in part.cases if c.outcome is not Outcome.PASSED)
            problems.append(
                f"{place}: it also loses points on {question}: {part.name}, {case.name}: "
                f"{case.outcome}. A case must not fail for a mistake in another question; let it "
                f"get by without {mutant.question}, or the mutant change less"
            )
    return problems


def _how_caught(result: Result) -> Iterator[str]:
    """The cases that do not pass, one line each."""
    for part in result.parts:
        for case in part.cases:
            if case.outcome is not Outcome.PASSED:
                first = case.message.splitlines()[:1]
                said = f" {first[0]}" if first else ""
                yield f"caught by {part.name}, {case.name}: {case.outcome}.{said}"


def _stock_otter(
    root: Path, slug: str, folder: Path, cast: Cast, results: dict[str, Result]
) -> Claim:
    names = ["solution", "solution-notebook", "starter"]
    if any(file.endswith(".py") and "/" not in file for file in cast.bundle.files):
        # Beside a script of the course stock Otter cannot tell which one was handed in.
        names = ["solution-notebook", "starter-notebook"]
    claim = Claim("stock `otter run` gives the solution and the starter the same points")
    bundle = folder / "bundle.zip"
    build_gradescope_zip(root, slug, bundle)
    same: Callable[[float, float], bool] = lambda a, b: abs(a - b) < 1e-6  # noqa: E731
    for name in names:
        points = otter_points(bundle, cast.paths[name], slug)
        if not same(points, results[name].score):
            claim.problems.append(f"{name}: Otter {points:g}, we {results[name].score:g}")
    return claim
