"""Mistakes in what is written by hand that would show up late, or never: each with file and line.

Nothing is run. `autograder build` refuses what is found, `autograder verify` lists it.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path

from autograder.authoring.packaging import constraints
from autograder.authoring.pins import normal_name, read_pins
from autograder.authoring.points import points_of
from autograder.authoring.source import WRITTEN, read_cells
from autograder.authoring.stubs import Source
from autograder.course.layout import read_text, solution_path
from autograder.course.model import COURSE_FILE, Assignment, course_line, load_course
from autograder.course.parts import VISIBILITIES
from autograder.ground.suggestions import did_you_mean
from autograder.jail.rules import canonical, defined_names

HANDED_IN = {"student"}
"""Parameters of a test that are no name of the student's."""


def mistakes(root: Path, slug: str) -> Iterator[str]:
    """Every mistake in an assignment's course.yml, tests and mutants, as a sentence.

    Raises:
        CourseError, SourceError: for what cannot be read at all.
    """
    assignment = load_course(root / COURSE_FILE).assignment(slug)
    names = _names(root, slug)
    yield from _written(root, assignment)
    yield from _rules(root, assignment)
    for question in assignment.questions:
        yield from _points(root, assignment, question)
        for visibility in VISIBILITIES:
            path = root / "assignments" / slug / visibility / f"{question}.py"
            if path.exists():
                yield from _parameters(root, path, names)
    for path in sorted((root / "assignments" / slug / "mutants").glob("*.py")):
        yield from mutant_mistakes(root, path, assignment, names)
    for path in sorted((root / "assignments" / slug / "alternatives").glob("*.py")):
        yield from (problem for _, problem in [_parsed(root, path)] if problem)


def unreleased(root: Path, slugs: Collection[str] = ()) -> Iterator[str]:
    """Which of these assignments, or of all, `autograder site` publishes before their release, as
    sentences."""
    now, course = datetime.now(UTC), load_course(root / COURSE_FILE)
    for slug, assignment in course.assignments.items():
        if assignment.released > now and slug in (slugs or course.assignments):
            line = course_line(root, "assignments", slug, "released")
            yield (
                f"{COURSE_FILE}, line {line}: {slug} is released on "
                f"{assignment.released:%Y-%m-%d %H:%M}; `autograder site` publishes it now."
            )


def mutant_mistakes(
    root: Path, path: Path, assignment: Assignment, names: set[str]
) -> Iterator[str]:
    """What makes a mutant no mutant.

    Args:
        names: that the solution defines.
    """
    place = path.relative_to(root).as_posix()
    tree, problem = _parsed(root, path)
    if tree is None:
        yield problem
        return
    if not ast.get_docstring(tree):
        yield f"{place}, line 1: a docstring names the mistake that the mutant makes."
    question, line = question_of(tree)
    if question not in assignment.questions:
        known = ", ".join(assignment.questions)
        yield (
            f"{place}, line {line}: `question = …` names the question that must catch the mutant, "
            f"one of {known}."
        )
    defined = [(n, node.lineno) for node in tree.body for n in defined_names(node)]
    changed = {root.id for node in tree.body for root in _targets(node)}
    if not changed.union(name for name, _ in defined) & names:
        mine = [(name, at) for name, at in defined if name != "question"]
        hint = did_you_mean(mine[0][0], names) if mine else ""
        at = mine[0][1] if mine else line
        yield f"{place}, line {at}: it redefines nothing that the solution defines.{hint}"


def _targets(node: ast.stmt) -> Iterator[ast.Name]:
    """The names on the left of an assignment: `Adam` in `Adam.step = step`."""
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        yield from (n for t in targets for n in ast.walk(t) if isinstance(n, ast.Name))


def question_of(tree: ast.Module) -> tuple[object, int]:
    """What a mutant's `question = …` says, and its line; None if there is none."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "question":
            value = node.value
            return (value.value if isinstance(value, ast.Constant) else None), node.lineno
    return None, 1


def _parsed(root: Path, path: Path) -> tuple[ast.Module | None, str]:
    try:
        return ast.parse(read_text(root, path)), ""
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        reason = getattr(error, "msg", str(error))
        return None, f"{path.relative_to(root).as_posix()}, line {line}: not Python: {reason}."


def _names(root: Path, slug: str) -> set[str]:
    """All names at the top level of the solution, imports included."""
    source = Source(read_text(root, solution_path(root, slug)), f"solutions/{slug}/{slug}.py")
    names = {name for node in source.tree.body for name in defined_names(node)}
    for node in source.tree.body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names |= {(a.asname or a.name).partition(".")[0] for a in node.names}
    return names


def _written(root: Path, assignment: Assignment) -> Iterator[str]:
    cells = [cell for cell in read_cells(root, assignment.slug) if WRITTEN in cell.tags]
    if assignment.written and not cells:
        line = course_line(root, "assignments", assignment.slug, "written")
        yield (
            f"{COURSE_FILE}, line {line}: {assignment.slug} has a `written` question, but no cell "
            f"of solutions/{assignment.slug}/{assignment.slug}.py is tagged `written`."
        )
    if cells and not assignment.written:
        yield (
            f"{cells[0].file}, line {cells[0].line}: a cell is tagged `written`, but {COURSE_FILE} "
            f"gives {assignment.slug} no `written` question with title and points."
        )


def _points(root: Path, assignment: Assignment, question: str) -> Iterator[str]:
    """What the two test files give, where reading tells it, against course.yml."""
    found: list[float] = []
    for visibility in VISIBILITIES:
        path = root / "assignments" / assignment.slug / visibility / f"{question}.py"
        if path.exists():
            points = points_of(read_text(root, path))
            if points is None:
                return  # only running it tells; `verify` adds up what comes out
            found.append(points)
    wanted = assignment.questions[question].points
    if found and abs(sum(found) - wanted) > 1e-9:
        line = course_line(root, "assignments", assignment.slug, "questions", question, "points")
        yield (
            f"{COURSE_FILE}, line {line}: {question} has {wanted:g} points, but its test files "
            f"give {' + '.join(f'{p:g}' for p in found)}."
        )


_OF_A_NEWER_PYTHON = {"math.sumprod"}  # 3.12: named before it is there


def _rules(root: Path, assignment: Assignment) -> Iterator[str]:
    pins = read_pins(constraints(root))
    for key, question in assignment.questions.items():
        for number, rule in enumerate(question.forbid):
            if rule == "@" or rule in _OF_A_NEWER_PYTHON or _exists(canonical(rule), pins):
                continue
            line = course_line(
                root, "assignments", assignment.slug, "questions", key, "forbid", number
            )
            yield (
                f"{COURSE_FILE}, line {line}: {key} forbids `{rule}`, which names nothing."
                f"{_nearest(rule)}"
            )


def _exists(dotted: str, pins: dict[str, str]) -> bool:
    top, *rest = dotted.split(".")
    if importlib.util.find_spec(top) is None:
        return normal_name(top) in pins  # not installed here, so nobody can say
    here, path = importlib.import_module(top), top
    for part in rest:
        path = f"{path}.{part}"
        if not hasattr(here, part):
            try:
                importlib.import_module(path)
            except ImportError:
                return False
        here = getattr(here, part)
    return True


def _nearest(rule: str) -> str:
    *owner, last = canonical(rule).split(".")
    try:
        module = importlib.import_module(".".join(owner))
    except (ImportError, ValueError):
        return ""
    hint = did_you_mean(last, dir(module))
    return hint.replace("mean ", f"mean {rule.rpartition('.')[0]}.") if hint else ""


def _parameters(root: Path, path: Path, names: set[str]) -> Iterator[str]:
    """Parameters of test cases and probes that are neither given nor a name of the solution's."""
    tree, place = ast.parse(read_text(root, path)), path.relative_to(root).as_posix()
    shared = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    told: set[tuple[int, str]] = set()
    for function in shared.values():
        probes = shared | {n.name: n for n in ast.walk(function) if isinstance(n, ast.FunctionDef)}
        asked = [(a, HANDED_IN) for a in _required(function)] if _is_case(function) else []
        for probe, given in _probed(function):
            if probe in probes:
                asked += [(a, given) for a in _required(probes[probe])]
        for argument, given in asked:
            if argument.arg in names | given or (argument.lineno, argument.arg) in told:
                continue
            told.add((argument.lineno, argument.arg))
            yield (
                f"{place}, line {argument.lineno}: `{argument.arg}` is neither `student` nor a "
                f"name of the solution.{did_you_mean(argument.arg, names)}"
            )


def _is_case(function: ast.FunctionDef) -> bool:
    calls = (d.func if isinstance(d, ast.Call) else d for d in function.decorator_list)
    return any(ast.unparse(call).rpartition(".")[2] == "test_case" for call in calls)


def _required(function: ast.FunctionDef) -> list[ast.arg]:
    """The parameters without a default."""
    positional = [*function.args.posonlyargs, *function.args.args]
    optional = len(function.args.defaults)
    keywords = zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
    return positional[: len(positional) - optional] + [a for a, d in keywords if d is None]


def _probed(function: ast.FunctionDef) -> Iterator[tuple[str, set[str]]]:
    """The probes that a function gives to `student`, and what it gives to each."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "student" and node.args:
            given = {k.arg for k in node.keywords if k.arg is not None}
            if isinstance(node.args[0], ast.Name) and len(given) == len(node.keywords):
                yield node.args[0].id, given
