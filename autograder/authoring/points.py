"""What the test files of a bundle give together, as course.yml says, or nothing is graded.

Read from the source, so that nothing needs to be run for it: a lost file or case is noticed by
whatever builds, grades or exports.
"""

from __future__ import annotations

import ast
import math

from autograder.authoring.bundle import Bundle, BundleError
from autograder.course.model import COURSE_FILE


def require_points(bundle: Bundle) -> None:
    """Compare the points of the test files with those of the questions.

    Raises:
        BundleError: for the first question where they differ.
    """
    given: dict[str, list[float | None]] = {key: [] for key in bundle.assignment.questions}
    for key, _, source in bundle.tests():
        given[key].append(points_of(source))
    for key, question in bundle.assignment.questions.items():
        known = [points for points in given[key] if points is not None]
        if len(known) == len(given[key]) and not math.isclose(sum(known), question.points):
            raise BundleError(
                f"{bundle.assignment.slug}, {key}: the test files give {sum(known):g} points, "
                f"{COURSE_FILE} says {question.points:g}. Is a test missing?"
            )


def points_of(source: str) -> float | None:
    """Points of a test file, by Otter's rules; None where only running it would tell."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return None
    total: ast.expr | None = None
    cases: list[ast.expr | None] = []
    for node in tree.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "points":
            total = node.value
        if isinstance(node, ast.FunctionDef):
            cases += [_keyword(d, "points") for d in node.decorator_list if _is_case(d)]
    if isinstance(total, ast.List):
        return _sum(total.elts)
    if total is not None and None in cases:
        return _number(total)
    return _sum(cases)


def _is_case(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return getattr(called, "id", getattr(called, "attr", "")) == "test_case"


def _keyword(decorator: ast.expr, name: str) -> ast.expr | None:
    keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
    return next((k.value for k in keywords if k.arg == name), None)


def _sum(values: list[ast.expr | None] | list[ast.expr]) -> float | None:
    numbers = [_number(value) for value in values]
    known = [number for number in numbers if number is not None]
    return sum(known) if known and len(known) == len(numbers) else None


def _number(value: ast.expr | None) -> float | None:
    """The value of a number, or of arithmetic with numbers such as `1 / 3`."""
    if isinstance(value, ast.Constant) and isinstance(value.value, int | float):
        return float(value.value)
    if isinstance(value, ast.BinOp):
        left, right = _number(value.left), _number(value.right)
        if left is None or right is None:
            return None
        match value.op:
            case ast.Add():
                return left + right
            case ast.Sub():
                return left - right
            case ast.Mult():
                return left * right
            case ast.Div():
                return left / right if right else None
    return None
